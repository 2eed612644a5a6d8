"""How a spreadsheet shows a date: its number formats, and a value written by one of them.

A date cell always holds a day, even where its author typed and sees only "Sep-11". What a cell shows
is therefore what was written: a format without a day gives a month, one with a year alone a year.
"""

import re
from datetime import date, datetime, time, timedelta
from functools import lru_cache

from defusedxml.ElementTree import fromstring

BUILT_IN = {
    14: "dd/mm/yyyy",
    15: "d-mmm-yy",
    16: "d-mmm",
    17: "mmm-yy",
    18: "h:mm AM/PM",
    19: "h:mm:ss AM/PM",
    20: "hh:mm",
    21: "hh:mm:ss",
    22: "dd/mm/yyyy hh:mm",
    45: "mm:ss",
    46: "[h]:mm:ss",
    47: "mm:ss",
}
LONG_DATE = "d mmmm yyyy"  # what [$-F800], the system's long date, is in British English
NOT_CODE = re.compile(r'"[^"]*"|\\.|_.|\*.|\[(?!h+\]|m+\]|s+\])[^\]]*\]', re.I)
TOKEN = re.compile(
    r'"([^"]*)"|\\(.)|_.|\*.|\[(?:h+|m+|s+)\]|\[[^\]]*\]'
    r"|AM/PM|A/P|y+|m+|d+|h+|s+(?:\.0+)?|General|@|.",
    re.I | re.S,
)
MONTHS = ("January", "February", "March", "April", "May", "June", "July", "August", "September")
MONTHS += ("October", "November", "December")
DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")


def is_date(code):
    return bool(_letters(code)) and "general" not in code.lower()


def date_formats(styles):
    """Of the cell styles of a workbook, those that show dates: style number -> format code."""
    if not styles:
        return {}
    own, found = {}, {}
    for element in fromstring(styles).iter():
        tag = element.tag.rpartition("}")[2]
        if tag == "numFmt":
            own.setdefault(element.get("numFmtId"), element.get("formatCode", ""))
        elif tag == "cellXfs":
            for number, style in enumerate(element):
                found[number] = style.get("numFmtId", "0")
    codes = {number: own.get(kind) or BUILT_IN.get(int(kind), "") for number, kind in found.items()}
    return {number: code for number, code in codes.items() if is_date(code)}


def shown(value, code):
    """A date, time or length of time as a cell shows it."""
    if isinstance(value, timedelta):
        return _length(value)
    if isinstance(value, time):
        moment = datetime.combine(date(1900, 1, 1), value)
        return _written(moment, code if "h" in _letters(code) else "hh:mm")
    moment = value if isinstance(value, datetime) else datetime.combine(value, time())
    return _written_date(moment, code)


def _written_date(moment, code):
    letters = _letters(code)
    if "[$-f800]" in code.lower():
        return _written(moment, LONG_DATE)
    if not letters & set("ymd"):
        return _written(moment, "dd/mm/yyyy")
    if "d" in letters:
        return _written(moment, code)
    if {"y", "m"} <= letters and "h" not in letters:
        return f"{MONTHS[moment.month - 1]} {moment.year}"
    return str(moment.year) if "y" in letters else _written(moment, code)


@lru_cache
def _letters(code):
    """The letters of a format that stand for parts of a date."""
    return set(NOT_CODE.sub("", code.split(";")[0]).lower()) & set("ymdhs")


def _length(value):
    minutes, seconds = divmod(int(value.total_seconds()), 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours:02}:{minutes:02}" + (f":{seconds:02}" if seconds else "")


def _written(moment, code):
    return "".join(
        piece if isinstance(piece, str) else piece(moment) for piece in _pieces(code)
    ).strip()


@lru_cache
def _pieces(code):
    """A format taken apart: fixed text, and functions of a moment."""
    tokens = list(TOKEN.finditer(code.split(";")[0]))
    half_day = any(match[0].upper() in ("AM/PM", "A/P") for match in tokens)
    pieces = []
    after_hours = False
    for index, match in enumerate(tokens):
        token = match[0].lower()
        if match[1] is not None or match[2] is not None:
            pieces.append(match[1] or match[2] or "")
            continue
        letter = token.strip("[]")[:1]
        if letter == "m" and len(token) <= 2 and (after_hours or _seconds_follow(tokens, index)):
            letter = "minute"
        pieces.append(_piece(token, letter, half_day))
        if letter and letter in "ymdhs":
            after_hours = letter == "h"
    return pieces


def _seconds_follow(tokens, index):
    for match in tokens[index + 1 :]:
        letter = match[0].lower().strip("[]")[:1]
        if letter and letter in "ymdhs":
            return letter == "s"
    return False


def _piece(token, letter, half_day):
    length = len(token.strip("[]"))
    if token in ("am/pm", "a/p"):
        return lambda moment: ("AM" if moment.hour < 12 else "PM")[: 2 if length > 3 else 1]
    if token.startswith(("_", "*")) or token in ("@", "general"):
        return ""
    if token.startswith("[") and letter not in ("h", "minute", "m", "s"):
        return ""
    if letter == "y":
        return lambda moment: f"{moment.year % 100:02}" if length <= 2 else str(moment.year)
    if letter == "m":
        return _month(length)
    if letter == "d":
        return _day(length)
    if letter == "h":
        return lambda moment: _padded(
            (moment.hour - 1) % 12 + 1 if half_day else moment.hour, length
        )
    if letter == "minute":
        return lambda moment: _padded(moment.minute, length)
    if letter == "s":
        return lambda moment: _padded(moment.second, min(length, 2))
    return token


def _padded(number, length):
    return f"{number:02}" if length >= 2 else str(number)


def _month(length):
    if length == 3:
        return lambda moment: MONTHS[moment.month - 1][:3]
    if length == 4:
        return lambda moment: MONTHS[moment.month - 1]
    if length == 5:
        return lambda moment: MONTHS[moment.month - 1][0]
    return lambda moment: _padded(moment.month, length)


def _day(length):
    if length == 3:
        return lambda moment: DAYS[moment.weekday()][:3]
    if length == 4:
        return lambda moment: DAYS[moment.weekday()]
    return lambda moment: _padded(moment.day, length)
