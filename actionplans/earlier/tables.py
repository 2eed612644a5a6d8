"""Rows of tables in an earlier report, read by what the first row names its columns."""

import re
from dataclasses import dataclass

from actionplans.earlier.marks import FINDING, LESSON, RECOMMENDATION, announces, mark_of
from actionplans.earlier.points import Part, Point

MOST_WORDS = 6  # of a cell that names a column
_NUMBER = re.compile(r"(no\.?|number|ref\.?|reference|#|rec\.? ?no\.?|id)", re.I)
_LEAD = re.compile(r"\b(lead|owner|responsible|agency|agencies|by whom|who)\b", re.I)
_ACTION = re.compile(r"\b(actions?|milestones?|target|by when|progress|outcome)\b", re.I)
_PLAN = (
    "It is a row of an action plan: bring that in with “Upload a plan”, which keeps its dates and"
    " statuses."
)
_ORDER = (FINDING, LESSON, RECOMMENDATION)


@dataclass(frozen=True)
class Columns:
    points: dict  # {kind: column}
    number: int | None = None
    lead: int | None = None
    has_actions: bool = False


class TableReader:
    """Remembers of each table how its first row names the columns; headings may divide a table."""

    def __init__(self, reader):
        self.reader = reader
        self.seen = {}  # table: Columns, or None where its first row names none

    def inside(self, line, run):
        columns, is_first = self._columns_of(line)
        if is_first and columns:
            self.reader.pass_over(line, "It names the columns.")
        elif columns:
            self._read(line, columns, run)
        else:
            self.reader.pass_over(line, "Its table does not say which column has them.")

    def outside(self, line):
        columns, is_first = self._columns_of(line)
        if columns is None:
            self.reader.pass_over(line, "It is in a table that announces none of the three.")
        elif columns.has_actions:
            self.reader.pass_over(line, _PLAN)
        elif is_first:
            self.reader.pass_over(line, "It names the columns.")
        else:
            self._read(line, columns, None)

    def _columns_of(self, line):
        if line.table in self.seen:
            return self.seen[line.table], False
        self.seen[line.table] = self._named(line)
        return self.seen[line.table], True

    def _named(self, line):
        points, number, lead, has_actions = {}, None, None, False
        for at, cell in enumerate(line.cells):
            text = " ".join(cell.split())
            if not text or len(text.split()) > MOST_WORDS:
                continue
            if _NUMBER.fullmatch(text):
                number = at
            elif (kind := announces(text)) and kind not in points:
                points[kind] = at
            elif _LEAD.search(text):
                lead = at
            elif _ACTION.search(text):
                has_actions = True
        return Columns(points, number, lead, has_actions) if points else None

    def _read(self, line, columns, run):
        number = _cell(line, columns.number).strip(" .:)") if columns.number is not None else ""
        below = None
        for kind in _ORDER:
            at = columns.points.get(kind)
            text = _cell(line, at) if at is not None else ""
            if text:
                below = self._point(line, kind, text, number, columns, run, below)
        if below is None:
            self.reader.pass_over(line, "Its row has nothing in that column.")

    def _point(self, line, kind, text, number, columns, run, below):
        label = line.labels[columns.points[kind]] if columns.points[kind] < len(line.labels) else ""
        mark = mark_of(_Text(text, label))
        own = mark.number if mark.kind in ("simple", "named", "dotted") else ""
        first, *rest = (mark.text if own else text).split("\n")
        point = Point(
            kind=kind,
            number=number or own,
            texts=[first],
            parts=[_part(one) for one in rest if one.strip()],
            heading=run.section.heading if run else "",
            group=run.heading.text if run and run.heading is not None else "",
            table=line.table,
            row=line.row,
            rests_on=below,
        )
        if kind == RECOMMENDATION:
            self._lead(point, line, columns, run)
        if run is None:
            point.doubt("It stands in a table elsewhere in the report.")
        if first[:1].islower():
            point.doubt("It begins in the middle of a sentence: it may belong to the row above.")
        self.reader.add(point)
        self.reader.take(line, point)
        return point

    def _lead(self, point, line, columns, run):
        written = _cell(line, columns.lead) if columns.lead is not None else ""
        if written:
            point.leads, point.lead_as_written = self.reader.leads_of_cell(written)
        elif run:
            point.leads, point.lead_as_written = run.leads, run.lead_as_written


@dataclass(frozen=True)
class _Text:
    """A cell, as `mark_of` looks at a line."""

    text: str
    label: str = ""
    depth: int | None = None
    heading: int = 0
    number: str = ""


def _cell(line, at):
    return line.cells[at].strip() if at < len(line.cells) else ""


def _part(text):
    mark = mark_of(_Text(text.strip()))
    return Part(mark.number, 1, mark.text if mark.kind else text.strip())
