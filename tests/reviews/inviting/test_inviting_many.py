import re
from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from accounts.models import Invitation, User
from accounts.services import accept_invitation, close_account
from audit.models import Event
from foundations.post.models import Message
from reviews.models import RoleHolder
from reviews.rules import Role
from reviews.services import give_role, invite
from tests.conftest import with_role
from tests.factories.accounts import UserFactory
from tests.factories.agencies import AgencyFactory
from tests.factories.reviews import ParticipationFactory, ReviewFactory
from tests.factories.reviews_panel import ConflictFactory, PanelMemberFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def review():
    return ReviewFactory()


@pytest.fixture
def housing(review):
    return ParticipationFactory(
        review=review, agency=AgencyFactory(name="Millbrook Homes", short_name="Housing")
    )


@pytest.fixture
def coordinator(review, housing, sign_in):
    return sign_in(Role.COORDINATOR, review)


def page(review, name="invite-many", *more):
    return reverse(f"reviews:{name}", args=[review.reference, *more])


def look(client, review, people, **more):
    return client.post(page(review), {"people": people, "look": "yes"} | more)


def send(client, review, people, **more):
    looked = look(client, review, people, **more)
    seen = looked.context["form"].data["looked_at"]
    return client.post(page(review), {"people": people, "send": "yes", "looked_at": seen} | more)


def outcome(response):
    return {row.email or row.text: (row.outcome[0], row.said) for row in response.context["rows"]}


def test_thirty_people_are_seen_first_and_invited_once(client, review, housing, coordinator):
    people = "; ".join(f"Person {n} <p{n}@agency.example>" for n in range(30))
    defaults = {"role": "imr_author", "participation": housing.pk}

    looked = look(client, review, people, **defaults)

    assert looked.status_code == 200
    assert (looked.context["to_send"], looked.context["wrong"]) == (30, 0)
    assert not User.objects.filter(email="p7@agency.example").exists()
    first = send(client, review, people, **defaults)
    second = send(client, review, people, **defaults)

    assert first["Location"] == second["Location"] == page(review, "invitation-list")
    assert RoleHolder.objects.filter(role_group__participation=housing).count() == 30
    assert Message.objects.count() == Invitation.objects.count() == 30
    assert User.objects.get(email="p7@agency.example").name == "Person 7"
    assert "Person" not in "".join(Message.objects.values_list("body", flat=True))


def test_every_line_says_what_comes_of_it(client, review, housing, coordinator):
    joined = with_role(Role.PANEL_MEMBER, review)
    closed, conflicted = UserFactory(), UserFactory()
    close_account(closed, by=None)
    seat = PanelMemberFactory(review=review, user=conflicted)
    ConflictFactory(member=seat, participation=housing)
    invite(email="early@agency.example", role=Role.PANEL_MEMBER, review=review, by=None)
    lines = [
        "new@agency.example; housing; author",
        f"{joined.email}; Millbrook Homes; lead",
        f"{joined.email}; panel",
        "early@agency.example; panel",
        "early@agency.example; Housing; sign-off officer",
        "wrong@; Housing; author",
        "no address",
        "NEW@agency.example; Housing; author",
        "a@agency.example; Fire; author",
        "b@agency.example; Housing; boss",
        "c@agency.example; Housing; chair",
        "d@agency.example; author",
        "e@agency.example; Housing",
        f"{coordinator.email}; panel",
        f"{closed.email}; panel",
        f"{conflicted.email}; Housing; author",
        "f@agency.example; Housing; author; today",
    ]

    response = look(client, review, "\n".join(lines))

    rows = response.context["rows"]
    assert [row.outcome[0] for row in rows] == [
        "New",
        "Has an account",
        "Has it",
        "Has it",
        "New",
        *["Not sent"] * 12,
    ]
    said = [row.said for row in rows]
    assert "new link" in said[4]
    assert said[7] == "The same as number 1 of your list."
    assert "“Fire”" in said[8]
    assert "“boss”" in said[9]
    assert "not held for an agency" in said[10]
    assert "for which agency" in said[11]
    assert "which role" in said[12]
    assert "yourself" in said[13]
    assert "closed" in said[14]
    assert "conflict" in said[15]
    assert response.context["to_send"] == 3


def test_a_wrong_line_stays_in_the_box_and_the_others_are_sent(
    client, review, housing, coordinator
):
    people = "good@agency.example\nBo <bo at agency>\nother@agency.example; Fire; author"

    response = send(client, review, people, role="imr_author", participation=housing.pk)

    assert response.status_code == 422
    assert response.context["form"]["people"].value() == (
        "Bo <bo at agency>\nother@agency.example; Fire; author"
    )
    assert list(
        RoleHolder.objects.filter(role_group__participation=housing).values_list("user__email")
    ) == [("good@agency.example",)]
    assert "1 person invited" in response.content.decode()


