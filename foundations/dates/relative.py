"""Dates that count from something else: the row above, another date, a publication."""

import re

from foundations.dates.bounds import add_days, add_months, month_end
from foundations.dates.phrases import read_phrase
from foundations.dates.spans import FIRST_YEAR, LAST_YEAR, Span
from foundations.dates.times import split_time
from foundations.dates.words import NUMBERS, WEEKDAY, WEEKDAYS, number_in

_NO_START = "It does not say from when this counts."
_NOTHING_ABOVE = "There is no date above for this to count from."
_OUT_OF_REACH = "This counts to a year that cannot be right."
_BASE_LENGTH = 200

_UNIT = r"(?P<unit>day|night|week|month|year)s?"
_WORDS = "|".join(sorted(NUMBERS, key=len, reverse=True))
_COUNT = (
    r"(?:(?P<about>about |around |approximately |approx\.? |some |nearly |almost |just (?:over|under) )"
    r"|(?P<over>over |more than |at least )|(?P<under>under |less than |up to |within ))?"
    rf"(?:(?P<count>[0-9]{{1,3}}|{_WORDS})|(?P<few>a few|few|several|some|many|a number of|(?P<couple>a couple(?: of)?|couple of)))"
    rf"(?: (?:working|calendar|full|whole|more|further))?[ -]{_UNIT}(?:')?"
)
_NEXT = re.compile(
    r"(?:(?:on|in|during|over) )?(?:(?:the|that) )?(?:very )?(?P<which>next|following|previous|preceding|prior|same)"
    r" (?P<unit>day|morning|afternoon|evening|night|week|weekend|month|year)"
    r"|(?:(?:on|in) )?(?:the )?(?P<unit2>day|week|month|year|evening|night|morning) (?P<which2>after|before|later)(?:wards)?"
    r"|(?:(?:later|earlier|also|again|on|in|during) )*(?:that|the same|same) (?P<unit3>day|morning|afternoon|evening|night|week|month|year)"
    r"|(?P<which4>next|following|previous) day"
)
_NEXT_WEEKDAY = re.compile(
    rf"(?:on )?(?:the )?(?P<which>next|following|previous|preceding) (?P<weekday>{WEEKDAY})"
)
_LATER = re.compile(
    rf"{_COUNT}(?: or so)? (?:(?P<on>later|after(?:wards)?|on|hence|further on|thereafter)|(?P<back>before(?:hand)?|earlier|previously|prior))"
)
_FROM_BASE = re.compile(
    rf"(?P<step>{_COUNT}(?: or so)?) (?P<way>after|following|from|of|since|before|prior to|later than|post)(?: (?:the )?date of)? (?P<base>.+)"
)
_WITHIN = re.compile(
    rf"(?:within|inside|no later than|not later than)(?: the)?(?: (?:next|first|following))? {_COUNT}"
    rf"(?: (?:of|from|after|following)(?: (?:the )?date of)? (?P<base>.+))?"
)
_ADJACENT_BASE = re.compile(
    r"(?:on )?(?:the )?(?P<unit>day|week|month|year) (?P<which>after|following|before|prior to|preceding) (?P<base>.+)"
)
_NO_BOUNDS = re.compile(
    r"(?:there|here)?after(?:wards?)?|there ?after|subsequent(?:ly)?|later(?: on)?|then|(?:shortly|soon|some ?time|immediately|sometime)"
    r" (?:after(?:wards?)?|later|thereafter)|at a later (?:date|stage|time|point)|in due course|from then(?: on(?:wards)?)?|since then|following this"
    r"|(?:a |some )?(?:short|long|little|considerable)? ?(?:time|while) (?:later|after(?:wards)?|before|earlier)"
)
_EVENT = re.compile(
    r"(?:(?:(?:by|on|upon|at|after|following|before|prior to|post|pre|within|from|until|pending|day of|date of|during)[ -])+"
    r"(?:the )?(?:date of )?(?:the )?)"
    r"(?P<base>(?:(?:final|next|first|last|panel|board|annual|formal|official|case|the|criminal|review|overview|report) )*"
    r"(?:publication|publishing|approval|release|sign[- ]?off|completion|launch|review|report|meeting|trial|inquest"
    r"|sentenc(?:e|ing)|death|homicide|murder|incident|offence|birth|discharge|admission|referral)(?: of (?:the )?[a-z ]{1,40})?)"
)
_FROM_TODAY = re.compile(
    r"(?:today|yesterday|tomorrow|now|immediate(?:ly)?|asap|a\.s\.a\.p\.?|as soon as possible|urgent(?:ly)?"
    r"|(?:last|this|next|the coming|current) (?:night|week|weekend|month|year|quarter|summer|winter|spring|autumn|financial year)s?"
    r"|(?:with)?in the (?:near|immediate) future|recent(?:ly)?)"
)
_IN = re.compile(
    rf"(?:in|over|for|every)?(?: the)?(?: (?:next|coming|last|past))? ?{_COUNT}(?:'?s? time)?"
)
_AGO = re.compile(rf"{_COUNT} ago")
_AGAIN = re.compile(
    r"[\"']{1,2}|''|ditto|do\.?|as above|same(?: (?:date|day|as above|date as above))|-+ ?[\"']+ ?-+|same as above"
)
# How far either way "two weeks later" may be out, in days.
_SLACK = {"week": 3, "month": 15, "year": 183}
_FEW, _COUPLE = (1, 10), (1, 3)
_DAY_WORDS = {"day", "night", "morning", "afternoon", "evening"}


