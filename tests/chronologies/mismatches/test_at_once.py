"""Two people, or two clicks of one, at the very same moment."""

import uuid

import pytest
from django.core.exceptions import ValidationError

from chronologies.mismatches.looking import look_again
from chronologies.mismatches.models import Judgement, MismatchQuery
from chronologies.mismatches.services import asking, judging
from foundations.post.models import Job
from tests.factories.accounts import UserFactory
from tests.factories.reviews_querying import in_days
from tests.walls.test_at_once import at_once

pytestmark = pytest.mark.django_db(transaction=True)


def tried(task):
    """What a task gives, or the refusal that it raised."""

    def run():
        try:
            return task()
        except ValidationError as refusal:
            return refusal

    return run


def test_of_two_who_judge_at_once_the_second_is_told(sent):
    seen, people = judging.seen_of(sent), (UserFactory(), UserFactory())

    found = at_once(
        *[
            tried(
                lambda by=by, verdict=verdict: judging.judge(
                    sent, verdict=verdict, reason="So", by=by, key=uuid.uuid4(), seen=seen
                )
            )
            for by, verdict in zip(people, ("accepted", "not_material"), strict=True)
        ]
    )

    assert {type(one) for one in found} == {Judgement, judging.JudgedMeanwhile}
    assert Judgement.objects.count() == 1


def test_a_double_click_asks_once(sent, haven):
    by, key = UserFactory(), uuid.uuid4()

    first, again = at_once(
        *[lambda: asking.ask(sent, haven, text="Was it?", due=in_days(), by=by, key=key)] * 2
    )

    assert first == again
    assert MismatchQuery.objects.count() == Judgement.objects.count() == 1


def test_two_people_who_ask_two_agencies_at_once_both_ask(sent, police, haven):
    people = UserFactory(), UserFactory()

    at_once(
        *[
            lambda by=by, part=part: asking.ask(sent, part, text="Was it?", by=by, key=uuid.uuid4())
            for by, part in zip(people, (police, haven), strict=True)
        ]
    )

    assert MismatchQuery.objects.count() == 2
    assert Judgement.objects.count() == 1


def test_two_who_look_again_at_once_begin_one_look(sent):
    jobs = at_once(*[lambda: look_again(sent.review)] * 2)

    assert {job.pk for job in jobs} == {Job.objects.get().pk}
