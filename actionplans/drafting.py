"""A file read as an action plan: rows ready for their tables, and what was odd about them."""

import hashlib
import json
from dataclasses import dataclass, field
from types import SimpleNamespace

from actionplans.levels import read_level
from actionplans.reading import NotAnActionPlan, read_action_plan
from actionplans.vocabulary import Field
from foundations.dates import PartialDate
from foundations.office import read_file

LONGEST_SHOWN = 1_000
LONGEST_NUMBER = 40
SAMPLES = 3
# Worked out anew whenever it is shown, and settled by the import itself.
NOT_KEPT = ("claim without action", "unknown lead")
NOTHING_FOUND = "No recommendations were found in it. Say which column has them."


class UnknownColumn(Exception):
    """A mapping names a kind of column that there is not. `message` says which there are."""

    def __init__(self, name):
        self.message = f"There is no column “{name}”. Use one of: {', '.join(map(str, Field))}."
        super().__init__(self.message)


@dataclass
class Row:
    """One recommendation as a file brings it, ready for its table."""

    id: int
    parent: int | None
    number: str
    group: str
    text: str
    where: str
    values: dict
    actions: list
    milestones: list
    updates: list
    leads: dict  # {name as read: whether it is accountable}
    digest: str = ""


@dataclass
class Draft:
    """A file as read, and what a page shows of it."""

    name: str
    plan: object = None
    rows: list = field(default_factory=list)
    columns: list = field(default_factory=list)
    warnings: tuple = ()
    problem: str = ""

    @property
    def is_empty(self):
        return not self.rows

    @property
    def counts(self):
        plan = self.plan
        return {
            "recommendations": len(self.rows),
            "rows_read": plan.rows_read if plan else 0,
            "not_rows": len(plan.not_rows) if plan else 0,
            "rejected": len(plan.rejected) if plan else 0,
            "doubts": len(plan.doubts) if plan else 0,
        }


def read_draft(content, name, review, *, mapping=None):
    """Raises office.Refused, NotAnActionPlan for a file without a table to choose columns of,
    and UnknownColumn for a mapping that names none of ours."""
    for column in mapping or ():
        if column not in set(Field):
            raise UnknownColumn(column)
    document = read_file(content, name)
    draft = Draft(name, warnings=tuple(document.warnings))
    try:
        plan = read_action_plan(document, mapping=mapping, agencies=known_bodies(review))
    except NotAnActionPlan as refusal:
        draft.columns = _columns_of_tables(document, mapping or {})
        if not draft.columns:
            raise
        draft.problem = refusal.message
        return draft
    draft.plan = plan
    draft.columns = _columns_of_plan(document, plan)
    draft.rows = _rows_of(plan)
    return draft


def known_bodies(review):
    """The agencies of the review under every name they go by."""
    parts = review.participations.select_related("agency").prefetch_related(
        "agency__aliases", "agency__duplicates"
    )
    return [
        SimpleNamespace(
            name=part.agency.name,
            short_name=part.agency.short_name,
            aliases=[
                *(alias.name for alias in part.agency.aliases.all()),
                *(double.name for double in part.agency.duplicates.all()),
            ],
        )
        for part in parts
    ]


def _columns_of_plan(document, plan):
    """[{heading, field, sample}] of what the plan's columns were taken for."""
    found = [
        {"heading": heading, "field": name}
        for name, headings in plan.mapping.items()
        for heading in ([headings] if isinstance(headings, str) else headings)
    ]
    found += [{"heading": heading, "field": ""} for heading in plan.unmapped_columns]
    return [column | {"sample": _sample(document, column["heading"])} for column in found]


def _columns_of_tables(document, mapping):
    """For a file in which nothing was recognised: the first row of each table, to choose from."""
    headings = {}
    for part in document.parts:
        if part.kind == "paragraphs":
            continue
        for row in part.rows:
            texts = [cell.text for cell in row.cells if cell.text]
            if len(texts) > 1:
                headings |= dict.fromkeys(texts)
                break
    meant = {
        heading: name
        for name, headings_ in mapping.items()
        for heading in ([headings_] if isinstance(headings_, str) else headings_)
    }
    return [
        {
            "heading": heading,
            "field": meant.get(heading, ""),
            "sample": _sample(document, heading),
        }
        for heading in headings
    ]


def _sample(document, heading):
    """The first few values under a heading, to recognise a column by."""
    wanted = " ".join(heading.split())
    for part in document.parts:
        for position, row in enumerate(part.rows):
            for column, cell in enumerate(row.cells):
                if " ".join(cell.text.split()) == wanted:
                    below = (
                        other.cells[column].text
                        for other in part.rows[position + 1 :]
                        if column < len(other.cells)
                    )
                    values = dict.fromkeys(clipped(text, 120) for text in below if text)
                    return list(values)[:SAMPLES]
    return []


