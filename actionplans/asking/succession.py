"""Handing an agency's open actions over to the body that took over its work.

Whoever runs the plan does it, review by review: it lets the successor's people see these actions. What
was reported before stays that of the agency that reported it, and what is finished stays where it is.
"""

from django.db import transaction

from actionplans.editing.services import keep_action, words_of
from actionplans.importing import lock_plan
from actionplans.models import Action, RecommendationLead
from actionplans.resting.services import keep_version, snapshot_of
from actionplans.rows.models import JointLead, PlanRow
from actionplans.rows.services import follow
from audit.models import EventType
from audit.services import record
from reviews.models import Participation
from reviews.services import add_agency


def rows_to_hand_over(agency, user):
    """Open rows that it leads, alone or with others, in reviews whose work goes on."""
    parts = Participation.objects.filter(agency=agency)
    led = PlanRow.objects.filter(leads__in=parts).values("pk")
    return PlanRow.objects.visible_to(user).still_open().filter(pk__in=led)


@transaction.atomic
def hand_over(review, agency, *, by):
    """Safe to repeat. Returns how many rows follow the successor now."""
    review = lock_plan(review)
    old = Participation.objects.filter(review=review, agency=agency).first()
    rows = list(rows_to_hand_over(agency, by).filter(review=review)) if old else []
    if not rows or agency.successor is None:
        return 0
    new = add_agency(review, agency=agency.successor, by=by, is_lead_only=True)
    _keep(rows, new, by=by)
    recommendations = {row.recommendation_id for row in rows}
    _move(RecommendationLead, "recommendation", recommendations, old, new)
    actions = [row.action_id for row in rows if row.action_id]
    Action.objects.filter(pk__in=actions, lead=old).update(lead=new)
    _move(JointLead, "action", actions, old, new)
    follow(review, {row.recommendation for row in rows})
    record(
        EventType.LEAD_HANDED_OVER,
        by=by,
        review=review,
        target=new,
        agency=agency.name,
        successor=new.agency.name,
        actions=len(rows),
    )
    return len(rows)


def _keep(rows, new, *, by):
    """That another agency led them until now stays on record, as with any other change."""
    reason = f"Handed over to {new.agency.name}"
    for one in {row.recommendation for row in rows}:
        keep_version(one, snapshot_of(one), reason=reason, by=by)
    for row in rows:
        if row.action_id:
            keep_action(row.action, words_of(row.action), reason=reason, by=by)


def _move(model, of, pks, old, new):
    """A link to the one becomes a link to the other; where there is one already it goes."""
    links = model.objects.filter(**{f"{of}__in": pks})
    for link in links.filter(participation=old):
        there = links.filter(**{of: getattr(link, f"{of}_id")}, participation=new).first()
        if there is None:
            model.objects.filter(pk=link.pk).update(participation=new)
            continue
        if getattr(link, "is_accountable", False):
            model.objects.filter(pk=there.pk).update(is_accountable=True)
        link.delete()
