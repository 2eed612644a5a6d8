"""Each paragraph of a report with its number, whoever counted it: Word, or the author by hand."""

import re
from dataclasses import dataclass, replace

from foundations.office.marked import MarkedParagraph, MarkedTable, Piece
from foundations.office.outline import is_capitals, looks_like_heading

DOTS = r"(?:[1-9]\d?)(?:\.(?:0|[1-9]\d{0,2})){1,4}"
DOTTED = re.compile(rf"\s*({DOTS})[.):]?(?:[\s\u00a0]+|$|(?=[A-Z][a-z]|[“\"]))(?=\S|$)")
DOTTED_LABEL = re.compile(rf"({DOTS})[.):]?")
SINGLE_LABEL = re.compile(rf"(?:{DOTS}|[1-9]\d?)[.):]?")
PLAIN_LABEL = re.compile(rf"(?:{DOTS}|[1-9]\d{{0,2}}|[A-Z]\.?[1-9][\d.]*)[.):]?")
SINGLE = re.compile(r"\s*([1-9]\d{0,2})(?:[.)]\s*|\t\s*|\s{2,})(?=[^\W\d]|[“\"'‘(\[*]|\d+\s+\w)")
SPACED = re.compile(
    r"\s*([1-9]\d?)[ \u00a0](?=[A-Z])"
)  # "1 Introduction", if it could be a heading
NAMED = re.compile(r"\s*(?:section|part|chapter)\s+([1-9]\d?)\s*[:.–-]?\s+(?=\S)", re.I)
LETTERED = re.compile(r"\s*\(?(?:[a-z]|[ivx]{1,5})[.)]\s+(?=\S)")
BULLET = re.compile(r"\s*(?:[·•▪■●◦‣∙\uf0b7\uf0a7–—-]\s+|o\t\s*)(?=\S)")
STAR = re.compile(r"\s*[*§]\s+(?=\S)")  # also the mark of a note, or of an Act
IN_APPENDIX = re.compile(r"\s*([A-Z]\.?[1-9]\d?(?:\.[1-9]\d?){0,3})[.):]?(?:\s+|$)(?=\S|$)")
COUNTED = re.compile(r"([1-9]\d{0,2})[.):]?")
HEADING = re.compile(r"heading|title", re.I)
LONGEST_HEADING = 200
ENDS_A_CLAUSE = re.compile(r"[.;,!:]$")


@dataclass(frozen=True)
class Entry:
    """A paragraph or table. `dots` is its number as whole numbers: (5, 3, 4), or (5,) for "5." alone.
    `lettered` is one such as A.1, which is a number in an appendix.

    `pieces` go without a number or bullet that was typed. `is_counted`: the number is Word's own.
    """

    block: MarkedParagraph | MarkedTable
    pieces: tuple = ()
    dots: tuple = ()
    is_counted: bool = False
    is_bullet: bool = False  # one that was typed
    is_named: bool = False  # "Section 3"
    lettered: str = ""

    @property
    def is_table(self):
        return isinstance(self.block, MarkedTable)

    @property
    def text(self):
        text = replace(self.block, pieces=self.pieces).text if self.pieces else ""
        return " ".join(text.split())

    @property
    def number(self):
        return self.lettered or ".".join(map(str, self.dots))

    @property
    def level(self):
        return 0 if self.is_table else self.block.level

    @property
    def is_strong(self):
        """Set as headings are: in bold, underlined or in capitals."""
        return (self.block.bold or self.block.underlined or is_capitals(self.text)) and bool(
            self.text
        )

    @property
    def is_short(self):
        return looks_like_heading(self.text) and not ENDS_A_CLAUSE.search(self.text)


def entries_of(blocks):
    """Every block that has something in it, and each number that Word shows beside what stands under it."""
    found, bare = [], None
    for block in blocks:
        if _is_bare_number(block):
            bare = _entry(block)
            continue
        entries = _entries(block)
        if bare and entries and not entries[0].number and not entries[0].level:
            found.append(bare)
        bare = None if entries else bare
        found += entries
    return _with_spaced(_with_stars(found))


