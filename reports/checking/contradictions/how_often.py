"""How often one did something with another, told with two numbers: "met the chair twice", "three times"."""

import re
from collections import defaultdict
from typing import NamedTuple

from reports.checking.contradictions.deed_counts import NARROWS, cannot_both_be
from reports.checking.numbers import NUMBER, said, worth
from reports.checking.twins import can_be_one_time
from reports.checking.values import Confidence, Contradiction, Kind
from reports.checking.words import stem

_OFTEN = re.compile(
    rf"\b(?P<verb>met|saw|rang|spoke|wrote|went|came|held|gave|took|made|fell|left|heard|[a-z]{{2,}}ed)\b(?P<whom>(?: (?!and\b|but\b|that\b|who\b|twice\b|once\b|thrice\b)[\w'-]+){{0,7}}?)"
    rf" (?:on )?(?:(?P<n>{NUMBER}) (?:separate |different )?(?:times|occasions)|(?P<twice>twice|thrice|once(?=[.,;]|$)))\b",
    re.I,
)
_ABOUT = re.compile(
    r"\b(?:at least|more than|over|up to|about|around|approximately|another|a further|further|only|every|each|per|or)\b",
    re.I,
)
_OF_TIMES = frozenset(map(stem, ["times", "occasions", "separate", "different"]))
ALIKE = 0.8  # of the weight of the lighter that both have
LEAST_NAMED = 2  # people and words besides the verb


class Often(NamedTuple):
    many: float
    is_part: bool  # "in 2014": not all of them
    stems: frozenset  # of the sentence, without the verb
    sentence: object
    start: int
    end: int


def find(reading):
    told = defaultdict(list)
    for sentence in reading.counting:
        if not (sentence.is_hypothetical or sentence.is_denied or sentence.is_told):
            for match in _OFTEN.finditer(sentence.text):
                if not _ABOUT.search(match[0]):
                    verb = stem(match["verb"])
                    told[verb].append(_often(sentence, match, verb))
    for several in told.values():
        yield from _differing(reading, several)


def _often(sentence, match, verb):
    many = worth(match["n"] or match["twice"])
    is_part = bool(NARROWS.match(sentence.text[match.end() :]) or sentence.when)
    spans = [(one.start, one.end) for one in sentence.numbers]
    stems = {w for at, _, w in sentence.words if not any(a <= at < b for a, b in spans)}
    stems = frozenset(stems - {verb, *_OF_TIMES})
    return Often(many, is_part, stems, sentence, *match.span())


def _differing(reading, several):
    for at, one in enumerate(several):
        for other in several[at + 1 :]:
            if cannot_both_be(one, other) and _is_one_thing(reading, one, other):
                words = [each.sentence.text[each.start : each.end] for each in (one, other)]
                yield Contradiction(
                    Kind.COUNTS,
                    tuple(each.sentence.place(each.start, each.end) for each in (one, other)),
                    f"How often is told with two numbers, {said(one.many)} and {said(other.many)}: “{words[0]}” and “{words[1]}”.",
                    Confidence.MEDIUM,
                )
                return


def _is_one_thing(reading, one, other):
    """The shorter names hardly anything that the longer does not, and the same people."""
    a, b = one.sentence, other.sentence
    if a.passage is b.passage or a.people != b.people or not can_be_one_time(a, b):
        return False
    shared = one.stems & other.stems
    if len(shared) + len(a.people) < LEAST_NAMED or not shared:
        return False
    lighter = min(reading.weight(one.stems), reading.weight(other.stems))
    return reading.weight(shared) >= ALIKE * lighter
