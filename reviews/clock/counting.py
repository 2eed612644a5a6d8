"""Counting days: limits, pauses and working days. Whole days of the calendar, never hours, so that
summer time changes nothing.

The day that a limit counts from is day nought. A pause takes its first and its last day.
"""

from dataclasses import dataclass
from datetime import date, timedelta

from foundations.dates import PartialDate
from foundations.dates.bounds import ONE_DAY, add_months, is_month_end, is_month_start
from reviews.clock.kinds import Unit

FIRST_DAY, LAST_DAY = date(1990, 1, 1), date(2100, 12, 31)  # what a review can be about
SATURDAY = 5


def exactly(day):
    return PartialDate(f"{day.day} {day:%B %Y}", day, day, "day")


def between(earliest, latest):
    return (
        exactly(latest)
        if earliest == latest
        else PartialDate(
            f"between {exactly(earliest)} and {exactly(latest)}", earliest, latest, "range"
        )
    )


# --- Limits -------------------------------------------------------------------------------------


def due_after(start, amount, unit, holidays):
    """The day a limit ends. What began on a day that is known roughly ends on one known roughly."""
    earliest, latest = (_on(day, amount, unit, holidays) for day in (start.earliest, start.latest))
    if start.is_exact:
        return exactly(latest)
    if unit == Unit.MONTHS and _names_whole_months(start, amount):
        return PartialDate("", earliest, latest, start.precision)
    return between(earliest, latest)


def _on(day, amount, unit, holidays):
    if unit == Unit.MONTHS:
        return add_months(day, amount)
    if unit == Unit.WORKING_DAYS:
        return add_working_days(day, amount, holidays)
    return day + timedelta(days=amount * (7 if unit == Unit.WEEKS else 1))


def _names_whole_months(start, months):
    """Whether the month or season that lies so many months on goes by the same kind of name."""
    whole = is_month_start(start.earliest) and is_month_end(start.latest)
    return whole and (
        start.precision == "month" or (start.precision == "season" and months % 3 == 0)
    )


# --- Pauses -------------------------------------------------------------------------------------


@dataclass(frozen=True, order=True)
class Span:
    """Days from one to another, both counted."""

    first: date
    last: date

    def __len__(self):
        return (self.last - self.first).days + 1


def merged(spans):
    """The same days as spans that neither overlap nor touch: each day counts once."""
    out = []
    for span in sorted(spans):
        if span.last < span.first:
            continue
        if out and span.first <= out[-1].last + ONE_DAY:
            out[-1] = Span(out[-1].first, max(out[-1].last, span.last))
        else:
            out.append(span)
    return out


def within(spans, first, last):
    """What of the spans lies between two days, both counted."""
    return merged(Span(max(s.first, first), min(s.last, last)) for s in spans)


def days_in(spans):
    return sum(len(span) for span in merged(spans))


def put_off(due, spans, *, after):
    """A due day with every day put on that was paused after `after` and before it was due.

    A pause that began when the day had passed comes too late to move it.
    """
    for span in within(spans, after + ONE_DAY, LAST_DAY):
        if span.first > due:
            break
        due += timedelta(days=len(span))
    return due


# --- Working days -------------------------------------------------------------------------------


def is_working_day(day, holidays):
    return day.weekday() < SATURDAY and day not in holidays


def add_working_days(day, amount, holidays):
    for _ in range(amount):
        day = next_working_day(day + ONE_DAY, holidays)
    return day


def next_working_day(day, holidays):
    while not is_working_day(day, holidays):
        day += ONE_DAY
    return day


def last_working_day(day, holidays):
    while not is_working_day(day, holidays):
        day -= ONE_DAY
    return day


def working_days(start, end, holidays, *, leaving_out=()):
    """How many working days follow `start`, up to `end` and with it; without paused ones."""
    if end <= start:
        return 0
    whole = Span(start + ONE_DAY, end)
    paused = within(leaving_out, whole.first, whole.last)
    return _working_in(whole, holidays) - sum(_working_in(span, holidays) for span in paused)


def _working_in(span, holidays):
    weeks, rest = divmod(len(span), 7)
    left = sum((span.first + timedelta(days=n)).weekday() < SATURDAY for n in range(rest))
    off = sum(span.first <= day <= span.last and day.weekday() < SATURDAY for day in holidays)
    return weeks * 5 + left - off