def repeats_above(s):
    """Ditto marks and their like."""
    return bool(_AGAIN.fullmatch(s))


def read_relative(s, above):
    """The span of a folded text that counts from something, or None. `above` is a bounded date or None."""
    for read in (_adjacent, _weekday, _later, _explicit, _within, _without_bounds, _timed):
        found = read(s, above)
        if found is not None:
            return found
    return None


def _timed(s, above):
    split = split_time(s)
    found = split and read_relative(split[0], above)
    if not found:
        return None
    minute = found.precision == "day" and split[1].is_exact
    return found._replace(time=split[1].text, precision="minute" if minute else found.precision)


class _Base:
    """A date to count from, as its bounds and its words."""

    def __init__(self, earliest, latest, words):
        self.earliest, self.latest, self.words = earliest, latest, words

    def __str__(self):
        return self.words


def _based_on(words):
    span = read_phrase(words)
    if span is None or not span.earliest or not span.latest:
        return None
    return _Base(span.earliest, span.latest, words)


def _adjacent(s, above):
    match = _NEXT.fullmatch(s)
    if not match:
        return None
    which = match["which"] or match["which2"] or match["which4"] or "same"
    unit = match["unit"] or match["unit2"] or match["unit3"] or "day"
    return _step(unit, which, above, within_it="later" in s.split())


def _weekday(s, above):
    match = _NEXT_WEEKDAY.fullmatch(s)
    if not match:
        return None
    if _is_open(above):
        return _unknown(above)
    sign = 1 if match["which"] in {"next", "following"} else -1
    first, last = (_nearest(day, match["weekday"], sign) for day in (above.earliest, above.latest))
    found = _relative(above, first, last, circa=False)
    return found._replace(precision="day") if first and first == last else found


def _nearest(day, weekday, sign):
    """The first such day of the week after, or before, a day."""
    gap = sign * (WEEKDAYS[weekday[:3]] - day.weekday()) % 7 or 7
    return add_days(day, sign * gap)


def _step(unit, which, above, *, within_it=False):
    if _is_open(above):
        return _unknown(above)
    steps = {"same": 0, "previous": -1, "preceding": -1, "prior": -1, "before": -1, "prior to": -1}
    count = steps.get(which, 1)
    if unit in _DAY_WORDS:
        time = None if unit == "day" else unit
        return _days_on(above, count, count, circa=False)._replace(time=time)
    if unit in {"week", "weekend"}:
        return _weeks(above, count, unit, within_it=within_it)
    return _calendar(above, unit, count, within_it=within_it)


def _is_open(above):
    return above is None or above.earliest is None or above.latest is None


def _unknown(above):
    if above is None:
        return Span(None, None, "relative", doubts=(_NOTHING_ABOVE,))
    return Span(None, None, "relative", doubts=(_NOTHING_ABOVE,), base=_words_of(above))


def _words_of(above):
    return str(above)[:_BASE_LENGTH] or None


def _relative(above, earliest, latest, *, circa):
    if earliest is None or latest is None or earliest.year < FIRST_YEAR or latest.year > LAST_YEAR:
        return Span(None, None, "relative", doubts=(_OUT_OF_REACH,), base=_words_of(above))
    return Span(earliest, latest, "relative", circa=circa, base=_words_of(above))


def _days_on(above, least, most, *, circa):
    found = _relative(
        above, add_days(above.earliest, least), add_days(above.latest, most), circa=circa
    )
    if found.earliest and found.earliest == found.latest and not circa:
        return found._replace(precision="day")
    return found


def _weeks(above, count, unit, *, within_it):
    first = add_days(above.earliest, 7 * count - above.earliest.weekday())
    last = add_days(above.latest, 7 * count + 6 - above.latest.weekday())
    if first and unit == "weekend":
        first = add_days(first, 5)
    if within_it and count == 0:
        first = above.earliest
    return _relative(above, first, last, circa=unit == "week" and count != 0)


