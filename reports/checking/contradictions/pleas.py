"""Whether somebody admitted what they did in court or was tried for it: a plea of guilty needs no jury."""

import re
from typing import NamedTuple

from reports.checking.contradictions.cases import OFFENCE, Case, case_of, is_one_case
from reports.checking.contradictions.lives import deaths_in
from reports.checking.contradictions.outcomes import NOBODY, who_before
from reports.checking.values import Confidence, Contradiction, Kind

_PLEADED = re.compile(
    r"\b(?:pleaded|pled|pleads|pleading|entered a plea of|a plea of) guilty\b|\bguilty pleas?\b(?! (?:was|were) not)"
    r"|\badmitted (?:the )?(?:murder|manslaughter|charge|offence)s?\b(?! to)"
    r"|\b(?:without|avoided|no need for|was no) (?:a |the need for a |the )?trial\b|\bspared? (?:\w+ ){1,4}?trial\b",
    re.I,
)
_TRIED = re.compile(
    r"\b(?:pleaded|pled|entered a plea of|a plea of) not guilty\b|\bnot guilty plea\b|\bdenied (?:the )?(?:murder|manslaughter|charge)s?\b"
    r"|\b(?:found (?:\w+ ){0,3}?guilty|convicted)\b[^.;]{0,60}?\b(?:by (?:a|the) jury|(?:after|following|at) (?:an? |the |his |her )?(?:[\w-]+ ){0,3}?trial|verdict)\b"
    r"|\b(?:jury|trial)\b[^.;]{0,60}?\b(?:found (?:\w+ ){0,3}?guilty|convicted|returned an? (?:\w+ )?(?:guilty )?verdict)\b"
    r"|\b(?:unanimous|majority|guilty) verdicts?\b|\bverdicts? of guilty\b|\bcontested trial\b|\b(?:stood|faced) trial\b",
    re.I,
)
# A plea that was changed, or was to another charge than the jury's.
_CHANGED = re.compile(
    r"\b(?:chang\w+|initially|at first|originally|on the \w+ day of|during (?:the|his|her) trial|later|subsequently|eventually|offered|reject\w+"
    r"|not accept\w+|intend\w*|expected|due|would|could|should|if|whether|alternative|instead|lesser|co-defendant|retrial|appeal\w*)\b",
    re.I,
)
_COURT = re.compile(r"guilty|trial|jury|verdict|admitted|denied|plea", re.I)


class Way(NamedTuple):
    is_plea: bool
    who: str
    offence: str  # "" where none is named
    case: Case
    sentence: object
    start: int
    end: int


def find(reading):
    ways = [one for sentence in reading.narrative for one in _ways(sentence)]
    if any(_was_changed(sentence) for sentence in reading.narrative):
        return
    deaths = [died for died, _ in deaths_in(reading).values()] if ways else []
    named = {one.who for one in ways} - {NOBODY}
    for who in sorted(named) or [NOBODY]:
        several = [one for one in ways if one.who == who or (one.who == NOBODY and len(named) == 1)]
        yield from _differing(who, several, deaths)


def _was_changed(sentence):
    return bool(re.search(r"\bchang\w+ (?:his|her|the|their) plea", sentence.text, re.I))


def _ways(sentence):
    """How a sentence says that the case was decided; none where it says both, or what was only offered."""
    text = sentence.text
    if not _COURT.search(text) or _CHANGED.search(text):
        return
    pleaded, tried = _PLEADED.search(text), _TRIED.search(text)
    if bool(pleaded) == bool(tried):
        return
    match = pleaded or tried
    offence = OFFENCE.search(text)
    yield Way(
        bool(pleaded),
        who_before(sentence, *match.span()),
        offence[0].lower() if offence else "",
        case_of(sentence),
        sentence,
        *match.span(),
    )


def _differing(who, several, deaths):
    for plea in (one for one in several if one.is_plea):
        for trial in (one for one in several if not one.is_plea):
            if _is_one(plea, trial, deaths):
                yield _contradiction(who, *sorted((plea, trial), key=lambda w: w.sentence.order))
                return


def _is_one(plea, trial, deaths):
    """A plea to manslaughter goes with a trial for murder, and with one whose charge is not named."""
    if plea.sentence.passage is trial.sentence.passage:
        return False
    if plea.offence != trial.offence and (plea.offence and trial.offence):
        return False
    if plea.offence == "manslaughter" and not trial.offence:
        return False
    return is_one_case((plea.case, plea.sentence), (trial.case, trial.sentence), deaths)


def _contradiction(who, one, other):
    words = [each.sentence.text[each.start : each.end] for each in (one, other)]
    return Contradiction(
        Kind.OUTCOMES,
        tuple(each.sentence.place(each.start, each.end) for each in (one, other)),
        f"How {who} came to be convicted is told as “{words[0]}” and as “{words[1]}”.",
        Confidence.HIGH,
    )
