"""One thing told in two places that differ in who, in how many, in yes or no, or in one of two opposites.

Each pair of sentences that seem to tell of one thing is laid side by side; what is left over on either
side says how they differ. Somebody's account may differ from another's: such sentences are left out.
"""

import re

from reports.checking.contradictions.opposites import opposites_of
from reports.checking.numbers import said
from reports.checking.twins import are_about_the_same, can_be_one_time
from reports.checking.values import Confidence, Contradiction, Kind

LIKE = 0.62
VERY_LIKE = 0.75
WEIGHTY = 16.0
WEIGHTY_ON_ONE_DAY = 10.0
WEIGHTY_ALONE = 8.0
ALL_BUT_ONE_WORD = 0.75  # of the weight of the heavier sentence
HALF = 0.5  # of the weight of the heavier sentence
REACH = 10  # characters between "not" and what is denied
_AGAIN = re.compile(
    r"\b(?:again|another|further|also|second|third|next|previous\w*|earlier|later|other|initially|eventually|subsequent\w*|still|until|first)\b",
    re.I,
)
_VERB = re.compile(r"\b(?:was|were|had|did|has|have|is|are|does|do|[a-z]+ed)\b", re.I)


def find(reading):
    for pair in reading.pairs:
        one, other = pair.one, pair.other
        if pair.likeness < LIKE or not can_be_one_time(one, other):
            continue
        if pair.weight < _needed_weight(pair):
            continue
        if one.is_hypothetical or other.is_hypothetical:
            continue
        if _AGAIN.search(one.text) or _AGAIN.search(other.text) or not _is_retelling(pair):
            continue
        yield from _differences(pair)


def _is_retelling(pair):
    """Two chapters, or one day: one list of events has many that read alike."""
    one, other = pair.one, pair.other
    is_one_day = one.when and other.when and one.when.is_exact and other.when.is_exact
    return (
        is_one_day or one.passage.section is not other.passage.section or pair.likeness >= VERY_LIKE
    )


def _needed_weight(pair):
    """Less where hardly anything else is said in either, and where both give the same day."""
    if pair.mutual >= ALL_BUT_ONE_WORD:
        return WEIGHTY_ALONE
    return WEIGHTY_ON_ONE_DAY if _is_one_day(pair.one, pair.other) else WEIGHTY


def _is_one_day(one, other):
    """Both give an exact day; that it can be the same is known already."""
    return bool(one.when and other.when and one.when.is_exact and other.when.is_exact)


def _differences(pair):
    if are_about_the_same(pair.one, pair.other):
        if pair.one.is_told or pair.other.is_told:
            return
        found = _denied(pair) or _opposite(pair) or _counted(pair)
    else:
        found = _who(pair)
    if found:
        yield found


def _contradiction(kind, pair, explanation):
    is_sure = pair.likeness >= VERY_LIKE
    places = (pair.one.place(), pair.other.place())
    return Contradiction(
        kind, places, explanation, Confidence.HIGH if is_sure else Confidence.MEDIUM
    )


def _denied(pair):
    """One says that it was, the other that it was not, and nothing else much differs."""
    denied, said_so = (pair.one, pair.other) if pair.one.is_denied else (pair.other, pair.one)
    if not _VERB.search(denied.text) or not _VERB.search(said_so.text):
        return None
    if said_so.is_denied or pair.mutual < HALF or not denied.denies(pair.shared, within=REACH):
        return None
    return _contradiction(
        Kind.DENIALS,
        pair,
        "These read like two accounts of one thing: one says that it was so, the other that it was not.",
    )


def _opposite(pair):
    if pair.one.is_denied != pair.other.is_denied:
        return None
    for a, b in opposites_of(pair.one.text, pair.other.text):
        return _contradiction(
            Kind.OPPOSITES,
            pair,
            f"These read like two accounts of one thing: one says “{a}”, the other “{b}”.",
        )
    return None


def _counted(pair):
    """The same word with two numbers."""
    a, b = _numbered(pair.one), _numbered(pair.other)
    for word in a.keys() & b.keys():
        if a[word].isdisjoint(b[word]) and len(a[word]) == len(b[word]) == 1:
            (x,), (y,) = a[word], b[word]
            return _contradiction(
                Kind.COUNTS,
                pair,
                f"These read like two accounts of one thing: one has the number {said(x)}, the other {said(y)}.",
            )
    return None


def _numbered(sentence):
    """{stem of the word after it: numbers}"""
    found = {}
    for number in sentence.numbers:
        word = next((w for start, _, w in sentence.words if 0 < start - number.end <= 2), None)
        if word:
            found.setdefault(word, set()).add(number.value)
    return found


def _who(pair):
    """The same thing done by two people, neither of whom is spoken of with the other."""
    one, other = pair.one, pair.other
    if pair.likeness < VERY_LIKE or one.is_denied != other.is_denied:
        return None
    if not (one.subject and other.subject) or not (one.mentions and other.mentions):
        return None
    is_swapped = one.people == other.people and len(one.people) == 2
    if one.people & other.people and (not is_swapped or one.is_told or other.is_told):
        return None
    if not _is_one_day(one, other) and (
        one.when or other.when or one.passage.section is other.passage.section
    ):
        return None
    return _contradiction(
        Kind.WHO,
        pair,
        f"The same thing seems to be said of {one.subject} in one place and of {other.subject} in the other.",
    )
