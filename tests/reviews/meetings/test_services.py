import uuid
from datetime import UTC, date, datetime, timedelta

import pytest
from django.core import mail
from django.core.exceptions import ValidationError
from django.utils import timezone

from audit.models import Event, EventType
from foundations.post.models import Message
from foundations.post.outbox import deliver
from reviews.access import forget
from reviews.meetings.models import AgendaLine, Attendance, Invitation, Meeting
from reviews.meetings.services import actions, minutes, papers, planning, sending
from reviews.rules import Role
from reviews.services import end_role
from tests.conftest import with_role
from tests.factories.reviews import ParticipationFactory, ReviewFactory
from tests.factories.reviews_meetings import (
    MeetingActionFactory,
    MeetingFactory,
    MinutesFactory,
    PaperFactory,
)
from tests.factories.reviews_panel import ConflictFactory, PanelMemberFactory

pytestmark = [pytest.mark.django_db, pytest.mark.time_machine("2026-11-21 10:00")]
SOON = datetime(2026, 12, 1, 10, tzinfo=UTC)


@pytest.fixture
def review():
    return ReviewFactory()


@pytest.fixture
def chair(review):
    return with_role(Role.CHAIR, review)


@pytest.fixture
def member(review):
    return PanelMemberFactory(review=review, user=with_role(Role.PANEL_MEMBER, review))


@pytest.fixture
def draft(review, chair):
    return plan(review, chair)


def plan(review, by, key=None, **more):
    return planning.plan_meeting(
        review,
        key=key or uuid.uuid4(),
        by=by,
        **{"starts_at": SOON, "ends_at": SOON + timedelta(hours=2), "place": "Town Hall"} | more,
    )


def send(meeting, by, *, with_agenda=False):
    meeting.refresh_from_db()
    return sending.send(meeting, seen=meeting.changes, with_agenda=with_agenda, by=by)


def move(meeting, by, **more):
    meeting.refresh_from_db()
    later = {"starts_at": SOON + timedelta(days=1), "ends_at": SOON + timedelta(days=1, hours=2)}
    return planning.change_meeting(meeting, seen=meeting.changes, by=by, **(later | more))


def visible(model, user):
    forget(user)
    return list(model.objects.visible_to(user))


# --- Planning -----------------------------------------------------------------------------------


def test_a_draft_has_the_agenda_of_the_template_and_nobody_is_told(draft, member):
    assert draft.agenda.first().text == "Welcome, apologies and deputies"
    assert (draft.number, draft.state, draft.when) == (
        1,
        "draft",
        "1 December 2026, 10:00 to 12:00",
    )
    assert Message.objects.count() == 0
    assert visible(Meeting, member.user) == []


def test_a_second_click_finds_the_first_ones_meeting(review, chair):
    key = uuid.uuid4()

    assert plan(review, chair, key) == plan(review, chair, key)
    assert plan(review, chair).number == 2


def test_a_meeting_must_end_after_it_starts(review, chair):
    with pytest.raises(ValidationError, match="must end after it starts"):
        plan(review, chair, ends_at=SOON)


def test_items_are_added_moved_and_removed(draft, chair):
    planning.add_item(draft, text="Media", key=uuid.uuid4(), by=chair)
    last = draft.agenda.last()
    planning.change_item(last, text="The press", number=1, before="Media", by=chair)
    planning.remove_item(draft.agenda.get(position=2), by=chair)

    assert list(draft.agenda.values_list("position", "text")[:2]) == [
        (1, "The press"),
        (2, "Conflicts of interest and confidentiality"),
    ]
    assert list(draft.agenda.values_list("position", flat=True)) == list(range(1, 15))


def test_the_second_of_two_who_change_an_item_is_told(draft, chair):
    item = draft.agenda.first()
    planning.change_item(item, text="A", number=1, before=item.text, by=chair)

    with pytest.raises(planning.ChangedMeanwhile):
        planning.change_item(item, text="B", number=1, before=item.text, by=chair)


def test_an_agenda_that_was_given_out_stays(draft, chair, member):
    send(draft, chair)
    planning.add_item(draft, text="Media", key=uuid.uuid4(), by=chair)
    assert visible(AgendaLine, member.user) == []

    send(draft, chair, with_agenda=True)

    assert len(visible(AgendaLine, member.user)) == 15
    with pytest.raises(planning.AgendaGiven):
        planning.add_item(draft, text="More", key=uuid.uuid4(), by=chair)


