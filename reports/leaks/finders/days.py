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
NUMBERED = {word: number for number, word in enumerate(_ORDINALS, start=1)}
NUMBERED |= {
    f"twenty{join}{word}": 20 + number
    for number, word in enumerate(_ORDINALS[:9], start=1)
    for join in ("-", " ")
}
NUMBERED |= {"thirtieth": 30, "thirty-first": 31, "thirty first": 31}
SPOKEN = "|".join(sorted(NUMBERED, key=len, reverse=True))

_S = r"[ \n\t.,_]{0,3}"
_APART = "|".join(r"\s?".join(name.lower()) for name in MONTH_NAMES)
_MONTHS = rf"(?P<month>{_APART}|{MONTH})(?![a-z])"
_DAY = r"(?P<day>[0-9]{1,2})(?:\s?(?:st|nd|rd|th))?"
_YEAR = r"(?P<year>(?:19|20)[0-9]{2}|'[0-9]{2}|(?<=[-/_])[0-9]{2})(?![0-9])"
_BARE_YEAR = (
    re.compile(  # "6 October 13", but not "6 October 13:30" and not "6 October. 13 officers"
        r"(?:(?<=[^a-z][a-z]{3})\.)?,?[ \n]{0,2}(?P<year>[0-9]{2})"
        r"(?![0-9:%]|[.,/-][0-9]|\s?(?:st|nd|rd|th|[ap]\.?m|h(?:ou)?rs?)\b)",
        re.I | re.A,
    )
)
_WEEK = rf"(?:{WEEKDAY}{_S}(?:the{_S})?)?"
_OF = rf"(?:{_S}day)?(?:{_S}of)?(?:{_S}|[-/])"
_NOT_IN_NUMBER = r"(?<![0-9£$])(?<![0-9][.,:])"
_WORDED = re.compile(
    rf"{_WEEK}(?:{_NOT_IN_NUMBER}{_DAY}|(?<![a-z-])(?P<spoken>{SPOKEN})){_OF}{_MONTHS}"
    rf"(?:(?:{_S}|[-/])(?:in the year{_S})?{_YEAR})?",
    re.I | re.A,
)
_MONTH_FIRST = re.compile(
    rf"(?<![a-z]){_WEEK}{_MONTHS}{_S}(?:the{_S})?(?:{_DAY}(?![0-9:]|[.][0-9])|(?P<spoken>{SPOKEN}))"
    rf"(?:{_S}{_YEAR})?",
    re.I | re.A,
)
_MONTH_FIRST_JOINED = re.compile(
    rf"(?<![a-z]){_MONTHS}[-/](?:{_DAY}|(?P<spoken>{SPOKEN}))[-/]{_YEAR}", re.I | re.A
)
_FIGURES = re.compile(
    r"(?<![0-9./-])(?P<a>[0-9]{1,2})(?P<s>\s?[./_-]\s?)(?P<b>[0-9]{1,2})\s?[./_-]\s?"
    r"(?P<year>(?:19|20)?[0-9]{2})(?![0-9]|[./-][0-9])",
    re.A,
)
# "06/10" and "on 06.10": a day where something around speaks of one, and else a score or a part.
_NO_YEAR = re.compile(
    r"(?<![0-9./£$-])(?P<day>[0-9]{1,2})/(?P<month>[0-9]{1,2})(?![0-9]|[./-][0-9]|\s?[/-]\s?[0-9])"
    r"|(?<=\bon )(?P<d>[0-9]{2})\.(?P<m>[0-9]{2})(?![0-9]|[./-][0-9]|\s?(?:[ap]\.?m|h(?:ou)?rs?)\b)",
    re.I | re.A,
)
BARE_FIGURES = "in figures without a year"
_COUNTED = re.compile(
    r"(?:\b(?:para(?:graph)?s?|sections?|version|v|chapter|appendix|no)\b\.?|§)\s*$", re.I
)
_YEAR_FIRST = re.compile(
    r"(?<![0-9./-])(?P<year>(?:19|20)[0-9]{2})[./_-](?P<month>[0-9]{1,2})[./_-](?P<day>[0-9]{1,2})(?![0-9])",
    re.A,
)
_NEXT = (
    r"(?:\s*(?:,|/|&|\+|-{1,2})\s*(?:(?:and|or)\s+)?|\s+(?:and/or|and|or|to|until|till|through|(?:going |leading )?into)\s+)"
    r"(?:on\s+)?(?:(?:the\s+)?(?:(?:early|late|small)\s+)?(?:hours|night|morning|evening|afternoon)\s+of\s+)?"
)
_ALONE = rf"{_WEEK}(?:the{_S})?(?:[0-9]{{1,2}}(?:\s?(?:st|nd|rd|th))?(?![0-9a-z])|(?:{SPOKEN})(?![a-z]))(?:{_S}of)?"
_EACH = re.compile(rf"(?<![0-9])[0-9]{{1,2}}(?![0-9])|\b(?:{SPOKEN})\b", re.I | re.A)
_WORDED_SEVERAL = re.compile(
    rf"{_NOT_IN_NUMBER}(?<![a-z-])(?P<days>(?:{_ALONE}{_NEXT}){{1,6}}{_ALONE}){_OF}{_MONTHS}"
    rf"(?:(?:{_S}|[-/])(?:in the year{_S})?{_YEAR})?",
    re.I | re.A,
)
_MONTH_FIRST_SEVERAL = re.compile(
    rf"(?<![a-z]){_MONTHS}{_S}(?P<days>{_ALONE}(?:{_NEXT}{_ALONE}){{1,6}})(?:{_S}{_YEAR})?",
    re.I | re.A,
)
_FIGURES_SEVERAL = re.compile(
    rf"(?<![0-9./-])(?P<days>(?:{_ALONE}{_NEXT}){{1,6}}[0-9]{{1,2}}(?:st|nd|rd|th)?)\s?[./_-]\s?"
    r"(?P<month>[0-9]{1,2})\s?[./_-]\s?(?P<year>(?:19|20)?[0-9]{2})(?![0-9]|[./-][0-9])",
    re.I | re.A,
)
_YEAR_LATER = re.compile(
    rf"(?<![0-9./-])(?P<day>[0-9]{{1,2}})[./-](?P<month>[0-9]{{1,2}})\.?{_NEXT}"
    r"[0-9]{1,2}[./-][0-9]{1,2}[./-](?P<year>(?:19|20)?[0-9]{2})(?![0-9]|[./-][0-9])",
    re.I | re.A,
)
_YEAR_FIRST_SEVERAL = re.compile(
    r"(?<![0-9./-])(?P<year>(?:19|20)[0-9]{2})[./_-](?P<month>[0-9]{1,2})[./_-]"
    rf"(?P<days>[0-9]{{1,2}}(?:{_NEXT}[0-9]{{1,2}}(?![0-9]|[./-][0-9])){{1,6}})",
    re.I | re.A,
)
_THEN = re.compile(
    rf"{_NEXT}{_WEEK}(?:the\s+)?(?P<day>[0-9]{{1,2}})\s?(?:st|nd|rd|th)\b(?!{_OF}{MONTH})",
    re.I | re.A,
)
_SPACED = re.compile(
    r"(?<![0-9.,/£$-])(?<![0-9] )(?P<day>[0-9]{1,2}) (?P<month>[0-9]{1,2}) (?P<year>(?:19|20)[0-9]{2})(?![0-9]| [0-9])",
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
    """[Day]; of several that share a month or a year each by itself: "the night of 5/6 October 2013"."""
    yield from _worded(text)
    yield from _several(text)
    yield from _in_figures(text)
    for match in _SPACED.finditer(text):
        day, month, year = (int(match[part]) for part in ("day", "month", "year"))
        yield Day(*match.span(), day, month, year, False, "with spaces between")
    for match in _RUN.finditer(text):
        yield from _run(match)


def _worded(text):
    for pattern in (_WORDED, _MONTH_FIRST, _MONTH_FIRST_JOINED):
        for match in pattern.finditer(text):
            spoken = match["spoken"]
            month, year = _month(match["month"]), _year(match["year"])
            day = _number(spoken or match["day"])
            yield Day(match.start(), match.end(), day, month, year)
            yield from _with_bare_year(text, match, day, month)
            if then := _THEN.match(text, match.end()):
                how = "with the month before it"
                yield Day(match.start(), then.end(), int(then["day"]), month, year, False, how)


def _several(text):
    for pattern in (
        _WORDED_SEVERAL,
        _MONTH_FIRST_SEVERAL,
        _FIGURES_SEVERAL,
        _YEAR_FIRST_SEVERAL,
    ):
        for match in pattern.finditer(text):
            month, year = _month(match["month"]), _year(match["year"])
            for one in _EACH.finditer(match["days"]):
                yield Day(*match.span(), _number(one[0]), month, year)
                yield from _with_bare_year(text, match, _number(one[0]), month)
    for match in _YEAR_LATER.finditer(text):
        yield Day(*match.span(), int(match["day"]), int(match["month"]), _year(match["year"]))


def _with_bare_year(text, match, day, month):
    """The two figures behind a day without a year may be its year, and may count what follows: both are told."""
    if not match["year"] and (bare := _BARE_YEAR.match(text, match.end())):
        how = "if the year has two figures"
        yield Day(match.start(), bare.end(), day, month, _year(bare["year"]), how=how)


def _number(written):
    return int(written) if written.isdecimal() else NUMBERED[re.sub(r"\s+", " ", written.lower())]


def _month(written):
    return int(written) if written.isdecimal() else MONTHS[re.sub(r"\s", "", written.lower())]


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
    for match in _NO_YEAR.finditer(text):
        day, month = int(match["day"] or match["d"]), int(match["month"] or match["m"])
        yield Day(*match.span(), day, month, None, is_sure=False, how=BARE_FIGURES)


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
