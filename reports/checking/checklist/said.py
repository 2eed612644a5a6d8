"""Sentences that recommend, or draw a lesson, laid beside what the lists of the review hold.

A "the panel recommends" that stands in no list is never answered by anybody.
"""

import re
from typing import NamedTuple

from reports.checking.words import stem_set

FOUND = 0.38  # of the weight of the words: what is said is in the list
NEAR = 0.25  # less than this, and nothing in the list is about it
_FEWEST_WORDS = 3
# What nearly every recommendation says: two that share only these have nothing in common.
_SAYS_LITTLE = stem_set(
    "address issue matter partnership safer community panel review dhr recommend recommendation form lesson learned learnt"
    " agencies agency action steps take ensure consider domestic abuse violence victim victims perpetrator perpetrators"
    " service services support professionals staff include includes relevant appropriate local member constituent piece"
    " work undertaken determine explore establish whether use case make provide adequately effectively people person process"
)
_BY = r"(?:panel|review|report|author|chair|DHR|DARDR|partnership|board|we|it)(?: panel| members)?"
_HOW = r"(?:(?:strongly|further|also|therefore|additionally|would|accordingly|specifically|now|again|thus|and) )*"
RECOMMENDS = (
    rf"\b{_BY},? {_HOW}recommend(?:s|ed)?\b(?: that)?",
    rf"\bit is {_HOW}recommended(?: that)?(?! by (?!the (?:panel|review|author|chair)))",
    rf"\b{_BY},? {_HOW}(?:makes?|made|propose[sd]?) (?:a|the following|this|one) (?:\w+ )?recommendation\b",
    rf"\b{_HOW}makes a recommendation\b",
    r"\b(?:a|one|the panel's) (?:\w+ )?recommendation (?:is|was|has been) (?:therefore )?(?:made|that)\b(?: that)?(?! (?:by (?!the panel)|earlier|for|in))",
    r"\bwill form a recommendation\b",
    r"\b(?:the panel|the review|DHR|DARDR|DHR panel|review panel|the author|the chair)\b[^.;]{0,250}\band recommends(?: that)?\b",
    r"\b(?:is|are) (?:therefore )?recommended to\b",
)  # fmt: skip
SUGGESTS = (
    rf"\b{_BY} {_HOW}(?:believe[sd]?|agree[sd]?|feels?|felt|thinks?|thought|considers?|considered|suggest(?:s|ed)?|urges?|urged|advise[sd]?) (?:that )?[^.;]{{3,80}}?\b(?:should|needs? to|must|ought to)\b(?! (?:have|not have)\b)",
    r"\b(?:agency|agencies|partnership|board|council|trust|commissioners?|police|services?|marac|ccg|icb|gps?|practices?) should (?:consider|review|ensure|adopt|develop|introduce|provide|explore|commission|satisfy|include)\b",
)  # fmt: skip
LEARNS = (
    r"\b(?:the|a|another|one|this is a|key) (?:key |main |further )?lesson (?:\w+ ){0,6}?(?:is|was) (?:that|the)\b",
    r"\bthis is a (?:key )?lesson\b",
    r"\bthere is a lesson (?:for|about|here|in)\b",
    r"\b(?:panel|review) (?:has )?(?:learned|learnt|identified (?:a|the|this) lesson)\b",
)
_OF_ANOTHER = re.compile(
    r"\b(?:IMR|IMRs|previous (?:DHR|review)|earlier review|coroner|inspectorate|ofsted|NICE|guidance|court|GP|doctor|consultant|in (?:19|20)\d\d) {0,1}(?:\w+ ){0,2}recommend",
    re.I,
)
_LEADS_IN = re.compile(
    r":\s*$|\b(?:following|these) recommendations\b|\bnot repeated\b|\b(?:are|is) (?:listed|set out|made) (?:below|in)\b",
    re.I,
)
_MAY_BE = re.compile(r"recommend|lesson|learn|should|must|ought|need", re.I)
_HEADINGS = {
    "recommendations": re.compile(
        r"^\W*(?:\w+ ){0,3}recommendations?\b|\brecommendations\W*$", re.I
    ),
    "lessons": re.compile(r"^\W*(?:\w+ ){0,3}lessons?\b|\blessons\b.{0,25}$|\blearning\W*$", re.I),
}


