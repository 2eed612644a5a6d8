from dataclasses import replace
from datetime import date, datetime
from uuid import UUID

import pytest
import time_machine
from django.utils import timezone

from actionplans.editing.services import change_action, words_of
from actionplans.models import Status
from actionplans.progress import deciding, settling
from actionplans.progress.models import Answer
from actionplans.progress.services import report
from actionplans.resting.services import add_action, put_into_plan
from actionplans.rows.models import PlanRow
from actionplans.seeing.changes import KINDS, Changes
from actionplans.seeing.history import month_ends, over_time
from actionplans.seeing.listing import Seen
from foundations.dates import parse
from reviews.clock.services import reached
from reviews.rules import Role, Stage
from tests.actionplans.seeing.plans import agency_in, row_of
from tests.conftest import with_role
from tests.factories.actionplans import ActionFactory, ProgressNoteFactory
from tests.factories.reviews import ReviewFactory

pytestmark = pytest.mark.django_db
_UUIDS = iter(range(1, 1_000))


def key():
    return UUID(int=next(_UUIDS))


def told(row, answer, words, *, by, part, **more):
    row.refresh_from_db()
    return report(
        row,
        answer=answer,
        words=words,
        by=by,
        key=key(),
        seen=row.told_at,
        participation=part,
        **more,
    )


@pytest.fixture
def year(db):
    """A row that lives a year: {kind: the days on which something of that kind happened}."""
    with time_machine.travel("2026-01-10 10:00Z"):
        review = ReviewFactory(stage=Stage.MONITORING)
        part = agency_in(review, "Police")
        by, lead = with_role(Role.COORDINATOR, review), with_role(Role.ACTION_LEAD, review, part)
        row = row_of(review, part, recommendation={"due": "March 2026"})
        PlanRow.objects.filter(pk=row.pk).update(status=Status.UNCONFIRMED)
    with time_machine.travel("2026-02-10 10:00Z"):
        deciding.decide(
            row.recommendation,
            answer="accepted",
            rationale="It can be done",
            condition="",
            body="Cabinet",
            post="Member",
            decided_on=parse("9 February 2026").value,
            look_again=None,
            by=by,
            key=key(),
        )
    with time_machine.travel("2026-03-10 10:00Z"):
        told(row, Answer.ON_TRACK, "Half are trained", by=lead, part=part)
    with time_machine.travel("2026-04-10 10:00Z"):
        told(
            row,
            Answer.SLIPPED,
            "The trainer left",
            by=lead,
            part=part,
            new_target=parse("June 2026").value,
            why_moved="A new one must be found",
        )
    with time_machine.travel("2026-06-10 10:00Z"):
        note = told(row, Answer.REPORTED, "All are", by=lead, part=part, evidence="Register")
    with time_machine.travel("2026-07-10 10:00Z"):
        settling.settle(note, is_accepted=True, reason="", look_on=date(2026, 12, 1), by=by)
    with time_machine.travel("2026-12-05 10:00Z"):
        row.refresh_from_db()
        settling.tell_impact(
            row, changed="yes", how="An audit", by_whom="Quality group", by=by, key=key()
        )
    row.refresh_from_db()
    return review, part, row, by, lead


HAPPENED = {
    "added": [date(2026, 1, 10)],
    "decision": [date(2026, 2, 10)],
    "update": [date(2026, 3, 10), date(2026, 4, 10), date(2026, 6, 10)],
    "move": [date(2026, 4, 10)],
    "verdict": [date(2026, 7, 10)],
    "impact": [date(2026, 12, 5)],
    "ended": [],
}


