"""Days and months as written, and what stands within one month."""

import re
from datetime import date

from foundations.dates.bounds import ONE_DAY, add_days
from foundations.dates.ordinals import OF, ORDINAL_WORD, ORDINALS
from foundations.dates.spans import Span, invalid, one_day, one_month, one_year, written_year
from foundations.dates.words import MONTH, MONTHS, ORDINAL, WEEKDAY, WEEKDAYS

_WEEKDAY = rf"(?:(?P<weekday>{WEEKDAY})\.?,? ?(?:the )?)?"
_GAP = r" ?[-./\\,_ ]{1,2} ?"
_YEAR = r"(?P<year>'?[0-9]+)"
_SURE_YEAR = r"(?P<year>[0-9]{4}|'[0-9]{2})"
NO_YEAR = "The year is missing."
# Month, first and last day.
_FEASTS = {
    "christmas eve": (12, 24, 24),
    "christmas day": (12, 25, 25),
    "boxing day": (12, 26, 26),
    "new year's eve": (12, 31, 31),
    "new years eve": (12, 31, 31),
    "new year's day": (1, 1, 1),
    "new years day": (1, 1, 1),
    "christmas": (12, 21, 31),
    "xmas": (12, 21, 31),
    "new year": (1, 1, 10),
}


def _numeric_day(match):
    return one_day(
        int(match["day"]), int(match["month"]), written_year(match["year"]), _weekday(match)
    )


def _named_day(match):
    return one_day(
        int(match["day"]), MONTHS[match["month"]], written_year(match["year"]), _weekday(match)
    )


def _weekday(match):
    return WEEKDAYS[match["weekday"][:3]] if match["weekday"] else None


def _iso_day(match):
    return one_day(int(match["day"]), int(match["month"]), written_year(match["year"]))


def _digits_only(match):
    """Eight digits in a row: a day and a year can be told, but it may be a number of another kind."""
    found = _iso_day(match)
    if found.precision == "invalid":
        return invalid(f"“{match[0]}” could not be read as a date.")
    return found.doubting(f"“{match[0]}” was read as a date without separators.")


def _day_without_year(match):
    return invalid(NO_YEAR)


def _unknown_day(match):
    year = written_year(match["year"])
    return one_month(int(match["month"]), year) if match["month"].isdecimal() else one_year(year)


def _named_month(match):
    found = one_month(MONTHS[match["month"]], written_year(match["year"]))
    digits = match["year"]
    before_digits = match[0][-len(digits) - 1]
    if len(digits) == 2 and before_digits not in "-'/" and 1 <= int(digits) <= 31:
        return found.doubting(
            f"“{digits}” was read as a year. If it is a day, the year is missing."
        )
    return found


def _month_of_event(match):
    """ "August bank holiday 2010": in that month, or beside it."""
    found = one_month(MONTHS[match["month"]], written_year(match["year"]))
    return found._replace(circa=True).doubting(f"Only the month was read from “{match[0]}”.")


def _numeric_month(match):
    return one_month(int(match["month"]), written_year(match["year"]))


def _half_month(match):
    month = one_month(MONTHS[match["month"]], written_year(match["year"]))
    if month.precision == "invalid":
        return month
    middle = month.earliest.replace(day=15)
    if ORDINALS[match["half"]] == 1:
        return month._replace(latest=middle, precision="part-month")
    return month._replace(earliest=middle + ONE_DAY, precision="part-month")


def _week_of_month(match):
    month = one_month(MONTHS[match["month"]], written_year(match["year"]))
    if month.precision == "invalid":
        return month
    number = ORDINALS[match["week"]]
    if number is None or number > 4:
        first, last = add_days(month.latest, -6), month.latest
    else:
        first = add_days(month.earliest, 7 * (number - 1))
        last = add_days(first, 6)
    return month._replace(earliest=first, latest=last, precision="part-month", circa=True)