def test_a_draft_is_moved_without_a_word(draft, chair):
    moved = move(draft, chair)

    assert (moved.sequence, moved.moves.count()) == (0, 0)


def test_a_meeting_that_was_sent_keeps_the_old_time_and_the_reason(draft, chair, member):
    send(draft, chair)
    with pytest.raises(ValidationError, match="Say why it changes"):
        move(draft, chair)

    moved = move(draft, chair, because="The room is taken")

    (before,) = moved.moves.all()
    assert (before.when, before.because) == ("1 December 2026, 10:00 to 12:00", "The room is taken")
    assert (moved.sequence, moved.has_unsent_changes) == (1, True)
    assert Message.objects.count() == 1


def test_two_people_do_not_write_over_each_other(draft, chair):
    planning.change_meeting(draft, seen=0, place="Library", by=chair)

    with pytest.raises(planning.ChangedMeanwhile):
        planning.change_meeting(draft, seen=0, place="Church", by=chair)


# --- Sending ------------------------------------------------------------------------------------


def test_sending_mails_the_members_with_an_account_once(draft, chair, member):
    PanelMemberFactory(review=draft.review)

    assert (send(draft, chair), send(draft, chair)) == (1, 0)

    (message,) = Message.objects.all()
    assert message.to == member.user.email
    assert message.subject == f"Invitation: Panel meeting 1, {draft.review.reference}"
    assert "Town Hall" in message.body
    assert visible(Meeting, member.user) == [draft]


def test_the_mail_carries_the_file_for_the_calendar(draft, chair, member):
    send(draft, chair)
    deliver(Message.objects.get().pk)

    (email,) = mail.outbox
    sent = email.message()
    kinds = [part.get_content_type() for part in sent.walk()]
    (alternative,) = [part for part in sent.walk() if part.get_content_type() == "text/calendar"]
    assert "application/ics" in kinds
    assert alternative.get_param("method") == "REQUEST"
    assert "BEGIN:VEVENT" in alternative.get_payload(decode=True).decode()


def test_a_title_goes_into_no_mail(review, chair, member):
    send(plan(review, chair, title="About Zara"), chair)

    message = Message.objects.get()
    assert "Zara" not in message.subject + message.body + message.calendar


def test_a_change_and_a_cancellation_go_out_when_somebody_sends_them(draft, chair, member):
    send(draft, chair)
    move(draft, chair, because="Room")
    send(draft, chair)
    sending.cancel_meeting(draft, because="Trial", by=chair)
    send(draft, chair)

    subjects = Message.objects.order_by("pk").values_list("subject", flat=True)
    assert [subject.partition(":")[0] for subject in subjects] == [
        "Invitation",
        "Changed",
        "Cancelled",
    ]
    sequences = Invitation.objects.order_by("pk").values_list("sequence", "method")
    assert list(sequences) == [(0, "REQUEST"), (1, "REQUEST"), (2, "CANCEL")]


def test_who_left_is_told_of_the_cancellation_and_of_nothing_else(draft, chair, member):
    send(draft, chair)
    member.left_on, member.left_because = date(2026, 11, 20), "New post"
    member.save()
    move(draft, chair, because="Room")

    assert send(draft, chair) == 0
    sending.cancel_meeting(draft, because="Trial", by=chair)
    assert send(draft, chair) == 1


def test_somebody_with_a_conflict_with_the_review_is_not_invited(draft, chair, member):
    ConflictFactory(member=member)

    assert send(draft, chair) == 0


def test_nothing_is_sent_without_a_place_or_after_the_event(review, chair):
    with pytest.raises(sending.NotReady, match="place or a link"):
        send(plan(review, chair, place=""), chair)
    past = datetime(2026, 11, 2, 10, tzinfo=UTC)
    with pytest.raises(sending.NotReady, match="is over"):
        send(plan(review, chair, starts_at=past, ends_at=past + timedelta(hours=1)), chair)


def test_a_stale_page_sends_nothing(draft, chair, member):
    with pytest.raises(sending.NotReady, match="meanwhile"):
        sending.send(draft, seen=7, with_agenda=False, by=chair)


