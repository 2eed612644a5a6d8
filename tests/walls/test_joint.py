"""A second partnership that commissions a review together gains what the first has, and loses it."""

import uuid
from datetime import timedelta

import pytest
from django.core import mail
from django.utils import timezone

from reviews.access import forget
from reviews.models import Participation, Review, RoleHolder
from reviews.panel.services.declaring import record_conflict
from reviews.panel.services.joint import begin_joint_commission, end_joint_commission
from reviews.rules import Role
from reviews.services import appoint, end_appointment
from tests.conftest import with_role
from tests.factories.accounts import UserFactory
from tests.factories.reviews_panel import PanelMemberFactory
from tests.walls.access_table import TABLE
from tests.walls.addresses import address

pytestmark = pytest.mark.usefixtures("for_now")

OF_AN_EARLIER_REVIEW_TOO = "desk:repeat-judge"
"""Sets a recommendation beside one of an earlier review, which was the first partnership's alone."""


def pages_of(world):
    here = f"/reviews/{world.rows.one.reference}/"
    found = {name: address(name, world.rows) for name in TABLE}
    return {name: url for name, url in found.items() if url.startswith(here)}


def statuses(world, who):
    user = world.placements[who].user
    forget(user)
    with world.placements[who].standing() as client:
        return {name: client.get(url).status_code for name, url in pages_of(world).items()}


@pytest.fixture
def joint(for_now, world):
    rows = world.rows
    return begin_joint_commission(
        rows.one,
        partnership=rows.two.partnership,
        agreed_on=timezone.localdate(),
        because="Both areas knew the family",
        by=rows.coordinator,
    )


def test_before_it_the_review_does_not_exist_for_them(world):
    found = statuses(world, "coordinator_elsewhere")

    assert {name: status for name, status in found.items() if status != 404} == {}


@pytest.mark.usefixtures("joint")
@pytest.mark.parametrize("role", ["coordinator", "board_reader"])
def test_their_people_reach_what_the_same_role_of_the_first_reaches(role, world):
    theirs, first = statuses(world, f"{role}_elsewhere"), statuses(world, role)
    of_two_reviews = {OF_AN_EARLIER_REVIEW_TOO} if first[OF_AN_EARLIER_REVIEW_TOO] != 404 else set()

    assert {n for n, s in theirs.items() if s != first[n]} == of_two_reviews
    assert theirs[OF_AN_EARLIER_REVIEW_TOO] == 404


@pytest.mark.usefixtures("joint")
@pytest.mark.parametrize("who", ["chair_elsewhere", "panel_member_elsewhere", "author_elsewhere"])
def test_nobody_else_of_theirs_gains_anything(who, world):
    assert set(statuses(world, who).values()) == {404}


@pytest.mark.usefixtures("joint")
def test_their_own_reviews_are_not_opened_to_the_first(world):
    client = world.placements["coordinator"].client

    assert client.get(world.rows.two.get_absolute_url()).status_code == 404


def test_its_end_takes_all_of_it_away_at_once(world, joint):
    end_joint_commission(
        joint, on=timezone.localdate(), because="One area after all", by=world.rows.coordinator
    )

    assert set(statuses(world, "coordinator_elsewhere").values()) == {404}
    assert set(statuses(world, "coordinator").values()) != {404}


def test_whoever_was_appointed_by_both_stays_with_one(world, joint):
    rows, both = world.rows, with_role(Role.COORDINATOR, world.rows.two)
    appoint(user=both, role=Role.COORDINATOR, partnership=rows.one.partnership, by=None)

    end_joint_commission(joint, on=timezone.localdate(), because="Over", by=rows.coordinator)
    forget(both)

    assert Review.objects.visible_to(both).filter(pk=rows.one.pk).exists()


@pytest.mark.usefixtures("joint")
def test_somebody_appointed_later_reaches_it_and_loses_it_with_the_appointment(world):
    rows, new = world.rows, UserFactory()
    appointment = appoint(
        user=new, role=Role.COORDINATOR, partnership=rows.two.partnership, by=None
    )
    assert Review.objects.visible_to(new).filter(pk=rows.one.pk).exists()

    end_appointment(appointment, by=None)
    forget(new)

    assert not Review.objects.visible_to(new).exists()


@pytest.mark.usefixtures("joint")
def test_a_conflict_of_interest_closes_it_to_them_as_to_the_first(world):
    rows, user = world.rows, world.placements["coordinator_elsewhere"].user
    record_conflict(
        PanelMemberFactory(review=rows.one, user=user),
        key=uuid.uuid4(),
        nature="A relative",
        declared_on=timezone.localdate(),
        participation=rows.theirs.part,
        by=None,
    )
    forget(user)

    seen = Participation.objects.visible_to(user).filter(review=rows.one)
    assert rows.theirs.part not in seen
    assert rows.ours.part in seen


def test_begun_twice_is_begun_once(world, joint):
    again = begin_joint_commission(
        world.rows.one,
        partnership=joint.partnership,
        agreed_on=joint.agreed_on - timedelta(days=1),
        because="Again",
        by=None,
    )

    assert again == joint
    assert (
        RoleHolder.objects.filter(
            role_group__review=world.rows.one, appointment__partnership=joint.partnership
        ).count()
        == joint.partnership.appointments.count()
    )


@pytest.mark.usefixtures("joint")
def test_nobody_is_mailed_by_it():
    assert mail.outbox == []
