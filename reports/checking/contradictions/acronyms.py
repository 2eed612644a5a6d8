"""An acronym that stands for two things, and one thing with two acronyms."""

import re
from collections import defaultdict
from typing import NamedTuple

from reports.checking.plain import plain
from reports.checking.values import Confidence, Contradiction, Kind

ACRONYM = r"[A-Z][A-Za-z]{0,3}[A-Z][A-Za-z]{0,3}(?:[A-Z][A-Za-z]?){0,4}|[A-Z]&[A-Z]{1,3}|[A-Z]{1,4}&[A-Z]{1,3}"
_BRACKETED = re.compile(
    rf"[\[(]\s*(?:the |known as )?[\"']?(?P<acronym>(?:{ACRONYM}))s?[\"']?\s*[\])]"
)
_SPELT = re.compile(
    rf"(?<![\w&])(?P<acronym>{ACRONYM})s? ?[\[(](?P<words>[A-Za-z][^\[\]()]{{6,90}})[\])]"
)
_GLOSSED = re.compile(
    rf"^\W*(?P<acronym>(?:{ACRONYM}))\b\s*(?:[|:–—\t-]|\s{{2,}})\s*(?P<words>[A-Z][A-Za-z][^|\n]{{5,100}}?)\s*\|?\s*$"
)
# A line of a list with nothing between: what it stands for must then have exactly its letters.
_ROW = re.compile(rf"^\s*(?P<acronym>(?:{ACRONYM})) (?P<words>[A-Z][^|\n.:;]{{5,100}})\s*$")
_MORE_WORDS = (
    3  # after those it is made of: "DASH (Domestic Abuse, Stalking and Honour Based Violence)"
)
_LITTLE_WORDS = "of the and for to in on a an with against at by from or"
_LITTLE = frozenset(_LITTLE_WORDS.split())
_WORD = re.compile(r"[A-Za-z][A-Za-z']*|&")


class Expansion(NamedTuple):
    """`words` is what the acronym stands for; `start` and `end` hold both, in the sentence."""

    acronym: str
    words: str
    sentence: object
    start: int
    end: int


def expansions_in(reading):
    """[Expansion] of "Full Name [FN]", "FN (Full Name)" and lines of a glossary, in the order of reading."""
    for sentence in reading.sentences:
        yield from _expansions(sentence)


def explained_in_headings(reading):
    """{acronym: how many paragraphs stand before the heading that explains it}"""
    explained, before = {}, 0
    for section in reading.document.sections:
        for acronym, *_ in explained_in(plain(section.heading)):
            explained.setdefault(acronym, before)
        before += len(section.paragraphs)
    return explained


def _expansions(sentence):
    for acronym, words, start, end in explained_in(sentence.text):
        yield Expansion(acronym, words, sentence, start, end)


def explained_in(text):
    """(acronym, words, start, end) of what a plain sentence or a line explains."""
    for match in _BRACKETED.finditer(text):
        start = _begins(text[: match.start()], match["acronym"])
        if start is not None:
            yield match["acronym"], text[start : match.start()].strip(), start, match.end()
    for match in (*_SPELT.finditer(text), *filter(None, [_GLOSSED.match(text)])):
        if _can_stand_for(match["acronym"], _words(match["words"])):
            yield match["acronym"], match["words"].strip(), *match.span()
    row = _ROW.match(text)
    if row and _has_its_letters(row["acronym"], _words(row["words"])):
        yield row["acronym"], row["words"].strip(), *row.span()


def _has_its_letters(acronym, words):
    letters = _letters(acronym)
    firsts = [word[0].lower() for word in words if word.lower() not in _LITTLE]
    return len(letters) > 1 and letters in (firsts, [word[0].lower() for word in words])


def _words(text):
    return list(_WORD.findall(text.replace("-", " ").replace("/", " ")))


def _letters(acronym):
    return [letter.lower() for letter in acronym if letter.isupper()]


