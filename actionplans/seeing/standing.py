"""How a row of a plan stands, as conditions: the same for figures, lists, charts, files and papers.

What a file calls finished and nobody here has confirmed is neither overdue nor silent, whatever its
date: it waits for whoever runs the plan to confirm it, and stands under "claimed, not confirmed". It is
open all the same until then. An action that was added here inherits no claim of its recommendation.
"""

from datetime import timedelta

from django.db.models import Case, IntegerField, Q, Value, When

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


def overdue(on):
    return OPEN & Q(due__lt=on) & ~ONLY_CLAIMED


def silent(now):
    """Nobody has told anything of it for longer than the period, though somebody could.

    What waits to be accepted or confirmed waits for whoever runs the plan, and is not the agency's
    silence.
    """
    before = now - SILENT_AFTER
    untold = Q(told_at__lt=before) | Q(told_at=None, started_at__lt=before)
    waits = Q(status=Status.REPORTED) | ONLY_CLAIMED
    return OPEN & ~waits & ~Q(review__state__in=ENDED) & untold


def is_silent(row, now):
    """As `silent` asks it of the database."""
    waits = row.status == Status.REPORTED or row.is_only_claimed
    if not row.is_open or waits or row.review.has_ended:
        return False
    return (row.told_at or row.started_at) < now - SILENT_AFTER


def urgency(on, now):
    """What is overdue, and of it first what nobody tells of; then what is silent; then the rest."""
    return Case(
        When(overdue(on) & silent(now), then=Value(0)),
        When(overdue(on), then=Value(1)),
        When(silent(now), then=Value(2)),
        When(OPEN, then=Value(3)),
        default=Value(4),
        output_field=IntegerField(),
    )


def slip_of(row):
    """Days between the first date and the one that holds; none where there are not two."""
    if not row.moves or row.due is None or row.first_due is None:
        return None
    return (row.due - row.first_due).days
