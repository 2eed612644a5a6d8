"""Acronyms that nobody explains, or that are explained after they were first used."""

import re

from reports.checking.contradictions.acronyms import expansions_in
from reports.checking.values import Item, Remark, Result

# What every reader knows, and what is no acronym though it looks like one.
KNOWN = frozenset(
    "UK NHS GP GPS BBC USA US EU CCTV DNA PDF TV ID MP HM QC KC AM PM OK PO BOX DVD CD IT HR PC ITV RE"
    " II III IV VI VII VIII IX XI XII AND THE FOR NOT ONE OBE MBE CBE HIV AIDS COVID SMS GCSE DVLA".split()
)
_ACRONYM = re.compile(
    r"(?<![\w&/@.-])(?:[A-Z]{2,6}|[A-Z]&[A-Z]{1,3}|[A-Z]{1,3}&[A-Z]{1,3}|[A-Z][a-z]?[A-Z]{2,4}|[A-Z]{2,}[a-z][A-Z]+|[A-Z][a-z][A-Z][A-Za-z]{1,4})(?=s?\b)(?![\w&]|-\d|[a-rt-z])"
)
_ROMAN = re.compile(r"^[IVX]+$")
_MOST_CAPITALS = 0.6  # of the words of a sentence: it is shouted, and has no acronyms


def acronyms(reading):
    defined = _definitions(reading)
    first = _first_uses(reading)
    remarks = []
    for acronym, place in first.items():
        explained = defined.get(acronym)
        if explained is None and acronym not in reading.facts.glossary:
            remarks.append(Remark(f"{acronym} is not explained.", place))
        elif (
            explained is not None
            and acronym not in reading.facts.glossary
            and _is_before(place, explained)
        ):
            remarks.append(
                Remark(
                    f"{acronym} is used here before it is explained, at {explained.name}.", place
                )
            )
    is_bare = any(remark.message.endswith("is not explained.") for remark in remarks)
    return Item(
        "acronyms-explained",
        "Is every acronym explained where it is first used, or in the glossary?",
        f"{len(first)} acronyms.",
        Result.NOT_MET if is_bare else Result.TO_JUDGE if remarks else Result.MET,
        tuple(remarks),
        "Write each out where it is first used, or add it to the glossary." if remarks else "",
    )


def _definitions(reading):
    """{acronym: Place of what explains it}; one in the appended glossary explains it from the beginning."""
    appended = {id(s) for s in reading.sentences} - {id(s) for s in reading.narrative}
    found = {}
    for one in expansions_in(reading):
        name = _name(one.acronym)
        if id(one.sentence) in appended:
            found[name] = None if name not in found else found[name]
            reading_glossary = one.sentence.place(one.start, one.end)
            found[name] = _Glossed(reading_glossary)
        elif name not in found:
            found[name] = one.sentence.place(one.start, one.end)
    return found


class _Glossed:
    """A place in the glossary: nothing stands before it."""

    def __init__(self, place):
        self.place, self.at, self.start, self.end = place, -1, 0, 0
        self.name = place.name


def _first_uses(reading):
    first = {}
    for sentence in reading.narrative:
        if _is_shouted(sentence.text):
            continue
        hidden = [(m.start, m.end) for m in sentence.mentions]
        for match in _ACRONYM.finditer(sentence.text):
            name = _name(match[0])
            if (
                name in KNOWN
                or _ROMAN.match(name)
                or any(a <= match.start() < b for a, b in hidden)
            ):
                continue
            first.setdefault(name, sentence.place(*match.span()))
    return first


def _name(acronym):
    return acronym if not acronym.endswith("s") else acronym[:-1]


def _is_shouted(text):
    words = re.findall(r"[A-Za-z]{2,}", text)
    return len(words) > 2 and sum(word.isupper() for word in words) / len(words) >= _MOST_CAPITALS


def _is_before(place, explained):
    return (place.at, place.end) < (explained.at, explained.start) or (
        place.at == explained.at and place.start < explained.start
    )
