"""Stretches of days in a text: a week, part of a month, a season, from one day to another, a year.

Whatever foundations.dates can read from words that stand together, also where its own search in running
text is content with less: "the first week of October 2013" is more than October 2013.
"""

import re
from datetime import date

from foundations.dates import find_dates
from foundations.dates.bounds import month_end
from foundations.dates.phrases import read_phrase
from foundations.dates.spans import Span
from foundations.dates.stretches import SEVERAL
from foundations.dates.words import MONTH, MONTHS, WEEKDAY, fold, tidy
from reports.leaks.finders.days import NUMBERED, SPOKEN

_YEAR = re.compile(r"'?[0-9]{2}|(?:19|20)[0-9]{2}(?:'?s)?", re.I)
_FILLER = frozenset({"of", "in", "the", "and", "or", "to", "until", "till", "through", "day"})
_TOKEN = re.compile(
    r"(?<![a-z0-9])(?:(?P<month>" + MONTH + r")(?![a-z])|(?P<number>'?[0-9]{1,4}(?:'?s|st|nd|rd|th)?(?![0-9a-z]))"
    rf"|(?:{WEEKDAY}|{SPOKEN}|spring|summer|autumn|fall|winter|early|earlier|mid|middle|late|later|latter|part"
    r"|start|starting|end|ending|close|beginning|commencing|weeks?|weekend|wk|w/?[cbe]|quarter|q ?[1-4]|h[12]"
    r"|half|term|bank|holiday|last|final|financial|fiscal|academic|school|calendar|year|fy|christmas|xmas"
    r"|new|nineteen|forties|fifties|sixties|seventies|eighties|nineties"
    r"|between|from|to|until|till|through|and|or|of|in|the)(?![a-z0-9])|(?:xx|\?\?)(?=[./-]))",
    re.I | re.A,
)  # fmt: skip
_GAP = re.compile(r"[\s,./&()+-]{0,4}")
_SPOKEN = re.compile(rf"\b(?:{SPOKEN})\b")
_THE = re.compile(r"\bthe ")
_MONTH_FIRST = re.compile(
    rf"\b({MONTH}) ([0-9]{{1,2}}(?:st|nd|rd|th)?(?: ?(?:-|/|to|and|until) ?[0-9]{{1,2}}(?:st|nd|rd|th)?)),? (?=(?:19|20)[0-9]{{2}})"
)
_FIGURES_APART = re.compile(r"[0-9]{1,2} [0-9]{4}")
_MOST = 14  # words of one date
_MONTH_NAMED = re.compile(rf"\b{MONTH}\b", re.I)
_IN_A_MONTH = re.compile(r"[0-9](?:st|nd|rd|th)?(?: of)?[ -]?$")
_YEAR_AFTER = re.compile(r"(?:19|20)[0-9]{2}(?![0-9])")


def stretches_in(text, years):
    """(start, end, Span) of each that has two bounds and more than one day; `years` are those that matter.

    What stands without a year is given with each of these in turn, where it is finer than a month.
    """
    for found in find_dates(text, limits=False):
        value, doubts = found.reading.value, found.reading.doubts
        span = Span(value.earliest, value.latest, value.precision, value.circa, doubts)
        yield from _with_its_months(text, found.start, found.end, span)
    near = {year + step for year in years for step in (-1, 0, 1)}
    for tokens in _runs(text):
        numbers = [one["number"] for one in tokens if one["number"]]
        if any(_may_be(number, near) for number in numbers) or _is_decade(tokens):
            yield from _in_run(text, tokens)
        elif not any(map(_YEAR_AFTER.match, numbers)):
            yield from _without_year(text, tokens, years)


def _runs(text):
    """Lists of matches that stand side by side, with a month or a year among them."""
    run = []
    for match in _TOKEN.finditer(text):
        if run and not _GAP.fullmatch(text, run[-1].end(), match.start()):
            if _has_a_date(run):
                yield run
            run = []
        run.append(match)
    if _has_a_date(run):
        yield run


def _has_a_date(run):
    return any(one["month"] or one["number"] for one in run) or _is_decade(run)


def _is_decade(run):
    return any(one[0].lower().endswith("ties") for one in run)


def _may_be(number, years):
    if not _YEAR.fullmatch(number):
        return False
    digits = number.strip("'s")
    return any(
        year % 100 == int(digits[-2:]) or (number[-1] in "sS" and year // 10 == int(digits) // 10)
        for year in years
    )


def _in_run(text, tokens):
    """The longest date from each word on, and then what follows it."""
    at = 0
    while at < len(tokens):
        for last in range(min(len(tokens), at + _MOST) - 1, at - 1, -1):
            if _is_edge(tokens[at]) and _is_edge(tokens[last]):
                start, end = tokens[at].start(), tokens[last].end()
                if span := _read(text[start:end]):
                    yield from _with_its_months(text, start, end, span)
                    at = last
                    break
        at += 1


def _without_year(text, tokens, years):
    for first in range(len(tokens)):
        if not _is_edge(tokens[first]):
            continue
        for last in range(min(len(tokens), first + _MOST) - 1, first, -1):
            is_named = any(
                one["month"] and one["month"][0].isupper() for one in tokens[first : last + 1]
            )
            if not _is_edge(tokens[last]) or not is_named:
                continue
            start, end = tokens[first].start(), tokens[last].end()
            spans = [_read(f"{text[start:end]} {year}") for year in sorted(years)]
            if any(spans):
                yield from (
                    (start, end, span)
                    for span in spans
                    if span and span.earliest and span.latest and 1 < _days(span) < 28
                    if SEVERAL not in span.doubts
                )
                return


def _is_edge(token):
    return token[0].lower() not in _FILLER


def _read(words):
    """The Span of words that are a date from end to end, or None."""
    plain = _SPOKEN.sub(lambda match: _in_figures(match[0]), fold(tidy(words)))
    if _FIGURES_APART.fullmatch(plain):
        return None
    plain = _MONTH_FIRST.sub(r"\2 \1 ", _THE.sub("", plain))
    return read_phrase(plain)


def _in_figures(spoken):
    number = NUMBERED[spoken]
    ending = {1: "st", 2: "nd", 3: "rd"}.get(number % 10 if number not in (11, 12, 13) else 0, "th")
    return f"{number}{ending}"


def _with_its_months(text, start, end, span):
    """Without lists that have gaps: what lies in a gap was not said, and single days are found as such."""
    if not (span.earliest and span.latest) or span.precision in {"invalid", "relative"}:
        return
    if SEVERAL in span.doubts:
        return
    if span.earliest < span.latest:
        yield start, end, span
    if _days(span) > 31:
        yield from _months_named(text, start, end)


def _months_named(text, start, end):
    """Each month of several: "August, October and December 2013"."""
    for one in _MONTH_NAMED.finditer(text, start, end):
        year = _YEAR_AFTER.search(text, one.end(), end)
        if year and not _IN_A_MONTH.search(text, max(0, one.start() - 8), one.start()):
            first = date(int(year[0]), MONTHS[one[0].lower()], 1)
            yield one.start(), end, Span(first, month_end(first.year, first.month), "month")


def _days(span):
    return (span.latest - span.earliest).days + 1
