"""A letter to the Home Office that is registered as sent moves the clock."""

import uuid
from datetime import date, timedelta

import pytest
from django.utils import timezone

from foundations.dates import parse
from reviews.clock import services as clock
from reviews.clock.kinds import Milestone
from reviews.letters.models import RegisterLine
from reviews.letters.services import register_letter_from_elsewhere, write_in_register
from reviews.rules import Role
from reviews.wording.kinds import Kind
from reviews.wording.services import install_house_wordings
from tests.conftest import with_role
from tests.factories.reviews import ReviewFactory
from tests.factories.reviews_letters import finished_letter

pytestmark = pytest.mark.django_db


@pytest.fixture
def review():
    install_house_wordings()
    return ReviewFactory()


@pytest.fixture
def coordinator(review):
    return with_role(Role.COORDINATOR, review)


def told(review):
    """What the clock holds for the day on which the Home Office was told."""
    rows = review.milestones.filter(milestone=Milestone.HOME_OFFICE_TOLD).order_by("pk")
    return [str(row.on) for row in rows]


def sent_elsewhere(review, by, on, kind=Kind.HOME_OFFICE_DECISION):
    return register_letter_from_elsewhere(
        review,
        kind=kind,
        title="Decision",
        on=on,
        how="email",
        by=by,
        key=uuid.uuid4(),
        today=timezone.localdate(),
    )


def line(letter, on, by, *, what="sent", corrects=None):
    return write_in_register(
        letter,
        what=what,
        on=on,
        how="email",
        by=by,
        key=uuid.uuid4(),
        today=timezone.localdate(),
        corrects=corrects,
    )


@pytest.mark.parametrize("kind", [Kind.HOME_OFFICE_DECISION, Kind.HOME_OFFICE_NO_REVIEW])
def test_sending_it_is_the_day_the_home_office_was_told(kind, review, coordinator):
    letter = finished_letter(review, by=coordinator, kind=kind)

    line(letter, timezone.localdate(), coordinator)

    assert told(review) == [f"{timezone.localdate():%-d %B %Y}"]


def test_a_letter_from_elsewhere_counts_with_its_own_day(review, coordinator):
    sent_elsewhere(review, coordinator, date(2026, 2, 9))

    assert told(review) == ["9 February 2026"]


def test_another_letter_moves_nothing(review, coordinator):
    sent_elsewhere(review, coordinator, date(2026, 2, 9), Kind.COMMISSIONER_REPORT)

    assert told(review) == []


def test_a_day_that_somebody_recorded_stands(review, coordinator):
    clock.reached(review, Milestone.HOME_OFFICE_TOLD, parse("1 February 2026").value, coordinator)

    sent_elsewhere(review, coordinator, date(2026, 2, 9))

    assert told(review) == ["1 February 2026"]


def test_a_second_letter_leaves_the_first_day(review, coordinator):
    sent_elsewhere(review, coordinator, date(2026, 2, 9))
    sent_elsewhere(review, coordinator, date(2026, 3, 9))

    assert told(review) == ["9 February 2026"]


def test_a_corrected_line_corrects_the_day_and_keeps_the_first(review, coordinator):
    letter = sent_elsewhere(review, coordinator, date(2026, 2, 9))

    line(letter, date(2026, 2, 10), coordinator, corrects=RegisterLine.objects.get())

    assert told(review) == ["9 February 2026", "10 February 2026"]
    newest = review.milestones.order_by("-pk").first()
    assert newest.why == "The register of letters was corrected"


def test_a_letter_that_came_back_does_not_move_the_day(review, coordinator):
    letter = sent_elsewhere(review, coordinator, date(2026, 2, 9))

    line(letter, date(2026, 2, 11), coordinator, what="returned")

    assert told(review) == ["9 February 2026"]


def test_a_day_before_the_decision_is_registered_and_the_clock_shows_it_missing(
    review, coordinator
):
    today = timezone.localdate()
    clock.reached(review, Milestone.DECIDED, parse(f"{today:%-d %B %Y}").value, coordinator)

    letter = sent_elsewhere(review, coordinator, today - timedelta(days=5))

    assert letter.sent.on == today - timedelta(days=5)
    assert told(review) == []
