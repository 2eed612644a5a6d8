"""How often something was done to one person: "arrested four times" and "arrested five times"."""

import re
from collections import defaultdict
from typing import NamedTuple

from reports.checking.numbers import NUMBER, said, worth
from reports.checking.twins import can_be_one_time
from reports.checking.values import Confidence, Contradiction, Kind
from reports.checking.words import stem

_OFTEN = re.compile(
    rf"\b(?:was|were|had been|has been) (?P<verb>[a-z]+(?:ed|en)|seen|met|told)(?: (?:on|a total of|at least))? (?:(?P<n>{NUMBER}) (?:times|occasions)|(?P<twice>once|twice|thrice))\b",
    re.I,
)
NARROWS = re.compile(
    r"^\s*(?:for|by|in|at|with|when|where|during|between|since|after|before|because|on|about|to|under|from)\b",
    re.I,
)


class Often(NamedTuple):
    many: float
    is_part: bool  # "for assaulting her": not all of them
    sentence: object
    start: int
    end: int


def find(reading):
    told = defaultdict(list)
    for sentence in reading.counting:
        for match in _OFTEN.finditer(sentence.text):
            who = sentence.subject_before(match.start(), match.end())
            if who and "at least" not in match[0]:
                many = worth(match["n"] or match["twice"])
                is_part = bool(NARROWS.match(sentence.text[match.end() :]))
                told[who, stem(match["verb"])].append(Often(many, is_part, sentence, *match.span()))
    for (who, _), several in told.items():
        yield from _differing(who, several)


def _differing(who, several):
    for at, one in enumerate(several):
        for other in several[at + 1 :]:
            if (
                one.sentence is not other.sentence
                and cannot_both_be(one, other)
                and can_be_one_time(one.sentence, other.sentence)
            ):
                yield Contradiction(
                    Kind.COUNTS,
                    tuple(often.sentence.place(often.start, often.end) for often in (one, other)),
                    f"The same is told of {who} with two numbers: {said(one.many)} and {said(other.many)}.",
                    Confidence.MEDIUM,
                )
                return


def cannot_both_be(one, other):
    """All of them against all of them, or a part that is more than all."""
    if one.is_part and other.is_part:
        return False
    if one.is_part or other.is_part:
        part, whole = (one, other) if one.is_part else (other, one)
        return part.many > whole.many
    return one.many != other.many
