"""A date in British English. Only what was written is ever named: no day, no month that nobody said."""

import re

from foundations.dates.bounds import add_days, is_month_end, is_month_start
from foundations.dates.times import time_in
from foundations.dates.words import MONTH, MONTH_NAMES, MONTHS, fold

_SEASON_OF = {3: "spring", 6: "summer", 9: "autumn", 12: "winter"}
_MONTH_WORD = re.compile(rf"(?<![a-z]){MONTH}(?![a-z])")
_YEAR_WORD = re.compile(r"(?<![0-9])(?:19|20)[0-9]{2}(?![0-9])")
_LEAVES_OUT_ITS_START = re.compile(r"\b(?:after|following|later than|post|subsequent)\b")


def in_words(value):
    if not _has_needed_bounds(value):
        return value.text
    return _NAMES[value.precision](value) or value.text


def _has_needed_bounds(value):
    if value.precision in _WITHOUT_BOUNDS:
        return True
    needs_earliest = value.precision not in {"before", "by"}
    needs_latest = value.precision != "after"
    return (value.earliest or not needs_earliest) and (value.latest or not needs_latest)


_WITHOUT_BOUNDS = {"none", "invalid", "relative", "ongoing"}


def _none(value):
    return "Not dated" if value.text else ""


def _invalid(value):
    return (
        f"{value.text} (not a real date)" if value.is_bounded else f"{value.text} (date not clear)"
    )


def _day(value):
    return _about(value, _day_name(value.earliest))


def _minute(value):
    time = time_in(value.text)
    return _day(value) + (f" at {time}" if time else "")


def _month(value):
    return _about(value, _month_name(value.earliest))


def _year(value):
    return _about(value, str(value.earliest.year))


def _months(value):
    """The months that were named: "August, November and December 2008"."""
    written = fold(value.text)
    months = [MONTHS[name] for name in _MONTH_WORD.findall(written)]
    if len(_YEAR_WORD.findall(written)) != 1 or len(months) < 2 or months != sorted(set(months)):
        return None if written else _range(value)
    if re.search(r"\bor\b|\bto\b|-", written):
        return None
    names = [MONTH_NAMES[month - 1] for month in months]
    return _about(value, f"{', '.join(names[:-1])} and {names[-1]} {value.earliest.year}")


def _season(value):
    name, year = _SEASON_OF.get(value.earliest.month), value.earliest.year
    if name is None:
        return None
    end = f"/{(year + 1) % 100:02}" if name == "winter" else ""
    return _about(value, f"{name} {year}{end}")


def _quarter(value):
    first, last = value.earliest, value.latest
    return _about(value, f"{MONTH_NAMES[first.month - 1]} to {_month_name(last)}")


def _part_month(value):
    if not _says_which_third(value):
        return None
    part = {(1, 10): "early ", (11, 20): "mid-"}.get((value.earliest.day, value.latest.day))
    if value.earliest.day == 21 and is_month_end(value.latest):
        part = "late "
    return f"{part}{_month_name(value.earliest)}" if part and _in_one_month(value) else None


def _part_year(value):
    if not _says_which_third(value):
        return None
    months = (value.earliest.month, value.latest.month)
    part = {(1, 4): "early ", (5, 8): "mid-", (9, 12): "late "}.get(months)
    return f"{part}{value.earliest.year}" if part and _whole_months(value) else None


def _decade(value):
    first, last = value.earliest.year, value.latest.year
    part = {(0, 9): "", (0, 3): "early ", (4, 6): "mid-", (7, 9): "late "}.get(
        (first % 10, last % 10)
    )
    if part is None or last - first > 9:
        return None
    name = f"{part}{first - first % 10}s"
    return name if part else _about(value, name)


def _range(value):
    start, end = _start(value), _end(value)
    if start is None or end is None:
        return None
    if start.isdecimal() != end.isdecimal() and value.earliest.year == value.latest.year:
        start = _month_name(value.earliest) if start.isdecimal() else start
        end = _month_name(value.latest) if end.isdecimal() else end
    return _about(value, start if start == end else f"{start} to {end}")


def _before(value):
    name = _named_edge(value, add_days(value.latest, 1), is_start=True)
    return name and f"before {_about(value, name)}"


def _by(value):
    name = _end(value)
    return name and (f"by {name}" if value.circa else f"until {name}")


