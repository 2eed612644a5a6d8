"""A document in the order of reading, with the numbers that its order gives.

Nothing of a number is kept. A numbered section counts among its neighbours ("5", "5.3"); the paragraphs
that stand directly under a heading count first, the sections within it go on from there, so that no
number comes twice. What is not numbered, and what stands in it, has "".
"""

from dataclasses import dataclass
from functools import cached_property

from reports.models import Paragraph, Section


@dataclass(frozen=True)
class PlacedParagraph:
    paragraph: Paragraph
    number: str

    @property
    def href(self):
        return f"{self.paragraph.section.get_absolute_url()}#p-{self.paragraph.key}"

    def called(self, placed):
        """ "Paragraph 5.3.4", or where it stands: `placed` is its PlacedSection."""
        return f"Paragraph {self.number}" if self.number else f"A paragraph of {placed.title}"


@dataclass(frozen=True)
class PlacedSection:
    """`level` counts from 1; `within` are the headings above it, the highest first."""

    section: Section
    number: str
    level: int
    paragraphs: tuple[PlacedParagraph, ...]
    within: tuple = ()

    @property
    def title(self):
        """ "5.3 The police" """
        return f"{self.number} {self.section.heading}".strip()

    @property
    def inserted(self):
        """How many of its paragraphs come from the data."""
        return sum(one.paragraph.is_block for one in self.paragraphs)

    @property
    def written(self):
        return len(self.paragraphs) - self.inserted

    @property
    def mark(self):
        return f"s-{self.section.key}"


class Outline:
    """Of what stands in a document now, in two queries. `texts`: with the words of the paragraphs.

    The document came through visible_to; what was taken out of it is not here.
    """

    def __init__(self, document, *, texts=False):
        self.document = document
        self._children, self._paragraphs = {}, {}
        for section in document.sections.live().order_by("position", "pk"):
            section.document = document
            self._children.setdefault(section.parent_id, []).append(section)
        rows = Paragraph.objects.filter(section__document=document).live().in_order()
        for paragraph in rows if texts else rows.defer("text"):
            self._paragraphs.setdefault(paragraph.section_id, []).append(paragraph)

    @cached_property
    def sections(self):
        """[PlacedSection], in the order of reading."""
        return list(self._placed(None, "", 1, ()))

    def _placed(self, parent, above, level, within):
        counted = self._own_count(parent) if above else 0
        for section in self._children.get(parent, ()):
            number = ""
            if section.is_numbered and (above or level == 1):
                counted += 1
                number = _joined(above, counted)
            rows = tuple(self._numbered(section, number))
            yield PlacedSection(section, number, level, rows, within)
            yield from self._placed(section.pk, number, level + 1, (*within, section.heading))

    def _own_count(self, section_id):
        rows = self._paragraphs.get(section_id, ())
        return sum(one.kind == Paragraph.Kind.NUMBERED for one in rows)

    def _numbered(self, section, number):
        counted = 0
        for paragraph in self._paragraphs.get(section.pk, ()):
            paragraph.section = section
            counts = paragraph.kind == Paragraph.Kind.NUMBERED
            counted += counts
            yield PlacedParagraph(paragraph, _joined(number, counted) if counts and number else "")

    @cached_property
    def paragraphs(self):
        """[(PlacedSection, PlacedParagraph)], in the order of reading."""
        return [(section, one) for section in self.sections for one in section.paragraphs]

    @cached_property
    def _by_key(self):
        """{("p" or "s", key): (number or words, section)}"""
        found = {("s", str(one.section.key)): (_called(one), one) for one in self.sections}
        for section, one in self.paragraphs:
            words = one.number or f"under {_called(section)}"
            found["p", str(one.paragraph.key)] = (words, section)
        return found

    def words_of(self, kind, key):
        """What a reference says, or None where what it refers to is not here any more."""
        found = self._by_key.get((kind, key))
        return found[0] if found else None

    def refer(self, kind, key):
        """(words, address) for foundations.gov.prose, or None."""
        found = self._by_key.get((kind, key))
        if found is None:
            return None
        words, section = found
        return words, f"{section.section.get_absolute_url()}#{kind}-{key}"

    def referring_to(self, kind, key):
        """[(PlacedSection, PlacedParagraph)] of those whose texts, which were fetched, refer to it."""
        said = f"[[{kind}:{key}]]"
        return [pair for pair in self.paragraphs if said in pair[1].paragraph.text]

    def key_of(self, number):
        """("p" or "s", key) of what has this number, or None."""
        return self._by_number.get(number)

    @cached_property
    def _by_number(self):
        found = {one.number: ("p", str(one.paragraph.key)) for _, one in self.paragraphs}
        found |= {one.number: ("s", str(one.section.key)) for one in self.sections}
        found.pop("", None)
        return found

    def placed(self, section):
        """The PlacedSection of a section, or None where it was taken out."""
        return next((one for one in self.sections if one.section.pk == section.pk), None)

    def placed_paragraph(self, paragraph):
        """(PlacedSection, PlacedParagraph), or (None, None) where it was taken out."""
        found = (pair for pair in self.paragraphs if pair[1].paragraph.pk == paragraph.pk)
        return next(found, (None, None))


def _called(placed):
    return placed.number or f"“{placed.section.heading}”"


def _joined(above, counted):
    return f"{above}.{counted}" if above else str(counted)
