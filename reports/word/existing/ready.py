"""A report that was read, made fit to be kept: what a document cannot hold as it stands is put so that
nothing is lost, and told.

    ready = ready_of(read, most=50_000, untitled="Overview report")
    ready.document, ready.told
"""

from dataclasses import dataclass, replace

from reports.word.markdown import blocks_of, markdown_of
from reports.word.text import Grid, Items
from reports.written import WrittenParagraph

LONGEST_HEADING = 200
NO_HEADING = "(no heading)"
NO_WORDS = "(Nothing stands here in the file.)"
TITLE_CUT = "The title was too long for one line. In the file it is: {text}"
TITLE_MISSING = "No title was found in the file. Give the document the one that it is to have."
HEADING_CUT = "The heading was too long for one. In the file it is: {text}"
HEADING_MISSING = "The file has no heading here, only its paragraphs."
EMPTY = "The file has a number here, {number}, and no words after it."
DIVIDED = (
    "In the file this is one paragraph, too long to be kept as one: it goes on in the next {n}."
)


class TooLong(Exception):
    """A paragraph that cannot be divided. `message` is a sentence for whoever brought it."""

    def __init__(self, number, letters, most):
        where = f"Paragraph {number}" if number else "A paragraph without a number"
        super().__init__(number)
        self.message = (
            f"{where} has {letters:,} characters in one piece, and a paragraph has at most {most:,}. "
            "Divide it in Word, save the file and bring it again."
        )


@dataclass(frozen=True)
class Told:
    """A sentence about a section (`paragraph` is None), a paragraph, or the whole (both are None);
    places count from 0 in the ready document."""

    text: str
    section: int | None = None
    paragraph: int | None = None


@dataclass(frozen=True)
class Ready:
    document: object
    told: tuple


def ready_of(read, *, most, untitled):
    """`most` characters go into one paragraph; `untitled` is the title of what has none. Raises TooLong."""
    told = [Told(text) for text in read.doubts]
    title = " ".join(read.document.title.split())
    if not title:
        told.append(Told(TITLE_MISSING))
    elif len(title) > LONGEST_HEADING:
        told.append(Told(TITLE_CUT.format(text=title)))
    sections = []
    for at, section in enumerate(read.document.sections):
        heading, about = _heading(section.heading)
        told += [Told(text, at) for text in about]
        paragraphs = []
        for one in section.paragraphs:
            parts, about = _parts(one, most)
            told += [Told(text, at, len(paragraphs)) for text in about]
            paragraphs += parts
        sections.append(replace(section, heading=heading, paragraphs=tuple(paragraphs)))
    document = replace(read.document, title=_cut(title) or untitled, sections=tuple(sections))
    return Ready(document, tuple(told))


def _heading(words):
    words = " ".join(words.split())
    if not words:
        return NO_HEADING, [HEADING_MISSING]
    return _cut(words), [HEADING_CUT.format(text=words)] if len(words) > LONGEST_HEADING else []


def _cut(words):
    return words if len(words) <= LONGEST_HEADING else f"{words[: LONGEST_HEADING - 2].rstrip()} …"


def _parts(one, most):
    """(paragraphs, sentences about the first of them)"""
    text = one.text.strip()
    if not text:
        return [replace(one, text=NO_WORDS)], [EMPTY.format(number=one.number)]
    if len(text) <= most:
        return [replace(one, text=text)], []
    texts = _divided(blocks_of(text), most)
    if longest := max((len(part) for part in texts if len(part) > most), default=0):
        raise TooLong(one.number, longest, most)
    rest = [WrittenParagraph("", part) for part in texts[1:]]
    said = DIVIDED.format(n="one" if len(rest) == 1 else len(rest))
    return [replace(one, text=texts[0]), *rest], [said]


def _divided(blocks, most):
    """Texts of whole blocks; of a table or a list that is too long by itself, whole rows or items."""
    texts, gathered = [], ()
    for block in (part for one in blocks for part in _pieces(one, most)):
        if gathered and len(markdown_of((*gathered, block))) > most:
            texts.append(markdown_of(gathered))
            gathered = ()
        gathered = (*gathered, block)
    return [*texts, markdown_of(gathered)]


def _pieces(block, most):
    if len(markdown_of((block,))) <= most:
        return [block]
    if isinstance(block, Grid):
        head, *rows = block.rows
        return [
            Grid((head, *some)) for some in _groups(rows, lambda rows: Grid((head, *rows)), most)
        ]
    if isinstance(block, Items):
        found, start = [], block.start
        for some in _groups(block.items, lambda items: replace(block, items=items), most):
            found.append(replace(block, items=some, start=start))
            start += len(some)
        return found
    return [block]


def _groups(rows, made, most):
    """As many rows together as fit."""
    groups, gathered, letters = [], (), 0
    for row in rows:
        own = len(markdown_of((made((row,)),)))
        if gathered and letters + own > most:
            groups.append(gathered)
            gathered, letters = (), 0
        gathered, letters = (*gathered, row), letters + own
    return [*groups, gathered]
