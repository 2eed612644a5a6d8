"""What a piece of wording was read as, before it is joined to the words themselves."""

from datetime import date
from typing import NamedTuple

from foundations.dates.bounds import month_end, month_start, months_on
from foundations.dates.words import DAY_NAMES, MONTH_NAMES

FIRST_YEAR, LAST_YEAR = 1900, 2100
# Two digits: 00 to 30 are this century, the rest the last. Between these two it is not certain.
_LAST_OF_THIS_CENTURY = 30
_FIRST_CERTAIN_OF_LAST = 50


class Span(NamedTuple):
    earliest: date | None
    latest: date | None
    precision: str
    circa: bool = False
    doubts: tuple[str, ...] = ()
    time: str | None = None
    base: str | None = None

    @property
    def is_bounded(self):
        return self.earliest is not None or self.latest is not None

    def doubting(self, *doubts):
        return self._replace(doubts=(*self.doubts, *doubts))


NO_DATE = Span(None, None, "none")


def invalid(doubt, earliest=None, latest=None):
    return Span(earliest, latest, "invalid", doubts=(doubt,))


class Year(NamedTuple):
    number: int | None
    doubts: tuple[str, ...] = ()
    is_whole: bool = True  # all four digits were written


def written_year(digits):
    """A year of four digits, or of two whose century is plausible."""
    digits = digits.lstrip("'")
    number = int(digits) if len(digits) < 6 else 0
    if len(digits) == 4 and FIRST_YEAR <= number <= LAST_YEAR:
        return Year(number)
    if len(digits) == 2:
        return _two_digits(number)
    if len(digits) == 4:
        return Year(None, (f"The year {digits} cannot be right.",))
    return Year(None, (f"The year “{digits[:12]}” is not complete.",))


def _two_digits(number):
    if number <= _LAST_OF_THIS_CENTURY:
        return Year(2000 + number, is_whole=False)
    if number >= _FIRST_CERTAIN_OF_LAST:
        return Year(1900 + number, is_whole=False)
    return Year(
        1900 + number,
        (f"The year “{number}” was read as {1900 + number}: say which century.",),
        is_whole=False,
    )


def one_day(day, month, year, weekday=None):
    """A day of a calendar, or what can still be true of one that no calendar has."""
    if year.number is None:
        return invalid(year.doubts[0])
    if not (1 <= month <= 12 or 1 <= day <= 31 or year.is_whole):
        return invalid("There is no such day or month.")
    if not 1 <= month <= 12:
        return _no_such_month(day, month, year.number)
    last = month_end(year.number, month)
    if not 1 <= day <= last.day:
        name = f"{MONTH_NAMES[month - 1]} {year.number}"
        return invalid(f"{name} has no day {day}.", month_start(year.number, month), last)
    found = date(year.number, month, day)
    doubts = year.doubts + _wrong_weekday(found, weekday) + blank_of_a_program(found)
    return Span(found, found, "day", doubts=doubts)


def blank_of_a_program(day):
    """The day that spreadsheets and case systems show for an empty date."""
    return ("1 January 1900 may stand for a blank.",) if day == date(1900, 1, 1) else ()


def _no_such_month(day, month, year):
    hint = " If the month was written first, write the day first." if 1 <= day <= 12 else ""
    return invalid(f"There is no month {month}.{hint}", date(year, 1, 1), date(year, 12, 31))


def _wrong_weekday(found, weekday):
    if weekday is None or weekday == found.weekday():
        return ()
    plain = f"{found.day} {MONTH_NAMES[found.month - 1]} {found.year}"
    return (f"{plain} was a {DAY_NAMES[found.weekday()]}, not a {DAY_NAMES[weekday]}.",)


def one_month(month, year):
    if year.number is None:
        return invalid(year.doubts[0])
    if not 1 <= month <= 12:
        return _no_such_month(0, month, year.number)
    return Span(
        month_start(year.number, month),
        month_end(year.number, month),
        "month",
        doubts=year.doubts,
    )


def one_year(year):
    if year.number is None:
        return invalid(year.doubts[0])
    return Span(date(year.number, 1, 1), date(year.number, 12, 31), "year", doubts=year.doubts)


def some_months(precision, year, month, count, *, circa=False, doubts=()):
    """Whole months from the one given."""
    return Span(
        month_start(year, month),
        month_end(*months_on(year, month, count - 1)),
        precision,
        circa=circa,
        doubts=doubts,
    )
