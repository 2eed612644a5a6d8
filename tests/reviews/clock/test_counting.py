from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from foundations.dates import parse
from reviews.clock.bank_holidays import bank_holidays
from reviews.clock.counting import (
    Span,
    add_working_days,
    days_in,
    due_after,
    exactly,
    is_working_day,
    last_working_day,
    merged,
    put_off,
    within,
    working_days,
)
from reviews.clock.kinds import Unit

OFF = frozenset(day for year in range(2010, 2031) for day in bank_holidays(year))
DAY = timedelta(days=1)
days = st.dates(date(2012, 1, 1), date(2028, 12, 31))
spans = st.lists(
    st.tuples(days, st.integers(0, 400)).map(lambda one: Span(one[0], one[0] + one[1] * DAY)),
    max_size=8,
)


def due(text, amount, unit=Unit.MONTHS):
    return due_after(parse(text).value, amount, unit, OFF)


@pytest.mark.parametrize(
    ("start", "amount", "unit", "expected"),
    [
        ("31 January 2026", 1, Unit.MONTHS, date(2026, 2, 28)),
        ("31 January 2028", 1, Unit.MONTHS, date(2028, 2, 29)),
        ("29 February 2028", 12, Unit.MONTHS, date(2029, 2, 28)),
        ("29 February 2028", 48, Unit.MONTHS, date(2032, 2, 29)),
        ("31 August 2026", 6, Unit.MONTHS, date(2027, 2, 28)),
        ("28 February 2026", 6, Unit.MONTHS, date(2026, 8, 28)),
        ("31 December 2026", 6, Unit.MONTHS, date(2027, 6, 30)),
        # Over both changes of the clocks: a day is a day of the calendar.
        ("28 March 2026", 1, Unit.DAYS, date(2026, 3, 29)),
        ("24 October 2026", 2, Unit.DAYS, date(2026, 10, 26)),
        ("1 March 2026", 5, Unit.WEEKS, date(2026, 4, 5)),
        # Good Friday and Easter Monday 2026 are 3 and 6 April.
        ("1 April 2026", 2, Unit.WORKING_DAYS, date(2026, 4, 7)),
        ("24 December 2026", 1, Unit.WORKING_DAYS, date(2026, 12, 29)),
    ],
)
def test_a_limit_from_a_day(start, amount, unit, expected):
    assert due(start, amount, unit) == exactly(expected)


@pytest.mark.parametrize(
    ("start", "amount", "words", "latest"),
    [
        ("autumn 2013", 6, "spring 2014", date(2014, 5, 30)),
        ("March 2026", 1, "April 2026", date(2026, 4, 30)),
        ("autumn 2013", 1, "1 October 2013 to 30 December 2013", date(2013, 12, 30)),
    ],
)
def test_a_limit_from_a_time_known_roughly_is_known_roughly(start, amount, words, latest):
    found = due(start, amount)

    assert (str(found), found.latest) == (words, latest)


def test_overlapping_pauses_are_counted_once():
    both = [Span(date(2026, 5, 1), date(2026, 5, 31)), Span(date(2026, 5, 20), date(2026, 6, 9))]

    assert merged(both) == [Span(date(2026, 5, 1), date(2026, 6, 9))]
    assert days_in(both) == 40


def test_a_pause_within_a_pause_adds_nothing():
    outer, inner = (
        Span(date(2026, 5, 1), date(2026, 5, 31)),
        Span(date(2026, 5, 7), date(2026, 5, 8)),
    )

    assert days_in([outer, inner]) == days_in([outer]) == 31


def test_a_pause_moves_the_day_by_its_days():
    may = Span(date(2026, 5, 1), date(2026, 5, 31))

    assert put_off(date(2026, 6, 30), [may], after=date(2026, 4, 1)) == date(2026, 7, 31)


def test_a_pause_that_begins_when_the_day_has_passed_comes_too_late():
    july = Span(date(2026, 7, 1), date(2026, 7, 31))

    assert put_off(date(2026, 6, 30), [july], after=date(2026, 4, 1)) == date(2026, 6, 30)


