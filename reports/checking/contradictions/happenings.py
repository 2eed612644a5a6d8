"""What happens once, or seldom, told under two dates that lie near one another: a charge, a conference.

Of what comes again every few months two dates say nothing; of what hardly comes twice within weeks they
do, where no paragraph gives both.
"""

import re
from collections import defaultdict
from typing import NamedTuple

from foundations.dates import PartialDate
from reports.checking.contradictions.milestones import nearest_date
from reports.checking.contradictions.reckoned import reckoned_date
from reports.checking.contradictions.retold_dates import ONCE_MORE
from reports.checking.values import Confidence, Contradiction, Kind, Place
from reports.checking.words import stem

_HELD = r"(?:began|started|commenced|opened|was held|took place|was carried out|was conducted|was performed)"
_OF = r"(?:murder|manslaughter|killing)"
# (label, pattern, days within which it does not come twice; None: it comes once). {what} is what the
# pattern calls by that name, {who} the person it is told of.
HAPPENINGS = (
    ("the charge of murder against {who}", rf"\bcharged with (?:the )?{_OF}|\bcharge of {_OF}", None),
    ("the charge against {who}", r"\b(?:was|were|been) charged\b", 10),
    ("the arrest of {who}", r"\b(?:was|were|been) arrested\b|\barrest of\b", 5),
    ("the remand of {who}", r"\bremanded\b", 21),
    ("the bail of {who}", r"\b(?:released on|granted|given) (?:\w+ )?bail\b|\bbailed\b", 14),
    ("the conviction of {who}", r"\b(?:was|were|been) (?:convicted|found guilty)\b|\bconviction of\b", 60),
    ("the plea of {who}", r"\b(?:pleaded|pled) (?:not )?guilty\b", 60),
    ("the sentence of {who}", r"\b(?:was|were|been) sentenced\b", 60),
    ("the trial of {who}", rf"\btrial\b[^.;]{{0,30}}\b{_HELD}\b", None),
    ("the opening of the inquest", r"\binquest\b[^.;]{0,30}\b(?:opened|was opened)\b(?! and)", None),
    ("the post-mortem", rf"\bpost[- ]mortem\b[^.;]{{0,30}}\b{_HELD}\b", None),
    ("the funeral", rf"\bfuneral\b[^.;]{{0,30}}\b{_HELD}\b", None),
    ("the admission of {who}", r"\b(?:was|were|been) admitted (?:on ?)?to\b", 10),
    ("the discharge of {who}", r"\bdischarged (?:from|home)\b|\bdischarge of\b", 10),
    ("the release of {who}", r"\breleased from (?:prison|custody|hospital)\b", 21),
    ("the {what} order", r"\b(?P<what>[a-z][\w-]+)(?: \w+)? (?:order|notice|injunction)\b[^.;]{0,40}\b(?:granted|made|issued|obtained|served)\b", 28),
    ("the beginning of the tenancy of {who}", r"\btenancy\b[^.;]{0,30}\b(?:began|started|commenced)\b|\btook (?:on|up|over) the tenancy\b", 300),
    ("the separation", r"\bseparated\b(?= from| in| on)", 300),
    ("the engagement", r"\b(?:got|became) engaged\b", 300),
    ("the end of the review", r"\b(?:review|report)(?: of the panel)? (?:was|were) (?:completed|concluded|finished|signed off)\b", None),
    ("the approval of the report by the {what}", r"\breport\b[^.;]{0,30}\b(?:approved|signed off|agreed|ratified|accepted) by the (?:\w+ ){0,3}?(?P<what>partnership|board|panel)\b|\b(?P<what2>partnership|board|panel) (?:approved|signed off|agreed|ratified|accepted) the (?:final )?(?:overview )?report\b", 120),
    ("the referral to {what}", r"\breferral to (?:the )?(?P<what>[\w-]+)|\breferred (?:\w+ ){0,2}?to (?:the )?(?P<what2>[\w-]+)", 28),
    ("the {what} meeting", r"\b(?P<what>MARAC|MAPPA|MATAC|ICPC)\b(?! (?:referral|process|flag|coordinator|co-ordinator|action|minutes|chair|representative|form|criteria))", 13),
    ("the {what} meeting", r"\b(?P<what>[a-z][\w'-]+(?<!\bnext)(?<!\bother)) (?:meeting|conference|hearing|discussion)\b(?! minutes)", 13),
)  # fmt: skip
_COMPILED = tuple((label, re.compile(text, re.I), days) for label, text, days in HAPPENINGS)
_ANYTHING = re.compile(
    r"charge|arrest|approv|agreed|ratif|accepted|took|remand|bail|convict|guilty|sentenc|trial|inquest|mortem|funeral|admit|admission"
    r"|discharg|releas|order|notice|injunction|tenancy|separat|engaged|complet|conclud|finish|signed off|referr"
    r"|MARAC|MAPPA|MATAC|ICPC|meeting|conference|hearing|discussion",
    re.I,
)
_NO_KIND = frozenset(
    [
        "a",
        "an",
        "the",
        "this",
        "that",
        "each",
        "every",
        "any",
        "no",
        "panel",
        "review",
        "reviews",
        "first",
        "second",
        "third",
        "last",
        "final",
        "next",
        "previous",
        "regular",
        "monthly",
        "weekly",
        "quarterly",
        "several",
        "many",
        "some",
        "these",
        "those",
        "further",
        "another",
        "team",
        "staff",
        "court",
        "public",
        "same",
        "such",
        "their",
        "his",
        "her",
        "its",
        "our",
        "of",
        "in",
        "at",
        "to",
        "and",
        "other",
        "initial",
        "new",
        "court's",
    ]
)
_MOVED = re.compile(
    r"\b(?:adjourned|postponed|rearranged|re-arranged|rescheduled|cancelled|canceled|delayed|extended|varied"
    r"|breach\w*|re-?arrested|re-?admitted|re-?referred|both|each|two|three|four|five|several|twice|weekly|minutes of)\b",
    re.I,
)
_MOST = 3  # dates within reach of one another: what has more came often


