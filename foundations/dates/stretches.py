"""From one date to another, and several dates in one place."""

import itertools
import re

from foundations.dates.days import NO_YEAR
from foundations.dates.spans import Span, invalid
from foundations.dates.words import MONTH, MONTH_NAMES, ORDINAL, WEEKDAY

_MOST = 12
_BETWEEN = re.compile(r"(?:at )?(?:some ?time |some point )?between (?P<rest>.+)")
_FROM = re.compile(r"(?:the period |period )?from (?P<rest>.+)")
# Words and dashes with room around them before bare dashes, which stand inside dates too.
_JOINTS = (
    re.compile(r" (?:and )?(?:to|until|up until|up to|till|through|thru) "),
    re.compile(r" -{1,2} "),
    re.compile(r" ?-{1,2} ?"),
)
_AND = re.compile(r" (?:and|&) ")
# A stroke parts dates too, but stands inside them as well.
_LIST_MARKS = (
    re.compile(r" ?[,;&+] ?(?:and |or )?| (?:or|and/or|and) | (?=[0-9]{1,2}[./-][0-9])"),
    re.compile(r" ?[,;&+/] ?(?:and |or )?| (?:or|and/or|and) "),
)
_DAY_ALONE = re.compile(rf"(?:{WEEKDAY},? (?:the )?)?[0-9]{{1,2}}{ORDINAL}?(?: of)?")
_DAY_AND_MONTH = re.compile(r"(?P<both>(?:[a-z]+ )?[0-9]{1,2}(?P<mark>[./-])[0-9]{1,2})[./]?")
_NEEDS_YEAR = re.compile(
    rf"(?:{WEEKDAY},? )?(?:[0-9]{{1,2}}{ORDINAL}?(?: of)? )?(?:(?:early|mid|late|start of|end of|beginning of)[- ])?"
    rf"(?:{MONTH}|spring|summer|autumn|winter)\.?|(?:{WEEKDAY},? )?{MONTH} [0-9]{{1,2}}{ORDINAL}?"
    r"|early|mid|late|christmas|xmas|q[1-4]|(?:first|second|third|fourth) quarter"
)
_YEAR_FROM_START = "The year was taken from the start of the stretch."
_YEAR_BEFORE = "The first date was read as of the year before."
SEVERAL = (
    "Several dates are written here. They are held as one stretch, from the first to the last."
)


def read_stretch(s, read):
    if match := _BETWEEN.fullmatch(s):
        return _joined(match["rest"], (_AND, *_JOINTS), read)
    if match := _FROM.fullmatch(s):
        s = match["rest"]
    return _joined(s, _JOINTS, read)


def _joined(s, joints, read):
    for joint in joints:
        for count, match in enumerate(joint.finditer(s)):
            if count == _MOST:
                break
            found = _two_ends(s[: match.start()].strip(), s[match.end() :].strip(), read)
            if found is not None:
                return found
    return None


def _two_ends(first, last, read):
    end = read(last)
    if _is_whole(end):
        start = _whole_start(first, end, read)
        return _from_to(start, end) if start else None
    start = read(first)
    if not _is_whole(start):
        return None
    end = _with_year_of(start, last, read)
    return _from_to(start, end.doubting(_YEAR_FROM_START)) if end else None


def _is_whole(span):
    return span is not None and span.is_bounded


def _whole_start(first, end, read):
    """The start, with the month or year that stands only at the end."""
    start = read(first)
    if _is_whole(start):
        return start
    if start is not None and NO_YEAR not in start.doubts:
        return start
    return _completed(first, end, read)


def _completed(first, end, read):
    if end.earliest is None:
        return None
    year, month = end.earliest.year, MONTH_NAMES[end.earliest.month - 1].lower()
    if _DAY_ALONE.fullmatch(first):
        start = (
            read(f"{first.removesuffix(' of')} {month} {year}") if end.precision in _DAYS else None
        )
    elif match := _DAY_AND_MONTH.fullmatch(first):
        start = _not_later(match["both"] + match["mark"], year, end, read)
    elif _NEEDS_YEAR.fullmatch(first):
        start = _not_later(_with_month(first, month) + " ", year, end, read)
    else:
        return None
    return start if _is_whole(start) else None


_DAYS = {"day", "minute"}


def _with_month(first, month):
    """ "Early to mid May 2011": the month too stands at the end."""
    return f"{first} {month}" if first in {"early", "mid", "late"} else first


def _not_later(words, year, end, read):
    start = read(f"{words}{year}")
    if _is_whole(start) and start.earliest > end.latest:
        start = read(f"{words}{year - 1}")
        return start.doubting(_YEAR_BEFORE) if _is_whole(start) else None
    return start


def _with_year_of(start, last, read):
    if start.earliest is None or not _NEEDS_YEAR.fullmatch(last):
        return None
    end = read(f"{last} {start.earliest.year}")
    return end if _is_whole(end) and end.latest >= start.earliest else None


def _from_to(start, end):
    doubts = (*start.doubts, *end.doubts)
    circa = start.circa or end.circa
    if start.earliest and end.latest and start.earliest > end.latest:
        return invalid("The stretch ends before it begins.", end.earliest, start.latest)
    precision = "invalid" if "invalid" in {start.precision, end.precision} else "range"
    time = f"{start.time} to {end.time}" if start.time and end.time else start.time
    return Span(start.earliest, end.latest, precision, circa=circa, doubts=doubts, time=time)


def read_list(s, read):
    """Several dates with commas or "and": what is missing in one stands in a later one."""
    for marks in _LIST_MARKS:
        parts = [part.strip() for part in marks.split(s) if part.strip()]
        spans = _listed(parts, read) if 2 <= len(parts) <= _MOST else None
        if spans:
            return _several(spans)
    return None


def _listed(parts, read):
    spans = []
    for part in reversed(parts):
        span = _whole_start(part, spans[0], read) if spans else read(part)
        if not _is_whole(span):
            return None
        spans.insert(0, span)
    return spans


def _several(spans):
    if any(span.earliest is None or span.latest is None for span in spans):
        return None
    kinds = {span.precision for span in spans}
    precision = "months" if kinds == {"month"} else "range"
    if "invalid" in kinds:
        precision = "invalid"
    found = Span(
        min(span.earliest for span in spans),
        max(span.latest for span in spans),
        precision,
        circa=any(span.circa for span in spans),
        doubts=tuple(doubt for span in spans for doubt in span.doubts),
    )
    return found.doubting(SEVERAL) if precision == "range" and _has_gap(spans) else found


def _has_gap(spans):
    ordered = sorted(spans)
    return any((b.earliest - a.latest).days > 1 for a, b in itertools.pairwise(ordered))
