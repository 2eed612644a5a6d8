"""What saving a sheet would do, row by row, and what keeps it from being saved."""

import hashlib
import json
from dataclasses import dataclass, field

from actionplans.progress.models import ProgressNote
from actionplans.resting.services import stands_published
from actionplans.sheet import columns
from actionplans.sheet.meaning import Meanings, names_in
from actionplans.sheet.models import Keep, Kind
from actionplans.sheet.row_changes import of_new_row, of_row
from reviews.access import access_of
from reviews.people.free_text import names_for

FREE_TEXT = tuple(
    column
    for column in columns.SHOWN
    if column
    in {
        columns.RECOMMENDATION,
        columns.ACTION,
        columns.UPDATE,
        columns.EVIDENCE,
        columns.WHY_NONE,
        columns.ADDRESSED_TO,
        columns.REASON,
    }
)
UNKNOWN = (
    "This row is not in the plan of this review: it belongs to another, or was taken out meanwhile"
)
TWICE = "This row stands in the sheet more than once: rows {}. Keep one of them"
SEVERAL = "More than one row of the plan has this number. Download the plan to edit it"
DIFFER = "Rows {} give the same recommendation another {}. Give all of its rows the same"


@dataclass(frozen=True)
class Problem:
    column: str  # its heading
    message: str
    is_conflict: bool = False


@dataclass
class Line:
    """One row of the sheet beside the row of the plan that it is about."""

    asked: object  # reading.Asked, or None of a row that is missing from the sheet
    standing: object = None
    recommendation: object = None  # of a new row: under which it goes
    kind: Kind = Kind.UNCHANGED
    changes: list = field(default_factory=list)  # (heading, before, after)
    wants: dict = field(default_factory=dict)  # what the services take
    problems: list = field(default_factory=list)
    notes: list = field(default_factory=list)
    gave_way: bool = False  # to what somebody else changed, as was chosen

    @property
    def at(self):
        return self.asked.at if self.asked else 0

    @property
    def number(self):
        if self.standing:
            return self.standing.texts["number"]
        return self.asked.texts.get("number", "")

    def wrong(self, column, message, *, is_conflict=False):
        self.problems.append(Problem(column and column.heading, message, is_conflict))

    def change(self, column, before, after, **wants):
        self.changes.append((column.heading, before, after))
        self.wants |= wants

    def settle(self):
        if self.problems:
            self.kind = Kind.PROBLEM
        elif self.asked and self.standing is None and self.wants:
            self.kind = Kind.ADDED
        elif self.changes:
            self.kind = Kind.CHANGED
        return self


@dataclass
class Rules:
    """What one comparison asks of every row."""

    meanings: Meanings
    keep: Keep
    is_published: bool
    reported: dict = field(default_factory=dict)  # {row id: what was reported on it last}


def compare(plan, rows, *, by_number=False, taken=frozenset(), keep=Keep.ASK, removes=False):
    """Lines for all `rows` (reading.Asked) and for the rows of the plan that are missing among them.

    `by_number`: the rows have no ids, and are told by their numbers. `taken`: ids of what was in the
    sheet when it was taken away; only those can be missing.
    """
    spoken_of = {
        name
        for row in rows
        for column in (columns.LEAD, columns.JOINT)
        for name in names_in(row.texts.get(column.name, ""))
    }
    asks = Rules(Meanings(plan.review, spoken_of), keep, stands_published(plan.review))
    lines = [_placed(row, plan, by_number=by_number) for row in rows]
    asks.reported = _last_reports(lines)
    _find_doubled(lines)
    for line in lines:
        if not line.problems:
            (of_row if line.standing else of_new_row)(line, plan, asks)
    _find_differing(lines)
    names = names_for(access_of(plan.user), plan.review)
    for line in lines:
        _find_names(line, names)
    lines += _missing(plan, rows, taken, removes=removes)
    return [line if line.asked is None else line.settle() for line in lines]


