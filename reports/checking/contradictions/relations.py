"""Somebody in two relations to others, or in one to themselves: "MA 2's relationship with MA 2"."""

import itertools
import re
from collections import defaultdict

from reports.checking.persons import DEGREE as _DEGREE
from reports.checking.persons import KIN
from reports.checking.values import Confidence, Contradiction, Kind

_KIN = "|".join(
    sorted(
        (
            k
            for k in KIN
            if k
            not in {
                "partner",
                "ex-partner",
                "friend",
                "neighbour",
                "family",
                "children",
                "child",
                "parents",
                "employer",
            }
        ),
        key=len,
        reverse=True,
    )
)
_IS_KIN_OF = re.compile(
    rf"^,?\s*(?:\||[\[(]|(?:is|was) (?:the )?|(?:who (?:is|was) )?(?:the )?)?\s*(?:the |an? )?{_DEGREE}(?P<kin>{_KIN}) (?:of|to)\s+$",
    re.I,
)
_NAMED_AFTER = re.compile(
    r"^(?:,| [\[(]|,? who (?:is|was)| (?:is|was)(?: called| named)?|,? (?:called|named)) ?$", re.I
)
_KIN_AFTER = re.compile(r"^\s*[\[(]$|^,?\s*(?:is|was)\s*$|^\s*\|\s*$", re.I)
_IS_NO_KIN_OF = re.compile(
    rf"^ (?:is|was) (?:not|never) (?:the |a )?(?:biological |natural )?{_DEGREE}(?P<kin>{_KIN}) of\s+$",
    re.I,
)
_SELF = re.compile(
    r"^(?:'s)? (?:[^.;,]{0,60}? )?(?:relationship with|assault(?:ed|ing)? (?:on |by )?|attack(?:ed|ing)? (?:on |by )?|stabbed|threatened|hit|punched|kicked|abused|married|met|telephoned|visited|separated from|lived with)\s*$",
    re.I,
)
_WITH = re.compile(r"\brelationship with\s*$", re.I)


def find(reading):
    kin, denied = defaultdict(list), {}
    for sentence in reading.narrative:
        for who, word, of, *place in _kinships_denied(sentence):
            denied.setdefault((who, word, of), sentence.place(*place))
        for kin_of in _kinships(sentence):
            kin[kin_of[0]].append((*kin_of[1:], sentence))
        yield from _with_themselves(sentence)
    for who, several in kin.items():
        yield from _two_relations(who, several)
        yield from _denied_and_told(who, several, denied)


def _kinships(sentence):
    """(who, kin, of whom, start, end) of "FA 1, mother of MA 1" and "FA 1 [MA 1's mother]"."""
    mentions = sentence.mentions
    for one, other in itertools.pairwise(mentions):
        between = sentence.text[one.end : other.start]
        match = _IS_KIN_OF.match(between)
        if match and "'s " not in one.person:
            yield one.person, match["kin"].lower(), other.person, one.start, other.end
        elif "'s " in other.person and "'s " not in one.person and _KIN_AFTER.match(between):
            of, _, word = other.person.rpartition("'s ")
            if re.fullmatch(_KIN, word):
                yield one.person, word, of, one.start, other.end
        elif "'s " in one.person and "'s " not in other.person and _NAMED_AFTER.match(between):
            of, _, word = one.person.rpartition("'s ")
            if re.fullmatch(_KIN, word):
                yield other.person, word, of, one.start, other.end


def _kinships_denied(sentence):
    """(who, kin, of whom, start, end) of "FA 1 was not the mother of MA 1"."""
    for one, other in itertools.pairwise(sentence.mentions):
        if match := _IS_NO_KIN_OF.match(sentence.text[one.end : other.start]):
            yield one.person, match["kin"].lower(), other.person, one.start, other.end


def _denied_and_told(who, several, denied):
    for kin, of, start, end, sentence in several:
        if place := denied.get((who, kin, of)):
            yield Contradiction(
                Kind.RELATIONS,
                tuple(sorted((place, sentence.place(start, end)))),
                f"{who} is called the {kin} of {of} in one place and is not in the other.",
                Confidence.HIGH,
            )
            return


def _two_relations(who, several):
    kin, of, start, end, sentence = several[0]
    for kin2, of2, start2, end2, sentence2 in several[1:]:
        if (kin == kin2) != (of == of2):
            yield Contradiction(
                Kind.RELATIONS,
                (sentence.place(start, end), sentence2.place(start2, end2)),
                f"{who} is called the {kin} of {of} in one place and the {kin2} of {of2} in the other.",
                Confidence.MEDIUM
                if kin == kin2 and kin not in {"mother", "father"}
                else Confidence.HIGH,
            )
            return


def _with_themselves(sentence):
    for at, other in enumerate(sentence.mentions):
        owner = _owner(sentence, at)
        if owner and owner.person == other.person:
            yield Contradiction(
                Kind.RELATIONS,
                (sentence.place(owner.start, other.end),),
                f"{other.person} stands on both sides of what is said here.",
                Confidence.HIGH,
            )


def _owner(sentence, at):
    """The person before whose relation or deed leads to the one at this place, with nobody between them."""
    if not at:
        return None
    before, other = sentence.mentions[at - 1], sentence.mentions[at]
    between = sentence.text[before.end : other.start]
    if (
        other.is_possessive
        or "'s " in other.person
        or (
            re.search(
                r"\b(?:and|who|which|by|that|when|he|she|they|his|her)\b",
                between.replace("abuse, ", ""),
            )
            and not _WITH.search(between)
        )
    ):
        return None
    if (
        before.is_possessive
        and _WITH.search(between)
        and not re.search(r"[.;]|\b(?:who|which|he|she|they|MA)\b", between)
    ):
        return before
    return before if _SELF.match(between) and not _WITH.search(between) else None
