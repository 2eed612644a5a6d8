"""Two people, or two clicks of one, at the very same moment."""

import uuid

import pytest

from chronologies.querying.services import answer_found
from reviews.querying.models import Answer, Query
from reviews.querying.services import answering, deciding, raising
from reviews.requests.models import RequestMove
from reviews.requests.states import NotNow
from tests.factories.accounts import UserFactory
from tests.factories.chronologies import EntryFactory
from tests.factories.reviews import ParticipationFactory
from tests.factories.reviews_querying import answered, raised, returned_with, sent
from tests.factories.reviews_requests import submitted
from tests.walls.test_at_once import at_once

pytestmark = pytest.mark.django_db(transaction=True)


def tried(task):
    """What a task gives, or the refusal that it raised."""

    def run():
        try:
            return task()
        except NotNow as refusal:
            return str(refusal)

    return run


def test_two_queries_raised_at_once_are_two_with_numbers_of_their_own():
    request, by = submitted(kind="imr"), UserFactory()

    at_once(*[lambda: raised(request, by=by)] * 2)

    assert sorted(Query.objects.values_list("number", flat=True)) == [1, 2]


def test_a_double_click_raises_one():
    request, by, key = submitted(kind="imr"), UserFactory(), uuid.uuid4()

    def click():
        return raising.raise_query(
            request.participation, request=request, text="When?", by=by, key=key
        )

    first, again = at_once(click, click)

    assert first == again
    assert Query.objects.count() == 1


def test_two_people_who_answer_at_once_have_both_answered():
    query, people = sent(), (UserFactory(), UserFactory())

    at_once(
        *[
            lambda by=by: answering.answer(query, by=by, key=uuid.uuid4(), kind="no_record")
            for by in people
        ]
    )

    assert set(Answer.objects.values_list("move__by", flat=True)) == {by.pk for by in people}


def test_a_double_click_on_found_is_one_answer():
    part = ParticipationFactory()
    query, by, key = sent(part), UserFactory(), uuid.uuid4()
    entry = EntryFactory(participation=part, review=part.review)

    first, again = at_once(*[lambda: answer_found(query, entries=[entry], by=by, key=key)] * 2)

    assert first == again
    assert Answer.objects.count() == 1


def test_of_two_decisions_one_counts_and_the_other_is_told():
    query, by = answered(), UserFactory()

    found = at_once(
        tried(lambda: deciding.accept(query, by=by, key=uuid.uuid4())),
        tried(lambda: deciding.withdraw(query, by=by, key=uuid.uuid4(), reason="Twice")),
    )

    assert len([one for one in found if isinstance(one, str)]) == 1
    query.refresh_from_db()
    assert query.state in {"accepted", "withdrawn"}


def test_a_double_click_on_sending_the_answers_is_one_receipt():
    request, (query,) = returned_with("When?")
    answered(query)
    by, key = UserFactory(), uuid.uuid4()
    before = RequestMove.objects.filter(request=request, what="submitted").count()

    first, again = at_once(*[lambda: answering.send_answers(request, by=by, key=key)] * 2)

    assert first == again
    assert RequestMove.objects.filter(request=request, what="submitted").count() == before + 1
