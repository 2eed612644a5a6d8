"""A secret day that is counted from by another: two days after the murder, the anniversary of her death.

Where one sentence tells a day and how far from the death it is, the date of the death is told.
"""

import re
from bisect import bisect_left
from datetime import date, timedelta
from itertools import islice

from reports.leaks.finders.about import ABOUT, IS_ABOUT
from reports.leaks.finders.ages import NUMBERS
from reports.leaks.hits import MEDIUM, Found

_COUNT = rf"the|an?|[0-9]{{1,3}}|{'|'.join(sorted(NUMBERS, key=len, reverse=True))}"
_UNIT = r"hour|day|night|morning|afternoon|evening|week|fortnight|month|year"
_STEP = rf"\b(?P<within>within\s+)?(?P<count>{_COUNT})\s+(?P<unit>{_UNIT})s?(?:\s+to\s+the\s+day)?"
_FROM = {
    what: re.compile(
        rf"(?:{_STEP}(?:\s+on)?[\s-]+(?P<way>before|after|prior\s+to|following|preceding|since|from|of|post)"
        r"|\bthe\s+(?P<eve>eve)\s+of)[\s-]+"
        rf"(?:[\w'-]+\s+){{0,6}}?(?:{words})",
        re.I,
    )
    for what, words in ABOUT.items()
}
_EARLIER = re.compile(rf"{_STEP}\s+(?P<way>earlier|previously)\b", re.I)
_YEARLY = {
    "birth": re.compile(r"\bbirthday\b", re.I),
    "death": re.compile(r"\banniversar(?:y|ies)\b", re.I),
}
_BEFORE = frozenset({"before", "prior to", "preceding"})
_DAYS = {"week": 7, "fortnight": 14}
_SENTENCE_ENDS = re.compile(r"[.!?][\"')]*\s+(?=[A-Z\"'(])|\n\s*\n|\ue000")
_REACH = 250
_MOST = 20  # days in one sentence
_CLOSEST = 60  # characters between "two days earlier" and the death that it speaks of


def counted_from(text, days, secrets):
    """Founds. `days` are Days of the text, `secrets` Secrets of one day."""
    if not secrets:
        return
    sure = sorted((day for day in days if day.is_sure), key=lambda day: day.start)
    yield from _steps(text, sure, secrets)
    yearly = {}
    for secret in secrets:
        yearly.setdefault((secret.earliest.day, secret.earliest.month), []).append(secret)
    for day in sure:
        for secret in yearly.get((day.day, day.month), ()):
            if _is_anniversary(text, day, secret):
                yield _found(day.start, day.end, secret)


def _sentence(text, start, end):
    """(start, end) of the sentence around a place, or of what is near it in a long one."""
    first = max(0, start - _REACH)
    for match in _SENTENCE_ENDS.finditer(text, first, start + 1):
        first = match.end()
    stop = _SENTENCE_ENDS.search(text, end, end + _REACH)
    return first, stop.start() if stop else min(len(text), end + _REACH)


def _steps(text, days, secrets):
    for what in ABOUT:
        own = [secret for secret in secrets if secret.what == what]
        for match in _told_steps(text, what) if own else ():
            first, last = _sentence(text, *match.span())
            begin = bisect_left(days, first, key=lambda day: day.start)
            near = [day for day in islice(days, begin, begin + _MOST) if day.end <= last]
            for secret in own:
                if any(_leads_to(match, day, secret) for day in near):
                    yield _found(*match.span(), secret)


def _told_steps(text, what):
    yield from _FROM[what].finditer(text)
    for match in _EARLIER.finditer(text):
        start, end = max(0, match.start() - _CLOSEST), match.end() + _CLOSEST
        if IS_ABOUT[what].search(text, start, end):
            yield match


def _leads_to(match, day, secret):
    other = _date(day, secret)
    if match.groupdict().get("eve"):
        return other is not None and other + timedelta(days=1) == secret.earliest
    count = match["count"].lower()
    number = int(count) if count.isdecimal() else NUMBERS.get(count, 1)
    way = " ".join(match["way"].lower().split())
    if other is None or (way == "of") != bool(match["within"]):
        return False
    forth = 1 if way in _BEFORE else -1
    event = _moved(other, forth * number, match["unit"].lower())
    if event is None or not match["within"]:
        return event == secret.earliest
    return abs((other - event).days) <= 7 and event <= secret.earliest <= other


def _moved(day, number, unit):
    """The day that is so many units later; None where a month lacks it, or it is out of all bounds."""
    try:
        if unit in ("month", "year"):
            months = day.year * 12 + day.month - 1 + number * (12 if unit == "year" else 1)
            return date(months // 12, months % 12 + 1, day.day)
        if unit == "hour":
            return day + timedelta(days=number // 24) if number % 24 == 0 else None
        return day + timedelta(days=number * _DAYS.get(unit, 1))
    except (ValueError, OverflowError):
        return None


def _date(day, secret):
    """A Day as a date: without a year in that of the secret, with two figures in its century."""
    own = secret.earliest.year
    year = own if day.year is None else day.year
    try:
        return date(year if year > 99 else own - own % 100 + year, day.month, day.day)
    except ValueError:
        return None


def _is_anniversary(text, day, secret):
    """The same day of another year, where the sentence says that it comes every year."""
    other = _date(day, secret)
    if other is None or other.year <= secret.earliest.year:
        return False
    first, last = _sentence(text, day.start, day.end)
    patterns = _YEARLY[secret.what], IS_ABOUT[secret.what]
    return all(pattern.search(text, first, last) for pattern in patterns)


def _found(start, end, secret):
    why = f"From this can be counted the date {secret.why}"
    return Found(start, end, f"date of {secret.what}", why, MEDIUM, secret.person)