def _after(value):
    if _LEAVES_OUT_ITS_START.search(fold(value.text)):
        name = _named_edge(value, add_days(value.earliest, -1), is_start=False)
        return name and f"after {_about(value, name)}"
    name = _start(value)
    return name and f"from {_about(value, name)}"


def _relative(value):
    if value.base is None or fold(value.base) in fold(value.text) or "counted from" in value.text:
        return value.text
    return f"{value.text} (counted from {value.base})"


def _ongoing(value):
    if value.earliest:
        name = _start(value)
        return name and f"ongoing since {_about(value, name)}"
    if value.latest:
        name = _end(value)
        return name and f"ongoing until {name}"
    return value.text or "Ongoing"


_NAMES = {
    "none": _none,
    "invalid": _invalid,
    "minute": _minute,
    "day": _day,
    "part-month": _part_month,
    "month": _month,
    "months": _months,
    "season": _season,
    "quarter": _quarter,
    "part-year": _part_year,
    "year": _year,
    "decade": _decade,
    "range": _range,
    "before": _before,
    "by": _by,
    "after": _after,
    "relative": _relative,
    "ongoing": _ongoing,
}


def _about(value, words):
    return f"about {words}" if value.circa else words


def _day_name(day):
    return f"{day.day} {_month_name(day)}"


def _month_name(day):
    return f"{MONTH_NAMES[day.month - 1]} {day.year}"


def _in_one_month(value):
    first, last = value.earliest, value.latest
    return (first.year, first.month) == (last.year, last.month)


def _whole_months(value):
    return (
        value.earliest.year == value.latest.year
        and is_month_start(value.earliest)
        and is_month_end(value.latest)
    )


def _start(value):
    return _named_edge(value, value.earliest, is_start=True)


def _end(value):
    return _named_edge(value, value.latest, is_start=False)


def _named_edge(value, day, *, is_start):
    """An edge of a stretch of time, as finely as it was written; None where other words were used."""
    if day is None:
        return None
    at_month = is_month_start(day) if is_start else is_month_end(day)
    at_year = at_month and day.month == (1 if is_start else 12)
    written = fold(value.text)
    if not written:
        return str(day.year) if at_year else _month_name(day) if at_month else _day_name(day)
    if _names_the_day(written, day):
        return _day_name(day)
    if at_month and _names_the_month(written, day):
        return _month_name(day)
    return str(day.year) if at_year and _names_the_year(written, day) else None


def _names_the_day(written, day):
    ordinal = "(?: ?(?:st|nd|rd|th))?"
    number, month = f"(?<![0-9])0?{day.day}", f"0?{day.month}"
    name = MONTH_NAMES[day.month - 1][:3].lower()
    return bool(
        re.search(
            rf"{number}{ordinal}(?: of)?[-./, ]{{0,2}}{name}"
            rf"|{number} ?[-./ ]{{1,2}} ?{month} ?[-./ ]{{1,2}} ?(?:[0-9]{{4}}|'?[0-9]{{2}})(?![0-9])"
            rf"|{day.year}[-./]?{day.month:02}[-./]?{day.day:02}(?![0-9])"
            rf"|{name}[a-z]*[. ]{{1,2}}0?{day.day}{ordinal}(?![0-9])"
            rf"|{number}{ordinal}(?: of)? ?(?:-|/|to|and|&|until) ?[0-9]{{1,2}}{ordinal}(?:(?: of)?[-/ ]*[a-z]|[./-][0-9]{{1,2}}[./-][0-9])"
            rf"|{number}[./-]{month}\.? ?(?:-|to|and|until)",
            written,
        )
    )


def _names_the_month(written, day):
    name = MONTH_NAMES[day.month - 1][:3].lower()
    return bool(
        re.search(
            rf"(?<![a-z]){name}|(?<![0-9./-])0?{day.month}[-./ ]{day.year}|{day.year}[-./]0?{day.month}(?![0-9])",
            written,
        )
    )


def _names_the_year(written, day):
    return bool(re.search(rf"(?<![0-9]){day.year}|(?<![0-9]){day.year % 100:02}(?![0-9])", written))


def _says_which_third(value):
    """ "End of March" is not put as "late March", though the bounds are the same."""
    return not value.text or bool(re.search(r"\b(?:early|mid|late)", value.text.lower()))
