"""How a spreadsheet shows a date: its number formats, and a value written by one of them.

A date cell always holds a day, even where its author typed and sees only "Sep-11". What a cell shows
is therefore what was written: a format without a day gives a month, one with a year alone a year.
"""

import re
from datetime import date, datetime, time, timedelta
from xml.etree import ElementTree  # the gate refuses DTDs before anything is parsed

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
MONTHS = (
    "January February March April May June July August September October November December".split()
)
DAYS = "Monday Tuesday Wednesday Thursday Friday Saturday Sunday".split()


def is_date(code):
    return bool(re.search(r"[ymdhs]", NOT_CODE.sub("", code.split(";")[0]), re.I)) and (
        "general" not in code.lower()
    )


def date_formats(styles):
    """Of the cell styles of a workbook, those that show dates: style number -> format code."""
    if not styles:
        return {}
    own, found = {}, {}
    for element in ElementTree.fromstring(styles).iter():
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
        return _written(
            datetime.combine(date(1900, 1, 1), value), code if _has(code, "h") else "hh:mm"
        )
    moment = value if isinstance(value, datetime) else datetime(value.year, value.month, value.day)  # noqa: DTZ001
    if "[$-f800]" in code.lower() or not is_date(code):
        code = LONG_DATE if code else "dd/mm/yyyy"
    if not _has(code, "d"):
        if _has(code, "y") and _has(code, "m") and not _has(code, "h"):
            return f"{MONTHS[moment.month - 1]} {moment.year}"
        if _has(code, "y"):
            return str(moment.year)
    return _written(moment, code)


def _has(code, letter):
    return letter in NOT_CODE.sub("", code.split(";")[0]).lower()


def _length(value):
    minutes, seconds = divmod(int(value.total_seconds()), 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours:02}:{minutes:02}" + (f":{seconds:02}" if seconds else "")


def _written(moment, code):
    tokens = [match for match in TOKEN.finditer(code.split(";")[0])]
    half_day = any(match[0].upper() in ("AM/PM", "A/P") for match in tokens)
    written = []
    after_hours = False
    for index, match in enumerate(tokens):
        token = match[0].lower()
        if match[1] is not None or match[2] is not None:
            written.append(match[1] or match[2] or "")
            continue
        kind = token.strip("[]")[:1]
        minutes = (
            kind == "m" and len(token) <= 2 and (after_hours or _seconds_follow(tokens, index))
        )
        written.append(_piece(moment, token, kind, minutes=minutes, half_day=half_day))
        if token[0] in "[ymdhs" and kind in "ymdhs":
            after_hours = kind == "h"
    return "".join(written).strip()


def _seconds_follow(tokens, index):
    for match in tokens[index + 1 :]:
        letter = match[0].lower().strip("[]")[:1]
        if letter and letter in "ymdhs":
            return letter == "s"
    return False


def _piece(moment, token, kind, *, minutes, half_day):
    length = len(token.strip("[]"))
    if token.startswith(("_", "*")) or token in ("@", "general"):
        return ""
    if token.startswith("[") and kind not in "hms":
        return ""
    if token in ("am/pm", "a/p"):
        return ("AM" if moment.hour < 12 else "PM")[: 2 if token == "am/pm" else 1]  # noqa: S105
    if kind == "y":
        return f"{moment.year % 100:02}" if length <= 2 else f"{moment.year:04}"
    if kind == "m":
        return _padded(moment.minute, length) if minutes else _month(moment, length)
    if kind == "d":
        return _day(moment, length)
    if kind == "h":
        return _padded((moment.hour - 1) % 12 + 1 if half_day else moment.hour, length)
    if kind == "s":
        return _padded(moment.second, 2 if length > 1 else 1)
    return token


def _padded(number, length):
    return f"{number:02}" if length >= 2 else str(number)


def _month(moment, length):
    name = MONTHS[moment.month - 1]
    return {3: name[:3], 4: name, 5: name[0]}.get(length) or _padded(moment.month, length)


def _day(moment, length):
    name = DAYS[moment.weekday()]
    return {3: name[:3], 4: name}.get(length) or _padded(moment.day, length)
