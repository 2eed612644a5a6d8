"""What was read from Word as values of text."""

import re

from reports.word.keys import key_of
from reports.word.lines import Line, plainly_headed
from reports.word.markdown import REFERENCE
from reports.word.text import Break, Grid, Note, Reference, Words, tidy

QUOTED = re.compile(r"(?:intense )?quot(?:e|ation)s?|block text", re.I)
GOES_ON = re.compile(r"list continue(?: (\d))?", re.I)
COUNTED = re.compile(r"(\d{1,4})[.)]?")
IN_CELL = " / "  # between the paragraphs of a cell, which Markdown has in one line


def inlines_of(pieces, notes):
    """Inlines of `marked.Piece`s; `notes` are {mark: pieces}."""
    return tidy(one for piece in pieces for one in _inlines(piece, notes))


def _inlines(piece, notes):
    if piece.kind == "text":
        return _with_references(piece)
    found = _inline(piece, notes)
    return [found] if found else []


def _with_references(piece):
    """A reference may be typed out, where what it means was not in the document."""
    start = 0
    for found in REFERENCE.finditer(piece.text):
        yield _words(piece, piece.text[start : found.start()])
        yield Reference(found[1], found[2])
        start = found.end()
    yield _words(piece, piece.text[start:])


def _words(piece, text):
    """A link to another place of the file is none: the place has another name here, or none."""
    link = "" if piece.link.startswith("#") else piece.link
    return Words(text, piece.bold, piece.italic, link, piece.struck)


def _inline(piece, notes):
    if piece.kind == "break":
        return Break()
    if piece.kind == "note":
        return Note(inlines_of(notes.get(piece.text, ()), notes))
    if piece.kind == "field":
        found = key_of(piece.text)
        return Reference(*found) if found else _words(piece, piece.shown)
    return None


def line_of(paragraph, notes):
    """A paragraph of Word within a paragraph of ours. A label that is no plain number is typed out."""
    style = paragraph.style
    found = QUOTED.match(style)
    quoted = (2 if style.endswith("2") else 1) if found else 0
    inlines = inlines_of(paragraph.pieces, notes)
    goes_on = GOES_ON.match(style)
    if paragraph.is_listed:
        number = COUNTED.fullmatch(paragraph.label)
        if paragraph.label and not number:
            inlines = tidy([Words(f"{paragraph.label} "), *inlines])
        return Line(inlines, quoted, paragraph.depth, int(number[1]) if number else None)
    if goes_on:
        return Line(inlines, quoted, int(goes_on[1] or 1) - 1, None, is_first=False)
    return Line(inlines, quoted)


def grid_of(table, notes):
    """A table, with every place under a merged cell left empty."""
    return plainly_headed(
        Grid(tuple(tuple(_cell(cell, notes) for cell in row) for row in table.rows))
    )


def _cell(cell, notes):
    found = []
    for label, pieces in cell.items:
        inner = inlines_of([piece for piece in pieces if piece.kind != "break"], notes)
        if any(piece.kind == "break" for piece in pieces):
            inner = tidy(_one_line(pieces, notes))
        if not inner and not label:
            continue
        if found:
            found.append(Words(IN_CELL))
        if label:
            found.append(Words(f"{label} "))
        found += inner
    return tidy(found)


def _one_line(pieces, notes):
    for piece in pieces:
        for inline in _inlines(piece, notes):
            yield Words(IN_CELL) if isinstance(inline, Break) else inline
