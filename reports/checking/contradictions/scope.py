"""From when to when the review looks, told in two ways."""

import re
from typing import NamedTuple

from reports.checking.contradictions.durations import ranges_in
from reports.checking.values import Confidence, Contradiction, Kind

_SCOPE = re.compile(
    r"\b(?:scope of (?:the|this) (?:review|DHR|DARDR)|(?:period|time ?frame|time ?scale|time span)s? (?:under review|of (?:the|this) review|covered by|for (?:the|this) review|of the terms)"
    r"|review period|scoping period|terms of reference (?:cover|run|span)\w*|(?:review|DHR|DARDR|panel|report) (?:covers?|covered|covering|looks? at|looked at|considers?|considered|examines?|examined|spans?|focus(?:es|ed)? on)"
    r"(?: events| contact\w*| involvement)?(?: \w+){0,3}? (?:period|time ?frame|events|contacts?|from|between))\b",
    re.I,
)
_PART = re.compile(
    r"\b(?:except|however|extended|originally|initially|agenc(?:y|ies) (?:was|were) asked|IMR|chronology of|summary of|but)\b",
    re.I,
)
_NEAR = 90  # characters


class Span(NamedTuple):
    first: object
    last: object
    sentence: object
    start: int
    end: int


def find(reading):
    told = []
    for sentence in reading.narrative:
        match = _SCOPE.search(sentence.text)
        if match and sentence.dates and not _PART.search(sentence.text):
            spans = [Span(*one[:2], sentence, *one[2:]) for one in ranges_in(sentence)]
            told += [one for one in spans if match.start() <= one.start <= match.end() + _NEAR][:1]
    for at, one in enumerate(told):
        for other in told[at + 1 :]:
            if _differ(one, other):
                yield Contradiction(
                    Kind.DATES,
                    tuple(each.sentence.place(each.start, each.end) for each in (one, other)),
                    f"The time under review is given as {_said(one)} and as {_said(other)}.",
                    Confidence.HIGH,
                )
                return


def _differ(one, other):
    if one.sentence.passage is other.sentence.passage:
        return False
    return not (one.first.overlaps(other.first) and one.last.overlaps(other.last))


def _said(one):
    return f"{one.first.text} to {one.last.text}"
