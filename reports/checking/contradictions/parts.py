"""A part of a whole said in words, "half of the staff", against the numbers or the share given for the same thing."""

import re
from itertools import combinations
from typing import NamedTuple

from reports.checking.numbers import NUMBER, worth
from reports.checking.twins import can_be_one_time
from reports.checking.values import Confidence, Contradiction, Kind

_NAMED = {
    "half": 2, "third": 3, "quarter": 4, "fifth": 5, "sixth": 6, "seventh": 7, "eighth": 8, "ninth": 9, "tenth": 10,
}  # fmt: skip
_ABOVE = r"(?:over|more than|just over|well over|at least|above)"
_BELOW = r"(?:under|less than|fewer than|just under|below|at most|up to)"
_NEARLY = r"(?:nearly|almost|close to)"
_ABOUT = r"(?:about|around|approximately|roughly|some)"
_LEAD = rf"(?:(?P<above>{_ABOVE})|(?P<below>{_BELOW})|(?P<nearly>{_NEARLY})|(?P<about>{_ABOUT}))"
_SHARE = re.compile(
    rf"\b(?:{_LEAD} )?(?:"
    rf"(?:(?P<many>an?|one|two|three|four|five|six|seven|eight|nine)[- ])?(?P<named>half|halves|third|quarter|fifth|sixth|seventh|eighth|ninth|tenth)s?(?= (?:of|were|was|had|have|said|did|felt|knew|could)\b| [\[(])"
    rf"|(?P<most>(?:the|a) (?:\w+ )?majority|most)(?= (?:of|were|had|said|did)\b| [\[(])|(?P<few>(?:a|the) minority)\b"
    rf"|(?P<part>{NUMBER}) (?:in|out of)(?: every)? (?P<whole>{NUMBER})\b"
    r"|(?P<percent>\d{1,3}(?:\.\d+)?) ?(?:%|per ?cent\b))",
    re.I,
)
# "half of the staff (12 of 40)": what the words and the numbers in brackets both say.
_BESIDE = re.compile(
    rf"(?: of [^.;()\[\]]{{1,60}}?)?,? ?[\[(](?:[a-z.,]+ ){{0,3}}?(?:(?P<part>{NUMBER}) ?(?:/|out of(?: the)?|of(?: the)?) ?(?P<whole>{NUMBER})\b|(?P<percent>\d{{1,3}}(?:\.\d+)?) ?(?:%|per ?cent\b))",
    re.I,
)
_NO_SHARE = re.compile(
    r"\b(?:first|second|half|last|the other|another|other|a|one|sister|brother|time and a|and a|third|trimester|quarter to|past) $",
    re.I,
)
_OF_A_PART = re.compile(
    r"\b(?:of (?:these|those|them|whom|which)|compar\w+|increas\w+|rose|fell|fallen|risen|rate|target|the rest|remaining|remainder|other)\b",
    re.I,
)
LOOSE = 0.055  # what a fraction in words leaves open, either way
LOOSER = 0.08  # where "about" stands before it
NEARLY = 0.12
LEAST_WEIGHT = 8.0  # of the words that two sentences share
LEAST_SHARE = 0.6  # of the weight of the lighter


class Part(NamedTuple):
    """Between `low` and `high`, 0 to 1, of something."""

    low: float
    high: float
    is_in_words: bool
    sentence: object
    start: int
    end: int

    @property
    def words(self):
        return self.sentence.text[self.start : self.end]


def find(reading):
    alone = []
    for sentence in reading.narrative:
        parts = list(parts_in(sentence))
        for part in parts:
            yield from _beside(part)
        if len(parts) == 1 and not _OF_A_PART.search(sentence.text):
            alone += parts
    yield from _told_twice(reading, alone)


def parts_in(sentence):
    """The Parts that a sentence tells, those in brackets behind another left out."""
    ends = 0
    for match in _SHARE.finditer(sentence.text):
        if match.start() < ends:
            continue
        bounds = _bounds(match, sentence.text[: match.start()])
        if bounds:
            beside = _BESIDE.match(sentence.text, match.end())
            ends = beside.end() if beside else match.end()
            is_in_words = (not match["percent"] and not match["part"]) or " in " in match[0]
            yield Part(*bounds, is_in_words, sentence, *match.span())


def _bounds(match, before):
    """(low, high) of what the words say, or None where they say no part."""
    if match["most"]:
        return 0.5, 1.0
    if match["few"]:
        return 0.0, 0.5
    if match["named"]:
        if _NO_SHARE.search(before):
            return None
        value, loose = _named(match), LOOSE
    elif match["percent"]:
        value, loose = float(match["percent"]) / 100, 0.006
    else:
        part, whole = worth(match["part"]), worth(match["whole"])
        if not 0 < part <= whole:
            return None
        value, loose = part / whole, 0.006 if whole > 10 else LOOSE
    return _led(match, value, loose) if value <= 1 else None


def _named(match):
    many = (match["many"] or "a").lower()
    named = match["named"].lower().replace("halves", "half")
    return (1 if many in {"a", "an"} else worth(many)) / _NAMED[named]


def _led(match, value, loose):
    if match["above"]:
        return value, 1.0
    if match["below"]:
        return 0.0, value
    if match["nearly"]:
        return value - NEARLY, value
    loose = LOOSER if match["about"] else loose
    return max(0.0, value - loose), min(1.0, value + loose)


def _beside(part):
    """The fraction against the numbers in brackets behind it; shares.py does so for figures."""
    match = _BESIDE.match(part.sentence.text, part.end)
    if not match or not part.is_in_words:
        return
    if match["percent"]:
        share = float(match["percent"]) / 100
    else:
        share = worth(match["part"]) / (worth(match["whole"]) or 1)
    if not part.low <= share <= part.high and 0 < share <= 1:
        yield Contradiction(
            Kind.SHARES,
            (part.sentence.place(part.start, match.end()),),
            f"“{part.words}” is not {share:.1%}, which the numbers beside it come to.",
            Confidence.HIGH,
        )


def _told_twice(reading, parts):
    for one, other in combinations(parts, 2):
        if (one.high < other.low or other.high < one.low) and _is_one_thing(reading, one, other):
            yield Contradiction(
                Kind.SHARES,
                tuple(part.sentence.place(part.start, part.end) for part in (one, other)),
                f"The same part of a whole seems to be given as “{one.words}” and as “{other.words}”.",
                Confidence.MEDIUM,
            )


def _is_one_thing(reading, one, other):
    a, b = one.sentence, other.sentence
    if a.passage is b.passage or a.people != b.people or a.is_denied != b.is_denied:
        return False
    weight = reading.weight(a.stems & b.stems)
    lighter = min(reading.weight(a.stems), reading.weight(b.stems))
    return weight >= max(LEAST_WEIGHT, LEAST_SHARE * lighter) and can_be_one_time(a, b)
