"""How long something is said to have lasted, against the dates beside it; a range that ends before it begins."""

import re

from foundations.dates import find_dates
from reports.checking.numbers import HALF, NUMBER, said, worth
from reports.checking.values import Confidence, Contradiction, Kind

UNITS = {"day": 1, "week": 7, "fortnight": 14, "month": 30.44, "year": 365.24}
LENGTH = (
    rf"(?P<number>{NUMBER}|an?)(?P<half>{HALF})?[- ](?P<unit>day|week|fortnight|month|year)s?'?\b"
)
_LASTED = re.compile(
    rf"\b(?:for|lasted|lasting|a period of|spanning|over a period of|some|within|took|a total of)(?: (?P<about>about|around|approximately|almost|nearly|over|more than|just over|just under|less than|up to|at least|the next|a period of|a total of|only))* {LENGTH}(?! (?:old|of age|imprisonment|sentence|suspended|in prison|custody|supervision|community))"
    rf"|[\[(](?P<about2>about |around |approximately |almost |nearly |over |just over |just under )?{LENGTH.replace('number', 'number2').replace('half', 'half2').replace('unit', 'unit2')}[\])]",
    re.I,
)
_LATER = re.compile(
    rf"\b(?P<about>about |around |approximately |almost |nearly |over |just over |just under |some )?{LENGTH} (?P<way>later|earlier|after that|afterwards|before that|beforehand|after|before)\b",
    re.I,
)
_FROM_TO = re.compile(r"\b(?:from|between)\s+(?:the )?$", re.I)
_TO = re.compile(r"^,?\s*(?:to|until|till|and|up to|-)\s+(?:the )?$", re.I)
_BARE_YEARS = re.compile(
    r"(?:[\[(]|\bbetween |\bfrom )((?:19|20)\d\d)\s*(?:to|until|and|-)\s*((?:19|20)\d\d)\b(?!-)"
)
_TO_YEAR = re.compile(r"\s*(?:to|until|till|and|-)\s*((?:19|20)\d\d)\b(?!-)")
_NEAR = 80  # characters
_ANOTHER_CLAUSE = re.compile(r"[;.]|\b(?:and|but|where|who|which|then|when|whom)\b", re.I)
_SLACK = 0.6  # of a unit: "six months" from 3 January to 20 June


def find(reading):
    for sentence in reading.counting:
        spans = list(ranges_in(sentence))
        yield from (_reversed(sentence, span) for span in spans if _is_reversed(span))
        if len(spans) == 1 and not _is_reversed(spans[0]):
            yield from _wrong_lengths(sentence, *spans[0])
        yield from _wrong_steps(sentence)


def ranges_in(sentence):
    """(first, last, start, end): PartialDates of "from ... to ..." and where the words stand."""
    dates = [d for d in sentence.dates if d.reading.value.earliest and d.reading.value.latest]
    for match in _BARE_YEARS.finditer(sentence.text):
        if not any(d.start < match.end() and match.start() < d.end for d in dates):
            yield _date_of(match[1]), _date_of(match[2]), match.start(1), match.end(2)
    for at, found in enumerate(dates):
        value = found.reading.value
        if value.precision == "range" and (ends := _ends_of(value)):
            yield (*ends, found.start, found.end)
        year = _TO_YEAR.match(sentence.text, found.end) if value.precision == "year" else None
        if year and (last := _date_of(year[1])):
            yield value, last, found.start, year.end()
        lead = sentence.text[: found.start]
        following = dates[at + 1] if at + 1 < len(dates) else None
        if (
            following
            and _FROM_TO.search(lead)
            and _TO.match(sentence.text[found.end : following.start])
        ):
            yield value, following.reading.value, found.start, following.end


def _ends_of(value):
    halves = re.split(r"\s+(?:to|until|till|and)\s+|\s*-\s*", value.text)
    if len(halves) != 2:
        return None
    ends = [_date_of(half) for half in halves]
    return ends if all(ends) else None


def _date_of(words):
    """The one bounded date that the words are, or None."""
    found = find_dates(f"in {words}", limits=False)
    value = found[0].reading.value if len(found) == 1 else None
    return value if value and value.earliest and value.latest else None


def _is_reversed(span):
    return span[1].latest < span[0].earliest


def _reversed(sentence, span):
    return Contradiction(
        Kind.ORDER,
        (sentence.place(span[2], span[3]),),
        f"The range ends ({span[1].text}) before it begins ({span[0].text}).",
        Confidence.HIGH,
    )


