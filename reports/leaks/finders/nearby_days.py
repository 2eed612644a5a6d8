"""A secret day told by another: two days before Christmas, the day after 5 October, the first Sunday."""

import re
from datetime import date, timedelta

from foundations.dates.words import MONTH, MONTHS, NUMBERS, WEEKDAY, WEEKDAYS
from reports.leaks.finders.about import IS_ABOUT
from reports.leaks.finders.days import is_year
from reports.leaks.hits import LOW, MEDIUM, Found

_FIXED = {
    "christmas eve": (24, 12), "christmas day": (25, 12), "christmas": (25, 12), "boxing day": (26, 12),
    "new year's eve": (31, 12), "new years eve": (31, 12), "new year's day": (1, 1),
    "new years day": (1, 1), "new year": (1, 1), "valentine's day": (14, 2), "valentines day": (14, 2),
    "st patrick's day": (17, 3), "st david's day": (1, 3), "st george's day": (23, 4),
    "april fool's day": (1, 4), "halloween": (31, 10), "hallowe'en": (31, 10), "bonfire night": (5, 11),
    "guy fawkes night": (5, 11), "remembrance day": (11, 11), "burns night": (25, 1),
}  # fmt: skip
_EASTER = {
    "good friday": -2, "easter sunday": 0, "easter monday": 1, "easter": 0, "palm sunday": -7,
    "ash wednesday": -46, "shrove tuesday": -47, "whit monday": 50, "mothering sunday": -21,
    "mother's day": -21,
}  # fmt: skip
_FEASTS = "|".join(sorted([*_FIXED, *_EASTER], key=len, reverse=True)).replace("'", "'?")
_COUNT = r"(?:the|an?|[0-9]{1,2}|one|two|three|four|five|six|seven|eight|nine|ten|twelve)"
_STEP = (
    rf"(?P<count>{_COUNT})\s+(?:(?:short|few)\s+)?(?P<unit>day|night|morning|evening|week)s?\s+"
    r"(?P<way>before|after|prior to|following|preceding)\s+"
)
_FEAST = re.compile(
    rf"\b(?P<feast>{_FEASTS})\b(?:,?\s+(?:of\s+|in\s+)?(?P<year>(?:19|20)[0-9]{{2}}))?",
    re.I,
)
_STEP_BEFORE = re.compile(rf"{_STEP}(?:the\s+)?$", re.I)
_STEP_TO_DAY = re.compile(rf"{_STEP}(?:[\w'-]+\s+){{0,6}}$", re.I)  # "his hearing at court on"
_LATER = re.compile(
    r"\b(?:the\s+)?(?P<next>next|following|same)\s+(?:day|morning|evening|night)\b"
    rf"|\b(?P<count>{_COUNT})\s+days?\s+(?:later|afterwards|after)\b",
    re.I,
)
_NTH = re.compile(
    rf"\b(?P<nth>first|second|third|fourth|fifth|last)\s+(?P<weekday>{WEEKDAY})\s+(?:of|in)\s+"
    rf"(?P<month>{MONTH})\b(?:,?\s+(?P<year>(?:19|20)[0-9]{{2}}))?",
    re.I,
)
_REACH = 160


def told_by_others(text, days, secrets):
    """`days` are those already found; `secrets` are Secrets of one day."""
    if not secrets:
        return
    yield from _feasts(text.text, secrets)
    yield from _counted(text.text, days, secrets)
    yield from _nth_weekdays(text.text, secrets)


def _feasts(text, secrets):
    for match in _FEAST.finditer(text):
        step = _STEP_BEFORE.search(text, max(0, match.start() - 50), match.start())
        start = step.start() if step else match.start()
        year = int(match["year"]) if match["year"] else None
        for secret in secrets:
            day = secret.earliest
            if year not in (None, day.year) and abs(year - day.year) > 1:
                continue
            own = [one for one in (day.year - 1, day.year, day.year + 1) if year in (None, one)]
            if any(_moved(_feast(match["feast"], one), step) == day for one in own):
                severity = LOW if step or year is None else MEDIUM
                yield _found(start, match.end(), secret, severity)


def _feast(words, year):
    words = words.lower()
    plain = {key.replace("'", ""): key for key in (*_FIXED, *_EASTER)}[words.replace("'", "")]
    if plain in _FIXED:
        day, month = _FIXED[plain]
        return date(year, month, day)
    return _easter(year) + timedelta(days=_EASTER[plain])


def _easter(year):
    """Easter Sunday by the anonymous Gregorian computus."""
    a, b, c = year % 19, year // 100, year % 100
    d, e = divmod(b, 4)
    g = (8 * b + 13) // 25
    h = (19 * a + b - d - g + 15) % 30
    i, k = divmod(c, 4)
    m = (32 + 2 * e + 2 * i - h - k) % 7
    n = (a + 11 * h + 22 * m) // 451
    month, day = divmod(h + m - 7 * n + 114, 31)
    return date(year, month, day + 1)


def _moved(day, step):
    """The day that a step such as "two days before" leads to; the day itself without one."""
    if step is None:
        return day
    days = _number(step["count"]) * (7 if step["unit"].lower() == "week" else 1)
    is_before = step["way"].lower() in ("before", "prior to", "preceding")
    return day + timedelta(days=-days if is_before else days)


def _number(word):
    return int(word) if word.isdecimal() else NUMBERS.get(word.lower(), 1)


def _counted(text, days, secrets):
    """From another day that the text tells: before it, or in the sentence after it."""
    for day in days:
        try:
            other = date(day.year, day.month, day.day) if (day.year or 0) > 99 else None
        except ValueError:
            continue
        if other is None or not day.is_sure:
            continue
        near = [one for one in secrets if 0 < abs((one.earliest - other).days) <= 70]
        if not near:
            continue
        step = _STEP_TO_DAY.search(text, max(0, day.start - 110), day.start)
        for secret in near:
            if step and _moved(other, step) == secret.earliest:
                yield _found(step.start(), day.end, secret, MEDIUM)
            yield from _later(text, day, other, secret)


def _later(text, day, other, secret):
    after = text[day.end : day.end + _REACH]
    for match in _LATER.finditer(after):
        days = 1 if match["next"] else _number(match["count"])
        if match["next"] and match["next"].lower() == "same":
            days = 0
        near = after[max(0, match.start() - 40) : match.end() + 40]
        if other + timedelta(days=days) == secret.earliest and IS_ABOUT[secret.what].search(near):
            yield _found(day.end + match.start(), day.end + match.end(), secret, MEDIUM)


def _nth_weekdays(text, secrets):
    nths = ("first", "second", "third", "fourth", "fifth")
    for match in _NTH.finditer(text):
        month, weekday = MONTHS[match["month"].lower()], WEEKDAYS[match["weekday"].lower()[:3]]
        for secret in secrets:
            day = secret.earliest
            year = int(match["year"]) if match["year"] else None
            if (day.month, day.weekday()) != (month, weekday) or not is_year(
                year or day.year, day.year
            ):
                continue
            nth = match["nth"].lower()
            is_it = (
                (day + timedelta(days=7)).month != month
                if nth == "last"
                else (day.day - 1) // 7 == nths.index(nth)
            )
            if is_it:
                yield _found(*match.span(), secret, MEDIUM if year else LOW)


def _found(start, end, secret, severity):
    why = f"From this can be counted the date {secret.why}"
    return Found(start, end, f"date of {secret.what}", why, severity, secret.person)
