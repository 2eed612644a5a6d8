import uuid
from datetime import date

import pytest
from django.core.exceptions import ValidationError

from audit.models import Event
from foundations.dates import parse
from reviews.clock import services
from reviews.clock.counting import exactly
from reviews.clock.kinds import Milestone, Reason
from reviews.clock.models import DueDate, Reached
from tests.factories.reviews import ReviewFactory
from tests.factories.reviews_clock import RuleSetFactory, TimeLimitFactory

pytestmark = pytest.mark.django_db
TODAY = date(2026, 11, 21)
TOLD, DECIDED = date(2026, 1, 31), date(2026, 2, 25)


def originals(review):
    return [(row.milestone, row.original.latest) for row in DueDate.objects.filter(review=review)]


# --- Milestones ---------------------------------------------------------------------------------


def test_the_notification_starts_the_month_for_the_decision(clock, review):
    clock.reached(Milestone.NOTIFIED, TOLD)

    assert originals(review) == [("decided", date(2026, 2, 28))]


def test_the_decision_starts_the_six_months_for_the_report(clock, review):
    clock.reached(Milestone.NOTIFIED, TOLD)
    clock.reached(Milestone.DECIDED, date(2026, 2, 28))

    assert originals(review)[1:] == [("report_completed", date(2026, 8, 28))]


def test_a_milestone_says_who_recorded_it(clock, by):
    row = clock.reached(Milestone.NOTIFIED, TOLD)

    assert (row.recorded_by, row.on) == (by, exactly(TOLD))


def test_the_same_day_again_changes_nothing(clock, review):
    first = clock.reached(Milestone.NOTIFIED, TOLD)

    again = clock.reached(Milestone.NOTIFIED, parse("31.01.2026").value)

    assert (again, Reached.objects.count()) == (first, 1)


def test_another_day_is_a_correction_that_keeps_both(clock, review):
    clock.reached(Milestone.NOTIFIED, TOLD)

    clock.reached(Milestone.NOTIFIED, date(2026, 1, 30), why="A typing mistake")

    rows = review.milestones.values_list("on_latest", "why")
    assert list(rows) == [(TOLD, ""), (date(2026, 1, 30), "A typing mistake")]
    assert originals(review) == [
        ("decided", date(2026, 2, 28)),
        ("decided", date(2026, 2, 28)),
    ]


def test_a_season_is_enough_and_gives_a_season(clock, review):
    clock.reached(Milestone.DECIDED, parse("autumn 2013").value)

    (due,) = DueDate.objects.all()
    assert (str(due.original), due.limit.rule_set.version) == ("spring 2014", 1)


def test_what_was_due_under_older_limits_stays_due_when_new_ones_begin(clock, review):
    clock.reached(Milestone.NOTIFIED, TOLD)
    newer = RuleSetFactory(partnership=review.partnership, effective_from=date(2026, 2, 1))
    TimeLimitFactory(rule_set=newer, amount=2)

    clock.reached(Milestone.DECIDED, DECIDED)

    assert originals(review) == [("decided", date(2026, 2, 28))]


def test_a_kind_of_review_without_limits_has_no_due_days(by):
    review = ReviewFactory(kind="incident")

    services.reached(review, Milestone.NOTIFIED, TOLD, by, today=TODAY)

    assert originals(review) == []


@pytest.mark.parametrize(
    ("milestone", "on", "said"),
    [
        ("decided", date(2026, 1, 30), "This cannot be before the notification, which is recorded on 31 January 2026"),
        ("ended", date(2026, 1, 1), "This cannot be before the notification, which is recorded on 31 January 2026"),
        ("notified", date(2026, 3, 2), "This cannot be after the completion of the report, which is recorded on 1 March 2026"),
        ("sent", date(2026, 2, 28), "This cannot be before the completion of the report, which is recorded on 1 March 2026"),
        ("decided", date(2026, 11, 22), "This cannot be in the future"),
        ("decided", parse("after 2020").value, "Enter a day, or a month, a season or a year"),
        ("decided", date(206, 1, 1), "Enter a year between 1990 and 2100"),
    ],
)  # fmt: skip
def test_what_cannot_be_is_refused_with_a_sentence(clock, milestone, on, said):
    clock.reached(Milestone.NOTIFIED, TOLD)
    clock.reached(Milestone.REPORT_COMPLETED, date(2026, 3, 1))

    with pytest.raises(ValidationError) as refusal:
        clock.reached(milestone, on)

    assert refusal.value.message_dict == {"on": [said]}


