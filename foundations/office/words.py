"""Reads Word documents by walking their XML: the accepted view, as it would print.

Readers that go through python-docx lose rows without a word where changes are tracked or rows stand
in content controls, so this walk goes through both. It leaves out deleted, moved-away and hidden
text, and keeps nested tables apart from the text of their cell.
"""

import re

from foundations.office.numbering import Lists, whole
from foundations.office.symbols import symbol, told
from foundations.office.tables import Cell, Row
from foundations.office.wire import extras_of
from foundations.office.word_styles import Styles, W, parsed, switch, value_of

MC = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
MATH = "{http://schemas.openxmlformats.org/officeDocument/2006/math}"

GONE = {
    W + "del",
    W + "moveFrom",
    MC + "Fallback",
    W + "instrText",
    W + "delText",
    W + "pPr",
    W + "rPr",
}
THROUGH = {W + name for name in ("sdt", "sdtContent", "ins", "moveTo", "customXml", "smartTag")}
THROUGH |= {MC + "AlternateContent", MC + "Choice"}
BREAKS = {W + "br", W + "cr"}
CHANGES = {W + name for name in ("ins", "del", "moveFrom", "moveTo")}
ORDINAL = re.compile(r"\d[ \u00a0]+$")
ORDINAL_ENDS = {"st", "nd", "rd", "th"}
REMARK = "_DhrProblem"  # begins the names of the bookmarks that mark our own paragraphs
WIDEST_TABLE = 200  # columns; Word itself stops at 63


def read(package, sender):
    document = parsed(package.read(package.main))
    related = dict(package.related(package.main).values())
    styles = Styles(parsed(package.read(related.get("styles", ""))))
    lists = Lists(parsed(package.read(related.get("numbering", ""))), W)
    body = None if document is None else document.find(f"{W}body")
    if body is not None:
        empty_placeholders(body)
        if next(body.iter(W + "altChunk"), None) is not None:
            sender.warn(
                "Part of the document was inserted from another file and was not read. Open it in "
                "Word, save it and upload it again."
            )
        Walk(styles, lists, sender).send(body)


def empty_placeholders(body):
    """ "Click or tap to enter a date." is Word's wording, not the author's."""
    for mark in body.iter(W + "showingPlcHdr"):
        control = mark.getparent().getparent()
        for text in control.iter(W + "t") if control is not None else ():
            text.text = ""


def is_remark(paragraph):
    """A problem that `remarks_words` wrote under a paragraph: not the author's words."""
    marks = paragraph.findall(W + "bookmarkStart")
    return any((mark.get(W + "name") or "").startswith(REMARK) for mark in marks)


class Paragraph:
    __slots__ = ("depth", "element", "is_heading", "is_listed", "label", "style", "text")


