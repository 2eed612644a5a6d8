"""A weekday against its date, a day that no calendar has, a stretch of time that ends before it begins,
and a number in words against its figures."""

import re

from reports.checking.numbers import NUMBER, worth
from reports.checking.values import Confidence, Contradiction, Kind

_WRONG_WEEKDAY = re.compile(r"was an? \w+day, not an? \w+day")
_SAID_AFTER = re.compile(
    r"^,? ?(?:[\[(]|(?:which|this|that|it) was )(?:an? )?(Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day\b",
    re.I,
)
_DAYS = ("Mon", "Tues", "Wednes", "Thurs", "Fri", "Satur", "Sun")
_REVERSED = re.compile(r"ends before it begins")
_NAMES_A_YEAR = re.compile(r"(?:19|20)\d\d|[A-Za-z]{3}")
_NO_DAY = re.compile(r"has no day|There is no month|no such")
_TWICE = re.compile(
    rf"(?<![\w.,/£$-])(?P<first>{NUMBER}) ?[\[(](?P<second>{NUMBER})[\])](?! ?(?:%|per|of|/|years?|yrs|\.\d))",
    re.I,
)


def find(reading):
    for sentence in reading.sentences:
        yield from _wrong_days(sentence)
        yield from _wrong_figures(sentence)


def _wrong_days(sentence):
    for found in sentence.dates:
        yield from _wrong_day_after(sentence, found)
        for doubt in found.reading.doubts:
            kind = Kind.WEEKDAYS if _WRONG_WEEKDAY.search(doubt) else None
            kind = kind or (Kind.ORDER if _REVERSED.search(doubt) else None)
            is_date = _NAMES_A_YEAR.search(found.text)  # "2.0.11" is a version
            kind = kind or (Kind.IMPOSSIBLE_DATES if is_date and _NO_DAY.search(doubt) else None)
            if kind:
                yield Contradiction(
                    kind, (sentence.place(found.start, found.end),), doubt, Confidence.HIGH
                )


def _wrong_day_after(sentence, found):
    """ "On 5 June 2017 (a Wednesday)": whoever reads dates has them with the day before."""
    match, value = _SAID_AFTER.match(sentence.text[found.end :]), found.reading.value
    if match and value.is_exact and _DAYS[value.earliest.weekday()].lower() != match[1].lower():
        yield Contradiction(
            Kind.WEEKDAYS,
            (sentence.place(found.start, found.end + match.end()),),
            f"{value.text} was a {_DAYS[value.earliest.weekday()]}day, not a {match[1].capitalize()}day.",
            Confidence.HIGH,
        )


def _wrong_figures(sentence):
    for match in _TWICE.finditer(sentence.text):
        words, figures = match["first"], match["second"]
        if words[0].isdigit() == figures[0].isdigit() or worth(words) == worth(figures):
            continue
        yield Contradiction(
            Kind.FIGURES,
            (sentence.place(match.start(), match.end()),),
            f"The number in words and the number in figures differ: “{match[0]}”.",
            Confidence.HIGH,
        )