def test_a_month_that_may_be_in_time_is_not_refused(clock, review):
    clock.reached(Milestone.NOTIFIED, TOLD)

    clock.reached(Milestone.DECIDED, parse("January 2026").value)

    assert review.milestones.count() == 2


def test_today_in_the_first_hour_of_summer_time_is_not_the_future(review, by, time_machine):
    time_machine.move_to("2026-06-09 23:30+00:00")  # half past midnight on the 10th here

    row = services.reached(review, Milestone.NOTIFIED, date(2026, 6, 10), by)

    assert row.on.latest == date(2026, 6, 10)


def test_somebody_who_did_not_see_the_newest_is_told(clock):
    first = clock.reached(Milestone.NOTIFIED, TOLD)
    clock.reached(Milestone.NOTIFIED, date(2026, 1, 30))

    with pytest.raises(services.RecordedMeanwhile):
        clock.reached(Milestone.NOTIFIED, date(2026, 1, 29), seen=first.pk)


def test_a_second_click_records_once(clock, review):
    key = uuid.uuid4()

    rows = [clock.reached(Milestone.NOTIFIED, TOLD, key=key, seen=0) for _ in range(2)]

    assert rows[0] == rows[1]
    assert review.milestones.count() == 1


def test_a_milestone_is_taken_back_and_kept(clock, review, by):
    clock.reached(Milestone.NOTIFIED, TOLD)

    services.not_reached(review, Milestone.NOTIFIED, by, why="The wrong review")

    assert [bool(row.on) for row in review.milestones.all()] == [True, False]
    assert originals(review) == [("decided", date(2026, 2, 28))]


def test_the_trail_tells_it_without_words(clock, review):
    clock.reached(Milestone.NOTIFIED, TOLD)
    clock.pause(date(2026, 5, 1), because="The family asked")

    told = list(Event.objects.order_by("seq").values_list("type", "data"))
    assert told == [
        ("clock.reached", {"milestone": "notified", "corrects": False}),
        ("clock.paused", {"starts_on": "1 May 2026", "reason": "trial"}),
    ]


# --- Extensions ---------------------------------------------------------------------------------


@pytest.fixture
def decided(clock):
    clock.reached(Milestone.NOTIFIED, TOLD)
    clock.reached(Milestone.DECIDED, DECIDED)


def test_an_extension_keeps_what_it_replaced(clock, review, decided):
    first = clock.extend(date(2026, 10, 1))
    second = clock.extend(date(2026, 12, 1), seen=first.pk)

    assert [str(one.before) for one in (first, second)] == ["25 August 2026", "1 October 2026"]
    assert originals(review)[1:] == [("report_completed", date(2026, 8, 25))]


def test_an_extension_says_who_was_told(clock, decided):
    one = clock.extend(
        date(2026, 10, 1), told="the Home Office", told_on=parse("August 2026").value
    )

    assert [(told.whom, str(told.on)) for told in one.told.all()] == [
        ("the Home Office", "August 2026")
    ]


@pytest.mark.parametrize(
    ("changes", "field", "said"),
    [
        ({"until": date(2026, 8, 25)}, "until", "The new day must be after the one it replaces, 25 August 2026"),
        ({"until": date(9999, 12, 31)}, "until", "Enter a year between 1990 and 2100"),
        ({"agreed_on": date(2026, 12, 1)}, "agreed_on", "This cannot be in the future"),
        ({"agreed_on": date(2026, 1, 1)}, "agreed_on", "This cannot be before the notification, which is recorded on 31 January 2026"),
        ({"reason": Reason.OTHER}, "because", "Say what the reason is"),
        ({"told": "the Home Office"}, "told_on", "Enter when they were told"),
        ({"told_on": date(2026, 8, 1)}, "told", "Say who was told"),
    ],
)  # fmt: skip
def test_an_extension_that_cannot_be_is_refused(clock, decided, changes, field, said):
    with pytest.raises(ValidationError) as refusal:
        clock.extend(**({"until": date(2026, 10, 1)} | changes))

    assert refusal.value.message_dict == {field: [said]}


