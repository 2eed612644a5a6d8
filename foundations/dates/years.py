"""Years as written, several or parts of them: seasons, quarters, halves, decades."""

import re
from datetime import date

from foundations.dates.bounds import months_on
from foundations.dates.ordinals import OF, ORDINAL_WORD, ORDINALS
from foundations.dates.spans import (
    LAST_YEAR,
    Span,
    Year,
    invalid,
    one_month,
    one_year,
    some_months,
    written_year,
)
from foundations.dates.words import SEASONS

_SECOND_YEAR = r"[0-9]{2}(?:[0-9]{2})?"
_TWO_YEARS = rf"(?P<year>[0-9]{{4}}) ?[/-] ?(?P<second>{_SECOND_YEAR})"
_DECADES = {
    word: 1900 + 10 * tens
    for tens, word in enumerate(
        ["forties", "fifties", "sixties", "seventies", "eighties", "nineties"], 4
    )
}


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
    number = ORDINALS[word] or 4
    if match["second"]:
        first = months_on(year.number, 4, 3 * (number - 1))
        return some_months("quarter", *first, 3, doubts=year.doubts)
    found = some_months("quarter", year.number, 3 * number - 2, 3, doubts=year.doubts)
    return found.doubting(
        f"Quarter {number} of {year.number} was counted from January, not as a financial year."
    )


def _half(match):
    year = written_year(match["year"] or match["year2"])
    number = ORDINALS[match["half"] or match["half2"]]
    if year.number is None or number > 2:
        return invalid(f"“{match[0]}” could not be read as half a year.")
    return some_months("part-year", year.number, 1 if number == 1 else 7, 6, doubts=year.doubts)


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


def _twelve_months(name):
    return (
        rf"(?:the )?(?:{name}) ?(?P<year>[0-9]{{4}})(?: ?[/-] ?(?P<second>{_SECOND_YEAR}))?"
        rf"|(?:the )?(?P<year2>[0-9]{{4}}) ?[/-] ?(?P<second2>{_SECOND_YEAR}) (?:{name})"
    )


YEARS = [
    (re.compile(pattern), read)
    for pattern, read in (
        (r"(?P<year>[0-9]{4})(?:\.0)?", _calendar_year),
        (r"(?P<year>[0-9]{4})[/-](?P<second>[0-9]{2})", _year_and_two_digits),
        (_TWO_YEARS, _several_years),
        (
            rf"(?P<season>spring|summer|autumn|fall|winter){OF}(?P<year>[0-9]{{4}}|'?[0-9]{{2}})"
            r"(?: ?[/-] ?(?P<second>[0-9]{2}(?:[0-9]{2})?))?",
            _season,
        ),
        (
            rf"(?:(?:the )?(?P<quarter>(?:{ORDINAL_WORD}|last|final) quarter|q ?[1-4]"
            rf"|quarter (?:[1-4]|one|two|three|four)){OF}(?P<year>[0-9]{{4}})"
            rf"|(?P<year2>[0-9]{{4}})[ ,-]{{1,2}}(?P<quarter2>q ?[1-4]))"
            r"(?: ?[/-] ?(?P<second>[0-9]{2}(?:[0-9]{2})?))?",
            _quarter,
        ),
        (r"(?:the )?(?P<decade>[0-9]{3}0)'?s", _decade),
        (r"(?:the )?(?P<decade>'?[0-9]0)'?s", _decade),
        (rf"(?:the )?(?:nineteen[- ])?(?P<decade>{'|'.join(_DECADES)})", _decade_in_words),
        (
            rf"(?:the )?(?P<half>first|second|1st|2nd) half{OF}(?P<year>[0-9]{{4}})"
            r"|h(?P<half2>[12]) (?P<year2>[0-9]{4})",
            _half,
        ),
        (_twelve_months(r"financial year|fin\.? year|fiscal year|fy"), _starts_in(4)),
        (_twelve_months(r"academic year|school year"), _starts_in(9)),
        (r"(?:the )?(?:calendar )?year(?: of)? (?P<year>[0-9]{4})", _calendar_year),
    )
]
