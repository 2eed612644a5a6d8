"""Sentences that do not end, words written twice, brackets that stay open, dates after the report's own."""

import re

from reports.checking.values import Item, Kind, Remark, Result

_ENDS_WELL = re.compile(r"[.!?:;…][\"'”’)\]*_\s]*$|[)\]\"'”’]\s*$")
_DANGLES = re.compile(
    r"\b(?:the|a|an|and|or|but|of|to|in|on|at|by|for|with|from|that|which|who|whose|was|were|is|are|had|has|been|because|as|their|his|her|its|if|when|than|into)[\s,*_]*$",
    re.I,
)
_TWICE = re.compile(
    r"\b(?!(?:had|that|her|is|so|very|really|in|on|no|bye|there)\b)([a-z]+)\s+\1\b(?!-)", re.I
)
_EMPTY = re.compile(r"\(\s*\)|\[\s*\](?!\()|\s,(?=\s)|,,|\.\.(?!\.)(?<!\.\.\.)")
_FEWEST_WORDS = 7
_FEWEST_NOTES = 4  # paragraphs of a section: in fewer, nothing is usual
_VERB = re.compile(r"\b(?:was|were|had|is|are|did|has|have|would|could|will|does|[a-z]+ed)\b", re.I)
_IN_A_LIST = re.compile(
    r"^\s*(?:[-*+•·]|\(?(?:\d{1,2}|[a-z]|[ivx]+)[.)])\s|^\s*\||\n\s*(?:[-*+•·]|\d{1,2}[.)])\s|^\s*>"
)
_TO_COME = re.compile(
    r"\b(?:will|shall|by|due|target|planned?|until|expected|intend\w*|scheduled|from|going to|next|future|complete by|review(?:ed)? (?:in|by)"
    r"|new date|deadline|exten(?:ded|sion)|postponed|adjourned|put off|moved to)\b",
    re.I,
)


def broken_sentences(reading):
    narrative = {id(s.passage) for s in reading.narrative}
    notes, remarks = _sections_of_notes(reading), []
    for passage in reading.passages:
        if id(passage) in narrative:
            in_notes = id(passage.section) in notes
            remarks += [
                Remark(why, passage.place(*span)) for why, span in _broken(passage, in_notes)
            ]
    return Item(
        "sentences-whole",
        "Is every sentence and paragraph finished?",
        f"{len(narrative)} paragraphs of the text.",
        Result.TO_JUDGE if remarks else Result.MET,
        tuple(remarks),
        "Read each, and finish or mend it." if remarks else "",
    )


def _sections_of_notes(reading):
    """The ids of the sections whose paragraphs mostly end without a full stop, as the entries of a
    chronology do: none of them was left unfinished by that."""
    ends = {}
    for passage in reading.passages:
        if text := passage.text.rstrip():
            ends.setdefault(id(passage.section), []).append(bool(_ENDS_WELL.search(text)))
    return {
        section
        for section, found in ends.items()
        if len(found) >= _FEWEST_NOTES and sum(found) * 2 < len(found)
    }


def _broken(passage, in_notes):
    text = passage.text.rstrip()
    for match in _TWICE.finditer(text):
        yield f"“{match[1]}” stands here twice.", match.span()
    for match in _EMPTY.finditer(passage.written):
        if match[0].strip() != ",":
            yield "Something is missing or left over here.", match.span()
    if not text or _IN_A_LIST.search(passage.written) or len(text.split()) < _FEWEST_WORDS:
        return
    last = passage.sentences[-1] if passage.sentences else None
    if last and _DANGLES.search(text) and not text.endswith(("?", "!", '"', ")", "]")):
        yield "The paragraph stops in the middle of a sentence.", (last.start, len(text))
    elif last and not in_notes and not _ENDS_WELL.search(text) and _is_prose(passage, last):
        yield (
            "The paragraph ends without a full stop: check that it is whole.",
            (last.start, len(text)),
        )
    if re.match(r"[a-z]", text) and passage.paragraph.number:
        yield (
            "The paragraph begins with a small letter: check that nothing is missing before it.",
            (0, min(40, len(text))),
        )


def _is_prose(passage, sentence):
    """Not a source, a row or a label: a numbered paragraph, or one of several sentences."""
    if re.match(r"\W*(?:source|note|table|figure)\b", sentence.text, re.I):
        return False
    stands_alone = re.search(r"\n\s*$", passage.text[: sentence.start])
    if stands_alone and not _VERB.search(sentence.text):
        return False  # a label, or the name of a source
    return bool(passage.paragraph.number) or len(passage.sentences) > 2


def late_dates(reading):
    """Dates of what is told as past, after the date the report carries."""
    reported = reading.facts.reported
    question = "Does nothing that is told as past come after the date of the report?"
    if reported is None or not reported.latest:
        return Item(
            "dates-before-report",
            question,
            "The date of the report is not known.",
            Result.TO_JUDGE,
            (),
            "Give the report its date.",
        )
    of_what = "today" if reading.facts.is_being_written else "the date of the report"
    remarks = [
        Remark(f"{found.text} is after {of_what}.", sentence.place(found.start, found.end))
        for sentence in reading.narrative
        if not _TO_COME.search(sentence.text)
        for found in sentence.dates
        if found.reading.value.earliest and found.reading.value.earliest > reported.latest
    ]
    return Item(
        "dates-before-report",
        question,
        f"Every date in the text, beside {of_what}, {reported.text}.",
        Result.NOT_MET if remarks else Result.MET,
        tuple(remarks),
        "Check the year of each." if remarks else "",
    )


def from_contradictions(key, question, kinds, contradictions, to_do):
    """An item whose remarks are contradictions of some kinds, each with all its places."""
    found = [one for one in contradictions if one.kind in kinds]
    remarks = tuple(
        Remark(one.explanation, one.places[0], one.places[1:], of=one.of, confidence=one.confidence)
        for one in found
    )
    return Item(
        key,
        question,
        "Every sentence of the text, beside the others.",
        Result.TO_JUDGE if found else Result.MET,
        remarks,
        to_do if found else "",
    )


AGE_KINDS = frozenset([Kind.AGES])
REFERENCE_KINDS = frozenset([Kind.REFERENCES])
OTHER_KINDS = frozenset(Kind) - AGE_KINDS - REFERENCE_KINDS