class Walk:
    """One pass over a document's body, in the order of reading, so that lists count right."""

    def __init__(self, styles, lists, sender):
        self.styles = styles
        self.lists = lists
        self.sender = sender
        self.changed = False
        self.hidden = False
        self.unknown = 0  # symbols that nothing says the meaning of

    def send(self, body):
        above, heading, paragraphs = [], "", []
        tables = 0
        for kind, block in self.blocks(body):
            if kind == "table":
                tables += 1
                rows = self.table(block)
                self.sender.part("table", tables, above=above, heading=heading)
                for row in rows:
                    self._row(row)
                above = []
                continue
            paragraphs.append(block)
            if block.text:
                above.append(" ".join(filter(None, (block.label, block.text))))
                heading = block.text if block.is_heading else heading
        if any(paragraph.text for paragraph in paragraphs):
            self.sender.part("paragraphs", "paragraphs")
            for number, paragraph in enumerate(paragraphs, start=1):
                self._row(Row(number, [self._paragraph_cell(paragraph)]))
        self._warn()

    def _warn(self):
        if self.changed:
            self.sender.warn(
                "The document has tracked changes. It was read as if all of them were accepted."
            )
        if self.hidden:
            self.sender.warn("The document has hidden text, which was left out.")
        if self.unknown:
            self.sender.warn(told(self.unknown))

    def _row(self, row):
        extras = {}
        for column, cell in enumerate(row.cells):
            extra = extras_of(cell)
            if extra:
                extras[column] = extra
        self.sender.row(row.number, row.texts, extras)

    @staticmethod
    def _paragraph_cell(paragraph):
        return Cell.of(
            paragraph.text,
            items=(paragraph.text,) if paragraph.text else (),
            numbered=(paragraph.is_listed,) if paragraph.text else (),
            style=paragraph.style,
            level=paragraph.depth if paragraph.is_listed else None,
            label=paragraph.label,
            labels=(paragraph.label,) if paragraph.label and paragraph.text else (),
        )

    # -- blocks: paragraphs and tables ---------------------------------------------------------

    def blocks(self, element):
        """Paragraphs and tables of a body or cell. A deleted paragraph mark joins two paragraphs."""
        before = ""
        for child in self._children(element):
            if child.tag == W + "tbl":
                yield "table", child
            elif child.tag == W + "p" and not is_remark(child):
                if self._mark_deleted(child):
                    before += self.text(child)
                    continue
                yield "paragraph", self.paragraph(child, before)
                before = ""
        if before.strip():
            yield "paragraph", self._loose(before)

    def _children(self, element):
        for child in element:
            if child.tag in CHANGES:
                self.changed = True
            if child.tag in THROUGH:
                yield from self._children(child)
            elif child.tag not in GONE:
                yield child

    def _mark_deleted(self, element):
        mark = element.find(f"{W}pPr/{W}rPr")
        gone = mark is not None and (
            mark.find(W + "del") is not None or mark.find(W + "moveFrom") is not None
        )
        self.changed = self.changed or gone
        return gone

    @staticmethod
    def _loose(text):
        paragraph = Paragraph()
        paragraph.element = None
        paragraph.text, paragraph.style, paragraph.label = text.strip(), "", ""
        paragraph.depth, paragraph.is_listed, paragraph.is_heading = None, False, False
        return paragraph

    def paragraph(self, element, before=""):
        properties = element.find(W + "pPr")
        style = value_of(properties, "pStyle")
        found = Paragraph()
        found.element = element
        found.text = (before + self.text(element)).strip()
        found.style = self.styles.name(style)
        found.is_heading = self.styles.is_heading(style)
        number, depth = self._list_of(properties, style)
        found.depth = whole(depth, 0)
        found.label, found.is_listed = "", False
        if number and number != "0" and (found.text or not self._mark_is_hidden(properties)):
            found.label, found.is_listed = self.lists.next(number, found.depth)
        return found

    @staticmethod
    def _mark_is_hidden(properties):
        """A hidden paragraph mark takes its number with it."""
        return (
            bool(switch(properties.find(W + "rPr"), "vanish")) if properties is not None else False
        )

    def _list_of(self, properties, style):
        own = None if properties is None else properties.find(W + "numPr")
        number, depth = self.styles.list_of(style)
        if own is None:
            return number, depth
        return value_of(own, "numId") or number, value_of(own, "ilvl") or depth

    # -- text ----------------------------------------------------------------------------------

    def text(self, element):
        pieces = []
        hidden = self.styles.hides(value_of(element.find(W + "pPr"), "pStyle"))
        self._collect(element, pieces, hidden)
        return "".join(pieces)

    def _collect(self, element, pieces, hidden):
        for child in element:
            tag = child.tag
            if tag in CHANGES:
                self.changed = True
            if tag in GONE:
                continue
            if tag == W + "r":
                self._collect_run(child, pieces, hidden)
            elif tag in (W + "t", MATH + "t"):
                pieces.append(child.text or "")
            elif tag in (W + "tab", W + "ptab"):
                pieces.append("\t")
            elif tag in BREAKS:
                pieces.append("\n")
            elif tag == W + "noBreakHyphen":
                pieces.append("-")
            elif tag == W + "sym":
                pieces.append(self._symbol(child))
            elif tag == W + "p":  # of a text box
                pieces.append("\n")
                self._collect(child, pieces, hidden)
            else:
                self._collect(child, pieces, hidden)

    def _symbol(self, element):
        found = symbol(element)
        self.unknown += not found
        return found

    def _collect_run(self, run, pieces, hidden):
        properties = run.find(W + "rPr")
        own = switch(properties, "vanish")
        if own is None:
            own = hidden or self.styles.hides(value_of(properties, "rStyle"))
        if own:
            self.hidden = self.hidden or run.find(W + "t") is not None
            return
        start = len(pieces)
        self._collect(run, pieces, hidden)
        if value_of(properties, "vertAlign") == "superscript":
            _join_ordinal(pieces, start)

    # -- tables --------------------------------------------------------------------------------

    def table(self, element):
        """Rows of a table with every grid column filled: what a merge covers has an `origin`."""
        above = {}
        return [
            Row(number, self.row_cells(child, number, above))
            for number, child in enumerate(self.rows_of(element), start=1)
        ]

    def rows_of(self, element):
        for child in self._children(element):
            if child.tag != W + "tr":
                continue
            properties = child.find(W + "trPr")
            if properties is not None and properties.find(W + "del") is not None:
                self.changed = True
                continue
            yield child

    def row_cells(self, element, number, above):
        """`above` remembers, by grid column, where the cell over it began."""
        properties = element.find(W + "trPr")
        cells = [Cell()] * self._span(properties, "gridBefore", 0)
        for child in self.cells_of(element):
            inner = child.find(W + "tcPr")
            span = self._span(inner, "gridSpan", 1) or 1
            column = len(cells)
            origin = self._merged_from(inner, above.get(column))
            cells.append(Cell(origin=origin) if origin else self._cell(child))
            begin = origin or (number, column)
            cells += [Cell(origin=begin)] * (span - 1)
            above.update(dict.fromkeys(range(column, column + span), begin))
        return cells + [Cell()] * self._span(properties, "gridAfter", 0)

    def cells_of(self, element):
        for child in self._children(element):
            if child.tag != W + "tc":
                continue
            if child.find(f"{W}tcPr/{W}cellDel") is not None:
                self.changed = True
                continue
            yield child

    @staticmethod
    def _merged_from(properties, over):
        merge = None if properties is None else properties.find(W + "vMerge")
        if merge is None or merge.get(W + "val", "continue") == "restart":
            return None
        return over

    @staticmethod
    def _span(properties, name, default):
        return max(0, min(whole(value_of(properties, name), default), WIDEST_TABLE))

    def _cell(self, element):
        paragraphs, nested = [], []
        for kind, block in self.blocks(element):
            if kind == "table":
                nested.append(tuple(self.table(block)))
            else:
                paragraphs.append(block)
        filled = [paragraph for paragraph in paragraphs if paragraph.text]
        labels = tuple(paragraph.label for paragraph in filled)
        first = next((paragraph.label for paragraph in paragraphs if paragraph.label), "")
        return Cell(
            text="\n".join(paragraph.text for paragraph in filled),
            items=tuple(paragraph.text for paragraph in filled),
            numbered=tuple(paragraph.is_listed for paragraph in filled),
            nested=tuple(nested),
            label=first if not filled or filled[0].label else "",
            labels=labels if any(labels) else (),
        )


def _join_ordinal(pieces, start):
    """ "19 th" with a raised "th" is one ordinal, however the author spaced it."""
    raised = "".join(pieces[start:]).strip().lower()
    before = "".join(pieces[:start][-3:])
    if raised in ORDINAL_ENDS and ORDINAL.search(before):
        while start and not pieces[start - 1].strip():
            start -= 1
            pieces[start] = ""
        pieces[start - 1] = pieces[start - 1].rstrip(" \u00a0")
