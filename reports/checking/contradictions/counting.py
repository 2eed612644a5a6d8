"""How many there are of what, as a text says it: the same thing counted twice must come to the same."""

import re
from typing import NamedTuple

from reports.checking.contradictions.recommending import ELLIPTIC, RECOMMENDED
from reports.checking.numbers import NUMBER, worth
from reports.checking.words import STOP, stem

# What shows that all of them are meant: "two IMRs were late" speaks of some.
_ALL = r"(?:the|all|all of the|total of|received|obtained|considered|identif\w+|drew|draws|with|has|made|makes|produced|led to|there (?:are|were)|following|contains?) "
# What a review counts, by the words for it. {n} is the number.
COUNTED = (
    ("meetings of the panel", r"{n} (?:full |formal |DHR |DARDR |review )*panel meetings|panel (?:has |had )?met (?:formally |in person |together )?(?:on )?(?:a total of )?{n}(?: times| occasions)?(?= (?:times|occasions|between|during|in|over|and|to|from)|[,.;]|$)|{n} (?:full |formal )?meetings of the (?:\w+ )?panel|panel held {n} (?:\w+ )?meetings|panel (?:has |had )?(?:met|meetings were held) (?:formally )?on {n} (?:separate )?occasions"),
    ("lessons", rf"{_ALL}{{n}} (?:key |main |DHR |DARDR |overarching |specific )?lessons(?! (?:for|about|on|in|concern|relat|from))|{{n}} (?:key |main )?lessons (?:were|have been|are) (?:identified|learned|learnt|drawn)"),
    ("recommendations in all", r"(?:total of|in total|altogether,?|overall) {n} recommendations|{n} recommendations (?:in total|in all|altogether)"),
    ("multi-agency recommendations", r"{n} multi-?agency recommendations"),
    ("single agency recommendations", r"{n} (?:single|individual)[- ]agency recommendations"),
    ("terms of reference", rf"{_ALL}{{n}} (?:case[- ]specific )?(?:terms of reference|key lines of enquiry|case specific terms)"),
    ("Individual Management Reviews", rf"{_ALL}{{n}} (?:Individual Management Reviews|(?:agency )?IMRs)(?! (?:was|were) (?:late|delayed|returned|weak|poor))|{{n}} (?:Individual Management Reviews|IMRs) (?:were|have been) (?:received|submitted|provided|completed|commissioned|prepared|produced)|(?:Individual Management Reviews|IMRs) (?:were |have been |had been )?(?:received|submitted|provided|completed|obtained) (?:from|by) {{n}} (?:agencies|organisations|services)|{{n}} agencies (?:\[[^\]]*\] )?(?:\w+ )?(?:provided|submitted|completed|produced|wrote) (?:an |their )?(?:Individual Management Reviews?|IMRs?)"),
    ("members of the panel", r"panel (?:had|has|of|comprised|comprising|consisted of) {n} (?:members|people|representatives)|{n} (?:people|members|representatives) sat on the panel|{n} members of the (?:\w+ )?panel (?:in all|in total)"),
)  # fmt: skip


def _compiled(pattern):
    """The pattern with a numbered group for each number it may hold."""
    parts = pattern.split("{n}")
    return re.compile(r"(?<![\w.,/£$-])(?:" + rf"({NUMBER})".join(parts) + r")(?![\w-])", re.I)


