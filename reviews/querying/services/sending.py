"""Sending queries: with what is returned, or on their own. One message to each person."""

import uuid

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone

from reviews.querying import emails
from reviews.querying.models import Query
from reviews.querying.services.moving import locked, made_with, move
from reviews.querying.states import State, What
from reviews.requests.models import Request
from reviews.requests.services.moving import made_with as request_made_with
from reviews.requests.services.moving import refuse_past, return_request
from reviews.requests.states import What as RequestWhat

_BEFORE = []


def ask_before_sending(check):
    """`check(query, by)` raises ValidationError where a query must not go; a room above knows of
    words in it that this one does not."""
    _BEFORE.append(check)


@transaction.atomic
def send(queries, *, due, by, key, at=None):
    """On their own, nothing being returned: all of one agency. Returns those that went."""
    if at is None:
        refuse_past(due)
    sent = _send(queries, due=due, by=by, key=key, at=at)
    if sent:
        emails.say_that_there_are(sent, key=key)
    return sent


@transaction.atomic
def return_with(request, *, queries, by, key, reason, due, at=None):
    """Back to the agency with these queries, which are all that it has to deal with now. Returns
    the move of the request."""
    request = Request.objects.select_for_update(of=("self",)).get(pk=request.pk)
    if found := request_made_with(key, request, RequestWhat.RETURNED):
        return found
    if any(query.request_id != request.pk for query in queries):
        raise ValidationError({"queries": "That query belongs to something else"})
    made = return_request(request, by=by, key=key, reason=reason, due=due, at=at)
    _send(queries, due=due, by=by, key=key, at=at, comes_with_request=True)
    return made


def _send(queries, *, due, by, key, at, comes_with_request=False):
    """Those that went meanwhile are left as they are."""
    sent = []
    for query in Query.objects.filter(pk__in=[one.pk for one in queries]).order_by("pk"):
        query = locked(query)
        own = uuid.uuid5(key, str(query.pk))
        if made_with(own, query, What.SENT) or query.state != State.NOT_SENT:
            continue
        for check in _BEFORE:
            check(query, by)
        query.due, query.sent_at = due, at or timezone.now()
        query.comes_with_request = comes_with_request
        query.save(update_fields=["due", "sent_at", "comes_with_request"])
        move(query, What.SENT, by=by, key=own, due=due, at=at)
        sent.append(query)
    return sent
