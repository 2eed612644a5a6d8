"""What one person did to another, told the other way round at the same time: "A stabbed B", "B stabbed A"."""

import re
from collections import defaultdict
from typing import NamedTuple

from reports.checking.values import Confidence, Contradiction, Kind
from reports.checking.words import stem

_ACTIVE = re.compile(
    r"^ (?:had |then |also |later |allegedly )?(?P<verb>[a-z]+(?:ed|it|ck|ew|ok)|hit|bit|shot|struck|cut|beat|threw|took|told|left|sent|paid) $"
)
_PASSIVE = re.compile(
    r"^ (?:was|had been) (?P<verb>[a-z]+(?:ed|en)|hit|bitten|shot|struck|cut|beaten) by $"
)


class Deed(NamedTuple):
    doer: str
    done_to: str
    sentence: object
    start: int
    end: int


def find(reading):
    deeds = defaultdict(list)
    for sentence in reading.narrative:
        when = sentence.when
        if (
            when
            and when.earliest
            and when.latest
            and not (sentence.is_hypothetical or sentence.is_denied)
        ):
            for verb, deed in _deeds(sentence):
                deeds[verb].append(deed)
    for several in deeds.values():
        yield from _the_other_way_round(several)


def _deeds(sentence):
    """(verb, Deed) of two people with nothing but the verb between them."""
    mentions = sentence.mentions
    for at in range(1, len(mentions)):
        one, other = mentions[at - 1], mentions[at]
        between = sentence.text[one.end : other.start]
        if one.is_possessive or other.is_possessive or one.person == other.person:
            continue
        if match := _ACTIVE.match(between):
            yield (
                stem(match["verb"]),
                Deed(one.person, other.person, sentence, one.start, other.end),
            )
        elif match := _PASSIVE.match(between):
            yield (
                stem(match["verb"]),
                Deed(other.person, one.person, sentence, one.start, other.end),
            )


def _the_other_way_round(several):
    for at, one in enumerate(several):
        for other in several[at + 1 :]:
            if not one.sentence.when.overlaps(other.sentence.when):
                continue
            is_turned = (one.doer, one.done_to) == (other.done_to, other.doer)
            if (
                is_turned
                and one.sentence.passage is not other.sentence.passage
                and not (one.sentence.is_told or other.sentence.is_told)
            ):
                yield Contradiction(
                    Kind.WHO,
                    tuple(deed.sentence.place(deed.start, deed.end) for deed in (one, other)),
                    f"Of {one.sentence.when.text}, one place says this of {one.doer}, the other of {other.doer}.",
                    Confidence.MEDIUM,
                )
                return
