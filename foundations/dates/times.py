"""Times of day as written: "22:15", "2215hrs", "at about 10pm", "evening"."""

import re
from typing import NamedTuple

from foundations.dates.words import fold, tidy

_ABOUT = r"(?:(?:at )?(?:about|around|approx(?:imately)?\.?|approx|circa|ca?\.|c(?=[ 0-9])|roughly|~|just (?:after|before)|after|before|from) ?)"
_MERIDIEM = r"(?:[ap]\.?m\b\.?)"
_HOURS = r"(?:hrs?\b\.?|hours\b|h\b)"
_CLOCK = (
    rf"(?P<hour>[0-9]{{1,2}})(?P<mark>[:.])(?P<minute>[0-9]{{2}})(?::[0-9]{{2}}(?:\.[0-9]{{1,6}})?)?"
    rf"(?: ?(?P<half>{_MERIDIEM}))?(?: ?{_HOURS})?"
    rf"|(?P<hour2>[0-9]{{1,2}}) ?(?P<half2>{_MERIDIEM})"
    rf"|(?P<hour3>[0-9]{{1,2}}) ?o'?clock(?: ?(?P<half3>{_MERIDIEM}))?"
    rf"|(?P<four>[0-9]{{4}})(?P<unit> ?{_HOURS})?"
    r"|(?P<word>noon|midday|midnight)"
)
_PART_OF_DAY = (
    r"(?:(?:in |during |over |at )?(?:the )?(?:early |late |mid[- ]?)?"
    r"(?:morning|afternoon|evening|night|nightfall|hours(?: of the morning)?|lunch ?time|tea ?time)"
    r"|overnight|a\.?m\.?|p\.?m\.?|daytime|time (?:not known|unknown|not recorded))"
)
_CLOCK_RE = re.compile(rf"(?P<about>{_ABOUT})?(?:at )?(?:{_CLOCK})(?P<ish>(?: ?approx\.?| ?ish)?)")
_TWO_CLOCKS = re.compile(
    r"(?:at |from |between )?(?P<first>[0-9][0-9:.apmhours ]*?|noon|midnight)"
    r" ?(?:-|to|until|till|and) ?(?P<second>[0-9][0-9:.apmhours ]*|noon|midnight)"
)
_PART_RE = re.compile(rf"(?:at )?{_PART_OF_DAY}")
_HALVES = {"am": "am", "pm": "pm"}
_WORDS = {"noon": "12:00", "midday": "12:00", "midnight": "00:00"}

# Where a time may stand beside a date. Only what cannot be part of the date itself.
_SURE_CLOCK = (
    rf"(?:(?:{_ABOUT})?(?:at )?(?:[0-9]{{1,2}}:[0-9]{{2}}(?::[0-9]{{2}}(?:\.[0-9]{{1,6}})?)?(?: ?{_MERIDIEM})?(?: ?{_HOURS})?"
    rf"|[0-9]{{1,2}}(?:\.[0-9]{{2}})? ?(?:{_MERIDIEM}|o'?clock|{_HOURS})|[0-9]{{4}} ?{_HOURS}|noon|midday|midnight)"
    rf"|at (?:about |around |approx\.? )?(?:[0-9]{{1,2}}\.[0-9]{{2}}|[0-9]{{4}}))"
    r"(?: ?approx\.?| ?ish)?"
)
_SURE_TIMES = rf"{_SURE_CLOCK}(?: ?(?:-|to|until|till|and) ?{_SURE_CLOCK})?"
_HALF_SURE_TIMES = (
    rf"[0-9]{{1,2}}[:.]?[0-9]{{2}} ?(?:-|to|until|till) ?[0-9]{{1,2}}[:.]?[0-9]{{2}}(?: ?{_HOURS})?"
)
_AT_END = re.compile(
    rf"(?P<date>.{{4,80}}?[0-9a-z)?])[ ,;(-]{{1,4}}(?P<time>between {_SURE_TIMES}|{_SURE_TIMES}|{_HALF_SURE_TIMES}|{_PART_OF_DAY})\)?(?:z|[+-][0-9]{{2}}:?[0-9]{{2}})?"
)
_AT_START = re.compile(
    rf"(?P<time>{_SURE_TIMES}|{_PART_OF_DAY})(?: (?:on|of)(?: the)?)?[ ,;-]{{1,3}}(?P<date>.{{4,80}})"
)
_BARE_AT_END = re.compile(
    r"(?P<date>.{4,80}?[0-9]{4})[ ,;(-]{1,4}(?P<time>[0-9]{1,2}\.[0-9]{2}|[0-9]{4})\)?"
)
_AT_SIGN = re.compile(r" ?@ ?")
_ISO_T = re.compile(r"(?<=^[0-9]{4}-[0-9]{2}-[0-9]{2})t(?=[0-9])")


