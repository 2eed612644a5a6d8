"""What a court decided, told in two ways: the sentence, the least term, the verdict, the charge, the plea."""

import re
from collections import defaultdict
from typing import NamedTuple

from reports.checking.numbers import HALF, NUMBER, said, worth
from reports.checking.twins import can_be_one_time
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
_OFFERED = re.compile(
    r"\b(?:offered|rejected|refused|changed|not accepted|initially|at first|was prepared)\b", re.I
)
_PLEA = re.compile(
    r"\b(?P<not>not )?(?:pleaded guilty to|pled guilty to|plea (?:of guilty )?(?:to|of)|guilty plea to)[^.;]{0,30}",
    re.I,
)
_YEAR_SENTENCE = re.compile(rf"\b{_TIME} ?(?:prison|custodial|jail) (?P<what>sentence|term)", re.I)
_KILLING = frozenset(["murder", "manslaughter", "attempted murder"])
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
    r"minimum|tariff|plea|sentence|jail|prison|life|guilty|convict|acquit|serve|term|cleared", re.I
)


class Told(NamedTuple):
    """`is_death`: it is what followed the death, and not what a court decided of something else."""

    what: str
    who: str
    is_death: bool
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
    before = sentence.before
    is_death = bool(_DIED.search(text) or (before and _DIED.search(before.text)))
    yield from _lengths(sentence, _who(sentence), is_death)
    if is_death:
        yield from _offences(sentence, "the verdict on", _FOUND)
        if not _OFFERED.search(text):
            yield from _offences(sentence, "the plea of", _PLEA)


def _lengths(sentence, who, is_death):
    text = sentence.text
    least = list(_LEAST.finditer(text))
    for match in least:
        yield _told("the least time to be served by", who, is_death, match, sentence)
    hidden = [(m.start(), m.end()) for m in least]
    has_life = _LIFE.search(text)
    for match in (*_PRISON.finditer(text), *_YEAR_SENTENCE.finditer(text)):
        is_hidden = any(a <= match.start("n") < b for a, b in hidden)
        if _is_prison(match) and not is_hidden and not has_life:
            yield _told("the sentence of", who, is_death, match, sentence)
    if has_life:
        yield Told(
            "the sentence of", who, is_death, "life", has_life[0], sentence, *has_life.span()
        )


def _is_prison(match):
    words = match[0].lower()
    return bool(match["what"]) or "sentenced" in words or "jailed" in words


def _offences(sentence, what, pattern):
    for match in pattern.finditer(sentence.text):
        offence = _OFFENCE.search(match[0])
        if offence and not match["not"] and offence[0].lower() in _KILLING:
            start, end = match.start(), match.start() + offence.end()
            words = sentence.text[start:end]
            yield Told(
                what,
                _who_before(sentence, match),
                True,
                offence[0].lower(),
                words,
                sentence,
                start,
                end,
            )


def _who_before(sentence, match):
    return sentence.subject_before(match.start(), match.end()) or _who(sentence)


def _told(what, who, is_death, match, sentence):
    groups = {k.rstrip("234"): v for k, v in match.groupdict().items() if v}
    unit = groups["unit"].lower()
    many = worth(groups["n"]) + (0.5 if groups.get("half") else 0)
    who = _who_before(sentence, match) if sentence.mentions else who
    return Told(
        what,
        who,
        is_death,
        round(many * _DAYS[unit] / 5),
        f"{said(many)} {unit}s",
        sentence,
        *match.span(),
    )


def _who(sentence):
    """Whoever is spoken of, else the perpetrator, whom reports do not always name again."""
    subject = sentence.subject or (sentence.before.subject if sentence.before else None)
    return subject or "the perpetrator"


def _differing(what, who, several):
    apart = _apart(several)
    if apart:
        words = " and ".join(f"“{one.words}”" for one in apart)
        yield Contradiction(
            Kind.OUTCOMES,
            tuple(one.sentence.place(one.start, one.end) for one in apart),
            f"{what[0].upper()}{what[1:]} {who} is given as {words}.",
            Confidence.HIGH,
        )


def _apart(several):
    """The first that another gainsays, with all that gainsay it and each other; [] where none does."""
    for at, one in enumerate(several):
        apart = [one]
        for other in several[at + 1 :]:
            if all(other.value != known.value and _is_one_case(other, known) for known in apart):
                apart.append(other)
        if len({told.sentence for told in apart}) > 1:
            return apart
    return []


def _is_one_case(one, other):
    """Both followed the death, or both have dates that can be one."""
    if one.is_death and other.is_death:
        return True
    a, b = one.sentence.when, other.sentence.when
    if one.is_death != other.is_death or not (a and b):
        return False
    return can_be_one_time(one.sentence, other.sentence)
