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
_NUMBER = rf"(?P<n>[0-9]{{1,3}}|{'|'.join(sorted(NUMBERS, key=len, reverse=True))})"
_NOT = r"(?<![<>≤≥0-9.,£$])(?<![<>≤≥] )"
_AGES = (
    re.compile(
        rf"\b(?:aged?|age of|age:|age was|was aged)\s+(?:just |only )?{_NUMBER}(?![0-9-]|\s*(?:and|or|to|years? and)\s+(?:over|under|above|[0-9]))\b",
        re.I,
    ),
    re.compile(rf"{_NOT}\b{_NUMBER}[- ](?:years?|yrs?)[- ](?:old|of age)\b", re.I),
    re.compile(
        rf"{_NOT}\b{_NUMBER}\s?(?:yrs?|years?|yo|y/o)\b(?=\s*[,.;)\t|]| male| female| man| woman)",
        re.I,
    ),
    re.compile(rf"\(\s?{_NUMBER}\s?\)", re.I),
    re.compile(r"\b(?P<n>[0-9]{1,3})(?:st|nd|rd|th)\s+birthday\b", re.I),
)
_SIGNS = re.compile(
    r"\b(?:aged?|years?|yrs?|yo|y/o|birthday)\b|(?<=[0-9])(?:yrs?|years?|yo)\b|\(\s?[0-9]", re.I
)
_BRACKET = 3
_BAND = re.compile(
    r"\b(?:under|over|between|below|above|at least|or over|and over|up to|than)\s+(?:the )?(?:age of )?$|\bfor\s+$",
    re.I,
)
_NEAR, _BESIDE = 90, 24
_HIDDEN = ("age-band", "nothing")


class Ages:
    """`find` tells of an age that is somebody's at the death under review, or stands beside them."""

    def __init__(self, register):
        self.people = [
            (one, _called(one), _ages(one, register.death))
            for one in register.people
            if one.born_rule in _HIDDEN
        ]

    def find(self, text):
        if not self.people:
            return
        for start, end in _windows(text.text):
            for way, pattern in enumerate(_AGES):
                for match in pattern.finditer(text.text, start, end):
                    if found := self._judged(text, match, way):
                        yield found

    def _judged(self, text, match, way):
        before = text.text[max(0, match.start() - _NEAR) : match.start()]
        if _BAND.search(before):
            return None
        age = (
            int(match["n"])
            if match["n"].isdecimal()
            else NUMBERS[" ".join(match["n"].lower().split())]
        )
        near = before + match[0] + text.text[match.end() : match.end() + _NEAR]
        for one, called, ages in self.people:
            beside = called and called.search(before[-_BESIDE:])
            is_near = bool(called and called.search(near))
            if way == _BRACKET and not (beside and re.search(r"\w\s?$", before)):
                continue
            if age in ages and (is_near or way != _BRACKET):
                severity = MEDIUM if is_near else LOW
                why = f"This is the exact age of {one.pseudonym} at the death, or may be; an age band may be given."
                return Found(*match.span(), "age", why, severity, one.pseudonym)
            if beside and not ages and age > 2:
                why = f"This seems to be an exact age of {one.pseudonym}; only a band may be given."
                return Found(*match.span(), "age", why, LOW, one.pseudonym)
        return None


def _windows(text):
    """Where a word or sign stands that an age may stand beside, with what is around it."""
    last = 0
    for match in _SIGNS.finditer(text):
        start, end = max(last, match.start() - 24), match.end() + 34
        if match.end() <= last:
            continue
        last = end
        yield start, end


def _ages(one, death):
    """The ages that somebody can have been at the death, as a range."""
    at = one.died if one.died else death
    if not (one.born.earliest and one.born.latest and at.earliest and at.latest):
        return ()
    youngest, oldest = _years(one.born.latest, at.earliest), _years(one.born.earliest, at.latest)
    return range(youngest, oldest + 1) if youngest >= 0 and oldest - youngest <= 1 else ()


def _years(start, end):
    return end.year - start.year - ((end.month, end.day) < (start.month, start.day))


def _called(one):
    """What stands for somebody in a text: pseudonym, role, names."""
    said = [re.escape(fold(one.pseudonym)).replace(r"\ ", r"\s?")] if one.pseudonym else []
    said += [rf"the {word}|{word}" for word in one.words_for]
    said += [rf"{re.escape(key)}" for name in one.names for key in split_name(name)[0][:1]]
    return re.compile(rf"\b(?:{'|'.join(said)})\b", re.I) if said else None
