"""What a court decided, told in two ways: the sentence, the least term, the verdict, the charge, the plea."""

import re
from collections import defaultdict
from typing import NamedTuple

from reports.checking.numbers import HALF, NUMBER, said, worth
from reports.checking.values import Confidence, Contradiction, Kind

_TIME = rf"(?P<n>{NUMBER})(?P<half>{HALF})?(?:[- ]|'s? )*(?P<unit>year|month|week)s?'?"
_LEAST = re.compile(
    rf"\bminimum (?:term|tariff|sentence|period)?(?: (?:of|to serve of|is|was|set at))* ?{_TIME}|\bminimum of {_TIME.replace('<n>', '<n2>').replace('half>', 'half2>').replace('unit>', 'unit2>')}|\bserve (?:a minimum of |at least ){_TIME.replace('<n>', '<n3>').replace('half>', 'half3>').replace('unit>', 'unit3>')}|\btariff of {_TIME.replace('<n>', '<n4>').replace('half>', 'half4>').replace('unit>', 'unit4>')}",
    re.I,
)
_PRISON = re.compile(
    rf"\b(?:sentenced|sentence|jailed|imprisoned|received|term|given)\b[^.;]{{0,70}}?{_TIME}(?:'?,? (?:of )?(?:in )?(?P<what>imprisonment|prison|custody|custodial|jail|detention|sentence))?",
    re.I,
)
_LIFE = re.compile(
    r"\blife (?:imprisonment|sentence|term)|\b(?:imprisonment|imprisoned|jailed|sentenced) (?:for|to) life\b",
    re.I,
)
OFFENCES = (
    "attempted murder", "murder", "manslaughter", "grievous bodily harm", "actual bodily harm", "wounding",
    "common assault", "rape", "criminal damage", "arson", "harassment", "stalking", "affray", "false imprisonment",
    "death by dangerous driving", "perverting the course of justice", "burglary", "robbery", "theft",
)  # fmt: skip
_OFFENCE = re.compile(r"\b(" + "|".join(OFFENCES) + r")\b", re.I)
_FOUND = re.compile(
    r"\b(?P<not>not |never |acquitted of |cleared of )?(?:convicted of|found guilty of|guilty of|conviction for|acquitted of|cleared of)[^.;]{0,40}",
    re.I,
)
_DIED = re.compile(
    r"\b(?:murder\w*|manslaughter|homicide|kill\w*|death of|life imprisonment|life sentence)\b",
    re.I,
)
_DAYS = {"year": 365.25, "month": 30.44, "week": 7}
_OTHER = re.compile(
    r"\b(?:suspended|supervision|community order|conditional|reduced|appeal\w*|increased|originally|instead of|maximum|could|disqualified|licence|restraining|order for)\b",
    re.I,
)

_COURT = re.compile(
    r"minimum|tariff|sentence|jail|prison|life|guilty|convict|acquit|serve|term|cleared", re.I
)


class Told(NamedTuple):
    what: str
    who: str
    value: object
    words: str
    sentence: object
    start: int
    end: int


def find(reading):
    told = defaultdict(list)
    for sentence in reading.narrative:
        for one in _outcomes(sentence):
            told[one.what, one.who].append(one)
    for (what, who), several in told.items():
        yield from _differing(what, who, several)


def _outcomes(sentence):
    text = sentence.text
    if not _COURT.search(text) or _OTHER.search(text):
        return
    who = _who(sentence)
    is_death = bool(_DIED.search(text)) or (
        sentence.before is not None and bool(_DIED.search(sentence.before.text))
    )
    case = f"{who}|{'death' if is_death else sentence.when.text if sentence.when else ''}"
    least = list(_LEAST.finditer(text))
    for match in least:
        yield _told("the least time to be served by", case, match, sentence)
    hidden = [(m.start(), m.end()) for m in least]
    for match in _PRISON.finditer(text):
        at = match.start("n")
        if (
            (match["what"] or "sentenced" in match[0].lower() or "jailed" in match[0].lower())
            and not any(a <= at < b for a, b in hidden)
            and not _LIFE.search(text)
        ):
            yield _told("the sentence of", case, match, sentence)
    for match in _LIFE.finditer(text):
        yield Told("the sentence of", case, "life", match[0], sentence, *match.span())
    for match in _FOUND.finditer(text):
        offence = _OFFENCE.search(match[0])
        if (
            offence
            and is_death
            and not match["not"]
            and offence[0].lower() in {"murder", "manslaughter", "attempted murder"}
        ):
            yield Told(
                "the verdict on",
                case,
                offence[0].lower(),
                match[0][: offence.end()],
                sentence,
                match.start(),
                match.start() + offence.end(),
            )


def _told(what, case, match, sentence):
    groups = {k.rstrip("234"): v for k, v in match.groupdict().items() if v}
    days = (worth(groups["n"]) + (0.5 if groups.get("half") else 0)) * _DAYS[groups["unit"].lower()]
    words = f"{said(days / _DAYS[groups['unit'].lower()])} {groups['unit'].lower()}s"
    return Told(what, case, round(days / 5), words, sentence, *match.span())


def _who(sentence):
    """Whoever is spoken of, else the perpetrator, whom reports do not always name again."""
    subject = sentence.subject or (sentence.before.subject if sentence.before else None)
    return subject or "the perpetrator"


def _differing(what, case, several):
    apart = []
    for one in several:
        if all(one.value != known.value for known in apart):
            apart.append(one)
    sentences = {one.sentence for one in apart}
    if len(apart) > 1 and len(sentences) > 1 and not case.endswith("|"):
        words = " and ".join(f"“{one.words}”" for one in apart)
        yield Contradiction(
            Kind.OUTCOMES,
            tuple(one.sentence.place(one.start, one.end) for one in apart),
            f"{what[0].upper()}{what[1:]} {case.split('|')[0]} is given as {words}.",
            Confidence.HIGH,
        )
