"""Two hours of the clock against the minutes that are said to lie between them."""

import re

from reports.checking.contradictions.slots import clock_times
from reports.checking.numbers import NUMBER, worth
from reports.checking.values import Confidence, Contradiction, Kind

_ABOUT = r"(?P<about>about |around |approximately |almost |nearly |over |more than |just over |just under |some |less than |at least )?"
_LENGTH = rf"(?P<length>half an hour|(?:a )?quarter of an hour|three quarters of an hour|an hour and a half|(?P<n>{NUMBER}|an?)(?P<half> and a half)? (?P<unit>minute|hour)s?'?)"
_STEP = re.compile(
    rf"\b(?P<within>within |in under )?{_ABOUT}{_LENGTH} (?P<way>later|after|afterwards|before|earlier|of|prior to)\b",
    re.I,
)
_LATER = re.compile(r"^,? ?(?:(?:at|by) )?(?:about |around |approximately )?$", re.I)
_WHOLE = {
    "half an hour": 30,
    "quarter of an hour": 15,
    "a quarter of an hour": 15,
    "three quarters of an hour": 45,
    "an hour and a half": 90,
}
_ANOTHER = re.compile(r"[;:]|\b(?:and|but|which|who|when|while|again)\b", re.I)
_NEAR = 40  # characters
_DAY = 24 * 60
_SLACK = 0.1  # of the length, a quarter where it is "about"
_LEAST_SLACK = 2  # minutes


def find(reading):
    for sentence in reading.counting:
        times = clock_times(sentence.text)
        step = _STEP.search(sentence.text)
        if not times or not step or sentence.is_hypothetical:
            continue
        if len(times) == 2:
            (first, _, _), (second, _, _) = times
            start, end = min(step.start(), times[0][1]), max(step.end(), times[1][2])
            if not _belongs(sentence.text, step, times):
                continue
        elif len(times) == 1 and (known := _known_before(sentence, step, times[0])) is not None:
            first, (second, _, end), start = known, times[0], step.start()
        else:
            continue
        if _is_off(step, first, second):
            yield Contradiction(
                Kind.DURATIONS,
                (sentence.place(start, end),),
                f"“{step[0].strip()}” does not go with {_said(first)} and {_said(second)}.",
                Confidence.HIGH,
            )


def _belongs(text, step, times):
    """Whether one of the two hours stands beside the step, and nothing else is told between."""
    return any(
        len(between) <= _NEAR and not _ANOTHER.search(between)
        for _, start, end in times
        for between in (
            text[step.end() : start] if start > step.start() else text[end : step.start()],
        )
    )


def _known_before(sentence, step, time):
    """Of "Ten minutes later, at 21:40": the last hour of the sentence before, or None."""
    between = sentence.text[step.end() : time[1]]
    if step["way"].lower() != "later" or not _LATER.match(between) or not sentence.before:
        return None
    times = clock_times(sentence.before.text)
    return times[-1][0] if times else None


def _is_off(step, first, second):
    apart = abs(second - first)
    apart = min(apart, _DAY - apart)
    length, about = _minutes(step), (step["about"] or "").strip().lower()
    slack = max(_LEAST_SLACK, length * (0.25 if about else _SLACK))
    if step["within"] or about in {"less than", "just under"}:
        return apart > length + slack
    if about in {"over", "more than", "at least"}:
        return apart < length - slack
    return abs(apart - length) > slack


def _minutes(step):
    if (whole := _WHOLE.get(step["length"].lower())) is not None:
        return whole
    many = 1 if step["n"].lower() in {"a", "an"} else worth(step["n"])
    return (many + (0.5 if step["half"] else 0)) * (60 if step["unit"].lower() == "hour" else 1)


def _said(minutes):
    return f"{minutes // 60:02d}:{minutes % 60:02d}"