@pytest.mark.parametrize(
    ("since", "until"),
    [
        (date(2026, 1, 1), date(2026, 12, 31)),
        (date(2026, 1, 10), date(2026, 1, 10)),
        (date(2026, 1, 11), date(2026, 3, 9)),
        (date(2026, 3, 10), date(2026, 4, 10)),
        (date(2026, 4, 11), date(2026, 7, 10)),
        (date(2026, 12, 6), date(2027, 1, 1)),
    ],
)
def test_what_changed_is_what_happened_on_those_days(since, until, year):
    _, _, _, by, _ = year
    changes = Changes(by, since=since, until=until)
    wanted = sorted(
        (day, kind) for kind, days in HAPPENED.items() for day in days if since <= day <= until
    )

    found = changes.fetched(changes.listed())

    assert sorted((timezone.localdate(one.at), one.kind) for one in found) == wanted
    assert {kind: n for kind, n in changes.counts.items() if n} == {
        kind: sum(one == kind for _, one in wanted) for _, kind in wanted
    }


def test_each_change_says_what_it_was_newest_first(year):
    _, _, _, by, _ = year
    changes = Changes(by, since=date(2026, 1, 1), until=date(2026, 12, 31))

    found = changes.fetched(changes.listed())

    assert [(one.what, one.words) for one in found] == [
        ("Practice changed: yes", "An audit"),
        ("Accepted: done", ""),
        ("Reported done", "All are"),
        ("Date moved from March 2026 to June 2026", "A new one must be found"),
        ("Slipped: it will be late", "The trainer left"),
        ("On track", "Half are trained"),
        ("Accepted", "It can be done"),
        ("Followed from now on", ""),
    ]


def test_a_date_that_whoever_runs_the_plan_moved_is_a_change_of_no_agency(year):
    review, _, _, by, _ = year
    with time_machine.travel("2026-10-10 10:00Z"):
        action = ActionFactory(recommendation__review=review)
    words = replace(words_of(action), target=parse("May 2027").value)
    with time_machine.travel("2026-11-10 10:00Z"):
        change_action(action, words, reason="The course is new", by=by)

    (change,) = fetched(Changes(by, since=date(2026, 11, 1), until=date(2026, 11, 30)))

    assert (change.what, change.agency) == ("Date set to May 2027", "")


@pytest.mark.parametrize("kind", KINDS)
def test_one_kind_is_listed_alone(kind, year):
    _, _, _, by, _ = year
    changes = Changes(by, since=date(2026, 1, 1), until=date(2026, 12, 31))

    listed = list(changes.listed(kind))

    assert len(listed) == len(HAPPENED[kind]) == changes.counts[kind]


def test_a_row_in_whose_place_actions_were_written_has_ended(year):
    review, part, row, by, _ = year
    with time_machine.travel("2026-12-10 10:00Z"):
        add_action(
            row.recommendation,
            text="Train them again",
            lead=part,
            target=parse("2027").value,
            by=by,
            key=key(),
        )
    changes = Changes(by, since=date(2026, 12, 10), until=date(2026, 12, 10), review=review)

    assert {kind: n for kind, n in changes.counts.items() if n} == {"added": 1, "ended": 1}


def test_a_draft_is_added_on_the_day_on_which_it_is_put_into_the_plan(year):
    review, part, _, by, _ = year
    with time_machine.travel("2026-10-01 10:00Z"):
        draft = row_of(review, part, recommendation={"is_draft": True}).recommendation
    with time_machine.travel("2026-10-09 10:00Z"):
        put_into_plan(review, [draft], by=by)
    days = [date(2026, 10, 1), date(2026, 10, 9)]

    assert [Changes(by, since=day, until=day).counts["added"] for day in days] == [0, 1]


def test_nobody_reads_of_changes_that_they_may_not_see(year):
    review, _part, _, _, lead = year
    other = agency_in(review, "Housing")
    ProgressNoteFactory(recommendation=row_of(review, other).recommendation)
    whole = {"since": date(2026, 1, 1), "until": timezone.localdate()}
    theirs = with_role(Role.ACTION_LEAD, review, other)

    assert {one.agency for one in fetched(Changes(lead, **whole))} == {"Police", "Cabinet"}
    assert {one.kind for one in fetched(Changes(theirs, **whole))} == {"added", "update"}
    for role in (Role.PANEL_MEMBER, Role.BOARD_READER):
        assert fetched(Changes(with_role(role, review), **whole)) == []
    assert fetched(Changes(with_role(Role.COORDINATOR, ReviewFactory()), **whole)) == []