class Listed(NamedTuple):
    number: str
    stems: frozenset


class Saying(NamedTuple):
    """A sentence that recommends or draws a lesson. `nearest` is the number of the likest listed, or ""."""

    sentence: object
    start: int
    end: int
    nearest: str
    likeness: float
    is_weak: bool


def sayings(reading, patterns, listed, *, weak=()):
    """[Saying] of those that the list does not hold."""
    strong = re.compile("|".join(patterns), re.I)
    suggested = re.compile("|".join(weak), re.I) if weak else None
    inside = {id(section) for section in sections_about(reading, "recommendations")}
    inside |= {id(section) for section in sections_about(reading, "lessons")}
    for sentence in reading.narrative:
        if (
            id(sentence.passage.section) in inside
            or _LEADS_IN.search(sentence.text)
            or _OF_ANOTHER.search(sentence.text)
        ):
            continue
        if not _MAY_BE.search(sentence.text):
            continue
        match = strong.search(sentence.text)
        is_weak = not match and suggested is not None
        match = match or (suggested and suggested.search(sentence.text))
        if match:
            nearest, likeness = _nearest(reading, sentence, match, listed)
            if likeness < FOUND:
                yield Saying(
                    sentence, match.start(), len(sentence.text), nearest, likeness, is_weak
                )


def _nearest(reading, sentence, match, listed):
    """(number, likeness): of what is recommended, else of the whole sentence and those before where that is too little."""
    said = stem_set(sentence.text[match.end() :]) - _SAYS_LITTLE
    at = sentence
    while len(said) < _FEWEST_WORDS and at:
        said |= stem_set(at.text) - _SAYS_LITTLE
        at = at.before
    best = ("", 0.0)
    for number, stems in listed:
        stems = stems - _SAYS_LITTLE
        lighter = min(reading.weight(said), reading.weight(stems))
        if lighter:
            shared = said & stems
            likeness = (
                reading.weight(shared)
                / lighter
                * (1 if len(shared) > 1 or len(stems) == 1 else 0.5)
            )
            best = max(best, (number, likeness), key=lambda pair: pair[1])
    return best


def listed_rows(reading, what):
    """[Listed]: what the review holds, else what stands under the heading in the document."""
    rows = getattr(reading.facts, what)
    if rows is not None:
        return [Listed(row.number, stem_set(row.text)) for row in rows]
    return [Listed(number, stem_set(text)) for number, text in _listed_under(reading, what)]


_ITS_NUMBER = re.compile(r"\W*(?:recommendation|lesson)?\W{0,2}(\d{1,2})[.):]?(?=\s)", re.I)


def _listed_under(reading, what):
    """[(number, text)] below the heading: by the numbers of its items where they have some, else each sentence."""
    sections = {id(section) for section in sections_about(reading, what)}
    sentences = [s for s in reading.sentences if id(s.passage.section) in sections]
    numbered = []
    for sentence in sentences:
        if match := _ITS_NUMBER.match(sentence.text):
            numbered.append([match[1], sentence.text[match.end() :]])
        elif numbered:
            numbered[-1][1] += " " + sentence.text
    if len(numbered) > 1:
        return numbered
    whole = [s for s in sentences if len(s.stems) >= _FEWEST_WORDS]
    return [(s.passage.paragraph.number or str(at), s.text) for at, s in enumerate(whole, start=1)]


def sections_about(reading, what):
    """The sections under such a heading, with those below them."""
    found, level = [], None
    for section in reading.document.sections:
        if level is not None and section.level <= level:
            level = None
        if level is None and _HEADINGS[what].search(section.heading):
            level = section.level
        if level is not None:
            found.append(section)
    return found
