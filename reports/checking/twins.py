"""Two sentences that seem to tell of one thing, in two places: where they differ, one of them is wrong.

Words that few sentences have say more than words that many have.
"""

from collections import Counter, defaultdict
from typing import NamedTuple

LEAST_SHARED_WORDS = 3
LEAST_WEIGHT = 7.0
LEAST_LIKENESS = 0.42
MOST_OFTEN = 40  # sentences that have a word; one that more have finds no pair
_KIN = "'s "


class Pair(NamedTuple):
    """`likeness` is the part of the weight of the lighter sentence that both have, 0 to 1; `mutual` of the heavier."""

    one: object  # a Sentence
    other: object
    likeness: float
    mutual: float
    weight: float
    shared: frozenset


def pairs_of(reading):
    """[Pair] of sentences in two paragraphs, the likest first."""
    holding = defaultdict(list)
    for sentence in reading.narrative:
        for word in sentence.stems:
            holding[word].append(sentence)
    met = Counter()
    for sentences in holding.values():
        if len(sentences) <= MOST_OFTEN:
            for at, one in enumerate(sentences):
                for other in sentences[at + 1 :]:
                    met[one, other] += 1
    found = (_pair(reading, *both) for both, often in met.items() if often >= LEAST_SHARED_WORDS)
    return sorted(filter(None, found), key=lambda pair: -pair.likeness)


def _pair(reading, one, other):
    if one.passage is other.passage:
        return None
    shared = one.stems & other.stems
    weight = reading.weight(shared)
    lighter, heavier = sorted((reading.weight(one.stems), reading.weight(other.stems)))
    if weight < LEAST_WEIGHT or not lighter or weight / lighter < LEAST_LIKENESS:
        return None
    return Pair(one, other, weight / lighter, weight / heavier, weight, shared)


def are_about_the_same(one, other):
    """Whom they speak of can be the same: the one they are about, else somebody named in both."""
    if one.subject and other.subject and one.subject != other.subject:
        return False
    a, b = _persons(one), _persons(other)
    return not a or not b or bool(a & b)


def can_be_one_time(one, other):
    """Whether nothing is said of when, or some day is common to a date of each."""
    a, b = _bounded(one), _bounded(other)
    return not a or not b or any(x.overlaps(y) for x in a for y in b)


def _bounded(sentence):
    return [found.reading.value for found in sentence.dates if found.reading.value.is_bounded]


def _persons(sentence):
    """Whoever is named, and the person whose mother is named too."""
    return {part for person in sentence.people for part in (person, person.split(_KIN)[0])}
