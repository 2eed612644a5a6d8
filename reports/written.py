"""A document as plain values, between the rooms that write, read, check and draw it.

Holds no rows: what comes from a Word file and what comes from the database look the same here.
"""

from dataclasses import dataclass


@dataclass(frozen=True)
class WrittenParagraph:
    """`text` is Markdown. `number` is as shown ("5.3.4"), "" where it has none, such as a quotation.

    `key` is the paragraph's stable identity as a string; "" where it has none yet.
    """

    number: str
    text: str
    key: str = ""


@dataclass(frozen=True)
class WrittenSection:
    """`level` is 1 for "5 The facts" and 2 for "5.3 The police"; "number" is "" for an appendix."""

    number: str
    heading: str
    level: int = 1
    paragraphs: tuple[WrittenParagraph, ...] = ()
    key: str = ""


@dataclass(frozen=True)
class WrittenDocument:
    """`sections` in the order of reading, sections within sections following their parent."""

    title: str
    sections: tuple[WrittenSection, ...] = ()

    @property
    def paragraphs(self):
        """(section, paragraph), in the order of reading."""
        return [(section, one) for section in self.sections for one in section.paragraphs]
