"""Nobody makes themselves more than they are, and nobody stays what they were."""

import pytest
from django.core import mail
from django.core.management import CommandError, call_command
from django.urls import reverse

from accounts.models import User
from accounts.services import accept_invitation, invite
from agencies.models import Staff
from foundations.post.models import Message
from reviews.models import Appointment, Review
from reviews.rules import Role
from reviews.services import give_role
from tests.conftest import with_role
from tests.factories.accounts import UserFactory
from tests.factories.agencies import PartnershipFactory
from tests.factories.reviews import ParticipationFactory, ReviewFactory

pytestmark = pytest.mark.django_db
PASSWORD = "three random words"
# PostgreSQL makes "I" of a dotless i, and Django's validator takes it for a letter of an address.
ALIKE = "adm\u0131n@agency.example"


@pytest.fixture
def administrator(client):
    review = ReviewFactory()
    user = with_role(Role.ADMINISTRATOR)
    User.objects.filter(pk=user.pk).update(email="admin@agency.example")
    user.refresh_from_db()
    client.force_login(user)
    return user, review


def appoint(client, email, review):
    return client.post(
        reverse("reviews:appoint"),
        {"email": email, "role": "coordinator", "partnership": review.partnership_id},
    )


@pytest.mark.parametrize("email", ["admin@agency.example", " ADMIN@Agency.Example ", ALIKE])
def test_an_administrator_does_not_make_themselves_a_coordinator(email, client, administrator):
    user, review = administrator

    response = appoint(client, email, review)

    assert response.status_code == 422
    assert list(Appointment.objects.values_list("role", flat=True)) == ["administrator"]
    assert list(Review.objects.visible_to(User.objects.get(pk=user.pk))) == []


def test_an_address_that_looks_like_another_is_refused_by_the_command(administrator):
    _, review = administrator

    with pytest.raises((CommandError, SystemExit)):
        call_command(
            "invite",
            email=ALIKE,
            role="coordinator",
            partnership=review.partnership.name,
        )

    assert Appointment.objects.filter(role="coordinator").count() == 0


def test_a_letter_for_a_new_password_goes_to_no_address_that_only_looks_right(client):
    user = UserFactory(email="sim@agency.example")
    user.set_password(PASSWORD)
    user.save()

    client.post(reverse("account_reset_password"), {"email": "s\u0131m@agency.example"})

    assert Message.objects.count() == len(mail.outbox) == 0


@pytest.mark.parametrize("role", [Role.COORDINATOR, Role.CHAIR, Role.IMR_AUTHOR, Role.PANEL_MEMBER])
def test_nobody_slips_themselves_a_role(role, client, sign_in):
    part = ParticipationFactory()
    holder = sign_in(role, part.review, part if role == Role.IMR_AUTHOR else None)
    before = set(holder.groups.all())

    for name in ("reviews:invite", "reviews:appoint"):
        url = reverse(name, args=[part.review.reference] if name == "reviews:invite" else [])
        client.post(
            url,
            {
                "email": holder.email,
                "role": "chair" if name == "reviews:invite" else "coordinator",
                "partnership": part.review.partnership_id,
                "user": holder.pk,
                "groups": [1, 2, 3],
            },
        )

    assert set(User.objects.get(pk=holder.pk).groups.all()) == before


def test_a_spent_invitation_sets_no_password_again(client):
    user, secret = invite(email="new@agency.example", by=None)
    accept_invitation(secret, name="New", password=PASSWORD)

    response = client.post(
        reverse("accounts:invitation-accept", args=[secret]),
        {"name": "Thief", "password": "other random words"},
    )

    assert response.status_code == 410
    user.refresh_from_db()
    assert (user.name, user.check_password(PASSWORD)) == ("New", True)


def test_an_invitation_gives_no_more_than_a_name_and_a_password(client):
    user, secret = invite(email="new@agency.example", by=None)

    client.post(
        reverse("accounts:invitation-accept", args=[secret]),
        {
            "name": "New",
            "password": PASSWORD,
            "email": "thief@agency.example",
            "groups": "1",
            "is_active": "",
        },
    )

    user.refresh_from_db()
    assert (user.email, user.is_active, user.groups.count()) == ("new@agency.example", True, 0)
    assert user.joined_at is not None


# --- Whom a register shows ------------------------------------------------------------------------


def test_an_agencys_people_of_another_partnership_are_not_shown(client, sign_in):
    """That somebody acts for an agency says that there is a review with that agency in it."""
    mine = ParticipationFactory()
    other = ParticipationFactory(agency=mine.agency)
    ours, theirs = UserFactory(name="Ours"), UserFactory(name="Theirs")
    give_role(user=ours, role=Role.IMR_AUTHOR, review=mine.review, participation=mine, by=None)
    give_role(user=theirs, role=Role.IMR_AUTHOR, review=other.review, participation=other, by=None)
    sign_in(Role.COORDINATOR, mine.review)

    response = client.get(mine.agency.get_absolute_url())

    assert Staff.objects.count() == 2
    assert [post.user for post in response.context["staff"]] == [ours]
    assert "Theirs" not in response.content.decode()


def test_the_administrator_sees_all_of_an_agencys_people(client, sign_in):
    part = ParticipationFactory()
    author = with_role(Role.IMR_AUTHOR, part.review, part)
    sign_in(Role.ADMINISTRATOR)

    response = client.get(part.agency.get_absolute_url())

    assert [post.user for post in response.context["staff"]] == [author]


@pytest.mark.parametrize("name", ["desk:account-list", "agencies:agency-list"])
def test_a_search_with_a_character_that_cannot_be_kept_finds_nothing(name, client, sign_in):
    sign_in(Role.ADMINISTRATOR)

    response = client.get(reverse(name), {"email": "sam\x00", "name": "\x00"})

    assert response.status_code == 200


def test_merging_does_not_say_that_another_partnership_has_a_review(client, sign_in):
    place = PartnershipFactory()
    sign_in(Role.COORDINATOR, partnership=place)
    elsewhere, kept = ParticipationFactory(), ParticipationFactory(review=ReviewFactory())

    response = client.post(
        reverse("agencies:agency-merge", args=[elsewhere.agency_id]), {"into": kept.agency_id}
    )

    assert response.status_code == 422
    assert "partnerships hold" not in response.content.decode()
