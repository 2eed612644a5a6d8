"""Writes Excel workbooks and CSV files in which nothing that somebody typed can run.

Every text is written as text. A cell that begins with = + - or @ is common here ("- rang the GP") and
stays what it is; Excel would run it as a formula only if it were written as one.
"""

import csv
import io
import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date

import xlsxwriter

from foundations.office.cleaning import CONTROL, LINE_BREAKS

LONGEST_CELL = 32_767  # Excel's own limit, beyond which XlsxWriter drops the whole text
MOST_ROWS = 1_048_576
LONGEST_SHEET_NAME = 31
LONGEST_CHOICES = 255  # characters of a list that a cell offers, Excel's own limit
ILLEGAL_IN_NAME = re.compile(r"[\[\]:*?/\\\x00-\x1f]")
RUNS = re.compile(r"[ \u00a0]*[=+\-@\t\r\n＝＋－＠]")
A4 = 9
HEADING = {"bold": True, "text_wrap": True, "valign": "top", "bottom": 1, "bg_color": "#F3F2F1"}
BODY = {"text_wrap": True, "valign": "top"}
DAY = BODY | {"num_format": "d mmmm yyyy", "align": "left"}
FIRST_DAY = date(1900, 3, 1)  # Excel counts a 29 February 1900 that never was


class TooManyRows(Exception):
    """More rows than a worksheet has."""


@dataclass(frozen=True)
class Sheet:
    """What one worksheet shows. Rows may be a generator: they are written as they come."""

    name: str
    headings: tuple
    rows: Iterable
    widths: tuple = ()  # in characters; the last one holds for the columns that follow
    hidden: tuple = ()  # columns, by number from 0, that are there for us alone
    is_hidden: bool = False
    choices: dict = field(default_factory=dict)  # {column: what Excel offers to choose from}


def write_workbook(sheets, stream, *, marking=""):
    """Write sheets to a binary stream, holding one row at a time. `marking` heads each printed page."""
    options = {
        "constant_memory": True,
        "strings_to_formulas": False,
        "strings_to_urls": False,
        "strings_to_numbers": False,
    }
    book = xlsxwriter.Workbook(stream, options)
    formats = [book.add_format(style) for style in (HEADING, BODY, DAY)]
    names = set()
    try:
        for sheet in sheets:
            page = book.add_worksheet(sheet_name(sheet.name, names))
            _lay_out(page, sheet, formats[1], marking)
            _write_rows(page, sheet, *formats)
    finally:
        book.close()  # also what it keeps on disk for the time being


def sheet_name(name, taken):
    """A name that Excel accepts and no other sheet of the workbook has."""
    wanted = " ".join(ILLEGAL_IN_NAME.sub(" ", _clean(name)).split()).strip("'") or "Sheet"
    wanted = f"{wanted} sheet" if wanted.lower() == "history" else wanted
    number, found = 1, wanted[:LONGEST_SHEET_NAME]
    while found.lower() in taken:
        number += 1
        ending = f" ({number})"
        found = wanted[: LONGEST_SHEET_NAME - len(ending)] + ending
    taken.add(found.lower())
    return found


def _lay_out(page, sheet, body, marking):
    widths = sheet.widths or (24,)
    for column in range(len(sheet.headings)):
        width = widths[min(column, len(widths) - 1)]
        page.set_column(column, column, width, body, {"hidden": column in sheet.hidden})
    for column, words in sheet.choices.items():
        _offer(page, column, words)
    if sheet.is_hidden:
        page.hide()
    page.freeze_panes(1, 0)
    page.repeat_rows(0)
    page.set_landscape()
    page.set_paper(A4)
    page.fit_to_pages(1, 0)
    shown = _clean(marking).replace("&", "&&")[:200]
    page.set_header(f"&C{shown}" if shown else "")
    page.set_footer(f"&L{shown}&RPage &P of &N")


def _offer(page, column, words):
    """A list to choose from, which keeps nobody from writing something else: we say what is wrong."""
    if sum(len(word) + 1 for word in words) <= LONGEST_CHOICES and not any("," in w for w in words):
        offered = {"validate": "list", "source": list(words), "error_type": "information"}
        page.data_validation(1, column, MOST_ROWS - 1, column, offered)


def _write_rows(page, sheet, heading, body, day):
    last = 0
    for column, text in enumerate(sheet.headings):
        _write(page, 0, column, text, heading, day)
    for last, row in enumerate(sheet.rows, start=1):
        if last >= MOST_ROWS:
            raise TooManyRows(sheet.name)
        for column, value in enumerate(row):
            _write(page, last, column, value, body, day)
    if sheet.headings:
        page.autofilter(0, 0, last, len(sheet.headings) - 1)


def _write(page, row, column, value, style, day):
    if value is None or value == "":
        page.write_blank(row, column, None, style)
    elif type(value) in (int, float):
        page.write_number(row, column, value, style)
    elif type(value) is date and value >= FIRST_DAY:
        page.write_datetime(row, column, value, day)  # so that people can sort and filter by it
    else:
        page.write_string(row, column, cell_text(str(value)), style)


def cell_text(text):
    """A text as a worksheet can hold it. What does not fit is cut off with a note that says so."""
    text = _clean(text)
    if len(text) > LONGEST_CELL:
        note = f"… [cut: this cell would hold {len(text):,} characters, and Excel allows {LONGEST_CELL:,}]"
        text = text[: LONGEST_CELL - len(note)] + note
    # XlsxWriter would pass this on as markup.
    return f"{text} " if text.startswith("<r>") and text.endswith("</r>") else text


def _clean(text):
    return CONTROL.sub("", LINE_BREAKS.sub("\n", text))


def write_csv(headings, rows, stream):
    """Write to a binary stream a CSV file that Excel opens in the right letters and runs nothing of."""
    text = io.TextIOWrapper(stream, encoding="utf-8-sig", newline="")
    writer = csv.writer(text, quoting=csv.QUOTE_ALL)
    writer.writerow([csv_cell(heading) for heading in headings])
    for row in rows:
        writer.writerow([csv_cell(value) for value in row])
    text.flush()
    text.detach()


def csv_cell(value):
    """A CSV file cannot say that a cell is text, so one that a spreadsheet would run gets a mark."""
    if value is None:
        return ""
    text = _clean(str(value))
    return f"'{text}" if type(value) not in (int, float) and RUNS.match(text) else text