def _calendar(above, unit, count, *, within_it):
    """The month or year itself, where what is above lies in a single one."""
    length = 1 if unit == "month" else 12
    one = above.earliest.year == above.latest.year and (
        unit == "year" or above.earliest.month == above.latest.month
    )
    start = above.earliest.replace(month=above.earliest.month if length == 1 else 1, day=1)
    end = above.latest if length == 1 else above.latest.replace(month=12, day=31)
    first, last = add_months(start, count * length), add_months(end.replace(day=1), count * length)
    last = last and month_end(last.year, last.month)
    if within_it and count == 0:
        return _relative(above, above.earliest, last, circa=False)
    found = _relative(above, first, last, circa=False)
    return found._replace(precision=unit) if one and found.is_bounded else found


def _later(s, above):
    match = _LATER.fullmatch(s) or _LATER.fullmatch(f"several {s}")
    if not match:
        return None
    if _is_open(above):
        return _unknown(above)
    return _counting(match, above, -1 if match["back"] else 1)


def _counting(match, above, sign):
    least, most = _how_many(match)
    unit = "day" if match["unit"] == "night" else match["unit"]
    if match["over"] or match["under"]:
        return _one_sided(match, above, unit, sign * most)
    loose = bool(match["few"] or match["about"])
    if unit == "day" and not loose:
        return _days_on(above, sign * least, sign * most, circa=False)
    if sign < 0:
        least, most = -most, -least
    if match["few"]:
        return _few(above, unit, least, most)
    return _about(above, unit, least)


def _one_sided(match, above, unit, count):
    """ "More than a year later" has one bound; "less than a year later" begins at the date itself."""
    first, last = sorted((0, count))
    start, end = _moved(above.earliest, unit, first), _moved(above.latest, unit, last)
    if match["over"]:
        start, end = (_moved(above.earliest, unit, count), None) if count > 0 else (None, end)
        if count < 0:
            end = _moved(above.latest, unit, count)
        return Span(start, end, "relative", circa=True, base=_words_of(above))
    return _relative(above, start, end, circa=True)


def _moved(day, unit, count):
    if unit in {"day", "week"}:
        return add_days(day, count * (7 if unit == "week" else 1))
    return add_months(day, count * (12 if unit == "year" else 1))


def _how_many(match):
    if match["couple"]:
        return _COUPLE
    if match["few"]:
        return _FEW
    count = number_in(match["count"])
    return count, count


def _few(above, unit, least, most):
    """A few is one to ten, in whole months where the unit is longer than a week."""
    if unit in {"day", "week"}:
        days = 7 if unit == "week" else 1
        first, last = add_days(above.earliest, days * least), add_days(above.latest, days * most)
        return _relative(above, first, last, circa=True)
    months = 12 if unit == "year" else 1
    first = add_months(above.earliest.replace(day=1), months * least)
    last = add_months(above.latest.replace(day=1), months * most)
    return _relative(above, first, last and month_end(last.year, last.month), circa=True)


def _about(above, unit, count):
    ends = _moved(above.earliest, unit, count), _moved(above.latest, unit, count)
    slack = _SLACK.get(unit, 1)
    if None in ends:
        return _unknown(above)
    return _relative(above, add_days(ends[0], -slack), add_days(ends[1], slack), circa=True)


def _explicit(s, above):
    """ "Three months after publication", "the day after 12 May 2011"."""
    if match := _ADJACENT_BASE.fullmatch(s):
        base = _based_on(match["base"])
        if base is None:
            return Span(None, None, "relative", base=match["base"][:_BASE_LENGTH])
        return _step(match["unit"], match["which"], base)
    match = _FROM_BASE.fullmatch(s)
    if not match:
        return None
    base = _based_on(match["base"])
    if base is None:
        return Span(None, None, "relative", base=match["base"][:_BASE_LENGTH])
    if match["way"] == "of":
        return _up_to(match, base)
    return _counting(match, base, -1 if match["way"] in {"before", "prior to"} else 1)


def _within(s, above):
    match = _WITHIN.fullmatch(s)
    if not match:
        return None
    if not match["base"]:
        return Span(None, None, "relative", doubts=(_NO_START,))
    base = _based_on(match["base"])
    if base is None:
        return Span(None, None, "relative", base=match["base"][:_BASE_LENGTH])
    return _up_to(match, base)


def _up_to(match, base):
    """From the base itself to so much later."""
    unit = "day" if match["unit"] == "night" else match["unit"]
    end = _moved(base.latest, unit, _how_many(match)[1])
    return _relative(base, base.earliest, end, circa=bool(match["few"]))


def _without_bounds(s, above):
    if _NO_BOUNDS.fullmatch(s):
        return Span(None, None, "relative", base=_words_of(above) if above else None)
    if match := _EVENT.fullmatch(s):
        return Span(None, None, "relative", base=match["base"][:_BASE_LENGTH])
    if _FROM_TODAY.fullmatch(s) or _IN.fullmatch(s) or _AGO.fullmatch(s):
        return Span(None, None, "relative", doubts=(_NO_START,))
    return None