def test_a_draft_that_was_cancelled_is_told_to_nobody(draft, chair, member):
    sending.cancel_meeting(draft, because="Not needed", by=chair)

    with pytest.raises(planning.NotOpen):
        send(draft, chair)


def test_a_meeting_is_held_once_it_has_begun(draft, chair, member):
    with pytest.raises(ValidationError, match="has not begun"):
        sending.hold_meeting(draft, by=chair)
    past = datetime(2026, 11, 2, 10, tzinfo=UTC)
    entered = plan(draft.review, chair, starts_at=past, ends_at=past + timedelta(hours=1))

    sending.hold_meeting(entered, by=chair)

    assert visible(Meeting, member.user) == [entered]
    assert Message.objects.count() == 0


def test_an_invitation_that_came_back_is_recorded_once(draft, chair, member):
    send(draft, chair)
    invitation = Invitation.objects.get()
    sending.mark_returned(invitation, on=date(2026, 11, 21), by=chair)

    assert Invitation.objects.get().has_failed
    with pytest.raises(sending.AlreadyReturned):
        sending.mark_returned(invitation, on=date(2026, 11, 21), by=chair)


# --- Papers -------------------------------------------------------------------------------------


def test_the_panel_sees_its_papers_until_they_are_withdrawn(review, chair, member):
    meeting = MeetingFactory(review=review, sent=True)
    paper = PaperFactory(meeting=meeting)
    PaperFactory(meeting=meeting, audience="leaders")

    assert visible(type(paper), member.user) == [paper]
    papers.withdraw_paper(paper, because="Wrong file", by=chair)
    assert visible(type(paper), member.user) == []
    assert len(visible(type(paper), chair)) == 2


def test_a_paper_about_an_agency_is_hidden_from_who_has_a_conflict_with_it(review, member):
    ours, theirs = ParticipationFactory.create_batch(2, review=review)
    meeting = MeetingFactory(review=review, sent=True)
    of_both, of_ours = PaperFactory.create_batch(2, meeting=meeting)
    of_both.concerns.set([ours, theirs])
    of_ours.concerns.set([ours])
    ConflictFactory(member=member, participation=theirs)

    assert visible(type(of_ours), member.user) == [of_ours]


# --- Minutes ------------------------------------------------------------------------------------


@pytest.fixture
def held(review):
    return MeetingFactory(review=review, held=True)


def write(meeting, text, by, seen=0, why=""):
    return minutes.write_minutes(meeting, text=text, why=why, seen=seen, by=by)


def test_minutes_go_from_version_to_version_until_a_later_meeting_agrees(held, chair, member):
    first = write(held, "A", chair)
    minutes.send_minutes(first, by=chair)
    second = write(held, "B", chair, seen=1, why="A name was wrong")
    assert visible(type(first), member.user) == [first]
    minutes.send_minutes(second, by=chair)
    later = MeetingFactory(
        review=held.review, held=True, starts_at=held.starts_at + timedelta(days=30)
    )

    agreed = minutes.agree_minutes(second, in_meeting=later, by=chair)

    assert agreed.state == ("Agreed", "green")
    with pytest.raises(minutes.Agreed):
        write(held, "C", chair, seen=2, why="Again")


def test_minutes_are_agreed_in_a_later_meeting_alone(held, chair):
    version = write(held, "A", chair)
    minutes.send_minutes(version, by=chair)

    with pytest.raises(ValidationError, match="later meeting"):
        minutes.agree_minutes(version, in_meeting=held, by=chair)


def test_the_second_of_two_who_write_loses_nothing(held, chair):
    write(held, "A", chair)

    with pytest.raises(planning.ChangedMeanwhile):
        write(held, "B", chair)


def test_nothing_comes_of_a_meeting_that_was_not_held(draft, chair):
    with pytest.raises(minutes.NotHeld):
        write(draft, "A", chair)


