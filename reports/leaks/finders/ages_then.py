"""Exact ages at any time, where only a band may be published: with the year, an age tells when somebody was born."""

import re

from foundations.dates.words import MONTH
from reports.leaks.finders.ages import (
    AGES,
    BRACKET,
    HIDDEN,
    NUMBER,
    age_of,
    called_of,
    is_band,
    windows,
)
from reports.leaks.hits import LOW, MEDIUM, Found

_NOW_AND_THEN = r"(?:(?:then|just|only|now|still|already|nearly|almost|about to turn)\s+)?"
_YEAR = r"(?:19|20)[0-9]{2}"
_ENDS = (
    r"(?=\s*(?:$|\n|[,;:)]|[.!?](?:\s|$|[\"'])|\ue000)"
    rf"|\s+(?:s?he|when|while|at\s+th|by\s+th|and\s+(?:s?he|his|her|the)\b|but|years\s+old)"
    rf"|\s+(?:in|on|that|this|last)\s+(?:early\s+|late\s+|mid-?\s*)?(?:the\s+(?:spring|summer|autumn|winter|year)"
    rf"|year|{MONTH}|spring|summer|autumn|winter|{_YEAR})\b)"
)
_BARE = re.compile(
    rf"\b(?:was|is|turned|turning|turns|reached|reaching)\s+{_NOW_AND_THEN}{NUMBER}{_ENDS}", re.I
)
_BESIDE = re.compile(r"(?<=,)\s?(?P<n>[0-9]{2,3})(?=,(?!\s?[0-9]))|\((?P<m>[0-9]{2,3})\)")
_AT = re.compile(rf"(?:(?<=[.!?\n] )|(?<![^\n]))At\s+{NUMBER}(?=,\s+(?P<next>\w.{{0,30}}))")
_PRONOUN = re.compile(r"\bs?he\b", re.I)
_PRONOUN_SUBJECT = re.compile(r"\b(?:s?he|who)\s+(?:had\s+)?(?:just\s+|only\s+)?$", re.I)
_SUBJECT = re.compile(
    r"(?:\b(?:s?he|who|had)|[A-Z][\w'-]*(?: [0-9]{1,2})?|victim|deceased|perpetrator)\s+(?:had\s+)?(?:just\s+|only\s+)?$"
)
_YEARS = re.compile(rf"(?<![0-9]){_YEAR}(?![0-9])")
_YOUNGEST, _BESIDE_FROM, _OLDEST = 3, 10, 110
_NEAR, _FAR = 40, 250


class AgesThen:
    """An age is told where somebody of the register, or "she" or "he", stands in its sentence. It is graver where
    it fits that person's birth in a year of the sentence."""

    def __init__(self, register):
        people = [one for one in register.people if one.born_rule in HIDDEN]
        self.people = [(one, called_of(one)) for one in people]

    def find(self, text):
        if not self.people:
            return
        for start, end, written, is_pronoun in _ages_in(text.text):
            before = text.text[max(0, start - _FAR) : start]
            if is_band(before) or not _YOUNGEST <= age_of(written) <= _OLDEST:
                continue
            if found := self._told(text, start, end, age_of(written), is_pronoun):
                yield found
        for match in _BESIDE.finditer(text.text):
            yield from self._beside(text, match)

    def _told(self, text, start, end, age, is_pronoun):
        """Of whoever is named in the sentence; else, of "she", of whoever is named before it."""
        sentence = text.sentence(start, end)
        named = self._named(sentence, text.text[start:end])
        if not named and not is_pronoun:
            return None
        before = text.text[max(0, start - _FAR) : start]
        for one in named or self._named(before):
            if _fits(one, age, sentence):
                return _found(start, end, one, MEDIUM)
        return _found(start, end, named[0] if named else None, LOW)

    def _named(self, words, said=""):
        """Whom the words name: the last before what is said in them, and then those behind it."""
        at = words.find(said) if said else len(words)
        places = sorted(
            (match.start() > at, abs(match.start() - at), number)
            for number, (_, called) in enumerate(self.people)
            if called
            for match in called.finditer(words)
        )
        return [self.people[number][0] for _, _, number in places]

    def _beside(self, text, match):
        """ "Adult A, 38, was seen" and "Adult A (38)"."""
        age = int(match["n"] or match["m"])
        if not _BESIDE_FROM <= age <= _OLDEST:
            return
        before = text.text[max(0, match.start() - _NEAR) : match.start()]
        for one, called in self.people:
            if called and any(_is_last(before, found) for found in called.finditer(before)):
                start, end = match.start("n" if match["n"] else 0), match.end()
                fits = _fits(one, age, text.sentence(start, end))
                yield _found(start, end, one, MEDIUM if fits else LOW)
                return


def _is_last(before, found):
    return before[found.end() :].strip(" ,") == ""


def _ages_in(text):
    """(start, end, number, whether "she" or "he" is so old) of everything that is written like an age."""
    for first, last in windows(text):
        for way, pattern in enumerate(AGES):
            for match in pattern.finditer(text, first, last) if way != BRACKET else ():
                start, end = max(0, match.start() - _NEAR), match.end() + _NEAR
                yield *match.span(), match["n"], bool(_PRONOUN.search(text, start, end))
    for match in _BARE.finditer(text):
        before = text[max(0, match.start() - _NEAR) : match.start()]
        if _SUBJECT.search(before):
            yield *match.span(), match["n"], bool(_PRONOUN_SUBJECT.search(before))
    for match in _AT.finditer(text):
        yield *match.span(), match["n"], bool(_PRONOUN.match(match["next"]))


def _fits(one, age, sentence):
    """Somebody can have been so old in a year that the sentence tells."""
    born = one.born
    if not (born.earliest and born.latest):
        return False
    years = [int(year[0]) for year in _YEARS.finditer(sentence)]
    return any(year - born.latest.year - 1 <= age <= year - born.earliest.year for year in years)


def _found(start, end, one, severity):
    of = f" of {one.pseudonym}" if one else ""
    fits = ", which fits the date of birth" if severity == MEDIUM else ""
    why = f"This seems to be an exact age{of}{fits}; only a band may be given."
    return Found(start, end, "age", why, severity, one.pseudonym if one else "")
