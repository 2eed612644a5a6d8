"""How a row of a plan stands, as conditions: the same for figures, lists, charts, files and papers.

What a file calls finished and nobody here has confirmed is neither overdue nor silent, whatever its
date: it waits for whoever runs the plan to confirm it, and stands under "claimed, not confirmed". It is
open all the same until then. An action that was added here inherits no claim of its recommendation.
"""

from datetime import timedelta

from django.db.models import Case, IntegerField, Q, Value, When
from django.db.models.functions import Coalesce
from django.db.models.lookups import LessThan

from actionplans.models import CLOSED, REJECTED, Status
from actionplans.rows.models import ONLY_CLAIMED
from reviews.rules import ENDED

SILENT_AFTER = timedelta(days=31)

# Of rows that are followed.
OPEN = ~Q(status__in=CLOSED) & ~Q(recommendation__decision=REJECTED)
DONE = Q(status=Status.DONE)
WAITING = OPEN & Q(status=Status.REPORTED)
CLAIMED = OPEN & ONLY_CLAIMED
UNDATED = OPEN & Q(due=None)
MOVED = Q(moves__gt=0)

# Every row that is followed stands in one of these places; as a list has them, from the first on.
LATE_AND_SILENT, LATE, SILENT, GOES_ON, OVER = range(5)


def overdue(on):
    return OPEN & Q(due__lt=on) & ~ONLY_CLAIMED


def silent(now):
    """Nobody has told anything of it for longer than the period, though somebody could.

    What waits to be accepted or confirmed waits for whoever runs the plan, and is not the agency's
    silence.
    """
    return OPEN & ~ONLY_CLAIMED & _untold(now)


def _untold(now):
    """As `silent`, of what is open and waited for."""
    last_told = Coalesce("told_at", "started_at")
    untold = Q(LessThan(last_told, now - SILENT_AFTER))
    return ~Q(status=Status.REPORTED) & ~Q(review__state__in=ENDED) & untold


def is_silent(row, now):
    """As `silent` asks it of the database."""
    waits = row.status == Status.REPORTED or row.is_only_claimed
    if not row.is_open or waits or row.review.has_ended:
        return False
    return (row.told_at or row.started_at) < now - SILENT_AFTER


def place(on, now):
    """What is overdue, and of it first what nobody tells of; then what is silent; then the rest.

    Says the same as `overdue` and `silent`, asked one after the other: each row is asked once whether
    it is open, and once whether it is only claimed to be finished.
    """
    late, untold = Q(due__lt=on), _untold(now)
    return Case(
        When(~OPEN, then=Value(OVER)),
        When(ONLY_CLAIMED, then=Value(GOES_ON)),
        When(late & untold, then=Value(LATE_AND_SILENT)),
        When(late, then=Value(LATE)),
        When(untold, then=Value(SILENT)),
        default=Value(GOES_ON),
        output_field=IntegerField(),
    )


def slip_of(row):
    """Days between the first date and the one that holds; none where there are not two."""
    if not row.moves or row.due is None or row.first_due is None:
        return None
    return (row.due - row.first_due).days