def _is_bare_number(block):
    """A line without words that Word counts as 5.3.1, as it does before a table or a list."""
    if isinstance(block, MarkedTable) or block.text.strip() or HEADING.match(block.style):
        return False
    return bool(DOTTED_LABEL.fullmatch(block.label) or IN_APPENDIX.fullmatch(block.label))


def _entries(block):
    if isinstance(block, MarkedTable):
        return [Entry(block)]
    return [_entry(line) for line in _lines(block)] if block.text.strip() else []


def _lines(block):
    """A paragraph, or several where a new line within it begins with a number or a bullet."""
    if block.is_listed or block.level or not any(one.kind == "break" for one in block.pieces):
        return [block]
    lines = [[]]
    for at, piece in enumerate(block.pieces):
        following = "".join(one.text for one in block.pieces[at + 1 : at + 3] if one.kind == "text")
        begins = piece.kind == "break" and (DOTTED.match(following) or BULLET.match(following))
        if begins and any(one.text.strip() for one in lines[-1]):
            lines.append([])
        else:
            lines[-1].append(piece)
    return [replace(block, pieces=tuple(line)) for line in lines]


def _with_spaced(entries):
    """ "1 Introduction" has a number if it is set as a heading, or if 1.1 follows."""
    found, following = [], ()
    for one in reversed(entries):
        spaced = None if one.is_table or one.dots else SPACED.match(one.block.text)
        rest = replace(one, pieces=without(one.pieces, spaced.end())) if spaced else one
        is_set = spaced and rest.is_short and (one.level or one.is_strong)
        number = int(spaced[1]) if spaced else 0
        if spaced and rest.is_short and (is_set or following[:2] == (number, 1)):
            one = replace(rest, dots=(number,))
        if len(one.dots) > 1:
            following = one.dots
        found.append(one)
    return found[::-1]


def _with_stars(entries):
    """Two lines or more that begin with a star are a list."""
    starred = [not one.is_table and bool(STAR.match(one.block.text)) for one in entries]
    found = []
    for at, one in enumerate(entries):
        if starred[at] and (starred[at - 1 : at] == [True] or starred[at + 1 : at + 2] == [True]):
            letters = STAR.match(one.block.text).end()
            one = replace(one, pieces=without(one.block.pieces, letters), is_bullet=True)
        found.append(one)
    return found


def _entry(block):
    if (
        block.level
        and any(map(str.isalnum, block.label))
        and not PLAIN_LABEL.fullmatch(block.label)
    ):
        label = Piece("text", f"{block.label} ")  # "Section 1:", which Word counts
        block = replace(block, pieces=(label, *block.pieces), label="", depth=None)
    plain = "".join(
        "\n" if piece.kind == "break" else piece.text
        for piece in block.pieces
        if piece.kind in ("text", "break")
    )
    dotted = DOTTED_LABEL.fullmatch(block.label)
    if dotted:
        return Entry(block, block.pieces, _dots(dotted[1]), is_counted=True)
    if lettered := IN_APPENDIX.fullmatch(block.label):
        return Entry(block, block.pieces, is_counted=True, lettered=lettered[1])
    if block.is_listed and not block.level:
        return Entry(block, block.pieces)
    counted = COUNTED.fullmatch(block.label)
    if counted:
        return Entry(block, block.pieces, (int(counted[1]),), is_counted=True)
    for pattern in (DOTTED, NAMED, SINGLE):
        if found := pattern.match(plain):
            rest = without(block.pieces, found.end())
            return Entry(block, rest, _dots(found[1]), is_named=pattern is NAMED)
    if found := IN_APPENDIX.match(plain):
        return Entry(block, block.pieces, lettered=found[1])
    if found := BULLET.match(plain):
        return Entry(block, without(block.pieces, found.end()), is_bullet=True)
    return Entry(block, block.pieces)


def _dots(number):
    return tuple(map(int, number.split(".")))


def without(pieces, letters):
    """Pieces from a place in their text on. Bookmarks and comments stay."""
    found = []
    for piece in pieces:
        if letters and piece.kind == "break":
            letters -= 1
        elif letters and piece.kind == "text":
            cut = min(letters, len(piece.text))
            letters -= cut
            if piece.text[cut:]:
                found.append(replace(piece, text=piece.text[cut:]))
        else:
            found.append(piece)
    return tuple(found)
