"""One message a person and day, about their own, never twice for the same."""

import json
import threading
from concurrent.futures import ThreadPoolExecutor
from datetime import date, timedelta
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext

from accounts.services import close_account
from audit.models import Event
from dhr.celery import app
from foundations.post.models import Message
from reviews.intake.services.learning import move_action
from reviews.meetings.models import MeetingAction
from reviews.models import Participation, Review
from reviews.reminders import services
from reviews.reminders.kinds import Owed, register
from reviews.reminders.models import Mailing, Posting, Reminder, Step
from reviews.reminders.services import send_reminders
from reviews.rules import Role, State
from reviews.services import give_role
from reviews.tasks import remind
from reviews.terms.services import confirm_reading
from tests.conftest import with_role
from tests.factories.agencies import AgencyFactory
from tests.factories.reviews import ParticipationFactory, ReviewFactory
from tests.factories.reviews_intake import (
    EarlyActionFactory,
    ScopingAnswerFactory,
    ScopingRequestFactory,
)
from tests.factories.reviews_meetings import MeetingActionFactory, MeetingFactory
from tests.factories.reviews_panel import ConflictFactory, PanelMemberFactory
from tests.factories.reviews_reminders import ReminderStepsFactory
from tests.factories.reviews_terms import issued_terms
from tests.reviews.reminders.conftest import DUE

pytestmark = pytest.mark.django_db


def after(days):
    return DUE + timedelta(days=days)


def reminded(on):
    """{address: the steps of what is sent now}"""
    return {
        one.user.email: [
            item.step for item in Mailing.objects.get(user=one.user, day=on).reminders.all()
        ]
        for one in send_reminders(on=on)
        if not one.already_sent
    }


# --- The steps ----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("days", "step"),
    [(-7, Step.BEFORE), (-1, Step.BEFORE), (0, Step.DUE), (2, Step.DUE), (3, Step.OVERDUE)],
)
def test_whoever_owes_it_is_told_of_the_last_step_that_is_reached(days, step, asked, author):
    assert reminded(after(days)) == {author.email: [step]}


def test_nobody_is_told_long_before(asked, author):
    assert reminded(after(-8)) == {}


def test_first_the_sign_off_officers_and_then_the_coordinator_are_told(
    asked, author, officer, coordinator
):
    reminded(after(3))

    assert reminded(after(6)) == {}
    assert reminded(after(7)) == {officer.email: [Step.LEAD]}
    assert reminded(after(14)) == {coordinator.email: [Step.COORDINATOR]}
    assert reminded(after(60)) == {}


def test_an_agency_without_an_author_owes_by_its_sign_off_officers(asked, officer):
    assert reminded(DUE) == {officer.email: [Step.DUE]}


def test_days_on_which_nothing_ran_are_made_up_for(asked, author, officer, coordinator):
    assert reminded(after(20)) == {
        author.email: [Step.OVERDUE],
        officer.email: [Step.LEAD],
        coordinator.email: [Step.COORDINATOR],
    }


def test_whoever_was_asked_today_is_not_reminded_today(part, author):
    ScopingRequestFactory(participation=part, due=date(2026, 11, 18))

    assert reminded(date(2026, 11, 16)) == {}
    assert reminded(date(2026, 11, 17)) == {author.email: [Step.BEFORE]}


def test_a_partnership_sets_its_own_days(asked, author, review):
    ReminderStepsFactory(partnership=review.partnership, days_before=20)
    ReminderStepsFactory(
        partnership=review.partnership, days_before=5, version=2, effective_from=after(-10)
    )

    assert reminded(after(-15)) == {author.email: [Step.BEFORE]}
    assert reminded(after(-9)) == {}


# --- Never twice --------------------------------------------------------------------------------


def test_the_same_day_again_sends_nothing(asked, author):
    first = send_reminders(on=DUE)

    again = send_reminders(on=DUE)

    assert [(one.items, one.already_sent) for one in first] == [(again[0].items, False)]
    assert [one.already_sent for one in again] == [True]
    assert Message.objects.count() == Mailing.objects.count() == 1


def test_the_same_thing_is_not_said_on_another_day(asked, author):
    send_reminders(on=DUE)

    assert send_reminders(on=after(1)) == []


