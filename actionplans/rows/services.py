"""Which rows of a plan are followed, worked out anew after every change of the plan."""

from functools import cache, partial

from django.db import transaction
from django.utils import timezone

from actionplans.models import CLOSED, Recommendation, RecommendationLead, Status
from actionplans.rows.models import PlanRow, RowLead
from actionplans.rows.publication import due_of, published_on
from reviews.clock import hearing
from reviews.clock.kinds import Milestone

# What several rows make of their recommendation: the worst of what is still open.
_WORST_FIRST = (
    Status.SLIPPED,
    Status.AT_RISK,
    Status.ON_TRACK,
    Status.NOT_STARTED,
    Status.UNCONFIRMED,
)


@transaction.atomic
def follow(review, recommendations=None):
    """Make, end and take up again the rows of a review's plan, or of some of its recommendations.

    Called under the plan's lock by whatever changed it. Safe to repeat; nothing that was reported is
    touched. Returns {(recommendation id, action id or None): row} of all that is followed.
    """
    wanted = _wanted(review, recommendations)
    rows = _rows_of(review, recommendations)
    now, published = timezone.now(), cache(partial(published_on, review))
    new, changed = [], []
    for place, (one, action, leads) in wanted.items():
        row = rows.get(place)
        if row is None:
            row = rows[place] = PlanRow(
                review=review, recommendation=one, action=action, status=_carried(one, rows, wanted)
            )
            new.append(row)
        elif _mirror(row, one, action, leads, published):
            changed.append(row)
        if row.pk is None:
            _mirror(row, one, action, leads, published)
    for place, row in rows.items():
        if place not in wanted and row.ended_at is None:
            row.ended_at = now
            changed.append(row)
    PlanRow.objects.bulk_create(new, batch_size=500)
    PlanRow.objects.bulk_update(changed, ["lead", "due", "ended_at"], batch_size=500)
    _write_leads({rows[place]: leads for place, (_, _, leads) in wanted.items()})
    touched = {row.recommendation for row in [*new, *changed]}
    roll_up_all(one for one in touched if one.status != Status.UNCONFIRMED)
    return {place: rows[place] for place in wanted}


def add_to_clock():
    """What counts from the publication is due once that is known, and moves where it is corrected."""
    hearing.listen(Milestone.PUBLISHED, "action plan", follow)


def _wanted(review, recommendations):
    """{(recommendation id, action id or None): (recommendation, action, leads)}; the first of the
    leads is accountable. A recommendation that only introduces its parts is not followed itself."""
    live = Recommendation.objects.filter(review=review).live()
    if recommendations is not None:
        live = live.filter(pk__in=[one.pk for one in recommendations])
    live = list(live.prefetch_related("actions", "actions__joint_leads"))
    accountable = {}
    links = RecommendationLead.objects.filter(recommendation__in=live, is_accountable=True)
    for link in links.order_by("pk"):
        accountable.setdefault(link.recommendation_id, []).append(link.participation_id)
    introducing = set(
        Recommendation.objects.filter(parent__in=live).live().values_list("parent", flat=True)
    )
    wanted = {}
    for one in live:
        of_all = accountable.get(one.pk, [])
        actions = [action for action in one.actions.all() if action.withdrawn_at is None]
        for action in actions:
            own = [action.lead_id] if action.lead_id else of_all[:]
            own += [joint.participation_id for joint in action.joint_leads.all()]
            wanted[one.pk, action.pk] = one, action, list(dict.fromkeys(own))
        if not actions and one.pk not in introducing:
            wanted[one.pk, None] = one, None, of_all
    return wanted


def _rows_of(review, recommendations):
    rows = PlanRow.objects.filter(review=review)
    if recommendations is not None:
        rows = rows.filter(recommendation__in=[one.pk for one in recommendations])
    return {
        (row.recommendation_id, row.action_id): row for row in rows.select_related("recommendation")
    }


def _carried(one, rows, wanted):
    """Where other words took the place of all that was followed, it stands as it stood; but what was
    done was done in the old words."""
    before = [place for place in rows if place[0] == one.pk and rows[place].pk]
    replaced = before and not any(place in wanted for place in before)
    under_way = one.status not in (*CLOSED, Status.REPORTED)
    return one.status if replaced and under_way else Status.UNCONFIRMED


def _mirror(row, one, action, leads, published):
    """Whether anything of it is different from before."""
    before = row.lead_id, row.due, row.ended_at
    row.recommendation, row.action = one, action
    row.lead_id = leads[0] if leads else None
    row.due = due_of(row.target, published)
    row.ended_at = None
    return (row.lead_id, row.due, row.ended_at) != before


def _write_leads(leads_of):
    """Only where they differ from what is there."""
    there = {}
    for link in RowLead.objects.filter(row__in=[row.pk for row in leads_of]):
        there.setdefault(link.row_id, []).append(link)
    stale, fresh = [], []
    for row, leads in leads_of.items():
        now = [(link.participation_id, link.is_accountable) for link in there.get(row.pk, [])]
        wanted = [(part, at == 0) for at, part in enumerate(leads)]
        if sorted(now) != sorted(wanted):
            stale.append(row.pk)
            fresh += [
                RowLead(row=row, participation_id=part, is_accountable=first)
                for part, first in wanted
            ]
    RowLead.objects.filter(row__in=stale).delete()
    RowLead.objects.bulk_create(fresh, batch_size=500)


def roll_up(recommendation):
    """The status of a recommendation out of those of its rows. Called under the plan's lock."""
    statuses = set(
        PlanRow.objects.filter(recommendation=recommendation)
        .live()
        .values_list("status", flat=True)
    )
    recommendation.status = together(statuses)
    recommendation.save(update_fields=["status"])
    return recommendation


def roll_up_all(recommendations):
    """The same for many, of which only those are written that stand otherwise now."""
    ones = list(recommendations)
    statuses = {}
    rows = PlanRow.objects.filter(recommendation__in=ones).live()
    for one, status in rows.values_list("recommendation", "status"):
        statuses.setdefault(one, set()).add(status)
    changed = []
    for one in ones:
        status = together(statuses.get(one.pk, set()))
        if status != one.status:
            one.status = status
            changed.append(one)
    Recommendation.objects.bulk_update(changed, ["status"], batch_size=500)


def together(statuses):
    """Reported as done only where nothing else is open: one action's report says nothing of the others."""
    if not statuses:
        return Status.UNCONFIRMED
    if statuses <= set(CLOSED):
        return Status.DONE if Status.DONE in statuses else Status.SUPERSEDED
    ended = {*CLOSED, Status.REPORTED}
    if statuses <= ended:
        return Status.REPORTED
    if statuses & ended and not statuses & {Status.SLIPPED, Status.AT_RISK}:
        return Status.ON_TRACK
    return next(status for status in _WORST_FIRST if status in statuses)
