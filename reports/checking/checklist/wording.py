"""Words that a report should not leave the house with: what was left open, and what blames the victim."""

import re

from actionplans.papers.placeholders import LEFT_OPEN
from reports.checking.blaming import HOUSE_LIST, OF_WHO_NEEDED_HELP, OF_WHO_WAS_ABUSED
from reports.checking.unfinished import IN_A_CELL
from reports.checking.values import Item, Remark, Result

_MORE_LEFT_OPEN = re.compile(
    r"(?:^|[:|(\[–-])[ \t]*to be (?:inserted|completed|added|agreed|advised|determined|decided)\b(?=[ \t]*(?:$|[.|)\]]))"
    r"|\[(?:name|date|insert|agency|area|pseudonym|age|number|xx?|\.\.\.|…|\?)[^\]\n]{0,40}\](?!\()|(?-i:\bTO ?DO\b)|\bXX+\b|\bN\.N\b|\b(?:dd|DD)[/.](?:mm|MM)[/.](?:yy){1,2}\b"
    r"|\(\s*(?:insert|add|check|confirm)\b[^)\n]{0,60}\)|\[\s*(?:check|confirm|query|author|note to)\b[^\]\n]{0,80}\]|\blorem ipsum\b|£\s?X\b",
    re.IGNORECASE | re.MULTILINE,
)  # fmt: skip


def placeholders(reading):
    remarks = []
    for passage in reading.passages:
        spans = set()
        for pattern in (LEFT_OPEN, _MORE_LEFT_OPEN):
            for match in pattern.finditer(passage.written):
                if passage.written[match.end() : match.end() + 1] == "(" and match[0].startswith(
                    "["
                ):
                    continue  # the words of a link
                if not any(a < match.end() and match.start() < b for a, b in spans):
                    spans.add(match.span())
        cells = {match[0]: match.span() for match in IN_A_CELL.finditer(passage.written)}
        spans.update(cells.values())  # each once in a table
        remarks += [Remark("This was left open.", passage.place(*span)) for span in sorted(spans)]
    for section in reading.document.sections:
        if LEFT_OPEN.search(section.heading) or _MORE_LEFT_OPEN.search(section.heading):
            remarks.append(Remark(f"The heading “{section.heading}” was left open."))
    return Item(
        "nothing-left-open",
        "Is nothing left to be filled in?",
        f"{len(reading.passages)} paragraphs and the headings.",
        Result.NOT_MET if remarks else Result.MET,
        tuple(remarks),
        "Fill in each, or take it out." if remarks else "",
    )


def real_names(reading, names):
    """Names of the register in the text: the document goes to others with them. `names.find(text)` gives
    places with `start`, `end` and `whose`."""
    remarks = [
        Remark(f"This is a real name in this review: write “{one.whose}” instead.", passage.place(one.start, one.end))
        for passage in reading.passages
        for one in names.find(passage.written)
    ]  # fmt: skip
    for section in reading.document.sections:
        remarks += [
            Remark(f"A heading holds the real name of {one.whose}.", section=section.key, of=section.heading)
            for one in names.find(section.heading)
        ]  # fmt: skip
    return Item(
        "no-real-names",
        "Is nobody of the review called by a real name?",
        f"{len(reading.passages)} paragraphs and the headings.",
        Result.TO_JUDGE if remarks else Result.MET,
        tuple(remarks),
        "Write the pseudonym, unless it is another word or another person." if remarks else "",
    )


def blaming(reading, phrases=None):
    """Phrases that lay the abuse at the victim's door. `phrases` is a list of Phrase; the house list if none."""
    phrases = HOUSE_LIST if phrases is None else phrases
    remarks = []
    for sentence in reading.sentences:
        small = sentence.text.lower()
        likely = [phrase for phrase in phrases if phrase.longest_word in small]
        for phrase, match in _found(likely, sentence.text):
            if _is_of_another(phrase, match, sentence):
                continue
            quoted = (
                " It stands in a quotation: say whose words they are."
                if _is_quoted(sentence.text, match)
                else ""
            )
            remarks.append(
                Remark(
                    f"{phrase.why} Instead: {phrase.instead}.{quoted}",
                    sentence.place(*match.span()),
                )
            )
    return Item(
        "no-blame",
        "Is the victim nowhere blamed for the abuse?",
        f"{len(phrases)} phrases, in every paragraph.",
        Result.TO_JUDGE if remarks else Result.MET,
        tuple(remarks),
        "Read each in its place, and write it in the words suggested where they fit."
        if remarks
        else "",
    )


_BY_A_SERVICE = re.compile(
    r"\b(?:agency|agencies|services?|police|professionals?|practitioners?|officers?|workers?|staff|gps?|doctors?|surgery"
    r"|hospital|trust|council|team|board|partnership|court|probation|housing|school|nurses?|midwi(?:fe|ves)|marac|idvas?)"
    r" (?:(?:had|has|have|also|then|again|repeatedly|consistently|often) )*$",
    re.I,
)


def _is_of_another(phrase, match, sentence):
    """A service that failed to engage did not blame anybody, nor does a word on the person who abused, in
    a sentence that names no one else."""
    if phrase.why in OF_WHO_NEEDED_HELP and _BY_A_SERVICE.search(sentence.text[: match.start()]):
        return True
    abused = {one.lower() for one in sentence.passage.reading.people.called("perpetrator")}
    named = {one.lower() for one in sentence.people}
    return phrase.why in OF_WHO_WAS_ABUSED and bool(named) and named <= abused


def _found(phrases, text):
    """[(Phrase, match)], the longest at each place."""
    found = sorted(
        ((phrase, match) for phrase in phrases for match in phrase.pattern.finditer(text)),
        key=lambda pair: (pair[1].start(), -pair[1].end()),
    )
    end = 0
    for phrase, match in found:
        if match.start() >= end:
            yield phrase, match
            end = match.end()


def _is_quoted(text, match):
    return text[: match.start()].count('"') % 2 == 1
