"""Asking agencies whether they knew the people of a review, and what they answer."""

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Max
from django.utils import timezone

from audit.models import EventType
from audit.services import record
from reviews.intake import emails
from reviews.intake.models import KnownPerson, ScopingAnswer, ScopingRequest
from reviews.intake.services import made_with
from reviews.lifecycle.ended import refuse_if_ended
from reviews.models import Participation, Review


def owing_an_answer(review):
    """Ids of the parts that were asked and have not answered."""
    return set(
        ScopingRequest.objects.of(review)
        .filter(answers=None)
        .values_list("participation", flat=True)
    )


@transaction.atomic
def ask_agencies(review, *, participations, due, by, names_sent="", note=""):
    """Ask each of them; one that still owes an answer is not asked twice. Returns the new ones."""
    refuse_if_ended(Review.objects.get(pk=review.pk))
    if due < timezone.localdate():
        raise ValidationError({"due": "Enter today's date or a later one."})
    # A second click waits here for the first, and then finds what it asked.
    parts = Participation.objects.select_for_update(of=("self",)).filter(
        review=review, pk__in=[part.pk for part in participations]
    )
    owing = owing_an_answer(review)
    return [
        _ask(part, due=due, by=by, names_sent=names_sent, note=note)
        for part in parts.select_related("agency", "review")
        if part.pk not in owing
    ]


def _ask(part, *, due, by, names_sent, note):
    request = ScopingRequest(
        participation=part, asked_by=by, due=due, names_sent=names_sent, note=note
    )
    request.full_clean()
    request.save()
    record(
        EventType.SCOPING_ASKED,
        by=by,
        review=part.review,
        target=request,
        agency=part.agency.name,
        due=due,
    )
    emails.ask_for_scoping(request)
    return request


@transaction.atomic
def answer_scoping(request, *, key, people, by, on_behalf=False, **answer):
    """`people` is {person: (known, from, to)}. The same key again gives the first answer."""
    request = ScopingRequest.objects.select_for_update().get(pk=request.pk)
    refuse_if_ended(request.participation.review)
    if found := made_with(key, ScopingAnswer.objects, request_id=request.pk):
        return found
    newest = request.answers.aggregate(newest=Max("number"))["newest"] or 0
    known = any(known == ScopingAnswer.Known.KNOWN for known, *_ in people.values())
    given = ScopingAnswer(
        request=request,
        number=newest + 1,
        key=key,
        known=ScopingAnswer.Known.KNOWN if known else ScopingAnswer.Known.NOT_KNOWN,
        answered_by=by,
        on_behalf=on_behalf,
        **answer,
    )
    given.full_clean()
    given.save()
    for person, (known, start, end) in people.items():
        line = KnownPerson(answer=given, person=person, known=known, known_from=start, known_to=end)
        line.full_clean()
        line.save()
    record(
        EventType.SCOPING_ANSWERED,
        by=by,
        review=request.participation.review,
        target=given,
        agency=request.participation.agency.name,
        number=given.number,
        known=given.known,
        destroyed=given.records_destroyed,
        on_behalf=on_behalf,
    )
    return given
