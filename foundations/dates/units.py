"""One written unit of time: a day, a month, a season, a quarter, a year, a decade, or a part of one."""

import re
from datetime import date

from foundations.dates.bounds import ONE_DAY, add_days, month_end, months_on
from foundations.dates.spans import (
    LAST_YEAR,
    Span,
    Year,
    invalid,
    one_day,
    one_month,
    one_year,
    some_months,
    written_year,
)
from foundations.dates.words import MONTH, MONTHS, NUMBERS, ORDINAL, SEASONS, WEEKDAY, WEEKDAYS

_WEEKDAY = rf"(?:(?P<weekday>{WEEKDAY})\.?,? ?(?:the )?)?"
_GAP = r" ?[-./\\,_ ]{1,2} ?"
_YEAR = r"(?P<year>'?[0-9]+)"
_SURE_YEAR = r"(?P<year>[0-9]{4}|'[0-9]{2})"


NO_YEAR = "The year is missing."


def read_unit(s):
    """The span of one folded unit, or None when it is something else."""
    for pattern, read in _UNITS:
        match = pattern.fullmatch(s)
        found = match and read(match)
        if found:
            return found
    return None


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


def _year_and_two_digits(match):
    """2009-05 is a month; 2009-10 may as well be a year and the next."""
    year, second = int(match["year"]), int(match["second"])
    if second == (year + 1) % 100:
        return _years(year, year + 1).doubting(
            f"“{match[0]}” may be two years, a financial year or a month."
        )
    last = year - year % 100 + second
    if 1 <= second <= 12 and year < last <= LAST_YEAR:
        return _years(year, last).doubting(f"“{match[0]}” may be several years or a month.")
    if 1 <= second <= 12:
        return one_month(second, Year(year))
    return _several_years(match)


def _several_years(match):
    first = written_year(match["year"])
    digits = match["second"]
    second = Year(_completed(first.number, digits)) if len(digits) == 2 else written_year(digits)
    if first.number is None or second.number is None or second.number > LAST_YEAR:
        return invalid(f"The years “{match[0]}” are not clear.")
    if second.number < first.number:
        return invalid(
            f"{match[0]} ends before it begins.", *_years(second.number, first.number)[:2]
        )
    found = _years(first.number, second.number)
    if len(digits) == 2 and second.number == first.number + 1:
        return found.doubting(f"“{match[0]}” may be a financial year, from April to March.")
    return found


def _completed(year, digits):
    return year and year - year % 100 + int(digits) + (100 if int(digits) < year % 100 == 99 else 0)


def _years(first, second):
    return Span(date(first, 1, 1), date(second, 12, 31), "range")


def _starts_in(month):
    def read(match):
        """Twelve months from April or September, named by both calendar years."""
        first = written_year(match["year"] or match["year2"])
        digits = match["second"] or match["second2"] or ""
        if first.number is None:
            return invalid(first.doubts[0])
        if digits and int(digits) % 100 != (first.number + 1) % 100:
            return invalid(f"The years of “{match[0]}” do not follow each other.")
        found = some_months("range", first.number, month, 12)
        if digits:
            return found
        return found.doubting(f"“{match[0]}” may begin or end in {first.number}.")

    return read


def _calendar_year(match):
    return one_year(written_year(match["year"]))


def _season(match):
    year = written_year(match["year"])
    if year.number is None:
        return invalid(year.doubts[0])
    found = some_months("season", year.number, SEASONS[match["season"]], 3, doubts=year.doubts)
    if match["season"] != "winter":
        return found
    return _winter(match, found, year.number)


def _winter(match, found, year):
    if not match["second"]:
        return found.doubting(f"Winter {year} was read as December {year} to February {year + 1}.")
    if int(match["second"]) % 100 != (year + 1) % 100:
        return invalid(f"The years of “{match[0]}” do not follow each other.")
    return found


