"""What is different between two versions of the terms, so that somebody can read it.

Terms are compared by what they are, not by their number: one that moved from 8 to 7 is the same.
"""

from dataclasses import dataclass

from foundations.office.differences import ADDED, REMOVED, Piece, pieces_of
from reviews.terms.models import Term, TermText


@dataclass(frozen=True)
class TermChange:
    """One term between two versions: added, changed, withdrawn, moved or same."""

    term: Term
    what: str
    number: int | None
    number_before: int | None
    pieces: tuple[Piece, ...]

    @property
    def name(self):
        """With the number that its reader will find it under."""
        return f"{self.term.get_kind_display()} {self.number or self.number_before}"

    @property
    def must_be_read(self):
        return self.what in ("added", "changed")


@dataclass(frozen=True)
class Difference:
    """From one version to another; `purposes`, `timeframe` and `reason` are empty where the same."""

    purposes: tuple[Piece, ...]
    timeframe: tuple[Piece, ...]
    reason: tuple[Piece, ...]
    terms: tuple[TermChange, ...]

    @property
    def changes(self):
        return [change for change in self.terms if change.what != "same"]

    @property
    def same(self):
        return [change for change in self.terms if change.what == "same"]

    @property
    def to_read(self):
        """The terms that were added or changed."""
        return [change for change in self.terms if change.must_be_read]

    @property
    def withdrawn(self):
        return [change for change in self.terms if change.what == "withdrawn"]

    @property
    def frame(self):
        """What else changed, in words."""
        said = {
            "the purposes": self.purposes,
            "the timeframe": self.timeframe,
            "the reason for the timeframe": self.reason,
        }
        return [name for name, pieces in said.items() if pieces]

    def __bool__(self):
        return bool(self.changes or self.frame)


def difference(before, after):
    """Between two versions of one review, the earlier first."""
    return difference_of(before, texts_of([before])[before.pk], after, texts_of([after])[after.pk])


def texts_of(versions):
    """{id of the version: its texts, numbered, in order} in one query."""
    found = {version.pk: [] for version in versions}
    for text in TermText.objects.numbered().filter(version__in=versions).order_by("position"):
        found[text.version_id].append(text)
    return found


def difference_of(before, texts_before, after, texts_after):
    return Difference(
        purposes=_if_different(before.purposes, after.purposes),
        timeframe=_if_different(before.timeframe, after.timeframe),
        reason=_if_different(before.scope_reason, after.scope_reason),
        terms=tuple(_terms(texts_before, texts_after)),
    )


def _terms(before, after):
    old = {text.term_id: text for text in before}
    kept = {text.term_id for text in after}
    for text in sorted(after, key=_by_kind):
        yield _change(old.get(text.term_id), text)
    for text in sorted(before, key=_by_kind):
        if text.term_id not in kept:
            yield TermChange(
                text.term, "withdrawn", None, text.number, (Piece(REMOVED, text.text),)
            )


def _by_kind(text):
    return text.term.kind != Term.Kind.TERM, text.position


def _change(before, text):
    if before is None:
        return TermChange(text.term, "added", text.number, None, (Piece(ADDED, text.text),))
    if before.text != text.text:
        what = "changed"
    else:
        what = "same" if before.number == text.number else "moved"
    return TermChange(
        text.term, what, text.number, before.number, pieces_of(before.text, text.text)
    )


def _if_different(before, after):
    return () if before == after else pieces_of(before, after)
