"""Two short statements, or two of one day, that are alike but for one thing: an hour, a number, a grade, a
word of which only one can be so.

What is laid side by side is the frame of each: its words and people without the value. A long sentence
tells of much and is left to those who compare events; a short one that has the frame of another says the
same thing, or gainsays it.
"""

import re
from collections import defaultdict
from itertools import combinations
from typing import NamedTuple

from reports.checking.contradictions.opposites import opposites_of, spans_in
from reports.checking.contradictions.refuted import denial, two_dates
from reports.checking.contradictions.slots import ORDINALS, SLOTS
from reports.checking.twins import can_be_one_time
from reports.checking.values import Confidence, Contradiction, Kind
from reports.checking.words import stem

OF_ONE_DAY = 0.45  # of the weight of the lighter frame
ALIKE = 0.85
MUTUAL = 0.6  # of the heavier
ONE_FRAME, ONE_FRAME_MUTUAL = 0.95, 0.5  # where nothing but a date or a "not" sets them apart
A_PERSON = 1.5  # what a name weighs: less than a rare word, more than none
LONGEST = 12  # words of a short statement
LEAST_WORDS = 2  # and people, that both name
MOST_OFTEN = 30  # sentences that have a word; one that more have finds no pair
_LIGHT = frozenset(
    map(
        stem,
        [
            "took",
            "place",
            "hold",
            "held",
            "happened",
            "occurred",
            "carried",
            "made",
            "given",
            "number",
            "total",
            "date",
            "day",
        ],
    )
)
_AGAIN = re.compile(
    r"\b(?:again|another|further|next|also|repeated|(?:second|third|fourth|fifth) (?!child|baby|pregnan|marriage|husband|wife|floor))\b",
    re.I,
)
_LEFT_OUT = _LIGHT | {stem(word) for word in ORDINALS}
_MORE = re.compile(
    r"\b(?:later|then|earlier|previously|initially|eventually|until|by then|again|also|now|still|increased|reduced|rose|fell|changed|revised|updated"
    r"|re-?assessed|each|every|per|between|usually|sometimes|often|aged?|years? old|(?:older|younger) than|approximately|about|around|almost|nearly|over|more than|at least|up to|less than)\b",
    re.I,
)


class Frame(NamedTuple):
    """`stems` are what the statement says besides its values, `people` of whom."""

    sentence: object
    stems: frozenset
    people: frozenset


def find(reading):
    frames = [_frame(one) for one in reading.narrative if _can_be_compared(one)]
    for one, other, is_one_day in _pairs(frames):
        if not (one.people <= other.people or other.people <= one.people):
            continue
        found = None
        if _is_one_frame(reading, one, other):
            found = denial(one, other) or two_dates(one, other)
        if not found and _can_be_of_one(one, other, is_one_day=is_one_day):
            found = _of_one_time(reading, one, other, is_one_day=is_one_day)
        if found:
            yield found


def _of_one_time(reading, one, other, *, is_one_day):
    found = _of_the_day(one, other) if is_one_day else None
    if found is None and _is_one_thing(reading, one, other, is_one_day=is_one_day):
        found = _difference(one, other, is_one_day=is_one_day)
    return found


def _can_be_compared(sentence):
    """A whole sentence that tells what was: no label, no row of a table, nobody's account."""
    text = sentence.text
    if sentence.is_hypothetical or sentence.is_told or _AGAIN.search(text):
        return False
    if "|" in text or text.rstrip().endswith(":"):
        return False
    return bool(sentence.when or len(sentence.stems) <= LONGEST)


def _frame(sentence):
    values = [(one.start, one.end) for one in sentence.numbers] + spans_in(sentence.text)
    stems = {
        word
        for at, _, word in sentence.words
        if not word[0].isdigit() and not any(a <= at < b for a, b in values)
    }
    return Frame(sentence, frozenset(stems - _LEFT_OUT), sentence.people)


