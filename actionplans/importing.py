"""How a file becomes an action plan: read, compare, save. Web pages and the command take these steps.

A plan has hundreds of rows and not tens of thousands, so it is read while its sender waits.
"""

import hashlib
import json
from dataclasses import dataclass, field
from types import SimpleNamespace

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone

from actionplans.comparing import looks_like_same_plan, pair
from actionplans.models import (
    Action,
    Milestone,
    PlanImport,
    Recommendation,
    RecommendationLead,
    Update,
)
from actionplans.reading import NotAnActionPlan, read_action_plan
from actionplans.vocabulary import Field
from agencies.models import Agency, name_key
from agencies.services import create_agency
from audit.models import EventType
from audit.services import record
from foundations.dates import PartialDate
from foundations.office import read_file
from reviews.models import Review
from reviews.services import add_agency

LONGEST_SHOWN = 1_000
LONGEST_NUMBER = 40
SAMPLES = 3
# Worked out anew whenever it is shown, and settled by the import itself.
NOT_KEPT = ("claim without action", "unknown lead")
LABELS = {
    "number": "Number",
    "text": "Recommendation",
    "group": "Group",
    "scope": "Scope",
    "lead_as_written": "Lead",
    "target_as_written": "Target date",
    "status_as_written": "Status claimed",
    "outcome": "Outcome",
    "evidence": "Evidence",
    "decision_as_written": "Decision",
}
NOTHING_FOUND = "No recommendations were found in it. Say which column has them."


class UnknownColumn(Exception):
    """A mapping names a kind of column that there is not. `message` says which there are."""

    def __init__(self, name):
        self.message = f"There is no column “{name}”. Use one of: {', '.join(map(str, Field))}."
        super().__init__(self.message)


# --- Reading ------------------------------------------------------------------------------------


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
# changes when one is put in above: neither makes it another row.
_NOT_SAID = {"part_kind", "part", "row", "lead_role", "lead_people", "doubts", "flags"}


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


# --- Who leads ----------------------------------------------------------------------------------


class Bodies:
    """What the names of lead agencies stand for: an agency, a new one, or nobody can say."""

    def __init__(self, review, rows):
        self.review = review
        self.taking_part = {
            part.agency_id: part for part in review.participations.select_related("agency")
        }
        self.agencies = {}  # {name as read: Agency, or None until it is made}
        self.new = []
        self.doubts = {}  # {name as read: sentence}
        self.first_rows = {}  # {name as read: id of the row that names it first}
        for row in rows:
            for name in row.leads:
                self.first_rows.setdefault(name, row.id)
        for name in self.first_rows:
            self._look_up(name)

    def _look_up(self, name):
        found = {agency.pk: agency for agency in Agency.objects.named(name)}
        here = [agency for pk, agency in found.items() if pk in self.taking_part]
        candidates = here or list(found.values())
        if len(candidates) == 1:
            self.agencies[name] = candidates[0]
        elif candidates:
            self.doubts[name] = (
                f"More than one agency goes by the name “{name}”, so none was made its lead."
            )
        elif not name_key(name) or len(name) > Agency._meta.get_field("name").max_length:
            self.doubts[name] = f"“{clipped(name, 100)}” is not the name of a body."
        else:
            self.agencies[name] = None
            self.new.append(name)
            self.doubts[name] = (
                f"“{name}” was not in the register and is added to it. Check that it is a body of "
                "its own, and not another name of an agency."
            )

    @property
    def joining(self):
        """Known agencies that so far have no part in the review, and get one as a lead only."""
        found = {a.pk: a.name for a in self.agencies.values() if a}
        return sorted(name for pk, name in found.items() if pk not in self.taking_part)

    def doubts_of(self, row):
        """Said once of each name, where it stands first: a hundred rows may have it."""
        return [
            {
                "column": "lead_agency",
                "message": self.doubts[name],
                "kind": "lead",
                "settled": False,
            }
            for name in row.leads
            if name in self.doubts and self.first_rows[name] == row.id
        ]

    def leads_of(self, row):
        """{agency id: accountable}; None stands for an agency that is not there yet."""
        leads = {}
        for name, accountable in row.leads.items():
            if name in self.agencies:
                agency = self.agencies[name]
                pk = agency.pk if agency else f"new: {name_key(name)}"
                leads[pk] = leads.get(pk, False) or accountable
        return leads

    def take_part(self, *, by):
        """Make every lead an agency of the register with a part in the review."""
        for name in self.new:
            # Two spellings of one new name are one agency.
            known = Agency.objects.named(name)
            self.agencies[name] = known[0] if known else create_agency(name=name, by=by)
        for agency in self.agencies.values():
            if agency.pk not in self.taking_part:
                self.taking_part[agency.pk] = add_agency(
                    self.review, agency=agency, by=by, is_lead_only=True
                )


