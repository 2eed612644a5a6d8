"""Acronyms that nobody explains, or that are explained after they were first used."""

from reports.checking.contradictions.acronyms import expansions_in, explained_in_headings
from reports.checking.short_forms import KNOWN, RANKS, name_of, uses_in, words_in
from reports.checking.values import Item, Remark, Result


def acronyms(reading):
    explained = _explanations(reading)
    held = {name_of(acronym) for acronym in reading.facts.glossary}
    first = {
        name: place for name, place in _first_uses(reading, explained).items() if name not in held
    }
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
        "Write each out where it is first used, or in the section headed “Glossary”, as “IMR: individual management review”."
        if remarks
        else "",
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
        found[name_of(acronym)] = (at, -1, "a heading")
    for one in expansions_in(reading):
        place = one.sentence.place(one.start, one.end)
        here = (
            (place.at, place.start, place.name)
            if id(one.sentence) in narrative
            else _FROM_THE_BEGINNING
        )
        name = name_of(one.acronym)
        found[name] = min(found.get(name, here), here)
    return found


def _first_uses(reading, explained):
    first = {}
    words = words_in(passage.text for passage in reading.passages) - explained.keys()
    for sentence in reading.narrative:
        hidden = [(m.start, m.end) for m in sentence.mentions]
        for name, match in uses_in(sentence.text, words, hidden):
            if name not in KNOWN and (name not in RANKS or name in explained):
                first.setdefault(name, sentence.place(*match.span()))
    return first
