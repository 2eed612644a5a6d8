"""The words of a version as HTML, for the web page and for paper."""

from dataclasses import dataclass

from foundations.gov.prose_in_files import WIDE, ProseInFile

DEEPEST = 6  # heading that HTML has


@dataclass(frozen=True)
class DrawnParagraph:
    id: str
    number: str
    html: str
    is_turned: bool = False  # on paper it stands on a page of its own, which lies on its side


@dataclass(frozen=True)
class DrawnSection:
    id: str
    number: str
    heading: str
    level: int  # of its heading in HTML: 2 for the highest
    paragraphs: tuple[DrawnParagraph, ...]
    notes: tuple = ()  # to what stands directly under it

    @property
    def is_turned(self):
        """A heading stands on the sheet of what follows it."""
        return bool(self.paragraphs) and self.paragraphs[0].is_turned


class Body:
    """Of one Gathered: `sections` [DrawnSection], and `notes` behind them all."""

    def __init__(self, gathered):
        self._prose = ProseInFile(gathered.refer)
        self.sections = [self._section(one) for one in gathered.sections]

    @property
    def notes(self):
        return self._prose.notes

    def _section(self, one):
        before = len(self.notes)
        paragraphs = tuple(self._paragraph(one, each) for each in one.paragraphs)
        return DrawnSection(
            id=f"s-{one.key}",
            number=one.number,
            heading=one.heading,
            level=min(one.level + 1, DEEPEST),
            paragraphs=paragraphs,
            notes=tuple(self.notes[before:]),
        )

    def _paragraph(self, section, one):
        made = self._prose.add(one.text, key=one.key, about=_about(section, one))
        return DrawnParagraph(f"p-{one.key}", one.number, made.html, made.columns >= WIDE)


def _about(section, paragraph):
    if paragraph.block:
        return paragraph.block
    return f"paragraph {paragraph.number}" if paragraph.number else section.title
