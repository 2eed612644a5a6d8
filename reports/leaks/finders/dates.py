"""Dates of birth and death that are told more exactly than the rule for them allows."""

import re
from dataclasses import dataclass
from datetime import date

from foundations.dates import find_dates
from foundations.dates.words import MONTH_NAMES
from reports.leaks.finders.days import days_in, is_year
from reports.leaks.finders.nearby_days import told_by_others
from reports.leaks.hits import HIGH, LOW, MEDIUM, Found

_COARSER_THAN_DAY = frozenset(("month-year", "season", "year", "age", "age-band", "nothing"))
_COARSER_THAN_MONTH = _COARSER_THAN_DAY - {"month-year"}
_COARSER_THAN_SEASON = _COARSER_THAN_MONTH - {"season"}
_COARSER_THAN_YEAR = _COARSER_THAN_SEASON - {"year"}
_ABOUT = {
    "birth": re.compile(r"\b(?:born|birth|birthday|d\.?o\.?b\.?)\b", re.I),
    "death": re.compile(
        r"\b(?:died|dies|dead|deaths?|deceased|killed|killing|homicide|murder(?:ed)?|manslaughter|fatal(?:ly)?"
        r"|stabb(?:ed|ing)|pronounced|passed away|suicide|body|post[- ]mortem)\b",
        re.I,
    ),
}
_DAY_BEFORE = re.compile(r"[0-9](?:st|nd|rd|th)?(?: of)? ?$")
_WAYS = {"month": _COARSER_THAN_MONTH, "season": _COARSER_THAN_SEASON, "year": _COARSER_THAN_YEAR}
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
    def why(self):
        return f"of {self.what} of {self.person}; the rule allows {_SAID[self.rule]}."

    def is_in_month(self):
        return (self.earliest.year, self.earliest.month) == (self.latest.year, self.latest.month)


class Dates:
    def __init__(self, register):
        self.secrets = [secret for one in register.people for secret in _secrets(one)]
        self.by_day = {}
        for secret in self.secrets:
            if secret.is_day:
                key = secret.earliest.day, secret.earliest.month
                self.by_day.setdefault(key, []).append(secret)

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
        yield from told_by_others(text, days, list(self.by_day.values()))
        yield from self._coarser(text)
        yield from self._months_alone(text)

    def _coarser(self, text):
        """Months, seasons and years with a date in them that may not be told so exactly."""
        for found in find_dates(text.text, limits=False):
            value = found.reading.value
            rules = _WAYS.get(value.precision)
            if rules is None or not value.earliest or not value.latest:
                continue
            for secret in self.secrets:
                inside = value.earliest <= secret.earliest and secret.latest <= value.latest
                if not inside or secret.rule not in rules:
                    continue
                is_near = _is_about(text, found.start, found.end, secret.what)
                if value.precision == "month" or is_near:
                    severity = MEDIUM if is_near and value.precision == "month" else LOW
                    why = f"This is the {value.precision} {secret.why}"
                    yield _found(found.start, found.end, secret, why, severity)

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
        if value.earliest and value.latest and rule in _COARSER_THAN_DAY:
            yield Secret(one.pseudonym, what, rule, value.earliest, value.latest)


def _day(text, day, secret):
    if day.year is not None and not is_year(day.year, secret.earliest.year):
        return None
    is_near = _is_about(text, day.start, day.end, secret.what)
    said = f" {day.how}," if day.how else ""
    if day.year is None:
        if re.match(r"[ ,]{0,2}[0-9]{2}", text.text[day.end : day.end + 4]):
            return None
        severity = HIGH if is_near else MEDIUM
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
    return bool(_ABOUT[what].search(text.sentence(start, end)))


def _found(start, end, secret, why, severity):
    return Found(start, end, f"date of {secret.what}", why, severity, secret.person)
