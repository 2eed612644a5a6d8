"""Somebody who does something after the day of their death, or before that of their birth."""

import re

from reports.checking.facts import said_of
from reports.checking.values import Confidence, Contradiction, Kind

_DIED = re.compile(
    r"\b(?:had |has )?(?:died|passed away|was (?:murdered|killed))\b|\b(?:'s|the) death\b|\bdeath of\b",
    re.I,
)
# What only the living do.
_DOES = re.compile(
    r"^(?:'s)?,? (?:had |then |also |again |later )?(?:told|said|attended|disclosed|reported|called|telephoned|rang|contacted|visited|moved|went|met|saw|spoke"
    r"|asked|requested|declined|refused|agreed|presented|returned|left|stated|denied|complained|was (?:seen|arrested|admitted|visited|interviewed|discharged|assessed|living|observed))\b",
    re.I,
)
# What is done to the living alone, said before their name.
_DONE_TO = re.compile(
    r"\b(?:spoke (?:to|with)|talked (?:to|with)|met(?: with)?|interviewed|visited|saw|telephoned|rang|wrote to|contacted) (?:the )?$",
    re.I,
)
_LIVES = re.compile(
    r"^,? (?:is (?:still |now )?(?:serving|living|in prison|detained)|(?:still |now )lives)\b", re.I
)
_LATER_LIFE = re.compile(
    r"\b(?:inquest|funeral|post[- ]mortem|buried|estate|memory|tribute|after (?:his|her) death|following (?:his|her) death|was found|body|family|review|panel|would have|anniversary|records?|coroner)\b",
    re.I,
)


def find(reading):
    deaths = deaths_in(reading)
    for sentence in reading.narrative:
        for mention in sentence.mentions:
            if mention.person not in deaths:
                continue
            before, after = sentence.text[: mention.start], sentence.text[mention.end :]
            if _LIVES.match(after):
                yield from _lives_still(sentence, mention, deaths[mention.person])
            is_spoken_to = _DONE_TO.search(before)
            if is_spoken_to or _DOES.match(after):
                yield from _after_death(
                    sentence, mention, deaths[mention.person], is_sure=bool(is_spoken_to)
                )


def deaths_in(reading):
    """{person: (last day of life as a PartialDate, Place or None)}"""
    deaths = {f.pseudonym: (f.died, None) for f in reading.facts.people if f.died and f.died.latest}
    for sentence in reading.narrative:
        for match in _DIED.finditer(sentence.text):
            if sentence.is_hypothetical or sentence.is_told:
                continue
            who = sentence.subject_before(match.start(), match.end())
            found = _nearest(sentence, match)
            if (
                who
                and found
                and found.reading.value.latest
                and who not in deaths
                and not _moves(sentence, found)
            ):
                deaths[who] = (
                    found.reading.value,
                    sentence.place(min(found.start, match.start()), max(found.end, match.end())),
                )
    return deaths


def _nearest(sentence, match):
    """The date nearest to the words: behind them, else before them, but not that of a birth."""
    near = [
        (abs(found.start - match.end()), found)
        for found in sentence.dates
        if -60 <= found.start - match.end() <= 30
        and not re.search(r"\bborn\b", sentence.text[max(0, found.start - 12) : found.start], re.I)
    ]
    return min(near, key=lambda one: one[0])[1] if near else None


def _moves(sentence, found):
    return re.search(
        r"\b(?:after|before|since|until|following|prior to|from)\s+$",
        sentence.text[: found.start],
        re.I,
    )


def _lives_still(sentence, mention, death):
    died, place = death
    if sentence.is_hypothetical or (place and place.at == sentence.passage.at):
        return
    yield Contradiction(
        Kind.DEATHS,
        (*((place,) if place else ()), sentence.place(mention.start)),
        f"{mention.person} is told of as living, after the date of death{f' ({died.text})' if place else ' that the review holds'}.",
        Confidence.MEDIUM,
        of="" if place else said_of(died),
    )


def _after_death(sentence, mention, death, *, is_sure):
    died, place = death
    found = sentence.when
    if (
        not found
        or not found.earliest
        or found.earliest <= died.latest
        or (not is_sure and _LATER_LIFE.search(sentence.text))
    ):
        return
    after = sentence.text[mention.end :][:160]
    yield Contradiction(
        Kind.DEATHS,
        ((place,) if place else ())
        + (sentence.place(mention.start, mention.end + len(after.split(".")[0])),),
        f"{mention.person} does something here ({found.text}) after the date of death{f' ({died.text})' if place else ' that the review holds'}.",
        Confidence.HIGH,
        of="" if place else said_of(died),
    )
