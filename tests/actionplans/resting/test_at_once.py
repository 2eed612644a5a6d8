"""Two people, or two clicks, at the very same moment."""

import uuid

import pytest

from actionplans.models import Recommendation
from actionplans.resting import services as resting
from actionplans.resting.models import RecommendationLesson, RecommendationVersion
from actionplans.services import ChangedMeanwhile
from tests.factories.findings import LessonFactory
from tests.factories.reviews import ReviewFactory
from tests.walls.test_at_once import at_once

pytestmark = pytest.mark.django_db(transaction=True)


def test_two_clicks_write_one_recommendation():
    review, key = ReviewFactory(), uuid.uuid4()

    def click():
        return resting.make_recommendation(review, text="Train", reach="multi", by=None, key=key)

    first, second = at_once(click, click)

    assert (first, Recommendation.objects.count()) == (second, 1)


def test_two_that_write_at_once_get_two_numbers():
    review = ReviewFactory()

    def write():
        return resting.make_recommendation(
            review, text="Train", reach="multi", by=None, key=uuid.uuid4()
        )

    assert {one.number for one in at_once(write, write)} == {"1", "2"}


def test_of_two_changes_the_second_is_told():
    one = resting.make_recommendation(
        ReviewFactory(), text="Train", reach="multi", by=None, key=uuid.uuid4()
    )

    def change(text):
        def said():
            try:
                return resting.change_recommendation(
                    one,
                    text=text,
                    number="1",
                    reach="multi",
                    scope="",
                    leads=[],
                    reason="Clearer",
                    seen=0,
                    by=None,
                ).text
            except ChangedMeanwhile:
                return "told"

        return said

    found = at_once(change("Train all"), change("Train some"))

    assert found.count("told") == 1
    assert RecommendationVersion.objects.count() == 1


def test_two_that_tie_the_same_make_one_tie():
    lesson = LessonFactory()
    one = resting.make_recommendation(
        lesson.review, text="Train", reach="multi", by=None, key=uuid.uuid4()
    )

    def tie():
        return resting.rest_on(one, [lesson], by=None)

    at_once(tie, tie)

    assert RecommendationLesson.objects.live().count() == 1
