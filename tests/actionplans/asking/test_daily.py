"""Day by day: everybody is asked once for a period, and silence is told step by step."""

import json
import random
import threading
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from datetime import date, timedelta
from io import StringIO

import pytest
from django.core.management import call_command
from django.db import DatabaseError, connection

from accounts.services import close_account
from actionplans.asking.daily import ask_for_updates, plan_day
from actionplans.asking.models import (
    Escalation,
    RequestedRow,
    RequestMessage,
    Round,
    Step,
    UpdateRequest,
)
from actionplans.asking.schedules import HOUSE, Schedules, make_version
from actionplans.models import Status
from actionplans.rows.models import PlanRow
from actionplans.tasks import ask
from agencies.models import Partnership
from audit.models import Event
from dhr.celery import app
from foundations.post.models import Message
from reviews.reminders.models import Posting
from reviews.rules import Role, State
from reviews.services import merge_agencies
from tests.actionplans.asking.conftest import give, lead_of, row_of, tell
from tests.conftest import with_role
from tests.factories.agencies import AgencyFactory
from tests.factories.reviews import ReviewFactory

pytestmark = pytest.mark.django_db
DAY = date(2026, 12, 5)


@pytest.fixture(autouse=True)
def in_november(time_machine):
    time_machine.move_to("2026-11-20 10:00 +0000")


def sent(on):
    """{address: rules of what is sent now}"""
    return {
        one.user.email: Counter(item.rule for item in one.items)
        for one in ask_for_updates(on=on)
        if not one.already_sent
    }


def schedule(partnership, coordinator, **values):
    newest = Schedules(partnership).newest
    kept = {name: HOUSE[name] for name in ("is_on", "every_months", "day")}
    kept |= {name: HOUSE[name] for name in ("leads_after", "coordinator_after", "board_after")}
    return make_version(
        partnership=partnership,
        seen=newest.version if newest else 0,
        **{"effective_from": date(2026, 11, 20), "title": "Ours", "source": "The board"}
        | kept
        | values,
        by=coordinator,
        on=date(2026, 11, 20),
        key=None,
    )


# --- Asking -------------------------------------------------------------------------------------


def test_one_message_asks_for_all_rows_of_all_reviews(plan):
    assert sent(DAY) == {plan.lead.email: {"update_request": 3}}

    message = Message.objects.get(to=plan.lead.email)
    assert message.subject == "3 actions wait for your update in the reviews system"
    assert "Review DARDR-1: 2\nReview DARDR-2: 1" in message.body
    request = UpdateRequest.objects.get()
    assert request.get_absolute_url() in message.body
    assert {one.row for one in request.asked_rows.all()} == set(plan.rows)


def test_the_message_tells_neither_names_nor_agencies_nor_actions(plan):
    PlanRow.objects.update(owner_as_written="Jo Bloggs")
    sent(DAY)

    body = Message.objects.get(to=plan.lead.email).body
    assert not [
        word for word in ("Bloggs", "Police", "Train", plan.lead.name) if word and word in body
    ]


def test_nobody_is_asked_before_the_day(plan):
    Round.objects.create(
        partnership=plan.one.partnership,
        period=date(2026, 11, 1),
        due=date(2026, 11, 5),
        made_on=date(2026, 11, 5),
    )

    assert sent(DAY - timedelta(days=1)) == {}
    assert sent(DAY) != {}


def test_a_second_run_sends_nothing_and_tells_what_was_sent(plan):
    sent(DAY)

    (again,) = ask_for_updates(on=DAY)

    assert again.already_sent
    assert [item.reference for item in again.items] == ["DARDR-1", "DARDR-1", "DARDR-2"]
    assert RequestMessage.objects.count() == 1


def test_a_dry_run_keeps_nothing(plan):
    (one,) = ask_for_updates(on=DAY, dry_run=True)

    assert (one.user, len(one.items), one.already_sent) == (plan.lead, 3, False)
    assert not Round.objects.exists()
    assert not Message.objects.filter(to=plan.lead.email).exists()


