"""What other rooms know of a milestone: the decision, the notification, a letter that left."""

from contextlib import suppress
from datetime import date

from django.core.exceptions import ValidationError
from django.db import transaction

from reviews.clock.counting import exactly
from reviews.clock.services import reached


def tell(review, milestone, on, by, *, before=None, why="", today=None):
    """Set the clock by a day that somebody recorded elsewhere.

    A day that the clock has already stands, unless it is `before`: the day that the same room told
    earlier, and tells anew with a `why`. Where the clock holds the day to be impossible, it stays
    as it is: the other room keeps what it was told all the same, and the clock shows what is
    missing.
    """
    on, before = _bounded(on), _bounded(before)
    newest = review.milestones.filter(milestone=milestone).order_by("-pk").first()
    is_set = bool(newest and newest.on)
    if is_set and not (before and _same_bounds(newest.on, before)):
        return
    with suppress(ValidationError), transaction.atomic():
        reached(review, milestone, on, by, why=why if is_set else "", today=today)


def _bounded(when):
    """A day, or a time that is known roughly."""
    return exactly(when) if isinstance(when, date) else when


def _same_bounds(one, other):
    return (one.earliest, one.latest) == (other.earliest, other.latest)
