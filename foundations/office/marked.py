"""A Word document with its emphasis, numbers, bookmarks, notes and comments, nothing left out.

    found = marked_of(content, name)
    for block in found.blocks: ...

Read in a child process that may be killed; nothing of the file is opened here.
"""

import json
import re
from dataclasses import dataclass

from foundations.office import signs
from foundations.office.naming import ending, quoted
from foundations.office.reading import Child
from foundations.office.tables import Refused

TOGGLES = {
    signs.BOLD: ("bold", True),
    signs.NOT_BOLD: ("bold", False),
    signs.ITALIC: ("italic", True),
    signs.NOT_ITALIC: ("italic", False),
    signs.STRUCK: ("struck", True),
    signs.NOT_STRUCK: ("struck", False),
    signs.NOT_LINK: ("link", ""),
}
POINTS = {
    signs.BOOKMARK: "bookmark",
    signs.COMMENT: "comment",
    signs.NOT_COMMENT: "comment-end",
    signs.NOTE: "note",
}


SIGN = re.compile("[\n\ue000\ue010-\ue01f]")


@dataclass(frozen=True)
class Piece:
    """`kind` is "text", "break", or a point: "note" (`text` its mark), "field" (`text` the bookmark that
    it refers to, `shown` what it shows), "bookmark", "comment" and "comment-end" (`text` their name).
    `link` is an address as it is written, or "#place" of the same document."""

    kind: str
    text: str = ""
    bold: bool = False
    italic: bool = False
    link: str = ""
    shown: str = ""
    struck: bool = False


@dataclass(frozen=True)
class MarkedParagraph:
    """`level` is that of a heading by its style, or 0. `label` is what Word counts, "" for a bullet;
    `depth` that in an automatic list, from 0, or None; a line without words has a label or a bookmark.
    `bold` and `underlined` are of the whole."""

    pieces: tuple
    style: str = ""
    level: int = 0
    label: str = ""
    depth: int | None = None
    bold: bool = False
    underlined: bool = False
    box: bool = False  # within a frame drawn as a table of one column

    @property
    def text(self):
        return text_of(self.pieces)

    @property
    def is_listed(self):
        return self.depth is not None

    @property
    def bookmarks(self):
        return [piece.text for piece in self.pieces if piece.kind == "bookmark"]


@dataclass(frozen=True)
class MarkedCell:
    """`items` are (label, pieces) of its paragraphs; `covered` is a place under a merged cell."""

    items: tuple
    covered: bool = False


@dataclass(frozen=True)
class MarkedTable:
    rows: tuple
    nested: bool = False  # stood within a cell of the table before


@dataclass(frozen=True)
class Remark:
    """A comment in the margin."""

    id: str
    by: str
    text: str


@dataclass(frozen=True)
class Marked:
    """`notes` are {mark: pieces}. `letters` were counted apart from the reading; `placed` stand here.
    `carried` is what a program left in the file for itself: {name: dicts of values}."""

    blocks: tuple
    notes: dict
    comments: tuple
    margins: tuple
    changed: bool  # it has tracked changes, read as accepted
    letters: int
    placed: int
    doubts: tuple
    carried: dict

    @property
    def is_whole(self):
        return self.letters == self.placed


def marked_of(content, name):
    """A Word document as it was uploaded. Raises Refused with a sentence."""
    if ending(name) != "docx":
        raise Refused(
            f"{quoted(name)} is not a Word document (.docx). Save it as one and try again."
        )
    return from_json(json.loads(Child(content, name, work="marked").answer()))


def from_json(said):
    doubts = list(said["doubts"])
    if lost := abs(said["letters"] - said["placed"]):
        doubts.append(f"{lost} letters of the file could not be placed: compare it with this text.")
    return Marked(
        blocks=tuple(map(_block, said["blocks"])),
        notes={mark: pieces_of(text) for mark, text in said["notes"].items()},
        comments=tuple(Remark(**one) for one in said["comments"]),
        margins=tuple(said["margins"]),
        changed=said["changed"],
        letters=said["letters"],
        placed=said["placed"],
        doubts=tuple(doubts),
        carried=said["carried"],
    )


def _block(said):
    rest = {key: value for key, value in said.items() if key not in ("kind", "text", "rows")}
    if said["kind"] == "paragraph":
        return MarkedParagraph(pieces=pieces_of(said["text"]), **rest)
    return MarkedTable(rows=tuple(tuple(map(_cell, row)) for row in said["rows"]), **rest)


def _cell(said):
    return MarkedCell(
        tuple((label, pieces_of(text)) for label, text in said["items"]), said["covered"]
    )


def pieces_of(text):
    """The pieces of a text with signs."""
    return tuple(_pieces(text))


def _pieces(text):
    look = {"bold": False, "italic": False, "link": "", "struck": False}
    start, field, shown = 0, None, []
    for sign, begin, end, named in _signs_in(text):
        plain = text[start:begin]
        start = end
        if field is not None:
            shown.append(plain)
        elif plain:
            yield Piece("text", plain, **look)
        if sign == "\n" and field is None:
            yield Piece("break")
        elif sign in TOGGLES:
            name, value = TOGGLES[sign]
            look[name] = value
        elif sign == signs.NOT_FIELD and field is not None:
            yield Piece("field", field, **look, shown="".join(shown))
            field, shown = None, []
        elif sign == signs.LINK:
            look["link"] = named
        elif sign == signs.FIELD:
            field, shown = named, []
        elif sign in POINTS:
            yield Piece(POINTS[sign], named)
    if rest := "".join([*shown, text[start:]]):  # of a field that ends in another paragraph, too
        yield Piece("text", rest, **look)


def _signs_in(text):
    """(sign, where it begins, where it ends, the name it carries)"""
    for found in SIGN.finditer(text):
        sign, begin, end, named = found[0], found.start(), found.end(), ""
        if sign in POINTS or sign in (signs.LINK, signs.FIELD):
            end = text.find(signs.END, begin) + 1
            named = text[begin + 1 : end - 1]
        yield sign, begin, end, named


def text_of(pieces):
    """The words alone, with what fields show and the marks of notes."""
    return "".join(
        {"text": piece.text, "break": "\n", "field": piece.shown, "note": piece.text}.get(
            piece.kind, ""
        )
        for piece in pieces
    )
