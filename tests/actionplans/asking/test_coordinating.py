"""Who is asked and why, who is silent, and asking again."""

import uuid
from datetime import date

import pytest
from django.urls import reverse

from actionplans.asking.daily import ask_for_updates
from actionplans.asking.models import AskingSchedule, RequestMessage
from actionplans.models import Status
from actionplans.progress.models import ProgressNote
from actionplans.rows.models import PlanRow
from agencies.services import set_successor
from foundations.post.models import Message
from reviews.models import Review
from reviews.rules import State
from tests.actionplans.asking.conftest import lead_of, row_of, tell
from tests.factories.agencies import AgencyFactory
from tests.factories.reviews import ParticipationFactory
from tests.factories.reviews_panel import ConflictFactory, PanelMemberFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def asked(plan, client, time_machine):
    time_machine.move_to("2026-12-06 10:00 +0000")
    ask_for_updates(on=date(2026, 12, 5))
    client.force_login(plan.coordinator)
    return plan


def address(name, asked, *args):
    return reverse(f"actionplans:{name}", args=[asked.one.partnership.slug, *args])


def reasons(client, asked):
    client.force_login(asked.coordinator)  # the clock moved on
    lines = client.get(address("asking-rows", asked)).context["lines"]
    return {line.row.pk: line.why for line in lines}


# --- Why ----------------------------------------------------------------------------------------


def test_each_row_says_why_it_is_or_is_not_asked_about(client, asked, time_machine):
    one, two, three = asked.rows
    nobodys = row_of(ParticipationFactory(review=asked.one, agency=AgencyFactory(name="Parks")))
    left = row_of(asked.part)
    PlanRow.objects.filter(pk=left.pk).update(owner_as_written="Jo Bloggs")
    time_machine.move_to("2026-12-07 10:00 +0000")
    tell(one, asked.lead)
    Review.objects.filter(pk=asked.two.pk).update(state=State.SUSPENDED)

    why = reasons(client, asked)

    assert why == {
        one.pk: "Not asked: already reported on 7 December 2026.",
        two.pk: "Asked of those who lead actions for Quillshire Police.",
        three.pk: "Not asked: the review is suspended.",
        nobodys.pk: "Not asked: nobody leads actions for Parks with an account here.",
        left.pk: "Asked of those who lead actions for Quillshire Police: its owner has no account "
        "here. It has no date, so it is never overdue.",
    }


@pytest.mark.parametrize(
    ("change", "why"),
    [
        ({"status": Status.DONE}, "Not asked: accepted as done."),
        ({"status": Status.REPORTED}, "Not asked: reported done, and waits for whoever runs"),
        ({"status": Status.SUPERSEDED}, "Not asked: it is no longer right"),
    ],
)
def test_what_is_settled_says_so(change, why, client, asked):
    PlanRow.objects.filter(pk=asked.rows[0].pk).update(**change)

    assert reasons(client, asked)[asked.rows[0].pk].startswith(why)


@pytest.mark.parametrize("decision", ["deferred", "rejected"])
def test_what_was_put_off_or_rejected_says_so(decision, client, asked):
    recommendation = asked.rows[0].recommendation
    type(recommendation).objects.filter(pk=recommendation.pk).update(decision=decision)

    why = reasons(client, asked).get(asked.rows[0].pk)

    assert why is None or decision in why


# --- Silence ------------------------------------------------------------------------------------


def test_the_longest_silent_agency_stands_first(client, asked, time_machine):
    never = AgencyFactory(name="Housing")
    part, lead = lead_of(asked.one, never)
    quiet = row_of(part)
    time_machine.move_to("2026-12-20 10:00 +0000")
    tell(asked.rows[0], asked.lead)
    time_machine.move_to("2027-01-06 10:00 +0000")
    ask_for_updates(on=date(2027, 1, 5))
    client.force_login(asked.coordinator)

    page = client.get(address("asking", asked))

    assert [one.agency for one in page.context["silent"]] == [never, asked.part.agency]
    people = {one.user: one.state[0] for one in page.context["people"]}
    assert people == {lead: "No answer", asked.lead: "No answer"}
    assert quiet.text not in page.content.decode()


