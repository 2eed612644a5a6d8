"""A date as written, from a whole cell or box, to the days it can mean.

British: the day comes first. What is not certain leaves a doubt; nothing is guessed in silence.
"""

import re
from dataclasses import replace
from datetime import date

from foundations.dates.finding import find_dates
from foundations.dates.phrases import LONGEST, read_phrase
from foundations.dates.relative import read_relative, repeats_above
from foundations.dates.repairs import repaired
from foundations.dates.spans import FIRST_YEAR, LAST_YEAR, Span, invalid
from foundations.dates.value import PartialDate, Reading
from foundations.dates.words import fold, tidy, without_note

_PLAIN_DAY = re.compile(r"([0-9]{1,2})([./-])([0-9]{1,2})\2([0-9]{4})")
_SHOWN_AS_COUNTED = re.compile(r"(.{1,160}?) \(counted from (.{1,400})\)")
_SEVERAL_AMONG_WORDS = (
    "Several dates stand among other words. They are held as from the first to the last."
)
_YEAR = re.compile(r"(?<![0-9.,/:£$-])(?:19|20)[0-9]{2}(?![0-9.,/:-]|[0-9])", re.ASCII)
_CUT_YEAR = re.compile(r"[0-9]{1,2}([./-])[0-9]{1,2}\1(?:19|20)")
_SEARCHED = 5000
_TOO_LONG = LONGEST + 1  # enough to be refused, without keeping a whole page in memory
_FEW_WORDS = 40
_LONGEST_TEXT = 2000


def parse(text, *, above=None):
    """Read a date as written. `above` is the date of the row above, for what inherits or counts from it."""
    match = _PLAIN_DAY.fullmatch(text)
    if match:
        reading = _plain_day(text, match)
        if reading:
            return reading
    return _parse(text, above)


def _plain_day(text, match):
    """The usual cell, read without anything else being tried."""
    day, _, month, year = match.groups()
    try:
        found = date(int(year), int(month), int(day))
    except ValueError:
        return None
    if not FIRST_YEAR < found.year <= LAST_YEAR:
        return None
    return Reading(PartialDate(text, found, found, "day"))


def _parse(text, above):
    text = without_note(tidy(text))
    if not text:
        return _inherited("", above)
    if match := _SHOWN_AS_COUNTED.fullmatch(text):
        return _counted(text, *match.groups())
    s = fold(text[:_SEARCHED])
    if repeats_above(s):
        return _inherited(text, above)
    span = (
        read_phrase(s[:_TOO_LONG])
        or _read_counted(s, above)
        or _read_with_slips(s)
        or _read_within(text)
    )
    if above is not None and _may_be_cut_short(text, above):
        span = span.doubting("The year may be cut short: the dates above have all four figures.")
    return _reading(text, span)


def _may_be_cut_short(text, above):
    """21.07.20 under dates such as 18.07.2013."""
    return bool(_CUT_YEAR.fullmatch(text) and _PLAIN_DAY.fullmatch(above.text))


def _counted(text, step, base):
    """Shown, and typed back: "the next day (counted from April 2011)"."""
    above = _parse(base, None).value
    reading = _parse(step, above)
    value = replace(reading.value, text=text, base=base) if reading.value else reading.value
    return reading._replace(value=value)


def _inherited(text, above):
    if above is not None:
        return Reading(above, inherited=True)
    if not text:
        return Reading(PartialDate.none())
    return _reading(text, Span(None, None, "none", doubts=("There is no date above to repeat.",)))


def _reading(text, span):
    base = span.base and _as_written(span.base, text)
    value = PartialDate(_kept(text), span.earliest, span.latest, span.precision, span.circa, base)
    return Reading(value, span.time, span.doubts)


def _as_written(base, text):
    """The words of a base out of the text itself, with its capitals."""
    place = text.lower().find(base)
    return base if place < 0 else text[place : place + len(base)]


def _kept(text):
    return text if len(text) <= _LONGEST_TEXT else text[: _LONGEST_TEXT - 1] + "…"


def _read_counted(s, above):
    if len(s) > LONGEST:
        return None
    return read_relative(s, above if above is not None and above.is_bounded else None)


def _read_with_slips(s):
    mended = repaired(s) if len(s) <= LONGEST else None
    span = mended and read_phrase(mended[0])
    return span.doubting(*mended[1]) if span else None


def _read_within(text):
    """A date among other words: read, with a doubt about the words that were left out."""
    found = [one.reading.value for one in find_dates(text[:_SEARCHED])]
    dated = [value for value in found if value.is_bounded]
    if not dated:
        return _bare_year(text) or invalid("This could not be read as a date.")
    if len(dated) == 1:
        return _among_words(dated[0])
    return _hull(dated)


def _bare_year(text):
    """The only year in a few words: "Easter 2011"."""
    years = set(_YEAR.findall(text)) if len(text) <= _FEW_WORDS else ()
    if len(years) != 1:
        return None
    year = int(years.pop())
    return Span(date(year, 1, 1), date(year, 12, 31), "year").doubting(
        f"Only the year {year} was read, not the other words."
    )


def _among_words(value):
    return Span(
        value.earliest, value.latest, value.precision, value.circa, base=value.base
    ).doubting(f"Only “{value.text}” was read as the date, not the other words.")


def _hull(values):
    """From the first to the last. An open side stays open."""
    first = None if any(v.earliest is None for v in values) else min(v.earliest for v in values)
    last = None if any(v.latest is None for v in values) else max(v.latest for v in values)
    precision = {(True, True): "range", (False, True): "by", (True, False): "after"}
    return Span(
        first,
        last,
        precision.get((first is not None, last is not None), "invalid"),
        circa=any(value.circa for value in values),
        doubts=(_SEVERAL_AMONG_WORDS,),
    )
