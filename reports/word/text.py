"""The text of a paragraph as values: what Markdown and Word both say, in their own signs.

Two texts that mean the same compare equal, however they were typed: `tidy` brings white space and
the edges of emphasis to one form.
"""

import re
from dataclasses import dataclass, replace

BLANKS = re.compile(r"[ \t\r\n]+")
EDGES = re.compile(r"^( *)(.*?)( *)$", re.S)


@dataclass(frozen=True)
class Words:
    """`link` is an address that the words lead to, or ""; `struck` words are struck through."""

    text: str
    bold: bool = False
    italic: bool = False
    link: str = ""
    struck: bool = False


@dataclass(frozen=True)
class Note:
    """A footnote; `inlines` is its text."""

    inlines: tuple


@dataclass(frozen=True)
class Reference:
    """The number of another paragraph ("p") or section ("s"), by its key."""

    kind: str
    key: str


@dataclass(frozen=True)
class Break:
    """A new line within a paragraph."""


@dataclass(frozen=True)
class Plain:
    inlines: tuple


@dataclass(frozen=True)
class Quotation:
    blocks: tuple


@dataclass(frozen=True)
class Items:
    """A list. Each of `items` is a tuple of blocks; `start` is the first number of a numbered one."""

    items: tuple
    is_numbered: bool = False
    start: int = 1


@dataclass(frozen=True)
class Grid:
    """A table. `rows` are tuples of cells, a cell is a tuple of inlines; the first row is its heading."""

    rows: tuple


def tidy(inlines):
    """Inlines with single blanks, none at the ends or at the edges of emphasis, and neighbours joined."""
    return tuple(_stripped(_joined(_spaced(inlines))))


def _spaced(inlines):
    """Blanks at the edge of emphasis belong to nobody."""
    for one in inlines:
        if isinstance(one, Note):
            yield Note(tidy(_without_notes(one.inlines)))
        elif not isinstance(one, Words):
            yield one
        else:
            before, text, after = EDGES.match(BLANKS.sub(" ", one.text)).groups()
            if before:
                yield Words(" ")
            if text:
                yield replace(one, text=text)
            if after and text:
                yield Words(" ")


def _without_notes(inlines):
    """Word has no footnote within a footnote: what somebody typed as one stands in brackets."""
    for one in inlines:
        if isinstance(one, Note):
            yield from (Words(" ["), *_without_notes(one.inlines), Words("]"))
        else:
            yield one


def _joined(inlines):
    found = []
    for one in inlines:
        last = found[-1] if found else None
        if isinstance(one, Break) and isinstance(last, Words):
            found[-1] = last = replace(last, text=last.text.rstrip(" "))
            if not last.text:
                found.pop()
        if isinstance(one, Words) and isinstance(last, Words) and _look(one) == _look(last):
            found[-1] = replace(last, text=BLANKS.sub(" ", last.text + one.text))
        elif isinstance(one, Words) and one.text == " " and _is_bridge(last):
            found.append(one)
        elif isinstance(one, Words) and isinstance(last, Break | None):
            if one.text.lstrip(" "):
                found.append(replace(one, text=one.text.lstrip(" ")))
        else:
            found.append(one)
    return _bridged(found)


def _is_bridge(last):
    return last is not None and not isinstance(last, Break)


def _look(words):
    return (words.bold, words.italic, words.link, words.struck)


def _bridged(inlines):
    """Bold, a blank, bold again is one stretch of bold."""
    found = []
    for one in inlines:
        if (
            len(found) > 1
            and isinstance(one, Words)
            and _look(one) != _look(Words(""))
            and found[-1] == Words(" ")
            and isinstance(found[-2], Words)
            and _look(found[-2]) == _look(one)
        ):
            found.pop()
            found[-1] = replace(found[-1], text=f"{found[-1].text} {one.text}")
        else:
            found.append(one)
    return found


def _stripped(inlines):
    while inlines and (isinstance(inlines[-1], Break) or _text(inlines[-1]) == " "):
        inlines.pop()
    while inlines and (isinstance(inlines[0], Break) or _text(inlines[0]) == " "):
        inlines.pop(0)
    if inlines and isinstance(inlines[0], Words):
        inlines[0] = replace(inlines[0], text=inlines[0].text.lstrip(" "))
    if inlines and isinstance(inlines[-1], Words):
        inlines[-1] = replace(inlines[-1], text=inlines[-1].text.rstrip(" "))
    return inlines


def _text(inline):
    return getattr(inline, "text", None)


def bare(blocks):
    """The letters of blocks alone, without emphasis: what two texts are compared by."""
    return BLANKS.sub(" ", " ".join(_bare(block) for block in blocks)).strip()


def _bare(block):
    if isinstance(block, Plain):
        return said(block.inlines)
    if isinstance(block, Quotation):
        return bare(block.blocks)
    if isinstance(block, Items):
        return " ".join(bare(item) for item in block.items)
    return " ".join(said(cell) for row in block.rows for cell in row)


def said(inlines):
    """Inlines as plain text, with notes where they stand."""
    found = []
    for one in inlines:
        if isinstance(one, Words):
            found.append(one.text)
        elif isinstance(one, Note):
            found.append(f" [{said(one.inlines)}]")
        elif isinstance(one, Reference):
            found.append(f"[[{one.kind}:{one.key}]]")
        else:
            found.append(" ")
    return "".join(found)
