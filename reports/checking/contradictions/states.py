"""What one person is said to be in two ways at the same time: married and single, of two origins, born in two places."""

import re
from collections import defaultdict
from typing import NamedTuple

from reports.checking.twins import can_be_one_time
from reports.checking.values import Confidence, Contradiction, Kind

# {what it is: ways of being so}. Two ways of one thing exclude each other; what changes needs one time.
LASTING = {
    "ethnicity": {
        "white": r"\b(?:White (?:British|English|Irish|European|Other|Welsh|Scottish|UK))\b",
        "Asian": r"\b(?:British )?Asian\b|\bof (?:Pakistani|Indian|Bangladeshi|South Asian|Chinese) (?:heritage|origin|descent|ethnicity)\b|\b(?:British )?(?:Pakistani|Bangladeshi)\b",
        "black": r"\bBlack (?:British|African|Caribbean)\b|\bof (?:African|Caribbean) (?:heritage|origin|descent)\b",
        "mixed": r"\b(?:mixed|dual) (?:heritage|race|ethnicity)\b",
    },
    "the hand used": {"left-handed": r"\bleft[- ]handed\b", "right-handed": r"\bright[- ]handed\b"},
    "the place among brothers and sisters": {
        "eldest": r"\bwas (?:the )?(?:eldest|oldest|first-born)(?= (?:child|daughter|son|of)\b)",
        "youngest": r"\bwas (?:the )?youngest(?= (?:child|daughter|son|of)\b)",
        "middle": r"\bwas (?:the )?middle(?= (?:child|daughter|son)\b)",
    },
    "the funeral": {"burial": r"\bwas buried\b", "cremation": r"\bwas cremated\b"},
    "the place of birth": {},
    "the command of English": {
        "English": r"\b(?:was|is) fluent in English\b|\bspoke (?:good|fluent|excellent) English\b|\bEnglish (?:was|is) [^.;]{0,20}first language\b",
        "little English": r"\bspoke (?:little|no|limited|very little|hardly any|poor) English\b|\b(?:needed|required) an interpreter\b|\bcould not speak English\b|\bEnglish (?:was|is) not [^.;]{0,20}first language\b",
    },
}
PASSING = {
    "marital status": {
        "married": r"\b(?:was|is|were|are|remained|still) (?:legally |still |happily )?married\b",
        "single": r"\b(?:was|is) (?:single|a single (?:man|woman|mother|father|parent)|unmarried|not married)\b|\bhad never (?:been )?married\b|\bnever married\b",
        "divorced": r"\b(?:was|is|were|had been) divorced\b",
        "widowed": r"\b(?:was|is) (?:widowed|a widow|a widower)\b",
    },
    "employment": {
        "employed": r"\b(?:was|is) (?:in (?:full[- ]time|part[- ]time|paid)? ?(?:employment|work)|employed|working (?:full|part)[- ]time)\b|\bworked (?:full|part)[- ]time\b",
        "unemployed": r"\b(?:was|is) (?:unemployed|out of work|not (?:working|employed|in (?:work|employment)))\b|\bnever (?:worked|(?:had|held) (?:a|any|paid) (?:job|work|employment)|been in (?:paid )?(?:work|employment))\b",
    },
}  # fmt: skip
NEVER = re.compile(r"\bnever\b", re.I)
_BORN_IN = re.compile(
    r"\bwas born (?:and (?:raised|brought up) )?in ([A-Z][a-z]+(?: [A-Z][a-z]+)?)"
)
_LIVES_IN = re.compile(r"\b(?:still |now )?lives in ([A-Z][a-z]+(?: [A-Z][a-z]+)?)")
_COMPILED = [
    (thing, way, re.compile(pattern, re.I if thing != "ethnicity" else 0), is_lasting)
    for group, is_lasting in ((LASTING, True), (PASSING, False))
    for thing, ways in group.items()
    for way, pattern in ways.items()
]
_THEN = re.compile(
    r"\b(?:at (?:the|that) time|previously|formerly|had been|then|later|until|before|after|when|since|became|by then|by this|initially|earlier|now|again|at one)\b",
    re.I,
)


class Said(NamedTuple):
    way: str
    sentence: object
    start: int
    end: int
    is_lasting: bool


def find(reading):
    said = defaultdict(list)
    for sentence in reading.narrative:
        if sentence.is_hypothetical:
            continue
        for thing, one in _states(sentence):
            for who in _who(sentence, one):
                said[thing, who].append(one)
    for (thing, who), several in said.items():
        yield from _differing(thing, who, several)


def _who(sentence, one):
    """Whoever stands before it; both of two, where "were" follows "and"."""
    who = sentence.subject_before(one.start, one.end)
    before = [m for m in sentence.mentions if m.end <= one.start]
    is_of_both = sentence.text[one.start : one.start + 4].lower() == "were" and len(before) > 1
    if is_of_both and sentence.text[before[-2].end : before[-1].start].strip() == "and":
        return [before[-2].person, before[-1].person]
    return [who] if who else []


def _states(sentence):
    for thing, way, pattern, is_lasting in _COMPILED:
        for match in pattern.finditer(sentence.text):
            yield thing, Said(way, sentence, match.start(), match.end(), is_lasting)
    for match in _BORN_IN.finditer(sentence.text):
        yield "the place of birth", Said(match[1], sentence, match.start(), match.end(), True)
    for match in _LIVES_IN.finditer(sentence.text):
        yield "the home", Said(match[1], sentence, match.start(), match.end(), True)


def _differing(thing, who, several):
    for at, one in enumerate(several):
        for other in several[at + 1 :]:
            if (
                one.way != other.way
                and one.sentence is not other.sentence
                and _at_one_time(one, other)
            ):
                yield Contradiction(
                    Kind.STATES,
                    tuple(s.sentence.place(s.start, s.end) for s in (one, other)),
                    f"{thing[0].upper()}{thing[1:]} of {who} is given as “{_words(one)}” and as “{_words(other)}”.",
                    Confidence.HIGH if one.is_lasting else Confidence.MEDIUM,
                )
                return


def _words(one):
    return one.sentence.text[one.start : one.end]


def _at_one_time(one, other):
    if one.is_lasting:
        return True
    a, b = one.sentence, other.sentence
    if any(NEVER.search(_words(s)) and not s.sentence.dates for s in (one, other)):
        return True
    if _THEN.search(a.text) or _THEN.search(b.text):
        return False
    if bool(a.nearest_date) != bool(b.nearest_date):
        return False
    return can_be_one_time(a, b)
