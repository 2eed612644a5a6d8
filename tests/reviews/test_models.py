import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from reviews.models import Appointment, Participation, RoleGroup, Share
from reviews.rules import Role
from tests.conftest import with_role
from tests.factories.accounts import UserFactory
from tests.factories.agencies import PartnershipFactory
from tests.factories.reviews import ParticipationFactory, ReviewFactory

pytestmark = pytest.mark.django_db


def refused(write):
    """The database itself says no, whatever code was forgotten."""
    with pytest.raises(IntegrityError) as refusal, transaction.atomic():
        write()
    return refusal.value.__cause__.diag.constraint_name


def test_an_agency_takes_part_once():
    part = ParticipationFactory()

    assert (
        refused(lambda: ParticipationFactory(review=part.review, agency=part.agency))
        == "one_part_each"
    )


def test_submitted_at_and_by_go_together():
    part = ParticipationFactory()
    parts = Participation.objects.filter(pk=part.pk)

    assert (
        refused(lambda: parts.update(submitted_at=timezone.now()))
        == "participation_submitted_at_and_by_go_together"
    )


@pytest.mark.parametrize(
    ("role", "with_partnership"),
    [(Role.COORDINATOR, False), (Role.ADMINISTRATOR, True), (Role.CHAIR, True)],
)
def test_an_appointment_is_to_the_right_kind_of_place(role, with_partnership):
    place = PartnershipFactory() if with_partnership else None

    assert (
        refused(
            lambda: Appointment.objects.create(user=UserFactory(), role=role, partnership=place)
        )
        == "appointment_is_to_the_right_kind_of_place"
    )


def test_an_administrator_is_appointed_once():
    user = with_role(Role.ADMINISTRATOR)

    assert (
        refused(lambda: Appointment.objects.create(user=user, role=Role.ADMINISTRATOR))
        == "one_appointment_each"
    )


@pytest.mark.parametrize(("role", "in_part"), [(Role.IMR_AUTHOR, False), (Role.CHAIR, True)])
def test_a_role_group_is_in_the_right_kind_of_place(role, in_part):
    part = ParticipationFactory()
    group = _some_group()

    assert (
        refused(
            lambda: RoleGroup.objects.create(
                group=group,
                role=role,
                review=part.review,
                participation=part if in_part else None,
            )
        )
        == "role_group_is_in_the_right_kind_of_place"
    )


def _some_group():
    user = with_role(Role.CHAIR, ReviewFactory())
    group = user.groups.get()
    group.rolegroup.delete()
    return group


def test_a_role_has_one_group_in_a_place():
    review = ReviewFactory()
    with_role(Role.CHAIR, review)
    group = _some_group()

    assert (
        refused(lambda: RoleGroup.objects.create(group=group, role=Role.CHAIR, review=review))
        == "one_group_per_role_and_place"
    )


@pytest.mark.parametrize(
    ("terms", "constraint"),
    [
        ({"with_role": Role.BOARD_READER}, "share_reaches_a_role"),
        ({"withdrawn": True}, "share_withdrawn_at_and_by_go_together"),
        ({"with_part": True}, "share_names_an_agency_only_for_agency_roles"),
    ],
)
def test_what_a_share_cannot_be(terms, constraint):
    part = ParticipationFactory()
    share = Share(
        review=part.review,
        material="chronology",
        with_role=terms.get("with_role", Role.PANEL_MEMBER),
        with_participation=part if "with_part" in terms else None,
        withdrawn_at=timezone.now() if "withdrawn" in terms else None,
        shared_by=UserFactory(),
    )

    assert refused(share.save) == constraint


def test_contributing_leaves_out_bodies_that_only_lead():
    part = ParticipationFactory()
    ParticipationFactory(review=part.review, is_lead_only=True)

    assert list(Participation.objects.contributing()) == [part]


@pytest.mark.parametrize(
    ("label", "short"), [("dhr", "DHR"), ("dardr", "DARDR"), ("other", "Review")]
)
def test_a_review_is_called_what_its_partnership_calls_it(label, short):
    assert ReviewFactory.build(label=label).short_label == short
