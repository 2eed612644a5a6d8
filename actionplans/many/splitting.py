"""One sheet with the actions of many reviews, as coordinators keep it, told apart by review.

Each review gets a workbook of its own rows at the rows where they stood, so that everything said of
them later names the row of the file that somebody knows.
"""

import io
import re
from dataclasses import dataclass, field
from datetime import date, datetime

from actionplans.vocabulary import Field, field_of
from actionplans.wording import said
from foundations.dates import read_cell
from foundations.office.writing import Sheet, write_workbook

OF_A_REVIEW = re.compile(
    r"^(?:the )?(?:dhr|dardr|review|case)s?(?: (?:ref(?:erence)?|no|number|id|code))*\W*$",
    re.IGNORECASE,
)
SAYS_WHAT = {Field.RECOMMENDATION, Field.ACTION, Field.FINDING}
DEEPEST_HEADING = 30  # rows


class NoReviewColumn(Exception):
    """A readable file in which no column says of which review a row is. `message` says what to do."""

    message = (
        "No column says of which review each row is. Give the column the heading “Review”, with the "
        "reference of the review in every row, and bring the file again. A plan of one review is "
        "uploaded from its own page."
    )


@dataclass
class Split:
    """`contents` are workbooks by review reference as written; `rows` how many rows each has."""

    contents: dict = field(default_factory=dict)
    rows: dict = field(default_factory=dict)
    unplaced: list = field(default_factory=list)  # (part, row number) without a reference


@dataclass
class _Table:
    part: object
    heading: object  # Row
    column: int
    by_review: dict  # {reference as written: [Row]}


def split(document):
    """Raises NoReviewColumn."""
    tables = [table for part in document.parts if (table := _read(part))]
    if not tables:
        raise NoReviewColumn
    found = Split()
    for table in tables:
        blank = table.by_review.pop("", [])
        found.unplaced += [(table.part.name, row.number) for row in blank]
        for reference, rows in table.by_review.items():
            found.rows[reference] = found.rows.get(reference, 0) + len(rows)
    for reference in found.rows:
        sheets = [_sheet(table, reference) for table in tables if reference in table.by_review]
        stream = io.BytesIO()
        write_workbook(sheets, stream)
        found.contents[reference] = stream.getvalue()
    return found


def _read(part):
    """None of a part that is no such table."""
    for at, row in enumerate(part.rows[:DEEPEST_HEADING]):
        column = _review_column(row)
        if column is not None:
            return _Table(part, row, column, _told_apart(part.rows[at + 1 :], column))
    return None


def _review_column(row):
    texts = [said(text) for text in row.texts]
    if not any(field_of(text) in SAYS_WHAT for text in texts if text):
        return None
    return next((at for at, text in enumerate(texts) if OF_A_REVIEW.match(text)), None)


def _told_apart(rows, column):
    """A cell merged down, or left blank below another, means the review above it."""
    found, last = {}, ""
    for row in rows:
        if not any(said(text) for text in row.texts):
            continue
        written = said(row.texts[column]) if column < len(row.texts) else ""
        last = written or last
        found.setdefault(last, []).append(row)
    return found


def _sheet(table, reference):
    """Its rows where they stood, blank rows in the place of all others."""
    mine = {row.number: row for row in table.by_review[reference]}
    above = {row.number: row for row in table.part.rows if row.number <= table.heading.number}
    width = max(len(row.texts) for row in table.part.rows)
    last = max(mine)
    rows = [
        _cells(mine.get(number) or above.get(number), table, width) for number in range(1, last + 1)
    ]
    return Sheet(str(table.part.name), tuple(rows[0]), rows[1:])


def _cells(row, table, width):
    if row is None:
        return [""] * width
    cells = [_written(cell) for cell in row.cells]
    if row.number >= table.heading.number and table.column < len(cells):
        cells[table.column] = ""  # the review itself says which it is
    return cells + [""] * (width - len(cells))


def _written(cell):
    """What stands there, a day as a day: nothing is read as more than it shows."""
    if isinstance(cell.value, (date, datetime)):
        value = read_cell(cell.value, cell.shown or cell.text).value
        if value.precision == "day":
            return value.earliest
        return cell.shown or cell.text
    return cell.text
