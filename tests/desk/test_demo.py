import io
import json

import pytest
from django.core.management import call_command

from chronologies.marking.models import EntryComment, EventGroup, Mark, Theme
from chronologies.models import Entry
from reports.models import LetterPoint, Release, Released
from reviews.rules import Role

pytestmark = pytest.mark.django_db(transaction=True)


def seed():
    said = io.StringIO()
    call_command("seed_demo", format="json", stdout=said)
    return json.loads(said.getvalue())


def test_the_demo_can_be_made_twice_and_is_made_once():
    first, entries = seed(), Entry.objects.count()

    second = seed()

    assert first["created"]["review"] == 5
    assert set(second["created"].values()) == {0}
    assert entries == Entry.objects.count() == 60
    assert {sign_in["role"] for sign_in in second["sign_ins"]} == set(Role.values)
    call_command("sync_roles", check=True)
    call_command("verify_audit")
    entries_are_marked()
    documents_have_left()


def entries_are_marked():
    assert set(Mark.objects.live().values_list("kind", flat=True)) == set(Mark.Kind.values)
    audiences = EntryComment.objects.values_list("audience", flat=True)
    assert set(audiences) == set(EntryComment.Audience.values)
    groups = EventGroup.objects.live()
    assert sorted(group.accounts.live().count() for group in groups) == [2, 3]
    assert Theme.objects.filter(partnership__isnull=False).exists()


def documents_have_left():
    states = Release.objects.order_by("number").values_list("state", flat=True)
    assert list(states) == [Released.PUBLISHED, Released.PROPOSED]
    answered = LetterPoint.objects.order_by("number").values_list("answers__called", flat=True)
    assert list(answered) == ["1.2", None]


def test_the_demo_is_refused_where_real_reviews_may_be(settings):
    settings.DEMO = False

    with pytest.raises(SystemExit, match="1"):
        seed()
