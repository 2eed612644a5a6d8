"""What can happen only once, with the date it is given: a death, a birth, the first panel meeting."""

import re
from collections import defaultdict
from typing import NamedTuple

from foundations.dates import PartialDate
from reports.checking.contradictions.reckoned import reckoned_date
from reports.checking.facts import said_of
from reports.checking.values import Confidence, Contradiction, Kind, Place

_ORDINAL = (
    r"(first|second|third|fourth|fifth|sixth|seventh|eighth|ninth|tenth|last|final|inaugural)"
)
# label: pattern. {who} is the person it is told of, and stands for somebody named or spoken of before.
MILESTONES = (
    ("the death of {who}", r"\b(?:died|passed away|was (?:murdered|killed|found dead|pronounced (?:dead|deceased))|(?:date of )?death of|took (?:his|her|their) own life)\b(?! certificate)"),
    ("the birth of {who}", r"\b(?:was born|(?:date of birth|d\.?o\.?b\.?)(?:\s*(?:is|was|:))?)(?! (?:to|a)\b)"),
    ("the marriage of {who}", r"\b(?:got married|were married|was married (?:to|on|in)|married)\b(?! (?:life|couple|man|woman|name))"),
    ("the divorce of {who}", r"\b(?:was divorced|were divorced|divorced|decree absolute)\b"),
    ("the {which} meeting of the panel", rf"\b{_ORDINAL}(?:,)? (?:DHR |DARDR |review )?panel meeting|\bpanel (?:met for the|held its|had its) {_ORDINAL} (?:time|meeting)|\b{_ORDINAL} (?:meeting of the|time the) (?:DHR |review )?panel|\bpanel {_ORDINAL} met\b|\bpanel met\b[^.;]{{0,40}}, {_ORDINAL}(?= on)"),
    ("the decision to hold a review", r"\b(?:decided|decision|agreed|determined)\b[^.;]{0,60}\b(?:criteria for a (?:DHR|DARDR|domestic homicide)|to (?:hold|conduct|undertake|commission) a(?:n)? (?:DHR|DARDR|domestic homicide|review))"),
    ("the notification of the Home Office", r"\bHome Office (?:was|were) (?:notified|informed)|\bnotified the Home Office\b"),
    ("the notification of the family", r"\bfamily\b[^.;]{0,20}\b(?:was|were) (?:first )?(?:told|informed|notified) of the (?:review|DHR)\b|\bfamily (?:first )?(?:heard|learnt|learned) of the (?:review|DHR)\b"),
    ("the inquest", r"\binquest\b[^.;]{0,30}\b(?:opened and concluded|concluded|was held|took place)\b"),
    ("the first contact of {who} with {body}", r"\bfirst (?:contact|involvement|attendance|presentation)\b"),
    ("the last contact of {who} with {body}", r"\b(?:last|final) (?:contact|involvement|attendance|appointment)\b"),
    ("the beginning of the period under review", r"\b(?:covers|covering|examined|examines|considers|looks at|start of|beginning of)\b[^.;]{0,30}?\b(?:period|matters|timeframe)\b(?: of review| under review)?"),
    ("the move of {who} to {body}", r"\b(?:moved (?:in)?(?=to [A-Z]))|\b(?:occupied|lived at|moved into)(?= [A-Z])"),
    ("the appointment of the chair", r"\bwas appointed (?:as )?(?:the )?(?:independent )?chair\b|\bappointed as (?:the )?independent chair\b"),
    ("the beginning of the relationship of {who}", r"\b(?:relationship (?:began|started|commenced)|(?:formed|began|started) (?:their|a|his|her) relationship|began a relationship)\b"),
    ("the first report of abuse", r"\bfirst (?:recorded|reported|known) (?:incident|report|disclosure) of (?:domestic )?(?:abuse|violence)\b"),
)  # fmt: skip
_COMPILED = tuple((label, re.compile(pattern, re.I)) for label, pattern in MILESTONES)
_SAME = {"inaugural": "first", "final": "last"}
NEAR = 70  # characters between the words and the date
_UNSURE = re.compile(
    r"\b(?:if|would|threat\w*|planned|due|expected|scheduled|anniversary|after|following|since|prior to|before|until|up to"
    r"|days?|weeks?|months?|years?|night|leading|review(?:ed)?|period|another|other|previous|his solicitor|was to)\b",
    re.I,
)
_BODY = re.compile(r"\b(?:with|by|of|at|to)\s+(?:the\s+)?((?:[A-Z\d][\w&'-]*\s?)+)")
_BODY_NEXT = re.compile(r"\s(?:the\s+)?((?:[A-Z\d][\w&'-]*\s?)+)")


