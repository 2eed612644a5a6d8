"""The time of which a sentence speaks: "between 2011 and 2013", "in 2012", "during the review period"."""

import re
from datetime import timedelta
from typing import NamedTuple

from foundations.dates import PartialDate, find_dates, parse

LEAST = 27  # days: what is said of one day is no count over a time
_YEAR = re.compile(r"\b(?:19|20)\d\d\b(?![/-]\d)")
_BEFORE = re.compile(
    r"\b(between|from|since|after|before|prior to|until|till|up to|by|to)\s+(?:the )?(?:(?:start|beginning|end) of )?$",
    re.IGNORECASE,
)
_OPEN = {
    "since": "since", "from": "since", "after": "after", "before": "before", "prior to": "before",
    "until": "up to", "till": "up to", "up to": "up to", "by": "up to", "to": "up to",
}  # fmt: skip
_LEAD = 40  # characters before a date in which its preposition stands
_FAR = 9_999_999
_ONWARDS = re.compile(r"\s+onwards?\b", re.IGNORECASE)
_TO = re.compile(
    r"\s*(?:-|to|until|till|up to|through|through to)\s*(?:the )?(?:end of )?", re.IGNORECASE
)
_AND = re.compile(r"\s*(?:,|and|, and)\s*(?:the )?(?:end of )?", re.IGNORECASE)
_SPAN = "period|timeframe|time frame|time period|timescale|time scale|timeline|window|years"
_WHOLE = re.compile(
    r"\b(?:during|in|within|over|throughout|across|for)\s+(?:the|this|our)?\s*(?:whole |entire |full )?(?:of )?"
    r"(?:the )?(?:"
    rf"(?:review|scoping|scope|reporting|relevant|agreed)\s+(?:{_SPAN})"
    rf"|(?:{_SPAN}|time)\s+(?:under (?:review|consideration)|in scope|(?:of|covered by|for) (?:the|this) review)"
    r"|scope(?: of (?:the|this) review)?"
    r")\b",
    re.IGNORECASE,
)
# A time that only other sentences, or other records, could tell.
_UNTOLD = re.compile(
    r"\b(?:last|past|previous|preceding|following|next|first|final|initial|same|that|this|these|those|every|each)\s+"
    r"(?:\w+\s+){0,2}(?:days?|weeks?|months?|years?|fortnight|period|time|occasion|morning|evening|night|weekend)\b"
    r"|\b(?:days?|weeks?|months?|years?|period|fortnight)\s+(?:before|prior|after|later|following|leading|"
    r"preceding|earlier|of|from)\b"
    r"|\b(?:within|in|over|during|for) (?:a|an|\w+) (?:\w+ )?(?:days?|weeks?|months?|years?|period|fortnight)\b"
    r"|\b(?:before|after|prior to|until|since|following|while|whilst|when|once|during|throughout|aged|"
    r"by then|so far|to date|thereafter|subsequently)\b",
    re.IGNORECASE,
)


class Period(NamedTuple):
    """Where in the sentence it stands, its first and last day (None: open), and the date as read."""

    at: int
    end: int
    first: int | None = None
    last: int | None = None
    value: object = None  # a PartialDate
    is_whole: bool = False  # all of the review's time

    @property
    def is_clear(self):
        """A time to count over: neither a day, nor several that do not follow each other."""
        if self.first is None or self.last is None:
            return self.is_whole or self.first != self.last
        return self.last - self.first >= LEAST

    def holds(self, account):
        """Whether an entry is (surely, possibly) of this time."""
        if self.is_whole:
            return True, True
        if not account.is_dated:
            return False, True
        first, last = _bounds(self.first, self.last)
        start, end = _bounds(account.start, account.end)
        return first <= start and end <= last, start <= last and end >= first


def _bounds(first, last):
    return (0 if first is None else first), (_FAR if last is None else last)


def periods_in(sentence):
    """In their order, none inside another."""
    found = [Period(*match.span(), is_whole=True) for match in _WHOLE.finditer(sentence)]
    rest = _dates_in(sentence)
    while rest:
        dates = [rest.pop(0)]
        start, lead = _lead(sentence, dates[0])
        joints = set()
        while rest and (joint := _joint(sentence[dates[-1].end : rest[0].at])):
            joints.add(joint)
            dates.append(rest.pop(0))
        found.append(_read(sentence, dates, start, lead, joints))
    return sorted(found, key=lambda each: each.at)


def is_untold(words):
    """Whether what is left of a sentence places it in a time that it does not tell."""
    return bool(_UNTOLD.search(words))


class _Date(NamedTuple):
    at: int
    end: int
    value: object


def _dates_in(sentence):
    """Each date, and each year that stands alone."""
    found = [_Date(d.start, d.end, d.reading.value) for d in find_dates(sentence, limits=False)]
    for match in _YEAR.finditer(sentence):
        if not any(date.at < match.end() and match.start() < date.end for date in found):
            found.append(_Date(*match.span(), parse(match[0]).value))
    return sorted(found, key=lambda date: date.at)


def _lead(sentence, date):
    """(where the words before a date begin, which they are)"""
    since = max(0, date.at - _LEAD)
    match = _BEFORE.search(sentence[since : date.at])
    return (since + match.start(), match[1].lower()) if match else (date.at, "")


def _joint(gap):
    """What two dates are joined by: "to" for a range, "and" for two that may follow each other."""
    return "to" if _TO.fullmatch(gap) else "and" if _AND.fullmatch(gap) else ""


def _read(sentence, dates, start, lead, joints):
    end = dates[-1].end
    if len(dates) > 1:
        value = _from_to(dates, is_range="to" in joints or lead == "between")
    elif onwards := _ONWARDS.match(sentence, end):
        end, value = onwards.end(), parse(f"since {sentence[dates[0].at : end]}").value
    elif lead in _OPEN and dates[0].value.precision not in {"range", "months"}:
        value = _open(dates[0].value, _OPEN[lead])
    else:
        value = dates[0].value
    if value is None:
        return Period(start, end)
    return Period(start, end, _day(value.earliest), _day(value.latest), value)


def _open(value, word):
    """ "Up to" a year is up to its end; that is what "before" the next one says."""
    if word != "up to":
        return parse(f"{word} {value.text}").value
    if value.latest is None:
        return None
    return PartialDate(f"up to {value.text}", None, value.latest, "before")


def _from_to(dates, *, is_range):
    """From the first to the last of several dates. Days in a list, or years apart, are no one time."""
    values = [date.value for date in dates]
    if not is_range and not all(map(_follows, values, values[1:])):
        return None
    value = parse(f"{values[0].text} to {values[-1].text}").value
    return value if value.earliest and value.latest else None


def _follows(one, other):
    return (
        one.latest is not None
        and other.earliest is not None
        and one.latest - one.earliest >= timedelta(days=LEAST)
        and other.earliest == one.latest + timedelta(days=1)
    )


def _day(date):
    return date.toordinal() if date else None
