from datetime import date, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from foundations.dates import parse
from reviews.clock import services
from reviews.clock.kinds import Milestone, Reason, State
from reviews.clock.queries import Days, clock_of, clocks_of
from reviews.clock.rule_sets import install
from tests.factories.reviews import ReviewFactory
from tests.factories.reviews_clock import start_clock

pytestmark = pytest.mark.django_db
TOLD, DECIDED = date(2026, 1, 31), date(2026, 2, 25)


@pytest.fixture
def decided(clock):
    clock.reached(Milestone.NOTIFIED, TOLD)
    clock.reached(Milestone.DECIDED, DECIDED)


def report(review, on):
    return clock_of(review, on).deadline(Milestone.REPORT_COMPLETED)


def test_nothing_has_started_before_the_notification(review):
    clock = clock_of(review, TOLD)

    assert (clock.start, clock.days, clock.next_deadline) == (None, None, None)
    assert clock.sentence == "The clock has not started: no notification is recorded."


@pytest.mark.parametrize(
    ("on", "state", "days", "sentence"),
    [
        (date(2026, 2, 3), State.RUNNING, 25, "The decision is due by 28 February 2026, in 25 days."),
        (date(2026, 2, 27), State.RUNNING, 1, "The decision is due by 28 February 2026, in 1 day."),
        (date(2026, 2, 28), State.RUNNING, 0, "The decision is due today, 28 February 2026."),
        (date(2026, 3, 1), State.OVERDUE, 1, "The decision was due by 28 February 2026 and is 1 day overdue."),
    ],
)  # fmt: skip
def test_a_day_that_comes_and_goes(clock, review, on, state, days, sentence):
    clock.reached(Milestone.NOTIFIED, TOLD)

    found = clock_of(review, on)

    decision = found.deadline(Milestone.DECIDED)
    assert (decision.state, decision.days, found.sentence) == (state, days, sentence)


def test_what_is_due_on_a_saturday_names_the_last_working_day(clock, review):
    clock.reached(Milestone.NOTIFIED, TOLD)

    assert clock_of(review, TOLD).deadline("decided").working_day_before == date(2026, 2, 27)


def test_what_has_no_number_says_so(clock, review, decided):
    found = clock_of(review, date(2026, 3, 1))

    states = {one.milestone: one.state for one in found.deadlines}
    assert states == {
        "decided": State.IN_TIME,
        "home_office_told": State.NO_LIMIT,
        "chair_appointed": State.NO_LIMIT,
        "report_completed": State.RUNNING,
        "sent": State.NO_LIMIT,
        "published": State.NO_LIMIT,
    }


def test_days_elapsed_paused_and_working(clock, review, decided):
    clock.pause(date(2026, 3, 30), date(2026, 4, 10))

    # 31 January to 30 April: 89 days; 62 of them weekdays without Good Friday and Easter Monday
    # (3 and 6 April), 8 of which the pause takes.
    assert clock_of(review, date(2026, 4, 30)).days == Days(89, 12, 54, False)


def test_a_pause_moves_the_day_and_keeps_the_first(clock, review, decided):
    clock.pause(date(2026, 5, 1), date(2026, 5, 31))

    found = report(review, date(2026, 6, 10))

    assert (found.first.latest, found.due.latest) == (date(2026, 8, 25), date(2026, 9, 25))
    assert clock_of(review, date(2026, 6, 10)).sentence == (
        "The report is due by 25 September 2026, in 107 days. It was first due by 25 August 2026."
    )


def test_overlapping_pauses_move_it_once(clock, review, decided):
    clock.pause(date(2026, 5, 1), date(2026, 5, 31))
    clock.pause(date(2026, 5, 15), date(2026, 6, 9), reason=Reason.INQUEST)

    found = clock_of(review, date(2026, 6, 30))

    assert found.days.paused == 40
    assert found.due("report_completed").latest == date(2026, 10, 4)


def test_an_open_pause_moves_it_day_by_day(clock, review, decided):
    clock.pause(date(2026, 5, 1))

    days = [clock_of(review, on).due("report_completed").latest for on in (
        date(2026, 5, 1), date(2026, 5, 10), date(2026, 6, 30),
    )]  # fmt: skip

    assert days == [date(2026, 8, 26), date(2026, 9, 4), date(2026, 10, 25)]
    assert clock_of(review, date(2026, 5, 10)).sentence == (
        "The clock has been paused since 1 May 2026 because of the criminal trial. If it ran again "
        "tomorrow, the report would be due by 4 September 2026. It was first due by 25 August 2026."
    )


def test_two_pauses_without_a_gap_are_one_pause_to_a_reader(clock, review, decided):
    clock.pause(date(2026, 5, 1), date(2026, 5, 31))
    clock.pause(date(2026, 6, 1), reason=Reason.FAMILY)

    assert clock_of(review, date(2026, 6, 10)).paused_since == date(2026, 5, 1)