def test_nothing_is_put_off_after_it_was_reached(clock, decided):
    clock.reached(Milestone.REPORT_COMPLETED, date(2026, 7, 1))

    with pytest.raises(ValidationError) as refusal:
        clock.extend(date(2026, 10, 1))

    assert refusal.value.message_dict == {
        "agreed_on": ["The report was completed on 1 July 2026: nothing can be put off after that"]
    }


def test_what_was_agreed_before_it_was_reached_can_be_entered_later(clock, decided, review):
    clock.reached(Milestone.REPORT_COMPLETED, date(2026, 9, 30))

    clock.extend(date(2026, 10, 1))

    assert review.extensions.count() == 1


def test_two_coordinators_putting_off_at_once_are_told(clock, decided):
    clock.extend(date(2026, 10, 1), seen=0)

    with pytest.raises(services.RecordedMeanwhile):
        clock.extend(date(2026, 11, 1), seen=0)


def test_an_extension_taken_back_is_kept(clock, decided, review, by):
    one = clock.extend(date(2026, 10, 1))

    services.take_back(one, why="The wrong review", by=by)

    assert list(review.extensions.values_list("taken_back_why", flat=True)) == ["The wrong review"]
    assert list(review.extensions.live()) == []


def test_nothing_is_taken_back_twice(clock, decided, by):
    one = clock.extend(date(2026, 10, 1))
    services.take_back(one, why="The wrong review", by=by)

    with pytest.raises(services.AlreadyTakenBack):
        services.take_back(one, why="Again", by=by)


# --- Pauses -------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("starts_on", "ends_on", "field", "said"),
    [
        (date(2026, 11, 22), None, "starts_on", "The first day cannot be in the future"),
        (date(2026, 5, 2), date(2026, 5, 1), "ends_on", "The last day cannot be before the first, 2 May 2026"),
        (date(2026, 1, 30), None, "starts_on", "This cannot be before the notification, which is recorded on 31 January 2026"),
        (date(2026, 5, 2), date(9999, 1, 1), "ends_on", "Enter a year between 1990 and 2100"),
    ],
)  # fmt: skip
def test_a_pause_that_cannot_be_is_refused(clock, decided, starts_on, ends_on, field, said):
    with pytest.raises(ValidationError) as refusal:
        clock.pause(starts_on, ends_on, agreed_on=date(2026, 3, 1))

    assert refusal.value.message_dict == {field: [said]}


def test_a_clock_that_stopped_is_not_paused(clock, decided):
    clock.reached(Milestone.REPORT_COMPLETED, date(2026, 7, 1))

    with pytest.raises(ValidationError) as refusal:
        clock.pause(date(2026, 7, 2))

    assert refusal.value.message_dict == {
        "starts_on": ["The clock stopped on 1 July 2026: it cannot be paused after that"]
    }


def test_every_last_day_that_was_said_is_kept(clock, decided, by):
    pause = clock.pause(date(2026, 5, 1))

    services.end_pause(pause, on=date(2026, 5, 31), by=by)
    services.end_pause(pause, on=date(2026, 6, 30), by=by)

    assert pause.ends_on == date(2026, 6, 30)
    assert [end.on for end in pause.ends.all()] == [date(2026, 5, 31), date(2026, 6, 30)]


def test_a_pause_is_opened_again(clock, decided, by):
    pause = clock.pause(date(2026, 5, 1), date(2026, 5, 31))

    services.end_pause(pause, on=None, by=by)

    assert pause.ends_on is None


def test_a_pause_taken_back_is_not_ended(clock, decided, by):
    pause = clock.pause(date(2026, 5, 1))
    services.take_back(pause, why="The wrong review", by=by)

    with pytest.raises(services.AlreadyTakenBack):
        services.end_pause(pause, on=date(2026, 6, 1), by=by)


def test_more_people_are_told_later(clock, decided, by):
    pause = clock.pause(date(2026, 5, 1))
    key = uuid.uuid4()

    for _ in range(2):
        services.tell(pause, whom="the coroner", on=date(2026, 5, 4), by=by, key=key, today=TODAY)

    assert [told.whom for told in pause.told.all()] == ["the coroner"]