def test_what_was_reported_in_the_period_is_not_asked_for(plan, time_machine):
    time_machine.move_to("2026-12-03 09:00 +0000")
    tell(plan.rows[0], plan.lead)

    assert sent(DAY) == {plan.lead.email: {"update_request": 2}}


def test_an_owner_is_asked_instead_of_the_others(plan):
    _, owner = lead_of(plan.one, plan.part.agency)
    PlanRow.objects.filter(pk=plan.rows[0].pk).update(owner=owner)

    sent(DAY)

    asked = RequestedRow.objects.filter(row=plan.rows[0])
    assert [one.request.user for one in asked] == [owner]
    # What has no owner is asked of all who lead actions for the agency in that review.
    asked = RequestedRow.objects.filter(row=plan.rows[1])
    assert {one.request.user for one in asked} == {owner, plan.lead}


def test_where_an_owner_left_those_who_lead_are_asked(plan):
    _, owner = lead_of(plan.one, plan.part.agency)
    PlanRow.objects.filter(pk=plan.rows[0].pk).update(owner=owner)
    close_account(owner, by=with_role(Role.ADMINISTRATOR))

    assert sent(DAY) == {plan.lead.email: {"update_request": 3}}


def test_where_an_owner_leaves_after_being_asked_it_is_passed_on_once(plan):
    _, owner = lead_of(plan.two, plan.other.agency)
    PlanRow.objects.update(owner=None)
    PlanRow.objects.filter(pk=plan.rows[2].pk).update(owner=owner)
    third = with_role(Role.ACTION_LEAD, plan.two, plan.other)
    sent(DAY)
    close_account(owner, by=with_role(Role.ADMINISTRATOR))

    found = sent(DAY + timedelta(days=1))

    # The one who was asked about others before finds it among them, without another message.
    assert found == {third.email: {"update_request": 1}}
    assert RequestedRow.objects.filter(row=plan.rows[2], request__user=plan.lead).count() == 1
    assert sent(DAY + timedelta(days=2)) == {}


def test_rows_follow_agencies_that_become_one(plan):
    double = AgencyFactory(name="Quillshire Constabulary")
    part, _ = lead_of(plan.one, double)
    row = row_of(part)
    sent(DAY)
    asked = RequestedRow.objects.get(row=row)

    merge_agencies(double, into=plan.part.agency, by=plan.coordinator)
    row.refresh_from_db()
    tell(row, plan.lead)

    asked.refresh_from_db()
    assert row.lead == plan.part
    assert asked.answered_at


@pytest.mark.parametrize("state", [State.CLOSED, State.SUSPENDED, State.DISCONTINUED])
def test_nobody_is_asked_in_a_review_that_does_not_go_on(state, plan):
    type(plan.one).objects.filter(pk=plan.one.pk).update(state=state)

    assert sent(DAY) == {plan.lead.email: {"update_request": 1}}


@pytest.mark.parametrize("status", [Status.DONE, Status.SUPERSEDED, Status.REPORTED])
def test_nobody_is_asked_about_what_is_settled_or_waits(status, plan):
    PlanRow.objects.filter(pk=plan.rows[0].pk).update(status=status)

    assert sent(DAY) == {plan.lead.email: {"update_request": 2}}


def test_each_partnership_asks_for_itself(plan):
    review = ReviewFactory()
    part, lead = lead_of(review, plan.part.agency)
    row_of(part)
    schedule(review.partnership, plan.coordinator, is_on=False)

    assert lead.email not in sent(DAY)
    assert UpdateRequest.objects.get().partnership == plan.one.partnership


def test_the_trail_of_each_review_tells_how_many_were_asked(plan):
    sent(DAY)

    event = Event.objects.get(stream="review:DARDR-1", type="updates.asked")
    assert (event.data["people"], event.data["actions"]) == (1, 2)


