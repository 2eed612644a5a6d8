from datetime import date

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError
from django.utils import timezone

from chronologies.models import ChronologyImport, Entry, SourceFile
from foundations.dates import PartialDate, parse
from reviews.rules import Material, Role
from reviews.services import share, withdraw_share
from tests.conftest import with_role
from tests.factories.accounts import UserFactory
from tests.factories.chronologies import (
    ChronologyImportFactory,
    EntryFactory,
    EntryVersionFactory,
    SourceFileFactory,
)
from tests.factories.reviews import ParticipationFactory, ReviewFactory

pytestmark = pytest.mark.django_db


# --- Who sees an entry --------------------------------------------------------------------------


@pytest.fixture
def three_entries():
    """Own, another agency's in the same review, and context of the review team."""
    review = ReviewFactory()
    own, other = ParticipationFactory(review=review), ParticipationFactory(review=review)
    return {
        "own": EntryFactory(participation=own),
        "other": EntryFactory(participation=other),
        "context": EntryFactory(participation=None, review=review),
    }


@pytest.mark.parametrize(
    ("role", "seen"),
    [
        (Role.COORDINATOR, {"own", "other", "context"}),
        (Role.CHAIR, {"own", "other", "context"}),
        (Role.IMR_AUTHOR, {"own"}),
        (Role.SIGN_OFF_OFFICER, {"own"}),
        (Role.ACTION_LEAD, set()),
        (Role.PANEL_MEMBER, set()),
        (Role.BOARD_READER, set()),
        (Role.HOME_OFFICE_READER, set()),
        (Role.ADMINISTRATOR, set()),
    ],
)
def test_which_entries_a_role_sees(role, seen, three_entries):
    part = three_entries["own"].participation
    user = with_role(role, part.review, part if role in _AGENCY else None)

    visible = set(Entry.objects.visible_to(user))

    assert visible == {three_entries[name] for name in seen}


_AGENCY = {Role.IMR_AUTHOR, Role.SIGN_OFF_OFFICER, Role.ACTION_LEAD}


def test_a_role_in_another_review_shows_nothing(three_entries):
    user = with_role(Role.CHAIR, ReviewFactory())

    assert list(Entry.objects.visible_to(user)) == []


def test_a_share_of_one_agencys_chronology_shows_it_and_no_more(three_entries):
    entry = three_entries["other"]
    panel = with_role(Role.PANEL_MEMBER, entry.review)
    share(
        entry.review,
        material=Material.CHRONOLOGY,
        with_role=Role.PANEL_MEMBER,
        participation=entry.participation,
        by=UserFactory(),
    )

    assert list(Entry.objects.visible_to(panel)) == [entry]


def test_a_share_of_everything_shows_context_too_until_it_ends(three_entries):
    review = three_entries["own"].review
    panel = with_role(Role.PANEL_MEMBER, review)
    given = share(
        review, material=Material.CHRONOLOGY, with_role=Role.PANEL_MEMBER, by=UserFactory()
    )
    assert set(Entry.objects.visible_to(panel)) == set(three_entries.values())

    withdraw_share(given, by=UserFactory())

    panel.__dict__.pop("_access")
    assert list(Entry.objects.visible_to(panel)) == []


@pytest.mark.parametrize(
    ("role", "sees"),
    [
        (Role.COORDINATOR, True),
        (Role.IMR_AUTHOR, True),
        (Role.SIGN_OFF_OFFICER, True),
        (Role.CHAIR, False),
        (Role.PANEL_MEMBER, False),
        (Role.ACTION_LEAD, False),
    ],
)
def test_files_and_imports_are_for_the_agency_and_whoever_acts_for_it(role, sees):
    import_ = ChronologyImportFactory()
    part = import_.participation
    user = with_role(role, part.review, part if role in _AGENCY else None)

    assert list(ChronologyImport.objects.visible_to(user)) == [import_] * sees
    assert list(SourceFile.objects.visible_to(user)) == [import_.source_file] * sees


def test_another_agencys_author_sees_no_import():
    import_ = ChronologyImportFactory()
    other = ParticipationFactory(review=import_.review)
    author = with_role(Role.IMR_AUTHOR, import_.review, other)

    assert list(ChronologyImport.objects.visible_to(author)) == []


# --- Finding entries ----------------------------------------------------------------------------


def test_entries_stand_in_time_order_with_the_undated_last():
    part = ParticipationFactory()
    written = ["Undated", "April 2011", "12.03.2011", "Prior to April 2007", "2011", "13.04.2011"]
    entries = {on: EntryFactory(participation=part, on=on) for on in written}

    ordered = list(Entry.objects.in_time_order())

    assert ordered == [
        entries[on]
        for on in [
            "Prior to April 2007",
            "2011",
            "12.03.2011",
            "April 2011",
            "13.04.2011",
            "Undated",
        ]
    ]


def test_of_one_day_the_order_of_the_file_decides():
    part = ParticipationFactory()
    second = EntryFactory(participation=part, position=7)
    first = EntryFactory(participation=part, position=3)

    assert list(Entry.objects.in_time_order()) == [first, second]


