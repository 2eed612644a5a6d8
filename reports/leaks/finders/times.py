"""Whether the name of a month or a season is that, or somebody's name: "May was at school"."""

import re

from reports.leaks.vocabulary import context

MONTHS = context("alone.months")
SEASONS = context("alone.seasons")
_IN_TIME = context("alone.in_time")
_RANGE = context("alone.range")
_POSSESSED_TIME = context("alone.possessed_time")
_DAY_BEFORE = re.compile(r"(?<!\d)\d\d?(?:st|nd|rd|th)?(?: of)?[ ,./-]{0,3}$")
_FIGURES_AFTER = re.compile(r"[ ,./'-]{0,3}\d")


def is_time(text, at, *, acts):
    """`acts`: what people do follows the word."""
    key = text.keys[at]
    if key not in MONTHS and key not in SEASONS:
        return False
    start, end = text.starts[at], text.ends[at]
    before, after = text.text[max(0, start - 8) : start], text.text[end : end + 4]
    if _DAY_BEFORE.search(before):
        return True
    if _FIGURES_AFTER.match(after) or "/" in before[-1:] + after[:1]:
        return True
    return not (acts and _is_another(text, at)) and _is_among_times(text, at)


def _is_another(text, at):
    """ "In May, May came": behind a month that a comma parts from this one, or that is the same."""
    one = at - 2 if text.keys[at - 1 : at] == ["and"] else at - 1
    if one < 0 or text.keys[one] not in MONTHS:
        return False
    return text.keys[one] == text.keys[at] or text.gap(one + 1).startswith(",")


def _is_among_times(text, at):
    previous = text.keys[at - 1] if at else ""
    following = text.keys[at + 1] if at + 1 < len(text) else ""
    if previous in MONTHS or following in MONTHS or (following in _RANGE and previous in _RANGE):
        return True
    if text.words[at].endswith("'s"):
        return following in _POSSESSED_TIME
    is_range = previous in _RANGE and text.keys[at - 2 : at - 1] and text.keys[at - 2] in MONTHS
    return bool(is_range) or previous in _IN_TIME
