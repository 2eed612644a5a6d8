"""The first chair who takes the seat is the chair appointed."""

import uuid

import pytest

from foundations.dates import parse
from reviews.clock import services as clock
from reviews.clock.kinds import Milestone
from reviews.panel.models import Capacity
from reviews.panel.services import members
from tests.factories.accounts import UserFactory
from tests.factories.reviews import ReviewFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def review():
    return ReviewFactory()


def seat(review, joined, capacity=Capacity.CHAIR, **more):
    return members.add_member(
        review,
        key=uuid.uuid4(),
        by=None,
        name="Robin Vale",
        organisation="Independent",
        capacity=capacity,
        joined=parse(joined).value,
        **more,
    )


def appointed(review):
    rows = review.milestones.filter(milestone=Milestone.CHAIR_APPOINTED).order_by("pk")
    return [str(row.on) for row in rows]


@pytest.mark.parametrize("joined", ["2 March 2026", "March 2026", "spring 2026"])
def test_seating_a_chair_tells_the_clock_as_exactly_as_it_is_known(joined, review):
    seat(review, joined)

    assert appointed(review) == [joined]


@pytest.mark.parametrize(
    ("joined", "capacity"), [("", Capacity.CHAIR), ("2 March 2026", Capacity.MEMBER)]
)
def test_no_day_and_no_chair_tell_it_nothing(joined, capacity, review):
    seat(review, joined, capacity)

    assert appointed(review) == []


def test_what_the_clock_has_already_stands(review):
    clock.reached(review, Milestone.CHAIR_APPOINTED, parse("June 2025").value, UserFactory())

    seat(review, "2 March 2026")

    assert appointed(review) == ["June 2025"]


def test_another_day_of_the_first_chair_corrects_it(review):
    chair = seat(review, "2 March 2026")

    particulars = {name: getattr(chair, name) for name in members.PARTICULARS}
    members.change_member(
        chair, because="Misread", by=None, joined=parse("9 March 2026").value, **particulars
    )

    assert appointed(review) == ["2 March 2026", "9 March 2026"]


def test_the_day_a_later_chair_joined_the_panel_is_not_that_of_the_chair(review):
    member = seat(review, "2 March 2026", Capacity.MEMBER)

    particulars = {name: getattr(member, name) for name in members.PARTICULARS}
    members.change_member(
        member,
        because="Took the chair",
        by=None,
        joined=member.joined,
        **particulars | {"capacity": Capacity.CHAIR},
    )

    assert appointed(review) == []
