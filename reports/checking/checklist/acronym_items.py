"""Acronyms that nobody explains, or that are explained after they were first used."""

import re
from collections import Counter

from reports.checking.contradictions.acronyms import expansions_in, explained_in_headings
from reports.checking.values import Item, Remark, Result

# What every reader knows, and what is no acronym though it looks like one.
_KNOWN_WORDS = (
    "UK NHS GP GPS BBC USA US EU CCTV DNA PDF TV ID MP HM QC KC AM PM OK PO BOX DVD CD IT HR PC "
    "ITV RE II III IV VI VII VIII IX XI XII AND THE FOR NOT ONE OBE MBE CBE HIV AIDS COVID SMS "
    "GCSE DVLA"
)
KNOWN = frozenset(_KNOWN_WORDS.split())
_ACRONYM = re.compile(
    r"(?<![\w&/@.-])(?:[A-Z]{2,6}|[A-Z]&[A-Z]{1,3}|[A-Z]{1,3}&[A-Z]{1,3}|[A-Z][a-z]?[A-Z]{2,4}|[A-Z]{2,}[a-z][A-Z]+|[A-Z][a-z][A-Z][A-Za-z]{1,4})(?=s?\b)(?![\w&]|-\d|[a-rt-z])"
)
_ROMAN = re.compile(r"^[IVX]+$")
_OFTEN = 3
_SURNAME = re.compile(r"^(?:Mc|Mac)[A-Z]")
_MOST_CAPITALS = 0.6  # of the words of a sentence: it is shouted, and has no acronyms


def acronyms(reading):
    explained = _explanations(reading)
    held = {_name(acronym) for acronym in reading.facts.glossary}
    first = {name: place for name, place in _first_uses(reading).items() if name not in held}
    remarks = [
        remark for name, place in first.items() if (remark := _remark(name, place, explained))
    ]
    is_bare = any(name not in explained for name in first)
    return Item(
        "acronyms-explained",
        "Is every acronym explained where it is first used, or in the glossary?",
        f"{len(first)} acronym{'' if len(first) == 1 else 's'}.",
        Result.NOT_MET if is_bare else Result.TO_JUDGE if remarks else Result.MET,
        tuple(remarks),
        "Write each out where it is first used, or add it to the glossary." if remarks else "",
    )


def _remark(name, place, explained):
    name = (
        name
        if name in explained
        else name.removesuffix("S")
        if name.removesuffix("S") in explained
        else name
    )
    if name not in explained:
        return Remark(f"{name} is not explained.", place)
    at, start, where = explained[name]
    if (place.at, place.start) < (at, start):
        return Remark(f"{name} is used here before it is explained, at {where}.", place)
    return None


_FROM_THE_BEGINNING = (-1, 0, "the glossary")


def _explanations(reading):
    """{acronym: (paragraph, character, name of the place)}; the glossary at the end explains from the beginning."""
    narrative = {id(sentence) for sentence in reading.narrative}
    found = {}
    for acronym, at in explained_in_headings(reading).items():
        found[_name(acronym)] = (at, -1, "a heading")
    for one in expansions_in(reading):
        place = one.sentence.place(one.start, one.end)
        here = (
            (place.at, place.start, place.name)
            if id(one.sentence) in narrative
            else _FROM_THE_BEGINNING
        )
        name = _name(one.acronym)
        found[name] = min(found.get(name, here), here)
    return found


def _first_uses(reading):
    first, small = {}, _small_words(reading)
    for sentence in reading.narrative:
        if _is_shouted(sentence.text):
            continue
        hidden = [(m.start, m.end) for m in sentence.mentions]
        for match in _ACRONYM.finditer(sentence.text):
            name = _name(match[0])
            if (
                name in KNOWN
                or name.lower() in small
                or _ROMAN.match(name)
                or _SURNAME.match(match[0])
                or any(a <= match.start() < b for a, b in hidden)
            ):
                continue
            first.setdefault(name, sentence.place(*match.span()))
    return first


def _small_words(reading):
    """Words of the language: written large, they are stressed and no acronyms."""
    often = Counter(
        word for passage in reading.passages for word in re.findall(r"\b[a-z]{2,6}\b", passage.text)
    )
    return {word for word, many in often.items() if many >= _OFTEN}


def _name(acronym):
    """In capitals and in the singular: "IMRs" is IMR, "RDaSH" is RDASH."""
    return acronym.removesuffix("s").upper()


def _is_shouted(text):
    words = re.findall(r"[A-Za-z]{2,}", text)
    return len(words) > 2 and sum(word.isupper() for word in words) / len(words) >= _MOST_CAPITALS
