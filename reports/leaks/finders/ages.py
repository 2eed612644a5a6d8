"""Exact ages where only a band, or nothing, may be published."""

import re

from reports.leaks.finders.phrases import split_name
from reports.leaks.folding import fold
from reports.leaks.hits import LOW, MEDIUM, Found

_UNITS = ["one", "two", "three", "four", "five", "six", "seven", "eight", "nine"]
_TEENS = [
    "ten",
    "eleven",
    "twelve",
    "thirteen",
    "fourteen",
    "fifteen",
    "sixteen",
    "seventeen",
    "eighteen",
    "nineteen",
]
_TENS = ["twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"]
NUMBERS = {word: at for at, word in enumerate([*_UNITS, *_TEENS], start=1)}
for _at, _ten in enumerate(_TENS, start=2):
    NUMBERS[_ten] = 10 * _at
    NUMBERS |= {
        f"{_ten}{join}{unit}": 10 * _at + one
        for one, unit in enumerate(_UNITS, start=1)
        for join in ("-", " ")
    }
NUMBER = rf"(?P<n>[0-9]{{1,3}}|{'|'.join(sorted(NUMBERS, key=len, reverse=True))})"
_ORDINALS = ["first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth"]
# "In her thirty-fourth year": how many years are behind her. Below thirteen it is rather a year at a school.
_YEARS_BEHIND = {f"{teen}th": at for at, teen in enumerate(_TEENS[3:], start=12)}
for _at, _ten in enumerate(_TENS, start=2):
    _YEARS_BEHIND[f"{_ten[:-1]}ieth"] = 10 * _at - 1
    _YEARS_BEHIND |= {
        f"{_ten}{join}{unit}": 10 * _at + one
        for one, unit in enumerate(_ORDINALS)
        for join in ("-", " ")
    }
_NTH = "|".join(sorted(_YEARS_BEHIND, key=len, reverse=True))
_MORE = r"(?:\s?1[⁄/]2|\.5|\s+and\s+a\s+(?:half|quarter))?"  # "33½"
_MONTHS = r"(?:,?\s*(?:and\s+)?(?:[0-9]{1,2}|[a-z]{1,6})\s?(?:months?|mths?))?"
_NOT = r"(?<![<>≤≥0-9.,£$])(?<![<>≤≥] )"
AGES = (
    re.compile(
        rf"\b(?:aged?|age of|age:|age was|was aged)\s+(?:just |only )?{NUMBER}(?![0-9-]|\s*(?:and|or|to|years? and)\s+(?:over|under|above|[0-9]))\b",
        re.I,
    ),
    re.compile(
        rf"{_NOT}\b{NUMBER}{_MORE}[- ]?(?:years?|yrs?)(?:\s+and\s+a\s+half)?{_MONTHS}[- ](?:old|of age)\b",
        re.I,
    ),
    re.compile(
        rf"{_NOT}\b{NUMBER}\s?(?:yrs?|years?|yo|y/o)\b(?=\s*[,.;)\t|]| male| female| man| woman)",
        re.I,
    ),
    re.compile(rf"\(\s?{NUMBER}\s?\)", re.I),
    re.compile(r"\b(?P<n>[0-9]{1,3})(?:st|nd|rd|th)\s+birthday\b", re.I),
    re.compile(rf"{_NOT}\b{NUMBER}[ -]?(?:yo|y/o|y\.o\.?)(?![a-z0-9])", re.I),
    re.compile(rf"{_NOT}\b{NUMBER}\s?(?:y|yrs?)\s?[0-9]{{1,2}}\s?(?:m|mths?)(?![a-z0-9])", re.I),
    re.compile(
        rf"\b(?:(?:wo)?man|girl|boy|lady|(?:fe)?male)\s+of\s+(?:just\s+|only\s+)?{NUMBER}"
        r"(?![0-9%,-]|\.[0-9]|\s*(?:per|to|or|and|in|years?)\b)",
        re.I,
    ),
    re.compile(
        rf"\b(?:her|his|their)\s+(?P<n>{_NTH}|(?:1[3-9]|[2-9][0-9])(?:st|nd|rd|th))\s+year\b"
        r"(?!\s+(?:at|of|in|as|on|there|with)\b)",
        re.I,
    ),
)
_SIGNS = re.compile(
    r"\b(?:aged?|years?|yrs?|yo|y/o|birthday)\b|(?<=[0-9])(?:yrs?|years?|yo)(?![a-z])|\(\s?[0-9]"
    r"|(?<=[0-9][ -])y\.o|(?<=[0-9])y(?:/o|\.o|\s?[0-9])|\b(?:(?:wo)?man|girl|boy|lady|(?:fe)?male)\s+of\b",
    re.I,
)
BRACKET = 3
_BAND = re.compile(
    r"\b(?:under|over|between|below|above|at least|or over|and over|up to|than)\s+(?:the )?(?:age of )?$|\bfor\s+$",
    re.I,
)
_NEAR, _BESIDE = 90, 24
_BEFORE, _BEHIND = 40, 34  # "seventy-seven and a quarter years old" must not lose its front
HIDDEN = ("age-band", "nothing")


