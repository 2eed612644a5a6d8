"""What agencies sent, asked for and answered, while it waits for those who lead the review.

It has no day to be done by. They are told on the day after it came, and once more when it still
waits; whoever entered it on an agency's behalf knows.
"""

from django.db.models import OuterRef, Subquery
from django.utils import timezone

from reviews.querying.models import Query, QueryMove
from reviews.querying.states import What as QueryWhat
from reviews.reminders.kinds import Owed
from reviews.requests.models import Request, RequestMove
from reviews.requests.states import CAME, EXTENSION, What


def requests_come(reviews):
    rows = Request.objects.filter(state__in=CAME)
    return _waiting(_with_last(rows, reviews, what=[What.SUBMITTED, What.NIL]))


def time_asked(reviews):
    rows = _with_last(Request.objects.open(), reviews, what=EXTENSION)
    return _waiting(rows.filter(last_what=What.EXTENSION_ASKED))


def answers_given(reviews):
    moves = QueryMove.objects.filter(query=OuterRef("pk"), what=QueryWhat.ANSWERED)
    return _waiting(_told(Query.objects.answered(), moves, reviews))


def _with_last(rows, reviews, *, what):
    moves = RequestMove.objects.filter(request=OuterRef("pk"), what__in=what)
    return _told(rows, moves, reviews)


def _told(rows, moves, reviews):
    """With the last of those moves."""
    last = moves.order_by("-pk")
    return (
        rows.filter(participation__review__in=reviews)
        .select_related("participation__review")
        .annotate(
            last_what=Subquery(last.values("what")[:1]),
            last_at=Subquery(last.values("at")[:1]),
            last_by=Subquery(last.values("by")[:1]),
        )
    )


def _waiting(rows):
    for row in rows:
        came = timezone.localdate(row.last_at)
        yield Owed(
            item=str(row.pk),
            review=row.participation.review,
            due=came,
            since=came,
            page=row.get_absolute_url(),
            part_id=row.participation_id,
            not_for=frozenset({row.last_by} - {None}),
            inside=True,
            for_leaders=True,
        )
