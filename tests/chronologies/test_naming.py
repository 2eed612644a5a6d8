"""Real names of the register, in imports and in entries."""

import uuid

import pytest
from django.contrib.auth.hashers import make_password
from django.core.cache import cache
from django.urls import reverse

from audit.models import Event
from chronologies import services
from chronologies.importing import read_draft
from chronologies.models import Entry
from chronologies.naming import REAL_NAME
from chronologies.pseudonyms import rename_person, replace_names
from foundations.dates import parse
from reviews.models import Person
from reviews.rules import Role
from tests.chronologies.files import csv_of
from tests.factories.accounts import UserFactory
from tests.factories.chronologies import EntryFactory
from tests.factories.reviews import ParticipationFactory, PersonFactory
from tests.factories.reviews_people import IdentityFactory

pytestmark = pytest.mark.django_db
ROW = ("12.03.2011", "MA 1", "Zara Quillfeather rang; Zara was upset.", "Told Bobbin’s school.")


@pytest.fixture
def part():
    return ParticipationFactory()


@pytest.fixture
def _register(part):
    for pseudonym, role, name in (
        ("MA 1", Person.Role.VICTIM, "Zara Quillfeather"),
        ("MC 1", Person.Role.CHILD, "Bobbin Quillfeather"),
    ):
        person = PersonFactory(review=part.review, pseudonym=pseudonym, role=role)
        IdentityFactory(person=person, names=[name])


def doubts(review, part, row=ROW):
    draft = read_draft(csv_of(row), "chronology.csv", review, part)
    with draft.spool:
        return [
            (doubt["column"], doubt["message"]) for shown in draft.rows for doubt in shown["doubts"]
        ]


@pytest.mark.usefixtures("_register")
def test_a_name_in_an_import_is_a_doubt_beside_its_cell(part):
    assert doubts(part.review, part) == [("text", REAL_NAME)]


@pytest.mark.usefixtures("_register")
def test_an_agency_is_not_told_of_names_that_it_was_not_asked_about(part):
    row = ("12.03.2011", "MA 1", "Bobbin was collected late.", "None")

    assert doubts(part.review, part, row) == []
    assert doubts(part.review, None, row) == [("text", REAL_NAME)]


@pytest.mark.usefixtures("_register")
def test_a_doubt_tells_neither_the_name_nor_whose_it_is():
    assert not {"Zara", "MA 1", "Quillfeather"} & set(REAL_NAME.split())


def test_without_a_register_nothing_is_doubted(part):
    assert doubts(part.review, part) == []


@pytest.mark.usefixtures("_register")
def test_the_words_of_the_agency_stay_as_written(part):
    draft = read_draft(csv_of(ROW), "chronology.csv", part.review, part)

    with draft.spool:
        assert draft.rows[0]["text"] == ROW[2]


@pytest.mark.usefixtures("_register")
def test_a_name_in_an_entry_typed_in_is_a_doubt_at_once(part):
    entry = services.add_entry(
        part.review,
        part,
        by=UserFactory(),
        key=uuid.uuid4(),
        content={"text": "Zara rang.", "date": parse("2011").value},
    )

    assert [doubt["message"] for doubt in entry.open_doubts] == [REAL_NAME]


@pytest.mark.usefixtures("_register")
def test_a_name_that_a_change_brings_is_a_doubt_and_goes_with_the_next(part):
    entry = EntryFactory(participation=part, review=part.review, text="She rang.")

    brought = services.change_entry(entry, by=None, content={"text": "Zara rang."}, seen=0)
    assert [doubt["message"] for doubt in brought.open_doubts] == [REAL_NAME]
    gone = services.change_entry(entry, by=None, content={"text": "MA 1 rang."}, seen=1)

    assert gone.open_doubts == []


@pytest.mark.usefixtures("_register")
def test_names_are_replaced_by_a_new_version(part):
    entry = EntryFactory(
        participation=part,
        review=part.review,
        text=ROW[2],
        action=ROW[3],
        other={"Worker": "Saw Zara"},
        doubts=[{"column": "text", "heading": "", "message": REAL_NAME, "settled": False}],
    )

    replaced = replace_names(entry, by=None, seen=0)

    entry.refresh_from_db()
    assert (replaced, entry.text, entry.action, entry.other, entry.open_doubts) == (
        4,
        "MA 1 rang; MA 1 was upset.",
        "Told MC 1’s school.",
        {"Worker": "Saw MA 1"},
        [],
    )
    assert entry.versions.get().snapshot["text"] == ROW[2]
    assert Event.objects.get(type="entry.names_replaced").data["replaced"] == 4


@pytest.mark.usefixtures("_register")
def test_an_entry_without_names_gets_no_version(part):
    entry = EntryFactory(participation=part, review=part.review, text="She rang.")

    assert (replace_names(entry, by=None, seen=0), entry.versions.count()) == (0, 0)


@pytest.mark.usefixtures("_register")
def test_the_coordinator_replaces_names_with_the_password(client, sign_in, part):
    user = sign_in(Role.COORDINATOR, part.review)
    user.password = make_password("three random words")
    user.save()
    client.force_login(user)
    cache.clear()
    entry = EntryFactory(participation=part, review=part.review, text="Zara rang.")
    url = reverse("chronologies:names-replace", args=[part.review.reference, entry.pk])

    wrong = client.post(url, {"password": "no", "seen": 0}).status_code
    right = client.post(url, {"password": "three random words", "seen": 0})

    assert (wrong, right.status_code, Entry.objects.get().text) == (422, 302, "MA 1 rang.")


@pytest.mark.usefixtures("_register")
def test_another_pseudonym_relabels_entries_and_leaves_their_words(part):
    person = part.review.people.get(pseudonym="MA 1")
    entry = EntryFactory(
        participation=part, review=part.review, persons=["MA 1", "MC 1"], text="MA 1 rang."
    )
    elsewhere = EntryFactory(persons=["MA 1"])

    rename_person(person, pseudonym="Anna", chosen_by="family", reason="Chosen", seen=0, by=None)

    assert [Entry.objects.get(pk=one.pk).persons for one in (entry, elsewhere)] == [
        ["Anna", "MC 1"],
        ["MA 1"],
    ]
    assert Entry.objects.get(pk=entry.pk).text == "MA 1 rang."
