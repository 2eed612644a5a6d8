import uuid

import pytest
from django.core.exceptions import ValidationError

from audit.models import Event
from chronologies import services
from chronologies.importing import ReasonNeeded
from chronologies.models import Entry
from foundations.dates import parse
from reviews.services import submit_chronology
from tests.factories.accounts import UserFactory
from tests.factories.chronologies import EntryFactory
from tests.factories.reviews import ParticipationFactory, ReviewFactory

pytestmark = pytest.mark.django_db


def content(**changes):
    written = {
        "date": parse("12.03.2011").value,
        "time": "22:15",
        "persons": ["MA 1"],
        "text": "A neighbour rang.",
        "action": "",
        "comment": "",
        "source": "Incident log",
    }
    return written | changes


def last_event():
    return Event.objects.order_by("-pk").first()


# --- Adding -------------------------------------------------------------------------------------


def test_add_entry_keeps_what_was_typed():
    part, author = ParticipationFactory(), UserFactory()

    entry = services.add_entry(
        part.review, part, by=author, key=uuid.uuid4(), content=content(), on_behalf=True
    )

    entry = Entry.objects.get(pk=entry.pk)
    assert (entry.text, entry.time, entry.persons) == ("A neighbour rang.", "22:15", ["MA 1"])
    assert (entry.date, entry.created_by, entry.on_behalf) == (
        parse("12.03.2011").value,
        author,
        True,
    )
    assert last_event().type == "entry.added"
    assert last_event().data == {
        "agency": part.agency.name,
        "on_behalf": True,
        "after_submission": False,
    }


def test_add_entry_stands_after_those_that_are_there():
    first = EntryFactory(position=9)
    part = first.participation

    entry = services.add_entry(
        part.review, part, by=UserFactory(), key=uuid.uuid4(), content=content()
    )

    assert entry.position == 10


def test_a_second_click_finds_the_first_entry():
    part, key = ParticipationFactory(), uuid.uuid4()
    add = {"by": UserFactory(), "key": key, "content": content()}

    first = services.add_entry(part.review, part, **add)
    second = services.add_entry(part.review, part, **add)

    assert first == second
    assert Entry.objects.count() == 1


def test_context_of_the_review_team_belongs_to_no_agency():
    review = ReviewFactory()

    entry = services.add_entry(review, None, by=UserFactory(), key=uuid.uuid4(), content=content())

    assert (entry.participation, entry.review) == (None, review)


def test_add_entry_validates():
    part = ParticipationFactory()

    with pytest.raises(ValidationError):
        services.add_entry(
            part.review,
            part,
            by=UserFactory(),
            key=uuid.uuid4(),
            content=content(persons=["x" * 100]),
        )

    assert Entry.objects.count() == 0


# --- Changing -----------------------------------------------------------------------------------


def test_change_entry_keeps_what_it_said_before():
    entry, editor = EntryFactory(on="2009", text="Before"), UserFactory()

    services.change_entry(
        entry, by=editor, content={"text": "After", "date": parse("May 2009").value}, seen=0
    )

    entry.refresh_from_db()
    version = entry.versions.get()
    assert (entry.text, str(entry.date), entry.changed_by) == ("After", "May 2009", editor)
    assert (version.number, version.by) == (1, editor)
    assert (version.snapshot["text"], version.snapshot["date_text"]) == ("Before", "2009")
    assert last_event().data["fields"] == ["date", "text"]


def test_a_change_that_changes_nothing_leaves_no_version():
    entry = EntryFactory(text="The same")

    services.change_entry(entry, by=UserFactory(), content={"text": "The same"}, seen=0)

    assert entry.versions.count() == 0


def test_versions_are_numbered():
    entry = EntryFactory()
    for seen in range(3):
        services.change_entry(entry, by=UserFactory(), content={"text": f"{seen}"}, seen=seen)

    assert list(entry.versions.values_list("number", flat=True)) == [3, 2, 1]


def test_change_entry_refuses_an_editor_who_saw_an_older_one():
    entry = EntryFactory()
    services.change_entry(entry, by=UserFactory(), content={"text": "First"}, seen=0)

    with pytest.raises(services.ChangedMeanwhile):
        services.change_entry(entry, by=UserFactory(), content={"text": "Second"}, seen=0)

    entry.refresh_from_db()
    assert entry.text == "First"


