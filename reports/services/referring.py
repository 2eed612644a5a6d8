"""References out of the numbers that were typed in a file, so that they follow when paragraphs move."""

from collections import Counter

from foundations.gov.prose import referred
from reports.checking.pointers import pointers_in
from reports.models import MOST
from reports.outline import Outline

TURNED = (
    "{n} in the file to a paragraph or section by its number {was} typed. {Each} is a reference now, and its "
    "number follows. What was typed is kept beside the paragraph. Look whether {each} leads where it should."
)
BESIDE = "Typed in the file: {words}. A reference shows each number now, and follows. Look whether it leads where it should."
TOO_LONG = (
    "Typed in the file, and left so in {n} place{s}: {words}. With references there, which follow, the paragraph would be "
    "longer than {most:,} characters. Divide it, and write each number as a reference, like [[5.3.2]]."
)
LEFT = "These numbers stay as they were typed, because each stands twice in the file: {numbers}."


def refer(sections, paragraphs, written):
    """Gives `paragraphs`, unsaved, each typed number that exactly one section or paragraph of the
    WrittenDocument has as a reference to it. `sections` and `paragraphs` are the rows of its own. A paragraph that
    would be too long with references keeps all that was typed."""
    keys = _keys(sections, paragraphs, written)
    for one in paragraphs:
        text = _referring(one.text, keys)
        if len(text) <= MOST:
            one.text = text


def told_of_references(document, written):
    """Sentences on how many became references, and which numbers could not."""
    texts = [one.paragraph.text for _, one in Outline(document, texts=True).paragraphs]
    if n := sum(len(referred(text)) for text in texts):
        one = n == 1
        yield TURNED.format(
            n="One reference" if one else f"{n:,} references",
            was="was" if one else "were",
            Each="It" if one else "Each",
            each="it" if one else "each",
        )
    twice = {number for number, many in Counter(_numbers(written)).items() if many > 1}
    left = {one.number for text in texts for one in pointers_in(text, twice)}
    if left:
        yield LEFT.format(numbers=", ".join(sorted(left)))


def told_beside(document, written):
    """(sentence, place of the section, place of the paragraph), counted from 0, of each paragraph in which a
    number became a reference, for what was typed stands in no version of it, or would have but for its length."""
    known = _once(written)
    places = zip(Outline(document, texts=True).sections, written.sections, strict=True)
    for at, (section, of_file) in enumerate(places):
        for place, one in enumerate(of_file.paragraphs):
            if found := pointers_in(one.text, known):
                is_turned = referred(section.paragraphs[place].paragraph.text)
                yield (BESIDE if is_turned else TOO_LONG).format(**_said_of(found)), at, place


def _said_of(found):
    """Of [Pointer], for the sentences above."""
    n, words = len(found), dict.fromkeys(f"“{one.words}”" for one in found)
    return {"n": n, "s": "" if n == 1 else "s", "words": ", ".join(words), "most": MOST}


def _keys(sections, paragraphs, written):
    """{number as printed: reference}"""
    rows = [*(("s", one) for one in sections), *(("p", one) for one in paragraphs)]
    known = _once(written)
    return {
        number: f"[[{kind}:{row.key}]]"
        for number, (kind, row) in zip(_numbers(written), rows, strict=True)
        if number in known
    }


def _once(written):
    """The numbers that exactly one section or paragraph has."""
    return {number for number, many in Counter(_numbers(written)).items() if number and many == 1}


def _numbers(written):
    """Of all sections, then of all paragraphs, in the order of reading; "" where there is none."""
    rows = [*written.sections, *(one for _, one in written.paragraphs)]
    return [one.number.rstrip(".") for one in rows]


def _referring(text, keys):
    parts, last = [], 0
    for one in pointers_in(text, keys):
        parts += [text[last : one.start], keys[one.number]]
        last = one.end
    return "".join([*parts, text[last:]])
