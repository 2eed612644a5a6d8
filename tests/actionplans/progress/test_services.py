import datetime as dt
import uuid

import pytest
from django.core.exceptions import ValidationError
from django.db import DatabaseError, IntegrityError, transaction

from actionplans.models import Recommendation, Status
from actionplans.progress import queries, services
from actionplans.progress.models import Answer, DateMove, EvidenceFile, ProgressNote
from actionplans.progress.services import ChangedMeanwhile
from audit.models import Event
from foundations.dates import parse
from foundations.vault.opening import open_file
from reviews.clock.services import reached
from reviews.lifecycle.ended import ReviewEnded
from reviews.models import Review
from reviews.rules import Role, State
from tests.conftest import with_role
from tests.factories.accounts import UserFactory
from tests.factories.actionplans import (
    ActionFactory,
    ProgressNoteFactory,
    RecommendationLeadFactory,
    UpdateFactory,
)
from tests.factories.actionplans_progress import DateMoveFactory, EvidenceFileFactory
from tests.factories.reviews import ParticipationFactory

pytestmark = pytest.mark.django_db
KEY = uuid.UUID(int=7)
ON = dt.date(2026, 5, 1)


@pytest.fixture
def row():
    """The only row of a recommendation that one agency leads."""
    return RecommendationLeadFactory(recommendation__due="March 2027").recommendation.rows.get()


def report(row, **values):
    row.refresh_from_db()
    said = {"answer": Answer.ON_TRACK, "words": "Forty attended.", "key": uuid.uuid4()}
    said |= {"seen": row.told_at, "by": UserFactory(), "on": ON} | values
    note = services.report(row, **said)
    row.refresh_from_db()
    return note


def done(row, **values):
    return report(row, answer=Answer.REPORTED, **{"evidence": "The minutes of May"} | values)


def refused(row, **values):
    with pytest.raises(ValidationError) as refusal:
        report(row, **values)
    return refusal.value.message_dict


# --- What is kept -------------------------------------------------------------------------------


def test_an_update_is_kept_and_gives_the_status(row):
    note = report(row, participation=row.lead)

    assert (note.note, note.status_before) == ("Forty attended.", Status.UNCONFIRMED)
    assert (row.status, row.told_at) == (Status.ON_TRACK, note.at)
    assert row.recommendation.status == Status.ON_TRACK
    event = Event.objects.order_by("-pk").first()
    assert (event.type, event.target) == ("progress.added", f"actionplans.planrow:{row.pk}")
    assert event.data == {
        "agency": row.lead.agency.name,
        "answer": "on_track",
        "status": "on_track",
        "on_behalf": False,
        "source": "page",
        "files": 0,
    }


def test_a_second_click_reports_once(row):
    first, second = report(row, key=KEY), report(row, key=KEY, seen=None)

    assert first == second
    assert ProgressNote.objects.count() == 1


def test_the_key_of_another_row_reports_nothing(row):
    other = ProgressNoteFactory()

    with pytest.raises(services.KeyOfAnother):
        report(row, key=other.key)


def test_no_change_needs_no_words_and_changes_nothing(row):
    note = report(row, answer=Answer.NO_CHANGE, words="")

    assert (note.status, row.status) == (Status.UNCONFIRMED, Status.UNCONFIRMED)
    assert row.told_at == note.at


@pytest.mark.parametrize("answer", [one for one in Answer if one != Answer.NO_CHANGE])
def test_everything_else_says_something(row, answer):
    assert "words" in refused(row, answer=answer, words=" ", evidence="Seen")


def test_an_answer_that_there_is_not_is_refused(row):
    assert "answer" in refused(row, answer="done")


def test_an_ended_review_takes_no_progress(row):
    Review.objects.filter(pk=row.review_id).update(state=State.CLOSED)

    with pytest.raises(ReviewEnded):
        report(row)


def test_a_row_that_is_followed_no_more_takes_no_progress(row):
    ActionFactory(recommendation=row.recommendation)

    with pytest.raises(ChangedMeanwhile):
        report(row)


# --- What counts from the publication -----------------------------------------------------------


@pytest.fixture
def after_publication(row):
    reached(row.review, "published", parse("10 February 2026").value, UserFactory())
    target = parse("6 months after publication").value
    return ActionFactory(recommendation=row.recommendation, target=target).row


def test_a_target_that_counts_from_the_publication_moves_with_a_reason(after_publication):
    row, later = after_publication, parse("May 2028").value

    assert "why_moved" in refused(row, new_target=later)
    report(row, new_target=later, why_moved="The trainer left")

    assert (row.moves, row.first_due, row.due) == (1, dt.date(2026, 8, 10), dt.date(2028, 5, 31))


# --- Done ---------------------------------------------------------------------------------------


def test_done_needs_something_to_show(row):
    assert refused(row, answer=Answer.REPORTED) == {"evidence": [services.NOTHING_SHOWS_IT]}
    assert row.progress_notes.count() == 0


@pytest.mark.parametrize(
    "shown",
    [
        {"evidence": "The minutes of May"},
        {"why_none": "The team was closed"},
        {"files": [("minutes.pdf", b"%PDF-1.7 minutes")]},
    ],
)
def test_done_is_reported_and_waits(row, shown):
    done(row, **{"evidence": ""} | shown)

    assert (row.status, row.done_at) == (Status.REPORTED, None)


def test_files_are_sealed_with_the_key_of_the_review(row):
    done(row, files=[("minutes.pdf", b"%PDF-1.7 minutes")])

    stored = EvidenceFile.objects.get().stored
    assert (stored.name, stored.is_sealed) == ("minutes.pdf", True)
    assert stored.file_key.scope == row.review.vault_scope
    assert b"".join(open_file(stored)) == b"%PDF-1.7 minutes"