def test_of_one_day_the_agencies_are_merged_by_the_clock():
    police, hospital = ParticipationFactory(), ParticipationFactory()
    times = [
        (police, 1, "01:40"),
        (police, 2, ""),
        (police, 3, "9.30"),
        (police, 4, "08:00"),  # as its file has it: after what stands before it
        (hospital, 1, ""),
        (hospital, 2, "0320 hrs"),
        (hospital, 3, "10.15pm"),
    ]
    for part, position, time in reversed(times):
        EntryFactory(participation=part, on="03.04.2022", position=position, time=time)

    ordered = [(e.participation, e.position) for e in Entry.objects.merged_in_time()]

    assert ordered == [
        (hospital, 1),
        (police, 1),
        (police, 2),
        (hospital, 2),
        (hospital, 3),
        (police, 3),
        (police, 4),
    ]


def test_a_time_moves_nothing_from_one_date_to_another():
    part = ParticipationFactory()
    for on, time in [("April 2022", "09:00"), ("03.04.2022", "23:00"), ("04.04.2022", "01:00")]:
        EntryFactory(participation=part, on=on, time=time)
    rows = Entry.objects.all()

    assert list(rows.merged_in_time()) == list(rows.in_time_order())


@pytest.mark.parametrize(
    ("on", "found"),
    [
        ("12.03.2011", True),
        ("March 2011", True),
        ("2011", True),
        ("28.02.2011", False),
        ("01.04.2011", False),
        ("Prior to April 2007", False),
        ("after 2010", True),
        ("Undated", False),
    ],
)
def test_between_finds_what_can_have_happened_then(on, found):
    entry = EntryFactory(on=on)

    rows = Entry.objects.between(date(2011, 3, 1), date(2011, 3, 31))

    assert list(rows) == [entry] * found


def test_dated_and_undated_are_all_there_is():
    dated = EntryFactory(on="2009")
    undated = EntryFactory(on="On one occasion")

    assert list(Entry.objects.dated()) == [dated]
    assert list(Entry.objects.undated()) == [undated]


def test_by_person_takes_the_whole_code():
    entry = EntryFactory(persons=["MA 1", "FA 1"])
    EntryFactory(persons=["MA 11"])

    assert list(Entry.objects.by_person("MA 1")) == [entry]


def test_matching_finds_other_forms_of_the_words_in_every_text_field():
    told = EntryFactory(text="Two neighbours were shouting")
    done = EntryFactory(text="A call", action="Spoke with the neighbour")
    EntryFactory(text="A letter")

    assert set(Entry.objects.matching("neighbour")) == {told, done}


@pytest.mark.parametrize("words", ['"', "a & | b", "!!", "'", "-- ; drop table", "(", "\\"])
def test_matching_survives_whatever_is_typed(words):
    EntryFactory()

    assert len(Entry.objects.matching(words)) == 0


def test_live_leaves_out_the_withdrawn():
    live = EntryFactory()
    withdrawn = EntryFactory(withdrawn_at=timezone.now(), withdrawn_by=UserFactory())

    assert list(Entry.objects.live()) == [live]
    assert list(Entry.objects.withdrawn()) == [withdrawn]


def test_doubtful_means_a_doubt_that_nobody_settled():
    open_ = EntryFactory(doubts=[{"column": "date", "message": "?", "settled": False}])
    EntryFactory(doubts=[{"column": "date", "message": "?", "settled": True}])
    EntryFactory()

    assert list(Entry.objects.doubtful()) == [open_]


# --- One row ------------------------------------------------------------------------------------


def test_an_entry_keeps_its_date_as_written():
    entry = EntryFactory(on="mid-September 2011")

    entry = Entry.objects.get(pk=entry.pk)

    assert entry.date == parse("mid-September 2011").value
    assert str(entry.date) == "mid-September 2011"


def test_an_entry_without_a_date_has_the_empty_one():
    entry = EntryFactory(date=PartialDate.none())

    assert str(Entry.objects.get(pk=entry.pk).date) == ""


@pytest.mark.parametrize(
    ("kind", "part", "where"),
    [
        ("sheet", "MA 2", "sheet “MA 2”, row 9"),
        ("table", "1", "table 1, row 9"),
        ("csv", "1", "record 9"),
        ("paragraphs", "1", "paragraph 9"),
    ],
)
def test_where_says_file_part_and_row(kind, part, where):
    entry = EntryFactory(source_file=SourceFileFactory(), part_kind=kind, part=part, row=9)

    assert entry.where == where


def test_a_dropped_entry_is_a_withdrawn_one():
    with pytest.raises(IntegrityError, match="entry_dropped_is_withdrawn"):
        EntryFactory(dropped_by=SourceFileFactory())


def test_a_version_is_never_changed():
    version = EntryVersionFactory()

    with pytest.raises(ValidationError):
        version.save()


def test_an_import_is_saved_at_a_time():
    with pytest.raises(IntegrityError, match="import_saved_has_a_time"):
        ChronologyImportFactory(state=ChronologyImport.State.SAVED)


# --- What is shown ------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("on", "time", "apart"),
    [
        ("12.03.2020", "14:30", "14:30"),
        ("12.03.2020 14:30", "14:30", ""),
        ("12.03.2020 14:30", "about 15:00", "about 15:00"),
        ("12.03.2020", "", ""),
    ],
)
def test_a_time_is_shown_once(on, time, apart):
    assert EntryFactory.build(on=on, time=time, participation=None, review=None).time_apart == apart