def test_a_message_can_be_followed_by_the_coordinator_of_each_review(plan):
    sent(DAY)

    places = Posting.objects.filter(message__to=plan.lead.email, message__subject__contains="wait")
    assert {one.participation for one in places} == {plan.part, plan.other}


# --- The schedule -------------------------------------------------------------------------------


def test_a_partnership_can_stop_asking(plan):
    schedule(plan.one.partnership, plan.coordinator, is_on=False)

    assert sent(DAY) == {}


def test_a_day_that_changes_within_a_month_asks_nobody_twice(plan):
    sent(DAY)
    schedule(plan.one.partnership, plan.coordinator, day=20, effective_from=date(2026, 12, 10))

    assert not any("update_request" in rules for rules in sent(date(2026, 12, 20)).values())
    assert RequestMessage.objects.count() == 1


# --- A year -------------------------------------------------------------------------------------


def test_a_year_of_days_missed_and_doubled_sends_each_message_once(plan, time_machine):
    """Asked on the 5th of each month; from 10 July on the 20th of every second month."""
    _, owner = lead_of(plan.one, plan.part.agency)
    PlanRow.objects.filter(pk=plan.rows[0].pk).update(owner=owner)
    PlanRow.objects.filter(pk=plan.rows[1].pk).update(owner=plan.lead)
    time_machine.move_to("2026-12-31 10:00 +0000")
    made = {"leads_after": 7, "coordinator_after": 14, "board_after": 21, "by": plan.coordinator}
    for version, (begins, day, months) in enumerate(
        [(date(2027, 7, 10), 20, 2), (date(2027, 7, 10), 20, 2)]  # the second doubles the first
    ):
        make_version(
            partnership=plan.one.partnership,
            seen=version,
            effective_from=begins,
            title="Ours",
            source="The board",
            is_on=True,
            every_months=months,
            day=day,
            on=date(2026, 12, 31),
            key=None,
            **made,
        )
    chance = random.Random(7)  # noqa: S311
    stopped = [(date(2027, 3, 3), date(2027, 3, 9)), (date(2027, 4, 28), date(2027, 6, 7))]
    ran = []
    for number in range(365):
        today = date(2027, 1, 1) + timedelta(days=number)
        time_machine.move_to(f"{today} 10:00 +0000")
        if today in (date(2027, 2, 10), date(2027, 9, 12)):  # the second before anybody asks
            tell(plan.rows[0], owner)
        if chance.random() < 0.3 or any(first <= today <= last for first, last in stopped):
            continue
        ran.append(today)
        for _ in range(chance.choice([1, 1, 2, 3])):
            ask_for_updates(on=today)

    # May was missed as a whole: nobody gets two messages in June. July is asked once.
    due = [(1, 5), (2, 5), (3, 5), (4, 5), (6, 5), (7, 5), (9, 20), (11, 20)]
    due = [date(2027, month, day) for month, day in due]
    first_run = {day: next(one for one in ran if one >= day) for day in due}
    december = [date(2026, 12, 1)]  # what the first run made up for
    expected = {
        plan.lead.email: Counter([ran[0], *first_run.values()]),
        owner.email: Counter(
            [ran[0], *(on for day, on in first_run.items() if day != date(2027, 9, 20))]
        ),
    }
    messages = RequestMessage.objects.select_related("request__user")
    found = {}
    for one in messages:
        found.setdefault(one.request.user.email, Counter())[one.on] += 1
    assert found == expected
    assert set(UpdateRequest.objects.values_list("period", flat=True)) == {
        *december,
        *(day.replace(day=1) for day in due),
    }
    told = Counter(Escalation.objects.values_list("period", "row", "step", "user").order_by())
    assert told
    assert set(told.values()) == {1}