def test_what_was_accepted_is_opened_again_by_whoever_runs_the_plan_alone(row):
    row.status = Status.DONE
    row.save()

    assert refused(row) == {"answer": [services.CLOSED_ALREADY]}
    report(row, by=with_role(Role.COORDINATOR, row.review))
    assert row.status == Status.ON_TRACK


def test_no_longer_right_is_the_leads_to_say_and_not_to_settle(row):
    report(row)
    report(row, answer=Answer.SUPERSEDED)
    assert row.status == Status.ON_TRACK

    report(row, answer=Answer.SUPERSEDED, by=with_role(Role.CHAIR, row.review))
    assert row.status == Status.SUPERSEDED


# --- Two at once --------------------------------------------------------------------------------


def test_nobody_answers_over_words_they_have_not_read(row):
    report(row, words="First")

    with pytest.raises(ChangedMeanwhile):
        report(row, words="Second", seen=None)

    assert [note.note for note in row.progress_notes.all()] == ["First"]


# --- Dates that move ----------------------------------------------------------------------------


def test_a_moved_date_keeps_what_it_was(row):
    report(row, new_target=parse("autumn 2027").value, why_moved="The trainer left")
    report(row, new_target=parse("May 2028").value, why_moved="Again")

    assert (str(row.due), str(row.first_due), row.moves) == ("2028-05-31", "2027-03-31", 2)
    assert str(row.target) == "May 2028"
    last, first = DateMove.objects.filter(row=row)
    assert (first.old_words, first.new.text, first.reason) == (
        "March 2027",
        "autumn 2027",
        "The trainer left",
    )
    assert last.old_words == "autumn 2027"


def test_a_date_may_come_earlier(row):
    report(row, new_target=parse("June 2026").value, why_moved="Sooner than thought")

    assert str(row.due) == "2026-06-30"


def test_an_action_moves_its_own_date_and_no_others(row):
    first, second = (ActionFactory(recommendation=row.recommendation) for _ in range(2))

    report(first.row, new_target=parse("May 2028").value, why_moved="Late")

    second.row.refresh_from_db()
    assert (str(first.row.due), str(second.row.due)) == ("2028-05-31", "2027-03-31")
    assert str(Recommendation.objects.get(pk=row.recommendation_id).target) == "March 2027"


def test_a_first_date_is_no_move():
    row = RecommendationLeadFactory().recommendation.rows.get()

    report(row, new_target=parse("May 2028").value)

    assert (str(row.due), row.first_due, row.moves) == ("2028-05-31", None, 0)
    assert DateMove.objects.get().is_first


def test_the_same_date_again_is_no_move(row):
    report(row, new_target=parse("March 2027").value)

    assert (row.moves, DateMove.objects.count()) == (0, 0)


@pytest.mark.parametrize(
    ("said", "field"),
    [
        ({"new_target": "April 2026", "why_moved": "x"}, "new_target"),  # before today
        ({"new_target": "ongoing", "why_moved": "x"}, "new_target"),
        ({"new_target": "31 September 2027", "why_moved": "x"}, "new_target"),
        ({"new_target": "May 2028"}, "why_moved"),
        ({"new_target": "", "why_moved": "The trainer left"}, "new_target"),
    ],
)
def test_a_date_that_cannot_be_is_refused(row, said, field):
    assert list(refused(row, **said | {"new_target": parse(said["new_target"]).value})) == [field]


def test_what_is_done_moves_no_date(row):
    said = {"evidence": "Minutes", "new_target": parse("May 2028").value, "why_moved": "x"}

    assert list(refused(row, answer=Answer.REPORTED, **said)) == ["new_target"]


# --- Never changed ------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("factory", "field"),
    [
        (ProgressNoteFactory, "note"),
        (EvidenceFileFactory, "stored_id"),
        (DateMoveFactory, "reason"),
    ],
)
def test_what_was_reported_is_never_changed_or_removed(factory, field):
    one = factory()
    rows = type(one).objects.filter(pk=one.pk)

    for change in (one.save, one.delete):
        with pytest.raises(ValidationError):
            change()
    for change in (lambda: rows.update(**{field: 99}), rows.delete):
        with pytest.raises(DatabaseError, match="never changed"), transaction.atomic():
            change()


def test_whose_update_it_was_follows_agencies_that_merge():
    note = ProgressNoteFactory()
    part = ParticipationFactory(review=note.row.review)

    ProgressNote.objects.filter(pk=note.pk).update(participation=part)

    assert ProgressNote.objects.get().participation == part


def test_a_moved_date_has_a_reason():
    with pytest.raises(IntegrityError), transaction.atomic():
        DateMoveFactory(reason="")


# --- Reading ------------------------------------------------------------------------------------


def test_updates_come_newest_first_with_those_of_the_file(row):
    UpdateFactory(recommendation=row.recommendation, text="Undated", position=1)
    UpdateFactory(
        recommendation=row.recommendation,
        text="Of the file",
        label="November 2014",
        date=parse("November 2014").value,
        position=2,
    )
    report(row, words="First")
    report(row, words="Second")

    told = queries.updates_of(row, with_role(Role.COORDINATOR, row.review))

    assert [one.words for one in told] == ["Second", "First", "Of the file", "Undated"]
    assert [one.when for one in told[2:]] == ["November 2014", "No date"]


def test_many_rows_ask_as_often_as_one(row, django_assert_num_queries):
    chair = with_role(Role.CHAIR, row.review)
    rows = [ActionFactory(recommendation=row.recommendation).row for _ in range(3)]
    for one in rows:
        report(one)
    queries.updates_of(rows[0], chair)

    for some in (rows[:1], rows):
        with django_assert_num_queries(3):
            queries.updates_of_rows(some, chair)
