"""What a statement gives a value: an hour, a score, a grade of risk, a sum of money, how many of what."""

import re
from collections.abc import Callable
from typing import NamedTuple

from reports.checking.contradictions.durations import ranges_in
from reports.checking.contradictions.prison import lengths_in
from reports.checking.numbers import NUMBER, worth
from reports.checking.values import Kind
from reports.checking.words import stem

_CLOCK = re.compile(
    r"(?<![\d.:£])(?P<h>[01]?\d|2[0-4])(?:[:.](?P<m>[0-5]\d))?\s?(?P<half>[ap])\.?m\b\.?"
    r"|(?<![\d.:£])(?P<h2>[01]?\d|2[0-4]):(?P<m2>[0-5]\d)(?![\d:])"
    r"|\b(?:at|around|about|approximately)\s(?P<h3>[01]?\d|2[0-4])\.(?P<m3>[0-5]\d)(?![\d.])(?:\s?(?P<half3>[ap])\.?m\b)?"
    r"|(?<![\d.:£])(?P<h4>[01]\d|2[0-4])[.:]?(?P<m4>[0-5]\d) ?(?:hrs|hours|h)\b",
    re.I,
)
_LEVEL = r"(?P<level>high|medium|standard|low)"
_RISK = re.compile(
    rf"\b{_LEVEL}[- ]risk\b|\brisk\b[^.;]{{0,50}}?\b(?:as|was|is|at|to be|of|remained|level:?) (?:a |being )?{_LEVEL.replace('level', 'level2')}\b(?! (?:priority|quality))"
    rf"|\b(?:DASH|RIC|risk assessment)\b[^.;]{{0,50}}?\b(?:graded|assessed|rated|as|of|at|was) (?:a |being )?{_LEVEL.replace('level', 'level3')}\b",
    re.I,
)
_SCORE = re.compile(
    rf"\b(?:scor(?:e|ed|ing|es)|total)\b(?: (?:of|was|at|is|a|as))* (?P<n>{NUMBER})\b|\b(?P<n2>{NUMBER}) (?:ticks|points|positive answers|yes answers|[\"']?yes[\"']? answers)\b"
    rf"|\b(?:DASH|RIC)\b[^.;]{{0,30}}\bof (?P<n3>\d{{1,2}})(?! \w+ 20)\b",
    re.I,
)
_SCORED = re.compile(r"\b(?:DASH|RIC|PHQ|GAD|score|scored|scoring|checklist|AUDIT)\b", re.I)
_MONEY = re.compile(r"£\s?(?P<n>\d[\d,]*(?:\.\d\d)?)(?P<k>k| thousand| million)?", re.I)
ORDINALS = [
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
]
_OF_ONE = "child|baby|pregnancy|marriage|husband|wife|floor"
_ORDINAL = re.compile(rf"\b(?P<n>{'|'.join(ORDINALS)}) (?P<of>{_OF_ONE})\b", re.I)
_UNITS = "kg|kilograms?|stone|mg|ml|miles?|metres?|weeks? pregnant|per cent|%"
_MEASURE = re.compile(rf"(?P<n>\d+(?:\.\d+)?) ?(?P<of>{_UNITS})", re.I)
_MINUTES_APART = 10
_TOLD_ELSEWHERE = frozenset(map(stem, ["siblings"]))  # "one of four" has three


class Value(NamedTuple):
    """Of one thing that a sentence says: `values` are all that it says of it."""

    values: frozenset
    words: str


class Slot(NamedTuple):
    """`values_in(sentence)` gives {what: Value}. `needs_day`: it changes from day to day. `comes_often`:
    one chapter tells it of several things that read alike. `is_sure`: "about" changes nothing.
    `is_of_the_day`: somebody has one of it on a day, whatever else is said. `apart`: by how much it differs
    at least."""

    kind: Kind
    values_in: Callable
    needs_day: bool = False
    comes_often: bool = False
    is_sure: bool = False
    is_of_the_day: bool = False
    is_a_count: bool = False
    apart: int = 0

    def differ(self, one, other):
        if len(one.values) != 1 or len(other.values) != 1:
            return False
        (a,), (b,) = one.values, other.values
        return a != b and (not self.apart or abs(a - b) > self.apart)


def _by(found):
    """{what: Value} of [(what, value, words)]."""
    values, words = {}, {}
    for what, value, said in found:
        values.setdefault(what, set()).add(value)
        words.setdefault(what, said)
    return {what: Value(frozenset(several), words[what]) for what, several in values.items()}


def _groups(match):
    return {name.rstrip("234"): value for name, value in match.groupdict().items() if value}


def _hours(sentence):
    return _by(
        ("hour", _minutes(_groups(one)), one[0].strip()) for one in _CLOCK.finditer(sentence.text)
    )


def clock_times(text):
    """[(minutes since midnight, start, end)] in the order of the text."""
    return [(_minutes(_groups(one)), *one.span()) for one in _CLOCK.finditer(text)]


def _minutes(said):
    hour, half = int(said["h"]), (said.get("half") or "").lower()
    hour = hour % 12 + 12 * (half == "p") if half else hour
    return hour * 60 + int(said.get("m") or 0)


def _levels(sentence):
    found = (
        ("risk", _groups(one)["level"].lower().replace("low", "standard"), one[0])
        for one in _RISK.finditer(sentence.text)
    )
    return _by(found)


def _scores(sentence):
    if not _SCORED.search(sentence.text):
        return {}
    return _by(
        ("score", worth(_groups(one)["n"]), one[0]) for one in _SCORE.finditer(sentence.text)
    )


def _sums(sentence):
    return _by(
        ("sum", (one["n"].replace(",", ""), (one["k"] or "").strip()), one[0])
        for one in _MONEY.finditer(sentence.text)
    )


def _measures(sentence):
    return _by((one["of"].lower(), one["n"], one[0]) for one in _MEASURE.finditer(sentence.text))


def _ordinals(sentence):
    found = _ORDINAL.finditer(sentence.text)
    return _by((stem(one["of"]), one["n"].lower(), one[0]) for one in found)


def _ranges(sentence):
    """From and to which day, where both ends are days."""
    found = [
        ("range", (first.earliest, last.earliest), sentence.text[start:end])
        for first, last, start, end in ranges_in(sentence)
        if first.is_exact and last.is_exact
    ]
    return _by(found)


def _counts(sentence):
    """How many of what: the word after the number, or the one after that."""
    found, taken = [], [one.span() for one in _CLOCK.finditer(sentence.text)]
    taken += [(one.start, one.end) for one in lengths_in(sentence.text)]
    for number in sentence.numbers:
        if any(a <= number.start < b for a, b in taken):
            continue
        following = [word for at, _, word in sentence.words if 0 < at - number.end <= 14]
        if following and following[0] not in _TOLD_ELSEWHERE:
            words = sentence.text[number.start : number.end + 20].rsplit(" ", 1)[0]
            found.append((following[0], number.value, words))
    return _by(found)


SLOTS = (
    Slot(Kind.STATES, _levels, is_sure=True, is_of_the_day=True),
    Slot(Kind.COUNTS, _scores, is_sure=True, is_of_the_day=True),
    Slot(Kind.DATES, _hours, needs_day=True, comes_often=True, is_sure=True, apart=_MINUTES_APART),
    Slot(Kind.COUNTS, _measures),
    Slot(Kind.COUNTS, _sums),
    Slot(Kind.COUNTS, _ordinals),
    Slot(Kind.DATES, _ranges, is_sure=True),
    Slot(Kind.COUNTS, _counts, is_a_count=True),
)
