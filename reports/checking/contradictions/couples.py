"""What two people went through together: told with two dates, in an order in which it cannot come, or as having
lasted two lengths of time."""

import re
from collections import defaultdict
from itertools import chain
from typing import NamedTuple

from foundations.dates import PartialDate
from reports.checking.contradictions.durations import LENGTH, days_of
from reports.checking.contradictions.lives import deaths_in
from reports.checking.contradictions.milestones import nearest_date
from reports.checking.values import Confidence, Contradiction, Kind, Place

# In the order in which they come.
STEPS = (
    ("the beginning of the relationship", r"\brelationship\b[^.;,]{0,40}\b(?:began|started|commenced)\b|\b(?:began|started|formed|entered into) (?:a|their|the) relationship\b|\bbecame (?:a couple|partners)\b|\bgot together\b"),
    ("the marriage", r"\b(?:got |were |was )?married\b(?! (?:life|couple|man|woman|name))|\bwedding\b"),
    ("the divorce", r"\b(?:were |was |got )?divorced\b|\bdivorce\b[^.;,]{0,40}\b(?:was|became|came)\b|\bdecree absolute\b"),
)  # fmt: skip
_STEPS = tuple((at, label, re.compile(words, re.I)) for at, (label, words) in enumerate(STEPS))
_ABOUT = r"(?P<about>about |around |approximately |almost |nearly |over |more than |just over |some |at least )?"
_LASTED = (
    re.compile(
        rf"\b(?P<what>relationship|marriage)\b[^.;,]{{0,50}}?\b(?:had |has )?lasted (?:for )?{_ABOUT}{LENGTH}",
        re.I,
    ),
    re.compile(
        rf"\b(?P<what>together|in a relationship|a couple|married)(?: \w+){{0,4}}? for {_ABOUT}{LENGTH}",
        re.I,
    ),
)
_ELSE = re.compile(
    r"\b(?:again|re-?married|second|third|previous\w*|former|earlier|planned|proposed|on and off|by then|not|never)\b",
    re.I,
)
_AT_DEATH = re.compile(
    r"\bwhen (?:he|she) (?:died|was (?:killed|murdered))|\bat the (?:time|date) of (?:the|his|her) (?:death|murder|killing|homicide)|\bby the time (?:he|she) died\b",
    re.I,
)
_LEAST_APART = 300  # days
_SLACK = 0.15  # of the longer, where one is "about"


class Step(NamedTuple):
    order: int
    label: str
    when: PartialDate
    place: Place


class Length(NamedTuple):
    days: float
    is_about: bool
    is_at_death: bool
    words: str
    place: Place


def find(reading):
    steps, lengths = defaultdict(list), defaultdict(list)
    for sentence in reading.narrative:
        if sentence.is_hypothetical or _ELSE.search(sentence.text):
            continue
        if (pair := _pair(sentence)) is None:
            continue
        for step in _steps(sentence):
            steps[pair].append(step)
        for what, length in _lengths(sentence):
            lengths[pair, what].append(length)
    for pair, several in steps.items():
        yield from _two_dates(pair, several)
        yield from _out_of_order(pair, several)
    died = {who: when for who, (when, _) in deaths_in(reading).items()}
    for (pair, what), several in lengths.items():
        yield from _two_lengths(pair, what, several)
        death = next((died[who] for who in sorted(pair) if who in died), None)
        begins = next((one for one in steps[pair] if one.order == (what == "marriage")), None)
        if death and begins:
            yield from _against_beginning(pair, what, several, begins, death)


def _pair(sentence):
    """The two of whom a sentence speaks, none of them by kin; None where there are not two."""
    people = {one.person for one in sentence.mentions if "'s " not in one.person}
    if (
        not people
        and sentence.before
        and re.match(r"\W*(?:they|the couple)\b", sentence.text, re.I)
    ):
        return _pair(sentence.before)
    return frozenset(people) if len(people) == 2 else None


def _steps(sentence):
    for order, label, pattern in _STEPS if sentence.dates else ():
        for match in pattern.finditer(sentence.text):
            found = nearest_date(sentence, match)
            if found and found.reading.value.earliest and found.reading.value.latest:
                start, end = min(found.start, match.start()), max(found.end, match.end())
                yield Step(order, label, found.reading.value, sentence.place(start, end))


def _lengths(sentence):
    if not sentence.has_number or sentence.dates:
        return
    for match in chain.from_iterable(one.finditer(sentence.text) for one in _LASTED):
        if match["unit"].lower() in {"year", "month"}:
            days = days_of(match["number"], match["half"], match["unit"])
            is_marriage = match["what"].lower() in {"marriage", "married"}
            length = Length(
                days,
                bool(match["about"]),
                bool(_AT_DEATH.search(sentence.text)),
                match[0],
                sentence.place(*match.span()),
            )
            yield ("marriage" if is_marriage else "relationship"), length


def _two_dates(pair, several):
    for at, one in enumerate(several):
        for other in several[at + 1 :]:
            is_one = one.order == other.order and one.place.at != other.place.at
            if is_one and not one.when.overlaps(other.when):
                yield Contradiction(
                    Kind.DATES,
                    (one.place, other.place),
                    f"The date of {one.label} of {_said(pair)} is given as {one.when.text} and {other.when.text}.",
                    Confidence.HIGH,
                )
                return


def _out_of_order(pair, several):
    for one in several:
        for other in several:
            if one.order < other.order and one.when.earliest > other.when.latest:
                yield Contradiction(
                    Kind.ORDER,
                    tuple(sorted({one.place, other.place})),
                    f"Of {_said(pair)}, {other.label} ({other.when.text}) is dated before {one.label} ({one.when.text}).",
                    Confidence.HIGH,
                )
                return


def _two_lengths(pair, what, several):
    for at, one in enumerate(several):
        for other in several[at + 1 :]:
            if one.place.at != other.place.at and _differ(one, other):
                yield Contradiction(
                    Kind.DURATIONS,
                    (one.place, other.place),
                    f"How long the {what} of {_said(pair)} had lasted is given as “{one.words}” and as “{other.words}”.",
                    Confidence.MEDIUM,
                )
                return


def _against_beginning(pair, what, several, begins, death):
    """How long it had lasted at the death, against the day on which it began."""
    shortest = (death.earliest - begins.when.latest).days
    longest = (death.latest - begins.when.earliest).days
    for one in several:
        slack = _LEAST_APART + (one.days * _SLACK if one.is_about else 0)
        if one.is_at_death and not shortest - slack <= one.days <= longest + slack:
            yield Contradiction(
                Kind.DURATIONS,
                tuple(sorted((begins.place, one.place))),
                f"“{one.words}” does not go with the {what} of {_said(pair)}, which began {begins.when.text}, and the death ({death.text}).",
                Confidence.MEDIUM,
            )
            return


def _differ(one, other):
    slack = max(one.days, other.days) * _SLACK if one.is_about or other.is_about else 0
    return abs(one.days - other.days) > _LEAST_APART + slack


def _said(pair):
    return " and ".join(sorted(pair))
