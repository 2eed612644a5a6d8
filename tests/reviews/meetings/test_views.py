import io
import uuid
from datetime import UTC, datetime

import pikepdf
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from foundations.dates import PartialDate
from foundations.post.models import Message
from reviews.meetings.models import Attendance, Meeting, MeetingAction, Minutes, Paper
from reviews.people.services import set_identity
from reviews.rules import Role
from tests.conftest import with_role
from tests.factories.reviews import ParticipationFactory, PersonFactory, ReviewFactory
from tests.factories.reviews_meetings import (
    AgendaLineFactory,
    MeetingActionFactory,
    MeetingFactory,
    MinutesFactory,
    PaperFactory,
)
from tests.factories.reviews_panel import PanelMemberFactory
from tests.reviews.meetings.test_pack import foreign

pytestmark = [pytest.mark.django_db, pytest.mark.time_machine("2026-11-21 10:00")]


@pytest.fixture
def review():
    return ReviewFactory()


@pytest.fixture
def chair(sign_in, review):
    return sign_in(Role.CHAIR, review)


@pytest.fixture
def member(review):
    return PanelMemberFactory(review=review, user=with_role(Role.PANEL_MEMBER, review))


def page(name, review, *more):
    return reverse(f"reviews:{name}", args=[review.reference, *more])


def form(**more):
    return {
        "kind": "panel",
        "day_day": "1",
        "day_month": "12",
        "day_year": "2026",
        "starts": "10:00",
        "ends": "12.30",
        "place": "Town Hall",
        "key": uuid.uuid4(),
    } | more


def day(day, month, year, name="day"):
    return dict(
        zip((f"{name}_day", f"{name}_month", f"{name}_year"), (day, month, year), strict=True)
    )


def said(response):
    return response.content.decode()


def test_a_meeting_is_planned_sent_and_read_by_the_panel(client, review, chair, member):
    client.post(page("meeting-plan", review), form())
    meeting = Meeting.objects.get()
    assert Message.objects.count() == 0
    preview = said(client.get(page("meeting-send", review, 1)))
    assert f"Invitation: Panel meeting 1, {review.reference}" in preview
    assert member.user.email in preview

    client.post(page("meeting-send", review, 1), {"seen": meeting.changes, "with_agenda": "on"})

    assert Message.objects.get().to == member.user.email
    client.force_login(member.user)
    text = said(client.get(page("meeting-detail", review, 1)))
    assert "1 December 2026, 10:00 to 12:30" in text
    assert "Welcome, apologies and deputies" in text
    assert "Change time or place" not in text


@pytest.mark.parametrize(
    ("wrong", "message"),
    [
        (day("29", "3", "2026") | {"starts": "01:30", "ends": "03:00"}, "There is no 01:30"),
        (day("25", "10", "2026") | {"starts": "01:30", "ends": "03:00"}, "comes twice"),
        ({"ends": "09:00"}, "The meeting must end after it starts"),
        ({"starts": "morning"}, "Enter a time, for example 10:00"),
        ({"link": "not a link"}, "Enter a web address"),
    ],
)
def test_what_cannot_be_is_said_beside_the_box_and_nothing_is_lost(
    client, review, chair, wrong, message
):
    response = client.post(page("meeting-plan", review), form(**wrong, title="Second meeting"))

    assert response.status_code == 422
    assert message in said(response)
    assert "Second meeting" in said(response)
    assert Meeting.objects.count() == 0


def test_a_changed_meeting_says_what_was_before(client, review, chair, member):
    MeetingFactory(
        review=review, number=1, sent=True, starts_at=datetime(2026, 12, 1, 10, tzinfo=UTC)
    )
    url = page("meeting-change", review, 1)
    assert "Say why it changes" in said(client.post(url, form(starts="11:00", seen=0)))

    client.post(url, form(starts="11:00", because="The room is taken", seen=0))

    text = said(client.get(page("meeting-detail", review, 1)))
    assert "Changed because: The room is taken" in text
    assert "The last change has not been sent" in text


def test_the_file_for_the_calendar_is_there_once_it_was_sent(client, review, chair):
    MeetingFactory(review=review, number=1)
    MeetingFactory(review=review, number=2, sent=True)

    response = client.get(page("meeting-calendar", review, 2))

    assert client.get(page("meeting-calendar", review, 1)).status_code == 404
    assert response["Content-Type"] == "text/calendar"
    assert response["Content-Disposition"].startswith("attachment")
    assert b"METHOD:REQUEST" in response.content


