"""How far a pregnancy had come on one day, against the day of the birth."""

import re
from typing import NamedTuple

from reports.checking.contradictions.durations import LENGTH, UNITS, days_of
from reports.checking.contradictions.milestones import nearest_date
from reports.checking.values import Confidence, Contradiction, Kind

_PREGNANT = re.compile(
    rf"\b(?P<about>about |around |approximately |almost |nearly |over |some )?{LENGTH}[- ]+pregnant\b",
    re.I,
)
_BIRTH = re.compile(
    r"\bgave birth\b|\b(?:son|daughter|child|baby|twins|Child \w{1,2})\b[^.;,]{0,12}? (?:was|were) born\b",
    re.I,
)
_ENDED = re.compile(r"\b(?:miscarr\w+|terminat\w+|stillb\w+|abortion|lost the baby)\b", re.I)
_WHOLE = 280  # days
_SLACK = 50  # a child is born early, and weeks are counted roughly
_WITHIN = 420  # what is later is another birth


class Told(NamedTuple):
    who: str
    earliest: object
    latest: object
    words: str
    sentence: object
    place: object


def find(reading):
    if any(_ENDED.search(sentence.text) for sentence in reading.narrative):
        return
    far, births = [], []
    for sentence in reading.narrative:
        if sentence.dates and not (sentence.is_hypothetical or sentence.is_denied):
            far += _told(sentence, _PREGNANT)
            births += _told(sentence, _BIRTH)
    for one, days, slack in ((told, *_left(told)) for told in far):
        later = [birth for birth in births if _is_of_one(one, birth)]
        if len(later) == 1 and not _goes_with(one, later[0], days, slack):
            yield Contradiction(
                Kind.DURATIONS,
                tuple(sorted({one.place, later[0].place})),
                f"“{one.words}” does not go with a birth on the date that is given, {later[0].words}.",
                Confidence.MEDIUM,
            )


def _told(sentence, pattern):
    for match in pattern.finditer(sentence.text):
        found = nearest_date(sentence, match)
        who = sentence.subject_before(match.start(), match.end())
        if found and who and found.reading.value.earliest and found.reading.value.latest:
            value = found.reading.value
            start, end = min(found.start, match.start()), max(found.end, match.end())
            words = match[0] if pattern is _PREGNANT else value.text
            yield Told(
                who, value.earliest, value.latest, words, sentence, sentence.place(start, end)
            )


def _left(told):
    match = _PREGNANT.search(told.words)
    days = days_of(match["number"], match["half"], match["unit"])
    return _WHOLE - days, _SLACK + (UNITS["month"] if match["about"] else 0)


def _is_of_one(one, birth):
    """The next birth of the same woman, however it stands to the pregnancy but for years."""
    return one.who == birth.who and -_WHOLE <= (birth.latest - one.earliest).days <= _WITHIN


def _goes_with(one, birth, days, slack):
    shortest = (birth.earliest - one.latest).days
    longest = (birth.latest - one.earliest).days
    return shortest <= days + slack / 2 and longest >= days - slack * 2
