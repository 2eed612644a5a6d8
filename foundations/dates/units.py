"""One written unit of time: a day, a month, a season, a quarter, a year, a decade, or a part of one."""

import re
from datetime import date

from foundations.dates.bounds import add_days, month_end, months_on
from foundations.dates.days import DAYS_AND_MONTHS
from foundations.dates.ordinals import OF
from foundations.dates.spans import Span
from foundations.dates.years import YEARS


def read_unit(s):
    """The span of one folded unit, or None when it is something else."""
    for pattern, read in _UNITS:
        match = pattern.fullmatch(s)
        found = match and read(match)
        if found:
            return found
    return None


def _week(match):
    day = read_unit(match["day"])
    if day is None or day.precision != "day":
        return day if day and day.precision == "invalid" else None
    first = day.earliest if match["begins"] else add_days(day.earliest, -6)
    return Span(first, add_days(first, 6), "range", doubts=day.doubts)


def _weekend(match):
    day = read_unit(match["day"])
    if day is None or day.precision != "day":
        return None
    weekday = day.earliest.weekday()
    saturday = add_days(day.earliest, -1 if weekday == 6 else 5 - weekday)
    return Span(saturday, add_days(saturday, 1), "range", doubts=day.doubts)


def _part(match):
    """Early, mid and late are thirds: of a month, a year, a decade or three months."""
    whole = read_unit(match["whole"])
    if whole is None or whole.precision not in _THIRDS or whole.circa:
        return None
    first = _PARTS[match["part"]]
    last = _PARTS[match["part2"]] if match["part2"] else first
    if first > last:
        return None
    thirds = _THIRDS[whole.precision](whole)
    precision = {"month": "part-month", "decade": "decade"}.get(whole.precision, "part-year")
    return whole._replace(
        earliest=thirds[first][0], latest=thirds[last][1], precision=precision, circa=True
    )


def _thirds_of_month(whole):
    first = whole.earliest
    return [
        (first, first.replace(day=10)),
        (first.replace(day=11), first.replace(day=20)),
        (first.replace(day=21), whole.latest),
    ]


def _thirds_of_months(length):
    def thirds(whole):
        starts = [
            months_on(whole.earliest.year, whole.earliest.month, length * i) for i in range(3)
        ]
        return [(date(y, m, 1), month_end(*months_on(y, m, length - 1))) for y, m in starts]

    return thirds


def _thirds_of_decade(whole):
    first = whole.earliest.year
    return [(date(first + a, 1, 1), date(first + b, 12, 31)) for a, b in ((0, 3), (4, 6), (7, 9))]


_THIRDS = {
    "month": _thirds_of_month,
    "year": _thirds_of_months(4),
    "season": _thirds_of_months(1),
    "quarter": _thirds_of_months(1),
    "decade": _thirds_of_decade,
}
_PARTS = {
    "early": 0,
    "beginning": 0,
    "start": 0,
    "earlier": 0,
    "mid": 1,
    "middle": 1,
    "late": 2,
    "later": 2,
    "end": 2,
    "latter part": 2,
    "close": 2,
}
_PART_WORD = "|".join(sorted(_PARTS, key=len, reverse=True))

_WEEKS_AND_PARTS = [
    (re.compile(pattern), read)
    for pattern, read in (
        (
            rf"(?P<part>{_PART_WORD})(?: ?(?:to|/|-) ?(?P<part2>{_PART_WORD}))?(?:-|{OF})(?P<whole>.+)",
            _part,
        ),
        (
            r"(?:the )?(?:(?P<begins>w/?[cb](?=[: ])|w\.c\.?|(?:week|wk)\.? ?(?:commencing|comm?\.?|beginning|beg\.?|starting|of|from))|w/?e(?=[: ])|(?:week|wk)\.? ?ending)"
            r"[: ]*(?P<day>.+)",
            _week,
        ),
        (r"(?:the )?weekend(?: of)?(?: the)? (?P<day>.+)", _weekend),
    )
]
_UNITS = [*DAYS_AND_MONTHS, *YEARS, *_WEEKS_AND_PARTS]