def _feast(match):
    year = written_year(match["year"])
    month, first, last = _FEASTS[match["feast"]]
    if year.number is None:
        return invalid(year.doubts[0])
    start = date(year.number, month, first)
    if first == last:
        return Span(start, start, "day", doubts=year.doubts)
    end = date(year.number, month, last)
    doubt = f"“{match['feast'].title()}” was read as {first} to {last} of the month."
    return Span(start, end, "part-month", circa=True, doubts=(*year.doubts, doubt))


DAYS_AND_MONTHS = [
    (re.compile(pattern), read)
    for pattern, read in (
        (
            rf"{_WEEKDAY}(?P<day>[0-9]{{1,2}}){_GAP}(?P<month>[0-9]{{1,2}}){_GAP}{_YEAR}",
            _numeric_day,
        ),
        (
            rf"{_WEEKDAY}(?P<day>[0-9]{{1,2}}){ORDINAL}?(?: of)?(?:[-/, ]{{0,2}}|\.)"
            rf"(?P<month>{MONTH})[-./, ]{{0,2}}(?:of |in )?{_YEAR}",
            _named_day,
        ),
        (rf"(?P<month>{MONTH})[-./, ]{{0,2}}(?:of |in )?{_YEAR}", _named_month),
        (
            rf"{_WEEKDAY}(?P<month>{MONTH})[. ]{{1,2}}(?P<day>[0-9]{{1,2}}){ORDINAL}?[, ]{{1,2}}{_SURE_YEAR}",
            _named_day,
        ),
        (
            r"(?P<year>[0-9]{4})[-./](?P<month>[0-9]{1,2})[-./](?P<day>[0-9]{1,2})",
            _iso_day,
        ),
        (r"(?P<month>[0-9]{1,2})[-./ ](?P<year>[0-9]{4})", _numeric_month),
        (rf"(?P<year>[0-9]{{4}})[-, ]{{1,2}}(?P<month>{MONTH})", _named_month),
        (
            rf"(?P<month>{MONTH}) (?:bank holiday|half[- ]term)(?: (?:weekend|monday|week|holiday))?{OF}(?P<year>[0-9]{{4}})",
            _month_of_event,
        ),
        (
            rf"(?:the )?(?P<half>first|second|1st|2nd) half{OF}(?P<month>{MONTH})[, ]{{0,2}}{_SURE_YEAR}",
            _half_month,
        ),
        (
            rf"(?:the )?(?P<week>{ORDINAL_WORD}|last|final) week{OF}(?P<month>{MONTH})[, ]{{0,2}}{_SURE_YEAR}",
            _week_of_month,
        ),
        (
            rf"(?P<feast>{'|'.join(sorted(_FEASTS, key=len, reverse=True))}){OF}(?P<year>[0-9]{{4}}|'?[0-9]{{2}})",
            _feast,
        ),
        (
            r"(?:\?{1,2}|x{1,2}|-{1,2}|_{1,2})[-./ ](?P<month>[0-9]{1,2}|\?{1,2}|x{1,2}|-{1,2}|_{1,2})[-./ ](?P<year>[0-9]{4}|[0-9]{2})",
            _unknown_day,
        ),
        (r"(?P<day>[0-9]{2})(?P<month>[0-9]{2})(?P<year>(?:19|20)[0-9]{2})", _digits_only),
        (r"(?P<year>(?:19|20)[0-9]{2})(?P<month>[0-9]{2})(?P<day>[0-9]{2})", _digits_only),
        (
            rf"(?:{WEEKDAY},? (?:the )?)?(?:[0-9]{{1,2}}{ORDINAL}?(?: of)?[-/, ]{{0,2}}{MONTH}|[0-9]{{1,2}}{ORDINAL})"
            rf"|{MONTH} [0-9]{{1,2}}{ORDINAL}|[0-9]{{1,2}}[./-][0-9]{{1,2}}|{MONTH}|{WEEKDAY}",
            _day_without_year,
        ),
    )
]
