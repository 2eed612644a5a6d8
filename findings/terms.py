"""The terms of reference as they were issued, each with its name in the newest version that has it."""

from dataclasses import dataclass
from functools import cached_property

from reviews.terms.difference import texts_of
from reviews.terms.models import Term, TermsVersion


@dataclass(frozen=True)
class NamedTerm:
    term: Term
    name: str  # "Term 3"
    number: int
    text: str
    version: int
    is_current: bool

    @property
    def is_line(self):
        return self.term.kind == Term.Kind.LINE

    @property
    def title(self):
        """With its version where the newest no longer has it."""
        return self.name if self.is_current else f"{self.name} of version {self.version}"

    @property
    def caption(self):
        return f"Findings under {self.title}"


class Terms:
    """Of the versions that this person may see (without a person: of all that were issued); one query for the versions and one for their words."""

    def __init__(self, review, user=None):
        rows = TermsVersion.objects.visible_to(user) if user else TermsVersion.objects.all()
        rows = rows.issued().filter(review=review)
        self.versions = list(rows.select_related("review").order_by("number"))
        self.version = self.versions[-1] if self.versions else None

    @cached_property
    def named(self):
        """{id of the term: NamedTerm}, those of the newest version first, then by place."""
        texts, found = texts_of(self.versions), {}
        for version in reversed(self.versions):
            for text in sorted(texts[version.pk], key=_by_kind):
                if text.term_id not in found:
                    found[text.term_id] = NamedTerm(
                        term=text.term,
                        name=f"{text.term.get_kind_display()} {text.number}",
                        number=text.number,
                        text=text.text,
                        version=version.number,
                        is_current=version is self.version,
                    )
        return found

    @property
    def current(self):
        return [one for one in self.named.values() if one.is_current]

    @cached_property
    def order(self):
        return {pk: place for place, pk in enumerate(self.named)}

    def choices(self, *, also=None):
        """For a form: the newest version's, and the one that something stands under already (True:
        every one that there was)."""
        shown = [
            one for one in self.named.values() if one.is_current or also in (True, one.term.pk)
        ]
        return [(one.term.pk, f"{one.title}: {shortened(one.text)}") for one in shown]


def _by_kind(text):
    return text.term.kind != Term.Kind.TERM, text.position


def shortened(text, most=90):
    words = " ".join(text.split())
    return words if len(words) <= most else f"{words[:most].rsplit(' ', 1)[0]} …"
