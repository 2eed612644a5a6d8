"""Asking one agency or many. Nobody learns whom else was asked."""

import uuid

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone

from reviews.lifecycle.ended import refuse_if_ended
from reviews.models import Participation, Review
from reviews.requests import emails
from reviews.requests.models import Request
from reviews.requests.services.moving import KeyOfAnother, move
from reviews.requests.states import What

# Of these an agency owes one at a time; reports and questions may be many.
ONE_AT_A_TIME = frozenset({Request.Kind.CHRONOLOGY, Request.Kind.IMR})


def owing(review, kind):
    """Ids of the parts that owe this kind of thing already, where one is enough."""
    if kind not in ONE_AT_A_TIME:
        return set()
    rows = Request.objects.of(review).open().filter(kind=kind)
    return set(rows.values_list("participation", flat=True))


@transaction.atomic
def ask_agencies(review, *, participations, key, kind, due, why, by, what="", at=None):
    """Ask each of them for the same. Returns the requests, also those of the first click.

    One that owes the same kind of thing already is left out. `at` is for what was asked before it
    was entered here, the only way to a day that has passed.
    """
    refuse_if_ended(Review.objects.select_for_update(no_key=True).get(pk=review.pk))
    if at is None and due < timezone.localdate():
        raise ValidationError({"due": "The day must be today or later"})
    # A second click waits here for the first, and then finds what it asked.
    parts = (
        Participation.objects.select_for_update(of=("self",))
        .select_related("agency", "review__partnership")
        .contributing()
        .filter(review=review, pk__in=[part.pk for part in participations])
    )
    parts, owe = list(parts), owing(review, kind)
    asked = [
        _ask(part, key=uuid.uuid5(key, str(part.pk)), owes=part.pk in owe, kind=kind, due=due,
             what=what, why=why, by=by, at=at)
        for part in parts
    ]  # fmt: skip
    return [request for request in asked if request]


def _ask(part, *, key, owes, kind, due, what, why, by, at):
    if found := Request.objects.filter(key=key).first():
        if found.participation_id != part.pk:
            raise KeyOfAnother
        return found
    if owes:
        return None
    request = Request(
        participation=part,
        key=key,
        kind=kind,
        what=what.strip(),
        why=why.strip(),
        due=due,
        first_due=due,
        asked_by=by,
        asked_at=at or timezone.now(),
    )
    request.full_clean()
    request.save()
    move(request, What.ASKED, by=by, at=at)
    emails.say_that_it_is_asked(request)
    return request
