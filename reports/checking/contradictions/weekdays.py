"""On which day of the week the body was found or somebody was killed, told in two ways, or against the date."""

import re
from collections import defaultdict
from typing import NamedTuple

from reports.checking.contradictions.milestones import nearest_date
from reports.checking.values import Confidence, Contradiction, Kind, Place

_DAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
_DAY = re.compile(rf"\bon (?:the |a )?({'|'.join(_DAYS)})\b", re.I)
EVENTS = (
    ("the finding of the body", r"\b(?:body|dead|deceased|lifeless)\b[^.;]{0,30}\bfound\b|\bfound\b[^.;]{0,30}\b(?:body|dead|deceased|lifeless)\b"),
    ("the killing", r"\b(?:was|were) (?:killed|murdered|stabbed to death|fatally \w+)\b"),
)  # fmt: skip
_EVENTS = tuple((label, re.compile(words, re.I)) for label, words in EVENTS)
_NEAR = 60  # characters
_ELSE = re.compile(
    r"\b(?:before|after|since|until|following|previous|earlier|later|last seen|next)\b", re.I
)


class Told(NamedTuple):
    day: int
    people: frozenset
    words: str
    place: Place


def find(reading):
    told = defaultdict(list)
    for sentence in reading.narrative:
        if not (sentence.is_hypothetical or sentence.is_denied):
            for label, one in _told(sentence):
                told[label].append(one)
    for label, several in told.items():
        yield from _differing(label, several)


def _told(sentence):
    for label, pattern in _EVENTS:
        for match in pattern.finditer(sentence.text):
            people = frozenset(one.person for one in sentence.mentions if "'s " not in one.person)
            found = nearest_date(sentence, match)
            if found and found.reading.value.is_exact:
                day, start, end = found.reading.value.earliest.weekday(), found.start, found.end
            elif not sentence.dates and (said := _day_beside(sentence.text, match)):
                day, start, end = _DAYS.index(said[1].lower()), *said.span()
            else:
                continue
            start, end = min(start, match.start()), max(end, match.end())
            yield label, Told(day, people, sentence.text[start:end], sentence.place(start, end))


def _day_beside(text, event):
    """The one day of the week near the words of the event, with nothing between that moves it."""
    days = list(_DAY.finditer(text))
    if len(days) != 1:
        return None
    first, last = sorted((days[0].span(), event.span()))
    between = text[first[1] : last[0]]
    return None if len(between) > _NEAR or _ELSE.search(between) else days[0]


def _differing(label, several):
    for at, one in enumerate(several):
        for other in several[at + 1 :]:
            if one.place.at == other.place.at or one.day == other.day:
                continue
            if one.people and other.people and not one.people & other.people:
                continue
            yield Contradiction(
                Kind.WEEKDAYS,
                (one.place, other.place),
                f"The day of {label} is given as “{one.words}” and as “{other.words}”.",
                Confidence.MEDIUM,
            )
            return