def _quarter(match):
    year = written_year(match["year"] or match["year2"])
    if year.number is None:
        return invalid(year.doubts[0])
    word = (match["quarter"] or match["quarter2"]).replace("quarter", "").strip(" q")
    number = _ORDINALS[word] or 4
    if match["second"]:
        first = months_on(year.number, 4, 3 * (number - 1))
        return some_months("quarter", *first, 3, doubts=year.doubts)
    found = some_months("quarter", year.number, 3 * number - 2, 3, doubts=year.doubts)
    return found.doubting(
        f"Quarter {number} of {year.number} was counted from January, not as a financial year."
    )


def _half(match):
    year = written_year(match["year"] or match["year2"])
    number = _ORDINALS[match["half"] or match["half2"]]
    if year.number is None or number > 2:
        return invalid(f"“{match[0]}” could not be read as half a year.")
    return some_months("part-year", year.number, 1 if number == 1 else 7, 6, doubts=year.doubts)


def _half_month(match):
    month = one_month(MONTHS[match["month"]], written_year(match["year"]))
    if month.precision == "invalid":
        return month
    middle = month.earliest.replace(day=15)
    if _ORDINALS[match["half"]] == 1:
        return month._replace(latest=middle, precision="part-month")
    return month._replace(earliest=middle + ONE_DAY, precision="part-month")


def _decade(match):
    digits = match["decade"]
    if len(digits) == 4 and not 1900 <= int(digits) <= 2090:
        return invalid(f"The decade {digits} cannot be right.")
    first = int(digits) if len(digits) == 4 else written_year(digits).number
    found = Span(date(first, 1, 1), date(first + 9, 12, 31), "decade")
    if digits in {"1900", "2000"}:
        return found.doubting(f"{digits}s was read as ten years.")
    if len(digits) == 4:
        return found
    return found.doubting(f"“{match[0]}” was read as the {first}s.")


def _decade_in_words(match):
    first = _DECADES[match["decade"]]
    return Span(date(first, 1, 1), date(first + 9, 12, 31), "decade")


def _week(match):
    day = read_unit(match["day"])
    if day is None or day.precision != "day":
        return day if day and day.precision == "invalid" else None
    first = day.earliest if match["begins"] else add_days(day.earliest, -6)
    return Span(first, add_days(first, 6), "range", doubts=day.doubts)


def _week_of_month(match):
    month = one_month(MONTHS[match["month"]], written_year(match["year"]))
    if month.precision == "invalid":
        return month
    number = _ORDINALS[match["week"]]
    if number is None or number > 4:
        first, last = add_days(month.latest, -6), month.latest
    else:
        first = add_days(month.earliest, 7 * (number - 1))
        last = add_days(first, 6)
    return month._replace(earliest=first, latest=last, precision="part-month", circa=True)


def _weekend(match):
    day = read_unit(match["day"])
    if day is None or day.precision != "day":
        return None
    weekday = day.earliest.weekday()
    saturday = add_days(day.earliest, -1 if weekday == 6 else 5 - weekday)
    return Span(saturday, add_days(saturday, 1), "range", doubts=day.doubts)


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
_ORDINALS = {"first": 1, "second": 2, "third": 3, "fourth": 4, "last": None, "final": None}
_ORDINALS |= {f"{n}{ending}": n for n, ending in ((1, "st"), (2, "nd"), (3, "rd"), (4, "th"))}
_ORDINALS |= {str(n): n for n in range(1, 5)} | {
    w: NUMBERS[w] for w in ("one", "two", "three", "four")
}
_DECADES = {
    word: 1900 + 10 * tens
    for tens, word in enumerate(
        ["forties", "fifties", "sixties", "seventies", "eighties", "nineties"], 4
    )
}
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

_PART_WORD = "|".join(sorted(_PARTS, key=len, reverse=True))
_ORDINAL_WORD = "first|second|third|fourth|1st|2nd|3rd|4th"
_SECOND_YEAR = r"[0-9]{2}(?:[0-9]{2})?"
_TWO_YEARS = rf"(?P<year>[0-9]{{4}}) ?[/-] ?(?P<second>{_SECOND_YEAR})"
_OF = r"(?: of| in|,)?(?: the)?(?: year)? ?"