def test_what_was_changed_after_looking_is_looked_at_again(client, review, housing, coordinator):
    looked = look(client, review, "a@agency.example; panel")
    seen = looked.context["form"].data["looked_at"]

    response = client.post(
        page(review), {"people": "b@agency.example; panel", "send": "yes", "looked_at": seen}
    )

    assert response.context["changed"]
    assert not User.objects.filter(email="b@agency.example").exists()


@pytest.mark.parametrize("people", ["", "\n".join(f"p{n}@a.example" for n in range(201))])
def test_nobody_and_too_many_are_refused_and_the_list_kept(people, client, review, coordinator):
    response = look(client, review, people)

    assert response.status_code == 422
    assert response.context["form"]["people"].value() == people


def test_one_line_that_fails_takes_no_other_with_it(
    client, review, housing, coordinator, monkeypatch
):
    from reviews.inviting import services

    real = services.services.invite

    def refuse_one(*, email, **more):
        if email == "b@agency.example":
            UserFactory(email="half@agency.example")
            raise services.services.WrongPlace("That cannot be.")
        return real(email=email, **more)

    monkeypatch.setattr(services.services, "invite", refuse_one)

    response = send(client, review, "a@agency.example; panel\nb@agency.example; panel")

    assert response.context["form"]["people"].value() == "b@agency.example; panel"
    assert User.objects.filter(email="a@agency.example").exists()
    assert not User.objects.filter(email="half@agency.example").exists()


@pytest.mark.parametrize("count", [3, 30])
def test_looking_takes_as_many_queries_for_any_number(
    count, client, review, housing, coordinator, django_assert_max_num_queries
):
    people = "\n".join(f"p{n}@agency.example; Housing; author" for n in range(count))
    look(client, review, people)

    with django_assert_max_num_queries(26):
        look(client, review, people)


# --- Until it is accepted -----------------------------------------------------------------------


@pytest.fixture
def waited(review, housing):
    user, secret = invite(
        email="slow@agency.example",
        role=Role.IMR_AUTHOR,
        review=review,
        participation=housing,
        by=None,
    )
    user.secret = secret
    return user


def test_the_list_shows_who_has_not_come(client, review, coordinator, waited):
    with_role(Role.PANEL_MEMBER, review)
    invite(email="other@agency.example", role=Role.CHAIR, review=ReviewFactory(), by=None)

    (row,) = client.get(page(review, "invitation-list")).context["waited"]

    assert (row.user, row.state) == (waited, "sent")


def test_a_message_that_failed_and_a_link_that_ended_are_told(client, review, coordinator, waited):
    Message.objects.update(state=Message.State.FAILED)
    (failed,) = client.get(page(review, "invitation-list")).context["waited"]
    Message.objects.update(state=Message.State.SENT)
    Invitation.objects.update(expires_at=timezone.now())
    (ended,) = client.get(page(review, "invitation-list")).context["waited"]

    assert (failed.state, ended.state) == ("failed", "ended")


def test_sending_again_ends_the_older_link(client, review, coordinator, waited):
    url = page(review, "invitation-again", waited.pk)
    old = Invitation.objects.get().digest
    Invitation.objects.update(created_at=timezone.now() - timedelta(hours=1))

    client.post(url)
    client.post(url)

    assert Invitation.objects.get().digest != old
    assert Message.objects.count() == 2
    assert Event.objects.filter(type="user.invitation_repeated").count() == 1


def test_a_withdrawn_invitation_leads_nowhere(client, review, coordinator, waited):
    client.post(page(review, "invitation-withdraw", waited.pk))

    assert not RoleHolder.objects.filter(user=waited).exists()
    assert (
        client.get(reverse("accounts:invitation-accept", args=[waited.secret])).status_code == 410
    )


def test_an_invitation_to_another_review_stays(client, review, coordinator, waited):
    give_role(user=waited, role=Role.CHAIR, review=ReviewFactory(), by=None)

    client.post(page(review, "invitation-withdraw", waited.pk))

    assert Invitation.objects.filter(user=waited).exists()


def test_whoever_joined_is_no_invitation_any_more(client, review, coordinator, waited):
    accept_invitation(waited.secret, name="Slow", password="three random words")

    assert client.post(page(review, "invitation-withdraw", waited.pk)).status_code == 404
    assert RoleHolder.objects.filter(user=waited).exists()


def test_somebody_of_another_review_is_not_there(client, review, coordinator):
    user, _ = invite(email="o@agency.example", role=Role.CHAIR, review=ReviewFactory(), by=None)

    assert client.post(page(review, "invitation-again", user.pk)).status_code == 404


def test_the_first_link_of_an_invitation_asks_for_no_telephone(client, review, coordinator, waited):
    """A name and a password are all that joining and signing in ask for."""
    client.logout()
    joining = client.get(reverse("accounts:invitation-accept", args=[waited.secret]))
    signing_in = client.get(reverse("account_login"))

    asked = [re.findall(r'name="(\w+)"', page.content.decode()) for page in (joining, signing_in)]
    assert [set(names) - {"csrfmiddlewaretoken", "viewport", "robots"} for names in asked] == [
        {"name", "password"},
        {"login", "password"},
    ]
