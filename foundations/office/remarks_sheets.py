"""Writes problems into an Excel workbook, row by row in the XML of its sheets."""

import io
import re
from xml.sax.saxutils import escape

from python_calamine import CalamineWorkbook

from foundations.office.package import column_number
from foundations.office.remarks import HEADING, LOOKED_AT, heading_row, repacked
from foundations.office.sheets import column_letters, windows

ROW = re.compile(rb"<((?:\w+:)?)row\b([^>]*?)(/?)>")
CELL = re.compile(rb"<(?:\w+:)?c\b([^>]*?)(?:/>|>.*?</(?:\w+:)?c>)", re.S)
REFERENCE = re.compile(rb"\br\s*=\s*[\"']([A-Za-z]*)(\d+)[\"']")
SPANS = re.compile(rb"\s+spans\s*=\s*[\"'][^\"']*[\"']")
SHEET_DATA = re.compile(rb"<((?:\w+:)?)sheetData\b[^>]*>")
COLUMNS = re.compile(rb"<((?:\w+:)?)cols>(.*?)</\1cols>", re.S)
COLUMN = re.compile(rb"<(?:\w+:)?col\b[^>]*?\bmin\s*=\s*[\"'](\d+)[\"'][^>]*>")
COLUMN_END = re.compile(rb"\bmax\s*=\s*[\"'](\d+)[\"']")
STYLES = re.compile(rb"<((?:\w+:)?)cellXfs\b[^>]*>(.*?)</\1cellXfs>", re.S)
STYLE = re.compile(rb"<(?:\w+:)?xf\b")
WIDTH = 60
WIDEST = 16_384
SHEETS_FOLDER = "xl/styles.xml"


def annotate(content, package, problems):
    workbook = CalamineWorkbook.from_filelike(io.BytesIO(content))
    changed = {}
    style = None
    styles = package.names.get(SHEETS_FOLDER)
    if styles:
        changed[styles], style = _with_style(package.read(styles))
    for name, path, _ in package.sheets:
        if problems.get(name):
            first = Layout(workbook.get_sheet_by_name(name))
            texts = {**first.heading_text, **problems[name]}
            annotated = Annotated(texts, first.column, style)
            changed[package.names[path.lower()]] = annotated.of(windows(package, path, name))
    return repacked(content, changed)


def _with_style(styles):
    """The style sheet with one style more, for wrapped text that stays text, and its number."""
    match = STYLES.search(styles)
    if not match:
        return styles, None
    number = len(STYLE.findall(match[2]))
    prefix = match[1].decode()
    own = (
        f'<{prefix}xf numFmtId="49" fontId="0" fillId="0" borderId="0" xfId="0" quotePrefix="1" '
        f'applyNumberFormat="1" applyAlignment="1"><{prefix}alignment vertical="top" wrapText="1"/>'
        f"</{prefix}xf>"
    )
    opening = f'<{prefix}cellXfs count="{number + 1}">'
    changed = f"{opening}{match[2].decode()}{own}</{prefix}cellXfs>".encode()
    return styles[: match.start()] + changed + styles[match.end() :], number


class Layout:
    """Where a sheet's heading is, and the column beside its table, or that of an earlier copy."""

    def __init__(self, sheet):
        left = sheet.start[1] if sheet.start else 0
        rows = []
        for number, row in enumerate(sheet.iter_rows(), start=1):
            rows.append((number, [str(value).strip() for value in row]))
            if number >= LOOKED_AT:
                break
        row = heading_row(rows)
        texts = dict(rows).get(row, [])
        self.column = sheet.end[1] + 1 if sheet.end else 0
        filled = [index for index, text in enumerate(texts) if text]
        if filled and texts[filled[-1]] == HEADING:
            self.column = left + filled[-1]
        self.column = min(self.column, WIDEST - 1)
        self.heading_text = {row: HEADING} if row else {}


class Annotated:
    """One sheet's XML with a cell more in the rows that have a problem."""

    def __init__(self, texts, column, style):
        self.texts = texts
        self.column = column
        self.letters = column_letters(column)
        self.style = style
        self.waiting = sorted(texts)
        self.last = 0
        self.prefix = ""

    def of(self, pieces):
        out = io.BytesIO()
        for window in pieces:
            self._write(window, out)
        return out.getvalue()

    def _write(self, window, out):
        position = 0
        begun = SHEET_DATA.search(window)
        if begun:
            self.prefix = begun[1].decode()
            out.write(self._with_column(window[: begun.start()]))
            position = begun.start()
        for match in ROW.finditer(window, position):
            if match.start() < position:
                continue
            out.write(window[position : match.start()])
            number = self._number(match[2])
            self._write_missing(number, out)
            position = self._write_row(window, match, number, out)
        ended = window.find(f"</{self.prefix}sheetData>".encode(), position)
        if ended >= 0:
            out.write(window[position:ended])
            self._write_missing(WIDEST * WIDEST, out)
            position = ended
        out.write(window[position:])

    def _number(self, attributes):
        match = REFERENCE.search(attributes)
        self.last = int(match[2]) if match else self.last + 1
        return self.last

    def _write_missing(self, before, out):
        """Rows that are wholly blank may not be in the file at all."""
        while self.waiting and self.waiting[0] < before:
            number = self.waiting.pop(0)
            opening = f'<{self.prefix}row r="{number}">'
            out.write(f"{opening}{self._cell(number)}</{self.prefix}row>".encode())

    def _write_row(self, window, match, number, out):
        closing = f"</{match[1].decode()}row>".encode()
        end = match.end() if match[3] else window.find(closing, match.end())
        cells = window[match.end() : end]
        if self.waiting and self.waiting[0] == number:
            self.waiting.pop(0)
        elif not self._has_own(cells, number):
            after = end if match[3] else end + len(closing)
            out.write(window[match.start() : after])
            return after
        opening = b"<" + match[1] + b"row" + SPANS.sub(b"", match[2]) + b">"
        out.write(opening + self._with_cell(cells, number) + closing)
        return end if match[3] else end + len(closing)

    def _has_own(self, cells, number):
        """Whether an earlier copy left something in our column of this row."""
        return f'r="{self.letters}{number}"'.encode() in cells

    def _with_cell(self, cells, number):
        own = self._cell(number).encode() if number in self.texts else b""
        before, after = b"", b""
        for match in CELL.finditer(cells):
            place = REFERENCE.search(match[1])
            column = column_number(place[1].decode().upper()) - 1 if place and place[1] else -1
            if column < self.column:
                before += match[0]
            elif column > self.column:
                after += match[0]
        return before + own + after

    def _cell(self, number):
        style = "" if self.style is None else f' s="{self.style}"'
        text = escape(self.texts[number])
        p = self.prefix
        return (
            f'<{p}c r="{self.letters}{number}"{style} t="inlineStr"><{p}is>'
            f'<{p}t xml:space="preserve">{text}</{p}t></{p}is></{p}c>'
        )

    def _with_column(self, head):
        """The head of a sheet with a width for our column, unless it already has one."""
        number = self.column + 1
        own = f'<{self.prefix}col min="{number}" max="{number}" width="{WIDTH}" customWidth="1"/>'
        match = COLUMNS.search(head)
        if not match:
            return head + f"<{self.prefix}cols>{own}</{self.prefix}cols>".encode()
        place = match.start(2)
        for column in COLUMN.finditer(match[2]):
            last = COLUMN_END.search(column[0])
            if int(column[1]) > number:
                break
            if last and int(last[1]) >= number:
                return head
            place = match.start(2) + column.end()
        return head[:place] + own.encode() + head[place:]