@pytest.mark.django_db(transaction=True)
def test_two_workers_ask_each_person_once(plan):
    start = threading.Barrier(2)

    def work():
        start.wait()
        try:
            return sum(not one.already_sent for one in ask_for_updates(on=DAY))
        finally:
            connection.close()

    with ThreadPoolExecutor(2) as pool:
        sent_by = [one.result() for one in [pool.submit(work), pool.submit(work)]]

    assert sorted(sent_by) == [0, 1]
    assert Message.objects.filter(to=plan.lead.email, subject__contains="wait").count() == 1


# --- Silence ------------------------------------------------------------------------------------


def days_after(days):
    return DAY + timedelta(days=days)


def test_silence_is_told_to_leads_then_coordinator_then_board(plan):
    _, owner = lead_of(plan.one, plan.part.agency)
    PlanRow.objects.filter(review=plan.one).update(owner=owner)
    PlanRow.objects.filter(review=plan.two).update(status=Status.DONE)
    sent(DAY)

    assert sent(days_after(6)) == {}
    assert sent(days_after(7)) == {plan.lead.email: {"update_leads": 2}}
    assert sent(days_after(8)) == {}
    assert sent(days_after(14)) == {plan.coordinator.email: {"update_coordinator": 2}}
    assert sent(days_after(21)) == {plan.board.email: {"update_board": 2}}
    assert sent(days_after(22)) == {}


def test_days_on_which_nothing_ran_are_made_up_for(plan):
    sent(DAY)

    assert sent(days_after(23)) == {
        plan.coordinator.email: {"update_coordinator": 3},
        plan.board.email: {"update_board": 3},
    }


def test_an_answer_stops_the_next_step(plan):
    sent(DAY)
    for row in plan.rows[:2]:
        tell(row, plan.lead, answer="no_change", words="")

    assert sent(days_after(14)) == {plan.coordinator.email: {"update_coordinator": 1}}


def test_an_answer_is_kept_with_what_was_asked(plan):
    sent(DAY)

    note = tell(plan.rows[0], plan.coordinator)

    asked = RequestedRow.objects.get(row=plan.rows[0])
    assert (asked.note, asked.answered_at) == (note, note.at)


def test_what_tomorrow_brings_is_what_is_sent(plan):
    sent(DAY)
    on = days_after(14)

    planned = plan_day(Partnership.objects.get(), on)

    assert [(step, user) for step, user in planned.silent] == [(Step.COORDINATOR, plan.coordinator)]
    assert sent(on) == {plan.coordinator.email: {"update_coordinator": 3}}


@pytest.mark.parametrize("model", [RequestMessage, Escalation])
def test_what_was_asked_and_told_cannot_be_changed(model, plan):
    sent(DAY)
    sent(days_after(14))

    with pytest.raises(DatabaseError, match="never changed or deleted"):
        model.objects.update(on=days_after(30))


# --- The command and the worker -----------------------------------------------------------------


def test_the_command_sends_and_lists_requests_too(plan):
    out = StringIO()

    call_command("send_reminders", "--as-at", "2026-12-05", "--format", "json", stdout=out)

    (person,) = json.loads(out.getvalue())["people"]
    assert person == {
        "email": plan.lead.email,
        "items": [
            {"rule": "update_request", "due": "2026-12-05", "reference": reference}
            for reference in ("DARDR-1", "DARDR-1", "DARDR-2")
        ],
        "already_sent": False,
    }
    assert RequestMessage.objects.count() == 1


def test_the_worker_asks_every_day(plan, time_machine):
    time_machine.move_to("2026-12-05 10:00 +0000")

    ask()

    assert RequestMessage.objects.get().on == DAY
    tasks = {entry["task"] for entry in app.conf.beat_schedule.values()}
    assert "actionplans.ask_for_updates" in tasks


def test_somebody_who_reports_for_two_agencies_gets_one_message(plan):
    part, _ = lead_of(plan.one, AgencyFactory())
    give(plan.lead, part)
    row_of(part)

    assert sent(DAY)[plan.lead.email] == {"update_request": 4}
