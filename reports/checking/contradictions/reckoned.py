"""A day that is told by counting from another: "four days after the assault on 12 September", "she died
the next day"."""

import re
from datetime import timedelta

from foundations.dates import PartialDate
from reports.checking.numbers import NUMBER, worth

_COUNT = rf"(?P<n>{NUMBER}|the next|the following|the same|a|an) (?P<unit>day|week)s?"
_FROM_A_DATE = re.compile(
    rf"\b{_COUNT} (?P<way>after|following|before|prior to)\b[^.;]{{0,60}}?$", re.I
)
_STEP = re.compile(rf"\b{_COUNT}(?: (?P<way>later|after that|earlier|before that))?\b", re.I)
_NEAR = 30  # characters between what happened and the step
_DAYS = {"day": 1, "week": 7}
_ABOUT = re.compile(
    r"\b(?:about|around|approximately|almost|nearly|over|some|within|at least|for)\s+$", re.I
)


def reckoned_date(sentence, match):
    """The PartialDate of what `match` tells, or None where nothing is counted from a day that is known."""
    for found in sentence.dates:
        lead = sentence.text[: found.start]
        step = _FROM_A_DATE.search(lead, match.start())
        if step and step.start() - match.end() <= _NEAR and _is_sure(lead, step, found):
            return _counted(found.reading.value, step)
    step = _STEP.search(sentence.text, match.end(), match.end() + _NEAR)
    if step and sentence.text[match.end() : step.start()].strip(" ,") == "" and _leads(step):
        day = _last_day(sentence, match.start())
        return _counted(day, step) if day else None
    return None


def _is_sure(lead, step, found):
    return found.reading.value.is_exact and not _ABOUT.search(lead[: step.start()])


def _leads(step):
    """ "The next day" alone, "four days" only with "later"."""
    return bool(step["way"]) != step["n"].lower().startswith("the ")


def _last_day(sentence, end):
    """The last day that is named before it, in its paragraph; None where that is no exact day."""
    before = [one for one in sentence.dates if one.end <= end]
    while not before and sentence.before:
        sentence = sentence.before
        before = sentence.dates
    value = before[-1].reading.value if before else None
    return value if value and value.is_exact else None


def _counted(day, step):
    word = step["n"].lower()
    many = 0 if word == "the same" else 1 if word.startswith(("the ", "a")) else worth(word)
    way = (step["way"] or "after").lower()
    turned = -1 if way.startswith(("before", "prior", "earlier")) else 1
    found = day.earliest + timedelta(days=turned * many * _DAYS[step["unit"].lower()])
    return PartialDate(f"{found:%-d %B %Y}", found, found, "day")
