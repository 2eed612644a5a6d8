import uuid

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone

from actionplans.models import Status
from actionplans.progress import services
from actionplans.progress.forms import seen_of
from actionplans.progress.models import ProgressNote
from actionplans.rows.models import JointLead, PlanRow
from actionplans.rows.services import follow
from audit.models import Event
from reviews.models import Review
from reviews.rules import Role, Stage, State
from tests.conftest import with_role
from tests.factories.actionplans import (
    ActionFactory,
    ProgressNoteFactory,
    RecommendationLeadFactory,
)
from tests.factories.actionplans_progress import EvidenceFileFactory
from tests.factories.reviews import ParticipationFactory, ReviewFactory

pytestmark = pytest.mark.django_db
CSV = b"Date,Attended\n1 May 2026,40\n"


@pytest.fixture
def row():
    review = ReviewFactory(stage=Stage.MONITORING)
    link = RecommendationLeadFactory(
        recommendation__review=review,
        recommendation__due="March 2090",
        participation__review=review,
    )
    return link.recommendation.rows.get()


def address(name, row, *args):
    return reverse(f"actionplans:{name}", args=[row.review.reference, row.pk, *args])


def said(row, **values):
    row.refresh_from_db()
    return (
        {"words": "Forty attended.", "answer": "on_track", "key": uuid.uuid4()}
        | {"seen": seen_of(row)}
        | values
    )


def send(client, row, page="row-update", **values):
    answer = client.post(address(page, row), said(row, **values))
    row.refresh_from_db()
    return answer


# --- Who ----------------------------------------------------------------------------------------


def test_a_lead_reports_in_one_form(client, sign_in, row):
    person = sign_in(Role.ACTION_LEAD, row.review, row.lead)
    page = client.get(address("row-update", row)).content.decode()

    answer = send(client, row)

    assert "What has happened since the last update?" in page
    assert (answer.status_code, answer.url) == (302, row.get_absolute_url())
    note = ProgressNote.objects.get()
    assert (note.by, note.participation, note.on_behalf) == (person, row.lead, False)
    assert row.status == Status.ON_TRACK


def test_a_coordinator_reports_on_behalf_of_the_lead(client, sign_in, row):
    sign_in(Role.COORDINATOR, row.review)

    send(client, row)

    note = ProgressNote.objects.get()
    assert (note.participation, note.on_behalf) == (row.lead, True)


def test_joint_leads_see_each_others_updates(client, sign_in, row):
    action = ActionFactory(recommendation=row.recommendation, lead=row.lead)
    joint = ParticipationFactory(review=row.review)
    JointLead.objects.create(action=action, participation=joint)
    follow(row.review)
    sign_in(Role.ACTION_LEAD, row.review, row.lead)
    send(client, action.row, words="The first of us held it.")
    sign_in(Role.ACTION_LEAD, row.review, joint)

    shown = client.get(action.row.get_absolute_url()).content.decode()
    answer = send(client, action.row, words="So did we.")

    assert "The first of us held it." in shown
    assert answer.status_code == 302
    assert ProgressNote.objects.first().participation == joint


def test_another_agencys_action_of_the_same_recommendation_is_missing(client, sign_in, row):
    other = ParticipationFactory(review=row.review)
    theirs = ActionFactory(recommendation=row.recommendation, lead=other, text="Theirs alone").row
    ours = ActionFactory(recommendation=row.recommendation, lead=row.lead).row
    file = EvidenceFileFactory(
        note=ProgressNoteFactory(recommendation=row.recommendation, row=theirs)
    )
    sign_in(Role.ACTION_LEAD, row.review, row.lead)

    pages = ("row-detail", "row-update", "row-done")
    assert [client.get(address(page, theirs)).status_code for page in pages] == [404] * 3
    assert client.get(address("row-evidence-file", theirs, file.pk)).status_code == 404
    assert client.get(address("row-evidence-file", ours, file.pk)).status_code == 404
    assert "Theirs alone" not in client.get(ours.get_absolute_url()).content.decode()


