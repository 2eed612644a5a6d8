"""Which case a sentence about a court tells of: what followed the death, another offence, or one it does not name."""

import re
from enum import StrEnum

from reports.checking.twins import can_be_one_time

OFFENCES = (
    "attempted murder", "murder", "manslaughter", "grievous bodily harm", "actual bodily harm", "wounding",
    "common assault", "rape", "criminal damage", "arson", "harassment", "stalking", "affray", "false imprisonment",
    "death by dangerous driving", "perverting the course of justice", "burglary", "robbery", "theft",
)  # fmt: skip
OFFENCE = re.compile(r"\b(" + "|".join(OFFENCES) + r")\b", re.I)
KILLINGS = frozenset(["murder", "manslaughter", "attempted murder"])
# What nobody is sentenced for when somebody has died: beside one of these, a sentence is another's.
_LESSER = re.compile(
    r"\b(?:assault\w*|GBH|ABH|fraud|drugs?|supply|possession|driving|breach\w*|bail|threats?|sexual\w*|indecent|shoplifting|steal\w*|stole\w*|weapon"
    r"|firearms?|public order|kidnap\w*|coercive|controlling|non-molestation|offences|previous\w*|earlier|another)\b",
    re.I,
)
_DIED = re.compile(
    r"\b(?:murder\w*|manslaughter|homicide|kill\w*|death of|life imprisonment|life sentence)\b",
    re.I,
)


class Case(StrEnum):
    DEATH = "death"
    OTHER = "other"
    UNNAMED = "unnamed"


def case_of(sentence):
    """The Case that a sentence, read after the one before it, tells of."""
    if names_death(sentence):
        return Case.DEATH
    before = sentence.before
    if before and _DIED.search(before.text):
        return Case.DEATH
    texts = [one.text for one in (sentence, before) if one]
    if any(OFFENCE.search(text) or _LESSER.search(text) for text in texts):
        return Case.OTHER
    return Case.UNNAMED


def names_death(sentence):
    return bool(_DIED.search(sentence.text))


def is_one_case(one, other, deaths):
    """Whether two (Case, Sentence) are about one: both of the death, both of one day, or one that goes unnamed
    and can be the other, with nothing that may put it before the death. `deaths`: when somebody died."""
    (case, sentence), (case2, sentence2) = one, other
    cases = {case, case2}
    if cases == {Case.DEATH}:
        return True
    if cases == {Case.DEATH, Case.OTHER}:
        return False
    if sentence.nearest_date and sentence2.nearest_date and Case.DEATH in cases:
        return sentence.nearest_date.overlaps(sentence2.nearest_date)
    if sentence.when and sentence2.when:
        return can_be_one_time(sentence, sentence2)
    unnamed = [each for which, each in (one, other) if which is Case.UNNAMED]
    return Case.OTHER not in cases and not any(_may_lie_before(each, deaths) for each in unnamed)


def _may_lie_before(sentence, deaths):
    """Whether its date, or the last one said before it, is not known to lie after every death."""
    when = sentence.nearest_date
    known = [died.earliest for died in deaths if died.earliest]
    return bool(when and when.latest and (not known or when.latest < max(known)))