def _placed(row, plan, *, by_number):
    line = Line(row)
    if row.id:
        line.standing = plan.by_id.get(row.id)
        if line.standing is None:
            line.wrong(None, UNKNOWN)
    elif by_number:
        found = plan.numbered(row.texts.get("number", ""))
        if len(found) == 1:
            line.standing = found[0]
        elif found and not row.texts.get("action"):
            line.wrong(columns.NUMBER, SEVERAL)
        else:
            line.standing = _with_same_words(found, row)
    return line


def _with_same_words(found, row):
    same = [one for one in found if columns.same(one.texts["action"], row.texts["action"])]
    return same[0] if len(same) == 1 else None


def _last_reports(lines):
    """Of the rows on which the sheet reports, so that the same sheet again reports nothing twice."""
    rows = [
        line.standing.row.pk
        for line in lines
        if line.standing and any(line.asked.texts.get(one.name) for one in columns.REPORTS[1:])
    ]
    notes = ProgressNote.objects.filter(row__in=rows).order_by("row_id", "-at", "-pk")
    return {note.row_id: note for note in notes.distinct("row_id")}


def _find_doubled(lines):
    by_row = {}
    for line in lines:
        if line.standing:
            by_row.setdefault(line.standing.row.pk, []).append(line)
        elif not line.problems:
            texts = line.asked.texts
            said = (texts.get(name, "") for name in ("number", "recommendation", "action"))
            by_row.setdefault(tuple(map(columns.plain, said)), []).append(line)
    for doubled in by_row.values():
        if len(doubled) > 1:
            at = ", ".join(str(line.at) for line in doubled)
            for line in doubled:
                line.wrong(None, TWICE.format(at))


def _find_differing(lines):
    """Level, theme and addressee are the recommendation's: its rows cannot give it two."""
    for column in columns.OF_RECOMMENDATION:
        asked = {}
        for line in lines:
            if line.standing and column.name in line.wants:
                one = line.standing.row.recommendation_id
                asked.setdefault(one, []).append(line)
        for same in asked.values():
            if len({str(line.wants[column.name]) for line in same}) > 1:
                at = ", ".join(str(line.at) for line in same)
                for line in same:
                    line.wrong(column, DIFFER.format(at, column.heading.lower()))


def _find_names(line, names):
    if not (names and line.changes):
        return
    changed = {heading for heading, _, _ in line.changes}
    for column in FREE_TEXT:
        text = line.asked.texts.get(column.name, "")
        if column.heading not in changed and column is not columns.REASON:
            continue
        for name in names.find(text):
            said = text[name.start : name.end]
            if len(said.split()) > 1:
                line.wrong(
                    column, f"“{said}” is a real name in this review. Write “{name.pseudonym}”"
                )
            else:
                line.notes.append(f"{column.heading}: check that “{said}” names nobody.")


def _missing(plan, rows, taken, *, removes):
    there = {row.id for row in rows}
    for one in plan.rows:
        pk = str(one.row.pk)
        if pk in taken and pk not in there:
            line = Line(None, standing=one, kind=Kind.LEFT_OUT)
            if removes and one.row.action_id:
                line.kind, line.wants = Kind.REMOVED, {"remove": True}
            elif removes:
                line.notes.append(
                    "A recommendation stays in the plan. Only an action is taken out by a sheet."
                )
            yield line


def counts_of(lines):
    counts = {str(kind): 0 for kind in Kind}
    for line in lines:
        counts[str(line.kind)] += 1
    counts["conflicts"] = sum(
        any(problem.is_conflict for problem in line.problems) for line in lines
    )
    return counts


def sign_of(lines):
    """The same as long as saving would do the same."""
    said = [
        [
            *(line.at, line.kind, line.standing and line.standing.row.pk, line.changes),
            [problem.message for problem in line.problems],
        ]
        for line in lines
        if line.kind is not Kind.UNCHANGED
    ]
    return hashlib.sha256(json.dumps(said).encode()).hexdigest()