# --- Comparing with what is there ---------------------------------------------------------------


@dataclass
class Comparison:
    """What saving would do."""

    replaces: PlanImport | None
    bodies: Bodies
    added: list
    changed: list  # (recommendation, row)
    unchanged: list  # (recommendation, row)
    removed: list

    @property
    def counts(self):
        return {
            "added": len(self.added),
            "changed": len(self.changed),
            "removed": len(self.removed),
            "unchanged": len(self.unchanged),
        }

    @property
    def sign(self):
        """The same as long as saving would do the same."""
        said = [
            self.replaces and self.replaces.pk,
            [row.digest for row in self.added],
            [[one.pk, one.digest, row.digest] for one, row in self.changed],
            [[one.pk, one.digest] for one, _ in self.unchanged],
            [one.pk for one in self.removed],
            sorted(self.bodies.new),
        ]
        return hashlib.sha256(json.dumps(said).encode()).hexdigest()


def compare(draft, review, *, is_further=None):
    """`is_further` None: a file that repeats half of an earlier one is a corrected version of it."""
    rows = draft.rows
    live = list(
        review.recommendations.live()
        .select_related("plan_import")
        .prefetch_related("lead_links__participation")
    )
    replaces = _replaced(live, rows, draft.name, is_further)
    kept = [one for one in live if replaces and one.plan_import_id == replaces.pk]
    gone = (
        list(
            review.recommendations.exclude(withdrawn_at=None)
            .filter(plan_import__isnull=False)
            .prefetch_related("lead_links__participation")
        )
        if replaces
        else []
    )
    pairs = pair(kept, gone, rows)
    bodies = Bodies(review, rows)
    comparison = Comparison(replaces, bodies, pairs.added, [], [], pairs.removed)
    for one, row in sorted(pairs.matched, key=lambda both: both[1].id):
        same = one.digest == row.digest and not one.is_withdrawn and _same_leads(one, row, bodies)
        (comparison.unchanged if same else comparison.changed).append((one, row))
    return comparison


def _replaced(live, rows, name, is_further):
    if is_further:
        return None
    by_import = {}
    for one in live:
        if one.plan_import:
            by_import.setdefault(one.plan_import, []).append(one)
    newest_first = sorted(by_import, key=lambda one: -one.pk)
    for plan_import in newest_first:
        if looks_like_same_plan(by_import[plan_import], rows):
            return plan_import
    if is_further is False and newest_first:
        return newest_first[0]
    return None


def _same_leads(one, row, bodies):
    now = {link.participation.agency_id: link.is_accountable for link in one.lead_links.all()}
    return now == bodies.leads_of(row)


# --- What a page shows --------------------------------------------------------------------------


