"""What becomes of a file: read, compared with what is there, saved whole or not at all."""

import csv
import uuid
from io import StringIO

import pytest

from audit.models import Event
from chronologies import importing, services
from chronologies.models import ChronologyImport, ColumnMapping, Entry, EntryVersion
from foundations.office import problem_copy
from reviews.rules import Role
from reviews.services import submit_chronology
from tests.chronologies.files import HEADINGS, ROWS, csv_of, with_row
from tests.conftest import with_role
from tests.factories.accounts import UserFactory
from tests.factories.reviews import ParticipationFactory, PersonFactory

pytestmark = pytest.mark.django_db
State = ChronologyImport.State


@pytest.fixture
def part():
    part = ParticipationFactory()
    for pseudonym in ("MA 1", "MA 2"):
        PersonFactory(review=part.review, pseudonym=pseudonym)
    return part


def whoever_may(part, review):
    if part is None:
        return with_role(Role.COORDINATOR, review)
    return with_role(Role.IMR_AUTHOR, part.review, part)


def preview(part, content, name="police.csv", *, by=None, key=None, review=None):
    import_ = services.upload(
        review or part.review,
        part,
        content=content,
        name=name,
        by=by or whoever_may(part, review),
        key=key or uuid.uuid4(),
    )
    services.run_now(import_)
    return fresh(import_)


def save(import_, **options):
    services.begin_saving(import_, by=options.pop("by", None) or import_.by, **options)
    services.run_now(fresh(import_))
    return fresh(import_)


def fresh(import_):
    return ChronologyImport.objects.for_display().get(pk=import_.pk)


def bring(part, content, name="police.csv"):
    return save(preview(part, content, name))


def live(part):
    return list(Entry.objects.filter(participation=part).live().in_time_order())


def effect(import_):
    counts = import_.counts
    return counts["added"], counts["changed"], counts["removed"]


# --- A first file -------------------------------------------------------------------------------


def test_a_preview_saves_nothing(part):
    import_ = preview(part, csv_of())

    assert (import_.state, effect(import_)) == (State.PREVIEWED, (3, 0, 0))
    assert Entry.objects.count() == 0


def test_a_saved_file_is_all_there(part):
    import_ = bring(part, csv_of())

    entries = live(part)
    assert import_.state == State.SAVED
    assert [entry.text for entry in entries] == [row[2] for row in ROWS]
    assert [entry.action for entry in entries] == [row[3] for row in ROWS]
    assert [str(entry.date) for entry in entries] == [
        "12 March 2011",
        "14 March 2011",
        "April 2011",
    ]
    assert [entry.persons for entry in entries] == [["MA 1"], ["MA 1"], ["MA 2"]]
    assert [entry.where for entry in entries] == [
        "record 2",
        "record 3",
        "record 4",
    ]
    assert {entry.source_file for entry in entries} == {import_.source_file}
    assert {entry.created_by for entry in entries} == {import_.by}


def test_a_saved_import_is_one_event_with_counts_and_a_digest(part):
    import_ = bring(part, csv_of())

    event = Event.objects.get(type="chronology.imported")
    assert event.data == {
        "agency": part.agency.name,
        "on_behalf": False,
        "after_submission": False,
        "sha256": import_.source_file.stored.sha256,
        "doubts": 0,
        "added": 3,
        "changed": 0,
        "removed": 0,
        "unchanged": 0,
    }


def test_columns_of_other_headings_are_kept_under_them(part):
    bring(part, csv_of(("2011", "A call", "Ward 7"), headings=("Date", "What happened", "Room")))

    assert live(part)[0].other == {"Room": "Ward 7"}


def test_doubts_are_saved_beside_their_row(part):
    rows = with_row(0, Date="31 September 2020")

    bring(part, csv_of(*rows))

    doubted = [entry for entry in live(part) if entry.doubts]
    assert [entry.date.text for entry in doubted] == ["31 September 2020"]
    assert [(d["column"], d["settled"]) for d in doubted[0].doubts] == [("date", False)]


def test_text_that_would_end_a_line_of_copy_comes_back_whole(part):
    odd = 'Line one\nline two\ttab \\N \\. "quoted" {brace} €'

    bring(part, csv_of(("2011", "MA 1", odd, "=1+1")))

    entry = live(part)[0]
    assert entry.text == 'Line one\nline two tab \\N \\. "quoted" {brace} €'
    assert entry.action == "=1+1"


