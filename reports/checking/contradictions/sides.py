"""Left in one place and right in another, of the same part of the same person and the same kind of harm."""

import re
from collections import defaultdict
from typing import NamedTuple

from reports.checking.values import Confidence, Contradiction, Kind

PARTS = (
    "hand|arm|forearm|upper arm|wrist|elbow|shoulder|finger|index finger|thumb|leg|thigh|calf|knee|ankle|foot|toe|hip|eye|eyelid|eye lid|ear|cheek|eyebrow|temple"
    "|jaw|breast|lung|kidney|side|flank|buttock|rib|ribs|collarbone|palm|shin|heel|nostril|groin|armpit|chest|neck|temporal"
    "|hemisphere|frontal lobe|femur|tibia|humerus|radius|ulna|carotid|jugular|ventricle"
)  # fmt: skip
# What was done to it. Two harms of different kinds are two harms.
HARMS = {
    "a cut or stab": r"stab\w*|incis\w*|cut|cuts|lacerat\w*|slash\w*|wound\w*|knif\w*|gash\w*|puncture\w*",
    "a break": r"fractur\w*|broken|broke|dislocat\w*|sprain\w*",
    "a bruise": r"bruis\w*|swell\w*|swollen|black|punch\w*|kick\w*|hit|struck|haematoma|contusion\w*",
    "a burn": r"burn\w*|scald\w*",
    "a shot": r"shot|gunshot|bullet",
    "a bite": r"bit|bite\w*|bitten",
    "an operation": r"amputat\w*|operat\w*|surg\w*|remov\w*|replace\w*|transplant\w*",
    "an injury": r"injur\w*|damag\w*|pain\w*|hurt|numb\w*|weak\w*|paralys\w*|blind\w*|deaf\w*",
}
_SIDE = re.compile(
    rf"\b(left|right)(?:[- ]hand)?(?: (?:upper|lower|inner|outer|front|back|rear|side of (?:the|his|her|their)))?,? ({PARTS})s?\b",
    re.I,
)
_HARM = {name: re.compile(rf"\b(?:{words})\b", re.I) for name, words in HARMS.items()}
NEAR = 90  # characters between the harm and the part


class Seen(NamedTuple):
    sentence: object
    start: int
    end: int
    side: str
    part: str
    harm: str
    who: str | None


def find(reading):
    seen = defaultdict(list)
    for sentence in reading.narrative:
        for one in _sides(sentence):
            seen[one.part].append(one)
    for several in seen.values():
        both = _with_both_sides(several)
        for at, one in enumerate(several):
            for other in several[at + 1 :]:
                if not {one.sentence.passage, other.sentence.passage} & both and _gainsay(
                    one, other
                ):
                    yield _contradiction(one, other)


def _sides(sentence):
    for match in _SIDE.finditer(sentence.text):
        harm = _harm_near(sentence.text, match)
        if harm:
            name, start, end = harm
            who = sentence.subject_before(match.start(), match.end()) or _spoken_of(sentence)
            part = match[2].lower().replace("eye lid", "eyelid")
            start, end = min(start, match.start()), max(end, match.end())
            yield Seen(sentence, start, end, match[1].lower(), part, name, who)


def _spoken_of(sentence):
    before = sentence.before
    return before.subject if before else None


def _harm_near(text, match):
    """(harm, start, end) of the nearest word for a harm; "an injury" only where nothing says more."""
    near = []
    for order, (name, pattern) in enumerate(_HARM.items()):
        for harm in pattern.finditer(text):
            gap = (
                harm.start() - match.end()
                if harm.start() >= match.end()
                else match.start() - harm.end()
            )
            if 0 <= gap <= NEAR:
                near.append((order == len(_HARM) - 1, gap, name, harm.start(), harm.end()))
    return min(near)[2:] if near else None


def _with_both_sides(several):
    """The paragraphs that speak of both sides: there are two of them, and nothing is known of which."""
    sides = defaultdict(set)
    for one in several:
        sides[one.sentence.passage].add(one.side)
    return {passage for passage, said in sides.items() if len(said) > 1}


def _gainsay(one, other):
    if one.side == other.side or one.sentence.passage is other.sentence.passage:
        return False
    if one.harm != other.harm and "an injury" not in {one.harm, other.harm}:
        return False
    if one.who and other.who and one.who != other.who:
        return False
    a, b = one.sentence.nearest_date, other.sentence.nearest_date
    return not (a and b) or a.overlaps(b)


def _contradiction(one, other):
    is_sure = one.who and one.who == other.who and one.harm == other.harm
    of_whom = f" of {one.who}" if is_sure else ""
    return Contradiction(
        Kind.SIDES,
        tuple(seen.sentence.place(seen.start, seen.end) for seen in (one, other)),
        f"The {one.side} {one.part}{of_whom} is spoken of in one place and the {other.side} {other.part} in the other,"
        " each with the same kind of injury.",
        Confidence.HIGH if is_sure else Confidence.MEDIUM,
    )