def test_an_agenda_that_was_given_out_has_no_page_to_change_it(client, review, chair):
    meeting = MeetingFactory(review=review, number=1, sent=True, agenda_given_at=timezone.now())
    item = AgendaLineFactory(meeting=meeting)

    response = client.get(page("agenda-change", review, 1, item.pk))

    assert response.url == meeting.get_absolute_url() + "#agenda"


# --- Papers -------------------------------------------------------------------------------------


def bring(client, review, name, content):
    return client.post(
        page("paper-add", review, 1),
        {
            "title": "A paper",
            "audience": "panel",
            "key": uuid.uuid4(),
            "file": SimpleUploadedFile(name, content),
        },
    )


@pytest.fixture
def sent(review):
    return MeetingFactory(review=review, number=1, sent=True)


@pytest.mark.parametrize(
    ("name", "content"), [("a.pdf", foreign("Words")), ("a.csv", b"Date,Event\n2011,A call\n")]
)
def test_a_paper_is_brought_and_downloaded_under_a_name_of_ours(
    client, review, chair, member, sent, name, content
):
    assert bring(client, review, name, content).status_code == 302

    client.force_login(member.user)
    response = client.get(page("paper-file", review, 1, Paper.objects.get().pk))
    assert response.content == content
    kept = f"{review.reference} meeting 1 paper {Paper.objects.get().pk}.{name[-3:]}"
    assert response["Content-Disposition"] == f'attachment; filename="{kept}"'


def test_a_file_named_after_somebody_of_the_case_is_refused(client, review, chair, sent):
    person, none = PersonFactory(review=review), PartialDate.none()
    set_identity(person, by=None, names=["Zara Quillfeather"], born=none, died=none)

    response = bring(client, review, "zara_quillfeather IMR.csv", b"Date,Event\n2011,A call\n")

    assert (response.status_code, Paper.objects.count()) == (422, 0)
    assert "real name" in said(response)


def test_the_key_of_another_reviews_meeting_tells_nothing_of_it(client, review, chair):
    other = MeetingFactory()

    response = client.post(page("meeting-plan", review), form(key=other.key))

    assert (response.status_code, Meeting.objects.count()) == (404, 1)


@pytest.mark.parametrize(
    ("name", "content", "message"),
    [
        ("a.pdf", b"%PDF-1.4\nnothing", "cannot be opened as a PDF"),
        ("a.exe", b"MZ" + bytes(100), "a program"),
        ("a.pdf", b"MZ" + bytes(100), "a program"),
    ],
)
def test_what_does_not_belong_inside_stays_outside(
    client, review, chair, sent, name, content, message
):
    response = bring(client, review, name, content)

    assert response.status_code == 422
    assert message in said(response)
    assert Paper.objects.count() == 0


def test_a_pdf_that_holds_a_program_is_refused(client, review, chair, sent):
    pdf = pikepdf.open(io.BytesIO(foreign("Words")))
    pdf.Root.OpenAction = pikepdf.Dictionary(S=pikepdf.Name.JavaScript, JS="app.alert(1)")
    stream = io.BytesIO()
    pdf.save(stream)

    assert "holds a program" in said(bring(client, review, "a.pdf", stream.getvalue()))


def test_a_paper_of_the_leaders_does_not_exist_for_the_panel(client, review, sent, member):
    paper = PaperFactory(meeting=sent, audience="leaders")
    client.force_login(member.user)

    assert client.get(page("paper-file", review, 1, paper.pk)).status_code == 404


# --- What comes of a meeting --------------------------------------------------------------------


@pytest.fixture
def held(review):
    return MeetingFactory(review=review, number=1, held=True)


def test_minutes_are_written_sent_and_read(client, review, chair, member, held):
    client.post(page("minutes-write", review, 1), {"text": "The panel met.", "seen": 0})
    client.force_login(member.user)
    assert client.get(page("minutes-version", review, 1, 1)).status_code == 404
    client.force_login(chair)
    client.post(page("minutes-send", review, 1))
    client.force_login(member.user)

    assert "The panel met." in said(client.get(page("minutes-version", review, 1, 1)))


