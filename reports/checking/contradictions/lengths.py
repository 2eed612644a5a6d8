"""How long one thing took, told in two lengths: the review, a trial, an inquest."""

import re
from collections import defaultdict
from typing import NamedTuple

from reports.checking.contradictions.durations import LENGTH, UNITS, days_of
from reports.checking.values import Confidence, Contradiction, Kind

_TOOK = re.compile(
    r"\b(?P<what>review|DHR|DARDR|trial|inquest|hearing|pregnancy|tenancy)\b(?! (?:panel|period))[^.;]{0,50}?\b(?:took|lasted|ran for|was (?:completed|concluded|finished)(?: (?P<within>within)| in)?)"
    rf" (?:a total of )?(?P<about>about |around |approximately |almost |nearly |over |more than |just over |just under |some |less than |at least )?{LENGTH}(?! (?:after|of|from|later|before|earlier))",
    re.I,
)
_SAME = {"dhr": "review", "dardr": "review"}
_ELSE = re.compile(r"\b(?:another|other|previous\w*|earlier|expected|planned|first|second)\b", re.I)
_SLACK = 0.45  # of the greater unit
_ABOUT = 0.2  # of the length


class Length(NamedTuple):
    shortest: float  # days
    longest: float
    slack: float
    sentence: object
    start: int
    end: int

    @property
    def words(self):
        return self.sentence.text[self.start : self.end]


def find(reading):
    told = defaultdict(list)
    for sentence in reading.counting:
        if sentence.is_hypothetical or sentence.is_denied or _ELSE.search(sentence.text):
            continue
        for match in _TOOK.finditer(sentence.text):
            what = match["what"].lower()
            told[_SAME.get(what, what)].append(_length(sentence, match))
    for what, several in told.items():
        yield from _differing(what, several)


def _length(sentence, match):
    days, about = days_of(match["number"], match["half"], match["unit"]), match["about"] or ""
    slack = UNITS[match["unit"].lower()] * _SLACK + (days * _ABOUT if about else 0)
    about = about.strip().lower()
    is_most = match["within"] or about in {"just under", "less than"}
    is_least = about in {"over", "more than", "at least"}
    return Length(
        0 if is_most else days, float("inf") if is_least else days, slack, sentence, *match.span()
    )


def _differing(what, several):
    for at, one in enumerate(several):
        for other in several[at + 1 :]:
            if _differ(one, other):
                yield Contradiction(
                    Kind.DURATIONS,
                    tuple(each.sentence.place(each.start, each.end) for each in (one, other)),
                    f"How long the {what} took is given as “{one.words}” and as “{other.words}”.",
                    Confidence.MEDIUM,
                )
                return


def _differ(one, other):
    if one.sentence.passage is other.sentence.passage:
        return False
    people = one.sentence.people, other.sentence.people
    if (all(people) and not people[0] & people[1]) or bool(people[0]) != bool(people[1]):
        return False
    slack = max(one.slack, other.slack)
    return one.longest + slack < other.shortest or other.longest + slack < one.shortest
