"""Numbers as people write them in prose: "seven", "twenty-one", "five and a half", "1,200", "twice"."""

import re
from typing import NamedTuple

_UNITS_WORDS = (
    "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen"
    " sixteen seventeen eighteen nineteen"
)
_UNITS = _UNITS_WORDS.split()
_TENS = ["twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"]
_WORDS = {word: at for at, word in enumerate(_UNITS)}
_WORDS |= {word: (at + 2) * 10 for at, word in enumerate(_TENS)}
_TIMES = {"once": 1, "twice": 2, "thrice": 3}
_ONES = "|".join(_UNITS[1:10])
_WORD = rf"(?:(?:{'|'.join(_TENS)})(?:[- ](?:{_ONES}))?|{'|'.join(sorted(_UNITS, key=len, reverse=True))})"
_HUNDRED = rf"(?:(?:{_WORD}|an?) hundred(?: and {_WORD})?)"
NUMBER = rf"(?:{_HUNDRED}|{_WORD}|\d{{1,3}}(?:,\d{{3}})+|\d{{1,6}}(?:\.\d+)?|(?:once|twice|thrice))"
HALF = r"(?: and a half|½)"
HAS_NUMBER = re.compile(rf"\d|\b(?:{'|'.join(_UNITS + _TENS)}|hundred|once|twice)", re.I)
_NUMBER = re.compile(
    rf"(?<![\w.,/£$%-])(?P<number>{NUMBER})(?P<half>{HALF})?(?![\w%]|[.,/-]\d)", re.I
)


class Number(NamedTuple):
    start: int
    end: int
    text: str
    value: float


def numbers_in(text):
    """[Number] in the order of the text. Numbers that are part of a date or a code are not left out."""
    return [
        Number(match.start(), match.end(), match[0], worth(match["number"], half=match["half"]))
        for match in _NUMBER.finditer(text)
    ]


def worth(words, *, half=None):
    """The value of what NUMBER matches: an int, or a float where there is a part."""
    words = words.lower().replace(",", "")
    value = _plain_worth(words)
    return value + 0.5 if half else value


def _plain_worth(words):
    if words[0].isdigit():
        return float(words) if "." in words else int(words)
    if words in _TIMES:
        return _TIMES[words]
    if "hundred" in words:
        many, _, rest = words.partition(" hundred")
        hundreds = 1 if many in {"a", "an"} else _plain_worth(many)
        return hundreds * 100 + (_plain_worth(rest.removeprefix(" and ")) if rest else 0)
    return sum(_WORDS[part] for part in re.split(r"[- ]", words))


def said(value):
    """A number as an explanation says it: words up to nine, figures from ten."""
    if value == int(value):
        value = int(value)
        return _UNITS[value] if 0 <= value < 10 else f"{value:,}"
    return f"{value:g}"
