"""Ages against each other, and against a date of birth."""

import re
from calendar import isleap
from datetime import date, timedelta
from typing import NamedTuple

from reports.checking.contradictions.lives import deaths_in
from reports.checking.facts import said_of
from reports.checking.numbers import NUMBER, worth
from reports.checking.values import Confidence, Contradiction, Kind

_AGE = re.compile(
    rf"\b(?:aged|at the age of|age:?) (?P<a>{NUMBER})\b(?! (?:and|or|to|months?|weeks?|days?)\b| ?[-–+<>])"
    rf"|\b(?P<b>{NUMBER})[- ]years?[- ]olds?\b|\b(?P<c>{NUMBER}) years of age\b"
    rf"|\bwas (?P<d>{NUMBER})(?: years)?(?= (?:when (?:he|she) (?:died|was killed|was murdered)|at the time of (?:his|her|the) (?:death|murder|homicide)))"
    rf"|(?P<who>[A-Z][\w ]{{1,14}}),? [\[(](?P<e>\d{{2}})[\])]",
    re.I,
)
_BOUND = re.compile(
    r"\b(?:over|under|about|around|approximately|nearly|almost|above|below|at least|between|not|from)\s*$|[<>~]\s*$",
    re.I,
)
_AT_DEATH = re.compile(
    r"\b(?:deaths? of|time of (?:his|her|the|their) (?:death|murder|homicide|killing)|when (?:he|she|they) (?:died|was killed|was murdered)|died|was killed|was murdered)\b",
    re.I,
)
_AT_ANOTHER_TIME = re.compile(
    r"^\W{0,3}(?:when|at (?:the|that) time|at which|by|in (?:19|20)|son|daughter|child|boy|girl|brother|sister)\b",
    re.I,
)
_SHE_WAS = re.compile(r"\b(?:he|she) (?:was|is) (?:then )?(?:a |an )?$", re.I)
_MAY_BE = re.compile(r"\bage|\bolds?\b|[\[(]\d\d[\])]|death|died|killed|murder|homicide", re.I)
_OLDEST = 110


class Age(NamedTuple):
    sentence: object
    start: int
    end: int
    who: str
    years: int
    when: object  # a PartialDate, "death" or None


def find(reading):
    by_person = {}
    for age in _ages(reading):
        by_person.setdefault(age.who, []).append(age)
    died = {who: when for who, (when, _) in deaths_in(reading).items()}
    born = {f.pseudonym: f.born for f in reading.facts.people if f.born}
    for who, ages in by_person.items():
        ages = [
            age._replace(when=died[who]) if age.when == "death" and who in died else age
            for age in ages
        ]
        yield from _against_each_other(who, ages)
        told = born.get(who)
        yield from (_against_birth(who, age, told) for age in ages if told and _is_wrong(age, told))
        if not told:
            yield from _against_told_birth(reading, who, ages)


def _ages(reading):
    for sentence in reading.counting:
        if not _MAY_BE.search(sentence.text):
            continue
        for match in _AGE.finditer(sentence.text):
            words = next(filter(None, (match[k] for k in "abcde")))
            years = worth(words)
            if not 0 < years < _OLDEST or _BOUND.search(sentence.text[: match.start()]):
                continue
            who = _whose(sentence, match)
            if who:
                yield Age(sentence, match.start(), match.end(), who, years, _when(sentence, match))


def _whose(sentence, match):
    if match["who"]:
        return next((m.person for m in sentence.mentions if m.end == match.end("who")), None)
    near = [m for m in sentence.mentions if m.end <= match.start() and not m.is_possessive]
    if near and re.fullmatch(
        r"[,\s\[(]*(?:(?:was|is|then|a|an|the|who|had been|and|of|(?:wo)?man|female|male|person|lady|(?:grand)?mother|(?:grand)?father)\b\s*)*",
        sentence.text[near[-1].end : match.start()],
        re.I,
    ):
        return near[-1].person
    after = next((m for m in sentence.mentions if 0 <= m.start - match.end() <= 3), None)
    if after:
        return after.person
    if _SHE_WAS.search(sentence.text[: match.start()]) and len(sentence.people) < 2:
        return sentence.subject
    return None


def _when(sentence, match):
    if _AT_DEATH.search(sentence.text[match.end() : match.end() + 70]) or _AT_DEATH.search(
        sentence.text[: match.start()]
    ):
        return sentence.when or "death"
    if _AT_ANOTHER_TIME.match(sentence.text[match.end() :]) and not sentence.when:
        return "unknown"
    return sentence.when


def _against_each_other(who, ages):
    for at, one in enumerate(ages):
        for other in ages[at + 1 :]:
            if _differ(one, other):
                yield Contradiction(
                    Kind.AGES,
                    (
                        one.sentence.place(one.start, one.end),
                        other.sentence.place(other.start, other.end),
                    ),
                    f"{who} is {one.years} in one place and {other.years} in the other, which"
                    + (
                        " the dates beside them do not allow."
                        if _dated(one) and _dated(other)
                        else " cannot both be at the same time."
                    ),
                    Confidence.HIGH
                    if one.when == other.when or (_dated(one) and _dated(other))
                    else Confidence.MEDIUM,
                    of=said_of(*(each.when for each in (one, other) if _dated(each))),
                )
                return


def _dated(age):
    return (
        age.when not in (None, "death", "unknown")
        and age.when.is_bounded
        and age.when.earliest
        and age.when.latest
    )


def _differ(one, other):
    if "unknown" in (one.when, other.when):
        return False
    if _dated(one) and _dated(other):
        a, b = _born(one), _born(other)
        return a[1] < b[0] or b[1] < a[0]
    if _dated(one) or _dated(other):
        return False
    return one.years != other.years


def _born(age):
    """(first, last) day on which somebody of this age at that time can be born."""
    first = _years_before(age.when.earliest, age.years + 1)
    return first + timedelta(days=1), _years_before(age.when.latest, age.years)


def _years_before(day, years):
    """The 29th of February becomes the 28th where there is none. No year is before the first."""
    year = max(day.year - years, 1)
    is_leap_day = (day.month, day.day) == (2, 29)
    return date(year, day.month, 28 if is_leap_day and not isleap(year) else day.day)


def _is_wrong(age, born):
    if not _dated(age) or not (born.earliest and born.latest):
        return False
    first, last = _born(age)
    return last < born.earliest or born.latest < first


def _against_birth(who, age, born, *more):
    return Contradiction(
        Kind.AGES,
        (age.sentence.place(age.start, age.end), *more),
        f"{who} is said to be {age.years} ({age.when.text}), which does not go with the date of birth"
        + (f" {born.text}." if more else " that the review holds."),
        Confidence.HIGH,
        of=said_of(born, age.when),
    )


_BORN = re.compile(r"\b(?:was born|born|date of birth|d\.?o\.?b\.?)\b", re.I)


def _against_told_birth(reading, who, ages):
    for sentence in reading.narrative:
        born = _BORN.search(sentence.text)
        if not born or sentence.subject_before(born.start(), born.end()) != who:
            continue
        found = next((d for d in sentence.dates if 0 <= d.start - born.end() <= 25), None)
        if found and found.reading.value.latest and found.reading.value.latest < date.max:
            place = sentence.place(born.start(), found.end)
            yield from (
                _against_birth(who, age, found.reading.value, place)
                for age in ages
                if _is_wrong(age, found.reading.value)
            )