class Clock(NamedTuple):
    text: str  # "22:15", or words
    is_exact: bool
    doubts: tuple[str, ...] = ()
    is_blank: bool = False  # the midnight that a program writes when it has no time


def read_time(text):
    """The time of day in a cell of its own: "22:15" where it is exact, else the words as written."""
    clock = _clock(fold(tidy(text)))
    return clock.text if clock else tidy(text) or None


def split_time(s):
    """(what is left, Clock) of a folded text that ends or begins with a time, else None."""
    s = _AT_SIGN.sub(" at ", _ISO_T.sub(" ", s)).strip()
    for pattern in (_AT_END, _AT_START, _BARE_AT_END):
        match = pattern.fullmatch(s)
        clock = match and _clock(match["time"])
        if clock:
            return match["date"].strip(" ,;-("), clock
    return None


def time_in(text):
    """The exact time inside the words of a date, for showing."""
    split = split_time(fold(tidy(text)))
    return split[1].text if split and split[1].is_exact else None


def _clock(s):
    s = s.strip()
    if match := _CLOCK_RE.fullmatch(s):
        return _one_clock(match)
    if _PART_RE.fullmatch(s):
        return Clock(_HALVES.get(s.replace(".", ""), s.removeprefix("at ")), is_exact=False)
    if match := _TWO_CLOCKS.fullmatch(s.removeprefix("between ")):
        return _two_clocks(match["first"].strip(), match["second"].strip())
    return None


def _one_clock(match):
    text = _hours_and_minutes(match)
    if text is None:
        return None
    if match["about"] or match["ish"]:
        lead = (match["about"] or "about").strip().removeprefix("at ")
        exact_words = lead if lead in {"after", "before", "from"} or "just" in lead else "about"
        return Clock(f"{exact_words} {text}", is_exact=False)
    return _exactly(match, text)


def _exactly(match, text):
    if text != "00:00":
        return Clock(text, is_exact=True)
    if match[0].count(":") == 2:
        return Clock(text, is_exact=False, is_blank=True)
    return Clock(
        text,
        is_exact=True,
        doubts=("Midnight may mean that no time was written, or the day before.",),
    )


def _hours_and_minutes(match):
    if match["word"]:
        return _WORDS[match["word"]]
    if match["four"]:
        hour, minute = int(match["four"][:2]), int(match["four"][2:])
    else:
        hour = int(match["hour"] or match["hour2"] or match["hour3"])
        minute = int(match["minute"] or 0)
    hour = _in_24_hours(hour, match["half"] or match["half2"] or match["half3"])
    if hour is None or hour > 23 or minute > 59:
        return None
    return f"{hour:02}:{minute:02}"


def _in_24_hours(hour, half):
    if not half:
        return hour
    if hour > 12:
        return hour if half[0] == "p" and hour < 24 else None
    if hour == 0:
        return 0 if half[0] == "a" else None
    return hour % 12 + (12 if half[0] == "p" else 0)


def _two_clocks(first, second):
    start, end = _CLOCK_RE.fullmatch(first), _CLOCK_RE.fullmatch(second)
    times = [_hours_and_minutes(match) if match else None for match in (start, end)]
    if None in times:
        return None
    return Clock(f"{times[0]} to {times[1]}", is_exact=False)
