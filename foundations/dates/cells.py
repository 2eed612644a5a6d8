"""A spreadsheet cell: its value, and what it shows."""

import re
from datetime import date, datetime

from foundations.dates.parsing import parse
from foundations.dates.spans import FIRST_YEAR, LAST_YEAR, blank_of_a_program
from foundations.dates.value import PartialDate, Reading
from foundations.dates.words import MONTH, MONTHS, fold, tidy

_SHOWS_MONTH = re.compile(
    rf"(?:(?P<name>{MONTH})|(?P<number>[0-9]{{1,2}}))[-./ ',]{{0,3}}(?P<year>[0-9]{{4}}|[0-9]{{2}})"
)
_SHOWS_MONTH_LAST = re.compile(
    rf"(?P<year>[0-9]{{4}})[-./ ]{{1,2}}(?:(?P<name>{MONTH})|(?P<number>[0-9]{{1,2}}))"
)
_SHOWS_YEAR = re.compile(r"[0-9]{4}")


def read_cell(value, shown_text, *, above=None):
    """Read a cell as its author meant it: a real date keeps its day, unless only a month or year shows."""
    if isinstance(value, date):
        return _real_date(value, tidy(shown_text or ""))
    if isinstance(value, bool) or not isinstance(value, int | float):
        return parse(shown_text or "" if value is None else str(value), above=above)
    return _number(value, tidy(shown_text or ""), above)


def _number(value, shown, above):
    """A bare number is a year or nothing: never guessed to be a date's serial number."""
    if value == value and abs(value) < 1e9 and value == int(value):
        if FIRST_YEAR <= value <= LAST_YEAR:
            return parse(str(int(value)), above=above)
        text = shown or str(int(value))
    else:
        text = shown or str(value)
    if shown and not _is_number(shown):
        return parse(shown, above=above)
    doubt = (
        f"“{text}” is a number, not a date. If it should be a date, give the cell a date format."
    )
    return Reading(PartialDate(text, None, None, "invalid"), doubts=(doubt,))


def _is_number(text):
    return not re.search(r"[^0-9.,eE+ -]", text)


def _real_date(value, shown):
    day = value.date() if isinstance(value, datetime) else value
    text = shown or f"{day:%d.%m.%Y}"
    if not FIRST_YEAR <= day.year <= LAST_YEAR:
        return Reading(
            PartialDate(text, None, None, "invalid"),
            doubts=(f"The year {day.year} cannot be right.",),
        )
    if shown == f"{day.day:02}/{day.month:02}/{day.year}":  # nearly every cell, so nothing is tried
        return _keeps_day(value, day, text)
    folded = fold(shown)
    if _SHOWS_YEAR.fullmatch(folded) and int(folded) == day.year:
        return Reading(PartialDate(text, date(day.year, 1, 1), date(day.year, 12, 31), "year"))
    if found := _shown_month(folded, day):
        return _only_month(text, day, *found)
    return _keeps_day(value, day, text, _disagreement(text, day))


def _shown_month(folded, day):
    """(whether the number shown may be the day instead,) of a cell that shows a month and a year."""
    match = _SHOWS_MONTH.fullmatch(folded) or _SHOWS_MONTH_LAST.fullmatch(folded)
    if not match:
        return None
    month = MONTHS[match["name"]] if match["name"] else int(match["number"])
    is_year = int(match["year"]) in {day.year, day.year % 100}
    if month != day.month or not is_year:
        return None
    return (len(match["year"]) == 2 and int(match["year"]) == day.day,)


def _only_month(text, day, may_be_day):
    doubts = (f"“{text}” was read as a month and year; it may show a day.",) if may_be_day else ()
    month = parse(f"{day.month:02}.{day.year}").value
    return Reading(PartialDate(text, month.earliest, month.latest, "month"), doubts=doubts)


def _keeps_day(value, day, text, doubts=()):
    time = (
        f"{value:%H:%M}" if isinstance(value, datetime) and (value.hour or value.minute) else None
    )
    precision = "minute" if time else "day"
    return Reading(
        PartialDate(text, day, day, precision),
        time,
        blank_of_a_program(day) + doubts,
    )


def _disagreement(text, day):
    """What the cell shows may be cut short or in another order, but must not be another year."""
    shown = parse(text).value
    if shown.precision != "day" or shown.earliest in {day, _turned(day)}:
        return ()
    return (f"The cell shows “{text}” but holds {day.day}.{day.month}.{day.year}, which was kept.",)


def _turned(day):
    """The same cell shown month first."""
    try:
        return date(day.year, day.day, day.month)
    except ValueError:
        return day
