"""What a court decided, told in two ways: the sentence, the least term, the verdict, the charge, the plea."""

import re
from collections import defaultdict
from typing import NamedTuple

from reports.checking.contradictions.cases import KILLINGS, OFFENCE, Case, case_of, is_one_case
from reports.checking.contradictions.killings import is_killed
from reports.checking.contradictions.lives import deaths_in
from reports.checking.contradictions.prison import lengths_in
from reports.checking.values import Confidence, Contradiction, Kind

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
_OTHER = re.compile(
    r"\b(?:suspended|supervision|community order|conditional|reduced|appeal\w*|increased|originally|instead of|maximum|could|disqualified|licence|restraining|order for)\b",
    re.I,
)

_COURT = re.compile(
    r"minimum|tariff|plea|sentence|jail|prison|life|guilty|convict|acquit|serve|term|cleared", re.I
)


NOBODY = "the perpetrator"  # of whom the text says no name


class Told(NamedTuple):
    what: str
    who: str
    case: Case
    value: object
    words: str
    sentence: object
    start: int
    end: int


def find(reading):
    told = by_person([one for sentence in reading.narrative for one in _outcomes(sentence)])
    deaths = [died for died, _ in deaths_in(reading).values()] if told else []
    for (what, who), several in told.items():
        yield from _differing(what, who, several, deaths)


def _outcomes(sentence):
    text = sentence.text
    if not _COURT.search(text) or _OTHER.search(text):
        return
    case = case_of(sentence)
    yield from _lengths(sentence, case)
    if case is Case.DEATH:
        yield from _offences(sentence, "the verdict on", _FOUND)
        if not _OFFERED.search(text):
            yield from _offences(sentence, "the plea of", _PLEA)


def _lengths(sentence, case):
    """What goes unnamed, has no date and is short may be anything."""
    for one in lengths_in(sentence.text):
        if case is not Case.UNNAMED or sentence.when or one.is_least or one.is_long:
            what = "the least time to be served by" if one.is_least else "the sentence of"
            who = who_before(sentence, one.start, one.end)
            yield Told(what, who, case, one.value, one.words, sentence, one.start, one.end)


def _offences(sentence, what, pattern):
    for match in pattern.finditer(sentence.text):
        offence = OFFENCE.search(match[0])
        if offence and not match["not"] and offence[0].lower() in KILLINGS:
            start, end = match.start(), match.start() + offence.end()
            words = sentence.text[start:end]
            who = who_before(sentence, *match.span())
            value = offence[0].lower()
            yield Told(what, who, Case.DEATH, value, words, sentence, start, end)


def who_before(sentence, start, end):
    """Whoever stands before it and was not killed, else who is spoken of."""
    before = [one for one in sentence.mentions if one.end <= start]
    doers = [one.person for one in before if not is_killed(sentence.text, one)]
    if doers and len(doers) < len(before):
        return doers[-1]
    killed = {one.person for one in sentence.mentions if is_killed(sentence.text, one)}
    who = sentence.subject_before(start, end)
    return who if who and who not in killed else _who_of(sentence, killed)


def _who_of(sentence, killed):
    """Whoever is spoken of, else the perpetrator, whom reports do not always name again."""
    subjects = [sentence.subject, sentence.before.subject if sentence.before else None]
    alive = (one for one in subjects if one and one not in killed)
    return next(alive, sentence.passage.reading.people.known_as("perpetrator"))


def by_person(several):
    """{(what, who): [Told]}; what is told of "the perpetrator" is told of whoever alone was tried for the death."""
    tried = {one.who for one in several if one.case is Case.DEATH} - {NOBODY}
    told = defaultdict(list)
    for one in several:
        who = next(iter(tried)) if one.who == NOBODY and len(tried) == 1 else one.who
        told[one.what, who].append(one)
    return told


def _differing(what, who, several, deaths):
    apart = _apart(several, deaths)
    if apart:
        words = " and ".join(f"“{one.words}”" for one in apart)
        yield Contradiction(
            Kind.OUTCOMES,
            tuple(one.sentence.place(one.start, one.end) for one in apart),
            f"{what[0].upper()}{what[1:]} {who} is given as {words}.",
            Confidence.HIGH,
        )


def _apart(several, deaths):
    """The first that another gainsays, with all that gainsay it and each other; [] where none does."""
    for at, one in enumerate(several):
        apart = [one]
        for other in several[at + 1 :]:
            if all(other.value != known.value and _is_one(other, known, deaths) for known in apart):
                apart.append(other)
        if len({told.sentence for told in apart}) > 1:
            return apart
    return []


def _is_one(one, other, deaths):
    return is_one_case((one.case, one.sentence), (other.case, other.sentence), deaths)
