"""The order in which a plan is shown. Numbers that were published stay as they are."""

from django.db import transaction

from actionplans.models import Action, Recommendation
from actionplans.resting.services import locked
from actionplans.services import ChangedMeanwhile
from audit.models import EventType
from audit.services import record


@transaction.atomic
def move_recommendation(one, *, up, by):
    """Past the next one beside it, with all its parts. At the end of its row it stays."""
    one = locked(one)
    plan = list(Recommendation.objects.filter(review=one.review).live().in_plan_order())
    beside = [each for each in plan if each.parent_id == one.parent_id]
    other = _neighbour(beside, one, up=up)
    if other is None:
        return False
    first, second = (one, other) if up else (other, one)  # as they are to stand
    going, staying = _with_parts(first, plan), _with_parts(second, plan)
    rest = [each for each in plan if each not in going]
    at = rest.index(staying[0])
    _put(Recommendation, [*rest[:at], *going, *rest[at:]])
    record(EventType.PLAN_ORDERED, by=by, review=one.review, target=one)
    return True


@transaction.atomic
def move_action(action, *, up, by):
    one = locked(action.recommendation)
    actions = list(one.actions.live().order_by("position", "pk"))
    if action not in actions:
        raise ChangedMeanwhile(one.pk)
    other = _neighbour(actions, action, up=up)
    if other is None:
        return False
    here, there = actions.index(action), actions.index(other)
    actions[here], actions[there] = actions[there], actions[here]
    _put(Action, actions)
    record(EventType.PLAN_ORDERED, by=by, review=one.review, target=one)
    return True


def _neighbour(beside, one, *, up):
    at = beside.index(one) + (-1 if up else 1)
    return beside[at] if 0 <= at < len(beside) else None


def _with_parts(one, plan):
    """A recommendation and what is below it, in the order of the plan."""
    below, found = {one.pk}, 0
    while len(below) > found:
        found = len(below)
        below |= {each.pk for each in plan if each.parent_id in below}
    return [each for each in plan if each.pk in below]


def _put(model, rows):
    """In this order, on the places that they have; where two share one, the later go further down."""
    last, moved = 0, []
    for row, place in zip(rows, sorted(row.position for row in rows), strict=True):
        last = max(place, last + 1)
        if row.position != last:
            row.position = last
            moved.append(row)
    model.objects.bulk_update(moved, ["position"], batch_size=500)