class Ages:
    """`find` tells of an age that is somebody's at the death under review, or stands beside them."""

    def __init__(self, register):
        self.people = [
            (one, called_of(one), _ages(one, register.death))
            for one in register.people
            if one.born_rule in HIDDEN
        ]

    def find(self, text):
        if not self.people:
            return
        for start, end in windows(text.text):
            for way, pattern in enumerate(AGES):
                for match in pattern.finditer(text.text, start, end):
                    if found := self._judged(text, match, way):
                        yield found

    def _judged(self, text, match, way):
        before = text.text[max(0, match.start() - _NEAR) : match.start()]
        if is_band(before):
            return None
        age = age_of(match["n"])
        near = before + match[0] + text.text[match.end() : match.end() + _NEAR]
        for one, called, ages in self.people:
            beside = called and called.search(before[-_BESIDE:])
            is_near = bool(called and called.search(near))
            if way == BRACKET and not (beside and re.search(r"\w\s?$", before)):
                continue
            if age in ages and (is_near or way != BRACKET):
                severity = MEDIUM if is_near else LOW
                why = f"This is the exact age of {one.pseudonym} at the death, or may be; an age band may be given."
                return Found(*match.span(), "age", why, severity, one.pseudonym)
            if beside and not ages and age > 2:
                why = f"This seems to be an exact age of {one.pseudonym}; only a band may be given."
                return Found(*match.span(), "age", why, LOW, one.pseudonym)
        return None


def age_of(written):
    """Of a number, or of the year of a life that is not over: the thirty-fourth begins at 33."""
    if figures := re.match(r"[0-9]+", written):
        return int(figures[0]) - (not written.isdecimal())
    words = " ".join(written.lower().split())
    return NUMBERS.get(words) or _YEARS_BEHIND[words]


def is_band(before):
    """What stands before a number makes an end of a band of it: "under 16"."""
    return bool(_BAND.search(before))


def windows(text):
    """Where words or signs stand that an age may stand beside, with what is around them: one stretch for
    those that are near each other, since an age on the seam of two would be in neither."""
    first = last = 0
    for match in _SIGNS.finditer(text):
        start = max(0, match.start() - _BEFORE)
        if start > last:
            yield first, last
            first = start
        last = match.end() + _BEHIND
    yield first, last


def _ages(one, death):
    """The ages that somebody can have been at the death, as a range."""
    at = one.died if one.died else death
    if not (one.born.earliest and one.born.latest and at.earliest and at.latest):
        return ()
    youngest, oldest = _years(one.born.latest, at.earliest), _years(one.born.earliest, at.latest)
    return range(youngest, oldest + 1) if youngest >= 0 and oldest - youngest <= 1 else ()


def _years(start, end):
    return end.year - start.year - ((end.month, end.day) < (start.month, start.day))


def called_of(one):
    """What stands for somebody in a text: pseudonym, role, names."""
    said = [re.escape(fold(one.pseudonym)).replace(r"\ ", r"\s?")] if one.pseudonym else []
    said += [rf"the {word}|{word}" for word in one.words_for]
    given = [key for name in one.names for key in split_name(name)[0][:1]]
    said += [rf"(?-i:{re.escape(key[0].upper())}){re.escape(key[1:])}" for key in given]
    return re.compile(rf"\b(?:{'|'.join(said)})\b", re.I) if said else None
