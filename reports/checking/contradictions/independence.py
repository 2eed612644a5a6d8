"""A chair or author who is said to have had no part in the agencies of the area, and to have worked for one of them."""

import re

from reports.checking.values import Confidence, Contradiction, Kind

_WHO = re.compile(r"\b(?:chair|author|overview writer)\b", re.I)
_FREE = re.compile(
    r"\b(?:never (?:been )?(?:worked|employed)|not (?:been )?(?:worked|employed)|no (?:\w+ )?(?:connections?|links?|association|affiliation|involvement|ties)|(?:is|was) (?:wholly |completely |fully |entirely )?independent of|(?:worked|employed) (?:for|by) none)\b"
    r"[^.;]{0,80}?\b(?:agenc(?:y|ies)|organisations?|bodies|area|partnership|borough|county|city|district)\b",
    re.I,
)
_BODY = r"(?P<body>[A-Z][\w&'-]+(?: (?:and |of |& |for )?[A-Z][\w&'-]+)*)"
_WORKED = re.compile(
    rf"(?i:\b(?:retired (?:from|in [^.;]{{3,20}} from)|former(?:ly)? (?:\w+ ){{0,4}}(?:of|with|at|for|in)|worked (?:\w+ ){{0,3}}(?:for|at|with)|employed (?:by|at|with)|served (?:\w+ ){{0,3}}(?:with|in)|career (?:with|in)|(?:joined|left)|years (?:with|in|at)))(?: the)? {_BODY}"
)
_NOT = re.compile(r"\b(?:never|not|no|nor|neither)\b", re.I)


def find(reading):
    said = [
        (sentence, match)
        for sentence in reading.narrative
        if _WHO.search(sentence.text) and (match := _FREE.search(sentence.text))
    ]
    for free, match in said[:1]:
        for sentence in reading.narrative:
            if sentence is free or not _speaks_of_them(sentence) or _NOT.search(sentence.text):
                continue
            worked = _WORKED.search(sentence.text)
            if worked and _is_of_the_review(reading, worked["body"], sentence):
                places = (free.place(*match.span()), sentence.place(*worked.span()))
                yield Contradiction(
                    Kind.DENIALS,
                    tuple(sorted(places)),
                    f"The chair or author is said to be independent of the agencies, and to have worked for {worked['body']}.",
                    Confidence.MEDIUM,
                )
                return


def _speaks_of_them(sentence):
    """Of the chair or author, by name of the part or as "he" or "she" behind it."""
    if _WHO.search(sentence.text):
        return True
    begins = re.match(r"\W*(?:he|she|they)\b", sentence.text, re.I)
    return bool(begins and sentence.before and _WHO.search(sentence.before.text))


def _is_of_the_review(reading, body, sentence):
    """Whether it is named where nothing is said of the chair: it is one of the review's bodies."""
    return any(
        body in passage.text and not _WHO.search(passage.text)
        for passage in reading.passages
        if passage is not sentence.passage
    )