_PATTERNS = tuple((label, _compiled(pattern)) for label, pattern in (*COUNTED, *RECOMMENDED))
_ELLIPTIC = _compiled(ELLIPTIC)
_RECOMMENDATIONS = re.compile(r"\brecommendations\b", re.I)
KIN = "children|sons|daughters|siblings|brothers|sisters|grandchildren|stepchildren|step-children|marriages|pregnancies|half-siblings|half-brothers|half-sisters"
_KIN = re.compile(
    rf"\b(?:had|has|have|with|of|were|are|leaves|left behind|raised|brought up) ({NUMBER}) (?:(?:young|adult|grown[- ]up|older|younger|surviving|dependent|other) )?({KIN})\b(?! (?:with|from|by|who|aged|under|over|in|of|were|at|living|had|remained|continue))",
    re.I,
)
_ANY = re.compile(
    rf"(?<![\w.,/£$-])({NUMBER}) ((?:[a-z][\w'-]+ |[A-Z][A-Z&]+ ){{1,2}}[a-z][a-z'-]+s)\b", re.I
)
_LEAST = re.compile(
    r"\b(?:at least|more than|over|in excess of|a minimum of|no fewer than|not less than|upwards of|above)\s*$",
    re.I,
)
_MOST = re.compile(
    r"\b(?:at most|up to|no more than|fewer than|less than|under|a maximum of|nearly|almost)\s*$",
    re.I,
)
_ABOUT = re.compile(r"\b(?:about|around|approximately|some|roughly|circa)\s*$", re.I)
_OF_A_REVIEW = re.compile(
    r"panel|lesson|recommend|\bIMRs?\b|management review|terms|lines of enquiry", re.I
)
_LEADING = re.compile(_ALL, re.I)  # no part of what is counted
_PART = re.compile(
    r"\b(?:these|those|other|further|another|additional|first|last|next|previous|remaining|latter|initial|final|extra"
    r"|another|every|in|out of|of (?:the|these|those|his|her|their)|one of|two of|within|after|the other|paragraph|page|term|category|level|grade|version)\s*$",
    re.I,
)
_UNITS_WORDS = (
    "year years month months week weeks day days hour hours minute minutes time times occasion "
    "occasions pound pounds per cent percent mile miles unit units mg litres cans bottles pints"
)
_UNITS = frozenset(_UNITS_WORDS.split())
MANY = 10**6


class Count(NamedTuple):
    """Somewhere between `low` and `high` of what `label` says."""

    label: str
    low: float
    high: float
    sentence: object
    start: int
    end: int
    is_known: bool = True  # one of the things that a review counts, or kin


def counts_in(sentence):
    """[Count] of a sentence."""
    text = sentence.text
    taken = []
    yield from _left_unsaid(sentence)
    for label, pattern in _PATTERNS if _OF_A_REVIEW.search(text) else ():
        for match in pattern.finditer(text):
            if any(a < match.end() and match.start() < b for a, b in taken):
                continue
            at = next(g for g in range(1, pattern.groups + 1) if match[g])
            if count := _count(sentence, label, match, at):
                taken.append(match.span())
                yield count
    for match in _KIN.finditer(text):
        who = sentence.subject_before(match.start(), match.end())
        if who and (count := _count(sentence, f"{match[2].lower()} of {who}", match, 1)):
            taken.append(match.span())
            yield count
    for match in _ANY.finditer(text):
        words = match[2].lower().split()
        if not any(
            a < match.end() and match.start() < b for a, b in taken
        ) and not _says_too_little(words):
            count = _count(sentence, " ".join(stem(w) for w in words), match, 1)
            if count:
                yield count._replace(is_known=False)


def _left_unsaid(sentence):
    """ "The recommendations are below. This report makes seven." """
    before = sentence.before
    if before and _RECOMMENDATIONS.search(before.text) and (m := _ELLIPTIC.search(sentence.text)):
        yield from filter(None, [_count(sentence, "recommendations", m, 1)])


def _says_too_little(words):
    return words[-1] in _UNITS or words[0] in _UNITS or any(word in STOP for word in words)


def _count(sentence, label, match, group):
    start = match.start(group)
    lead = sentence.text[:start]
    if _PART.search(lead) or any(d.start <= start < d.end for d in sentence.dates):
        return None
    value = worth(match[group])
    if value != int(value):
        return None
    low, high = value, value
    if _LEAST.search(lead):
        high = MANY
    elif _MOST.search(lead):
        low = 0
    elif _ABOUT.search(lead):
        low, high = value * 0.8, value * 1.25
    begins = start if _LEADING.fullmatch(sentence.text, match.start(), start) else match.start()
    return Count(label, low, high, sentence, begins, match.end())