def _twelve_months(name):
    return (
        rf"(?:the )?(?:{name}) ?(?P<year>[0-9]{{4}})(?: ?[/-] ?(?P<second>{_SECOND_YEAR}))?"
        rf"|(?:the )?(?P<year2>[0-9]{{4}}) ?[/-] ?(?P<second2>{_SECOND_YEAR}) (?:{name})"
    )


_UNITS = [
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
        (r"(?P<year>[0-9]{4})(?:\.0)?", _calendar_year),
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
            rf"(?P<month>{MONTH}) (?:bank holiday|half[- ]term)(?: (?:weekend|monday|week|holiday))?{_OF}(?P<year>[0-9]{{4}})",
            _month_of_event,
        ),
        (r"(?P<year>[0-9]{4})[/-](?P<second>[0-9]{2})", _year_and_two_digits),
        (_TWO_YEARS, _several_years),
        (
            rf"(?P<season>spring|summer|autumn|fall|winter){_OF}(?P<year>[0-9]{{4}}|'?[0-9]{{2}})"
            r"(?: ?[/-] ?(?P<second>[0-9]{2}(?:[0-9]{2})?))?",
            _season,
        ),
        (
            rf"(?P<part>{_PART_WORD})(?: ?(?:to|/|-) ?(?P<part2>{_PART_WORD}))?(?:-|{_OF})(?P<whole>.+)",
            _part,
        ),
        (
            rf"(?:(?:the )?(?P<quarter>(?:{_ORDINAL_WORD}|last|final) quarter|q ?[1-4]"
            rf"|quarter (?:[1-4]|one|two|three|four)){_OF}(?P<year>[0-9]{{4}})"
            rf"|(?P<year2>[0-9]{{4}})[ ,-]{{1,2}}(?P<quarter2>q ?[1-4]))"
            r"(?: ?[/-] ?(?P<second>[0-9]{2}(?:[0-9]{2})?))?",
            _quarter,
        ),
        (r"(?:the )?(?P<decade>[0-9]{3}0)'?s", _decade),
        (r"(?:the )?(?P<decade>'?[0-9]0)'?s", _decade),
        (rf"(?:the )?(?:nineteen[- ])?(?P<decade>{'|'.join(_DECADES)})", _decade_in_words),
        (
            rf"(?:the )?(?P<half>first|second|1st|2nd) half{_OF}(?P<year>[0-9]{{4}})"
            r"|h(?P<half2>[12]) (?P<year2>[0-9]{4})",
            _half,
        ),
        (
            rf"(?:the )?(?P<half>first|second|1st|2nd) half{_OF}(?P<month>{MONTH})[, ]{{0,2}}{_SURE_YEAR}",
            _half_month,
        ),
        (_twelve_months(r"financial year|fin\.? year|fiscal year|fy"), _starts_in(4)),
        (_twelve_months(r"academic year|school year"), _starts_in(9)),
        (r"(?:the )?(?:calendar )?year(?: of)? (?P<year>[0-9]{4})", _calendar_year),
        (
            r"(?:the )?(?:(?P<begins>w/?[cb](?=[: ])|w\.c\.?|(?:week|wk)\.? ?(?:commencing|comm?\.?|beginning|beg\.?|starting|of|from))|w/?e(?=[: ])|(?:week|wk)\.? ?ending)"
            r"[: ]*(?P<day>.+)",
            _week,
        ),
        (
            rf"(?:the )?(?P<week>{_ORDINAL_WORD}|last|final) week{_OF}(?P<month>{MONTH})[, ]{{0,2}}{_SURE_YEAR}",
            _week_of_month,
        ),
        (r"(?:the )?weekend(?: of)?(?: the)? (?P<day>.+)", _weekend),
        (
            rf"(?P<feast>{'|'.join(sorted(_FEASTS, key=len, reverse=True))}){_OF}(?P<year>[0-9]{{4}}|'?[0-9]{{2}})",
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
