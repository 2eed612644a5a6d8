"""The day on which the report went out stands in one place, the clock of the review: it is told here.

The clock's milestone is that the report went to the Home Office and to the Commissioner, so that it is
reached on the later of the two days.
"""

from reports.models import PackSent, Recipient
from reviews.clock.kinds import Milestone
from reviews.clock.services import not_reached
from reviews.clock.telling import tell

_WHY = "The record of what was sent was corrected"


def day_sent(review):
    """When both readers had been sent a pack, or None."""
    rows = PackSent.objects.standing().filter(pack__review=review)
    first = {}
    for to, on in rows.values_list("pack__to", "on"):
        first[to] = min(on, first.get(to, on))
    return max(first.values()) if len(first) == len(Recipient) else None


def tell_clock(review, *, before, by, today):
    """`before` is what day_sent said until now. A day that somebody recorded by hand stands."""
    now = day_sent(review)
    if now == before:
        return
    if now:
        tell(review, Milestone.SENT, now, by, before=before, why=_WHY, today=today)
        return
    newest = review.milestones.filter(milestone=Milestone.SENT).order_by("-pk").first()
    if newest and _is_day(newest.on, before):
        not_reached(review, Milestone.SENT, by, why=_WHY)


def _is_day(date, day):
    return date.earliest == date.latest == day
