"""The headings and paragraphs of a file, as items that can be compared with a document."""

import re
from dataclasses import dataclass, replace

from foundations.office.marked import MarkedParagraph
from reports.word.back import links
from reports.word.inlines import grid_of, inlines_of, line_of
from reports.word.items import Item
from reports.word.keys import key_of
from reports.word.lines import blocks_from
from reports.word.markdown import markdown_of
from reports.word.text import said

TITLE = re.compile(r"title|subtitle", re.I)
CONTENTS = re.compile(r"toc", re.I)
NUMBERED = re.compile(r"numbered paragraph", re.I)
DOTTED = re.compile(r"\d+(?:\.\d+)+")


@dataclass
class Begun:
    """An item while its lines are gathered. `marks` are the bookmarks that have words after them."""

    level: int = 0
    number: str = ""
    heading: str = ""
    marks: tuple = ()
    is_numbered: bool = False
    lines: list = None
    comments: list = None
    links: list = None


class FileItems:
    """Reads what `marked` found into items; `left_out` is what belongs to none."""

    def __init__(self, marked):
        self.marked = marked
        self.notes = {mark: links.kept(pieces) for mark, pieces in marked.notes.items()}
        self.begun, self.left_out, self.doubts = [], [], []
        self.title = ""
        self.open_comments = {}
        for block in marked.blocks:
            if isinstance(block, MarkedParagraph):
                self._paragraph(block)
            else:
                self._table(block)
        self.left_out += [("header or footer", text) for text in marked.margins]
        for key, (owner, words) in self.open_comments.items():
            owner.comments.append((key, _joined(words)))

    # -- reading -----------------------------------------------------------------------------------

    def _paragraph(self, block):
        marks = _marks(block.pieces)
        text = block.text.strip()
        if not (text or marks or self._is_bare_number(block)):
            return
        if CONTENTS.match(block.style):
            self.left_out.append(("contents", text))
        elif not (self.begun or marks) and (TITLE.match(block.style) or not block.level):
            self.left_out.append(("title page", text))
            if block.style == "Title":
                self.title = text
        elif block.level or any(kind == "s" for kind, _ in marks):
            self._heading(block, marks)
        else:
            self._body(block, marks)

    def _is_bare_number(self, block):
        """A numbered line without words: what stands under it, such as a table, has that number."""
        return bool(self.begun and block.label and NUMBERED.match(block.style))

    def _heading(self, block, marks):
        words = " ".join(said(inlines_of(block.pieces, self.notes)).split())
        number, level = block.label.strip(" ."), block.level or 1
        begun = Begun(level, number, words, marks, lines=[], comments=[], links=[])
        self.begun.append(begun)
        begun.links += links.told(block.pieces, self.marked.notes, is_heading=True)
        self._comment(begun, block.pieces)

    def _body(self, block, marks):
        is_numbered = bool(NUMBERED.match(block.style)) or bool(DOTTED.fullmatch(block.label))
        last = self.begun[-1] if self.begun else None
        if marks or is_numbered or last is None or last.level:
            number = block.label.strip() if is_numbered else ""
            last = Begun(0, number, "", marks, is_numbered, [], [], [])
            self.begun.append(last)
        if is_numbered:
            block = replace(block, depth=None, label="")
        if block.text.strip():
            last.links += links.told(block.pieces, self.marked.notes)
            block = replace(block, pieces=links.kept(block.pieces))
            last.lines.append(line_of(block, self.notes))
        self._comment(last, block.pieces)

    def _table(self, table):
        pieces = [p for row in table.rows for cell in row for _, inner in cell.items for p in inner]
        marks = _marks(pieces)
        if not self.begun or self.begun[-1].level or marks:
            self.begun.append(Begun(0, "", "", marks, False, [], [], []))
        self.begun[-1].lines.append(grid_of(links.kept_in_table(table), self.notes))
        self.begun[-1].links += links.told(pieces, self.marked.notes)
        self._comment(self.begun[-1], pieces)
        if table.nested:
            self.doubts.append("A table stood within a table: it follows the outer one.")
        if any(cell.covered for row in table.rows for cell in row):
            self.doubts.append("A table has merged cells: the places below and beside are empty.")

    def _comment(self, begun, pieces):
        """Which words a comment is about, also where they run over several paragraphs."""
        for piece in pieces:
            if piece.kind == "comment":
                self.open_comments[piece.text] = (begun, [])
            elif piece.kind == "comment-end" and piece.text in self.open_comments:
                owner, words = self.open_comments.pop(piece.text)
                owner.comments.append((piece.text, _joined(words)))
            elif piece.kind in ("text", "field"):
                for _, words in self.open_comments.values():
                    words.append(piece.text if piece.kind == "text" else piece.shown)

    # -- as items ----------------------------------------------------------------------------------

    def items(self):
        """Items with what their bookmarks say they are; not yet checked against a document."""
        found = []
        for begun in self.begun:
            blocks = blocks_from(begun.lines)
            kind = "s" if begun.level else "p"
            keys = [key for known, key in begun.marks if known == kind]
            found.append(
                Item(
                    uid=f"{kind}:{keys[0]}" if keys else "",
                    text=begun.heading or markdown_of(blocks),
                    key=keys[0] if keys else "",
                    number=begun.number or ("?" if begun.is_numbered else ""),
                    level=begun.level,
                    blocks=blocks,
                    comments=tuple(begun.comments),
                    links=tuple(dict.fromkeys(begun.links)),
                    joined=tuple(f"{kind}:{key}" for key in keys[1:]),
                )
            )
        return found


def _joined(words):
    return " ".join("".join(words).split())


def _marks(pieces):
    """Our bookmarks that have words after them, before the next one. Where none has, the last."""
    found, words = [], []
    for piece in pieces:
        if piece.kind == "bookmark" and key_of(piece.text):
            found.append(key_of(piece.text))
            words.append(0)
        elif found and piece.kind in ("text", "field", "note"):
            words[-1] += len((piece.text or piece.shown).strip())
    telling = [mark for mark, letters in zip(found, words, strict=True) if letters]
    return tuple(telling or found[-1:])
