from datetime import timedelta

import pytest
from django.contrib.auth.models import AnonymousUser
from django.contrib.postgres.expressions import ArraySubquery
from django.utils import timezone
from django.utils.functional import SimpleLazyObject

from accounts.models import User
from reviews.access import access_of, forget
from reviews.models import Participation, Review, Share
from reviews.rules import AGENCY_ROLES, Material, Role
from reviews.services import end_role, give_role, share, withdraw_share
from tests.conftest import with_role
from tests.factories.accounts import UserFactory
from tests.factories.reviews import ParticipationFactory, ReviewFactory

pytestmark = pytest.mark.django_db
YESTERDAY = timedelta(days=-1)


def again(user):
    """The same person in their next request."""
    return User.objects.get(pk=user.pk)


def reaches(user, review, material=Material.CHRONOLOGY):
    return access_of(again(user)).shared_any(material, review)


def test_nobody_signed_in_reaches_nothing():
    ReviewFactory()

    assert list(Review.objects.visible_to(AnonymousUser())) == []


def test_a_closed_account_reaches_nothing():
    review = ReviewFactory()
    chair = with_role(Role.CHAIR, review)
    User.objects.filter(pk=chair.pk).update(is_active=False)

    assert list(Review.objects.visible_to(again(chair))) == []
    assert access_of(again(chair)).appointments == {}


def test_the_user_of_a_request_is_asked_anew_once_their_access_is_forgotten():
    review = ReviewFactory()
    chair = with_role(Role.CHAIR, review)
    user = SimpleLazyObject(lambda: chair)  # as the middleware gives it
    before = access_of(user).may("view_review", review)
    end_role(chair.roles.get(), by=None)

    forget(user)

    assert (before, access_of(user).may("view_review", review)) == (True, False)


def test_access_is_asked_once_a_request(django_assert_num_queries):
    review = ReviewFactory()
    user = again(with_role(Role.CHAIR, review))

    with django_assert_num_queries(1):
        for _ in range(3):
            access_of(user).may("view_review", review)


def test_a_role_given_in_the_same_request_is_seen_once_forgotten():
    review, user = ReviewFactory(), UserFactory()
    assert not access_of(user).may("view_review", review)
    give_role(user=user, role=Role.CHAIR, review=review, by=None)

    forget(user)

    assert access_of(user).may("view_review", review)


def test_a_role_ends_at_once():
    review, user = ReviewFactory(), UserFactory()
    holder = give_role(user=user, role=Role.CHAIR, review=review, by=None)

    end_role(holder, by=None)

    assert list(Review.objects.visible_to(again(user))) == []


def test_two_roles_are_added_up():
    part = ParticipationFactory()
    user = with_role(Role.ACTION_LEAD, part.review, part)
    give_role(
        user=user, role=Role.SIGN_OFF_OFFICER, review=part.review, participation=part, by=None
    )

    access = access_of(again(user))

    assert access.may("update_own_actions", part)
    assert access.may("submit_chronology", part)


def test_ones_own_part_alone_is_visible():
    part = ParticipationFactory()
    ParticipationFactory(review=part.review)
    ParticipationFactory(agency=part.agency)

    for role in AGENCY_ROLES:
        user = again(with_role(role, part.review, part))
        assert list(Participation.objects.visible_to(user)) == [part]


@pytest.mark.parametrize("role", [Role.COORDINATOR, Role.CHAIR])
def test_leaders_see_every_part(role):
    part = ParticipationFactory()
    other = ParticipationFactory(review=part.review)
    ParticipationFactory()

    visible = Participation.objects.visible_to(again(with_role(role, part.review)))

    assert set(visible) == {part, other}


@pytest.mark.parametrize("role", [Role.PANEL_MEMBER, Role.BOARD_READER, Role.HOME_OFFICE_READER])
def test_readers_see_no_part(role):
    part = ParticipationFactory()

    assert list(Participation.objects.visible_to(again(with_role(role, part.review)))) == []


def test_a_share_reaches_a_role_until_its_last_day():
    review = ReviewFactory()
    panel, chair = with_role(Role.PANEL_MEMBER, review), with_role(Role.CHAIR, review)
    today = timezone.localdate()
    given = share(
        review,
        material=Material.CHRONOLOGY,
        with_role=Role.PANEL_MEMBER,
        until=today,
        by=chair,
    )
    assert reaches(panel, review) is True

    Share.objects.filter(pk=given.pk).update(until=today + YESTERDAY)

    assert reaches(panel, review) is False


def test_a_share_ends_at_once():
    review = ReviewFactory()
    panel, chair = with_role(Role.PANEL_MEMBER, review), with_role(Role.CHAIR, review)
    given = share(review, material=Material.CHRONOLOGY, with_role=Role.PANEL_MEMBER, by=chair)

    withdraw_share(given, by=chair)

    assert reaches(panel, review) is False


def test_a_share_is_of_one_material_in_one_review():
    review, beside = ReviewFactory(), ReviewFactory()
    panel, chair = with_role(Role.PANEL_MEMBER, review), with_role(Role.CHAIR, review)
    give_role(user=panel, role=Role.PANEL_MEMBER, review=beside, by=None)

    share(review, material=Material.CHRONOLOGY, with_role=Role.PANEL_MEMBER, by=chair)

    assert reaches(panel, review) is True
    assert reaches(panel, review, Material.ACTION_PLAN) is False
    assert reaches(panel, beside) is False


def test_a_share_with_one_agency_reaches_its_people_alone():
    part = ParticipationFactory()
    other = ParticipationFactory(review=part.review)
    chair = with_role(Role.CHAIR, part.review)
    author = with_role(Role.IMR_AUTHOR, part.review, part)
    officer = with_role(Role.SIGN_OFF_OFFICER, part.review, part)
    other_author = with_role(Role.IMR_AUTHOR, part.review, other)

    share(
        part.review,
        material=Material.CHRONOLOGY,
        participation=other,
        with_role=Role.IMR_AUTHOR,
        with_participation=part,
        by=chair,
    )

    assert reaches(author, part.review) is True
    assert reaches(officer, part.review) is False
    assert reaches(other_author, part.review) is False


def test_shares_are_seen_by_those_who_share():
    review = ReviewFactory()
    panel, chair = with_role(Role.PANEL_MEMBER, review), with_role(Role.CHAIR, review)
    given = share(review, material=Material.CHRONOLOGY, with_role=Role.PANEL_MEMBER, by=chair)

    assert list(Share.objects.visible_to(again(chair))) == [given]
    assert list(Share.objects.visible_to(again(panel))) == []


def test_the_ids_that_are_looked_for_are_told_or_asked_of_the_database():
    one, _other = ReviewFactory(), ReviewFactory()
    asked = ArraySubquery(Review.objects.filter(pk=one.pk).order_by().values("pk"))
    nobody = ArraySubquery(Review.objects.none().order_by().values("pk"))

    found = [
        list(Review.objects.filter(pk__any_of=ids)) for ids in ({one.pk}, asked, set(), nobody)
    ]

    assert found == [[one], [one], [], []]
