"""Queries about entries, and answers that point at them."""

from django.core.exceptions import ValidationError
from django.db import transaction

from chronologies.models import Entry
from chronologies.querying.models import AnswerEntry, QueryEntry
from reviews.querying.models import Answer, Query
from reviews.querying.services import answering, raising


@transaction.atomic
def raise_about(entry, *, text, by, key, request=None, at=None):
    """Raise a query about one entry; it is not sent yet. The same key again gives the first one's."""
    return _about(raising.raise_query, entry, text=text, by=by, key=key, request=request, at=at)


@transaction.atomic
def ask_about(entry, *, text, due, by, key, request=None, at=None):
    """Raise a query about one entry and send it on its own."""
    return _about(raising.ask, entry, text=text, due=due, by=by, key=key, request=request, at=at)


def _about(make, entry, **said):
    if entry.participation is None:
        raise ValidationError("This entry is the review team’s own: there is nobody to ask.")
    if entry.is_withdrawn:
        raise ValidationError("This entry was withdrawn.")
    query = make(entry.participation, about=Query.About.ENTRY, **said)
    QueryEntry.objects.get_or_create(query=query, defaults={"entry": entry})
    return query


@transaction.atomic
def answer_found(query, *, entries, by, key, **said):
    """“Found, and it stands in our chronology”: in these entries. Returns the answer."""
    own = Entry.objects.live().filter(participation=query.participation_id)
    if not entries or own.filter(pk__in=[one.pk for one in entries]).count() != len(entries):
        raise ValidationError({"entries": "Choose entries of the agency’s own chronology"})
    given = answering.answer(query, by=by, key=key, kind=Answer.Kind.FOUND, **said)
    for entry in entries:
        AnswerEntry.objects.get_or_create(answer=given, entry=entry)
    return given
