import pytest
from django.urls import reverse

from reviews.rules import Role
from tests.factories.accounts import UserFactory

pytestmark = pytest.mark.django_db


def test_the_administrator_is_offered_to_close_every_account_but_their_own(client, sign_in):
    administrator, other = sign_in(Role.ADMINISTRATOR), UserFactory()

    shown = client.get(reverse("desk:account-list")).content.decode()

    assert reverse("desk:account-close", args=[other.pk]) in shown
    assert reverse("desk:account-close", args=[administrator.pk]) not in shown
