"""What no agency, or one of them, is said not to have known, and is said to have known elsewhere."""

import re
from typing import NamedTuple

from reports.checking.values import Confidence, Contradiction, Kind

_NOBODY = r"(?P<none>no (?:other )?(?:agency|agencies|service|services|organisation|organisations|professional|professionals|practitioner|practitioners)|none of (?:the|these) (?:agencies|services|organisations|professionals)|nobody|no one)"
_BODY = r"(?P<body>(?:the )?(?:[A-Z][\w&'-]*(?: (?:and |of |& )?[A-Z][\w&'-]*){0,6}|police|probation|school|hospital|surgery|practice|council|(?:[Aa]dult|[Cc]hildren's) social care|social services|health visitors?|midwi(?:fe|ves)|housing)(?: (?:practice|service|services|team|association|officers?|surgery|department))?)"
_KNEW = r"(?:knew|known|was aware|were aware|had been aware|had (?:any )?(?:knowledge|information|record)|held (?:any )?(?:information|record)|recorded|was told|were told|had been told|had known|had recorded|was informed|were informed)"
_NOT_KNOWN = r"(?:(?:did not|didn't) know|(?:was|were) (?:not aware|unaware|never told|not told|not informed)|had (?:no|never had any) (?:knowledge|information|record)s?|held no (?:information|record)s?)"
_OF = r"(?: in (?:19|20)\d\d| at (?:that|the) time)?,? (?:of|about|that|on)(?: any| the)? (?P<what>[^.;]{4,140})"
_NONE_KNEW = re.compile(rf"\b{_NOBODY} (?:ever |had |was |were |have )*{_KNEW}{_OF}", re.I)
_ONE_KNEW_NOT = re.compile(rf"(?i:\b){_BODY} {_NOT_KNOWN}{_OF}")
_KNOWS = re.compile(rf"{_BODY} {_KNEW}{_OF}")
# What was so until a day, or only of a part, gainsays nothing.
_LIMITED = re.compile(
    r"\b(?:until|before|at the time|prior to|other than|apart from|except|when|after|since|earlier|yet|all|full|extent|whether|if)\b",
    re.I,
)
_PART = 0.75  # of the weight of what was not known
_LEAST_WEIGHT = 3.0


class Knowledge(NamedTuple):
    sentence: object
    start: int
    end: int
    body: frozenset  # words; empty: anybody
    stems: frozenset
    people: frozenset

    @property
    def place(self):
        return self.sentence.place(self.start, self.end)


def find(reading):
    denied, told = [], []
    for sentence in reading.narrative:
        if sentence.is_hypothetical:
            continue
        none = [*_NONE_KNEW.finditer(sentence.text), *_ONE_KNEW_NOT.finditer(sentence.text)]
        if none and not sentence.dates and not _LIMITED.search(sentence.text):
            denied += [_one(sentence, match) for match in none]
        elif not none and not sentence.is_denied:
            told += [_one(sentence, match) for match in _KNOWS.finditer(sentence.text)]
    for one in denied:
        if other := next((each for each in told if _gainsays(reading, one, each)), None):
            yield Contradiction(
                Kind.DENIALS,
                tuple(sorted((one.place, other.place))),
                "One place says that this was not known, the other that it was.",
                Confidence.MEDIUM,
            )


def _one(sentence, match):
    start, end = match.span("what")
    said = match.groupdict()
    body = frozenset(re.findall(r"[a-z&']{2,}", (said.get("body") or "").lower())) - {"the", "of"}
    return Knowledge(
        sentence,
        *match.span(),
        body,
        frozenset(stem for at, _, stem in sentence.words if start <= at < end),
        frozenset(one.person for one in sentence.mentions if start <= one.start < end),
    )


def _gainsays(reading, denied, told):
    if denied.sentence.passage is told.sentence.passage or not denied.people <= told.people:
        return False
    if denied.body and not denied.body & told.body:
        return False
    weight = reading.weight(denied.stems)
    return (
        weight >= _LEAST_WEIGHT and reading.weight(denied.stems & told.stems) >= weight * _PART
    ) and bool(told.people)
