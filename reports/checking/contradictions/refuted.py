"""Two frames that are the same, of which one is denied, or has a date near that of the other."""

import re

from reports.checking.contradictions.retold_dates import is_slip
from reports.checking.twins import can_be_one_time
from reports.checking.values import Confidence, Contradiction, Kind
from reports.checking.words import stem

REACH = 24  # characters after "not" within which what is denied begins
WITHIN = {"day": 14, "month": 190}  # days: what is further apart came twice
A_SLIP = 62  # where one of day and month is wrong
# What people and agencies do from day to day: two dates of it say nothing.
_ROUTINE_WORDS = (
    "attended saw seen visited called rang contacted spoke told texted met asked asking wrote emailed reported "
    "arrived returned went left came said heard responded presented received sent argued drank offered "
    "recorded assaulted hit reviewed"
)
_ROUTINE = frozenset(map(stem, _ROUTINE_WORDS.split()))
_ONLY_ONCE = re.compile(
    r"\b(?:first|last|only|the relationship|each other)\b|\bmet (?=[A-Z])", re.I
)
_STRETCH = re.compile(r"\b(?:since|until|before|after|by|between|from|during|throughout)\b", re.I)


def denial(one, other):
    """A Contradiction where only one says that it was not so."""
    a, b = one.sentence, other.sentence
    if a.is_denied == b.is_denied or not can_be_one_time(a, b):
        return None
    denied = a if a.is_denied else b
    if not denied.denies(one.stems & other.stems, within=REACH):
        return None
    return Contradiction(
        Kind.DENIALS,
        (a.place(), b.place()),
        "These read like one thing told twice: one says that it was so, the other that it was not.",
        Confidence.MEDIUM,
    )


def two_dates(one, other):
    """A Contradiction where each has one date, near that of the other."""
    a, b = one.sentence, other.sentence
    if len(a.dates) != 1 or len(b.dates) != 1 or not (a.when and b.when):
        return None
    if a.passage.section is b.passage.section or a.is_denied != b.is_denied:
        return None
    if not _is_told_once(one) or not _is_told_once(other) or _values(a) != _values(b):
        return None
    is_once = bool(_ONLY_ONCE.search(a.text) and _ONLY_ONCE.search(b.text))
    if not _are_near(a.when, b.when, is_once=is_once):
        return None
    return Contradiction(
        Kind.DATES,
        (a.place(), b.place()),
        f"These read like one thing told twice: {a.when.text} in one, {b.when.text} in the other.",
        Confidence.MEDIUM,
    )


def _is_told_once(frame):
    text = frame.sentence.text
    if _STRETCH.search(text):
        return False
    return bool(_ONLY_ONCE.search(text)) or not frame.stems & _ROUTINE


def _values(sentence):
    """What stands in figures beside the date: another sum, or another address, is another thing."""
    (date,) = sentence.dates
    text = sentence.text[: date.start] + sentence.text[date.end :]
    return frozenset(re.findall(r"\d[\d,.]*\d|\d", text)) | {one.value for one in sentence.numbers}


def _are_near(one, other, *, is_once):
    if one.precision != other.precision or one.overlaps(other):
        return False
    if one.precision not in WITHIN:
        return is_once and one.precision == "year"
    most = A_SLIP if one.is_exact and is_slip(one, other) else WITHIN[one.precision]
    return is_once or abs((one.earliest - other.earliest).days) <= most
