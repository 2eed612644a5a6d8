"""Dates inside running text, with the place where each stands."""

import re
from typing import NamedTuple

from foundations.dates.phrases import read_phrase
from foundations.dates.relative import read_relative
from foundations.dates.repairs import repaired
from foundations.dates.value import PartialDate, Reading
from foundations.dates.words import MONTH, MONTH_NAMES, ORDINAL, SAME_LENGTH, WEEKDAY, fold, tidy


class FoundDate(NamedTuple):
    start: int
    end: int
    text: str
    reading: Reading


_S = r"\s{1,3}"
_O = r"\s{0,3}"
_SPACED_MONTHS = "|".join(_O.join(name.lower()) for name in MONTH_NAMES)
_MONTHS = rf"(?:{MONTH}|{_SPACED_MONTHS})(?![a-z])\.?"
_YEAR = r"(?:19|20)[0-9]{2}(?![0-9])"
_NUMERIC = (
    r"(?<![0-9./-])[0-9]{1,2}(?P<sep%d>[./-])[0-9]{1,2}(?P=sep%d)(?:[0-9]{4}|[0-9]{2,3})"
    r"(?![0-9]|[./-][0-9])"
)
_SHORT = re.compile(r"[0-9]{1,2}\.(?P<second>[0-9]{1,2})\.[0-9]{2}")
_LONGEST_CELL = 1000
# What goes before the number of a paragraph or a version: "para 5.3.12".
_NUMBERED = re.compile(
    r"(?:para(?:graph)?s?|sections?|versions?|v|chapter|appendix|rec(?:ommendation)?s?|§|no|number)\.?\s*$",
    re.IGNORECASE,
)
_ISO = r"(?<![0-9./-])(?:19|20)[0-9]{2}-[0-9]{2}-[0-9]{2}(?![0-9]|-[0-9])"
_DAY_NUMBER = rf"(?<![0-9.,:/£$])[0-9]{{1,2}}{ORDINAL}?"
_NAMED_DAY = rf"(?:{WEEKDAY}\.?,?{_S}(?:the{_S})?)?{_DAY_NUMBER}{_O}(?:of{_S})?-?{_MONTHS}-?,?{_O}(?:{_YEAR}|'[0-9]{{2}}|(?<=-)[0-9]{{2}}(?![0-9]))"
_MONTH_FIRST = rf"{_MONTHS}{_S}[0-9]{{1,2}}{ORDINAL}?,?{_S}{_YEAR}"
_PART = rf"(?:(?:early|mid(?:dle)?|late|(?:the{_S})?(?:beginning|start|end|middle)){_O}[- ]{_O}(?:of{_S}|in{_S})?(?:the{_S})?)"
_NAMED_MONTH = rf"{_PART}?(?:{_MONTHS}(?:{_O}(?:,|and|&|/|to|-){_O})){{0,5}}{_MONTHS}[,.-]?{_O}(?:of{_S})?(?:{_YEAR}|(?:'|(?<=-))[0-9]{{2}}(?![0-9]))"
_SEASON = rf"{_PART}?(?:spring|summer|autumn|winter){_S}(?:of{_S})?{_YEAR}(?:/[0-9]{{2}}(?![0-9]))?"
_QUARTER = rf"(?:q[1-4]|(?:first|second|third|fourth|last){_S}quarter(?:{_S}of)?){_S}{_YEAR}(?:/[0-9]{{2}}(?![0-9]))?"
_DECADE = rf"(?:{_PART})?(?:19|20)[0-9]0'?s"
_LED_YEAR = (
    rf"(?:(?<=in\s)|(?<=since\s)|(?<=until\s)|(?<=during\s)|(?<=throughout\s)|(?<=from\s)|(?<=before\s)|(?<=after\s)|(?<=by\s)"
    rf"|(?<=prior\sto\s)|(?<=circa\s)|(?<=about\s)|(?<=around\s)|{_PART}|(?:financial|academic){_S}year{_S}){_YEAR}(?:[/-][0-9]{{2,4}}(?![0-9]))?"
    rf"|(?<![0-9.,/£$-]){_YEAR}[/-](?:[0-9]{{2}}|{_YEAR})(?![0-9/-])"
)
_COUNT = r"(?:[0-9]{1,3}|an?|one|two|three|four|five|six|seven|eight|nine|ten|twelve)"
_RELATIVE = (
    rf"(?:(?:with)?in{_S})?{_COUNT}{_S}(?:working{_S})?(?:day|week|month|year)s?'?{_S}(?:of|after|from|following){_S}(?:the{_S})?(?:[a-z]+{_S}){{0,2}}"
    rf"(?:publication|approval|release|sign[- ]off|completion|report|meeting|review|launch)"
    rf"|(?:with)?in{_S}(?:the{_S}next{_S})?{_COUNT}{_S}(?:working{_S})?(?:day|week|month|year)s?(?:'?{_S}time)?(?![a-z])"
)


