"""How a file that was read becomes the plan: compare, then save. Pages and the command do both.

A plan has hundreds of rows and not tens of thousands, so this happens while its sender waits.
"""

import hashlib
import json
from dataclasses import dataclass
from types import SimpleNamespace

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone

from actionplans.comparing import looks_like_same_plan, pair
from actionplans.lead_agencies import Bodies
from actionplans.levels import read_level
from actionplans.models import (
    NAME_DOUBT,
    Action,
    Milestone,
    PlanImport,
    Recommendation,
    RecommendationLead,
    Update,
)
from actionplans.rows.services import follow
from audit.models import EventType
from audit.services import record
from reviews.lifecycle.ended import refuse_if_ended
from reviews.models import Review


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


# --- Saving -------------------------------------------------------------------------------------


def lock_plan(review):
    """One import at a time in each review's plan, and none once the review has ended."""
    review = Review.objects.select_for_update(of=("self",)).get(pk=review.pk)
    refuse_if_ended(review)
    return review


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
    follow(review)
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
    """What is confirmed here stays: the status, the notes, the level that somebody chose, and what was
    said of each doubt."""
    known = {(doubt["column"], doubt["message"]): doubt for doubt in one.doubts}
    chosen = None if one.level == read_level(one.scope) else one.level
    same_lead = one.lead_as_written == row.values["lead_as_written"]
    for name, value in _values(row, bodies).items():
        setattr(one, name, value)
    one.level = one.level if chosen is None else chosen
    again = {(doubt["column"], doubt["message"]) for doubt in one.doubts}
    one.doubts = [known.get((d["column"], d["message"]), d) for d in one.doubts]
    # An agency that an earlier import put in the register is no longer new; whether it should be there
    # is still for somebody to say.
    one.doubts += [
        doubt
        for sign, doubt in known.items()
        if _outlives_the_file(doubt, same_lead) and sign not in again
    ]
    one.plan_import, one.position = plan_import, before + row.id
    one.withdrawn_at = one.dropped_by = None
    one.save()


def _outlives_the_file(doubt, same_lead):
    """What it is about does not come from the file that is replaced."""
    return doubt["kind"] == NAME_DOUBT or (doubt["kind"] == "lead" and same_lead)


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
    # Whoever leads an action that was added by hand still has to see it.
    by_hand = Action.objects.live().filter(recommendation__in=list(saved.values()))
    RecommendationLead.objects.bulk_create(
        [
            RecommendationLead(
                recommendation=action.recommendation,
                participation_id=action.lead_id,
                is_accountable=False,
            )
            for action in by_hand.filter(lead__isnull=False).select_related("recommendation")
        ],
        ignore_conflicts=True,
    )


def _write_below(comparison, saved):
    """Actions are kept as the same rows, for they are followed; the rest is written anew."""
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
    had = list(one.actions.live().filter(key=None))  # what was added by hand is in no file
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
        kept.action.withdrawn_at = timezone.now()
        kept.action.save(update_fields=["withdrawn_at"])


class _Grouped:
    """An action as `pair` compares things."""

    group = ""

    def __init__(self, action):
        self.action, self.number, self.text = action, action.number, action.text


def _withdraw(recommendations, plan_import):
    for one in recommendations:
        one.withdrawn_at, one.dropped_by = timezone.now(), plan_import
        one.save(update_fields=["withdrawn_at", "dropped_by"])