def test_a_time_in_many_words_is_kept(part):
    words = (
        "some time in the night, after the neighbour had gone to bed and before she got up again"
    )

    bring(part, csv_of(("2011", words, "A call"), headings=("Date", "Time", "What happened")))

    assert [(entry.time, entry.text) for entry in live(part)] == [(words, "A call")]


def test_context_of_the_review_team_is_imported_for_no_agency(part):
    save(preview(None, csv_of(), review=part.review))

    assert set(Entry.objects.values_list("participation", "review")) == {(None, part.review.pk)}


def test_a_rejected_row_keeps_the_whole_file_out(part):
    rows = with_row(1, What_happened="x" * 30_000)

    import_ = preview(part, csv_of(*rows))

    assert (import_.counts["rejected"], import_.can_be_saved) == (1, False)
    with pytest.raises(services.NotReady):
        services.begin_saving(import_, by=import_.by)
    assert Entry.objects.count() == 0


def test_a_file_without_entries_is_previewed_as_empty(part):
    import_ = preview(part, b"Hello,world\nthis is,not one\n")

    assert (import_.is_empty, import_.can_be_saved) == (True, False)


def test_a_file_that_turns_out_unreadable_is_refused_with_a_sentence(part):
    import_ = preview(part, b"\x00" * 50, name="police.xlsx")

    assert import_.state == State.REFUSED
    assert "police.xlsx" in import_.problem


# --- The same file, a corrected file ------------------------------------------------------------


def test_the_same_file_again_changes_nothing(part):
    bring(part, csv_of())

    again = bring(part, csv_of())

    assert effect(again) == (0, 0, 0)
    assert len(live(part)) == 3
    assert EntryVersion.objects.count() == 0


def test_a_changed_action_is_a_change_of_that_entry(part):
    bring(part, csv_of())
    before = live(part)[0]

    again = bring(part, csv_of(*with_row(0, Action_taken="Officers attended at 22:15.")))

    after = live(part)[0]
    assert effect(again) == (0, 1, 0)
    assert (after.pk, after.action) == (before.pk, "Officers attended at 22:15.")
    assert after.versions.get().snapshot["action"] == "Officers attended."


def test_a_changed_date_is_a_change_because_the_words_are_the_same(part):
    bring(part, csv_of())

    again = bring(part, csv_of(*with_row(0, Date="13.03.2011")))

    assert effect(again) == (0, 1, 0)
    assert str(live(part)[0].date) == "13 March 2011"


def test_slightly_different_words_on_the_same_date_are_a_change(part):
    bring(part, csv_of())

    again = bring(part, csv_of(*with_row(0, What_happened="A neighbour rang about loud shouting.")))

    assert effect(again) == (0, 1, 0)


def test_quite_different_words_are_one_removed_and_one_added(part):
    bring(part, csv_of())
    before = live(part)[0]

    again = bring(part, csv_of(*with_row(0, What_happened="Letter to the landlord about rent.")))

    before.refresh_from_db()
    assert effect(again) == (1, 0, 1)
    assert (before.is_withdrawn, before.dropped_by) == (True, again.source_file)
    assert len(live(part)) == 3


def test_a_preview_of_a_correction_shows_old_and_new(part):
    bring(part, csv_of())
    rows = [*with_row(0, Date="13.03.2011")[:2], ("2012", "MA 1", "A new row", "")]

    shown = preview(part, csv_of(*rows)).summary

    assert [change["fields"] for change in shown["changed"]] == [
        [{"label": "Date", "old": "12 March 2011", "new": "13 March 2011"}]
    ]
    assert [row["text"] for row in shown["removed"]] == [ROWS[2][2]]
    assert [row["text"] for row in shown["added"]] == ["A new row"]


def test_rows_that_say_the_same_are_paired_one_to_one(part):
    call = ("2011", "MA 1", "Telephone call.", "")
    bring(part, csv_of(call, call, call))

    again = bring(part, csv_of(call, call))

    assert effect(again) == (0, 0, 1)
    assert len(live(part)) == 2


