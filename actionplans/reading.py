"""Reads an action plan out of a Word, Excel or CSV file, as councils write them.

    plan = read_action_plan(document, agencies=[...])

Every row of the file ends as part of a recommendation, as a row that is none and why, or rejected.
What was written stays beside what was made of it; where the two may differ there is a doubt.
"""

import re
from dataclasses import replace

from actionplans.bodies import Names, bodies_in_sentence
from actionplans.duplicates import find_duplicates
from actionplans.flags import find_flags
from actionplans.lists import ListReader
from actionplans.plan import ActionPlan
from actionplans.tables import TableReader
from actionplans.vocabulary import GROUP_SENTENCE, Decision, Field, Status
from actionplans.writing import PlanWriter, heading_place

__all__ = ["ActionPlan", "Decision", "NotAnActionPlan", "RowLost", "Status", "read_action_plan"]

A_HABIT = 3  # times
TWO_DIGIT_YEAR = re.compile("was read as a year")


class NotAnActionPlan(Exception):
    """A readable file in which no action plan was found. `message` says what to do."""

    def __init__(self, message):
        super().__init__(message)
        self.message = message


class RowLost(Exception):
    """A row of the file became nothing at all. Never to happen: nothing is dropped silently."""


def read_action_plan(document, *, mapping=None, agencies=()):
    """The ActionPlan of a read Document.

    `agencies` are the bodies of the review: names, or anything with a name, short_name and aliases.
    `mapping` is {column: heading or headings}, as somebody corrected it.
    """
    _check_mapping(mapping)
    names = Names.of(agencies)
    found, parts = _find_rows(document, names, mapping)
    _learn_bodies(found, names)
    plan = ActionPlan(rows_read=found.rows_read, not_rows=found.not_rows)
    plan.doubts, plan.rejected = list(found.doubts), list(found.rejected)
    PlanWriter(found, names, plan).write()
    plan.doubts = _said_once(plan.doubts, found)
    plan.duplicates, plan.near_duplicates = find_duplicates(plan.recommendations)
    plan.flags += find_flags(plan.recommendations)
    plan.mapping, plan.unmapped_columns = _mapping(found.layouts)
    _check_no_row_is_lost(parts, found)
    return plan


def _check_mapping(mapping):
    unknown = [name for name in mapping or () if name not in {str(field) for field in Field}]
    if unknown:
        known = ", ".join(str(field) for field in Field)
        raise NotAnActionPlan(
            f"An action plan has no column “{unknown[0]}”. The columns are: {known}."
        )


def _find_rows(document, names, mapping):
    tables = [part for part in document.parts if part.kind != "paragraphs"]
    reader = TableReader(names, mapping)
    for part in tables:
        reader.read(part)
    if reader.found.drafts or reader.found.rejected:
        return reader.found, tables
    for part in document.parts:
        lists = ListReader(names)
        if part.kind == "paragraphs" and lists.read(part):
            lists.found.not_rows = [*reader.found.not_rows, *lists.found.not_rows]
            lists.found.rows_read += reader.found.rows_read
            return lists.found, [*tables, part]
    raise NotAnActionPlan(
        "No action plan was found: no table with a heading such as “Recommendation”, “Action” or "
        "“Lead agency”, and no list under a heading “Recommendations”. Check that this is the right "
        "file, and that the plan is a table or a list, not a picture."
    )


def _learn_bodies(found, names):
    """Full names that stand anywhere in the file explain the initials that stand elsewhere."""
    for draft in found.drafts:
        for text in filter(None, (draft.group,)):
            if not GROUP_SENTENCE.search(text):
                continue
            for body in bodies_in_sentence(text):
                if not names.find(body):
                    names.learn(body)


def _said_once(doubts, found):
    """One and the same habit of a file, such as "May 22" for May 2022, is one doubt at its heading."""
    habits = {}
    for doubt in doubts:
        if TWO_DIGIT_YEAR.search(doubt.message):
            habits.setdefault((doubt.at.part_kind, doubt.at.part, doubt.column), []).append(doubt)
    habits = {where: these for where, these in habits.items() if len(these) > A_HABIT}
    once = [doubt for doubt in doubts if not any(doubt in these for these in habits.values())]
    for these in habits.values():
        rows = ", ".join(str(doubt.at.row) for doubt in these)
        message = f"Two digits after a month were read as a year, in rows {rows}. The first: {these[0].message}"
        once.append(replace(these[0], at=heading_place(found, these[0].at), message=message))
    return once


def _check_no_row_is_lost(parts, found):
    kept = {place for draft in found.drafts for place in draft.rows}
    kept |= {one.at for one in found.not_rows} | {one.at for one in found.rejected}
    accounted = {(place.part_kind, place.part, place.row) for place in kept}
    for part in parts:
        for row in part.rows:
            if (part.kind, part.name, row.number) not in accounted:
                raise RowLost(f"{part.kind} {part.name}, row {row.number}")


def _mapping(layouts):
    """{column: heading}, with several headings where several columns hold the same."""
    mapping, unmapped = {}, []
    for layout in layouts:
        for column in layout.columns:
            if column.field is Field.OTHER:
                unmapped += (
                    [column.heading] if column.heading and column.heading not in unmapped else []
                )
                continue
            headings = mapping.setdefault(str(column.field), [])
            if column.heading and column.heading not in headings:
                headings.append(column.heading)
    return {
        name: headings[0] if len(headings) == 1 else headings
        for name, headings in mapping.items()
        if headings
    }, unmapped
