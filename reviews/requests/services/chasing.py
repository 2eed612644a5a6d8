"""Reminding agencies by hand: one message to each person, whatever they owe."""

import uuid

from django.db import transaction

from reviews.requests import emails
from reviews.requests.models import Request
from reviews.requests.queries import people_of_each
from reviews.requests.services.moving import locked, made_with, move
from reviews.requests.states import What


@transaction.atomic
def chase(requests, *, by, key, at=None):
    """Of these those that are still open are chased, where somebody can answer: nobody is told
    otherwise. The same key again chases nobody twice."""
    chased = []
    found = list(Request.objects.filter(pk__in=[one.pk for one in requests]).order_by("pk"))
    people = people_of_each([one.participation_id for one in found])
    for request in found:
        if not people.get(request.participation_id):
            continue
        request = locked(request)
        own = uuid.uuid5(key, str(request.pk))
        if made_with(own, request, What.CHASED) or not request.is_open:
            continue
        move(request, What.CHASED, by=by, key=own, at=at)
        chased.append(request)
    emails.chase(chased, key=key)
    return chased
