"""What is different between two versions of the terms, so that somebody can read it.

Terms are compared by what they are, not by their number: one that moved from 8 to 7 is the same.
"""

import re
from dataclasses import dataclass
from difflib import SequenceMatcher

from reviews.terms.models import Term, TermText

_WORDS = re.compile(r"\s+|\w+|[^\w\s]")
SAME, ADDED, REMOVED = "same", "added", "removed"


@dataclass(frozen=True)
class Piece:
    """Some words, and whether they are in both versions or in one."""

    what: str
    text: str


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


def pieces_of(before, after):
    """Line by line first, then word by word within a line that changed: long texts stay quick."""
    lines = [before.splitlines(keepends=True), after.splitlines(keepends=True)]
    pieces = []
    for what, a, b, c, d in SequenceMatcher(None, *lines, autojunk=False).get_opcodes():
        old, new = "".join(lines[0][a:b]), "".join(lines[1][c:d])
        pieces += [(SAME, old)] if what == "equal" else _by_words(old, new)
    return tuple(Piece(what, text) for what, text in _joined(pieces) if text)


def _by_words(old, new):
    words = [_WORDS.findall(old), _WORDS.findall(new)]
    matcher = SequenceMatcher(None, *words, autojunk=False)
    # Where little is left of a sentence, marking single words is harder to read than both whole.
    if matcher.quick_ratio() < 0.4 or matcher.ratio() < 0.4:
        yield from ((REMOVED, old), (ADDED, new))
        return
    for what, a, b, c, d in matcher.get_opcodes():
        if what == "equal":
            yield SAME, "".join(words[0][a:b])
        else:
            yield REMOVED, "".join(words[0][a:b])
            yield ADDED, "".join(words[1][c:d])


def _joined(pieces):
    """Neighbours of one kind as one; a blank between two changes belongs to them."""
    joined = []
    for what, text in pieces:
        if not text:
            continue
        if joined and joined[-1][0] == what:
            joined[-1] = (what, joined[-1][1] + text)
        else:
            joined.append((what, text))
    return joined
