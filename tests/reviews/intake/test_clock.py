"""The clock of a review counts from what its intake recorded: nobody enters a day twice."""

from datetime import date

import pytest

from reviews.clock import services as clock
from reviews.clock.counting import exactly
from reviews.clock.kinds import Milestone
from reviews.clock.queries import clock_of
from reviews.intake.services import notifying
from tests.days import today
from tests.factories.accounts import UserFactory
from tests.factories.reviews import ReviewFactory
from tests.factories.reviews_intake import NotificationFactory, PossibleDuplicateFactory
from tests.reviews.intake.test_deciding import decide

pytestmark = pytest.mark.django_db


def days(review, milestone):
    """Every day that the clock held for it, oldest first."""
    rows = review.milestones.filter(milestone=milestone).order_by("pk")
    return [row.on.earliest for row in rows]


def test_a_review_from_a_notification_counts_from_the_day_it_was_told():
    review = notifying.open_review(
        NotificationFactory(told_on=today(-20)), reference="DHR-2026-91", by=None
    )

    assert days(review, Milestone.NOTIFIED) == [today(-20)]
    assert clock_of(review, today()).due(Milestone.DECIDED)


def test_an_earlier_notification_of_the_same_death_moves_it():
    newer = NotificationFactory(told_on=today(-20))
    review = notifying.open_review(newer, reference="DHR-2026-92", by=None)
    older = NotificationFactory(told_on=today(-23), partnership=newer.partnership)
    doubt = PossibleDuplicateFactory(notification=older, other=newer)

    notifying.decide_duplicate(doubt, verdict="same", by=UserFactory())

    assert days(review, Milestone.NOTIFIED) == [today(-20), today(-23)]


@pytest.mark.parametrize("outcome", ["review", "no_review"])
def test_a_decision_is_the_day_that_the_report_counts_from(outcome):
    review = ReviewFactory()

    decide(review, outcome=outcome)

    assert days(review, Milestone.DECIDED) == [today()]


def test_a_deferred_decision_is_none_yet():
    review = ReviewFactory()

    decide(review, outcome="deferred", look_again_on=today(14))

    assert days(review, Milestone.DECIDED) == []


def test_a_further_decision_moves_the_day_and_keeps_the_first():
    review = ReviewFactory()
    decide(review, outcome="no_review", decided_on=today(-5))

    decide(review, seen=1)

    assert days(review, Milestone.DECIDED) == [today(-5), today()]


def test_a_day_that_the_coordinator_set_on_the_clock_stands():
    review = ReviewFactory()
    clock.reached(review, Milestone.DECIDED, exactly(date(2026, 1, 5)), None)

    decide(review)

    assert days(review, Milestone.DECIDED) == [date(2026, 1, 5)]
