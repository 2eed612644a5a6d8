"""One event told in two places under two dates.

Events that happen again and again read alike: two dates that differ by a slip of the pen say more than
two that have nothing in common, and two chapters of a report say more than one list of events.
"""

import re

from reports.checking.sentences import PERHAPS
from reports.checking.twins import are_about_the_same, can_be_one_time
from reports.checking.values import Confidence, Contradiction, Kind

LIKE = 0.6
VERY_LIKE = 0.8
WEIGHTY = 24.0
SLIP_LIKENESS = 0.5
SLIP_WEIGHT = 12.0
_CLAUSE_ENDS = re.compile(r"[,;]|\b(?:and|but|which)\b")
WINDOW = 45  # characters around a date
MOST_DATES = 2  # what is told under more dates than that happened more than once
ONCE_MORE = re.compile(r"\b(?:again|another|further|second|third|next|also|repeated)\b", re.I)
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
    if not (one.when and other.when) or can_be_one_time(one, other):
        return False
    if _is_perhaps(one) or _is_perhaps(other) or not are_about_the_same(one, other):
        return False
    if _either(ONCE_MORE, pair) or _is_label(one) or _is_label(other):
        return False
    return _is_slip_of_the_pen(pair) if is_slip(one.when, other.when) else _is_told_again(pair)


def _is_perhaps(sentence):
    """Whether what was to be, and not what was, stands near the date."""
    first = sentence.dates[0]
    after = _CLAUSE_ENDS.split(sentence.text[first.end : first.end + WINDOW])[0]
    near = sentence.text[max(0, first.start - WINDOW) : first.end] + after
    return bool(PERHAPS.search(near)) or sentence.text.startswith("If ")


def _is_label(sentence):
    """ "November 2014: the forum was merged": the date is that of the news."""
    first = sentence.dates[0]
    return not sentence.text[: first.start].strip(" *(") and bool(
        re.match(r"\s*[:–-]", sentence.text[first.end :])
    )


def _is_slip_of_the_pen(pair):
    if pair.likeness < SLIP_LIKENESS or pair.weight < SLIP_WEIGHT:
        return False
    is_one_list = pair.one.passage.section is pair.other.passage.section
    return pair.likeness >= VERY_LIKE or not (is_one_list or _either(_AGAIN, pair))


def _is_told_again(pair):
    if pair.one.passage.section is pair.other.passage.section or _either(_AGAIN, pair):
        return False
    return pair.likeness >= LIKE and pair.weight >= WEIGHTY


def _either(words, pair):
    return words.search(pair.one.text) or words.search(pair.other.text)


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