def _unit(number):
    return "|".join(
        (
            _NUMERIC % (number, number),
            _ISO,
            _NAMED_DAY,
            _MONTH_FIRST,
            _SEASON,
            _QUARTER,
            _NAMED_MONTH,
            _DECADE,
            _LED_YEAR,
        )
    )


_LIMIT = (
    r"(?:by(?: the)?(?: end of)?|before(?: the end of)?|prior to|after|since|from|until|up to|no later than|not later than|on or before|circa|c\.|about|around"
    r"|approximately|approx\.?|w/c|week commencing|week ending|w/e|between|end(?: of)?)"
).replace(" ", _S)
_TIME = (
    rf"(?:,?{_S}(?:at{_S})?(?:[01]?[0-9]|2[0-3]):[0-5][0-9](?:{_O}[ap]\.?m\.?|{_O}hrs)?(?![0-9]))?"
)
_DAYS_BEFORE = rf"(?:[0-9]{{1,2}}(?:{ORDINAL}{_O},|{ORDINAL}?{_O}(?:-|to|and|&|/)){_O}){{1,4}}"
_DATES = re.compile(
    rf"(?P<limit>(?<![a-z])(?:{_LIMIT}{_S}){{1,2}})?"
    rf"(?P<date>(?<![a-z0-9])(?P<first>(?:{_DAYS_BEFORE})?(?:{_unit(1)}){_TIME})"
    rf"(?:{_O}(?P<joint>-|to{_S}|until{_S}|and{_S}){_O}(?P<second>(?:{_unit(2)}){_TIME}))?)"
    rf"|(?P<relative>(?<![a-z0-9])(?:{_RELATIVE}))",
    re.IGNORECASE | re.ASCII,
)


def find_dates(text, *, limits=True):
    """Each date in running text. Without `limits`, "by", "before" and the like are not part of it.

    A year alone counts only after a word such as "in" or "since": other numbers look like it.
    """
    plain = text.translate(SAME_LENGTH)
    found = []
    for match in _DATES.finditer(plain):
        found.extend(_read_match(text, match, limits=limits))
    return found


def _read_match(text, match, *, limits):
    if match["relative"]:
        start, end = match.span("relative")
        if not limits:
            start = match.start("relative") + _length_of_lead(match["relative"])
        return _found(text, start, end)
    limit = (match["limit"] or "").lower() if limits else ""
    if match["second"] and match["joint"].startswith("and") and "between" not in limit:
        return _found_after(limit, text, match) + _found(text, *match.span("second"))
    return _found_after(limit, text, match, group="date") or _apart(limit, text, match)


def _found_after(limit, text, match, group="first"):
    """A date with the limit before it where that makes sense, else the date alone."""
    start, end = match.span(group)
    return (limit and _found(text, match.start(), end)) or _found(text, start, end)


def _apart(limit, text, match):
    """Two dates that do not belong together: each by itself."""
    if not match["second"]:
        return []
    return _found_after(limit, text, match) + _found(text, *match.span("second"))


_LEAD = re.compile(r"(?:within|in)\s+(?:the\s+next\s+)?", re.IGNORECASE)


def _length_of_lead(words):
    lead = _LEAD.match(words)
    return lead.end() if lead and " of " not in words else 0


def _found(text, start, end):
    words = text[start:end]
    if _is_paragraph_number(text, words, start):
        return []
    reading = _reading(words)
    return [FoundDate(start, end, tidy(words), reading)] if reading else []


def _is_paragraph_number(text, words, start):
    """ "para 5.3.12", and "5.17.10" at the beginning of a line of a whole document."""
    short = _SHORT.fullmatch(words)
    if not short:
        return False
    if len(text) > _LONGEST_CELL and int(short["second"]) > 12 and text[:start].endswith("\n"):
        return True
    return bool(_NUMBERED.search(text[max(0, start - 20) : start]))


def _reading(words):
    s = fold(tidy(words))
    span = read_phrase(s) or read_relative(s, None)
    if span is None and (mended := repaired(s)):
        span = read_phrase(mended[0])
        span = span and span.doubting(*mended[1])
    if span is None or span.precision == "none":
        return None
    value = PartialDate(
        tidy(words), span.earliest, span.latest, span.precision, span.circa, span.base
    )
    return Reading(value, span.time, span.doubts)
