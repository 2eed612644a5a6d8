"""Dates of birth and death that are told more exactly than the rule for them allows."""

import re
from dataclasses import dataclass
from datetime import date, timedelta

from foundations.dates.bounds import month_end
from foundations.dates.words import MONTH_NAMES
from reports.leaks.finders.about import IS_ABOUT
from reports.leaks.finders.counted_days import counted_from
from reports.leaks.finders.days import BARE_FIGURES, days_in, is_year
from reports.leaks.finders.nearby_days import told_by_others
from reports.leaks.finders.stretches import stretches_in
from reports.leaks.hits import HIGH, LOW, MEDIUM, Found

# The rules that allow less than the day, and how many days one must leave open at the least. A stretch of
# time that is shorter, and has the date in it, says more than that.
_LEFT_OPEN = {
    "month-year": 28, "season": 90, "year": 365, "age": 367, "age-band": 5 * 365, "nothing": 3654,
}  # fmt: skip
_COARSER_THAN_MONTH = frozenset(_LEFT_OPEN) - {"month-year"}
_A_FEW_DAYS, _A_WEEK, _A_MONTH = 3, 7, 31
_DAY_BEFORE = re.compile(r"[0-9](?:st|nd|rd|th)?(?: of)? ?$")
_SAID = {
    "exact": "the exact date", "month-year": "month and year", "season": "season and year",
    "year": "the year", "age": "the age alone", "age-band": "an age band", "nothing": "nothing",
}  # fmt: skip


@dataclass(frozen=True)
class Secret:
    """A date that may not be told exactly."""

    person: str
    what: str  # "birth" or "death"
    rule: str
    earliest: date
    latest: date

    @property
    def is_day(self):
        return self.earliest == self.latest

    @property
    def few_days(self):
        """Each day that it can be, where these are few: "5/6 October"."""
        many = (self.latest - self.earliest).days + 1
        return [self.earliest + timedelta(days=n) for n in range(many)] if many <= _A_WEEK else []

    @property
    def why(self):
        return f"of {self.what} of {self.person}; the rule allows {_SAID[self.rule]}."

    def is_in_month(self):
        return (self.earliest.year, self.earliest.month) == (self.latest.year, self.latest.month)


class Dates:
    def __init__(self, register):
        self.secrets = [secret for one in register.people for secret in _secrets(one)]
        self.by_day = {}
        for secret in self.secrets:
            for day in secret.few_days:
                self.by_day.setdefault((day.day, day.month), []).append(secret)
        self.single = [secret for secret in self.secrets if secret.is_day]

        self.months = {}
        for secret in self.secrets:
            if secret.rule in _COARSER_THAN_MONTH and secret.is_in_month():
                self.months.setdefault(MONTH_NAMES[secret.earliest.month - 1], []).append(secret)
        self.months_alone = re.compile(rf"\b(?:{'|'.join(self.months)})\b(?![ ,]{{0,2}}[0-9'])")

    def find(self, text):
        if not self.secrets:
            return
        days = list(days_in(text.text))
        for day in days:
            for secret in self.by_day.get((day.day, day.month), ()):
                if found := _day(text, day, secret):
                    yield found
        yield from told_by_others(text, days, self.single)
        yield from counted_from(text.text, days, self.single)
        yield from self._coarser(text)
        yield from self._months_alone(text)

    def _coarser(self, text):
        """Stretches of time with a date in them that may not be told so exactly."""
        years = {secret.earliest.year for secret in self.secrets}
        for start, end, span in stretches_in(text.text, years):
            for secret in self.secrets:
                if told := _as_finely(span, secret):
                    is_near = _is_about(text, start, end, secret.what)
                    has_year = bool(re.search(r"[0-9]{2}", text.text[start:end]))
                    severity = _gravity(told.days, is_near=is_near, has_year=has_year)
                    if severity:
                        yield _found(start, end, secret, f"{told.said} {secret.why}", severity)

    def _months_alone(self, text):
        """ "She died in October", without a year."""
        if not self.months:
            return
        for match in self.months_alone.finditer(text.text):
            start, end = match.span()
            if _DAY_BEFORE.search(text.text, max(0, start - 8), start):
                continue
            for secret in self.months[match[0]]:
                if _is_about(text, start, end, secret.what):
                    yield _found(start, end, secret, f"This is the month {secret.why}", LOW)


def _secrets(one):
    for what, value, rule in (
        ("birth", one.born, one.born_rule),
        ("death", one.died, one.died_rule),
    ):
        if value.earliest and value.latest and rule in _LEFT_OPEN:
            yield Secret(one.pseudonym, what, rule, value.earliest, value.latest)


@dataclass(frozen=True)
class _Told:
    days: int
    said: str


def _as_finely(span, secret):
    """A _Told where a stretch says more of a date than the rule for it allows, else None."""
    for first, last, name in _meant(span):
        days = (last - first).days + 1
        if first <= secret.earliest and secret.latest <= last and days < _LEFT_OPEN[secret.rule]:
            said = f"This is the {name}" if name else f"This tells to within {days} days the date"
            return _Told(days, said)
    return None


def _meant(span):
    """(first day, last day, what it is called or ""): as it was read, and then, of a part such as "mid-October",
    the whole as well. Where the middle of a month begins, nobody knows."""
    first, last = span.earliest, span.latest
    yield first, last, span.precision if span.precision in _WHOLE else ""
    if span.precision == "part-month" and (first.year, first.month) == (last.year, last.month):
        yield first.replace(day=1), month_end(last.year, last.month), "month"
    if span.precision == "part-year" and first.year == last.year:
        yield date(first.year, 1, 1), date(last.year, 12, 31), "year"


_WHOLE = frozenset({"month", "season", "year"})


def _gravity(days, *, is_near, has_year):
    """None where nothing near it speaks of a birth or a death, and it may be about anything."""
    if days > _A_MONTH or not has_year:
        return (MEDIUM if days <= _A_WEEK else LOW) if is_near else None
    if days <= _A_FEW_DAYS:
        return HIGH
    return MEDIUM if is_near or days <= _A_WEEK else LOW


def _day(text, day, secret):
    years = {one.year for one in secret.few_days if (one.day, one.month) == (day.day, day.month)}
    if day.year is not None and not any(is_year(day.year, year) for year in years):
        return None
    is_near = _is_about(text, day.start, day.end, secret.what)
    said = f" {day.how}," if day.how else ""
    if day.how == BARE_FIGURES and not is_near:
        return None
    if day.year is None:
        severity = HIGH if is_near and day.how != BARE_FIGURES else MEDIUM
        why = f"This is the day and month {secret.why}"
    elif day.is_sure:
        severity, why = (
            HIGH,
            f"This is,{said} the date {secret.why}" if said else f"This is the date {secret.why}",
        )
    elif day.how.startswith("as six") and not is_near:
        return None
    else:
        severity = MEDIUM if is_near else LOW
        why = f"This is,{said} the date {secret.why}"
    return _found(day.start, day.end, secret, why, severity)


def _is_about(text, start, end, what):
    return bool(IS_ABOUT[what].search(text.sentence(start, end)))


def _found(start, end, secret, why, severity):
    return Found(start, end, f"date of {secret.what}", why, severity, secret.person)
