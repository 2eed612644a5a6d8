"""Where real names of a review's register stand in what others are about to read.

The editor asks when such a name is typed. What comes in from Word, and what was kept when it was typed,
is asked about here: before it is taken over, and before it goes to anybody who did not write it.
"""

import hashlib
from dataclasses import dataclass

from foundations.gov.prose import html_of
from foundations.gov.prose_in_files import text_of
from reports.blocks import Blocks
from reports.models import Block
from reports.outline import PlacedParagraph

MEANT = "Change each of these first, or say that the names are meant to stand there"
HELD = "It holds a real name of the register. Write {pseudonyms} instead, unless it is meant."


@dataclass(frozen=True)
class Named:
    """A place of a document that holds real names; `said` is (words, pseudonym), each pair once."""

    called: str  # "Paragraph 5.3.4"
    href: str
    said: tuple
    mark: tuple  # (which row, which state of it)


def said_in(names, text):
    """((words, pseudonym), ...) of the real names in a text, in order; `names` of reviews.people.names."""
    found = ((text[one.start : one.end], one.whose) for one in names.find(text))
    return tuple(dict.fromkeys(found))


def held_in(names, text):
    """What is to be doubted of a text, without the name itself; "" where there is none."""
    found = dict.fromkeys(pseudonym for _, pseudonym in said_in(names, text))
    return HELD.format(pseudonyms=" and ".join(f"“{one}”" for one in found)) if found else ""


def named_in(outline, names):
    """[Named] of the title, the headings and the paragraphs of an Outline with texts, and of what is
    inserted from the data, as it reads now: agencies and officers write there in their own words."""
    if not names:
        return []
    document, blocks = outline.document, Blocks(outline.document)
    places = [("The title", document.get_absolute_url(), document.title, ("d", document.changes))]
    for placed in outline.sections:
        places.append(_heading(placed))
        for one in placed.paragraphs:
            is_block = one.paragraph.is_block
            places.append(_inserted(placed, one, blocks) if is_block else _paragraph(placed, one))
    return _found(places, names)


def named_among(paragraphs, names):
    """The same of some paragraphs alone: [(PlacedSection, PlacedParagraph or Candidate)]."""
    return _found([_paragraph(placed, one) for placed, one in paragraphs], names)


def meaning(named):
    """What somebody says who means these names to stand there: another name, another place or another
    text of one makes another."""
    return hashlib.sha256(repr([(one.mark, len(one.said)) for one in named]).encode()).hexdigest()


def _found(places, names):
    found = [(place, said_in(names, place[2])) for place in places]
    return [Named(*place[:2], said, place[3]) for place, said in found if said]


def _heading(placed):
    section = placed.section
    called = f"The heading of section {placed.number}" if placed.number else "A heading"
    return called, section.get_absolute_url(), section.heading, (f"s{section.pk}", section.changes)


def _paragraph(placed, one):
    row = one.paragraph
    stands = PlacedParagraph(row, one.number)
    return stands.called(placed), stands.href, row.text, (f"p{row.pk}", row.changes)


def _inserted(placed, one, blocks):
    """Its words without the marks that keep them as they were typed. They count no changes: other words
    of it are another state."""
    row = one.paragraph
    text = text_of(html_of(blocks.text_of(row.block)))
    called = f"“{Block(row.block).label}”, inserted in {placed.title}"
    digest = hashlib.sha256(text.encode()).hexdigest()
    return called, one.href, text, (f"p{row.pk}", digest)