def test_an_entry_that_moved_down_is_found_at_its_new_row(part):
    bring(part, csv_of())
    first = ("01.01.2011", "MA 1", "An earlier call.", "")

    again = bring(part, csv_of(first, *ROWS))

    assert effect(again) == (1, 0, 0)
    assert [entry.where for entry in live(part)] == [f"record {n}" for n in (2, 3, 4, 5)]
    assert {entry.source_file for entry in live(part)} == {again.source_file}


def test_a_removed_row_that_comes_back_is_added_again(part):
    bring(part, csv_of())
    bring(part, csv_of(*ROWS[:2]))

    again = bring(part, csv_of())

    assert effect(again) == (1, 0, 0)
    assert len(live(part)) == 3


def test_a_correction_of_a_correction_is_compared_with_all_that_is_left(part):
    bring(part, csv_of())
    bring(part, csv_of(*with_row(0, Action_taken="Changed.")))

    again = bring(part, csv_of())

    assert effect(again) == (0, 1, 0)
    assert live(part)[0].versions.count() == 2


def test_another_name_is_a_correction_when_half_of_it_is_there(part):
    first = bring(part, csv_of(), name="police.csv")

    again = preview(part, csv_of(*with_row(0, Date="13.03.2011")), name="police final.csv")

    assert again.source_file.replaces == first.source_file
    assert effect(again) == (0, 1, 0)


def test_a_file_of_other_entries_is_added_to_what_is_there(part):
    bring(part, csv_of(), name="police.csv")

    again = bring(part, csv_of(("2012", "MA 2", "Another unit's call.", "")), name="custody.csv")

    assert again.source_file.replaces is None
    assert effect(again) == (1, 0, 0)
    assert len(live(part)) == 4


def test_the_user_may_say_that_a_file_of_the_same_name_holds_further_entries(part):
    bring(part, csv_of())
    import_ = preview(part, csv_of(("2012", "MA 2", "Another call.", "")))
    assert effect(import_) == (1, 0, 3)

    services.set_further(import_, is_further=True, by=import_.by)
    services.run_now(fresh(import_))

    assert effect(fresh(import_)) == (1, 0, 0)
    assert fresh(import_).source_file.replaces is None


def test_another_agencys_same_file_is_not_compared_with(part):
    bring(part, csv_of())
    other = ParticipationFactory(review=part.review)

    import_ = bring(other, csv_of())

    assert effect(import_) == (3, 0, 0)
    assert (len(live(part)), len(live(other))) == (3, 3)


# --- Changed by hand ----------------------------------------------------------------------------


def change_by_hand(entry, **content):
    return services.change_entry(
        entry, by=UserFactory(), content=content, seen=entry.versions.count()
    )


def test_the_same_file_again_leaves_what_was_changed_by_hand(part):
    bring(part, csv_of())
    change_by_hand(live(part)[0], text="As corrected by hand.")

    again = bring(part, csv_of())

    assert effect(again) == (0, 0, 0)
    assert live(part)[0].text == "As corrected by hand."


def test_changed_in_the_file_and_by_hand_is_said_and_nothing_is_lost(part):
    bring(part, csv_of())
    change_by_hand(live(part)[0], action="By hand.")

    again = bring(part, csv_of(*with_row(0, Action_taken="In the file.")))

    entry = live(part)[0]
    assert effect(again) == (0, 1, 0)
    assert entry.action == "In the file."
    assert [version.snapshot["action"] for version in entry.versions.all()] == [
        "By hand.",
        "Officers attended.",
    ]
    assert ["changed by hand" in doubt["message"] for doubt in entry.open_doubts] == [True]


def test_the_same_correction_in_the_file_and_by_hand_is_no_change(part):
    bring(part, csv_of())
    change_by_hand(live(part)[0], action="Corrected.")

    again = bring(part, csv_of(*with_row(0, Action_taken="Corrected.")))

    assert effect(again) == (0, 0, 0)
    assert live(part)[0].open_doubts == []


def test_words_changed_by_hand_are_matched_by_what_was_imported_too(part):
    bring(part, csv_of())
    entry = live(part)[0]
    change_by_hand(entry, text="Something else altogether, in other words.")

    again = bring(part, csv_of(*with_row(0, What_happened="A neighbour rang about the shouting.")))

    assert effect(again) == (0, 1, 0)
    entry.refresh_from_db()
    assert entry.text == "A neighbour rang about the shouting."


