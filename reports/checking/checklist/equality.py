"""The nine protected characteristics: each named, and each considered rather than only listed."""

import re

from reports.checking.values import Item, Remark, Result

# {characteristic: what it is called when it is considered}. "Sex" needs a word of its own: sexual is none.
CHARACTERISTICS = {
    "age": r"\bage\b|\b(?:older|younger|elderly|ageing|aged \d+|ageism)\b",
    "disability": r"\bdisab\w+|\bimpairment|\blong-term (?:condition|illness)|\blearning difficult\w+|\bmental health (?:condition|needs)",
    "gender reassignment": r"\bgender (?:reassignment|identity)|\btransgender\b|\btrans\b|\btransition\w*",
    "marriage and civil partnership": r"\bmarri\w+|\bcivil partner\w*",
    "pregnancy and maternity": r"\bpregnan\w+|\bmaternity\b",
    "race": r"\brac(?:e|ial|ism)\b|\bethnic\w*|\bnationalit\w+|\bWhite British\b|\bheritage\b|\bfirst language\b",
    "religion or belief": r"\breligio\w+|\bfaith\b|\bbeliefs?\b|\b(?:Muslim|Christian|Hindu|Sikh|Jewish|Buddhist)\b",
    "sex": r"\bsex\b(?! (?:work|offen|act|assault))|\bgender(?:ed)?\b(?! (?:reassign|identit))|\b(?:female|male)(?:s)?\b|\b(?:women|men|woman|man)\b",
    "sexual orientation": r"\bsexual orientation|\bsexuality\b|\bheterosexual\b|\b(?:gay|lesbian|bisexual|homosexual)\b|\bsame[- ]sex\b|\bLGBT\w*",
}
_COMPILED = {name: re.compile(pattern, re.I) for name, pattern in CHARACTERISTICS.items()}
_ABOUT = re.compile(r"\bequality\b|\bdiversity\b|\bprotected characteristics?\b", re.I)
_LISTED = 4  # characteristics in one sentence: they are enumerated, and none is considered
_FEWEST_WORDS = 6
_CONSIDERS = re.compile(
    r"\b(?:was|were|is|are|had|has|did|does|no|not|considered|relevant|recorded|may|can|because|panel|there)\b",
    re.I,
)


def characteristics(reading):
    passages = _passages(reading)
    remarks, worst = [], Result.MET
    read = "\n".join(passage.text for passage in passages)
    for name, pattern in _COMPILED.items():
        named, considered = _looked_for(passages, pattern)
        if considered:
            continue
        if named:
            remarks.append(
                Remark(
                    f"{name[0].upper()}{name[1:]} is named among others and not considered.", named
                )
            )
            worst = Result.TO_JUDGE if worst is Result.MET else worst
        else:
            remarks.append(Remark(f"{name[0].upper()}{name[1:]} is not named.", of=read))
            worst = Result.NOT_MET
    return Item(
        "nine-characteristics",
        "Is each of the nine protected characteristics considered?",
        f"{len(passages)} paragraphs about equality and diversity."
        if passages
        else _nothing_read(reading),
        worst,
        tuple(remarks),
        "Say of each what is known, whether it made a difference, and whether it was a barrier."
        if remarks
        else "",
    )


def _nothing_read(reading):
    section = next(iter(_sections(reading)), None)
    if section is None:
        return "No section about equality or diversity was found."
    return f"Nothing is written in “{f'{section.number} {section.heading}'.strip()}” yet."


def _sections(reading):
    """Those under a heading about it."""
    found, level = [], None
    for section in reading.document.sections:
        if level is not None and section.level <= level:
            level = None
        if level is None and _ABOUT.search(section.heading):
            level = section.level
        if level is not None:
            found.append(section)
    return found


def _passages(reading):
    """The paragraphs under a heading about it; where there is none, those that speak of it and their neighbours."""
    sections = {id(section) for section in _sections(reading)}
    under = [p for p in reading.passages if id(p.section) in sections]
    return under or [
        p
        for p in reading.passages
        if _ABOUT.search(p.text) or re.search(r"\bdiversity\b", p.section.heading, re.I)
    ]


def _looked_for(passages, pattern):
    """(Place where it is named or None, whether a sentence considers it)"""
    named = None
    for passage in passages:
        for sentence in passage.sentences:
            match = pattern.search(sentence.text)
            if not match:
                continue
            named = named or sentence.place(*match.span())
            if _considers(sentence):
                return named, True
    return named, False


def _considers(sentence):
    many = sum(bool(pattern.search(sentence.text)) for pattern in _COMPILED.values())
    is_list = many >= _LISTED
    return (
        not is_list
        and len(sentence.text.split()) >= _FEWEST_WORDS
        and bool(_CONSIDERS.search(sentence.text))
    )
