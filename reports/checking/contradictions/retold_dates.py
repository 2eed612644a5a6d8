"""One event told in two places under two dates.

Events that happen again and again read alike: two dates that differ by a slip of the pen say more than
two that have nothing in common, and two chapters of a report say more than one list of events.
"""

import re

from reports.checking.twins import are_about_the_same, can_be_one_time
from reports.checking.values import Confidence, Contradiction, Kind

LIKE = 0.6
VERY_LIKE = 0.8
WEIGHTY = 24.0
SLIP_LIKENESS = 0.5
SLIP_WEIGHT = 12.0
MOST_DATES = 2  # what is told under more dates than that happened more than once
_AGAIN = re.compile(
    r"\b(?:again|another|further|second|third|fourth|next|repeated|also|same day|following|later|subsequent\w*"
    r"|previous\w*|earlier|last|revised|annual|weekly|monthly)\b",
    re.I,
)


def find(reading):
    told = {}
    for pair in reading.pairs:
        if _is_one_event(pair):
            told.setdefault(pair.one, []).append(pair)
            told.setdefault(pair.other, []).append(pair)
    for sentence, pairs in told.items():
        for pair in pairs:
            is_first = pair.one is sentence
            if is_first and max(len(pairs), len(told[pair.other])) < MOST_DATES + 1:
                yield _contradiction(pair)


def _is_one_event(pair):
    one, other = pair.one, pair.other
    if (
        not (one.when and other.when)
        or can_be_one_time(one, other)
        or not are_about_the_same(one, other)
    ):
        return False
    if one.is_hypothetical or other.is_hypothetical:
        return False
    if is_slip(one.when, other.when):
        needs_again = pair.likeness < VERY_LIKE and (
            _AGAIN.search(one.text) or _AGAIN.search(other.text)
        )
        in_one_list = one.passage.section is other.passage.section and pair.likeness < VERY_LIKE
        return (
            pair.likeness >= SLIP_LIKENESS
            and pair.weight >= SLIP_WEIGHT
            and not needs_again
            and not in_one_list
        )
    if (
        one.passage.section is other.passage.section
        or _AGAIN.search(one.text)
        or _AGAIN.search(other.text)
    ):
        return False
    return pair.likeness >= LIKE and pair.weight >= WEIGHTY


def is_slip(one, other):
    """Whether two dates differ in one of day, month and year, or have day and month the wrong way round."""
    if one.precision != other.precision or not (one.earliest and other.earliest):
        return False
    a, b = one.earliest, other.earliest
    if one.is_exact and other.is_exact:
        same = (a.day == b.day) + (a.month == b.month) + (a.year == b.year)
        return same == 2 or (a.year == b.year and (a.day, a.month) == (b.month, b.day))
    if one.precision in {"month", "part-month", "season"}:
        return (a.month == b.month) != (a.year == b.year)
    return False


def _contradiction(pair):
    one, other = pair.one, pair.other
    is_sure = is_slip(one.when, other.when) and pair.likeness >= LIKE
    return Contradiction(
        Kind.DATES,
        (one.place(), other.place()),
        f"These read like two accounts of one event. One gives it the date {one.when.text}, the other {other.when.text}.",
        Confidence.HIGH if is_sure else Confidence.MEDIUM,
    )
