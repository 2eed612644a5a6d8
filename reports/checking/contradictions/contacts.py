"""A first or last contact, and a contact that came before the first or after the last."""

import re
from typing import NamedTuple

from foundations.dates import PartialDate
from reports.checking.contradictions.lives import deaths_in
from reports.checking.contradictions.milestones import nearest_date
from reports.checking.values import Confidence, Contradiction, Kind

# {whom the contact was with: words}. A list that anybody may add to.
BODIES = {
    "the police": r"police|constabulary|police officers?",
    "the surgery": r"surgery|GPs?|(?:GP|medical) practice|general practitioner",
    "the hospital": r"hospital|infirmary|A&E|accident and emergency|emergency department",
    "maternity care": r"midwi(?:fe|ves)|maternity",
    "health visiting": r"health visitors?|health visiting",
    "children's social care": r"children's (?:social care|services)",
    "adult social care": r"adult (?:social care|services)",
    "housing": r"housing(?: officers?| association)?|landlord",
    "probation": r"probation",
    "mental health care": r"mental health (?:team|services?|trust|nurse)|psychiatrists?|crisis team",
    "the school": r"school|teachers?",
    "the refuge": r"refuge",
}  # fmt: skip
_BODIES = {what: re.compile(rf"\b(?:{words})\b", re.I) for what, words in BODIES.items()}
_ANY = re.compile(
    r"\bany (?:agency|service|organisation|professional)\b|\b(?:with|by|of) (?:the )?(?:agencies|services|professionals)\b",
    re.I,
)
_EDGE = re.compile(
    r"\b(?P<edge>first|last|final)(?: ever| recorded| known| direct| face[- ]to[- ]face)* (?:contact|attendance|involvement|appointment)\b"
    r"|\bfirst (?P<first>came into contact with|came to the attention of|contacted)\b",
    re.I,
)
_LIMITED = re.compile(
    r"\b(?:period|timeframe|scope|about|regarding|concerning|relating|related|domestic|in relation|with regard|before|after|since|following|year|under review|planned|offered|next)\b",
    re.I,
)
_DEALT = re.compile(
    r"\b(?:attended|told|saw|seen|visited|rang|called|telephoned|spoke|spoken|met|presented|assessed|reported|disclosed|interviewed|arrested|cautioned)\b",
    re.I,
)
_DEALS = re.compile(rf"^(?:'s)?,? (?:\w+ ){{0,2}}?{_DEALT.pattern}", re.I)
_DEALT_WITH = re.compile(
    r"\b(?:saw|visited|met(?: with)?|spoke (?:to|with)|assessed|arrested|interviewed|cautioned|told|treated) $",
    re.I,
)
_AFTERWARDS = re.compile(
    r"\b(?:panel|review|inquest|chair|funeral|IMR|family|post[- ]mortem|coroner)\b", re.I
)


class Edge(NamedTuple):
    is_last: bool
    who: str
    bodies: frozenset  # empty: any
    when: PartialDate
    sentence: object
    start: int
    end: int


def find(reading):
    edges = [one for sentence in reading.narrative for one in _edges(sentence)]
    if not edges:
        return
    died = {who: when for who, (when, _) in deaths_in(reading).items()}
    dealings = [one for one in reading.narrative if _is_dealing(one)]
    for edge in edges:
        for sentence in dealings:
            if _is_beyond(edge, sentence, died.get(edge.who)):
                yield _contradiction(edge, sentence)
                break


def _edges(sentence):
    text = sentence.text
    if sentence.is_hypothetical or sentence.is_denied or _LIMITED.search(text):
        return
    people = {one.person for one in sentence.mentions if "'s " not in one.person}
    for match in _EDGE.finditer(text) if sentence.dates and len(people) == 1 else ():
        bodies = _bodies_in(text)
        found = nearest_date(sentence, match)
        if found and (_ANY.search(text) or len(bodies) == 1):
            is_last = (match["edge"] or "first").lower() != "first"
            start, end = min(found.start, match.start()), max(found.end, match.end())
            whose = frozenset() if _ANY.search(text) else bodies
            yield Edge(is_last, *people, whose, found.reading.value, sentence, start, end)


def _bodies_in(text):
    return frozenset(what for what, pattern in _BODIES.items() if pattern.search(text))


def _is_dealing(sentence):
    text = sentence.text
    return (
        bool(sentence.dates and sentence.mentions and _DEALT.search(text))
        and not (sentence.is_hypothetical or sentence.is_denied)
        and not _AFTERWARDS.search(text)
        and not _EDGE.search(text)
    )


def _is_beyond(edge, sentence, died):
    when, bodies = sentence.when, _bodies_in(sentence.text)
    if sentence.passage is edge.sentence.passage or edge.who not in sentence.people or not when:
        return False
    if not _deals(sentence, edge.who):
        return False
    if len(sentence.dates) != 1 or not (edge.bodies <= bodies if edge.bodies else bodies):
        return False
    if not when.earliest or not when.latest or (died and when.latest >= died.earliest):
        return False
    if edge.is_last:
        return when.earliest > edge.when.latest
    return when.latest < edge.when.earliest


def _deals(sentence, who):
    """Whether it is the person who goes to somebody, or to whom somebody goes."""
    return any(
        _DEALS.match(sentence.text[one.end :]) or _DEALT_WITH.search(sentence.text[: one.start])
        for one in sentence.mentions
        if one.person == who
    )


def _contradiction(edge, sentence):
    (date,) = sentence.dates
    way, than = ("after", "last") if edge.is_last else ("before", "first")
    places = (
        edge.sentence.place(edge.start, edge.end),
        sentence.place(date.start, len(sentence.text)),
    )
    return Contradiction(
        Kind.DATES,
        tuple(sorted(places)),
        f"What is told of {edge.who} here ({date.text}) comes {way} what is called the {than} contact ({edge.when.text}).",
        Confidence.MEDIUM,
    )
