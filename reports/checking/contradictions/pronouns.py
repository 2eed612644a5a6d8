""" "She" of somebody who is a man everywhere else: the sign that a sentence speaks of another person."""

import re
from collections import Counter, defaultdict

from reports.checking.persons import KIN, sex_of_pronoun
from reports.checking.values import Confidence, Contradiction, Kind

# "He" after "that" or "until" may be anybody; after "and", and before what is one's own, it is who was named.
_PRONOUN = re.compile(
    r"\b(?:and|but|,) (he|she)\b|\b(himself|herself)\b"
    r"|\b(?:had|lost|kept|left|took|told|lived (?:in|with)|in|at|during|throughout|because of|due to|of) (his|her) (?!attack|threat|abuse|violence|behaviour|control)[a-z]+",
    re.I,
)
# What counts for which it is, where it is not yet known.
_EVIDENCE = re.compile(r"\b(he|she|his|her|himself|herself)\b", re.I)
_ANY_PRONOUN = re.compile(r"\b(?:he|she|his|her|him|hers|they|their|them)\b", re.I)
# Anybody else in the sentence to whom the word may belong.
_ANYBODY = re.compile(
    r"\b(?:"
    + "|".join(KIN)
    + r"|woman|women|man|men|girl|boy|female|male|lady|officer|worker|nurse|doctor|gp|midwife|manager"
    r"|advocate|idva|psychiatrist|therapist|physiotherapist|consultant|solicitor|judge|police|paramedics?|coordinator|author|chair"
    r"|practitioner|professional|neighbours?|friends?|landlord|tenant|patient|client|teacher|social|health visitor|victim|perpetrator|couple|both"
    r"|someone|somebody|person|people|colleagues?|another|stranger|ex|sibling|parents?|adult|carer|student|caller|clinician|receptionist|staff|who)\b",
    re.I,
)
LEAST_SURE = 4  # times that a person is said to be he or she
OFTEN = 0.8


def find(reading):
    sexes = sexes_told(reading)
    for sentence in reading.narrative:
        mention = _alone(sentence)
        sex = sexes.get(mention.person) if mention else None
        slip = _slip(sentence, mention, sex) if sex else None
        if slip:
            yield _contradiction(sentence, *slip, mention.person, sex)


def sexes_told(reading):
    """{who: "female", "male", or "" where the document does not say it often enough}"""
    said = defaultdict(Counter)
    for sentence in reading.narrative:
        for who, sex in (*_evidence(sentence), *_carried(sentence)):
            said[who][sex] += 1
    return {who: _sex(reading, who, counts) for who, counts in said.items()}


def _sex(reading, who, counts):
    known = reading.people.sex_of(who)
    if known:
        return known
    (sex, often), *_ = counts.most_common(1)
    return sex if often >= LEAST_SURE and often / counts.total() >= OFTEN else ""


def _alone(sentence):
    """The Mention of the one person a sentence names, first, where nobody else can be meant; else None."""
    if len(sentence.people) != 1 or _ANYBODY.search(_without(sentence)) or '"' in sentence.text:
        return None
    mention = sentence.mentions[0]
    others = sentence.before.people - sentence.people if sentence.before else ()
    if mention.start > 40 or "'s " in mention.person or others:
        return None
    return None if _ANY_PRONOUN.search(sentence.text[: mention.start]) else mention


def _evidence(sentence):
    """(who, sex), each once, of the words for one person."""
    mention = _alone(sentence)
    if not mention:
        return set()
    found = _EVIDENCE.findall(sentence.text[mention.end :])
    return {(mention.person, _SEX[word.lower()]) for word in found}


def _slip(sentence, mention, sex):
    """(start, end) of the first word for the other sex that can only stand for the person named, or None."""
    for match in _PRONOUN.finditer(sentence.text, mention.end):
        group = match.lastindex
        if _SEX[match[group].lower()] != sex:
            return match.span(group)
    return None


_BEGINS = re.compile(r"\W*(he|she)\b", re.I)


def _carried(sentence):
    """[(who, sex)] of a sentence that goes on with "He" or "She" after one that names one person alone."""
    begun = _BEGINS.match(sentence.text)
    before = sentence.before
    if begun and before and len(before.people) == 1 and not _ANYBODY.search(_without(before)):
        return [(before.mentions[0].person, sex_of_pronoun(begun[1]))]
    return []


_SEX = {word: sex_of_pronoun(word) for word in ("he", "she", "his", "her")} | {
    "himself": "male",
    "herself": "female",
}


def _without(sentence):
    text = sentence.text
    for mention in sentence.mentions:
        text = text[: mention.start] + "#" * (mention.end - mention.start) + text[mention.end :]
    return text


def _contradiction(sentence, start, end, who, sex):
    return Contradiction(
        Kind.PRONOUNS,
        (sentence.place(sentence.mentions[0].start, end),),
        f"“{sentence.text[start:end]}” stands here for {who}, who is {sex} in the rest of the document.",
        Confidence.MEDIUM,
    )
