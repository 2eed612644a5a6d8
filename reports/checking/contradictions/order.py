"""An event that follows one which came later: "On 12 June, following the meeting on 15 June"."""

import re

from reports.checking.values import Confidence, Contradiction, Kind

_AFTER = re.compile(
    r"\b(?:following|after|subsequent to|as a result of|in response to|since)\b(?![^,;.]{0,80}\b(?:to|that|discuss|consider|plan)\b)[^,;.]{0,80}?$",
    re.I,
)
_BEFORE = re.compile(r"\b(?:before|prior to|leading up to)\b[^,;.]{0,80}?$", re.I)
_WORDS_BETWEEN = re.compile(r"[;:]|\b(?:and|but|when|until|while|although)\b", re.I)


def find(reading):
    for sentence in reading.narrative:
        dates = [d for d in sentence.dates if d.reading.value.earliest and d.reading.value.latest]
        if len(dates) == 2:
            yield from _out_of_order(sentence, *dates)


def _out_of_order(sentence, first, second):
    """Two dates in a sentence, one of which is that of what the other came after, or before."""
    for main, hung in ((first, second), (second, first)):
        other = (
            sentence.text[first.end : second.start]
            if hung is second
            else sentence.text[: first.start]
        )
        a, b = main.reading.value, hung.reading.value
        if hung is second and _WORDS_BETWEEN.search(other):
            continue
        if hung is first and not re.search(
            r"^[^.;]{0,6}, (?:on|in) $|^[^.;]{0,70}, (?:\w+ ){0,6}(?:on|in) $",
            sentence.text[first.end : second.start],
        ):
            continue
        if _AFTER.search(other) and a.latest < b.earliest:
            yield _contradiction(sentence, main, hung, "after")
        elif _BEFORE.search(other) and a.earliest > b.latest:
            yield _contradiction(sentence, main, hung, "before")


def _contradiction(sentence, main, hung, way):
    start, end = min(main.start, hung.start), max(main.end, hung.end)
    return Contradiction(
        Kind.ORDER,
        (sentence.place(start, end),),
        f"What is dated {main.text} is said to have come {way} what is dated {hung.text}.",
        Confidence.MEDIUM,
    )