def test_after_submission_a_change_needs_a_reason():
    entry = EntryFactory(text="Before")
    submit_chronology(entry.participation, by=UserFactory())

    with pytest.raises(ReasonNeeded):
        services.change_entry(entry, by=UserFactory(), content={"text": "After"}, seen=0)

    entry.refresh_from_db()
    assert entry.text == "Before"


def test_after_submission_the_reason_is_kept_with_the_version():
    entry = EntryFactory()
    submit_chronology(entry.participation, by=UserFactory())

    services.change_entry(
        entry, by=UserFactory(), content={"text": "After"}, seen=0, reason="A page was found"
    )

    assert entry.versions.get().reason == "A page was found"
    assert last_event().data["after_submission"] is True


def test_a_new_date_is_no_longer_that_of_the_row_above():
    entry = EntryFactory(is_date_inherited=True)

    services.change_entry(entry, by=UserFactory(), content={"date": parse("2012").value}, seen=0)

    entry.refresh_from_db()
    assert entry.is_date_inherited is False


def test_changing_a_field_settles_the_doubts_about_it():
    entry = EntryFactory(
        doubts=[
            {"column": "date", "heading": "", "message": "Year?", "settled": False},
            {"column": "text", "heading": "", "message": "Cut?", "settled": False},
        ]
    )

    services.change_entry(entry, by=UserFactory(), content={"date": parse("2012").value}, seen=0)

    entry.refresh_from_db()
    assert [doubt["settled"] for doubt in entry.doubts] == [True, False]


# --- Withdrawing --------------------------------------------------------------------------------


def test_withdraw_entry_keeps_the_entry_and_the_reason():
    entry, by = EntryFactory(), UserFactory()

    services.withdraw_entry(entry, by=by, reason="Recorded about somebody else")

    entry.refresh_from_db()
    assert (entry.is_withdrawn, entry.withdrawn_by) == (True, by)
    assert entry.versions.get().reason == "Recorded about somebody else"
    assert list(Entry.objects.live()) == []
    assert last_event().type == "entry.withdrawn"


@pytest.mark.parametrize(
    "change",
    [
        lambda entry, by: services.withdraw_entry(entry, by=by, reason="Again"),
        lambda entry, by: services.change_entry(entry, by=by, content={"text": "x"}, seen=1),
        lambda entry, by: services.settle_doubt(entry, 0, by=by),
    ],
)
def test_a_withdrawn_entry_is_changed_no_more(change):
    entry = EntryFactory()
    services.withdraw_entry(entry, by=UserFactory(), reason="Wrong person")

    with pytest.raises(services.AlreadyWithdrawn):
        change(entry, UserFactory())


# --- Doubts -------------------------------------------------------------------------------------


def test_settle_doubt_settles_that_one():
    entry = EntryFactory(
        doubts=[
            {"column": "date", "message": "a", "settled": False},
            {"column": "text", "message": "b", "settled": False},
        ]
    )

    services.settle_doubt(entry, 1, by=UserFactory())

    entry.refresh_from_db()
    assert [doubt["settled"] for doubt in entry.doubts] == [False, True]
    assert last_event().data["column"] == "text"


def test_settling_twice_is_one_event():
    entry = EntryFactory(doubts=[{"column": "date", "message": "a", "settled": False}])
    services.settle_doubt(entry, 0, by=UserFactory())
    before = Event.objects.count()

    services.settle_doubt(entry, 0, by=UserFactory())

    assert Event.objects.count() == before


@pytest.mark.parametrize("number", [1, 99])
def test_a_doubt_that_is_not_there_cannot_be_settled(number):
    entry = EntryFactory(doubts=[{"column": "date", "message": "a", "settled": False}])

    with pytest.raises(services.ChangedMeanwhile):
        services.settle_doubt(entry, number, by=UserFactory())


def test_the_trail_holds_nothing_that_anybody_wrote():
    part = ParticipationFactory()
    entry = services.add_entry(
        part.review,
        part,
        by=UserFactory(),
        key=uuid.uuid4(),
        content=content(text="canary words", comment="canary comment"),
    )
    services.change_entry(
        entry, by=UserFactory(), content={"text": "canary after"}, seen=0, reason="canary reason"
    )
    services.withdraw_entry(entry, by=UserFactory(), reason="canary end")

    assert [event for event in Event.objects.all() if "canary" in str(event.data)] == []
