import uuid
from datetime import date

import pytest
from django.core.exceptions import ValidationError
from django.core.management import call_command

from audit.models import Event
from reviews.versions import NewerVersion
from reviews.wording.house import HOUSE
from reviews.wording.kinds import Kind
from reviews.wording.models import Wording
from reviews.wording.services import (
    install_house_wordings,
    make_version,
    newest_for,
    wording_for,
)
from tests.factories.accounts import UserFactory
from tests.factories.agencies import PartnershipFactory
from tests.factories.reviews_wording import WordingFactory

pytestmark = pytest.mark.django_db
TODAY = date(2026, 11, 21)


def made(partnership, *, seen=None, key=None, **changes):
    words = {
        "kind": Kind.AGENDA,
        "title": "Our  agenda",
        "text": "1. {{ review.reference }}\n",
        "source": "Protocol of 2026",
        "effective_from": TODAY,
        "by": UserFactory(),
        "on": TODAY,
    } | changes
    seen = seen or wording_for(words["kind"], partnership, TODAY)
    return make_version(partnership=partnership, seen=seen, key=key, **words)


def test_the_house_is_installed_once():
    assert (install_house_wordings(), install_house_wordings()) == (len(Kind), 0)


def test_the_command_installs_it(capsys):
    call_command("install_wordings")

    assert capsys.readouterr().out == f"{len(Kind)} house wordings installed.\n"


def test_a_house_text_that_changed_is_its_next_version(monkeypatch):
    install_house_wordings()
    monkeypatch.setitem(HOUSE, Kind.AGENDA, ("Agenda", "1. Welcome"))

    assert install_house_wordings() == 1
    assert wording_for(Kind.AGENDA, PartnershipFactory(), TODAY).version == 2
    assert Wording.objects.filter(kind=Kind.AGENDA).count() == 2


@pytest.mark.parametrize("kind", Kind)
def test_a_partnership_without_its_own_uses_the_houses(kind):
    wording = wording_for(kind, PartnershipFactory(), TODAY)

    assert (wording.is_house, wording.version, wording.title) == (True, 1, HOUSE[kind][0])
    wording.full_clean()


def test_its_own_is_used_from_its_day_and_by_nobody_else():
    ours, theirs = PartnershipFactory(), PartnershipFactory()
    own = made(ours, effective_from=date(2026, 12, 1))

    found = {
        "the day before": wording_for(Kind.AGENDA, ours, date(2026, 11, 30)).is_house,
        "on the day": wording_for(Kind.AGENDA, ours, date(2026, 12, 1)),
        "elsewhere": wording_for(Kind.AGENDA, theirs, date(2026, 12, 1)).is_house,
        "another kind": wording_for(Kind.DECISION_CRITERIA, ours, date(2026, 12, 1)).is_house,
    }

    assert found == {
        "the day before": True,
        "on the day": own,
        "elsewhere": True,
        "another kind": True,
    }


def test_of_two_that_have_begun_the_later_day_counts_then_the_later_version():
    place = PartnershipFactory()
    one = WordingFactory(partnership=place, version=1, effective_from=date(2026, 3, 1))
    two = WordingFactory(partnership=place, version=2, effective_from=date(2026, 2, 1))
    three = WordingFactory(partnership=place, version=3, effective_from=date(2026, 2, 1))

    days = [date(2026, 2, 15), date(2026, 3, 15)]

    assert [wording_for(one.kind, place, day) for day in days] == [three, one]
    assert newest_for(two.kind, place) == three


def test_a_version_is_kept_as_it_was_made():
    place = PartnershipFactory()
    first = made(place)
    second = made(place, seen=first, text="1. Welcome")

    assert list(Wording.objects.filter(partnership=place).values_list("version", "text")) == [
        (2, "1. Welcome"),
        (1, "1. {{ review.reference }}"),
    ]
    assert second.title == "Our agenda"


def test_making_one_is_on_the_trail_without_its_words():
    wording = made(PartnershipFactory(name="Northvale"))

    event = Event.objects.get(type="wording.made")
    assert (event.stream, event.target) == ("admin", f"reviews.wording:{wording.pk}")
    assert event.data == {"kind": "agenda", "partnership": "Northvale", "version": 1}


def test_a_second_click_makes_no_second_version():
    place, key, by = PartnershipFactory(), uuid.uuid4(), UserFactory()
    seen = wording_for(Kind.AGENDA, place, TODAY)

    first, second = (made(place, seen=seen, key=key, by=by) for _ in range(2))

    assert (first, Wording.objects.filter(partnership=place).count()) == (second, 1)


def test_what_somebody_else_made_meanwhile_is_not_passed_over():
    place = PartnershipFactory()
    seen = wording_for(Kind.AGENDA, place, TODAY)
    made(place, seen=seen)

    with pytest.raises(NewerVersion):
        made(place, seen=seen)


def test_a_version_does_not_begin_in_the_past():
    with pytest.raises(ValidationError, match="today’s date or a later one"):
        made(PartnershipFactory(), effective_from=date(2026, 11, 20))


@pytest.mark.parametrize("field", ["title", "text"])
def test_an_unknown_field_is_refused(field):
    with pytest.raises(ValidationError) as refusal:
        made(PartnershipFactory(), **{field: "{{ review.nickname }}"})

    assert list(refusal.value.message_dict) == [field]
