"""All that a version of a document says, as plain values: from these alone its files are drawn."""

from dataclasses import asdict, dataclass
from datetime import datetime
from functools import cached_property

from django.utils import timezone

from actionplans.papers.sheets import Document as Paper
from foundations.gov.prose import with_references
from reports.models import Variant
from reports.papers.values import GatheredPaper, is_of_paper
from reports.written import WrittenDocument, WrittenParagraph, WrittenSection


@dataclass(frozen=True)
class GatheredParagraph:
    """`text` is Markdown with its references as they are kept. `block` says what it was inserted as,
    in words; "" where somebody wrote it."""

    number: str
    text: str
    key: str
    block: str = ""


@dataclass(frozen=True)
class GatheredSection:
    number: str
    heading: str
    level: int
    key: str
    paragraphs: tuple[GatheredParagraph, ...] = ()

    @property
    def called(self):
        return self.number or f"“{self.heading}”"

    @property
    def title(self):
        return f"{self.number} {self.heading}".strip()


@dataclass(frozen=True)
class Gathered:
    """`above` is whose document it is, `version` 0 where nobody keeps it, `when` the month or the like of the death where that may be
    said, `made_at` in ISO form; `plan` is the action plan of its appendix, or None. `has_chapters`: on paper it is
    drawn in parts, each of which begins on a new page. `is_sheet`: it is as short as to need neither a title page
    nor contents."""

    title: str
    kind: str  # in words
    above: str
    reference: str
    variant: str
    version: int
    is_draft: bool
    marking: str
    when: str
    made_at: str
    sections: tuple[GatheredSection, ...] = ()
    plan: Paper | None = None
    has_chapters: bool = False
    is_sheet: bool = False

    @property
    def at(self):
        return datetime.fromisoformat(self.made_at)

    @property
    def title_parts(self):
        """(what comes before, the words at its end that stand on one line): "… the death of", "FA 2"."""
        before, _, number = self.title.rpartition(" ")
        before, _, word = before.rpartition(" ")
        return (before, f"{word} {number}") if before and number.isdigit() else (self.title, "")

    @property
    def said_kind(self):
        """ "" where the title is no more than that."""
        return "" if self.kind == self.title else self.kind

    @property
    def said_variant(self):
        """Said of the one that nobody is to publish: both look alike, and a file is soon renamed."""
        return "Confidential: not for publication" if self.variant == Variant.CONFIDENTIAL else ""

    @property
    def said_day(self):
        return f"{timezone.localtime(self.at):%-d %B %Y}"

    @property
    def said_version(self):
        """ "Version 3, draft"; one that nobody keeps has no number."""
        if not self.version:
            return "Draft, not kept"
        return f"Version {self.version}, draft" if self.is_draft else f"Version {self.version}"

    @property
    def paragraphs(self):
        """[(section, paragraph)] in the order of reading."""
        return [(section, one) for section in self.sections for one in section.paragraphs]

    @cached_property
    def _called(self):
        found = {("s", one.key): one.called for one in self.sections}
        for section, one in self.paragraphs:
            found["p", one.key] = one.number or f"under {section.called}"
        return found

    def words_of(self, kind, key):
        """What a reference says, or None where what it refers to is not in it."""
        return self._called.get((kind, key))

    def refer(self, kind, key):
        """(words, address within the file) for foundations.gov.prose, or None."""
        words = self.words_of(kind, key)
        return (words, f"#{kind}-{key}") if words else None

    def to_json(self):
        return asdict(self) | {"plan": self.plan.to_json() if self.plan else None}

    @classmethod
    def from_json(cls, said):
        sections = tuple(_section(one) for one in said["sections"])
        plan = Paper.from_json(said["plan"]) if said["plan"] else None
        return cls(**(said | {"sections": sections, "plan": plan}))

    def as_written(self):
        """As a WrittenDocument, for Word: references in numbers, the plan as sections at the end."""
        sections = [
            WrittenSection(
                number=one.number,
                heading=one.heading,
                level=one.level,
                key=one.key,
                paragraphs=tuple(map(self._written, one.paragraphs)),
            )
            for one in self.sections
        ]
        return WrittenDocument(title=self.title, sections=tuple(sections))

    def _written(self, one):
        text = with_references(one.text, self.words_of)
        return WrittenParagraph(number=one.number, text=text, key=one.key)


def said_by(values):
    """The Gathered or GatheredPaper of what a version keeps."""
    return (GatheredPaper if is_of_paper(values) else Gathered).from_json(values)


def _section(said):
    paragraphs = tuple(GatheredParagraph(**one) for one in said["paragraphs"])
    return GatheredSection(**(said | {"paragraphs": paragraphs}))