def _pairs(frames):
    """(Frame, Frame, whether both give the same exact day), each two once."""
    met = set()
    by_day, by_word = defaultdict(list), defaultdict(list)
    for one in frames:
        if one.sentence.when and one.sentence.when.is_exact:
            by_day[one.sentence.when.earliest].append(one)
        if len(one.sentence.stems) <= LONGEST:
            for word in one.stems:
                by_word[word].append(one)
    for is_one_day, groups in ((True, by_day), (False, by_word)):
        for several in groups.values():
            if len(several) > MOST_OFTEN:
                continue
            for one, other in combinations(several, 2):
                key = (one.sentence, other.sentence)
                if one.sentence.passage is not other.sentence.passage and key not in met:
                    met.add(key)
                    yield one, other, is_one_day


def _can_be_of_one(one, other, *, is_one_day):
    if one.sentence.is_denied != other.sentence.is_denied:
        return False
    return is_one_day or can_be_one_time(one.sentence, other.sentence)


def _is_one_thing(reading, one, other, *, is_one_day):
    shared = one.stems & other.stems
    if not shared or (
        not is_one_day and len(shared) + len(one.people & other.people) < LEAST_WORDS
    ):
        return False
    lighter, heavier = sorted(_weight(reading, each.stems, each.people) for each in (one, other))
    both = _weight(reading, shared, one.people & other.people)
    if is_one_day:
        return both >= lighter * OF_ONE_DAY
    return both >= lighter * ALIKE and both >= heavier * MUTUAL


def _is_one_frame(reading, one, other):
    """Hardly a word is left over on either side, and there are enough of them."""
    shared, people = one.stems & other.stems, one.people & other.people
    if len(shared) + len(people) < LEAST_WORDS or not shared:
        return False
    both = _weight(reading, shared, people)
    weights = [_weight(reading, each.stems, each.people) for each in (one, other)]
    return both >= min(weights) * ONE_FRAME and both >= max(weights) * ONE_FRAME_MUTUAL


def _weight(reading, stems, people):
    return reading.weight(stems) + A_PERSON * len(people)


def _of_the_day(one, other):
    """What has one value on a day, whatever else is said."""
    slots = (slot for slot in SLOTS if slot.is_of_the_day)
    return _first_difference(slots, one, other)


def _difference(one, other, *, is_one_day):
    """The first slot that both fill, each with one value, and differently."""
    is_one_chapter = one.sentence.passage.section is other.sentence.passage.section
    slots = [
        slot
        for slot in SLOTS
        if not slot.is_of_the_day
        and (is_one_day or not slot.needs_day)
        and not (slot.comes_often and is_one_chapter)
    ]
    if found := _first_difference(slots, one, other, is_one_day=is_one_day):
        return found
    a, b = one.sentence, other.sentence
    if _MORE.search(a.text) or _MORE.search(b.text):
        return None
    words = next(opposites_of(a.text, b.text), None)
    return _contradiction(Kind.OPPOSITES, a, b, *words) if words else None


def _first_difference(slots, one, other, *, is_one_day=True):
    a, b = one.sentence, other.sentence
    is_vague = bool(_MORE.search(a.text) or _MORE.search(b.text))
    for slot in slots:
        if is_vague and not slot.is_sure:
            continue
        found, against = slot.values_in(a), slot.values_in(b)
        for what in found.keys() & against.keys():
            x, y = found[what], against[what]
            if slot.differ(x, y) and (is_one_day or not _is_part(slot, one, other, x, y)):
                return _contradiction(slot.kind, a, b, x.words, y.words)
    return None


def _is_part(slot, one, other, x, y):
    """Whether the lesser number is said of less: "arrested four times", "three times for theft"."""
    if not slot.is_a_count:
        return False
    (a,), (b,) = x.values, y.values
    lesser, greater = (one, other) if a < b else (other, one)
    return bool(lesser.stems - greater.stems)


def _contradiction(kind, one, other, a, b):
    return Contradiction(
        kind,
        (one.place(), other.place()),
        f"These read like one thing told twice: one says “{a}”, the other “{b}”.",
        Confidence.MEDIUM,
    )