def test_an_extension_takes_in_the_pauses_before_it(clock, review, decided):
    clock.pause(date(2026, 5, 1), date(2026, 5, 31))
    clock.extend(date(2026, 10, 1), agreed_on=date(2026, 8, 1))
    clock.pause(date(2026, 9, 1), date(2026, 9, 10))

    assert clock_of(review, date(2026, 9, 30)).due("report_completed").latest == date(2026, 10, 11)


def test_what_was_taken_back_moves_nothing(clock, review, decided, by):
    services.take_back(clock.pause(date(2026, 5, 1)), why="Wrong review", by=by)
    services.take_back(clock.extend(date(2026, 10, 1)), why="Wrong review", by=by)

    assert report(review, date(2026, 9, 1)).due.latest == date(2026, 8, 25)


def test_a_corrected_decision_is_reckoned_anew(clock, review, decided):
    clock.reached(Milestone.DECIDED, date(2026, 2, 20), why="A typing mistake")

    assert report(review, date(2026, 3, 1)).due.latest == date(2026, 8, 20)


def test_a_decision_taken_back_leaves_nothing_due(clock, review, decided, by):
    services.not_reached(review, Milestone.DECIDED, by, why="Wrong review")

    assert report(review, date(2026, 3, 1)).state is State.WAITING


@pytest.mark.parametrize(
    ("completed", "state", "days", "sentence"),
    [
        (date(2026, 8, 25), State.IN_TIME, None, "The report was completed on 25 August 2026, in time."),
        (date(2026, 9, 1), State.LATE, 7, "The report was completed on 1 September 2026, 7 days after it was due."),
        (parse("August 2026").value, State.REACHED, None, "The report was completed in August 2026."),
    ],
)  # fmt: skip
def test_a_report_in_time_late_or_not_certain(
    clock, review, decided, completed, state, days, sentence
):
    clock.reached(Milestone.REPORT_COMPLETED, completed)

    found = clock_of(review, date(2026, 10, 1))

    report = found.deadline("report_completed")
    assert (report.state, report.days, found.sentence) == (state, days, sentence)


def test_days_stop_with_the_report(clock, review, decided):
    clock.reached(Milestone.REPORT_COMPLETED, date(2026, 2, 28))

    assert clock_of(review, date(2026, 10, 1)).days.elapsed == 28


def test_a_review_that_ended_owes_no_report(clock, review, decided):
    clock.reached(Milestone.ENDED, date(2026, 3, 1))

    found = clock_of(review, date(2026, 12, 1))

    assert found.deadline("report_completed").state is State.DROPPED
    assert found.sentence == "The review ended without a report on 1 March 2026."
    assert found.letter_sentence == "There will be no report: the review ended on 1 March 2026."


def test_a_kind_without_limits_counts_days_alone(by):
    review = ReviewFactory(kind="incident")
    services.reached(review, Milestone.NOTIFIED, TOLD, by)

    found = clock_of(review, date(2026, 2, 10))

    assert (found.rule_set, found.days.elapsed) == (None, 10)
    assert found.sentence == "No time limits are set for this kind of review."


def test_a_kind_without_limits_can_have_a_day_that_was_agreed(by):
    review = ReviewFactory(kind="incident")
    services.reached(review, Milestone.NOTIFIED, TOLD, by)
    services.extend(
        review, Milestone.REPORT_COMPLETED, until=date(2026, 6, 1), reason=Reason.OTHER,
        because="Agreed at the start", agreed_by="the panel", agreed_on=date(2026, 2, 1), by=by,
    )  # fmt: skip

    assert clock_of(review, date(2026, 5, 30)).sentence == (
        "The report is due by 1 June 2026, in 2 days."
    )


# --- In sentences -------------------------------------------------------------------------------


def test_the_letter_says_a_day_and_why_it_moved(clock, review, decided):
    before = clock_of(review, date(2026, 4, 1)).letter_sentence
    clock.pause(date(2026, 5, 1), date(2026, 5, 31))
    clock.pause(date(2026, 6, 1), date(2026, 6, 2), reason=Reason.OTHER, because="Flood")

    after = clock_of(review, date(2026, 7, 1)).letter_sentence

    assert before == "We expect to complete the report by 25 August 2026."
    assert after == (
        "The report was first due by 25 August 2026. We now expect to complete it by "
        "27 September 2026, because of the criminal trial and for another reason."
    )


def test_the_letter_of_an_open_pause_promises_no_day(clock, review, decided):
    clock.pause(date(2026, 5, 1))

    assert clock_of(review, date(2026, 5, 10)).letter_sentence == (
        "The report was first due by 25 August 2026. The clock has been paused since 1 May 2026 "
        "because of the criminal trial. We will write again when a new date is known."
    )


