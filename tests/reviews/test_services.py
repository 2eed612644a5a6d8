from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError
from django.utils import timezone

from agencies.models import Staff
from audit.models import Event
from audit.services import stream_of
from foundations.post.models import Message
from reviews import services
from reviews.access import access_of
from reviews.lifecycle.services import set_stage
from reviews.models import Appointment, Participation, RoleGroup, RoleHolder, Share
from reviews.rules import AGENCY_ROLES, PARTNERSHIP_ROLES, REVIEW_ROLES, SITE_ROLES, Material, Role
from tests.conftest import with_role
from tests.factories.accounts import UserFactory
from tests.factories.actionplans import RecommendationFactory, RecommendationLeadFactory
from tests.factories.agencies import AgencyFactory, PartnershipFactory
from tests.factories.chronologies import EntryFactory
from tests.factories.reviews import ParticipationFactory, PersonFactory, ReviewFactory

pytestmark = pytest.mark.django_db
CHAIR = {"role": Role.CHAIR, "by": None}


def told(review):
    return list(
        Event.objects.filter(stream=stream_of(review))
        .order_by("seq")
        .values_list("type", flat=True)
    )


def roles_of(user):
    return set(RoleHolder.objects.filter(user=user).values_list("role_group__role", flat=True))


# --- Reviews ------------------------------------------------------------------------------------


def test_a_new_review_is_open_to_those_appointed_in_its_partnership():
    partnership = PartnershipFactory()
    coordinator = with_role(Role.COORDINATOR, partnership=partnership)
    beside = with_role(Role.COORDINATOR, partnership=PartnershipFactory())

    review = services.create_review(partnership=partnership, reference="CSP-7", by=coordinator)

    assert access_of(coordinator).may("run_review", review)
    assert not access_of(beside).may("view_review", review)
    assert told(review) == ["review.created"]


def test_a_reference_is_used_once():
    ReviewFactory(reference="CSP-7")

    with pytest.raises(ValidationError):
        services.create_review(partnership=PartnershipFactory(), reference="CSP-7", by=None)


def test_particulars_are_changed_and_told_by_name_only():
    review = ReviewFactory()

    services.change_review(review, by=None, scope_reason="Agreed by the panel")

    review.refresh_from_db()
    event = Event.objects.get(type="review.changed")
    assert review.scope_reason == "Agreed by the panel"
    assert event.data == {"fields": ["scope_reason"]}


def test_an_unknown_stage_is_refused():
    review = ReviewFactory()

    with pytest.raises(ValueError, match="finished"):
        set_stage(review, stage="finished", by=None)

    assert told(review) == []


def test_one_pseudonym_is_one_person():
    person = PersonFactory(pseudonym="MA 1")

    with pytest.raises(ValidationError, match="already has this pseudonym"):
        services.add_person(person.review, pseudonym=" MA  1 ", role="other", by=None)


def test_adding_an_agency_twice_adds_it_once():
    review, agency = ReviewFactory(), AgencyFactory()

    first = services.add_agency(review, agency=agency, by=None)
    second = services.add_agency(review, agency=agency, by=None)

    assert first == second
    assert told(review) == ["participation.added"]


def test_adding_a_merged_agency_adds_the_one_that_was_kept():
    kept = AgencyFactory()
    duplicate = AgencyFactory(merged_into=kept)

    assert services.add_agency(ReviewFactory(), agency=duplicate, by=None).agency == kept


@pytest.mark.parametrize(
    ("before", "now", "after"),
    [(True, False, False), (False, True, False), (True, True, True)],
)
def test_a_lead_becomes_a_contributor_never_the_other_way(before, now, after):
    part = ParticipationFactory(is_lead_only=before)

    services.add_agency(part.review, agency=part.agency, is_lead_only=now, by=None)

    part.refresh_from_db()
    assert part.is_lead_only is after


def test_a_chronology_is_submitted_once():
    part, user = ParticipationFactory(), UserFactory()
    services.submit_chronology(part, by=user)

    with pytest.raises(services.AlreadySubmitted):
        services.submit_chronology(part, by=user)

    part.refresh_from_db()
    assert (part.submitted_by, told(part.review)) == (user, ["chronology.submitted"])


# --- Roles --------------------------------------------------------------------------------------


@pytest.mark.parametrize("role", sorted(SITE_ROLES | PARTNERSHIP_ROLES | AGENCY_ROLES))
def test_a_role_of_another_place_is_not_given_in_a_review(role):
    with pytest.raises(services.WrongPlace):
        services.give_role(user=UserFactory(), role=role, review=ReviewFactory(), by=None)

    assert RoleHolder.objects.count() == 0