def test_a_stale_page_of_minutes_keeps_the_words(client, review, chair, held):
    MinutesFactory(meeting=held)

    response = client.post(page("minutes-write", review, 1), {"text": "My words", "seen": 0})

    assert response.status_code == 422
    assert "My words" in said(response)
    assert Minutes.objects.count() == 1


def test_attendance_is_recorded_for_everybody_at_once(client, review, chair, member, held):
    name = f"state_{member.pk}"
    url = page("meeting-attendance", review, 1)
    assert "deputy" in said(client.post(url, {name: "deputy"}))
    opened_before = client.get(url).context["form"].initial

    client.post(
        url, {name: "deputy", f"deputy_{member.pk}": "Team leader", "others": "Clerk\n\nTrainee"}
    )

    found = Attendance.objects.order_by("pk").values_list("state", "deputy", "post")
    assert list(found) == [
        ("deputy", "Team leader", ""),
        ("present", "", "Clerk"),
        ("present", "", "Trainee"),
    ]
    late = client.post(url, {name: "present", "others": "", "seen": opened_before["seen"]})
    assert (late.status_code, Attendance.objects.count()) == (422, 3)
    now = client.get(url).context["form"].initial["seen"]
    client.post(url, {name: "", "others": "Clerk\nTrainee", "seen": now})
    assert set(Attendance.objects.values_list("member", flat=True)) == {None}


def test_an_agency_finds_its_action_under_your_work_and_says_it_is_done(client, review, held):
    part = ParticipationFactory(review=review)
    action = MeetingActionFactory(meeting=held, post="", participation=part)
    lead = with_role(Role.ACTION_LEAD, review, part)
    client.force_login(lead)
    url = page("meeting-actions", review)
    assert url in said(client.get("/"))
    text = said(client.get(url))
    assert "Overdue" in text
    assert "Panel meeting" not in text

    client.post(page("meeting-action-done", review, action.pk), {"done": "Written"})

    assert MeetingAction.objects.get().done_by == lead


def test_an_action_goes_to_the_one_owner_that_was_chosen(client, review, chair, member, held):
    url = page("meeting-action-add", review, 1)
    due = day("1", "12", "2026", "due")
    data = {"text": "Write", "key": uuid.uuid4(), "post": "Clerk", **due}
    assert "Choose the member" in said(client.post(url, data | {"whose": "member"}))

    client.post(url, data | {"whose": "member", "member": member.pk})

    action = MeetingAction.objects.get()
    assert (action.member, action.post) == (member, "")


def test_the_list_asks_as_much_for_fifty_actions_as_for_two(client, review, chair, held):
    MeetingActionFactory.create_batch(2, meeting=held)
    url = page("meeting-actions", review)
    with CaptureQueriesContext(connection) as two:
        client.get(url)
    MeetingActionFactory.create_batch(40, meeting=held)
    with CaptureQueriesContext(connection) as many:
        client.get(url)

    assert len(many) == len(two)


def test_sending_to_nobody_does_not_sound_like_sending(client, review, chair):
    meeting = MeetingFactory(review=review, starts_at=datetime(2026, 12, 1, 10, tzinfo=UTC))
    PanelMemberFactory(review=review)

    response = client.post(page("meeting-send", review, meeting.number), {"seen": 0}, follow=True)

    assert "No e-mail was sent" in response.content.decode()
    assert "on the way" not in response.content.decode()


def test_a_paper_of_another_kind_is_refused_with_the_kinds_that_are_taken(client, review, chair):
    meeting = MeetingFactory(review=review)
    file = SimpleUploadedFile("notes.exe", b"MZ nothing")

    response = client.post(
        page("paper-add", review, meeting.number),
        {"title": "Notes", "audience": "panel", "file": file, "key": uuid.uuid4()},
    )

    assert response.status_code == 422
    assert "a PDF (.pdf)" in str(response.context["form"].errors["file"])


def test_a_meeting_that_is_over_offers_no_invitations(client, review, chair):
    over = MeetingFactory(review=review, starts_at=datetime(2026, 11, 20, 9, tzinfo=UTC))
    to_come = MeetingFactory(review=review, starts_at=datetime(2026, 12, 20, 9, tzinfo=UTC))

    shown = [
        page("meeting-send", review, one.number)
        in client.get(page("meeting-detail", review, one.number)).content.decode()
        for one in (over, to_come)
    ]

    assert shown == [False, True]
