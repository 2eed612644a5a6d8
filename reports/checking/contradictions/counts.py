"""The same thing counted differently in two places, or differently from what the review holds."""

import re
from collections import defaultdict

from reports.checking.contradictions.counting import Count, counts_in
from reports.checking.lists_below import list_after
from reports.checking.numbers import said
from reports.checking.twins import can_be_one_time
from reports.checking.values import Confidence, Contradiction, Kind

LEAST_SHARED_WEIGHT = 10.0  # of the other words, where the thing counted is no thing of the review
LEAST_SHARE = 0.4  # of the weight of those of the lighter sentence
_PASSING = re.compile(
    r"\b(?:by then|so far|to date|at (?:that|the) time|initially|originally|at first|had become|now|later|then|subsequently)\b",
    re.I,
)

_EXPLAINED = re.compile(r"\bcount(?:ed|ing)\b", re.I)  # "[the two wards have been counted as two]"

_LISTED = re.compile(
    r"\bfollowing (?:agencies|organisations|bodies)\b[^.;]{0,40}\b(?:submitted|provided|completed|produced)\b[^.;]{0,20}"
    r"\b(?:IMRs?|Individual Management Reviews?)(?![\w-])",
    re.I,
)


def find(reading):
    told = defaultdict(list)
    for sentence in reading.narrative:
        for count in (
            *(counts_in(sentence) if sentence.has_number else ()),
            *_in_list(reading, sentence),
        ):
            told[count.label].append(count)
    for label, counts in told.items():
        yield from _differing(reading, label, counts)
        yield from _against_held(reading, label, counts)


def _in_list(reading, sentence):
    """A list that says of itself which agencies it holds counts them."""
    match = _LISTED.search(sentence.text)
    items = list_after(reading, sentence) if match else []
    if items:
        many = len(items)
        yield Count("Individual Management Reviews", many, many, sentence, *match.span())


def _differing(reading, label, counts):
    for at, one in enumerate(counts):
        for other in counts[at + 1 :]:
            if (
                one.sentence is not other.sentence
                and _differ(one, other)
                and _same_thing(reading, one, other)
            ):
                yield _contradiction(label, one, other)
                return


def _differ(one, other):
    return one.high < other.low or other.high < one.low


def _same_thing(reading, one, other):
    a, b = one.sentence, other.sentence
    if not can_be_one_time(a, b) or _PASSING.search(a.text) or _PASSING.search(b.text):
        return False
    if one.is_known:
        return True
    if a.people != b.people or a.is_hypothetical or b.is_hypothetical:
        return False
    own = set(one.label.split())
    shared, lighter = (
        (a.stems & b.stems) - own,
        min(a.stems - own, b.stems - own, key=reading.weight),
    )
    weight = reading.weight(shared)
    return weight >= LEAST_SHARED_WEIGHT and weight >= LEAST_SHARE * reading.weight(lighter)


def _contradiction(label, one, other):
    a, b = _told(one), _told(other)
    is_sure = one.is_known and not (_EXPLAINED.search(a) or _EXPLAINED.search(b))
    lead = (
        f"The number of {label} differs"
        if one.is_known
        else "The same thing seems to be counted in two ways"
    )
    return Contradiction(
        Kind.COUNTS,
        tuple(count.sentence.place(count.start, count.end) for count in (one, other)),
        f"{lead}: {a} and {b}.",
        Confidence.HIGH if is_sure else Confidence.MEDIUM,
    )


def _told(count):
    """The words that count, or how long the list is that does."""
    words = count.sentence.text[count.start : count.end]
    return f"a list of {said(count.low)}" if _LISTED.fullmatch(words) else f"“{words}”"


def _against_held(reading, label, counts):
    held = _held(reading.facts).get(label)
    if held is None:
        return
    for count in counts:
        if not count.low <= held <= count.high:
            yield Contradiction(
                Kind.COUNTS,
                (count.sentence.place(count.start, count.end),),
                f"The text speaks of {count.sentence.text[count.start : count.end]}; the review holds {said(held)}.",
                Confidence.HIGH,
            )


def _held(facts):
    held = {
        name.lower().replace("panel meetings", "meetings of the panel"): many
        for name, many in facts.counts.items()
    }
    for label, rows in (
        ("lessons", facts.lessons),
        ("recommendations in all", facts.recommendations),
        ("terms of reference", facts.terms),
    ):
        if rows:
            held.setdefault(label, len(rows))
    return held
