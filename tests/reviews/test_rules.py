"""Every role reaches what GRANTS says, there and nowhere else, and the tables refuse the rest."""

import pytest
from django.contrib.auth.models import Permission
from django.core.exceptions import ValidationError
from guardian.shortcuts import assign_perm

from reviews import rules
from reviews.access import access_of
from reviews.models import RoleGroup
from reviews.rules import GRANTS, Role, Stage
from tests.conftest import with_role
from tests.factories.accounts import UserFactory
from tests.factories.agencies import PartnershipFactory
from tests.factories.reviews import ParticipationFactory, ReviewFactory

pytestmark = pytest.mark.django_db

# What the design says in words, told once more and on its own.
MAY_IN_REVIEW = {
    Role.COORDINATOR: {
        "view_review",
        "run_review",
        "act_for_agencies",
        "read_chronologies",
        "read_action_plan",
        "change_action_plan",
        "share_material",
        "read_trail",
        "see_access",
        "lead_intake",
        "read_clock",
        "write_terms",
        "keep_family_log",
        "keep_register",
        "write_letters",
        "read_panel",
        "lead_panel",
        "keep_course",
        "keep_meetings",
        "read_proceedings",
        "lead_proceedings",
        "lead_requests",
        "lead_analysis",
        "write_documents",
    },
    Role.CHAIR: {
        "view_review",
        "read_chronologies",
        "read_action_plan",
        "change_action_plan",
        "share_material",
        "read_trail",
        "see_access",
        "lead_intake",
        "read_clock",
        "write_terms",
        "keep_family_log",
        "keep_register",
        "write_letters",
        "read_panel",
        "lead_panel",
        "keep_course",
        "keep_meetings",
        "read_proceedings",
        "lead_proceedings",
        "lead_requests",
        "lead_analysis",
        "write_documents",
    },
    Role.BOARD_READER: {"view_review", "read_published_plan"},
    Role.HOME_OFFICE_READER: {"view_review", "read_action_plan", "read_submitted"},
    Role.PANEL_MEMBER: {
        "view_review",
        "read_panel",
        "read_issued_terms",
        "read_meetings",
        "read_proceedings",
    },
    Role.IMR_AUTHOR: {"view_review"},
    Role.SIGN_OFF_OFFICER: {"view_review"},
    Role.ACTION_LEAD: {"view_review"},
    Role.ADMINISTRATOR: set(),
}
MAY_IN_OWN_PART = {
    Role.IMR_AUTHOR: {
        "view_participation",
        "read_own_entries",
        "read_own_actions",
        "change_own_entries",
        "delegate_role",
        "answer_scoping",
        "raise_concern",
        "read_own_terms",
        "answer_requests",
    },
    Role.SIGN_OFF_OFFICER: {
        "view_participation",
        "read_own_entries",
        "read_own_actions",
        "change_own_entries",
        "delegate_role",
        "answer_scoping",
        "raise_concern",
        "read_own_terms",
        "answer_requests",
        "sign_off_submissions",
        "submit_chronology",
    },
    Role.ACTION_LEAD: {
        "view_participation",
        "read_own_actions",
        "update_own_actions",
        "raise_concern",
    },
}
REVIEW_RIGHTS = frozenset().union(*MAY_IN_REVIEW.values())
PART_RIGHTS = frozenset().union(*MAY_IN_OWN_PART.values())


def test_grants_say_what_the_design_says():
    assert {role: set(grant.review) for role, grant in GRANTS.items()} == MAY_IN_REVIEW
    assert {
        role: set(grant.participation) for role, grant in GRANTS.items() if grant.participation
    } == MAY_IN_OWN_PART


def test_every_role_has_a_place_and_a_grant():
    places = [
        rules.SITE_ROLES,
        rules.PARTNERSHIP_ROLES,
        rules.REVIEW_ROLES,
        rules.AGENCY_ROLES,
    ]

    assert sorted(role for place in places for role in place) == sorted(Role)
    assert set(GRANTS) == set(Role)


def test_every_right_exists():
    assert (
        set(
            Permission.objects.filter(content_type__app_label="reviews").values_list(
                "codename", flat=True
            )
        )
        >= REVIEW_RIGHTS | PART_RIGHTS
    )


@pytest.mark.parametrize("role", Role)
def test_a_role_reaches_its_own_place_alone(role):
    review = ReviewFactory(stage=Stage.QUALITY_ASSURANCE)
    beside = ReviewFactory(stage=Stage.QUALITY_ASSURANCE)
    part, other = ParticipationFactory(review=review), ParticipationFactory(review=review)
    ParticipationFactory(review=beside, agency=part.agency)
    in_agency = role in rules.AGENCY_ROLES

    access = access_of(with_role(role, review, part if in_agency else None))

    assert {right for right in REVIEW_RIGHTS if access.may(right, review)} == MAY_IN_REVIEW[role]
    assert {right for right in PART_RIGHTS if access.may(right, part)} == MAY_IN_OWN_PART.get(
        role, set()
    )
    assert {right for right in PART_RIGHTS if access.may(right, other)} == set()
    assert {right for right in REVIEW_RIGHTS if access.may(right, beside)} == set()


@pytest.mark.parametrize("stage", Stage)
def test_the_home_office_reads_once_a_review_has_come_to_it(stage):
    review = ReviewFactory(stage=stage)
    reader = with_role(Role.HOME_OFFICE_READER, review)

    assert access_of(reader).may("view_review", review) == (
        stage in {"quality_assurance", "publication", "monitoring", "closed"}
    )


def test_a_right_of_no_role_is_refused_by_the_table():
    review = ReviewFactory()
    with_role(Role.CHAIR, review)
    group = RoleGroup.objects.get(role=Role.CHAIR, review=review).group

    with pytest.raises(ValidationError, match="No role grants delete_review"):
        assign_perm("delete_review", group, review)


def test_a_right_of_a_part_is_refused_on_a_review():
    review, part = ReviewFactory(), ParticipationFactory()
    with_role(Role.CHAIR, review)
    group = RoleGroup.objects.get(role=Role.CHAIR, review=review).group

    with pytest.raises(ValidationError, match="No role grants delete_participation"):
        assign_perm("delete_participation", group, part)


@pytest.mark.parametrize("place", [ReviewFactory, ParticipationFactory])
def test_people_are_given_roles_never_rights(place):
    thing = place()
    right = "view_review" if place is ReviewFactory else "view_participation"

    with pytest.raises(ValidationError, match="Give people roles"):
        assign_perm(right, UserFactory(), thing)


def test_only_who_runs_every_review_it_touches_merges_agencies():
    partnership = PartnershipFactory()
    ours, beside = ReviewFactory(partnership=partnership), ReviewFactory()
    coordinator = access_of(with_role(Role.COORDINATOR, ours))

    assert rules.can_merge_agencies(coordinator, [ours]) is True
    assert rules.can_merge_agencies(coordinator, [ours, beside]) is False
    assert rules.can_merge_agencies(access_of(with_role(Role.ADMINISTRATOR)), [beside]) is True


def test_a_coordinator_invites_to_roles_of_the_review_and_its_agencies():
    review = ReviewFactory()
    coordinator = access_of(with_role(Role.COORDINATOR, review))
    chair = access_of(with_role(Role.CHAIR, review))

    allowed = {role for role in Role if rules.can_invite(coordinator, review, role)}

    assert allowed == rules.REVIEW_ROLES | rules.AGENCY_ROLES
    assert not any(rules.can_invite(chair, review, role) for role in Role)