class Told(NamedTuple):
    what: str
    who: frozenset
    days: int | None
    when: PartialDate
    sentence: object
    place: Place


def find(reading):
    told = defaultdict(list)
    for sentence in reading.narrative:
        if sentence.dates and _ANYTHING.search(sentence.text) and not _is_unsure(sentence):
            for one in _happenings(sentence):
                told[one.what].append(one)
    days_of = _days_by_passage(reading)
    for several in told.values():
        yield from _differing(several, days_of)


def _is_unsure(sentence):
    text = sentence.text
    return bool(ONCE_MORE.search(text) or _MOVED.search(text) or sentence.is_denied)


def _days_by_passage(reading):
    """{id of the passage: the days and months that it names}"""
    found = defaultdict(set)
    for sentence in reading.narrative:
        for one in sentence.dates:
            found[id(sentence.passage)].add(one.reading.value.earliest)
    return found


def _happenings(sentence):
    for label, pattern, days in _COMPILED:
        for match in pattern.finditer(sentence.text):
            groups = match.groupdict()
            kind = groups.get("what") or groups.get("what2") or ""
            if ("{what}" in label and kind.lower() in _NO_KIND) or (
                kind and "order" in label and kind.lower() in {"in", "court"}
            ):
                continue
            found = nearest_date(sentence, match)
            when = found.reading.value if found else reckoned_date(sentence, match)
            if when is None or when.precision not in {"day", "minute", "month"}:
                continue
            who = sentence.subject_before(match.start(), match.end()) if "{who}" in label else ""
            if who is None:
                continue
            start, end = (found.start, found.end) if found else match.span()
            yield Told(
                label.format(who=who, what=_kind(kind)),
                frozenset([who] if who else sentence.people),
                days,
                when,
                sentence,
                sentence.place(min(start, match.start()), max(end, match.end())),
            )
            return


def _kind(word):
    return word.upper() if word.isupper() else stem(word) if word.endswith("s") else word.lower()


def _differing(several, days_of):
    """The first two that cannot both be so."""
    for at, one in enumerate(several):
        near = [other for other in several if other is not one and _is_within(one, other)]
        if len({other.when.earliest for other in near}) + 1 >= _MOST:
            continue
        for other in several[at + 1 :]:
            if _is_one(one, other) and not _knows_both(one, other, days_of):
                yield Contradiction(
                    Kind.DATES,
                    (one.place, other.place),
                    f"The date of {one.what} is given as {one.when.text} and {other.when.text}.",
                    Confidence.HIGH if one.days is None else Confidence.MEDIUM,
                )
                return


def _is_one(one, other):
    if one.sentence.passage is other.sentence.passage or one.when.overlaps(other.when):
        return False
    return _is_within(one, other) and (not one.who or not other.who or bool(one.who & other.who))


def _is_within(one, other):
    if one.days is None:
        return True
    apart = max(other.when.earliest - one.when.latest, one.when.earliest - other.when.latest)
    return apart.days <= one.days


def _knows_both(one, other, days_of):
    """A paragraph that gives both dates knows of two."""
    both = {one.when.earliest, other.when.earliest}
    return any(both <= days for days in days_of.values())
