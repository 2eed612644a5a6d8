"""The vocabulary of written dates, and the two forms in which a text is looked at."""

import re
import unicodedata

MONTH_NAMES = (
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
)
MONTHS = {name.lower(): number for number, name in enumerate(MONTH_NAMES, start=1)}
MONTHS |= {name[:3]: number for name, number in MONTHS.items()} | {"sept": 9}
WEEKDAYS = {"mon": 0, "tue": 1, "wed": 2, "thu": 3, "fri": 4, "sat": 5, "sun": 6}
DAY_NAMES = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
# Three months each, from the month given; winter runs into the next year.
SEASONS = {"spring": 3, "summer": 6, "autumn": 9, "fall": 9, "winter": 12}
NUMBERS = {
    word: number
    for number, word in enumerate(
        [
            "one",
            "two",
            "three",
            "four",
            "five",
            "six",
            "seven",
            "eight",
            "nine",
            "ten",
            "eleven",
            "twelve",
        ],
        start=1,
    )
} | {"a": 1, "an": 1, "the": 1, "fourteen": 14, "eighteen": 18, "twenty-eight": 28, "thirty": 30}

MONTH = (
    r"(?:january|february|march|april|may|june|july|august|september|october|november|december"
    r"|jan|feb|mar|apr|jun|jul|aug|sept|sep|oct|nov|dec)"
)
WEEKDAY = r"(?:mon|tues?|wed(?:nes)?|thu(?:rs?)?|fri|sat(?:ur)?|sun)(?:day)?"
ORDINAL = r"(?: ?(?:st|nd|rd|th))"

_DASHES = dict.fromkeys(map(ord, "‐‑‒–—―−﹘﹣－"), "-")
_QUOTES = dict.fromkeys(map(ord, "‘’‛`´ʼ′"), "'") | dict.fromkeys(map(ord, "“”„‟″"), '"')
_SLASHES = dict.fromkeys(map(ord, "⁄∕／"), "/")
# One character for one character, so that a place in the folded text is a place in the text.
SAME_LENGTH = _DASHES | _QUOTES | _SLASHES | {ord("．"): ".", 0xA0: " ", 0x202F: " ", 0x2009: " "}


def tidy(text):
    """As written, with white space normalised and characters that nobody can see left out."""
    text = " ".join(text.split())
    if text.isprintable():
        return text
    kept = "".join(c for c in text if unicodedata.category(c) not in _UNSEEN)
    return " ".join(kept.split())


_UNSEEN = {"Cc", "Cf", "Cs", "Cn", "Co"}


def fold(text):
    """Lower case and plain marks, for matching only."""
    if text.isascii():
        return text.lower()
    folded = unicodedata.normalize("NFKC", text.translate(SAME_LENGTH)).translate(SAME_LENGTH)
    return _SPACES.sub(" ", folded.lower()).strip()


_SPACES = re.compile(r"\s+")


def without_note(text):
    """What display says of words that are no date is no part of them when typed back."""
    return _NOTE.sub("", text)


_NOTE = re.compile(r"(?<=.) \((?:not a real date|date not clear)\)$")


def number_in(word):
    """The number a word or numeral stands for, or None."""
    return int(word) if word.isdecimal() and len(word) < 5 else NUMBERS.get(word)