def _begins(before, acronym):
    """Where the words for an acronym begin, told by their first letters; None where they are not there."""
    letters = _letters(acronym)
    words = list(re.finditer(r"[A-Za-z][A-Za-z']*", before))
    reach = len(letters) * 2 + 4
    for at in range(len(words) - 1, max(-1, len(words) - reach), -1):
        begins = words[at][0][0].lower() == letters[0]
        if begins and (words[at][0] == "The" or words[at][0].lower() not in _LITTLE):
            said = [w[0] for w in words[at:]]
            if (
                _can_stand_for(acronym, said)
                and len(said) >= min(2, len(letters))
                and not re.search(r"[.;:]\s", before[words[at].start() :])
            ):
                return words[at].start()
    return None


def _can_stand_for(acronym, words):
    """Whether the letters are the beginnings of the words in order; at most one is missing or more than it."""
    letters = _letters(acronym)
    firsts = [word[0].lower() for word in words if word.lower() not in _LITTLE and word != "&"]
    every = [word[0].lower() for word in words if word != "&"]
    if not firsts or len(letters) < 2:
        return False
    return (
        every == letters
        or (firsts[: len(letters)] == letters and len(firsts) <= len(letters) + _MORE_WORDS)
        or (
            len(letters) > 2
            and letters[0] in (firsts[0], every[0])
            and _in_order(letters, every)
            and len(firsts) <= len(letters) + 2
        )
    )


def _in_order(letters, firsts):
    rest = iter(firsts)
    return (
        sum(any(one == first for first in rest) for one in letters) >= len(letters) - 1
        and len(firsts) >= len(letters) - 1
    )


def _same(words):
    """The words made comparable: without case, hyphens, plurals, "the" and "and"."""
    plain = [
        word.lower().removesuffix("'s")
        for word in _words(words)
        if word.lower() not in _LITTLE and word != "&"
    ]
    return "".join(word.removesuffix("s") for word in plain)


def find(reading):
    by_acronym, by_words = defaultdict(list), defaultdict(list)
    for one in expansions_in(reading):
        by_acronym[one.acronym.removesuffix("s")].append(one)
        by_words[_same(one.words)].append(one)
    for acronym, several in by_acronym.items():
        yield from _two_meanings(acronym, several, reading.facts.glossary.get(acronym))
    for several in by_words.values():
        yield from _two_acronyms(several)


def _two_meanings(acronym, several, glossed):
    known = {}
    for one in several:
        known.setdefault(_same(one.words), one)
    apart = _really_different(known)
    if len(apart) > 1:
        meanings = " and ".join(f"“{one.words}”" for one in apart)
        yield Contradiction(
            Kind.ACRONYMS,
            tuple(one.sentence.place(one.start, one.end) for one in apart),
            f"{acronym} stands for {meanings}.",
            Confidence.HIGH,
        )
    elif (
        glossed
        and apart
        and _same(glossed) not in known
        and not _near(_same(glossed), _same(apart[0].words))
    ):
        yield Contradiction(
            Kind.ACRONYMS,
            (apart[0].sentence.place(apart[0].start, apart[0].end),),
            f"{acronym} stands for “{apart[0].words}” here, and for “{glossed}” in the glossary.",
            Confidence.HIGH,
        )


def _really_different(known):
    apart = []
    for same, one in known.items():
        if not any(_near(same, _same(other.words)) for other in apart):
            apart.append(one)
    return apart


def _near(one, other):
    """One is a part of the other: "Safer Rotherham Partnership", with "the" or a place before it."""
    return one in other or other in one


def _two_acronyms(several):
    first = {}
    for one in several:
        first.setdefault(one.acronym.removesuffix("s").upper(), one)
    if len(first) > 1:
        names = " and ".join(one.acronym for one in first.values())
        yield Contradiction(
            Kind.ACRONYMS,
            tuple(one.sentence.place(one.start, one.end) for one in first.values()),
            f"“{next(iter(first.values())).words}” is shortened in two ways: {names}.",
            Confidence.MEDIUM,
        )