def fetched(changes):
    return changes.fetched(changes.listed())


# --- Over time ----------------------------------------------------------------------------------


def test_the_months_end_on_their_last_days():
    assert month_ends(date(2026, 3, 15), 3) == [
        date(2025, 12, 31),
        date(2026, 1, 31),
        date(2026, 2, 28),
        date(2026, 3, 15),
    ]


def test_how_many_were_open_and_overdue_as_it_was_known_then(year):
    """Due in March, moved in April to June, accepted as done in July."""
    _, _, _, by, _ = year
    on = date(2026, 9, 20)

    months = over_time(
        Seen(by, on=on, now=datetime(2026, 9, 20, tzinfo=timezone.get_current_timezone()))
    )

    assert {one.end: (one.open, one.overdue) for one in months} == {
        date(2026, 1, 31): (1, 0),
        date(2026, 2, 28): (1, 0),
        date(2026, 3, 31): (1, 0),
        date(2026, 4, 30): (1, 0),
        date(2026, 5, 31): (1, 0),
        date(2026, 6, 30): (1, 0),
        date(2026, 7, 31): (0, 0),
        date(2026, 8, 31): (0, 0),
        date(2026, 9, 20): (0, 0),
    }


def test_what_was_overdue_then_is_counted_though_its_date_was_moved_later(db):
    with time_machine.travel("2026-01-10 10:00Z"):
        review = ReviewFactory(stage=Stage.MONITORING)
        part = agency_in(review)
        row = row_of(review, part, recommendation={"due": "February 2026"})
    lead = with_role(Role.ACTION_LEAD, review, part)
    with time_machine.travel("2026-04-10 10:00Z"):
        told(
            row,
            Answer.SLIPPED,
            "Late",
            by=lead,
            part=part,
            new_target=parse("December 2026").value,
            why_moved="The trainer left",
        )
    now = datetime(2026, 5, 20, tzinfo=timezone.get_current_timezone())

    months = over_time(Seen(lead, on=now.date(), now=now))

    assert [(one.end.month, one.open, one.overdue) for one in months] == [
        (1, 1, 0),
        (2, 1, 0),
        (3, 1, 1),
        (4, 1, 0),
        (5, 1, 0),
    ]


def test_what_was_moved_to_count_from_the_publication_is_overdue_after_that_day(db):
    with time_machine.travel("2026-01-10 10:00Z"):
        review = ReviewFactory(stage=Stage.MONITORING)
        by = with_role(Role.COORDINATOR, review)
        reached(review, "published", parse("5 January 2026").value, by)
        action = ActionFactory(
            recommendation__review=review, target=parse("3 months after publication").value
        )
    with time_machine.travel("2026-02-10 10:00Z"):
        to = parse("2 months after publication").value
        change_action(action, replace(words_of(action), target=to), reason="Sooner", by=by)
    now = datetime(2026, 5, 20, tzinfo=timezone.get_current_timezone())

    months = over_time(Seen(by, on=now.date(), now=now))

    assert [(one.end.month, one.overdue) for one in months] == [
        (1, 0),
        (2, 0),
        (3, 1),
        (4, 1),
        (5, 1),
    ]


def test_today_is_what_the_figures_say(year):
    review, part, _, by, _ = year
    row_of(review, part, recommendation={"due": "1 January 2020"})
    row_of(review, part, recommendation={"due": "2020", "claimed_status": "completed"})
    row_of(review, part)
    seen = Seen(by, on=timezone.localdate(), now=timezone.now())

    today = over_time(seen)[-1]

    assert today.open == seen.chosen({"standing": "open"}).count() == 3
    assert today.overdue == seen.chosen({"due": "overdue"}).count() == 1
