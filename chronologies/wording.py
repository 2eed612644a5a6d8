"""How the words of a cell are read: white space, characters that cannot be kept, words that are no date."""

import re

from foundations.dates import parse, read_cell

_BREAKS = re.compile(r"\r\n?|[\v\f\x85\u2028\u2029]")
_NEVER_SHOWN = re.compile(r"[\u200b\u200c\u2060\ufeff\u00ad\u200e]")
_DIRECTIONS = re.compile(r"[\u200f\u202a-\u202e\u2066-\u2069]")
_CONTROLS = re.compile(r"[\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f\ufffe\uffff\ud800-\udfff]")
# So many words may stand around a date that is still the whole of what a cell says.
FEW_WORDS = 3


def clean(text):
    """As written, with white space normalised: lines are kept, doubled spaces and blank lines are not."""
    if text.isprintable() and "  " not in text:
        return text.strip()
    text = _CONTROLS.sub("", _DIRECTIONS.sub("", _NEVER_SHOWN.sub("", _BREAKS.sub("\n", text))))
    lines = (" ".join(line.split()) for line in text.split("\n"))
    return "\n".join(line for line in lines if line)


def what_clean_took(text):
    """What cannot be kept, in words; nothing for what nobody would miss."""
    if _CONTROLS.search(text):
        return "control characters"
    if _DIRECTIONS.search(text):
        return "hidden marks that turn the direction of the text"
    return ""


def reads_as_date(text, value=None):
    """Whether a cell is a date of any precision that has at least one bound, and little besides."""
    if not any(character.isdigit() for character in text):
        return False
    reading = read_cell(value, text)
    return has_bounds(reading.value) and (not reading.doubts or len(text.split()) <= FEW_WORDS)


def lead_day(text):
    """A day without its year at the beginning, and the rest: "12 March – text", "On 12 March she ..."."""
    match = _DAY_OF_YEAR.match(text)
    if not match:
        return None
    alone = match["on"] is None
    return match["date"], text[match.end() :].strip() if alone else text


def has_bounds(value):
    return value.earliest is not None or value.latest is not None


def shows_undated(text):
    """The author says that there is no date, which is not the same as leaving it out."""
    reading = parse(text)
    return bool(text) and reading.value.precision == "none" and not reading.doubts


def lead_date(text):
    """The date that a line begins with, and the rest: "12.03.2011 – text" and "12 March 2011: text"."""
    match = _LEAD.match(text) or _LEAD_UNMARKED.match(text)
    if not match:
        return None
    if not has_bounds(parse(match["date"]).value):
        return None
    return match["date"], text[match.end() :].strip()


def lead_phrase(text):
    """The date with which a sentence begins: "On 12 March 2011 she ..."."""
    match = _PHRASE.match(text)
    if not match:
        return None
    return match["date"] if has_bounds(parse(match["date"]).value) else None


_MONTH = r"(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*\.?"
_DAY = rf"\d{{1,2}}(?:st|nd|rd|th)?(?: of)? {_MONTH},?(?: \d{{4}})"
_DATE = (
    rf"(?:(?:mon|tues?|wed(?:nes)?|thur?s?|fri|sat(?:ur)?|sun)(?:day)?,? )?"
    rf"(?:{_DAY}|\d{{1,2}}[./-]\d{{1,2}}[./-]\d{{2,4}}"
    rf"|(?:early |mid[- ]|late |spring |summer |autumn |winter |c(?:irca|\.)? ?)*(?:{_MONTH} )?\d{{4}})"
)
_LEAD = re.compile(
    rf"(?i)(?P<date>{_DATE}(?: ?(?:-|–|—|to|until) ?{_DATE})?"
    rf"(?:,? (?:at )?\d{{1,2}}[:.]\d{{2}} ?(?:hrs?|hours|[ap]m)?)?)"
    rf"(?: ?[:–—|]\s*| - |\. |\)|\n|$)"
)
# A whole date may stand before a sentence with nothing between: "12.03.2011 Police called".
_LEAD_UNMARKED = re.compile(
    rf"(?i)(?P<date>(?:{_DAY}|\d{{1,2}}[./-]\d{{1,2}}[./-]\d{{2,4}})(?: \d{{1,2}}[:.]\d{{2}})?) "
    r"(?=(?-i:[A-Z“‘\"']))"
)
_PHRASE = re.compile(
    rf"(?i)(?:on|in|by|during|around|about|between|from|since|at the (?:start|end|beginning) of)? ?"
    rf"(?:the )?(?P<date>{_DATE})(?=[ ,])"
)
_DAY_OF_YEAR = re.compile(
    rf"(?i)(?P<on>on )?(?P<date>\d{{1,2}}(?:st|nd|rd|th)?(?: of)? {_MONTH})"
    rf"(?(on)(?=[ ,])|(?: ?[:–—|]\s*| - |\. |\n|$))"
)