@pytest.mark.parametrize("role", [Role.HOME_OFFICE_READER, Role.IMR_AUTHOR])
def test_a_reader_reports_nothing(client, sign_in, row, role):
    Review.objects.filter(pk=row.review_id).update(stage=Stage.MONITORING)
    sign_in(role, row.review, row.lead if role == Role.IMR_AUTHOR else None)

    assert client.get(row.get_absolute_url()).status_code == 200
    assert "Report progress" not in client.get(row.get_absolute_url()).content.decode()
    assert client.get(address("row-update", row)).status_code == 403
    assert client.post(address("row-done", row), said(row)).status_code == 403


@pytest.mark.parametrize(
    ("status", "offered"),
    [("on_track", True), ("reported", False), ("done", False), ("superseded", False)],
)
def test_what_is_done_or_waits_is_not_to_be_reported_done_again(
    client, sign_in, row, status, offered
):
    sign_in(Role.ACTION_LEAD, row.review, row.lead)
    PlanRow.objects.filter(pk=row.pk).update(status=status)

    page = client.get(row.get_absolute_url()).content.decode()

    assert ("Report that it is done" in page) == offered
    assert "Report progress" in page


def test_a_review_that_has_ended_answers_409(client, sign_in, row):
    sign_in(Role.ACTION_LEAD, row.review, row.lead)
    Review.objects.filter(pk=row.review_id).update(state=State.CLOSED)

    assert send(client, row).status_code == 409
    assert "Report progress" not in client.get(row.get_absolute_url()).content.decode()
    assert ProgressNote.objects.count() == 0


def test_what_is_followed_no_more_is_read_and_takes_nothing(client, sign_in, row):
    sign_in(Role.ACTION_LEAD, row.review, row.lead)
    PlanRow.objects.filter(pk=row.pk).update(ended_at=timezone.now())

    assert "Not followed since" in client.get(row.get_absolute_url()).content.decode()
    assert client.get(address("row-update", row)).status_code == 403


def test_the_first_target_date_is_told_as_it_was_written(client, sign_in, row):
    sign_in(Role.ACTION_LEAD, row.review, row.lead)
    for year in ("2091", "2092"):
        send(client, row, **_named({"new_target_2": year, "why_moved": "A post is vacant"}))

    facts = dict(client.get(row.get_absolute_url()).context["facts"])

    assert facts["First target date"] == '<span class="app-verbatim">March 2090</span>'


# --- What is wrong ------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("values", "message"),
    [
        ({"words": ""}, "Say what has happened"),
        ({"answer": ""}, "Say where it stands now"),
        ({"new_target_2": "2020", "why_moved": "Late"}, "before today"),
        ({"new_target_2": "2091"}, "Say why the date moves"),
        (
            {"new_target_0": "31", "new_target_1": "9", "new_target_2": "2091"},
            "must be a real date",
        ),
        ({"new_target_3": "32 May"}, "Enter a date such as"),
    ],
)
def test_what_is_wrong_is_said_beside_it_and_the_words_stay(client, sign_in, row, values, message):
    sign_in(Role.ACTION_LEAD, row.review, row.lead)

    answer = send(client, row, **{"words": "Kept as typed"} | _named(values))

    page = answer.content.decode()
    assert (answer.status_code, message in page) == (422, True)
    assert "words" in values or "Kept as typed" in page
    assert ProgressNote.objects.count() == 0


def _named(values):
    parts = ("day", "month", "year", "text")
    return {
        f"new_target_{parts[int(name[-1])]}" if name.startswith("new_target_") else name: value
        for name, value in values.items()
    }


def test_no_change_is_one_choice(client, sign_in, row):
    sign_in(Role.ACTION_LEAD, row.review, row.lead)

    assert send(client, row, answer="no_change", words="").status_code == 302


# --- Two at once --------------------------------------------------------------------------------


def test_the_second_sees_the_firsts_words_beside_their_own(client, sign_in, row):
    first = with_role(Role.ACTION_LEAD, row.review, row.lead)
    sign_in(Role.ACTION_LEAD, row.review, row.lead)
    mine = said(row, words="What I typed", answer="at_risk")
    services.report(
        row,
        answer="on_track",
        words="What they said",
        by=first,
        participation=row.lead,
        key=uuid.uuid4(),
        seen=None,
    )

    answer = client.post(address("row-update", row), mine)

    page = answer.content.decode()
    assert answer.status_code == 422
    assert "Somebody else reported on this" in page
    assert "What they said" in page
    assert "What I typed" in page
    row.refresh_from_db()
    assert f'value="{seen_of(row)}"' in page
    assert client.post(address("row-update", row), mine | {"seen": seen_of(row)}).status_code == 302
    assert [note.note for note in row.progress_notes.all()] == ["What I typed", "What they said"]