def test_an_entry_withdrawn_by_hand_stays_withdrawn(part):
    bring(part, csv_of())
    services.withdraw_entry(live(part)[0], by=UserFactory(), reason="Wrong person")

    again = bring(part, csv_of())

    assert effect(again) == (0, 0, 0)
    assert len(live(part)) == 2


def test_a_settled_doubt_stays_settled_while_the_row_still_raises_it(part):
    rows = with_row(0, Date="31 September 2020")
    bring(part, csv_of(*rows))
    (doubted,) = Entry.objects.doubtful()
    services.settle_doubt(doubted, 0, by=UserFactory())
    rows[0] = (*rows[0][:3], "Another outcome.")

    again = bring(part, csv_of(*rows))

    assert effect(again) == (0, 1, 0)
    assert list(Entry.objects.doubtful()) == []


# --- Two at once --------------------------------------------------------------------------------


def test_two_who_upload_the_same_file_do_not_double_it(part):
    first, second = preview(part, csv_of()), preview(part, csv_of())
    save(first)

    second = save(second)

    assert (second.state, effect(second)) == (State.PREVIEWED, (0, 0, 0))
    assert second.problem == services.MEANWHILE
    assert len(live(part)) == 3


def test_whoever_looks_again_can_save(part):
    first, second = preview(part, csv_of()), preview(part, csv_of(*with_row(0, Date="2010")))
    save(first)
    second = save(second)

    second = save(second)

    assert (second.state, effect(second)) == (State.SAVED, (0, 1, 0))


def test_a_hand_edit_between_preview_and_save_is_shown_first(part):
    bring(part, csv_of())
    import_ = preview(part, csv_of(*with_row(0, Action_taken="In the file.")))
    change_by_hand(live(part)[0], action="By hand.")

    import_ = save(import_)

    assert import_.state == State.PREVIEWED
    assert live(part)[0].action == "By hand."


def test_a_double_click_on_upload_is_one_import(part):
    key = uuid.uuid4()

    first, second = preview(part, csv_of(), key=key), preview(part, csv_of(), key=key)

    assert first == second
    assert ChronologyImport.objects.count() == 1


def test_a_double_click_on_save_saves_once(part):
    import_ = preview(part, csv_of())
    services.begin_saving(import_, by=import_.by)
    services.begin_saving(import_, by=import_.by)
    services.run_now(fresh(import_))
    services.begin_saving(fresh(import_), by=import_.by)
    services.run_now(fresh(import_))

    assert len(live(part)) == 3
    assert Event.objects.filter(type="chronology.imported").count() == 1


# --- After submission ---------------------------------------------------------------------------


def test_a_submitted_chronology_is_imported_into_only_with_a_reason(part):
    bring(part, csv_of())
    submit_chronology(part, by=UserFactory())
    import_ = preview(part, csv_of(*with_row(0, Action_taken="More.")))

    with pytest.raises(importing.ReasonNeeded):
        services.begin_saving(import_, by=import_.by)

    save(import_, reason="A page was found")
    assert EntryVersion.objects.get().reason == "A page was found"


def test_submitted_between_the_click_and_the_saving_saves_nothing_without_a_reason(part):
    import_ = preview(part, csv_of())
    services.begin_saving(import_, by=import_.by)
    submit_chronology(part, by=UserFactory())

    services.run_now(fresh(import_))

    assert fresh(import_).state == State.PREVIEWED
    assert Entry.objects.count() == 0


# --- Columns ------------------------------------------------------------------------------------

ODD = ("When", "Zzz", "Yyy")
ODD_ROWS = (("2011", "A neighbour rang about shouting.", "n/a"),)
ODD_MAPPING = {"When": "date", "Zzz": "text", "Yyy": "comment"}


def test_the_users_mapping_is_what_the_file_is_read_by(part):
    import_ = preview(part, csv_of(*ODD_ROWS, headings=ODD))

    services.set_mapping(import_, mapping=ODD_MAPPING, by=import_.by)
    services.run_now(fresh(import_))
    save(fresh(import_))

    assert [(entry.text, entry.comment) for entry in live(part)] == [
        ("A neighbour rang about shouting.", "n/a")
    ]