def shown(draft, comparison):
    """The summary of an import: plain values, as the preview shows them."""
    plan = draft.plan
    numbers = {row.id: row for row in draft.rows}
    bodies = comparison.bodies
    on_rows = {at for one in plan.recommendations for at in one.rows}
    doubts = sum(len(row.values["doubts"]) + len(bodies.doubts_of(row)) for row in draft.rows)
    elsewhere = [remark for remark in plan.doubts if remark.at not in on_rows]
    return {
        "counts": draft.counts | comparison.counts | {"doubts": doubts + len(elsewhere)},
        "columns": draft.columns,
        "warnings": list(draft.warnings),
        "rows": [_shown_row(row, numbers.get(row.parent), bodies) for row in draft.rows],
        "rejected": [
            {"where": str(one.at), "column": one.column, "message": one.message}
            for one in plan.rejected
        ],
        "not_rows": [
            {"where": str(one.at), "why": one.why, "text": clipped(one.text, 200)}
            for one in plan.not_rows
        ],
        "elsewhere": [
            {"where": str(one.at), "column": one.column, "message": one.message}
            for one in elsewhere
        ],
        "duplicates": _shown_duplicates(plan, numbers),
        "new_bodies": bodies.new,
        "joining": bodies.joining,
        "changed": [_shown_change(one, row) for one, row in comparison.changed],
        "removed": [
            {"number": one.number, "text": clipped(one.text, 300)} for one in comparison.removed
        ],
        "added": [
            {"number": row.number, "text": clipped(row.text, 300)} for row in comparison.added
        ]
        if comparison.replaces
        else [],
        "sign": comparison.sign,
    }


def _shown_row(row, parent, bodies):
    values = row.values
    return {
        "where": row.where,
        "number": row.number,
        "parent": parent.number if parent else "",
        "is_part": parent is not None,
        "group": row.group,
        "text": clipped(row.text),
        "lead": values["lead_as_written"],
        "agencies": list(row.leads),
        "actions": [clipped(action["text"], 400) for action in row.actions],
        "milestones": [clipped(milestone["text"], 400) for milestone in row.milestones],
        "target": values["target_as_written"] or str(values["target"]),
        "target_read": str(values["target"]),
        "status": values["claimed_status"].capitalize(),
        "decision": values["decision_as_written"],
        "outcome": clipped(values["outcome"], 400),
        "doubts": [*values["doubts"], *bodies.doubts_of(row)],
        "flags": values["flags"],
    }


def _shown_duplicates(plan, numbers):
    kinds = [("exact", plan.duplicates), ("near", plan.near_duplicates)]
    return [
        {
            "kind": kind,
            "first": {"where": numbers[a].where, "text": clipped(numbers[a].text, 300)},
            "second": {"where": numbers[b].where, "text": clipped(numbers[b].text, 300)},
        }
        for kind, pairs in kinds
        for a, b in pairs
    ]


def _shown_change(one, row):
    fields = [
        {"label": label, "old": clipped(getattr(one, name)), "new": clipped(row.values[name])}
        for name, label in LABELS.items()
        if getattr(one, name) != row.values[name]
    ]
    if not fields:
        fields = [{"label": "Actions, milestones or leads", "old": "", "new": "changed"}]
    return {"recommendation": one.pk, "number": row.number, "where": row.where, "fields": fields}


# --- Saving -------------------------------------------------------------------------------------


def lock_plan(review):
    """One import at a time in each review's plan."""
    return Review.objects.select_for_update(of=("self",)).get(pk=review.pk)


@transaction.atomic
def save_compared(comparison, draft, plan_import, *, by):
    """Carry out a comparison made in this transaction, under the plan's lock."""
    review, bodies = plan_import.review, comparison.bodies
    try:
        bodies.take_part(by=by)
    except ValidationError as error:  # a name the register cannot hold: nothing at all is saved
        raise CannotSave(" ".join(error.messages)) from error
    saved = {}  # {row id: recommendation}
    # What a further file brings stands below what is there.
    before = 0 if comparison.replaces else _last_position(review)
    for one, row in [*comparison.changed, *comparison.unchanged]:
        _take_over(one, row, bodies, plan_import, before)
        saved[row.id] = one
    new = [_new(row, bodies, plan_import, before) for row in comparison.added]
    Recommendation.objects.bulk_create(new)
    saved |= {row.id: one for row, one in zip(comparison.added, new, strict=True)}
    _set_parents(draft.rows, saved)
    _write_leads(draft.rows, saved, bodies)
    _write_below(comparison, saved)
    _withdraw(comparison.removed, plan_import)
    record(
        EventType.PLAN_IMPORTED,
        by=by,
        review=review,
        target=plan_import,
        recommendations=len(draft.rows),
        sha256=plan_import.stored.sha256,
        doubts=draft.counts["doubts"],
        new_agencies=len(bodies.new),
        **comparison.counts,
    )


class CannotSave(Exception):
    """Nothing is saved; the message says why, in a plain sentence."""


