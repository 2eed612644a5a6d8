"""Where a text sends its reader to a paragraph or section of its own document by a number that was typed:
"see paragraph 5.3.4", "sections 5.2 and 5.4 above". Nothing moves such a number when paragraphs move."""

import re
from typing import NamedTuple

from reports.checking.plain import plain, sentence_spans

_NUMBER = r"\d{1,3}(?:\.\d{1,3}){0,4}"
_AND = r"\s*(?:,\s*(?:and|or)?|and|or|to|&|[-–])\s*"
_POINTER = re.compile(
    rf"\b(?:para(?:graph)?s?|(?:sub-?)?sections?|chapters?)\b\.?\s{{1,4}}"
    rf"(?P<numbers>{_NUMBER}(?:{_AND}{_NUMBER})*)(?!\.?\d|\(|\w)",
    re.I,
)
_SEE_BEFORE = re.compile(r"\bsee (?:also )?$", re.I)
_OURS_AFTER = re.compile(
    r"\s*,?\s*(?:(?:above|below|of this (?:overview |domestic homicide )?(?:report|review|document))\b"
    r"|of the (?:overview )?(?:report|review)\b(?!\s+(?:by|of|from|into)\b))",
    re.I,
)
# What is numbered elsewhere: an Act, guidance, another agency's report.
_NAMED_BEFORE = re.compile(
    r"\b(?:Acts?|guidance|code|regulations?|convention|circular|polic(?:y|ies)|protocol|procedures?|standards?"
    r"|guidelines?|schedule|IMR|NICE|Working Together|(?:earlier|previous) (?:review|report))\b[^.;]{0,40}$",
    re.I,
)
# "Her solicitor's letter, paragraph 5.2": somebody's paper, directly before.
_PAPER_BEFORE = re.compile(
    r"\b(?:letter|e-?mail|statement|minutes|judge?ment|transcript|assessment|plan|inspection|article|study"
    r"|framework|strategy|agreement|handbook|manual|(?<!this )(?<!the )(?<!overview )report),? (?:at )?$",
    re.I,
)
_NAMED_AFTER = re.compile(r"\s*,?\s*(?:of|in|to|from|under) (?:the|its|their|his|her|an?|that)\b")
# "of Working Together", but "of Section 5" is our own.
_NAME_AFTER = re.compile(
    r"(?:\s*,?\s*of|\s+(?:in|under)) (?!(?:Section|Chapter|Part|Para(?:graph)?)s?\b)[A-Z]"
)
_TITLE_AFTER = re.compile(
    r"\s*,?\s*(?:of |in |to |from |under )?(?:(?:[A-Z][\w’']*|of|and|the|for),? ){1,8}"
    r"(?:Acts?|Guidance|Guidelines?|Codes?|Regulations|Order|Circular|Policy|Procedures?|Protocol|Standards?)\b"
)


class Pointer(NamedTuple):
    """`start` and `end` of the number in the text that was asked about; `words`, the whole of what was
    typed: "sections 5.2 and 5.4"."""

    start: int
    end: int
    number: str
    words: str


def pointers_in(text, known):
    """[Pointer] of a Markdown text, to those numbers that `known` holds. What stands after a number tells
    first whose it is. A number without a dot counts only where the words say that it is of this document:
    there is a section 47 in an Act as well."""
    said = plain(text)
    return [
        pointer
        for start, end in sentence_spans(said)
        for pointer in _in_sentence(said[start:end], start, known)
    ]


def _in_sentence(sentence, offset, known):
    for match in _POINTER.finditer(sentence):
        before, after = sentence[: match.start()], sentence[match.end() :]
        is_ours, is_sent = bool(_OURS_AFTER.match(after)), bool(_SEE_BEFORE.search(before))
        if not is_ours and _is_elsewhere_after(after):
            continue
        at, words = match.start("numbers"), " ".join(match[0].split())
        for one in re.finditer(_NUMBER, match["numbers"]):
            if one[0] in known and (is_ours or _is_here(before, one[0], is_sent=is_sent)):
                yield Pointer(offset + at + one.start(), offset + at + one.end(), one[0], words)


def _is_here(before, number, *, is_sent):
    """By the words before it. "An old policy (see 5.3.4)" is of this document, "the Care Act (see section
    7)" is not: few of what is numbered elsewhere have a dot in a number."""
    if "." in number and is_sent:
        return True
    is_elsewhere = _NAMED_BEFORE.search(before) or _PAPER_BEFORE.search(before)
    return not is_elsewhere and ("." in number or is_sent)


def _is_elsewhere_after(after):
    return any(one.match(after) for one in (_NAMED_AFTER, _NAME_AFTER, _TITLE_AFTER))
