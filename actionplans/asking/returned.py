"""A spreadsheet that came back: which line is which row, what it says, and which lines cannot be taken."""

import uuid
from collections import Counter
from dataclasses import dataclass, field
from datetime import date, datetime

from django.http import QueryDict
from django.utils.dateparse import parse_datetime

from actionplans.asking import sheet
from actionplans.progress.forms import seen_of
from actionplans.progress.models import Answer, Source
from actionplans.wording import said
from foundations.dates import read_cell
from foundations.office import Refused, read_file

NEEDED = (sheet.ANSWER, sheet.WORDS)
FILLED = (
    *(sheet.ANSWER, sheet.WORDS, sheet.EVIDENCE, sheet.WHY_NONE),
    *(sheet.NEW_DATE, sheet.WHY_MOVED),
)
NOT_OURS = (
    "This is not the spreadsheet of a request: no sheet in it has the columns “Answer” and “What "
    "happened”. Download the spreadsheet of this request, and fill that in."
)
OTHER_REQUEST = "This line is of another request. Bring it back on the page of that one."
UNKNOWN = "This line is of no action that you were asked about here."
NO_ID = (
    "It cannot be told which action this line is: its hidden column is empty, and no action of this "
    "request has this number and these words."
)
CLOSED = "This action is not yours to report on any more, or is finished."
_ANSWERS = {
    word.casefold(): value
    for value, label in Answer.choices
    for word in (value, label, label.split(":")[0])
} | {"complete": Answer.REPORTED, "completed": Answer.REPORTED}


@dataclass(frozen=True)
class Line:
    """One line of the sheet."""

    number: int  # as Excel counts
    cells: dict  # {heading: text}

    @property
    def says_something(self):
        return any(self.cells[heading] for heading in FILLED)


@dataclass
class Returned:
    """What was understood of a sheet."""

    lines: dict = field(default_factory=dict)  # {row id: Line}
    notices: dict = field(default_factory=dict)  # {row id: [sentence]}
    refused: list = field(default_factory=list)  # (number, sentence)
    missing: list = field(default_factory=list)  # rows that the sheet does not have
    blank: int = 0  # lines of which nothing is said

    def seen(self, one):
        """When the row was last reported on as the sheet knew it; as it is now where nobody knows."""
        line = self.lines[one.row.pk]
        return _seen(line) if line.cells[sheet.ID] else one.row.told_at

    def form_data(self, asked):
        """As the page of the request sends it, so that a sheet is taken the way a page is."""
        data = QueryDict(mutable=True)
        data["source"], data["key"] = str(Source.SHEET), str(uuid.uuid4())
        for one in asked:
            line, box = self.lines[one.row.pk], f"row-{one.row.pk}-"
            written = line.cells[sheet.ANSWER]
            data[box + "answer"] = str(_ANSWERS.get(written.casefold().rstrip("."), written))
            data[box + "words"] = line.cells[sheet.WORDS]
            data[box + "evidence"] = line.cells[sheet.EVIDENCE]
            data[box + "why_none"] = line.cells[sheet.WHY_NONE]
            data[box + "new_target_text"] = line.cells[sheet.NEW_DATE]
            data[box + "why_moved"] = line.cells[sheet.WHY_MOVED]
            data[box + "seen"] = seen_of(one.row)
        return data


def read(content, name, *, request, asked):
    """Raises Refused. `asked` are the rows that may be answered."""
    found, rows = Returned(), {one.row.pk: one for one in asked}
    lines = [(line, *_row_of(line, request, rows)) for line in _lines(content, name)]
    times = Counter(pk for _, pk, _ in lines if pk)
    there = set(times)
    for line, pk, problem in lines:
        if pk and times[pk] > 1:
            others = [str(each.number) for each, of, _ in lines if of == pk and each is not line]
            problem = (
                f"This action stands more than once in the sheet, in line {' and '.join(others)} too. "
                "Leave one of them and bring the sheet again."
            )
        if problem:
            if line.says_something or not pk:
                found.refused.append((line.number, problem))
        elif not line.says_something:
            found.blank += 1
        else:
            found.lines[pk] = line
            found.notices[pk] = list(_notices(line, rows[pk]))
    found.missing = [one.row for one in asked if one.waits and one.row.pk not in there]
    return found


def _lines(content, name):
    for part in read_file(content, name).parts:
        for at, row in enumerate(part.rows):
            headings = [said(text) for text in row.texts]
            if all(heading in headings for heading in NEEDED):
                return [
                    line
                    for each in part.rows[at + 1 :]
                    if any((line := _line(each, headings)).cells.values())
                ]
    raise Refused(NOT_OURS)


def _line(row, headings):
    cells = dict.fromkeys(sheet.HEADINGS, "")
    for heading, cell in zip(headings, row.cells, strict=False):
        if heading in cells and not cells[heading]:
            cells[heading] = _written(cell).strip()
    return Line(row.number, cells)


def _written(cell):
    """A day as a day: nothing is read as more than it shows."""
    if isinstance(cell.value, (date, datetime)):
        value = read_cell(cell.value, cell.shown or cell.text).value
        return str(value) or cell.text
    return cell.text


def _row_of(line, request, rows):
    """(row id or None, problem)"""
    written = line.cells[sheet.ID]
    if not written:
        pk = _by_words(line, rows)
        return (pk, "") if pk else (None, NO_ID)
    of_request, _, of_row = written.partition("-")
    if of_request != f"R{request.pk}":
        return None, OTHER_REQUEST
    if not of_row.isdecimal():
        return None, UNKNOWN
    pk = int(of_row)
    if pk in rows:
        return (pk, "") if rows[pk].row.is_open else (pk, CLOSED)
    was_asked = request.asked_rows.filter(row=pk).exists()
    return None, CLOSED if was_asked else UNKNOWN


def _by_words(line, rows):
    same = [
        pk
        for pk, one in rows.items()
        if one.row.review.reference.casefold() == line.cells[sheet.REVIEW].casefold()
        and one.row.number == line.cells[sheet.NUMBER]
        and said(one.row.text) == said(line.cells[sheet.WHAT])
    ]
    return same[0] if len(same) == 1 else None


def _notices(line, one):
    row = one.row
    number, what = line.cells[sheet.NUMBER], line.cells[sheet.WHAT]
    if number != row.number:
        yield f"The sheet calls this “{number or 'nothing'}”; in the plan it is {row.number}."
    if said(what) != said(row.text):
        yield "What the action says was changed in the sheet. The plan keeps its own words."
    if _seen(line) != row.told_at and line.cells[sheet.ID]:
        yield "Somebody reported on this after the sheet was made. Read it before you save yours."


def _seen(line):
    try:
        return parse_datetime(line.cells[sheet.SEEN]) if line.cells[sheet.SEEN] else None
    except ValueError:
        return None