# --- Done ---------------------------------------------------------------------------------------


def test_done_is_not_both_to_be_seen_and_not_to_be_seen(client, sign_in, row):
    sign_in(Role.ACTION_LEAD, row.review, row.lead)

    answer = send(client, row, "row-done", evidence="Policy 14", why_none="It cannot be shown")

    assert answer.status_code == 422
    assert "Leave one of them blank" in answer.content.decode()
    assert ProgressNote.objects.count() == 0


def test_whoever_reported_it_as_done_reads_that_another_answer_takes_it_back(client, sign_in, row):
    sign_in(Role.ACTION_LEAD, row.review, row.lead)
    url = address("row-update", row)
    before = client.get(url).content.decode()
    PlanRow.objects.filter(pk=row.pk).update(status=Status.REPORTED)

    after = client.get(url).content.decode()

    assert ("takes that back" in before, "takes that back" in after) == (False, True)


def test_done_is_asked_what_shows_it_with_the_words_kept(client, sign_in, row):
    sign_in(Role.ACTION_LEAD, row.review, row.lead)

    answer = client.post(address("row-update", row), said(row, answer="reported"), follow=True)

    page = answer.content.decode()
    assert answer.redirect_chain[0][0].startswith(address("row-done", row))
    assert ("Forty attended." in page, "Unsaved words" in page) == (True, False)
    assert ProgressNote.objects.count() == 0


def test_words_brought_to_done_say_what_came_in_between(client, sign_in, row):
    sign_in(Role.ACTION_LEAD, row.review, row.lead)
    old = said(row, answer="reported")
    send(client, row, words="Somebody else was first.")

    page = client.post(address("row-update", row), old, follow=True).content.decode()

    assert "Somebody changed this since you typed it" in page


def test_done_is_reported_with_a_file(client, sign_in, row):
    sign_in(Role.ACTION_LEAD, row.review, row.lead)

    answer = send(client, row, "row-done", files=SimpleUploadedFile("attended.csv", CSV))

    assert (answer.status_code, row.status) == (302, Status.REPORTED)
    page = client.get(row.get_absolute_url()).content.decode()
    file = ProgressNote.objects.get().files.get()
    url = address("row-evidence-file", row, file.pk)
    assert url in page
    assert "attended.csv" in page
    download = client.get(url)
    assert download.content == CSV
    assert download["Content-Disposition"] == 'attachment; filename="attended.csv"'
    event = Event.objects.order_by("-pk").first()
    assert (event.type, event.target) == ("file.downloaded", f"actionplans.planrow:{row.pk}")


@pytest.mark.parametrize(
    ("values", "message"),
    [
        ({}, services.NOTHING_SHOWS_IT),
        ({"words": "", "evidence": "Minutes"}, "Say what was done"),
        ({"files": SimpleUploadedFile("run.exe", b"MZ")}, "Upload a PDF"),
    ],
)
def test_done_without_anything_to_show_is_refused(client, sign_in, row, values, message):
    sign_in(Role.ACTION_LEAD, row.review, row.lead)

    answer = send(client, row, "row-done", **values)

    assert (answer.status_code, message in answer.content.decode()) == (422, True)
    assert ProgressNote.objects.count() == 0


# --- Reading ------------------------------------------------------------------------------------


def test_reading_a_row_is_an_event(client, sign_in, row):
    sign_in(Role.CHAIR, row.review)

    client.get(row.get_absolute_url())

    assert Event.objects.filter(type="plan.read", target=f"actionplans.planrow:{row.pk}").exists()


def test_the_plan_leads_to_reporting(client, sign_in, row):
    sign_in(Role.ACTION_LEAD, row.review, row.lead)
    plan = reverse("actionplans:plan", args=[row.review.reference])

    for page in (plan, row.recommendation.get_absolute_url(), row.get_absolute_url()):
        assert address("row-update", row) in client.get(page).content.decode()