def _wrong_lengths(sentence, first, last, start, end):
    for match in _LASTED.finditer(sentence.text):
        if start <= match.start() < end or not _belong(sentence.text, match, start, end):
            continue
        groups = match.groupdict()
        number, half, unit = (groups[k] or groups[f"{k}2"] for k in ("number", "half", "unit"))
        about = groups["about"] or groups["about2"] or ""
        shortest = (last.earliest - first.latest).days
        longest = (last.latest - first.earliest).days + 1
        if is_off(days_of(number, half, unit), UNITS[unit.lower()], shortest, longest, about):
            yield Contradiction(
                Kind.DURATIONS,
                (sentence.place(min(start, match.start()), max(end, match.end())),),
                f"“{match[0].strip('[]()')}” does not go with the dates {first.text} and {last.text}, which are {_apart(shortest, longest)} apart.",
                Confidence.HIGH,
            )


def _belong(text, match, start, end):
    """Whether nothing else begins between how long and from when to when."""
    between = text[end : match.start()] if match.start() >= end else text[match.end() : start]
    return len(between) <= _NEAR and not _ANOTHER_CLAUSE.search(between)


def days_of(number, half, unit):
    many = 1 if number.lower() in {"a", "an"} else worth(number)
    return (many + (0.5 if half else 0)) * UNITS[unit.lower()]


def is_off(days, unit, shortest, longest, about):
    slack = unit * _SLACK + (days * 0.15 if about else 0)
    about = about.strip().lower()
    if about in {"over", "more than", "at least"}:
        return longest < days - slack
    if about in {"less than", "up to"}:
        return shortest > days + slack
    return longest < days - slack or shortest > days + slack


def _apart(shortest, longest):
    middle = max(0, (shortest + longest) // 2)
    for unit in ("year", "month", "week", "day"):
        if middle >= UNITS[unit] * 2 or unit == "day":
            many = round(middle / UNITS[unit])
            return f"about {said(many)} {unit}{'s' * (many != 1)}"
    return ""


def _wrong_steps(sentence):
    """ "Three days later, on 9 May", and "on 9 May, three days later": against the date last said before it."""
    for match in _LATER.finditer(sentence.text):
        if match["way"].lower() == "later" and (found := _said_before(sentence, match)):
            yield found
        here = next(
            (
                d
                for d in sentence.dates
                if 0 <= d.start - match.end() <= 6 and d.reading.value.is_exact
            ),
            None,
        )
        before = [d for d in sentence.dates if d.end <= match.start()] or (
            sentence.before.dates if sentence.before else []
        )
        if (
            not here
            or not before
            or match["way"].lower() not in {"later", "earlier", "afterwards", "beforehand"}
        ):
            continue
        there = before[-1].reading.value
        if not there.is_exact:
            continue
        apart = (here.reading.value.earliest - there.earliest).days
        apart = -apart if match["way"].lower() in {"earlier", "beforehand"} else apart
        days = days_of(match["number"], match["half"], match["unit"])
        if is_off(days, UNITS[match["unit"].lower()], apart, apart, match["about"] or ""):
            yield Contradiction(
                Kind.DURATIONS,
                (sentence.place(match.start(), here.end),),
                f"“{match[0].strip()}” does not lead from {there.text} to {here.text}.",
                Confidence.HIGH,
            )


def _said_before(sentence, match):
    """Where the step stands behind both dates: "began in March and ended in November, a year later"."""
    dates = [d for d in sentence.dates if d.end <= match.start()]
    follows = re.match(r"^[.;]?\s*$", sentence.text[match.end() :])
    if len(dates) != 2 or len(sentence.dates) != 2 or not follows:
        return None
    there, here = (found.reading.value for found in dates)
    if sentence.text[dates[1].end : match.start()].strip(" ,(–-") or not _are_bounded(there, here):
        return None
    shortest, longest = (here.earliest - there.latest).days, (here.latest - there.earliest).days
    days = days_of(match["number"], match["half"], match["unit"])
    if not is_off(days, UNITS[match["unit"].lower()], shortest, longest, match["about"] or ""):
        return None
    return Contradiction(
        Kind.DURATIONS,
        (sentence.place(dates[0].start, match.end()),),
        f"“{match[0].strip()}” does not lead from {there.text} to {here.text}.",
        Confidence.HIGH,
    )


def _are_bounded(*values):
    return all(value.earliest and value.latest for value in values)
