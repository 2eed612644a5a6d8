import uuid
from datetime import timedelta

import factory
from django.utils import timezone

from foundations.dates import PartialDate
from reviews.requests.models import Request, RequestAnswer, RequestDraft, RequestMove
from reviews.requests.services import answering, asking, extending, moving
from reviews.requests.states import State, What
from tests.factories.accounts import UserFactory
from tests.factories.reviews import ParticipationFactory


class RequestFactory(factory.django.DjangoModelFactory):
    """The row alone; `asked` below makes one the way the pages do."""

    class Meta:
        model = Request

    participation = factory.SubFactory(ParticipationFactory)
    key = factory.LazyFunction(uuid.uuid4)
    kind = Request.Kind.CHRONOLOGY
    why = "Contact was recorded"
    due = factory.LazyFunction(lambda: timezone.localdate() + timedelta(days=28))
    first_due = factory.SelfAttribute("due")


class RequestMoveFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = RequestMove

    request = factory.SubFactory(RequestFactory)
    key = factory.LazyFunction(uuid.uuid4)
    what = What.CHASED
    before = after = State.ASKED


class RequestAnswerFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = RequestAnswer

    move = factory.SubFactory(RequestMoveFactory)
    request = factory.SelfAttribute("move.request")
    destroyed = factory.LazyFunction(PartialDate.none)
    text = "Answered"


class RequestDraftFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = RequestDraft

    request = factory.SubFactory(RequestFactory)
    text = "So far"
    changes = 1


def asked(part=None, *, kind="chronology", what="", by=None, due=None, at=None, **more):
    """One agency asked for one thing, through the service."""
    part = part or ParticipationFactory()
    if kind == "question" and not what:
        what = "Was the referral received?"
    (request,) = asking.ask_agencies(
        part.review,
        participations=[part],
        key=uuid.uuid4(),
        kind=kind,
        what=what,
        why="Contact was recorded",
        due=due or timezone.localdate() + timedelta(days=28),
        by=by or UserFactory(),
        at=at,
        **more,
    )
    return request


def overdue(part=None, *, days=5, **more):
    """Asked a month ago, and late by so many days."""
    now = timezone.now()
    due = timezone.localdate() - timedelta(days=days)
    return asked(part, due=due, at=now - timedelta(days=30), **more)


def submitted(part=None, *, by=None, **more):
    by = by or UserFactory()
    request = asked(part, by=by, **more)
    moving.submit(request, by=by, key=uuid.uuid4())
    request.refresh_from_db()
    return request


def answered_nil(part=None, *, kind="chronology", by=None, nil="nothing_known", **more):
    request = asked(part, kind=kind)
    answering.give_nil(request, by=by or UserFactory(), key=uuid.uuid4(), nil=nil, **more)
    request.refresh_from_db()
    return request


def more_time_asked(part=None, *, by=None, days=14, reason="A post is vacant", **more):
    request = asked(part, **more)
    extending.ask_extension(
        request,
        by=by or UserFactory(),
        key=uuid.uuid4(),
        until=request.due + timedelta(days=days),
        reason=reason,
    )
    return request
