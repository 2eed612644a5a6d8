"""Ages against each other, and against a date of birth."""

import re
from calendar import isleap
from datetime import date, timedelta
from typing import NamedTuple

from reports.checking.contradictions.lives import deaths_in
from reports.checking.facts import said_of
from reports.checking.numbers import NUMBER, worth
from reports.checking.persons import KIN
from reports.checking.values import Confidence, Contradiction, Kind

_KILLING = (
    r"(?:deaths?|murders?|homicide|killing|offence|fatal (?:attack|incident|assault|stabbing))"
)
_WHEN_KILLED = (
    rf"(?:when|the day|the year|on the (?:day|night)) (?:that )?(?:he|she|they) (?:died|was (?:killed|murdered)|were killed|killed|murdered|took (?:the|her|his) life|committed the)"
    rf"|at the (?:time|date) of (?:his|her|the|their) {_KILLING}"
)
_AGE = re.compile(
    rf"\b(?:aged|at the age of|age:?) (?P<a>{NUMBER})\b(?! (?:and|or|to|months?|weeks?|days?)\b| ?[-–+<>])"
    rf"|\b(?P<b>{NUMBER})[- ]years?[- ]olds?\b|\b(?P<c>{NUMBER}) years of age\b"
    rf"|\b(?:was|is|then) (?:then |still |only |just )?(?P<d>{NUMBER})(?: years)?(?=,? (?:{_WHEN_KILLED}))"
    rf"|\b(?:was|is) (?P<f>{NUMBER})(?=$|[.,;](?:\W|$)| and )"
    rf"|(?P<who>[A-Z][\w ]{{1,14}}),? [\[(](?P<e>\d{{2}})[\])]",
    re.I,
)
_BOUND = re.compile(
    r"\b(?:over|under|about|around|approximately|nearly|almost|above|below|at least|between|not|from)\s*$|[<>~]\s*$",
    re.I,
)
_AT_DEATH = re.compile(
    rf"\b(?:deaths? of|(?:time|date) of (?:his|her|the|their) {_KILLING}|{_WHEN_KILLED}|died|was killed|was murdered)\b",
    re.I,
)
_AT_ANOTHER_TIME = re.compile(
    r"^\W{0,3}(?:when|at (?:the|that) time|at which|by|in (?:19|20)|son|daughter|child|boy|girl|brother|sister)\b",
    re.I,
)
_SHE_WAS = re.compile(r"\b(?:he|she) (?:(?:was|is) (?:then )?(?:a |an )?)?$", re.I)
_WAS = re.compile(r"\b(?:was|is) (?:then |only |just |still )?$", re.I)
_SOMEBODY = re.compile(
    rf"\b(?:{'|'.join(KIN)}|he|she|they|whose|man|woman|person|boy|girl)\b", re.I
)
_DOES_TO = re.compile(
    r"\b(?:he|she) (?:had )?(?:killed|murdered|stabbed|strangled|attacked) $", re.I
)
_MAY_BE = re.compile(
    r"\bage|\bolds?\b|[\[(]\d\d[\])]|death|died|killed|murder|homicide|killing|offence|attack|incident",
    re.I,
)
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
    killed = died.get(reading.people.known_as("victim"))
    born = {f.pseudonym: f.born for f in reading.facts.people if f.born}
    for who, ages in by_person.items():
        ages = [
            age._replace(when=died.get(who, killed) or "death") if age.when == "death" else age
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
            words = next(filter(None, (match[k] for k in "abcdef")))
            years = worth(words)
            if not 0 < years < _OLDEST or _BOUND.search(sentence.text[: match.start()]):
                continue
            if match["f"] and not _AT_DEATH.search(sentence.text[: match.start()]):
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
    if (
        near
        and _WAS.search(sentence.text[: match.start()])
        and _is_alone(sentence, near[-1], match)
    ):
        return near[-1].person
    after = next((m for m in sentence.mentions if 0 <= m.start - match.end() <= 3), None)
    if after:
        return after.person
    if _SHE_WAS.search(sentence.text[: match.start()]) and len(sentence.people) < 2:
        return _who_is_meant(sentence)
    return None


def _is_alone(sentence, mention, match):
    """Whether nobody else is spoken of, by name or kin: "X, who was born in 1976, was aged 39"."""
    between = sentence.text[mention.end : match.start()]
    return len(sentence.people) == 1 and not _SOMEBODY.search(between)


def _who_is_meant(sentence):
    """Who "he" is: nobody of whom the same sentence says that he killed them."""
    others = {m.person for m in sentence.mentions if _DOES_TO.search(sentence.text[: m.start])}
    if sentence.subject not in others:
        return sentence.subject
    before = sentence.before.subject if sentence.before else None
    return None if before in others else before


def _when(sentence, match):
    if match["d"] or match["f"]:
        return "death"
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