def test_attendance_names_the_deputys_post(held, chair, member):
    with pytest.raises(ValidationError, match="deputy’s post"):
        minutes.record_attendance(held, members={member: ("deputy", "")}, others=[], by=chair)
    minutes.record_attendance(
        held, members={member: ("deputy", "Deputy head")}, others=["Clerk"], by=chair
    )
    minutes.record_attendance(held, members={member: ("present", "")}, others=["Clerk"], by=chair)

    found = set(Attendance.objects.values_list("member", "post", "state", "deputy"))
    assert found == {(member.pk, "", "present", ""), (None, "Clerk", "present", "")}
    assert visible(Attendance, member.user) == []
    last = Event.objects.filter(type=EventType.ATTENDANCE_RECORDED).latest("pk")
    assert last.data["changed"] == {str(member.pk): ["deputy", "present"]}


# --- Actions ------------------------------------------------------------------------------------


@pytest.mark.parametrize("why", ["no role", "conflict"])
def test_nobody_who_may_no_longer_read_an_action_is_mailed_about_it(review, held, chair, why):
    part = ParticipationFactory(review=review)
    lead = with_role(Role.ACTION_LEAD, review, part)
    member = PanelMemberFactory(review=review, user=with_role(Role.PANEL_MEMBER, review))
    theirs, own = give(held, chair, participation=part), give(held, chair, member=member)
    if why == "conflict":
        ConflictFactory(member=member)
        ConflictFactory(member=PanelMemberFactory(review=review, user=lead), participation=part)
    else:
        for user in (lead, member.user):
            end_role(user.roles.get(), by=chair)
    Message.objects.all().delete()

    for action in (theirs, own):
        actions.chase_action(action, key=uuid.uuid4(), note="By telephone", by=chair)

    assert not Message.objects.exists()


def give(meeting, by, **owner):
    return actions.give_action(
        meeting, key=uuid.uuid4(), text="Write", due=date(2026, 11, 30), by=by, **owner
    )


def test_an_agency_sees_its_own_actions_alone(held, chair, member):
    ours, theirs = ParticipationFactory.create_batch(2, review=held.review)
    mine = give(held, chair, participation=ours)
    give(held, chair, participation=theirs)
    lead = with_role(Role.ACTION_LEAD, held.review, ours)

    assert visible(type(mine), lead) == [mine]
    assert visible(type(mine), member.user) == []
    assert visible(Meeting, lead) == []


def test_a_member_sees_their_own_at_once_and_all_with_the_minutes(held, chair, member):
    own = give(held, chair, member=member)
    give(held, chair, post="Clerk")
    assert visible(type(own), member.user) == [own]

    MinutesFactory(meeting=held, sent_at=timezone.now())

    assert len(visible(type(own), member.user)) == 2


def test_an_action_has_one_owner(held, chair, member):
    with pytest.raises(ValidationError, match="one member, one agency or one post"):
        give(held, chair, member=member, post="Clerk")
    with pytest.raises(ValidationError, match="one member, one agency or one post"):
        give(held, chair)


def test_a_moved_day_keeps_the_first_and_the_reason(held, chair):
    action = give(held, chair, post="Clerk")
    actions.move_action(action, due=date(2026, 12, 24), reason="Ill", by=chair)
    action.refresh_from_db()

    assert (action.first_due, action.due) == (date(2026, 11, 30), date(2026, 12, 24))
    assert action.moves.get().reason == "Ill"


def test_done_needs_what_was_done_and_happens_once(held, chair):
    action = give(held, chair, post="Clerk")
    with pytest.raises(ValidationError, match="what was done"):
        actions.finish_action(action, done=" ", by=chair)
    actions.finish_action(action, done="Written", by=chair)

    with pytest.raises(actions.AlreadyDone):
        actions.finish_action(action, done="Again", by=chair)


def test_chasing_mails_the_owner_without_a_word_of_the_case(held, chair, member):
    action = give(held, chair, member=member)
    key = uuid.uuid4()
    for _ in range(2):
        actions.chase_action(action, key=key, note="", by=chair)

    (message,) = Message.objects.filter(key__startswith="meeting-action:")
    assert held.review.reference in message.subject
    assert "30 November 2026" in message.body
    assert "Write" not in message.body
    assert action.chases.get().mails == 1


def test_a_post_is_chased_otherwise_and_the_note_says_how(held, chair):
    action = MeetingActionFactory(meeting=held)

    with pytest.raises(ValidationError, match="Say how you asked them"):
        actions.chase_action(action, key=uuid.uuid4(), note="", by=chair)
    actions.chase_action(action, key=uuid.uuid4(), note="Rang", by=chair)

    assert action.chases.get().mails == 0
