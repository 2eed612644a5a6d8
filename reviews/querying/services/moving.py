"""One query from state to state. Each move is a row, told in the trail; none is ever changed.

Whoever calls has asked rules.py. The same key again gives the first one's move.
"""

from django.utils import timezone

from audit.models import EventType
from audit.services import record
from reviews.lifecycle.ended import refuse_if_ended
from reviews.querying.models import Query, QueryMove
from reviews.querying.states import What, after
from reviews.requests.services.moving import KeyOfAnother

_EVENTS = {
    What.RAISED: EventType.QUERY_RAISED,
    What.REWORDED: EventType.QUERY_REWORDED,
    What.SENT: EventType.QUERY_SENT,
    What.ANSWERED: EventType.QUERY_ANSWERED,
    What.ACCEPTED: EventType.QUERY_ACCEPTED,
    What.DISPUTED: EventType.QUERY_DISPUTED,
    What.ASKED_AGAIN: EventType.QUERY_ASKED_AGAIN,
    What.WITHDRAWN: EventType.QUERY_WITHDRAWN,
}


def locked(query):
    """The query for as long as the transaction; a second person, or click, waits here."""
    query = (
        Query.objects.select_for_update(of=("self",))
        .select_related("participation__agency", "participation__review__partnership", "request")
        .get(pk=query.pk)
    )
    refuse_if_ended(query.review)
    return query


def made_with(key, query, what):
    """What the first click of the same form made."""
    found = QueryMove.objects.filter(key=key).first() if key else None
    if found and (found.query_id, found.what) != (query.pk, what):
        raise KeyOfAnother
    return found


def move(query, what, *, by, key=None, words="", due=None, on_behalf=False, at=None, **tell):
    """Write one move of a query that is locked. Raises NotNow."""
    is_new = what == What.RAISED
    made = QueryMove(
        query=query,
        key=key,
        what=what,
        before="" if is_new else query.state,
        after=after(what, "" if is_new else query.state),
        due=due,
        words=words.strip(),
        on_behalf=on_behalf,
        at=at or timezone.now(),
        by=by,
    )
    made.full_clean()
    made.save()
    if query.state != made.after:
        query.state = made.after
        query.full_clean()
        query.save(update_fields=["state"])
    record(
        _EVENTS[what],
        by=by,
        review=query.review,
        target=query,
        agency=query.participation.agency.name,
        number=query.number,
        on_behalf=on_behalf,
        **({"due": due} if due else {}),
        **tell,
    )
    return made
