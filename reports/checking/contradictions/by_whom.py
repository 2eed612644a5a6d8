"""Who it was that reported, referred or called: of one thing done on one occasion, two places name two agencies."""

import re
from collections import defaultdict
from itertools import combinations
from typing import NamedTuple

from reports.checking.twins import can_be_one_time
from reports.checking.values import Confidence, Contradiction, Kind
from reports.checking.words import stem, stem_set

# Who can be told from whom: words on one line are one to a reader. A list that anybody may add to.
DOERS = (
    "police|police officers?|officers?|constable", "GP|general practitioner|doctor|surgery|practice nurse", "midwi(?:fe|ves)|midwifery(?: service)?",
    "health visitors?|health visiting(?: service)?", "school|teachers?|headteacher|head teacher", "social workers?|(?:children's |adult )?social care|social services",
    "hospital|emergency department|A&E|accident and emergency", "paramedics?|ambulance (?:service|crew)", "housing(?: officers?| association| department| services?)?|landlord",
    "probation(?: officers?| service)?", "IDVA|advocate", "neighbours?", "mother|mum", "father|dad", "sister", "brother", "friend", "employer|manager|colleagues?",
    "solicitor", "women's aid|refuge", "mental health (?:team|services?|nurse)|psychiatrist", "council",
)  # fmt: skip
_WHOEVER = "|".join(f"(?P<d{at}>{words})" for at, words in enumerate(DOERS))
_THE = r"(?:the |an? |her |his |their )?(?:(?:own|local|district|duty|attending|safeguarding) )?"
_DEED = r"report\w*|refer\w*|raised|rais\w+|alert\w*|notif\w+|called|call|made|complet\w+|submitted|disclosed|recorded|issued|arranged|requested|sent|graded|assessed|filed|flagged"
_BY = re.compile(
    rf"\b(?P<deed>{_DEED})\b[^.;]{{0,50}}? by {_THE}(?:{_WHOEVER})\b(?! (?:and|or)\b)", re.I
)
_DID = re.compile(
    rf"(?<!\bto )(?<!\bof )(?<!\band )(?<!\bor )(?<!\bfrom )(?<!\bwith )(?<!\bfor )\b{_THE}(?:{_WHOEVER}),? (?:had |then |also )?(?P<deed>{_DEED})\b",
    re.I,
)
_OFTEN = re.compile(
    r"\b(?:again|another|also|further|two|three|several|both|each|all|second|third|previous\w*|earlier|later|repeated\w*|every|calls|reports|referrals|many|number of|other)\b",
    re.I,
)
# What there is one of, where no day says which.
_ONE = re.compile(
    r"\b(?:the|this|that|her|his) (?:[\w-]+ ){0,3}?(?:report|referral|call|crime|concern|allegation|application|alert|assessment|incident|notification|request|disclosure|complaint)\b",
    re.I,
)
_NAME = re.compile(r"(?:\b(?!The |An? |In |On |At |His |Her |Their )[A-Z][\w'-]+ )+$")
ALIKE = 0.8  # of the weight of the lighter that both have
LEAST_SHARED = 2  # words besides who did it
_LIGHT = frozenset(map(stem, ["made", "make", "was", "done", "taken", "first"]))


class Done(NamedTuple):
    doer: int  # its place in DOERS
    name: str  # in front of that: "Riverside" Surgery
    stems: frozenset
    sentence: object
    start: int
    end: int

    @property
    def words(self):
        return self.sentence.text[self.start : self.end].strip(" ,")


def find(reading):
    by_word = defaultdict(list)
    for sentence in reading.narrative:
        if not (sentence.is_hypothetical or sentence.is_denied or _OFTEN.search(sentence.text)):
            for one in _done(sentence):
                for word in one.stems:
                    by_word[word].append(one)
    met = set()
    for several in by_word.values():
        for one, other in combinations(several[:40], 2):
            key = (one.sentence, other.sentence)
            if key not in met and _is_one_thing(reading, one, other):
                met.add(key)
                yield _contradiction(one, other)


def _done(sentence):
    """What a sentence says was done by one of the list, where it names only one of them."""
    matches = list(_BY.finditer(sentence.text)) or list(_DID.finditer(sentence.text))
    if len(matches) == 1:
        (match,) = matches
        doer = next(at for at in range(len(DOERS)) if match[f"d{at}"])
        named = _NAME.search(sentence.text[: match.start(f"d{doer}")])
        name = named[0].strip() if named else ""
        stems = sentence.stems - stem_set(f"{name} {match[f'd{doer}']}") - _LIGHT
        yield Done(doer, name, stems, sentence, *match.span())


def _is_one_thing(reading, one, other):
    """The same but for who did it, of one day or of one that is told as the only one."""
    a, b = one.sentence, other.sentence
    is_same_name = not (one.name and other.name) or one.name == other.name
    if one.doer == other.doer and is_same_name:
        return False
    if a.passage is b.passage or a.people != b.people:
        return False
    shared = one.stems & other.stems
    if len(shared) < LEAST_SHARED or not can_be_one_time(a, b):
        return False
    lighter, heavier = sorted((reading.weight(one.stems), reading.weight(other.stems)))
    is_one_day = bool(a.when and b.when)
    weight = reading.weight(shared)
    is_one = is_one_day or (
        weight >= ALIKE * heavier and bool(_ONE.search(a.text) and _ONE.search(b.text))
    )
    return is_one and weight >= ALIKE * lighter


def _contradiction(one, other):
    return Contradiction(
        Kind.WHO,
        tuple(each.sentence.place(each.start, each.end) for each in (one, other)),
        f"One thing seems to be told of two: “{one.words}” and “{other.words}”.",
        Confidence.MEDIUM,
    )
