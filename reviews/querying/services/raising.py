"""A query is raised first and sent later; or, where nothing is returned, both at once."""

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Max
from django.utils import timezone

from reviews.lifecycle.ended import refuse_if_ended
from reviews.models import Participation
from reviews.querying.models import Query
from reviews.querying.services.moving import KeyOfAnother, locked, made_with, move
from reviews.querying.services.sending import send
from reviews.querying.states import What
from reviews.requests.pack import terms_of

About = Query.About


@transaction.atomic
def raise_query(
    participation,
    *,
    text,
    by,
    key,
    about=About.WHOLE,
    request=None,
    term=None,
    passage=None,
    at=None,
):
    """Not sent yet: the agency knows nothing of it. The same key again gives the first one's."""
    part = _locked(participation)
    if found := Query.objects.filter(key=key).first():
        if found.participation_id != part.pk:
            raise KeyOfAnother
        return found
    _refuse_what_is_not_theirs(part, request, term, passage)
    last = part.queries.aggregate(n=Max("number"))["n"] or 0
    query = Query(
        participation=part,
        request=request,
        key=key,
        number=last + 1,
        about=about,
        term=term,
        passage=passage,
        text=text.strip(),
        raised_at=at or timezone.now(),
        raised_by=by,
    )
    query.full_clean()
    query.save()
    move(query, What.RAISED, by=by, words=query.text, at=at, about=str(about))
    return query


def _locked(participation):
    """A second click waits here for the first, and then finds what it raised."""
    part = (
        Participation.objects.select_for_update(of=("self",))
        .select_related("agency", "review__partnership")
        .get(pk=participation.pk)
    )
    refuse_if_ended(part.review)
    return part


def _refuse_what_is_not_theirs(part, request, term, passage):
    if passage:
        version = passage.file.submission
        if not version.is_sent or version.request.participation_id != part.pk:
            raise ValidationError("That heading stands in nothing that this agency handed in.")
    if request and request.participation_id != part.pk:
        raise ValidationError("That request went to another agency.")
    if term:
        issued = terms_of(part)
        if issued is None or not issued.texts.filter(term=term).exists():
            raise ValidationError(
                {"term": "Choose a term that was issued to the agency: it could not read another"}
            )


@transaction.atomic
def reword(query, *, text, by, key, at=None):
    """Before it goes. The earlier words stay in its history."""
    query = locked(query)
    if found := made_with(key, query, What.REWORDED):
        return found
    made = move(query, What.REWORDED, by=by, key=key, words=text, at=at)
    put_in_words(query, made.words)
    return made


def put_in_words(query, words):
    query.text = words
    query.full_clean()
    query.save(update_fields=["text"])


@transaction.atomic
def ask(participation, *, text, due, by, key, at=None, **about):
    """Raise a query and send it on its own: nothing is returned. Returns the query."""
    query = raise_query(participation, text=text, by=by, key=key, at=at, **about)
    if not query.was_sent:
        (query,) = send([query], due=due, by=by, key=key, at=at)
    return query
