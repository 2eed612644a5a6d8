"""Reads Excel workbooks: values by calamine, and from the sheet's own XML what calamine leaves out.

The XML is only looked at again where the gate saw a reason to: cells with errors, formulas, hidden
rows, or more than one date format.
"""

import io
import re
from datetime import date, datetime, time, timedelta
from functools import lru_cache

from python_calamine import CalamineWorkbook, SheetTypeEnum

from foundations.office import formats
from foundations.office.cleaning import places
from foundations.office.package import column_number

HIDDEN_ROW = re.compile(rb"<(?:\w+:)?row\b(?=[^>]*\bhidden\s*=\s*[\"'](?:1|true)[\"'])[^>]*>")
HIDDEN_COLUMN = re.compile(rb"<(?:\w+:)?col\b(?=[^>]*\bhidden\s*=\s*[\"'](?:1|true)[\"'])[^>]*>")
ERROR = re.compile(
    rb"<(?:\w+:)?c\b(?=[^>]*\bt\s*=\s*[\"']e[\"'])([^>]*)>(?:(?!</?(?:\w+:)?c\b).)*?<(?:\w+:)?v>([^<]*)<",
    re.S,
)
UNCOUNTED = re.compile(
    rb"<(?:\w+:)?c\b([^>]*)><(?:\w+:)?f\b[^>]*?(?:/>|>[^<]*</(?:\w+:)?f>)"
    rb"(?:<(?:\w+:)?v\s*/>|<(?:\w+:)?v></(?:\w+:)?v>|</(?:\w+:)?c>)"
)
REFERENCE = re.compile(rb"\br\s*=\s*[\"']([A-Za-z]*)(\d+)[\"']")
STYLE = rb"<(?:\w+:)?c\b(?=[^>]*\bs\s*=\s*[\"'](%s)[\"'])[^>]*[^/]>"
MIN_MAX = re.compile(rb"\b(min|max)\s*=\s*[\"'](\d+)[\"']")
DATES = (date, datetime, time, timedelta)


def read(content, package, sender):
    workbook = CalamineWorkbook.from_filelike(io.BytesIO(content))
    date_styles = formats.date_formats(package.read("xl/styles.xml"))
    kinds = {sheet.name: sheet.typ for sheet in workbook.sheets_metadata}
    for name, path, state in package.sheets:
        if kinds.get(name) != SheetTypeEnum.WorkSheet:
            continue
        if state != "visible":
            sender.warn(f"Sheet “{name}” is hidden. It was read like the others.")
        Sheet(name, workbook.get_sheet_by_name(name), path, package, date_styles).send(sender)


