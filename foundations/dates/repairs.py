"""Slips of the keyboard in a date: "D ecember 2013", "Febuary 2009"."""

import re
from difflib import get_close_matches

from foundations.dates.words import MONTH_NAMES, MONTHS, SEASONS

_SPLIT_MONTH = re.compile(
    r"(?<![a-z])(?:" + "|".join(" ?".join(name.lower()) for name in MONTH_NAMES) + r")(?![a-z])"
)
_SPLIT_YEAR = re.compile(r"(?<![0-9])(19|20) ([0-9]{2})(?![0-9])")
_WORD = re.compile(r"[a-z]{4,12}")
_FULL_NAMES = [name.lower() for name in MONTH_NAMES if len(name) > 3] + [
    "spring",
    "summer",
    "autumn",
]


def repaired(s):
    """(the text with such slips put right, the doubts that leaves), or None when there are none."""
    doubts = []
    text = _SPLIT_MONTH.sub(lambda match: match[0].replace(" ", ""), s)
    text = _WORD.sub(lambda match: _respelt(match[0], doubts), text)
    text = _SPLIT_YEAR.sub(lambda match: _closed_up(match, doubts), text)
    return (text, tuple(doubts)) if text != s else None


def _respelt(word, doubts):
    if word in MONTHS or word in SEASONS:
        return word
    close = get_close_matches(word, _FULL_NAMES, n=1, cutoff=0.8)
    if not close:
        return word
    doubts.append(f"“{word}” was read as {close[0].capitalize()}.")
    return close[0]


def _closed_up(match, doubts):
    doubts.append(f"“{match[0]}” was read as {match[1]}{match[2]}.")
    return match[1] + match[2]
