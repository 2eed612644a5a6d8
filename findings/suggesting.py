"""Which headings of an agency's report look as if they answer a term of reference, and why."""

import re
from dataclasses import dataclass

from reviews.submissions.models import Passage

_NAMES_A_TERM = re.compile(
    r"(?i)\b(?:terms?(?: of reference)?|tor|key lines?(?: of en\w+)?|k?loe|questions?)\b[^\d]{0,12}(\d{1,3})\b"
)
_SECTION = re.compile(r"(?i)terms? of reference|key lines? of en")
_NUMBER = re.compile(r"(\d{1,3})[.):]*$")
_WORD = re.compile(r"[a-z]{4,}")
_ENDING = re.compile(r"(?:ments?|ings?|ed|es|e|s)$")
# Words of which most terms and most headings have some.
_COMMON = re.compile(
    "about|agenc(y|ies)|appropriate|been|best|between|could|each|from|given|have|identify|into|known"
    "|made|other|perpetrators?|reports?|reviews?|services?|should|subjects?|their|them|there|these"
    "|they|this|under|victims?|were|what|when|where|whether|which|with|would|your"
)
_ENOUGH = 0.5  # of the words of a heading stand in the term


@dataclass(frozen=True)
class Suggestion:
    passage: Passage
    why: str


def suggested(term, count, passages):
    """`passages` are those of one report, in order; `count` how many terms there are of its kind."""
    found = {}
    for passage in passages:
        match = _NAMES_A_TERM.search(passage.title)
        if match and int(match[1]) == term.number:
            found[passage.pk] = Suggestion(passage, f"Its heading names {term.name.lower()}")
    for passage in _in_section(term, count, passages):
        why = f"It stands in the place of {term.name.lower()} under the terms of reference"
        found.setdefault(passage.pk, Suggestion(passage, why))
    wanted = _words(term.text)
    for passage in passages:
        said = _words(passage.heading)
        same = said & wanted
        if len(same) >= 2 and len(same) / len(said) >= _ENOUGH:
            why = "Its heading has words of the term"
            found.setdefault(passage.pk, Suggestion(passage, why))
    return [found[passage.pk] for passage in passages if passage.pk in found]


def _in_section(term, count, passages):
    """Below a heading such as “Addressing the terms of reference”: by number, or by place where there
    are as many headings as terms."""
    for at, passage in enumerate(passages):
        if not _SECTION.search(passage.heading):
            continue
        below = []
        for other in passages[at + 1 :]:
            if other.level <= passage.level:
                break
            below.append(other)
        children = [one for one in below if one.level == min(each.level for each in below)]
        numbered = [one for one in children if _last_number(one) == term.number]
        if numbered:
            yield from numbered
        elif len(children) == count:
            yield children[term.number - 1]


def _last_number(passage):
    match = _NUMBER.search(passage.number)
    return int(match[1]) if match else None


def _words(text):
    words = _WORD.findall(text.lower())
    return {_ENDING.sub("", word) for word in words if not _COMMON.fullmatch(word)}