class Told(NamedTuple):
    label: str
    when: PartialDate
    place: Place


def find(reading):
    told = defaultdict(list)
    for sentence in reading.narrative:
        for one in _milestones(sentence):
            told[one.label].append(one)
    for fact in reading.facts.people:
        for label, when in (
            (f"the death of {fact.pseudonym}", fact.died),
            (f"the birth of {fact.pseudonym}", fact.born),
        ):
            yield from _against_register(told.get(label, ()), label, when)
    for label, several in told.items():
        yield from _differing(label, several)


def _milestones(sentence):
    if not sentence.dates:
        return
    for label, pattern in _COMPILED:
        for match in pattern.finditer(sentence.text):
            found = nearest_date(
                sentence,
                match,
                is_beginning="beginning of the period" in label or "move of" in label,
            )
            who = sentence.subject_before(match.start(), match.end())
            when = found.reading.value if found else reckoned_date(sentence, match)
            if when is None or ("{who}" in label and not who):
                continue
            start, end = (found.start, found.end) if found else match.span()
            body = (
                _BODY_NEXT.match(sentence.text, match.end())
                or _BODY.search(sentence.text, match.end(), match.end() + 60)
                if "{body}" in label
                else None
            )
            if "{body}" in label and not body:
                continue
            which = next(filter(None, match.groups()), "")
            name = label.format(
                who=who,
                which=_SAME.get(which.lower(), which.lower()),
                body=body and body[1].strip(),
            )
            yield Told(
                name,
                when,
                sentence.place(min(start, match.start()), max(end, match.end())),
            )


def nearest_date(sentence, match, *, is_beginning=False):
    """The one date that belongs to the words: close to them, with nothing between that moves it."""
    near = []
    for found in sentence.dates:
        between = (
            sentence.text[match.end() : found.start]
            if found.start >= match.end()
            else sentence.text[found.end : match.start()]
        )
        if len(between) <= NEAR and found.reading.value.is_bounded and not _UNSURE.search(between):
            lead = sentence.text[max(0, found.start - 14) : found.start]
            if is_beginning or not re.search(
                r"\b(?:before|after|since|until|till|from|prior to|following|by|between|to)\s+(?:the )?$",
                lead,
                re.I,
            ):
                near.append((len(between), found))
    return min(near)[1] if near else None


def _differing(label, several):
    """The first telling of each date that no other date can be."""
    apart = []
    for one in several:
        if all(not one.when.overlaps(known.when) for known in apart):
            apart.append(one)
    if len(apart) > 1 and len({one.place.at for one in apart}) > 1:
        dates = " and ".join(one.when.text for one in apart)
        yield Contradiction(
            Kind.DATES,
            tuple(one.place for one in apart),
            f"The date of {label} is given as {dates}.",
            Confidence.HIGH if len(apart) == 2 else Confidence.MEDIUM,
        )


def _against_register(several, label, when):
    for one in several:
        if when and not one.when.overlaps(when):
            yield Contradiction(
                Kind.DATES,
                (one.place,),
                f"The date of {label} is given here as {one.when.text}, which is not the date that the review holds.",
                Confidence.HIGH,
                of=said_of(when),
            )
