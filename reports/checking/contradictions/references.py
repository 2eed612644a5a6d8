"""A paragraph, section, recommendation or appendix that the text sends its reader to and that is not there."""

import re

from foundations.gov.prose import UNKNOWN
from reports.checking.plain import REFERENCE
from reports.checking.values import Confidence, Contradiction, Kind

_NUMBER = r"\d{1,2}(?:\.\d{1,3}){0,3}"
_PARAGRAPH = re.compile(
    rf"\b(?P<word>para(?:graph)?s?|sections?|point|chapter|sub-?section)\.? (?P<number>{_NUMBER})(?![\w.]?\d|\(|[A-Z])"
    rf"|[\[(](?:see )?(?P<bare>\d{{1,2}}(?:\.\d{{1,3}}){{1,3}})[\])]"
    rf"|\b(?:see|at|in|and) (?P<plain>\d{{1,2}}(?:\.\d{{1,3}}){{2,3}})(?!\d|\.\d)",
    re.I,
)
_NUMBERED = re.compile(
    r"\b(?P<what>recommendation|lesson|term of reference|term|table|figure|finding) (?:number |no\.? )?(?P<number>\d{1,2})\b(?![./]\d)",
    re.I,
)
_APPENDIX = re.compile(
    r"\b(?:Appendix|Annex) (?P<number>[A-H]|\d|One|Two|Three|Four|Five|Six)\b", re.I
)
# What is numbered elsewhere: an Act, guidance, another report.
_ELSEWHERE = re.compile(
    r"\bActs?\b|\bguidance\b|\bcode of\b|\bregulations?\b|\bconvention\b|\bcircular\b|\bversion\b|\bpolic(?:y|ies)\b|\bprotocol\b"
    r"|\bprocedures?\b|\bSection (?:9|17|42|47|117|135|136|2|3|5(?:\(2\))?|37|41)\b(?!\.)|\bstatut|\bstandard\b|\bs\.\d|\bhttps?:"
    r"|\bof the (?!report|review|DHR|overview)[A-Z]|\bNICE\b|\bv\d|\bIMR\b|\bearlier (?:review|report)\b|\bprevious (?:review|report|DHR)\b"
    r"|\b(?:January|February|March|April|June|July|August|September|October|November|December) 20\d\d\b.{0,3}$",
    re.I,
)
_OURS = re.compile(
    r"\b(?:see|above|below|earlier|this report|of the report|refer to|set out|dealt with|described|covered|discussed|detailed|examined|appears?|outlined)\b",
    re.I,
)
_GONE = re.compile(re.escape(UNKNOWN))  # as a reference reads whose key nothing has any more


def find(reading):
    yield from _lost_keys(reading)
    shown = reading.numbers_shown
    deepest = max((number.count(".") for number in shown), default=0)
    appendices = {
        _letter(m["number"])
        for s in reading.document.sections
        for m in _APPENDIX.finditer(s.heading)
    }
    for sentence in reading.narrative:
        if shown and deepest:
            yield from _lost_paragraphs(sentence, shown)
        yield from _lost_appendices(sentence, appendices)
        yield from _lost_points(reading, sentence)


def _lost_keys(reading):
    """A reference that was made by key, to a paragraph or section that was taken out."""
    there = {("p", p.paragraph.key) for p in reading.passages} | {
        ("s", s.key) for s in reading.document.sections
    }
    for passage in reading.passages:
        for match in REFERENCE.finditer(passage.written):
            if match.groups() not in there:
                what = "paragraph" if match[1] == "p" else "section"
                yield Contradiction(
                    Kind.REFERENCES,
                    (passage.place(*match.span()),),
                    f"This refers to a {what} that is no longer in this document.",
                    Confidence.HIGH,
                )
        for match in _GONE.finditer(passage.written):
            yield Contradiction(
                Kind.REFERENCES,
                (passage.place(*match.span()),),
                "This refers to something that is no longer in this document.",
                Confidence.HIGH,
            )


def _lost_paragraphs(sentence, shown):
    for match in _PARAGRAPH.finditer(sentence.text):
        number = match["number"] or match["bare"] or match["plain"]
        if number.rstrip(".") in shown or _is_elsewhere(sentence, match):
            continue
        if "." not in number and not _OURS.search(sentence.text):
            continue
        if match["bare"] and not _looks_like_ours(number, shown):
            continue
        is_date = any(d.start <= match.start() + 1 < d.end for d in sentence.dates)
        if is_date and (number.rpartition(".")[0] not in shown or ".0" in number):
            continue
        yield _lost(
            sentence,
            match,
            f"There is no {(match['word'] or 'paragraph').rstrip('s').lower()} {number} in this document.",
        )


def _looks_like_ours(number, shown):
    """A number in brackets is a reference where its chapter is one of ours and it is as deep as they are."""
    depth = max(one.count(".") for one in shown)
    return number.count(".") == depth and depth > 1 and number.split(".")[0] in shown


def _is_elsewhere(sentence, match):
    near = (
        sentence.text[max(0, match.start() - 90) : match.start()]
        + " "
        + sentence.text[match.end() : match.end() + 60]
    )
    return bool(_ELSEWHERE.search(near) or _ELSEWHERE.search(match[0]))


def _lost(sentence, match, explanation):
    return Contradiction(
        Kind.REFERENCES, (sentence.place(match.start(), match.end()),), explanation, Confidence.HIGH
    )


_NAMES = {"one": "1", "two": "2", "three": "3", "four": "4", "five": "5", "six": "6"}


def _lost_appendices(sentence, there):
    if not there:
        return
    for match in _APPENDIX.finditer(sentence.text):
        if _letter(match["number"]) not in there and not _is_elsewhere(sentence, match):
            yield _lost(sentence, match, f"There is no {match[0]} in this document.")


def _letter(words):
    return _NAMES.get(words.lower(), words.upper())


def _lost_points(reading, sentence):
    """Recommendation 16 of 15. Only where the review knows how many there are, by number."""
    facts = reading.facts
    known = {
        "recommendation": facts.recommendations,
        "lesson": facts.lessons,
        "term of reference": facts.terms,
        "term": facts.terms,
    }
    for match in _NUMBERED.finditer(sentence.text):
        rows = known.get(match["what"].lower())
        if (
            rows
            and match["number"] not in {row.number for row in rows}
            and not _is_elsewhere(sentence, match)
        ):
            yield _lost(
                sentence,
                match,
                f"There is no {match['what'].lower()} {match['number']}: there are {len(rows)}.",
            )