class Sheet:
    def __init__(self, name, sheet, path, package, date_styles):
        self.name = name
        self.sheet = sheet
        self.path = path
        self.package = package
        self.date_styles = date_styles
        self.marks = package.marks.get(path.lower(), frozenset())
        self._codes = None
        self._columns = {}
        codes = set(date_styles.values())
        self._only_code = next(iter(codes), "") if len(codes) <= 1 else None

    def send(self, sender):
        sender.part("sheet", self.name)
        self._warn_of_hidden(sender)
        errors = self._errors(sender)
        merged = self._merged()
        before = [""] * (self.sheet.start[1] if self.sheet.start else 0)
        for number, row in enumerate(self.sheet.iter_rows(), start=1):
            row = before + row if before else row
            extras = self._typed(number, row)
            if number in errors or number in merged:
                extras = _overlaid(number, row, extras, errors, merged)
            sender.row(number, row, extras)

    def _typed(self, number, row):
        """Puts texts in the place of values, and returns the values by column (see `wire._value`)."""
        values = {}
        for column in self._valued_columns(row):
            value = row[column]
            if value.__class__ is float:
                row[column], values[column] = _number(value), value
            elif isinstance(value, DATES):
                row[column], values[column] = _dated(value, self._code(number, column))
            elif value.__class__ is bool:
                row[column], values[column] = str(value).upper(), value
            else:
                row[column], values[column] = str(value), float(value)
        return values

    def _valued_columns(self, row):
        """Which columns are not text. Most rows of a sheet have the same, so it is remembered."""
        kinds = tuple(map(type, row))
        columns = self._columns.get(kinds)
        if columns is None:
            columns = [column for column, kind in enumerate(kinds) if kind is not str]
            self._columns[kinds] = columns
        return columns

    def _code(self, number, column):
        """The number format of a date cell; the sheet is searched only if there are several."""
        if self._only_code is not None:
            return self._only_code
        if self._codes is None:
            self._codes = self._date_cells()
        return self._codes.get((number, column), "")

    def _date_cells(self):
        styles = b"|".join(str(number).encode() for number in self.date_styles)
        wanted = re.compile(STYLE % styles)
        found = {}
        for window in self._windows():
            for match in wanted.finditer(window):
                place = _place(match[0])
                if place:
                    found[place] = self.date_styles[int(match[1])]
        return found

    def _merged(self):
        """By row number, the column ranges that belong to a merged cell, and where that begins."""
        if not self.sheet.end:
            return {}
        last_row, last_column = self.sheet.end
        found = {}
        for (top, left), (bottom, right) in self.sheet.merged_cell_ranges or ():
            for row in range(top, min(bottom, last_row) + 1):
                span = (left, min(right, last_column), (top + 1, left))
                found.setdefault(row + 1, []).append(span)
        return found

    def _errors(self, sender):
        """Cells that show #REF! or another error, and formulas whose result was never stored."""
        found = {}
        if "error" in self.marks:
            for window in self._windows():
                for match in ERROR.finditer(window):
                    place = _place(match[1])
                    if place:
                        found.setdefault(place[0], {})[place[1]] = match[2].decode(errors="replace")
        if found:
            cells = [_reference(row, column) for row, cells in found.items() for column in cells]
            sender.warn(f"Sheet “{self.name}”: a formula shows an error in {places(cells)}.")
        if "formula" in self.marks:
            self._warn_of_uncounted(sender)
        return found

    def _warn_of_uncounted(self, sender):
        cells = []
        for window in self._windows():
            for match in UNCOUNTED.finditer(window):
                place = _place(match[1])
                if place and b't="str"' not in match[1]:
                    cells.append(_reference(*place))
        if cells:
            sender.warn(
                f"Sheet “{self.name}”: the formula in {places(cells)} has no stored result and was read "
                "as blank. Open the file in Excel, save it and upload it again to have the results."
            )

    def _warn_of_hidden(self, sender):
        if "hidden" not in self.marks:
            return
        rows, columns = [], []
        for window in self._windows():
            rows += [
                match[2].decode()
                for tag in HIDDEN_ROW.findall(window)
                if (match := REFERENCE.search(tag))
            ]
            for tag in HIDDEN_COLUMN.findall(window):
                ends = {key: int(value) for key, value in MIN_MAX.findall(tag)}
                span = range(
                    ends.get(b"min", 1), min(ends.get(b"max", 1), ends.get(b"min", 1) + 50) + 1
                )
                columns += [column_letters(column - 1) for column in span]
        if rows:
            sender.warn(
                f"Sheet “{self.name}”: hidden rows were read like the others ({places(rows)})."
            )
        last = self.sheet.end[1] if self.sheet.end else -1
        columns = [letters for letters in columns if column_number(letters) <= last + 1]
        if columns:
            sender.warn(
                f"Sheet “{self.name}”: hidden columns were read like the others ({places(columns)})."
            )

    def _windows(self):
        return windows(self.package, self.path, self.name)


def windows(package, path, name):
    """A sheet's XML in pieces that end with a whole row."""
    rest = b""
    for piece in package.slices(path, name):
        window = rest + piece
        cut = window.rfind(b"row>") + len(b"row>")
        if cut < len(b"row>"):
            rest = window
            continue
        rest = window[cut:]
        yield window[:cut]
    yield rest


def _overlaid(number, row, extras, errors, merged):
    """Lays over a row what calamine does not tell: errors, and cells that only continue a merge."""
    for column, text in errors.get(number, {}).items():
        if column < len(row):
            row[column] = text
    for first, last, origin in merged.get(number, ()):
        for column in range(first, min(last + 1, len(row))):
            if (number, column) != origin:
                row[column] = ""
                extras[column] = {"origin": origin}
    return extras


def _number(value):
    """A number as General shows it: 2010, not 2010.0."""
    if value.is_integer() and -1e15 < value < 1e15:
        return str(int(value))
    return f"{value:.10g}"


@lru_cache(4096)  # a chronology has many events of one day
def _dated(value, code):
    """How a cell shows a date or time, and how it is sent."""
    sent = value.total_seconds() if isinstance(value, timedelta) else value.isoformat()
    return formats.shown(value, code), f"{type(value).__name__} {sent}"


def _place(tag):
    match = REFERENCE.search(tag)
    if not match or not match[1]:
        return None
    return int(match[2]), column_number(match[1].decode().upper()) - 1


def column_letters(column):
    letters = ""
    column += 1
    while column:
        column, rest = divmod(column - 1, 26)
        letters = chr(65 + rest) + letters
    return letters


def _reference(row, column):
    return f"{column_letters(column)}{row}"