def _rows_of(plan):
    remarks = _remarks_by_place(plan)
    rows = [
        _row(one, [found for at in one.rows for found in remarks.pop(at, ())])
        for one in plan.recommendations
    ]
    by_id = {row.id: row for row in rows}
    for row in rows:
        _share_leads(row, by_id.get(row.parent))
    for row in rows:
        row.digest = _digest(row, by_id.get(row.parent))
    return rows


def _remarks_by_place(plan):
    """{place: [(kind of list, remark)]}; what is about a heading or a table hangs on no row."""
    places = {}
    for name, remarks in (("doubts", plan.doubts), ("flags", plan.flags)):
        for remark in remarks:
            places.setdefault(remark.at, []).append((name, remark))
    return places


def _share_leads(row, parent):
    """A part without a lead is led by its whole's, and a whole without one by those of its parts."""
    if parent is None:
        return
    if not row.leads:
        row.leads = dict.fromkeys(parent.leads, False)
    elif not any(parent.leads.values()):
        parent.leads |= dict.fromkeys(row.leads, False)


def _row(one, remarks):
    leads = dict.fromkeys(one.lead.agencies, True)
    for action in one.actions:
        for name in action.lead.agencies if action.lead else ():
            leads.setdefault(name, False)
    said = {
        name: [
            {"column": r.column, "message": r.message, "kind": r.kind, "settled": False}
            for kind, r in remarks
            if kind == name and r.kind not in NOT_KEPT
        ]
        for name in ("doubts", "flags")
    }
    return Row(
        id=one.id,
        parent=one.parent,
        number=(one.number or "")[:LONGEST_NUMBER],
        group=one.group or "",
        text=one.text,
        where=str(one.at),
        values={
            "number": (one.number or "")[:LONGEST_NUMBER],
            "number_as_written": one.number_as_written or "",
            "part_kind": one.at.part_kind,
            "part": str(one.at.part)[:100],
            "row": one.at.row,
            "text": one.text,
            "group": one.group or "",
            "scope": one.scope,
            "level": read_level(one.scope),
            "lead_as_written": one.lead.as_written,
            "lead_role": one.lead.role or "",
            "lead_people": list(one.lead.people),
            "decision": str(one.decision or ""),
            "decision_as_written": one.decision_as_written or "",
            "decision_condition": one.decision_condition or "",
            "target": one.target or PartialDate.none(),
            "target_as_written": one.target_as_written,
            "targets": [target.to_json() for target in one.targets],
            "claimed_status": str(one.status or ""),
            "status_as_written": one.status_as_written or "",
            "claimed_completed": one.completed or PartialDate.none(),
            "outcome": one.outcome,
            "evidence": one.evidence,
            "other": one.other,
            **said,
        },
        actions=[_action(action) for action in one.actions],
        milestones=[
            {
                "number": (milestone.number or "")[:LONGEST_NUMBER],
                "text": milestone.text,
                "target": milestone.target or PartialDate.none(),
            }
            for milestone in one.milestones
        ],
        updates=[
            {"label": update.label or "", "date": update.date, "text": update.text}
            for update in one.updates
        ],
        leads=leads,
    )


def _action(action):
    return {
        "number": (action.number or "")[:LONGEST_NUMBER],
        "text": action.text,
        "lead_as_written": action.lead.as_written if action.lead else "",
        "target": action.target or PartialDate.none(),
        "target_as_written": action.target_as_written,
        "claimed_status": str(action.status or ""),
        "status_as_written": action.status_as_written or "",
        "claimed_completed": action.completed or PartialDate.none(),
        "outcome": action.outcome,
    }


# What the reading makes of a lead depends on which agencies take part by now, and where a row stands
# changes when one is put in above: neither makes it another row. Its level is read out of its scope.
_NOT_SAID = {
    *("part_kind", "part", "row", "level", "lead_role", "lead_people", "doubts", "flags"),
}


def _digest(row, parent):
    said = [
        {name: value for name, value in row.values.items() if name not in _NOT_SAID},
        row.actions,
        row.milestones,
        row.updates,
        [parent.number, parent.text] if parent else None,
    ]
    text = json.dumps(said, default=lambda date: date.to_json(), sort_keys=True)
    return hashlib.md5(text.encode(), usedforsecurity=False).hexdigest()


def clipped(text, longest=LONGEST_SHOWN):
    return text if len(text) <= longest else text[:longest].rstrip() + " …"


def problems_of(draft):
    """(part, row, heading or None, message) of everything there is to say about a file's rows."""
    plan = draft.plan
    if plan is None:
        return []
    headings = {column["field"]: column["heading"] for column in draft.columns if column["field"]}
    return [
        (one.at.part, one.at.row, headings.get(one.column), one.message)
        for one in [*plan.rejected, *plan.doubts, *plan.flags]
    ]
