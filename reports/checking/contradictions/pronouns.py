""" "She" of somebody who is a man everywhere else: the sign that a sentence speaks of another person."""

import re
from collections import Counter, defaultdict

from reports.checking.persons import KIN, sex_of_pronoun
from reports.checking.values import Confidence, Contradiction, Kind

# "Her" after a verb is somebody else; before a noun it is whoever is spoken of.
_PRONOUN = re.compile(
    r"\b(he|she|himself|herself)\b"
    r"|(?<!on )(?<!to )(?<!at )(?<!by )(?<!with )(?<!for )(?<!against )(?<!ed )(?<!hit )(?<!hurt )(?<!told )(?<!saw )\b(his|her)(?= [a-z]+)",
    re.I,
)
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
OFTEN = 0.85


def find(reading):
    said = defaultdict(Counter)
    seen = defaultdict(list)
    for sentence in reading.narrative:
        for who, sex, start, end in _pronouns(sentence):
            said[who][sex] += all(one is not sentence for one, *_ in seen[who, sex])
            seen[who, sex].append((sentence, start, end))
        if carried := _carried(sentence):
            said[carried[0]][carried[1]] += 1
    for who, counts in said.items():
        sex = _sex(reading, who, counts)
        other = {"male": "female", "female": "male"}.get(sex)
        for sentence, start, end in seen.get((who, other), ()):
            yield _contradiction(sentence, start, end, who, sex)


def _sex(reading, who, counts):
    known = reading.people.sex_of(who)
    if known:
        return known
    (sex, often), *_ = counts.most_common(1)
    return sex if often >= LEAST_SURE and often / counts.total() >= OFTEN else ""


def _pronouns(sentence):
    """(who, sex, start, end) where the sentence names one person, first, and nobody else can be meant."""
    if len(sentence.people) != 1 or _ANYBODY.search(_without(sentence)) or '"' in sentence.text:
        return
    mention = sentence.mentions[0]
    if (
        mention.start > 40
        or "'s " in mention.person
        or (sentence.before and sentence.before.people - sentence.people)
    ):
        return
    if _ANY_PRONOUN.search(sentence.text[: mention.start]):
        return
    for match in _PRONOUN.finditer(sentence.text, mention.end):
        yield mention.person, _SEX[(match[1] or match[2]).lower()], match.start(), match.end()


_BEGINS = re.compile(r"\W*(he|she)\b", re.I)


def _carried(sentence):
    """(who, sex) of a sentence that goes on with "He" or "She" after one that names one person alone."""
    begun = _BEGINS.match(sentence.text)
    before = sentence.before
    if begun and before and len(before.people) == 1 and not _ANYBODY.search(_without(before)):
        return before.mentions[0].person, sex_of_pronoun(begun[1])
    return None


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
