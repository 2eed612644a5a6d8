"""The short forms that a text uses: what stands in capitals and is neither a word, a rank nor a name."""

import re
from collections import Counter

from reports.checking.words import STOP

# What every reader knows, and what is no acronym though it looks like one.
_KNOWN_WORDS = (
    "UK NHS GP GPS BBC USA US EU CCTV DNA PDF TV ID MP HM QC KC AM PM OK PO BOX DVD CD IT HR PC "
    "ITV RE II III IV VI VII VIII IX XI XII AND THE FOR NOT ONE OBE MBE CBE HIV AIDS COVID SMS "
    "GCSE DVLA"
)
KNOWN = frozenset(_KNOWN_WORDS.split())
# Before a name, as "Mr" is. Where a text writes one out, it stands for that.
RANKS = frozenset(
    ["PC", "WPC", "PS", "DC", "DS", "DI", "DCI", "DSU", "DCS", "ACC", "DCC", "SGT", "INSP", "SUPT"]
)
# Words that are stressed, or head a table, in a text that has them nowhere else.
_STRESSED_WORDS = (
    "monday tuesday wednesday thursday friday saturday sunday mon tue tues wed thu thur thurs fri "
    "sat sun january february march april june july august jan feb mar apr jun jul aug sep sept oct "
    "nov dec yes always none nothing please note urgent stop help see new old high medium low risk "
    "date name role part page draft final total ref tel fax end"
)
_STRESSED = frozenset(_STRESSED_WORDS.split()) | STOP
_SHORT_FORM = re.compile(
    r"(?<![\w&/@.-])(?:[A-Z]{2,6}|[A-Z]&[A-Z]{1,3}|[A-Z]{1,3}&[A-Z]{1,3}|[A-Z][a-z]?[A-Z]{2,4}|[A-Z]{2,}[a-z][A-Z]+|[A-Z][a-z][A-Z][A-Za-z]{1,4})(?=s?\b)(?![\w&]|-\d|[a-rt-z])"
)
_CAPITALS = re.compile(r"\b[A-Z]{2,6}\b")
_ORDINARY = re.compile(r"\b[A-Za-z][a-z]{1,5}\b")
_ROMAN = re.compile(r"^[IVX]+$")
_SURNAME = re.compile(r"^(?:Mc|Mac)[A-Z]")
_MOST_CAPITALS = 0.6  # of the words of a sentence: it is shouted, and has no acronyms


def name_of(short):
    """In capitals and in the singular: "IMRs" is IMR, "RDaSH" is RDASH."""
    return short.removesuffix("s").upper()


def uses_in(text, words, hidden=()):
    """(name as name_of gives it, match) of the short forms of a sentence; those that are known too.

    `words` are those of words_in for the whole text; `hidden` are [(start, end)] of the names in it."""
    if _is_shouted(text):
        return
    for match in _SHORT_FORM.finditer(text):
        name = name_of(match[0])
        is_hidden = any(a <= match.start() < b for a, b in hidden)
        if not (is_hidden or name in words or _ROMAN.match(name) or _SURNAME.match(match[0])):
            yield name, match


def words_in(texts):
    """{in capitals: ordinary words}, which written large are stressed: those that the texts have in small
    letters, or with a capital, at least as often."""
    ordinary, large = Counter(), Counter()
    for text in texts:
        ordinary.update(word.upper() for word in _ORDINARY.findall(text))
        large.update(_CAPITALS.findall(text))
    often = {word for word, many in large.items() if ordinary[word] >= many}
    return often | {word.upper() for word in _STRESSED}


def _is_shouted(text):
    words = re.findall(r"[A-Za-z]{2,}", text)
    return len(words) > 2 and sum(word.isupper() for word in words) / len(words) >= _MOST_CAPITALS