def test_actions_that_nobody_can_be_asked_about_are_counted(client, asked):
    parks = ParticipationFactory(review=asked.one, agency=AgencyFactory(name="Parks"))
    for _ in range(2):
        row_of(parks)
    row_of(asked.part)

    found = client.get(address("asking", asked)).context["unreachable"]

    assert [(one.agency.name, one.review, one.rows) for one in found] == [("Parks", asked.one, 2)]


def test_who_answered_is_told_from_who_did_not(client, asked):
    for row in asked.rows:
        tell(row, asked.lead)

    page = client.get(address("asking", asked))

    assert [one.state[0] for one in page.context["people"]] == ["Answered"]
    assert page.context["silent"] == []


def test_asking_again_is_shown_and_then_sent_once(client, asked):
    url, key = address("asking-agency", asked, asked.part.agency.pk), uuid.uuid4()

    shown = client.get(url).content.decode()
    for _ in range(2):
        client.post(url, {"key": key})

    assert asked.lead.email in shown
    assert "3 actions wait for your update" in shown
    assert RequestMessage.objects.filter(key=key, by=asked.coordinator).count() == 1
    assert Message.objects.filter(to=asked.lead.email, key__startswith="updates:").count() == 2


def test_who_asked_again_sees_when(client, asked):
    before = client.get(address("asking", asked)).content.decode()
    client.post(address("asking-agency", asked, asked.part.agency.pk), {"key": uuid.uuid4()})

    after = client.get(address("asking", asked)).content.decode()

    assert (
        "5 December 2026, by you" in before,
        "5 December 2026, by you on 6 December 2026" in after,
    ) == (
        False,
        True,
    )


def test_what_goes_out_tomorrow_is_shown(client, asked, time_machine):
    time_machine.move_to("2026-12-18 10:00 +0000")
    client.force_login(asked.coordinator)

    page = client.get(address("asking-tomorrow", asked)).content.decode()

    assert "Told to the coordinator" in page
    assert asked.coordinator.email in page
    assert "DARDR-1: 2 actions" in page


def test_a_conflict_of_interest_hides_an_agency_from_the_coordinator(client, asked):
    member = PanelMemberFactory(review=asked.one, user=asked.coordinator)
    ConflictFactory(member=member, participation=asked.part)

    assert set(reasons(client, asked)) == {asked.rows[2].pk}


# --- The schedule -------------------------------------------------------------------------------


def test_a_changed_schedule_keeps_the_one_before(client, asked):
    sent = {
        "is_on": "yes",
        "every_months": "3",
        "day": "10",
        "leads_after": "5",
        "coordinator_after": "10",
        "board_after": "20",
        "title": "Every quarter",
        "source": "The board",
        "effective_from_day": "1",
        "effective_from_month": "1",
        "effective_from_year": "2027",
    }

    for seen in (0, 1):
        answer = client.post(
            address("asking-schedule", asked), sent | {"seen": seen, "key": uuid.uuid4()}
        )
        assert answer.status_code == 302

    assert list(AskingSchedule.objects.order_by("version").values_list("version", "day")) == [
        (1, 10),
        (2, 10),
    ]


# --- A body that took over ----------------------------------------------------------------------


def test_open_actions_are_handed_over_and_history_stays(client, asked):
    agency = asked.part.agency
    successor = AgencyFactory(name="Quillshire and Moor Police")
    set_successor(agency, successor=successor, on=None, by=asked.coordinator)
    note = tell(asked.rows[0], asked.lead)
    done = row_of(asked.part)
    PlanRow.objects.filter(pk=done.pk).update(status=Status.DONE)

    answer = client.post(address("asking-hand-over", asked, agency.pk), {"key": uuid.uuid4()})

    assert answer.status_code == 302
    for row in asked.rows:
        row.refresh_from_db()
        assert row.lead.agency == successor
    done.refresh_from_db()
    assert done.lead == asked.part
    assert ProgressNote.objects.get(pk=note.pk).participation == asked.part
    _, lead = lead_of(asked.one, successor)
    assert PlanRow.objects.visible_to(lead).filter(pk=asked.rows[0].pk).exists()
    assert ask_for_updates(on=date(2026, 12, 8))  # whoever follows is asked for what had no answer
