import pytest
from django.core.mail import EmailMessage
from django.urls import NoReverseMatch, reverse

from accounts.models import User
from accounts.services import close_account, invite
from audit.models import Event
from foundations.post.models import Message
from tests.factories.accounts import UserFactory

pytestmark = pytest.mark.django_db
PASSWORD = "three random words"


@pytest.fixture
def user():
    user = UserFactory(email="sam@agency.example")
    user.set_password(PASSWORD)
    user.save()
    return user


def sign_in(client, email="sam@agency.example", password=PASSWORD):
    return client.post(reverse("account_login"), {"login": email, "password": password})


def is_signed_in(client):
    return "_auth_user_id" in client.session


def test_signing_in_leads_home_and_is_told(client, user):
    response = sign_in(client, "SAM@agency.example")

    assert response["Location"] == "/"
    assert is_signed_in(client)
    assert Event.objects.filter(type="auth.signed_in", actor=f"user:{user.pk}").count() == 1


def test_the_session_changes_when_signing_in(client, user):
    client.get(reverse("account_login"))
    session = client.session
    session["before"] = 1
    session.save()
    before = client.session.session_key

    sign_in(client)

    assert client.session.session_key != before


@pytest.mark.parametrize(
    ("email", "password"),
    [("sam@agency.example", "wrong words here"), ("nobody@agency.example", PASSWORD)],
)
def test_a_wrong_pair_says_the_same_and_is_told_without_words(email, password, client, user):
    response = sign_in(client, email, password)

    assert not is_signed_in(client)
    event = Event.objects.get(type="auth.sign_in_failed")
    assert (event.actor, event.target, event.data) == ("system", "", {})
    assert next(iter(response.context["form"].errors.values())) == [
        "The e-mail address or the password is not right"
    ]


def test_guessing_is_slowed_down(client, user):
    for _ in range(11):
        sign_in(client, password="wrong words here")

    assert "Too many" in sign_in(client).content.decode()


def test_a_closed_account_does_not_sign_in(client, user):
    close_account(user, by=None)

    sign_in(client)

    assert not is_signed_in(client)


def test_a_closed_accounts_session_ends_at_once(client, user):
    sign_in(client)

    close_account(user, by=None)

    assert client.get("/").status_code == 302


def test_signing_out_ends_the_session(client, user):
    sign_in(client)

    response = client.post(reverse("account_logout"))

    assert response["Location"] == reverse("account_login")
    assert not is_signed_in(client)
    assert Event.objects.filter(type="auth.signed_out").count() == 1


def test_a_link_cannot_sign_anybody_out(client, user):
    sign_in(client)

    client.get(reverse("account_logout"))

    assert is_signed_in(client)


@pytest.mark.parametrize("name", ["account_signup", "account_email", "account_set_password"])
def test_nobody_opens_an_account_for_themselves(name):
    with pytest.raises(NoReverseMatch):
        reverse(name)


@pytest.mark.parametrize("next_", ["https://elsewhere.example/", "//elsewhere.example/"])
def test_signing_in_leads_to_no_other_site(next_, client, user):
    response = client.post(
        reverse("account_login"),
        {"login": user.email, "password": PASSWORD, "next": next_},
    )

    assert response["Location"] == "/"


def test_a_stranger_who_asks_for_a_password_gets_no_letter(client, user):
    for email in (user.email, "nobody@agency.example"):
        response = client.post(reverse("account_reset_password"), {"email": email})
        assert response["Location"] == reverse("account_reset_password_done")

    assert list(Message.objects.values_list("to", flat=True)) == [user.email]


# --- The invitation -----------------------------------------------------------------------------


@pytest.fixture
def link():
    _, secret = invite(email="new@agency.example", by=None)
    return reverse("accounts:invitation-accept", args=[secret])


def test_an_invitation_lets_somebody_in_once(client, link):
    response = client.post(link, {"name": "Sam Hill", "password": PASSWORD})

    assert response["Location"] == "/"
    assert is_signed_in(client)
    assert User.objects.get().name == "Sam Hill"
    client.logout()
    assert client.get(link).status_code == 410


@pytest.mark.parametrize(
    "password",
    ["", "too short", "passwordpassword1"[:14], "new@agency.example"],
)
def test_a_weak_password_is_refused(password, client, link):
    response = client.post(link, {"name": "Sam Hill", "password": password})

    assert response.status_code == 422
    assert list(response.context["form"].errors) == ["password"]
    assert User.objects.get().joined_at is None


def test_a_guessed_link_is_spent(client, db):
    response = client.get(reverse("accounts:invitation-accept", args=["guess"]))

    assert response.status_code == 410


def test_guessing_from_one_place_is_slowed_down_whatever_address_it_claims(client, db):
    """Nobody is believed about where they ask from, for there is no proxy here."""
    answers = [
        client.post(
            reverse("account_login"),
            {"login": f"nobody{number}@agency.example", "password": PASSWORD},
            headers={"X-Forwarded-For": f"10.0.0.{number}"},
        )
        for number in range(32)
    ]

    assert (answers[0].status_code, answers[-1].status_code) == (200, 429)
    assert "Wait a few minutes" in answers[-1].content.decode()


@pytest.mark.parametrize("email", ["sam@agency.example", "nobody@agency.example"])
def test_a_mail_server_that_is_away_tells_nobody_who_has_an_account(
    email, client, user, monkeypatch
):
    def refuse(self):
        raise ConnectionRefusedError

    monkeypatch.setattr(EmailMessage, "send", refuse)

    response = client.post(reverse("account_reset_password"), {"email": email})

    assert (response.status_code, response["Location"]) == (
        302,
        reverse("account_reset_password_done"),
    )
    assert Message.objects.filter(to=email, holds_secret=True).count() == email.startswith("sam")


def test_a_letter_for_a_new_password_names_nobody(client, user):
    client.post(reverse("account_reset_password"), {"email": user.email})

    letter = Message.objects.get()
    assert user.name not in letter.subject + letter.body
    assert user.email not in letter.subject + letter.body


@pytest.mark.parametrize("name", ["account_login", "account_logout", "account_reauthenticate"])
@pytest.mark.parametrize(
    "where", ["https://evil.example/", "//evil.example", "/\\evil.example", "javascript:alert(1)"]
)
def test_no_page_of_the_account_leads_to_another_site(where, name, client, user):
    if name != "account_login":
        client.force_login(user)
    form = {"login": user.email, "password": PASSWORD, "next": where}

    response = client.post(f"{reverse(name)}?next={where}", form)

    assert response.status_code == 302
    assert "evil" not in response["Location"]
    assert "javascript" not in response["Location"]
