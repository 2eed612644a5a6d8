import uuid
from datetime import timedelta

import factory
from django.utils import timezone

from reviews.querying.models import Answer, Query, QueryMove
from reviews.querying.services import answering, deciding, raising, sending
from reviews.querying.states import State, What
from tests.factories.accounts import UserFactory
from tests.factories.reviews import ParticipationFactory
from tests.factories.reviews_requests import submitted


class QueryFactory(factory.django.DjangoModelFactory):
    """The row alone; `raised`, `sent` and `answered` below make one the way the pages do."""

    class Meta:
        model = Query

    participation = factory.SubFactory(ParticipationFactory)
    key = factory.LazyFunction(uuid.uuid4)
    number = factory.Sequence(lambda n: n + 1)
    text = "Was the referral received?"


class QueryMoveFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = QueryMove

    query = factory.SubFactory(QueryFactory)
    key = factory.LazyFunction(uuid.uuid4)
    what = What.RAISED
    after = State.NOT_SENT
    words = "Was the referral received?"


class AnswerFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Answer

    move = factory.SubFactory(QueryMoveFactory)
    query = factory.SelfAttribute("move.query")
    kind = Answer.Kind.NO_RECORD


def in_days(n=14):
    return timezone.localdate() + timedelta(days=n)


def raised(request=None, *, part=None, by=None, text="Was the referral received?", **more):
    """About what was submitted for a request, not sent yet."""
    if request is None and part is None:
        request = submitted(kind="imr")
    return raising.raise_query(
        part or request.participation,
        request=request,
        text=text,
        by=by or UserFactory(),
        key=uuid.uuid4(),
        **more,
    )


def sent(part=None, *, request=None, by=None, days=14, text="Was it received?", **more):
    """On its own."""
    return raising.ask(
        part or (request.participation if request else ParticipationFactory()),
        request=request,
        text=text,
        due=in_days(days),
        by=by or UserFactory(),
        key=uuid.uuid4(),
        **more,
    )


def answered(query=None, *, part=None, by=None, kind="no_record", text="", **more):
    query = query or sent(part)
    answering.answer(query, by=by or UserFactory(), key=uuid.uuid4(), kind=kind, text=text, **more)
    query.refresh_from_db()
    return query


def returned_with(*texts, request=None, part=None, by=None, days=14, kind="imr"):
    """A request that came back with queries in these words. Returns (request, queries)."""
    by = by or UserFactory()
    request = request or submitted(part, by=by, kind=kind)
    queries = [raised(request, text=text, by=by) for text in texts]
    sending.return_with(
        request,
        queries=queries,
        by=by,
        key=uuid.uuid4(),
        reason="Please see the queries",
        due=in_days(days),
    )
    request.refresh_from_db()
    for query in queries:
        query.refresh_from_db()
    return request, queries


def accepted(query, *, by=None):
    deciding.accept(query, by=by or UserFactory(), key=uuid.uuid4())
    query.refresh_from_db()
    return query