@pytest.mark.parametrize("role", sorted(SITE_ROLES | PARTNERSHIP_ROLES | REVIEW_ROLES))
def test_a_role_of_another_place_is_not_given_for_an_agency(role):
    part = ParticipationFactory()

    with pytest.raises(services.WrongPlace):
        services.give_role(
            user=UserFactory(), role=role, review=part.review, participation=part, by=None
        )


def test_a_part_of_another_review_is_refused():
    with pytest.raises(services.WrongPlace, match="another review"):
        services.give_role(
            user=UserFactory(),
            role=Role.IMR_AUTHOR,
            review=ReviewFactory(),
            participation=ParticipationFactory(),
            by=None,
        )


@pytest.mark.parametrize("role", sorted(set(Role) - SITE_ROLES))
def test_only_an_administrator_is_appointed_for_the_whole_installation(role):
    with pytest.raises(services.WrongPlace):
        services.appoint(user=UserFactory(), role=role, by=None)


@pytest.mark.parametrize("role", sorted(set(Role) - PARTNERSHIP_ROLES))
def test_only_partnership_roles_are_appointed_in_a_partnership(role):
    with pytest.raises(services.WrongPlace):
        services.appoint(user=UserFactory(), role=role, partnership=PartnershipFactory(), by=None)


def test_giving_a_role_twice_gives_it_once():
    review, user = ReviewFactory(), UserFactory()

    first = services.give_role(user=user, review=review, **CHAIR)
    second = services.give_role(user=user, review=review, **CHAIR)

    assert first == second
    assert told(review) == ["role.given"]


def test_whoever_acts_for_an_agency_works_for_it():
    part = ParticipationFactory()

    user = with_role(Role.IMR_AUTHOR, part.review, part)

    assert list(Staff.objects.values_list("agency", "user")) == [(part.agency_id, user.pk)]


def test_ending_a_role_ends_that_one_alone():
    part = ParticipationFactory()
    user = with_role(Role.IMR_AUTHOR, part.review, part)
    holder = services.give_role(user=user, review=part.review, **CHAIR)

    services.end_role(holder, by=None)

    assert roles_of(user) == {Role.IMR_AUTHOR}
    assert user.groups.count() == 1


def test_a_role_ends_once():
    holder = services.give_role(user=UserFactory(), review=ReviewFactory(), **CHAIR)
    services.end_role(holder, by=None)

    with pytest.raises(services.AlreadyEnded):
        services.end_role(holder, by=None)


def test_a_role_that_came_from_the_partnership_is_ended_there():
    user = with_role(Role.COORDINATOR, ReviewFactory())

    with pytest.raises(services.WrongPlace, match="comes from the partnership"):
        services.end_role(RoleHolder.objects.get(user=user), by=None)


def test_an_appointment_reaches_every_review_and_ends_in_every_review():
    partnership = PartnershipFactory()
    before = ReviewFactory(partnership=partnership)
    user = with_role(Role.BOARD_READER, partnership=partnership)
    after = services.create_review(partnership=partnership, reference="CSP-7", by=None)
    reached = access_of(user).reviews_with("view_review")
    assert reached == {before.pk, after.pk}

    services.end_appointment(Appointment.objects.get(user=user), by=None)

    assert (roles_of(user), user.groups.count()) == (set(), 0)


def test_nobody_gives_a_role_to_themselves():
    review = ReviewFactory()
    coordinator = with_role(Role.COORDINATOR, review)

    with pytest.raises(services.OwnRole):
        services.invite(
            email=coordinator.email.upper(), role=Role.CHAIR, review=review, by=coordinator
        )

    assert roles_of(coordinator) == {Role.COORDINATOR}


def test_an_invitation_names_neither_review_nor_agency_nor_role():
    part = ParticipationFactory(agency__name="Northfield Police")

    services.invite(
        email="new@agency.example",
        name="Robin",
        role=Role.IMR_AUTHOR,
        review=part.review,
        participation=part,
        by=UserFactory(),
    )

    message = Message.objects.get()
    said = message.subject + message.body
    for word in (part.review.reference, "Northfield", "Robin", "author", "homicide"):
        assert word not in said
    assert message.holds_secret is True


# --- Shares -------------------------------------------------------------------------------------


def given(review, **more):
    terms = {"material": Material.CHRONOLOGY, "with_role": Role.PANEL_MEMBER} | more
    return services.share(review, by=UserFactory(), **terms)


def test_sharing_the_same_twice_shares_it_once():
    review = ReviewFactory()

    assert given(review) == given(review)
    assert Share.objects.count() == 1