def test_the_letter_of_an_overdue_report_promises_no_day(clock, review, decided):
    assert clock_of(review, date(2026, 9, 1)).letter_sentence == (
        "The report was due by 25 August 2026 and is not complete. "
        "We will write again when a new date is known."
    )


def test_the_reasons_for_delay(clock, review, decided):
    home_office = {"told": "the Home Office", "told_on": date(2026, 5, 4)}
    clock.pause(date(2026, 5, 1), date(2026, 5, 31), **home_office)
    clock.extend(date(2026, 10, 1), because="Two came after the second meeting.")
    clock.reached(Milestone.REPORT_COMPLETED, date(2026, 10, 9))

    assert clock_of(review, date(2026, 11, 1)).delay_paragraph == (
        "The partnership was notified on 31 January 2026. The decision was made on "
        "25 February 2026. Under “Statutory guidance of December 2016” the report was due "
        "6 months after the decision, by 25 August 2026. The clock was paused from 1 May 2026 to "
        "31 May 2026 (31 days) because of the criminal trial. It was agreed by the chair of the "
        "partnership, and made known to the Home Office on 4 May 2026. On 1 August 2026 a new "
        "date, 1 October 2026, was agreed instead of 25 August 2026 because of IMRs that came late "
        "(Two came after the second meeting). It was agreed by the chair of the partnership. The "
        "report was completed on 9 October 2026, 45 days after the date first set. 251 days passed "
        "from the notification to the completed report, of which the clock was paused on 31; a day "
        "in two pauses counts once."
    )


def test_a_review_whose_days_are_known_roughly(clock, review):
    """A decision in one season, a report due in another, and a day that was agreed for it."""
    clock.reached(Milestone.DECIDED, parse("autumn 2013").value)
    running = clock_of(review, date(2014, 3, 1)).sentence
    clock.extend(date(2014, 12, 8), agreed_on=parse("spring 2014").value)
    clock.reached(Milestone.REPORT_COMPLETED, date(2014, 12, 8))

    found = clock_of(review, date(2015, 1, 1))

    assert running == "The report is due in spring 2014, 90 days left at most."
    assert found.sentence == (
        "The report was completed on 8 December 2014, in time. It was first due in spring 2014."
    )
    assert found.delay_paragraph == (
        "The decision was made in autumn 2013. Under “Statutory guidance before December 2016” the "
        "report was due 6 months after the decision, in spring 2014. In spring 2014 a new date, "
        "8 December 2014, was agreed because of IMRs that came late. It was agreed by the chair of "
        "the partnership. The report was completed on 8 December 2014, at least 192 days after the "
        "date first set. At least 373 days passed from the decision to the completed report."
    )


# --- Many ---------------------------------------------------------------------------------------


@pytest.mark.parametrize("count", [1, 3])
def test_many_clocks_take_as_many_queries_as_one(count, by):
    install()
    reviews = [ReviewFactory() for _ in range(count)]
    for review in reviews:
        start_clock(review, by=by)

    with CaptureQueriesContext(
        connection,
    ) as asked:
        clocks = clocks_of(reviews, date(2026, 7, 1))

    assert set(clocks) == {review.pk for review in reviews}
    assert len(asked) == 11


# --- What is always so --------------------------------------------------------------------------

days = st.dates(date(2026, 3, 1), date(2026, 8, 1))
pauses = st.lists(st.tuples(days, st.none() | st.integers(0, 60)), max_size=4)


@settings(
    max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(pauses=pauses, on=st.dates(date(2026, 3, 1), date(2027, 6, 1)))
def test_days_add_up_and_no_day_comes_forward(by, pauses, on):
    review = ReviewFactory()
    for milestone, day in ((Milestone.NOTIFIED, TOLD), (Milestone.DECIDED, DECIDED)):
        services.reached(review, milestone, day, by)
    for first, length in pauses:
        last = None if length is None else first + timedelta(days=length)
        services.pause(
            review, starts_on=first, ends_on=last, reason=Reason.TRIAL, agreed_by="the panel",
            agreed_on=first, by=by,
        )  # fmt: skip

    found = clock_of(review, on)

    report = found.deadline("report_completed")
    assert found.days.elapsed == found.days.paused + found.days.running == (on - TOLD).days
    assert 0 <= found.days.working <= found.days.running
    assert report.first.latest == date(2026, 8, 25) <= report.due.latest
    assert (report.state is State.OVERDUE) == (on > report.due.latest)
    for said in (found.sentence, found.letter_sentence, found.delay_paragraph):
        assert said.endswith(".")
        assert "None" not in said