def test_what_comes_up_later_on_that_day_waits_for_tomorrow(asked, author, part):
    send_reminders(on=DUE)
    other = ScopingRequestFactory(participation=part, due=DUE)

    send_reminders(on=DUE)
    assert Reminder.objects.filter(item=str(other.pk)).count() == 0
    send_reminders(on=after(1))

    assert Reminder.objects.filter(item=str(other.pk)).count() == 1


def test_a_day_that_was_put_off_begins_anew(part, coordinator):
    lead = with_role(Role.ACTION_LEAD, part.review, part)
    action = EarlyActionFactory(owner=part, first_due=DUE)
    reminded(DUE)

    move_action(action, due=after(30), reason="The trainer is ill", by=coordinator)

    assert reminded(after(2)) == {}
    assert reminded(after(30)) == {lead.email: [Step.DUE]}


@pytest.mark.django_db(transaction=True)
def test_two_runs_at_once_make_one_message(asked, author, monkeypatch):
    both, install = threading.Barrier(2), services.install

    def install_together():
        both.wait(timeout=30)
        return install()

    monkeypatch.setattr(services, "install", install_together)

    def run(_):
        try:
            return [one.already_sent for one in send_reminders(on=DUE)]
        finally:
            connection.close()

    with ThreadPoolExecutor(2) as pool:
        assert sorted(pool.map(run, range(2))) == [[False], [True]]
    assert Message.objects.count() == 1


def test_the_daily_job_takes_today(asked, author, time_machine):
    time_machine.move_to(f"{DUE} 07:05 +0000")

    remind()
    remind()

    assert Mailing.objects.get().day == DUE


# --- One's own, and nothing else ----------------------------------------------------------------


def test_a_message_holds_references_counts_and_a_link(author, part, asked, officer):
    elsewhere = ParticipationFactory(review=ReviewFactory(reference="DHR-2"), agency=part.agency)
    ScopingRequestFactory(participation=part, due=DUE)
    ScopingRequestFactory(participation=elsewhere, due=DUE, note="Her sister called")
    give_role(
        user=author,
        role=Role.IMR_AUTHOR,
        review=elsewhere.review,
        participation=elsewhere,
        by=None,
    )
    Message.objects.all().delete()

    send_reminders(on=DUE)

    message = Message.objects.get()
    assert message.to == author.email
    assert message.subject == "3 things are waiting for you in the reviews system"
    assert "Review DARDR-1: 2\nReview DHR-2: 1\n" in message.body
    assert Mailing.objects.get().get_absolute_url() in message.body
    for word in ("Quillshire", "sister", author.name, officer.email):
        assert word not in message.body + message.subject
    assert set(Posting.objects.values_list("review__reference", flat=True)) == {"DARDR-1", "DHR-2"}


def test_nobody_is_told_of_another_agency(asked, author, review):
    other = ParticipationFactory(review=review, agency=AgencyFactory())
    with_role(Role.IMR_AUTHOR, review, other)
    with_role(Role.SIGN_OFF_OFFICER, review, other)

    assert set(reminded(after(10))) == {author.email}


def test_nobody_is_told_of_an_agency_they_have_a_conflict_with(asked, coordinator):
    seat = PanelMemberFactory(review=asked.review, user=coordinator)
    ConflictFactory(member=seat, participation=asked.participation)

    assert reminded(after(30)) == {}


@pytest.mark.parametrize("gone", ["account", "invitation"])
def test_whoever_cannot_sign_in_is_not_written_to(gone, asked, author):
    if gone == "account":
        close_account(author, by=None)
    else:
        type(author).objects.filter(pk=author.pk).update(joined_at=None)

    assert reminded(DUE) == {}


@pytest.mark.parametrize("state", [State.SUSPENDED, State.DISCONTINUED, State.CLOSED])
def test_nobody_is_reminded_in_a_review_in_which_no_work_goes_on(state, asked, author):
    Review.objects.filter(pk=asked.review.pk).update(state=state)

    assert reminded(DUE) == {}


# --- The kinds ----------------------------------------------------------------------------------


def test_an_answer_ends_it(asked, author):
    ScopingAnswerFactory(request=asked)

    assert reminded(DUE) == {}