def test_a_share_may_be_given_again_after_it_ended():
    review = ReviewFactory()
    services.withdraw_share(given(review), by=UserFactory())

    given(review)

    assert Share.objects.live(at=timezone.localdate()).count() == 1
    assert told(review) == ["share.given", "share.withdrawn", "share.given"]


def test_a_share_cannot_have_ended_yesterday():
    with pytest.raises(ValidationError, match="today"):
        given(ReviewFactory(), until=timezone.localdate() - timedelta(days=1))


@pytest.mark.parametrize("field", ["participation", "with_participation"])
def test_a_share_names_agencies_of_its_own_review(field):
    with pytest.raises(services.WrongPlace):
        given(ReviewFactory(), with_role=Role.IMR_AUTHOR, **{field: ParticipationFactory()})


@pytest.mark.parametrize("role", sorted(set(Role) - AGENCY_ROLES - {Role.PANEL_MEMBER}))
def test_a_share_reaches_only_the_roles_that_shares_are_for(role):
    with pytest.raises(ValidationError):
        given(ReviewFactory(), with_role=role)


def test_a_share_with_the_panel_names_no_agency():
    part = ParticipationFactory()

    with pytest.raises(ValidationError):
        given(part.review, with_participation=part)


def test_a_share_ends_once():
    share = given(ReviewFactory())
    services.withdraw_share(share, by=UserFactory())

    with pytest.raises(services.AlreadyEnded):
        services.withdraw_share(share, by=UserFactory())


# --- Merging ------------------------------------------------------------------------------------


@pytest.fixture
def twice():
    """One review in which both entries of one body took part, with rows and people of both."""
    old, kept = ParticipationFactory(), None
    kept = ParticipationFactory(review=old.review)
    return old, kept


def merge(old, kept):
    services.merge_agencies(old.agency, into=kept.agency, by=UserFactory())


def test_a_part_moves_where_the_kept_agency_had_none():
    part, into = ParticipationFactory(), AgencyFactory()
    author = with_role(Role.IMR_AUTHOR, part.review, part)

    services.merge_agencies(part.agency, into=into, by=None)

    part.refresh_from_db()
    assert part.agency == into
    assert access_of(author).may("read_own_entries", part)


def test_the_rows_of_both_parts_become_one_agencys(twice):
    old, kept = twice
    entries = {EntryFactory(participation=old).pk, EntryFactory(participation=kept).pk}

    merge(old, kept)

    assert set(kept.entries.values_list("pk", flat=True)) == entries
    assert not Participation.objects.filter(pk=old.pk).exists()


def test_a_recommendation_that_both_lead_is_led_once(twice):
    old, kept = twice
    recommendation = RecommendationFactory(review=old.review)
    for part in twice:
        RecommendationLeadFactory(recommendation=recommendation, participation=part)

    merge(old, kept)

    assert list(recommendation.leads.all()) == [kept]


def test_the_people_of_both_parts_act_for_the_kept_one(twice):
    old, kept = twice
    author = with_role(Role.IMR_AUTHOR, old.review, old)
    lead = with_role(Role.ACTION_LEAD, kept.review, kept)

    merge(old, kept)

    assert access_of(author).parts_with("change_own_entries") == {kept.pk}
    assert access_of(lead).parts_with("update_own_actions") == {kept.pk}
    assert services.strays() == []


def test_a_share_with_either_agency_is_kept(twice):
    old, kept = twice
    third = ParticipationFactory(review=old.review)
    given(old.review, with_role=Role.IMR_AUTHOR, participation=third, with_participation=old)
    given(old.review, with_role=Role.IMR_AUTHOR, participation=old, with_participation=third)

    merge(old, kept)

    assert set(Share.objects.values_list("participation", "with_participation")) == {
        (third.pk, kept.pk),
        (kept.pk, third.pk),
    }


def test_what_was_shared_of_one_agency_does_not_show_what_is_of_both(twice):
    old, kept = twice
    for part in twice:
        given(old.review, with_role=Role.PANEL_MEMBER, participation=part)
    given(old.review, with_role=Role.ACTION_LEAD, participation=old)

    merge(old, kept)

    live = Share.objects.live(at=timezone.localdate())
    assert set(live.values_list("with_role", flat=True)) == {Role.PANEL_MEMBER}


def test_what_either_agency_submitted_stays_submitted(twice):
    old, kept = twice
    user = UserFactory()
    services.submit_chronology(old, by=user)

    merge(old, kept)

    kept.refresh_from_db()
    assert kept.submitted_by == user


def test_a_merge_leaves_no_group_behind(twice):
    old, kept = twice
    with_role(Role.IMR_AUTHOR, old.review, old)

    merge(old, kept)

    assert set(RoleGroup.objects.values_list("participation", flat=True)) == {kept.pk}