def test_a_mapping_is_remembered_for_the_agencys_next_file_of_those_headings(part):
    import_ = preview(part, csv_of(*ODD_ROWS, headings=ODD))
    services.set_mapping(import_, mapping=ODD_MAPPING, by=import_.by)

    again = preview(part, csv_of(("2012", "A call", "b"), headings=ODD), name="other.csv")

    assert (again.mapping, again.is_mapping_checked) == (ODD_MAPPING, True)


def test_a_right_guess_is_not_asked_about_again(part):
    import_ = preview(part, csv_of())
    assert import_.is_mapping_checked is False

    services.accept_mapping(import_, by=import_.by)

    assert preview(part, csv_of(), name="other.csv").is_mapping_checked is True


def test_another_agencys_mapping_is_its_own(part):
    import_ = preview(part, csv_of(*ODD_ROWS, headings=ODD))
    services.set_mapping(import_, mapping=ODD_MAPPING, by=import_.by)
    other = ParticipationFactory(review=part.review)

    again = preview(other, csv_of(*ODD_ROWS, headings=ODD))

    assert (again.mapping, again.is_mapping_checked) == ({}, False)
    assert ColumnMapping.objects.count() == 1


def test_a_mapping_cannot_be_given_to_a_saved_import(part):
    import_ = bring(part, csv_of())

    with pytest.raises(services.NotReady):
        services.set_mapping(import_, mapping=ODD_MAPPING, by=import_.by)


# --- Discarding, and what was wrong -------------------------------------------------------------


def test_a_discarded_import_is_never_saved(part):
    import_ = preview(part, csv_of())

    services.discard_import(import_, by=import_.by)

    assert fresh(import_).state == State.DISCARDED
    with pytest.raises(services.NotReady):
        services.begin_saving(fresh(import_), by=import_.by)


def test_a_saved_import_cannot_be_discarded(part):
    with pytest.raises(services.NotReady):
        services.discard_import(bring(part, csv_of()), by=UserFactory())


def test_what_was_wrong_comes_back_in_the_authors_own_file(part):
    rows_as_sent = with_row(1, Date="31 September 2020")
    import_ = preview(part, csv_of(*rows_as_sent))

    copy = StringIO(services.with_problems(import_).decode("utf-8-sig"), newline="")

    rows = list(csv.reader(copy))
    assert rows[0] == [*HEADINGS, "Problem"]
    assert rows[2] == [*rows_as_sent[1], "Date: September 2020 has no day 31."]
    assert (rows[1], rows[3]) == (list(ROWS[0]), list(ROWS[2]))


def test_our_own_problem_column_is_none_of_the_authors_words(part):
    rows = with_row(1, Date="31 September 2020")
    bring(part, csv_of(*rows))
    copy = services.with_problems(ChronologyImport.objects.get())

    again = bring(part, copy)

    assert effect(again) == (0, 0, 0)
    assert [entry.other for entry in live(part)] == [{}, {}, {}]


def test_an_agencys_own_problem_column_is_kept(part):
    content = csv_of(("2011", "A call", "Asthma"), headings=("Date", "What happened", "Problem"))

    bring(part, content)

    assert live(part)[0].other == {"Problem": "Asthma"}


def test_problem_copy_of_a_correction_is_still_a_correction(part):
    rows = with_row(1, Date="31 September 2020")
    first = bring(part, csv_of(*rows))
    problems = [("", 3, "Date", "September 2020 has no day 31.")]
    copy = problem_copy(csv_of(*ROWS), "x.csv", problems)

    again = preview(part, copy, name="renamed.csv")

    assert again.source_file.replaces == first.source_file


def test_what_happened_today_is_not_in_the_future_soon_after_midnight(part, time_machine):
    time_machine.move_to("2026-06-03 23:30 +0000")
    row = ("4 June 2026", "MA 1", "A neighbour rang about shouting.", "Officers attended.")

    draft = importing.read_draft(csv_of(row), "police.csv", part.review, part)

    with draft.spool:
        assert (draft.counts["entries"], draft.counts["doubts"]) == (1, 0)
