"""Single days in a text, however written, and with or without their year.

Wider than foundations.dates, which reads what somebody means to say of an event: here it is enough
that a reader could tell the day.
"""

import re
from dataclasses import dataclass

from foundations.dates.words import MONTH, MONTH_NAMES, MONTHS, WEEKDAY

_ORDINALS = [
    "first",
    "second",
    "third",
    "fourth",
    "fifth",
    "sixth",
    "seventh",
    "eighth",
    "ninth",
    "tenth",
    "eleventh",
    "twelfth",
    "thirteenth",
    "fourteenth",
    "fifteenth",
    "sixteenth",
    "seventeenth",
    "eighteenth",
    "nineteenth",
    "twentieth",
]
_NUMBERED = {word: number for number, word in enumerate(_ORDINALS, start=1)}
_NUMBERED |= {
    f"twenty{join}{word}": 20 + number
    for number, word in enumerate(_ORDINALS[:9], start=1)
    for join in ("-", " ")
}
_NUMBERED |= {"thirtieth": 30, "thirty-first": 31, "thirty first": 31}
_SPOKEN = "|".join(sorted(_NUMBERED, key=len, reverse=True))

_S = r"[ \n\t.,_]{0,3}"
_APART = "|".join(r"\s?".join(name.lower()) for name in MONTH_NAMES)
_MONTHS = rf"(?P<month>{_APART}|{MONTH})(?![a-z])"
_DAY = r"(?P<day>[0-9]{1,2})(?:\s?(?:st|nd|rd|th))?"
_YEAR = r"(?P<year>(?:19|20)[0-9]{2}|'[0-9]{2}|(?<=[-/_])[0-9]{2})(?![0-9])"
_WEEK = rf"(?:{WEEKDAY}{_S}(?:the{_S})?)?"
_OF = rf"(?:{_S}day)?(?:{_S}of)?(?:{_S}|-)"
_NOT_IN_NUMBER = r"(?<![0-9.,:/£$])"
_WORDED = re.compile(
    rf"{_WEEK}(?:{_NOT_IN_NUMBER}{_DAY}|(?<![a-z-])(?P<spoken>{_SPOKEN})){_OF}{_MONTHS}"
    rf"(?:(?:{_S}|-)(?:in the year{_S})?{_YEAR})?",
    re.I | re.A,
)
_MONTH_FIRST = re.compile(
    rf"(?<![a-z]){_WEEK}{_MONTHS}{_S}(?:the{_S})?(?:{_DAY}(?![0-9:]|[.][0-9])|(?P<spoken>{_SPOKEN}))"
    rf"(?:{_S}{_YEAR})?",
    re.I | re.A,
)
_FIGURES = re.compile(
    r"(?<![0-9./-])(?P<a>[0-9]{1,2})(?P<s>\s?[./_-]\s?)(?P<b>[0-9]{1,2})\s?[./_-]\s?"
    r"(?P<year>(?:19|20)?[0-9]{2})(?![0-9]|[./-][0-9])",
    re.A,
)
_COUNTED = re.compile(
    r"(?:\b(?:para(?:graph)?s?|sections?|version|v|chapter|appendix|no)\b\.?|§)\s*$", re.I
)
_YEAR_FIRST = re.compile(
    r"(?<![0-9./-])(?P<year>(?:19|20)[0-9]{2})[./_-](?P<month>[0-9]{1,2})[./_-](?P<day>[0-9]{1,2})(?![0-9])",
    re.A,
)
_RUN = re.compile(r"(?<![0-9])[0-9]{8}(?:[0-9]{6})?(?![0-9])|(?<![0-9])[0-9]{6}(?![0-9])", re.A)


@dataclass(frozen=True)
class Day:
    """`year` is None where it is not said. `is_sure`: it can hardly be anything else."""

    start: int
    end: int
    day: int
    month: int
    year: int | None
    is_sure: bool = True
    how: str = ""


def days_in(text):
    yield from _worded(text)
    yield from _in_figures(text)
    for match in _RUN.finditer(text):
        yield from _run(match)


def _worded(text):
    for pattern in (_WORDED, _MONTH_FIRST):
        for match in pattern.finditer(text):
            spoken = match["spoken"]
            day = _NUMBERED[re.sub(r"\s+", " ", spoken.lower())] if spoken else int(match["day"])
            month = MONTHS[re.sub(r"\s", "", match["month"].lower())]
            yield Day(match.start(), match.end(), day, month, _year(match["year"]))


def _in_figures(text):
    for match in _YEAR_FIRST.finditer(text):
        yield Day(*match.span(), int(match["day"]), int(match["month"]), int(match["year"]))
    for match in _FIGURES.finditer(text):
        if match["s"] == "." and _COUNTED.search(text[max(0, match.start() - 14) : match.start()]):
            continue
        first, second, year = int(match["a"]), int(match["b"]), _year(match["year"])
        yield Day(*match.span(), first, second, year)
        if first != second and first <= 12:
            how = "if the month is written first"
            yield Day(*match.span(), second, first, year, is_sure=False, how=how)


def _run(match):
    """06102013, 20131006, 20131006221500, 061013: dates without anything between."""
    run, place = match[0], match.span()
    if len(run) == 6:
        yield Day(*place, int(run[:2]), int(run[2:4]), _year(run[4:]), False, "as six figures")
        return
    yield Day(*place, int(run[6:8]), int(run[4:6]), int(run[:4]), how="as figures in one")
    if len(run) == 8:
        yield Day(*place, int(run[:2]), int(run[2:4]), int(run[4:]), how="as figures in one")


def _year(written):
    """Of "'62" and "13" any century is meant: told by the last two figures."""
    if not written:
        return None
    return int(written.lstrip("'"))


def is_year(written, year):
    return written == year or (written is not None and written < 100 and written == year % 100)
