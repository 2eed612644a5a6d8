"""The same thing counted differently in two places, or differently from what the review holds."""

import re
from collections import defaultdict

from reports.checking.contradictions.counting import Count, counts_in
from reports.checking.contradictions.recommending import LABELS, makes_one_list
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

_MET_ON = re.compile(
    r"\bpanel (?:(?:has |had )?met|meetings (?:were held|took place)) (?:formally )?on (?=\w*\s?\d)",
    re.I,
)
_EXPLAINED_DAYS = re.compile(
    r"\b(?:first|last|also|again|then|further|including|among|extraordinary|additional|with)\b",
    re.I,
)
_LEAST_DAYS = 3
_NUMBERED = re.compile(r"\brecommendation (\d{1,2})\b(?![.\d])", re.I)
_OF_ANOTHER = re.compile(
    r"\b(?:earlier|previous|another|other|last) (?:\w+ )?(?:reviews?|reports?|DHRs?)\b|\b(?:19|20)\d\d\b",
    re.I,
)

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
            *_met_on(sentence),
        ):
            told[count.label].append(count)
    for label, counts in told.items():
        yield from _against_held(reading, label, counts)
    for label, counts in _together(reading, told).items():
        yield from _differing(reading, label, counts)
    yield from _beyond(reading, told)


def _together(reading, told):
    """{label: [Count]}, all recommendations under one where the document has no others than its own."""
    if not makes_one_list(reading):
        return told
    one_list = [count for label in LABELS for count in told.get(label, ())]
    one_list.sort(key=lambda count: (count.sentence.order, count.start))
    others = {label: counts for label, counts in told.items() if label not in LABELS}
    return {**others, LABELS[0]: one_list}


def _in_list(reading, sentence):
    """A list that says of itself which agencies it holds counts them."""
    match = _LISTED.search(sentence.text)
    items = list_after(reading, sentence) if match else []
    if items:
        many = len(items)
        yield Count("Individual Management Reviews", many, many, sentence, *match.span())


def _met_on(sentence):
    """ "The panel met on 4 May, 6 June and 3 July 2018" counts its meetings."""
    match = _MET_ON.search(sentence.text)
    if not match or _EXPLAINED_DAYS.search(sentence.text):
        return
    days = [
        one for one in sentence.dates if one.start >= match.end() - 1 and one.reading.value.is_exact
    ]
    if len(days) >= _LEAST_DAYS and len(days) == len(sentence.dates):
        many = len(days)
        yield Count("meetings of the panel", many, many, sentence, match.start(), days[-1].end)


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


def _beyond(reading, told):
    """ "Recommendation 7" of a report that makes six."""
    counts = [count for label in LABELS for count in told.get(label, ()) if count.is_known]
    if not counts or not makes_one_list(reading) or len({count.high for count in counts}) > 1:
        return
    for sentence in reading.narrative:
        for match in _NUMBERED.finditer(sentence.text):
            if int(match[1]) > counts[0].high and not _OF_ANOTHER.search(sentence.text):
                count = counts[0]
                yield Contradiction(
                    Kind.COUNTS,
                    tuple(
                        sorted(
                            {
                                count.sentence.place(count.start, count.end),
                                sentence.place(*match.span()),
                            }
                        )
                    ),
                    f"The report speaks of {match[0].lower()}, and of {said(count.high)} recommendations in all.",
                    Confidence.MEDIUM,
                )
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