def test_terms_are_to_be_read_by_one_of_each_agency_and_each_of_the_panel(
    part, author, coordinator
):
    panel = [with_role(Role.PANEL_MEMBER, part.review) for _ in range(2)]
    silent = ParticipationFactory(review=part.review, agency=AgencyFactory())
    other = with_role(Role.IMR_AUTHOR, part.review, silent)
    version = issued_terms(part.review, to=[part, silent], panel=True, by=coordinator)
    confirm_reading(version, by=author, participation=part)
    confirm_reading(version, by=panel[0], participation=None)

    assert reminded(date(2026, 11, 30)) == {
        other.email: [Step.DUE],
        panel[1].email: [Step.DUE],
    }


def test_actions_of_a_meeting_are_owed_by_a_member_or_by_action_leads(review, part):
    lead, member = with_role(Role.ACTION_LEAD, review, part), with_role(Role.PANEL_MEMBER, review)
    seat = PanelMemberFactory(review=review, user=member)
    meeting = MeetingFactory(review=review, held=True)
    given = {"meeting": meeting, "first_due": DUE, "due": DUE}
    MeetingActionFactory(member=seat, post="", **given)
    MeetingActionFactory(participation=part, post="", **given)
    MeetingActionFactory(post="Clerk", **given)

    assert reminded(DUE) == {lead.email: [Step.DUE], member.email: [Step.DUE]}
    MeetingAction.objects.update(done_at="2026-12-11T10:00Z", done="Done", done_by=lead)
    assert reminded(after(30)) == {}


def test_a_room_above_adds_its_own_kind(author, part, monkeypatch):
    monkeypatch.setattr("reviews.reminders.kinds._KINDS", {})

    def owed(reviews):
        for each in Participation.objects.filter(review__in=reviews):
            yield Owed(
                item=str(each.pk),
                review=each.review,
                due=DUE,
                since=after(-30),
                page="/",
                part_id=each.pk,
                roles=(Role.IMR_AUTHOR,),
            )

    register("imr", sentence="An IMR was asked for.", owed=owed)

    assert reminded(DUE) == {author.email: [Step.DUE]}
    assert Reminder.objects.get().rule == "imr"


# --- The trail and the command --------------------------------------------------------------------


def test_the_trail_of_the_review_says_how_many_were_reminded(asked, author):
    send_reminders(on=DUE)

    event = Event.objects.get(type="reminders.sent")
    assert (event.stream, event.actor) == ("review:DARDR-1", "system")
    assert event.data == {"people": 1, "things": 1, "day": str(DUE)}


def command(*arguments):
    out = StringIO()
    call_command("send_reminders", *arguments, "--format", "json", stdout=out)
    return json.loads(out.getvalue())


def test_the_command_says_whom_it_reminded_of_what(asked, author):
    said = {
        "email": author.email,
        "items": [{"rule": "scoping", "due": str(DUE), "reference": "DARDR-1"}],
    }

    dry = command("--as-at", str(DUE), "--dry-run")
    nothing = Message.objects.count(), Mailing.objects.count()
    first, second = command("--as-at", str(DUE)), command("--as-at", str(DUE))

    assert nothing == (0, 0)
    assert dry == first == {"people": [said | {"already_sent": False}]}
    assert second == {"people": [said | {"already_sent": True}]}


def test_a_day_that_is_none_is_misuse():
    with pytest.raises(CommandError) as refused:
        command("--as-at", "yesterday")
    assert refused.value.returncode == 2


def test_planning_takes_as_many_queries_for_any_number(django_assert_num_queries):
    somebody_who_owes_everything()
    with CaptureQueriesContext(connection) as for_one:
        assert len(send_reminders(on=DUE, dry_run=True)) == 1
    for _ in range(3):
        somebody_who_owes_everything()

    with django_assert_num_queries(len(for_one)):
        people = send_reminders(on=DUE, dry_run=True)

    assert len(people) == 4


def somebody_who_owes_everything():
    part = ParticipationFactory()
    with_role(Role.IMR_AUTHOR, part.review, part)
    ScopingRequestFactory(participation=part, due=DUE)
    EarlyActionFactory(owner=part, first_due=DUE)
    issued_terms(part.review, to=[part], panel=True)


def test_every_task_of_the_timetable_exists(settings):
    app.loader.import_default_modules()

    asked = {entry["task"] for entry in settings.CELERY_BEAT_SCHEDULE.values()}

    assert asked <= set(app.tasks)