def test_a_pause_that_begins_on_the_last_day_is_in_time():
    one = Span(date(2026, 6, 30), date(2026, 7, 9))

    assert put_off(date(2026, 6, 30), [one], after=date(2026, 4, 1)) == date(2026, 7, 10)


def test_a_pause_that_an_earlier_one_brings_within_the_time_counts():
    spans = [Span(date(2026, 6, 20), date(2026, 6, 29)), Span(date(2026, 7, 5), date(2026, 7, 6))]

    assert put_off(date(2026, 6, 30), spans, after=date(2026, 4, 1)) == date(2026, 7, 12)


def test_paused_days_before_the_count_began_do_not_count():
    one = Span(date(2026, 3, 20), date(2026, 4, 2))

    assert put_off(date(2026, 6, 30), [one], after=date(2026, 4, 1)) == date(2026, 7, 1)


def test_working_days_leave_out_week_ends_holidays_and_pauses():
    # Monday 30 March to Friday 10 April 2026, with Good Friday and Easter Monday.
    paused = [Span(date(2026, 4, 8), date(2026, 4, 9))]

    assert working_days(date(2026, 3, 29), date(2026, 4, 10), OFF) == 8
    assert working_days(date(2026, 3, 29), date(2026, 4, 10), OFF, leaving_out=paused) == 6


def test_the_last_working_day_before_easter_monday_is_thursday():
    assert last_working_day(date(2026, 4, 6), OFF) == date(2026, 4, 2)


# --- What is always so ----------------------------------------------------------------------------


@given(days, st.integers(1, 60))
def test_months_end_in_the_month_that_they_name(start, months):
    found = due_after(exactly(start), months, Unit.MONTHS, OFF).latest

    assert (found.year * 12 + found.month) - (start.year * 12 + start.month) == months
    assert found.day == start.day or (found.day < start.day and (found + DAY).day == 1)


@given(days, days, st.integers(1, 60), st.sampled_from(Unit))
def test_what_begins_later_never_ends_earlier(one, other, amount, unit):
    first, second = sorted((one, other))

    ends = [due_after(exactly(day), amount, unit, OFF).latest for day in (first, second)]

    assert ends == sorted(ends)


@given(spans)
def test_merging_keeps_every_day_once(some):
    each = {span.first + n * DAY for span in some for n in range(len(span))}

    assert days_in(some) == len(each)
    assert days_in(reversed(some)) == days_in(some + some) == len(each)


@given(spans, days, days)
def test_days_are_paused_or_not(some, one, other):
    start, end = sorted((one, other))

    paused = days_in(within(some, start + DAY, end))

    assert 0 <= paused <= (end - start).days


@given(days, spans)
def test_a_pause_never_brings_a_day_forward_nor_moves_it_by_more_than_itself(due_on, some):
    moved = put_off(due_on, some, after=date(2012, 1, 1))

    assert due_on <= moved <= due_on + days_in(some) * DAY


@given(days, spans, spans)
def test_another_pause_never_makes_a_day_earlier(due_on, some, more):
    after = date(2012, 1, 1)

    assert put_off(due_on, some + more, after=after) >= put_off(due_on, some, after=after)


@given(days, st.integers(0, 400), spans)
def test_working_days_are_those_that_one_can_count(start, length, some):
    end = start + length * DAY
    one_by_one = [start + n * DAY for n in range(1, length + 1)]
    paused = {span.first + n * DAY for span in some for n in range(len(span))}

    expected = sum(is_working_day(day, OFF) and day not in paused for day in one_by_one)

    assert working_days(start, end, OFF, leaving_out=some) == expected


@given(days, st.integers(1, 60))
def test_working_days_added_are_working_days_counted(start, amount):
    end = add_working_days(start, amount, OFF)

    assert is_working_day(end, OFF)
    assert working_days(start, end, OFF) == amount
