"""Reminding agencies by hand: one message to each person, whatever they owe."""

import uuid

from django.db import transaction

from reviews.requests import emails
from reviews.requests.models import Request
from reviews.requests.services.moving import locked, made_with, move
from reviews.requests.states import What


@transaction.atomic
def chase(requests, *, by, key, at=None):
    """Of these those that are still open are chased. The same key again chases nobody twice."""
    chased = []
    for request in Request.objects.filter(pk__in=[one.pk for one in requests]).order_by("pk"):
        request = locked(request)
        own = uuid.uuid5(key, str(request.pk))
        if made_with(own, request, What.CHASED) or not request.is_open:
            continue
        move(request, What.CHASED, by=by, key=own, at=at)
        chased.append(request)
    emails.chase(chased, key=key)
    return chased
