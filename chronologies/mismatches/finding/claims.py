"""What an account asserts and denies, in the sentence that does so."""

import re
from functools import lru_cache

from chronologies.mismatches.finding.facets import (
    CAUSES,
    DENIALS,
    ENDINGS,
    FACETS,
    GENERAL_DENIALS,
    POLICED,
    TAKEN_ON,
    TURNED_AWAY,
)
from chronologies.mismatches.finding.tokens import sentences, words_of

_REACH = 4
UNPRESSED = "no charges pressed"
FURTHEST_FIRST = tuple(reversed(ENDINGS.items()))
_ONLY_WISHED = re.compile(
    r"\b(?:wish(?:es|ed|ing)?|want(?:s|ed|ing)?|request(?:s|ed)?|prefer(?:s|red|ence)?|hop(?:ed|ing)"
    r"|asked|asking|would like|should be|could be|might be|if)\b(?: \S+){0,6}\s*$"
    r"|\b(?:not|never|nobody|without) (?:\w+ ){0,2}$"
)
_STEMS = {
    facet: (tuple(stems.split()), tuple(phrases)) for facet, (stems, phrases) in FACETS.items()
}
HURTS = (
    "finger",
    "eye",
    "head",
    "hand",
    "arm",
    "nose",
    "rib",
    "leg",
    "wrist",
    "face",
    "knee",
    "jaw",
)
_INJURED = ("fractur", "cut", "bruis", "broken", "injur", "wound", "bleed", "black eye", "swollen")


def whole(account):
    return "\n".join(filter(None, (account.text, account.action, account.comment)))


@lru_cache(maxsize=8192)
def _sentences(text):
    return tuple((s, s.lower(), tuple(words_of(s)[1])) for s in sentences(text))


def of(account):
    return _sentences(whole(account))


def said_in(account):
    """{facet: sentence} of what is asserted at least once."""
    return _said(whole(account))


@lru_cache(maxsize=8192)
def _said(text):
    said = {}
    for sentence, low, words in _sentences(text):
        for facet in _facets(low, words):
            if facet not in said and not _is_denied(facet, low, words):
                said[facet] = sentence
    return said


def denied_in(account):
    """(facet, sentence) of what is denied; a general denial denies what its sentence speaks of."""
    return _denied(whole(account))


@lru_cache(maxsize=8192)
def _denied(text):
    found = []
    for sentence, low, words in _sentences(text):
        if not (DENIALS & set(words) or any(phrase in low for phrase in GENERAL_DENIALS)):
            continue
        facets = _facets(low, words)
        general = any(phrase in low for phrase in GENERAL_DENIALS)
        found += [
            (facet, sentence)
            for facet in facets
            if _is_denied(facet, low, words) or (general and facet == "domestic abuse")
        ]
    return found


def facets_in(text):
    return _facets(text, tuple(words_of(text)[1]))


def first_sentence(account):
    rows = of(account)
    return rows[0][0] if rows else ""


def _facets(low, words):
    found = []
    for facet, (stems, phrases) in _STEMS.items():
        if any(phrase in low for phrase in phrases) or (
            stems and any(word.startswith(stems) for word in words)
        ):
            found.append(facet)
    return found


def _is_denied(facet, low, words):
    stems, phrases = _STEMS[facet]
    places = [at for at, word in enumerate(words) if stems and word.startswith(stems)]
    for phrase in phrases:
        if phrase in low:
            first = phrase.split()[0]
            places += [at for at, word in enumerate(words) if word == first]
    return bool(places) and all(
        any(word in DENIALS for word in words[max(0, at - _REACH) : at]) for at in places
    )


def services_in(account, *, taken_on):
    """The sentences that say that a service took somebody on, or turned them away."""
    phrases = TAKEN_ON if taken_on else TURNED_AWAY
    return [
        sentence for sentence, low, _ in of(account) if any(phrase in low for phrase in phrases)
    ]


def ending_in(account):
    """(how, sentence) of how a matter for the police ended, where the account speaks of one."""
    whole_text = [low for _, low, _ in of(account)]
    if not any(word in low for low in whole_text for word in POLICED):
        return None
    for ending, phrases in FURTHEST_FIRST:
        for sentence, low, _ in of(account):
            if any(phrase in low and _came_about(ending, phrase, low) for phrase in phrases):
                return ending, sentence
    return None


def _came_about(ending, phrase, low):
    """An end that somebody wished for, or that did not come, is none; to press no charges is a
    wish that is an end."""
    if ending == UNPRESSED:
        return True
    before = re.split(r"[,;:]", low[: low.index(phrase)])[-1]
    return not _ONLY_WISHED.search(before)


def policed_in(account):
    """What police do that an account speaks of."""
    text = whole(account).lower()
    return [word for word in ("arrest", "caution", "assault", "charge", "offence") if word in text]


def causes_in(account):
    """(part of the body, cause, sentence) of injuries with what is said to have caused them."""
    found = []
    rows = of(account)
    for at, (sentence, _, words) in enumerate(rows):
        near = rows[max(0, at - 1) : at + 2]
        for cause, marks in CAUSES.items():
            if not any(mark in words for mark in marks):
                continue
            text = " ".join(low for _, low, _ in near)
            if not any(injury in text for injury in _INJURED):
                continue
            found += [(hurt, cause, sentence) for hurt in HURTS if hurt in text]
    return found