def _last_position(review):
    last = review.recommendations.live().order_by("-position").first()
    return last.position if last else 0


def _values(row, bodies):
    doubts = [*row.values["doubts"], *bodies.doubts_of(row)]
    return row.values | {"doubts": doubts, "digest": row.digest}


def _new(row, bodies, plan_import, before):
    return Recommendation(
        review=plan_import.review,
        plan_import=plan_import,
        position=before + row.id,
        **_values(row, bodies),
    )


def _take_over(one, row, bodies, plan_import, before):
    """What is confirmed here stays: the status, the notes, and what was said of each doubt."""
    known = {(doubt["column"], doubt["message"]): doubt for doubt in one.doubts}
    same_lead = one.lead_as_written == row.values["lead_as_written"]
    for name, value in _values(row, bodies).items():
        setattr(one, name, value)
    again = {(doubt["column"], doubt["message"]) for doubt in one.doubts}
    one.doubts = [known.get((d["column"], d["message"]), d) for d in one.doubts]
    # An agency that an earlier import put in the register is no longer new; whether it should be there
    # is still for somebody to say.
    one.doubts += [
        doubt
        for sign, doubt in known.items()
        if doubt["kind"] == "lead" and same_lead and sign not in again
    ]
    one.plan_import, one.position = plan_import, before + row.id
    one.withdrawn_at = one.dropped_by = None
    one.save()


def _set_parents(rows, saved):
    moved = []
    for row in rows:
        one, parent = saved[row.id], saved.get(row.parent)
        if one.parent_id != (parent and parent.pk):
            one.parent = parent
            moved.append(one)
    Recommendation.objects.bulk_update(moved, ["parent"], batch_size=500)


def _write_leads(rows, saved, bodies):
    RecommendationLead.objects.filter(recommendation__in=list(saved.values())).delete()
    RecommendationLead.objects.bulk_create(
        RecommendationLead(
            recommendation=saved[row.id],
            participation=bodies.taking_part[agency_id],
            is_accountable=accountable,
        )
        for row in rows
        for agency_id, accountable in bodies.leads_of(row).items()
    )


def _write_below(comparison, saved):
    """Actions that a note stands on are kept as the same rows; the rest is written anew."""
    changed = [one for one, _ in comparison.changed]
    Milestone.objects.filter(recommendation__in=changed).delete()
    Update.objects.filter(recommendation__in=changed).delete()
    for one, row in comparison.changed:
        _match_actions(one, row)
    rows = [*comparison.added, *(row for _, row in comparison.changed)]
    Action.objects.bulk_create(
        Action(recommendation=saved[row.id], position=position, **action)
        for row in comparison.added
        for position, action in enumerate(row.actions, start=1)
    )
    for model, name in ((Milestone, "milestones"), (Update, "updates")):
        model.objects.bulk_create(
            model(recommendation=saved[row.id], position=position, **values)
            for row in rows
            for position, values in enumerate(getattr(row, name), start=1)
        )


def _match_actions(one, row):
    had = list(one.actions.live())
    brought = [
        SimpleNamespace(
            number=action["number"], group="", text=action["text"], position=position, values=action
        )
        for position, action in enumerate(row.actions, start=1)
    ]
    pairs = pair([_Grouped(action) for action in had], [], brought)
    for kept, new in pairs.matched:
        for name, value in {"position": new.position, **new.values}.items():
            setattr(kept.action, name, value)
        kept.action.save()
    for new in pairs.added:
        Action.objects.create(recommendation=one, position=new.position, **new.values)
    for kept in pairs.removed:
        if kept.action.progress_notes.exists():
            kept.action.withdrawn_at = timezone.now()
            kept.action.save(update_fields=["withdrawn_at"])
        else:
            kept.action.delete()


class _Grouped:
    """An action as `pair` compares things."""

    group = ""

    def __init__(self, action):
        self.action, self.number, self.text = action, action.number, action.text


def _withdraw(recommendations, plan_import):
    for one in recommendations:
        one.withdrawn_at, one.dropped_by = timezone.now(), plan_import
        one.save(update_fields=["withdrawn_at", "dropped_by"])


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
