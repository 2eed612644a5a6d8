"""The page of a request: every row with its last words, saved row by row."""

import uuid
from datetime import date

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from actionplans.asking.daily import ask_for_updates
from actionplans.asking.models import RequestedRow, UpdateRequest
from actionplans.models import Status
from actionplans.progress.forms import seen_of
from actionplans.progress.models import EvidenceFile, ProgressNote
from actionplans.rows.models import PlanRow, RowLead
from audit.models import Event
from reviews.models import Review
from reviews.rules import Role, State
from tests.actionplans.asking.conftest import tell
from tests.conftest import with_role

pytestmark = pytest.mark.django_db
CSV = b"Date,Attended\n1 May 2026,40\n"


@pytest.fixture
def asked(plan, client, time_machine):
    """The one who leads for the police is asked about three actions, and has signed in."""
    time_machine.move_to("2026-11-10 10:00 +0000")
    tell(plan.rows[0], plan.lead, words="Twenty attended in October.")
    time_machine.move_to("2026-12-06 10:00 +0000")
    ask_for_updates(on=date(2026, 12, 5))
    client.force_login(plan.lead)
    for row in plan.rows:
        row.refresh_from_db()
    plan.request = UpdateRequest.objects.get()
    return plan


def said(row, **values):
    return {
        f"row-{row.pk}-{name}": value for name, value in ({"seen": seen_of(row)} | values).items()
    }


def send(client, asked, *rows, key=None):
    data = {"key": key or uuid.uuid4(), "source": "page"}
    for each in rows:
        data |= each
    return client.post(asked.request.get_absolute_url(), data)


def test_the_page_shows_every_row_with_what_was_said_last(client, asked):
    page = client.get(asked.request.get_absolute_url()).content.decode()

    assert "3 actions wait for an answer" in page
    assert "Twenty attended in October." in page
    assert all(row.text in page for row in asked.rows)


def test_several_rows_of_several_reviews_are_answered_in_one_go(client, asked):
    one, two, three = asked.rows

    answer = send(
        client,
        asked,
        said(one, answer="on_track", words="Forty attended."),
        said(two, answer="no_change"),
        said(three),
    )

    assert (answer.status_code, answer.url) == (302, asked.request.get_absolute_url())
    one.refresh_from_db()
    assert one.status == Status.ON_TRACK
    assert list(RequestedRow.objects.filter(answered_at=None).values_list("row", flat=True)) == [
        three.pk
    ]
    assert "1 action waits for an answer" in client.get(answer.url).content.decode()


def test_what_is_in_order_is_kept_and_the_rest_comes_back_with_its_words(client, asked):
    one, two, _ = asked.rows

    answer = send(
        client,
        asked,
        said(one, answer="on_track", words="Forty attended."),
        said(two, answer="reported", words="The course is written."),
    )

    page = answer.content.decode()
    assert answer.status_code == 422
    assert "The course is written." in page
    assert "Say where it can be seen" in page
    assert "Forty attended." not in page.split("Answered, or no longer asked for")[0]
    assert list(ProgressNote.objects.filter(note="Forty attended.")) != []
    assert not ProgressNote.objects.filter(row=two).exists()


def test_done_is_taken_with_a_file_that_shows_it(client, asked):
    one = asked.rows[0]
    file = SimpleUploadedFile("attendance.csv", CSV, "text/csv")

    send(client, asked, said(one, answer="reported", words="All were trained.", files=file))

    one.refresh_from_db()
    assert one.status == Status.REPORTED
    assert EvidenceFile.objects.get(note__row=one).name == "attendance.csv"


def test_what_somebody_else_said_meanwhile_is_shown_first(client, asked):
    one = asked.rows[0]
    mine = said(one, answer="at_risk", words="The trainer left.")
    tell(one, asked.coordinator, words="A new trainer has been found.")

    answer = send(client, asked, mine)

    page = answer.content.decode()
    assert answer.status_code == 422
    assert "A new trainer has been found." in page
    assert "The trainer left." in page
    one.refresh_from_db()
    assert one.status == Status.ON_TRACK

    again = send(client, asked, mine | {f"row-{one.pk}-seen": seen_of(one)})
    one.refresh_from_db()
    assert (again.status_code, one.status) == (302, Status.AT_RISK)


def test_a_second_click_keeps_one_update(client, asked):
    one, key = asked.rows[0], uuid.uuid4()
    mine = said(one, answer="on_track", words="Forty attended.")

    answers = [send(client, asked, mine, key=key) for _ in range(2)]

    assert [answer.status_code for answer in answers] == [302, 302]
    assert ProgressNote.objects.filter(note="Forty attended.").count() == 1


def test_words_without_an_answer_are_asked_about(client, asked):
    answer = send(client, asked, said(asked.rows[0], words="Forty attended."))

    assert answer.status_code == 422
    assert "Say where it stands now" in answer.content.decode()


def test_nothing_at_all_is_asked_about(client, asked):
    answer = send(client, asked, said(asked.rows[0]))

    assert answer.status_code == 422
    assert "Answer at least one action" in answer.content.decode()


def test_a_row_that_is_somebody_elses_now_keeps_its_words_for_their_writer(client, asked):
    one, two, _ = asked.rows
    RowLead.objects.filter(row=one).delete()
    PlanRow.objects.filter(pk=one.pk).update(lead=None)

    answer = send(
        client,
        asked,
        said(one, answer="on_track", words="Forty attended."),
        said(two, answer="no_change"),
    )

    page = client.get(answer.url).content.decode()
    assert "1 action is not yours to report on any more" in page
    assert not ProgressNote.objects.filter(note="Forty attended.").exists()


def test_a_review_that_ended_takes_no_answer(client, asked):
    Review.objects.filter(pk=asked.two.pk).update(state=State.CLOSED)

    answer = send(client, asked, said(asked.rows[2], answer="no_change"))

    assert answer.status_code == 422
    assert not ProgressNote.objects.filter(row=asked.rows[2]).exists()


def test_what_was_typed_waits_for_its_writer(client, asked):
    one = asked.rows[0]
    url = asked.request.get_absolute_url()

    client.post(url, said(one, words="Half a sen") | {"_draft": "keep"})

    assert "Half a sen" in client.get(f"{url}?_draft=use").content.decode()


@pytest.mark.parametrize("role", [Role.COORDINATOR, Role.CHAIR, Role.ACTION_LEAD])
def test_a_request_is_for_the_one_who_was_asked_alone(role, client, asked):
    client.force_login(with_role(role, asked.one, asked.part if role == Role.ACTION_LEAD else None))

    for name in ("request-detail", "request-sheet", "request-return"):
        page = reverse(f"actionplans:{name}", args=[asked.request.pk])
        assert client.get(page).status_code == 404


def test_the_trail_tells_that_it_was_read(client, asked):
    client.get(asked.request.get_absolute_url())

    event = Event.objects.filter(stream="review:DARDR-1", type="plan.read").latest("seq")
    assert event.data["rows"] == 2
