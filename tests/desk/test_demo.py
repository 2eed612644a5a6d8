import io
import json

import pytest
from django.core.management import call_command

from chronologies.models import Entry
from reviews.rules import Role

pytestmark = pytest.mark.django_db(transaction=True)


def seed():
    said = io.StringIO()
    call_command("seed_demo", format="json", stdout=said)
    return json.loads(said.getvalue())


def test_the_demo_can_be_made_twice_and_is_made_once():
    first, entries = seed(), Entry.objects.count()

    second = seed()

    assert first["created"]["review"] == 4
    assert set(second["created"].values()) == {0}
    assert entries == Entry.objects.count() == 40
    assert {sign_in["role"] for sign_in in second["sign_ins"]} == set(Role.values)
    call_command("sync_roles", check=True)
    call_command("verify_audit")


def test_the_demo_is_refused_where_real_reviews_may_be(settings):
    settings.DEMO = False

    with pytest.raises(SystemExit, match="1"):
        seed()
