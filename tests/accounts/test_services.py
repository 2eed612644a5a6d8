from datetime import timedelta

import pytest
import time_machine
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils import timezone

from accounts import services
from accounts.models import Invitation, User
from audit.models import Event
from tests.factories.accounts import UserFactory

pytestmark = pytest.mark.django_db
PASSWORD = "three random words"


def invited(email="new@agency.example", by=None):
    return services.invite(email=email, by=by)


def test_an_invitation_makes_an_account_that_cannot_sign_in_yet():
    user, secret = invited(" New@Agency.example ")

    assert user.email == "new@agency.example"
    assert not user.has_usable_password()
    assert user.joined_at is None
    assert len(secret) >= 43


def test_only_the_digest_of_the_secret_is_kept():
    _, secret = invited()

    assert secret not in str(Invitation.objects.values().get())


def test_accepting_joins_and_spends_the_link():
    _, secret = invited()

    user = services.accept_invitation(secret, name="Sam Hill", password=PASSWORD)

    assert (user.name, user.check_password(PASSWORD)) == ("Sam Hill", True)
    with pytest.raises(services.InvitationSpent):
        services.accept_invitation(secret, name="Else", password=PASSWORD)


def test_a_link_lives_seven_days():
    _, secret = invited()

    later = timezone.now() + timedelta(days=7, minutes=1)
    with time_machine.travel(later), pytest.raises(services.InvitationSpent):
        services.find_invitation(secret)


def test_a_newer_link_ends_the_older():
    _, older = invited()

    _, newer = invited()

    assert services.find_invitation(newer)
    with pytest.raises(services.InvitationSpent):
        services.find_invitation(older)


def test_a_double_click_does_not_end_the_link_that_was_sent():
    by = UserFactory()
    _, first = invited(by=by)

    _, second = invited(by=by)

    assert second is None
    assert services.find_invitation(first)


def test_somebody_who_joined_gets_no_link():
    user = UserFactory()

    assert invited(user.email.upper()) == (user, None)


def test_the_link_of_a_closed_account_opens_nothing():
    user, secret = invited()
    services.close_account(user, by=None)

    with pytest.raises(services.InvitationSpent):
        services.find_invitation(secret)


def test_a_guess_opens_nothing():
    invited()

    with pytest.raises(services.InvitationSpent):
        services.find_invitation("guess")


def test_one_address_is_one_account_whatever_its_case():
    user = UserFactory()

    with pytest.raises(ValidationError):
        User.objects.create_user(user.email.upper())
    with pytest.raises(IntegrityError), transaction.atomic():
        UserFactory(email=user.email.upper())


def test_an_address_that_is_none_is_refused():
    with pytest.raises(ValidationError):
        invited("nobody")

    assert User.objects.count() == 0


def test_closing_and_reopening_are_told():
    user = UserFactory()

    services.close_account(user, by=None)
    services.reopen_account(user, by=None)

    user.refresh_from_db()
    assert user.is_active
    assert list(Event.objects.order_by("pk").values_list("type", flat=True)) == [
        "user.closed",
        "user.reopened",
    ]


def test_an_account_is_called_by_its_name_or_its_address():
    assert str(UserFactory.build(name="Sam Hill")) == "Sam Hill"
    assert str(UserFactory.build(name="", email="s@agency.example")) == "s@agency.example"
