"""The sections and paragraphs of a document as the body of a Word file."""

from reports.word.keys import mark_of
from reports.word.lines import DEEPEST_LIST, DEEPEST_QUOTATION
from reports.word.markdown import blocks_of
from reports.word.out.notes import Notes
from reports.word.out.numbers import BULLETS, HEADINGS, Numbers
from reports.word.out.runs import Runs
from reports.word.out.tables import is_wide, table
from reports.word.out.xml import val, w
from reports.word.text import Items, Plain, Quotation

PORTRAIT = w("pgSz", w=11906, h=16838)
LANDSCAPE = w("pgSz", w=16838, h=11906, orient="landscape")
MARGINS = w("pgMar", top=1304, right=1247, bottom=1247, left=1247, header=624, footer=567, gutter=0)
WIDTHS = {False: 11906 - 2 * 1247, True: 16838 - 2 * 1247}  # by whether the page lies on its side
NO_LIST = w("numPr", val("ilvl", 0), val("numId", 0))


class Body:
    """Writes a document in the order of reading. `xml` is the body; notes and links are gathered."""

    def __init__(self, document):
        self.document = document
        self.numbers = Numbers()
        self.notes = Notes()
        self.runs = Runs(self.notes, document)
        self.written = []
        self.marks = 0
        self.is_lying = False  # within pages laid on their side

    def write(self, front, furniture):
        """`front` stands before the first section; `furniture` names headers and footers."""
        self.furniture = furniture
        self.written.append(front)
        for section in self.document.sections:
            self._heading(section)
            for one in section.paragraphs:
                self._paragraph(one)
        self._lie(False)
        return w("body", *self.written, self._section(self.is_lying, self.furniture))

    # -- headings and paragraphs -------------------------------------------------------------------

    def _heading(self, section):
        self._lie(False)
        level = max(1, min(6, section.level))
        place = self.numbers.heading(section.number, level)
        mark = mark_of("s", section.key) if section.key else ""
        inside = self.runs.plain(section.heading)
        self._add(f"Heading{level}", inside, place or (0, 0), mark)

    def _paragraph(self, one):
        blocks = blocks_of(one.text)
        place = self.numbers.paragraph(one.number)
        mark = mark_of("p", one.key) if one.key else ""
        if place and not (blocks and isinstance(blocks[0], Plain)):
            self._add(self._numbered(place), "", place, mark)  # a number before a list or a table
            place, mark = None, ""
        elif place:
            inside = self.runs.of(blocks[0].inlines)
            self._add(self._numbered(place), inside, place, mark)
            blocks, mark = blocks[1:], ""
        for block in blocks:
            self._block(block, mark)
            mark = ""
        if mark:  # nothing is written in it yet
            self._add("Continuation", "", None, mark)

    @staticmethod
    def _numbered(place):
        level = place[1] - HEADINGS + 1
        return f"NumberedParagraph{level}" if level > 0 else "NumberedParagraph2"

    # -- what stands within a paragraph ------------------------------------------------------------

    def _block(self, block, mark="", quoted=0, depth=None):
        if isinstance(block, Plain):
            self._add(self._style(quoted, depth), self.runs.of(block.inlines), None, mark)
        elif isinstance(block, Quotation):
            for inner in block.blocks:
                self._block(inner, mark, min(quoted + 1, DEEPEST_QUOTATION))
                mark = ""
        elif isinstance(block, Items):
            self._list(block, mark, quoted, 0 if depth is None else depth + 1)
        else:
            self._table(block, mark)

    @staticmethod
    def _style(quoted, depth):
        if quoted:
            return f"Quote{quoted}"
        return "Continuation" if depth is None else f"ListContinue{depth + 1}"

    def _list(self, block, mark, quoted, depth):
        depth = min(depth, DEEPEST_LIST)
        number = self.numbers.items(depth, block.start) if block.is_numbered else BULLETS
        style = f"Quote{quoted}" if quoted else "ListNumber" if block.is_numbered else "ListBullet"
        for item in block.items:
            first, rest = (item[0], item[1:]) if item else (Plain(()), ())
            if not isinstance(first, Plain):
                first, rest = Plain(()), item
            self._add(style, self.runs.of(first.inlines), (number, depth), mark)
            mark = ""
            for inner in rest:
                self._block(inner, "", quoted, depth)

    def _table(self, grid, mark):
        self._lie(is_wide(grid))
        self.marks += 1
        place = (self.marks, mark) if mark else None
        self.written.append(table(grid, self.runs, WIDTHS[self.is_lying], place))
        self.written.append(w("p", w("pPr", w("spacing", after=60))))

    # -- paragraphs of the file --------------------------------------------------------------------

    def _add(self, style, inside, place, mark=""):
        if self.is_lying:
            self._lie(False)
        listed = ""
        if place:
            number, depth = place
            listed = w("numPr", val("ilvl", depth), val("numId", number)) if number else NO_LIST
        self.written.append(
            w("p", w("pPr", val("pStyle", style), listed), self._marked(inside, mark))
        )

    def _marked(self, inside, mark):
        if not mark:
            return inside
        self.marks += 1
        return "".join(
            [
                w("bookmarkStart", id=self.marks, name=mark),
                inside,
                w("bookmarkEnd", id=self.marks),
            ]
        )

    # -- pages upright and on their side -----------------------------------------------------------

    def _lie(self, is_lying):
        """Ends the pages so far, and begins others that lie or stand."""
        if is_lying != self.is_lying:
            end = self._section(self.is_lying, self.furniture)
            self.written.append(w("p", w("pPr", end)))
            self.is_lying = is_lying

    @staticmethod
    def _section(is_lying, furniture):
        return w("sectPr", furniture, LANDSCAPE if is_lying else PORTRAIT, MARGINS)
