"""How long a court sent somebody to prison, as prose says it: the sentence, and the least of it that is served."""

import re
from typing import NamedTuple

from reports.checking.numbers import HALF, NUMBER, said, worth


def _many(at=""):
    return rf"(?P<n{at}>{NUMBER})(?P<half{at}>{HALF})?"


def _time(at=""):
    """The words for a length of time, with its own names for the groups."""
    return rf"{_many(at)}(?:[- ]|'s? )*(?P<unit{at}>year|month|week)s?'?"


_LEAST = re.compile(
    rf"\bminimum (?:term|tariff|sentence|period)?(?: (?:to be served|of|to serve of|is|was|being|set at|at|fixed at))* ?{_time()}|\bminimum of {_time(2)}"
    rf"|\b(?:(?:serve|spend) (?:a minimum of |at least |no less than )|(?:must|has to|have to|will have to|required to|ordered to) (?:serve|spend) ){_time(3)}|\btariff (?:of|was|was set at) {_time(4)}"
    rf"|\b(?:minimum )?(?:term|tariff)(?: for [\w ]{{1,30}}?)?(?: (?:of|is|was|set at|fixed at))+ {_many(5)}(?![\w%-]| ?(?:years?|months?|weeks?|days?|per ?cent)\b)"
    rf"|\b{_time(6)} before (?:(?:he|she|they) (?:can|could|may|might|will|is|was)|being|becoming|any|parole|release|the parole)",
    re.I,
)
_PRISON = re.compile(
    rf"\b(?:sentenced|sentence|jailed|imprisoned|received|term|given)\b[^.;]{{0,70}}?{_time()}(?:'?,? (?:of )?(?:in )?(?P<what>imprisonment|prison|custody|custodial|jail|detention|sentence))?",
    re.I,
)
_TIME_SENTENCE = re.compile(
    rf"\b{_time()} ?(?:(?:prison|custodial|jail|determinate|extended) )?(?P<what>sentence)\b"
    rf"|\b{_time(2)} ?(?:prison|custodial|jail) (?P<what2>term)|\bprison for {_time(3)}|\b{_time(4)} (?:in|of) (?:prison|custody|jail|imprisonment)\b",
    re.I,
)
_IS_PRISON = re.compile(
    r"\b(?:sentenced|jailed|imprisoned|imprisonment|sentence (?:of|was|is|being|set))\b", re.I
)
_LIFE = re.compile(
    r"\blife (?:imprisonment|sentence|term)|\b(?:imprisonment|imprisoned|jailed|sentenced) (?:for|to) life\b",
    re.I,
)
_DAYS = {"year": 365.25, "month": 30.44, "week": 7}
_STEP = 5  # days: what differs by less is the same length in other units
LONG = 4 * 365  # days: what a lesser offence seldom brings


class Length(NamedTuple):
    """`value` is a number of steps of days, or "life"."""

    is_least: bool
    value: object
    words: str
    start: int
    end: int

    @property
    def is_long(self):
        return self.value == "life" or self.value * _STEP >= LONG


def lengths_in(text):
    """The Lengths that a sentence of prose tells; none of them twice."""
    least = list(_LEAST.finditer(text))
    yield from (_length(match, is_least=True) for match in least)
    life = _LIFE.search(text)
    if life:
        yield Length(False, "life", life[0], *life.span())
        return
    taken = [match.span() for match in least]
    for match in (*_PRISON.finditer(text), *_TIME_SENTENCE.finditer(text)):
        at = match.start(
            next(name for name in ("n", "n2", "n3", "n4") if match.groupdict().get(name))
        )
        if _is_prison(match) and not any(a <= at < b for a, b in taken):
            taken.append(match.span())
            yield _length(match, is_least=False)


def _is_prison(match):
    is_said = match.re is _TIME_SENTENCE or match["what"]
    return bool(is_said or _IS_PRISON.search(match[0]))


def _length(match, *, is_least):
    groups = {name.rstrip("23456"): value for name, value in match.groupdict().items() if value}
    unit = groups.get("unit", "year").lower()
    many = worth(groups["n"]) + (0.5 if groups.get("half") else 0)
    return Length(
        is_least, round(many * _DAYS[unit] / _STEP), f"{said(many)} {unit}s", *match.span()
    )
