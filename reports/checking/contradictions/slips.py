"""A day that the document names more than once, and beside the same words a day that differs by a slip.

The sentences may have little else in common: what stands close to the date must be the same.
"""

import re
from collections import defaultdict
from typing import NamedTuple

from reports.checking.contradictions.retold_dates import ONCE_MORE, is_slip
from reports.checking.values import Confidence, Contradiction, Kind

WINDOW = 75  # characters on either side of a date
LEAST_SHARED_WORDS = 2
LEAST_WEIGHT = 8.0
ALONE_WEIGHT = 14.0  # where neither day is named twice
RARE = 12  # sentences: one of the words shared is in no more
_BREAK = re.compile(r"[.;]\s")
_ANOTHER = re.compile(
    r"\b(?:between|until|following day|next day|later|previous|earlier|same day|target|due)\b",
    re.I,
)


class Dated(NamedTuple):
    value: object  # a PartialDate of one day
    sentence: object
    start: int
    end: int
    stems: frozenset


def find(reading):
    dated = list(_dated(reading))
    by_day = defaultdict(list)
    for one in dated:
        by_day[one.value.earliest].append(one)
    days = list(by_day)
    for at, day in enumerate(days):
        for other in days[at + 1 :]:
            if is_slip(by_day[day][0].value, by_day[other][0].value):
                yield from _slip(reading, by_day[day], by_day[other])


def _dated(reading):
    for sentence in reading.narrative:
        for found in sentence.dates:
            value = found.reading.value
            if value.is_exact and value.precision in {"day", "minute"}:
                start, end = _window(sentence.text, found)
                if not _ANOTHER.search(sentence.text, start, end):
                    near = (word for at, _, word in sentence.words if start <= at < end)
                    stems = frozenset(word for word in near if len(word) > 2)
                    yield Dated(value, sentence, found.start, found.end, stems)


def _window(text, found):
    """From and to where the words belong to the date: not past the end of the clause."""
    before = text[max(0, found.start - WINDOW) : found.start]
    after = text[found.end : found.end + WINDOW]
    begins = max((m.end() for m in _BREAK.finditer(before)), default=0)
    ends = min((m.start() for m in _BREAK.finditer(after)), default=len(after))
    return found.start - len(before) + begins, found.end + ends


def _slip(reading, ones, others):
    """The likest two of the sentences that give the one day and the other."""
    best, most = (
        None,
        LEAST_WEIGHT if max(len(_passages(ones)), len(_passages(others))) > 1 else ALONE_WEIGHT,
    )
    for one in ones:
        for other in others:
            weight = _shared_weight(reading, one, other)
            if weight >= most:
                best, most = (one, other), weight
    if best and not {one.sentence.passage for one in best} & _passages(ones) & _passages(others):
        yield _contradiction(*best)  # a paragraph that gives both days knows of two events


def _passages(several):
    return {one.sentence.passage for one in several}


def _shared_weight(reading, one, other):
    a, b = one.sentence, other.sentence
    shared = one.stems & other.stems
    if len(shared) < LEAST_SHARED_WORDS or a.passage.section is b.passage.section:
        return 0
    if ONCE_MORE.search(a.text) or ONCE_MORE.search(b.text):
        return 0
    if a.people and b.people and not a.people & b.people:
        return 0
    if abs((one.value.earliest - other.value.earliest).days) == 1:
        return 0  # one step follows the other
    if min(reading.many.get(word, 0) for word in shared) > RARE:
        return 0
    return reading.weight(shared)


def _contradiction(one, other):
    return Contradiction(
        Kind.DATES,
        tuple(dated.sentence.place(dated.start, dated.end) for dated in (one, other)),
        f"{one.value.text} and {other.value.text} stand beside the same words, and differ in one part only.",
        Confidence.MEDIUM,
    )
