"""How long after one dated thing another came, against the date of the other: "two months after his arrest in
January he was released, in May"."""

import re
from calendar import month_name

from reports.checking.contradictions.durations import LENGTH, UNITS, days_of, is_off
from reports.checking.values import Confidence, Contradiction, Kind
from reports.checking.words import stem_set

_STEP = re.compile(
    rf"\b(?P<about>about |around |approximately |almost |nearly |over |more than |less than |at least |just over |just under |some |up to )?{LENGTH} (?P<way>after|following|before|prior to)\b(?P<event>[^.;]{{0,60}}?)(?:,? (?:in|on|of))? ?$",
    re.I,
)
_ANOTHER_DEED = re.compile(r"\b(?:and|but|then|when|which|who|until|since|again)\b", re.I)
_LEADS_TO = re.compile(r"\bby\s*$", re.I)  # "six months after the decision, by 4 May": a limit
_MOVED = re.compile(
    r"\b(?:until|since|between|from|by|again|due|planned|expected|for)\s+(?:the )?$", re.I
)


_MONTHS = tuple(name for name in month_name if name)
_MONTH = re.compile(rf"\b(?:in|early|late|mid-?) (?P<month>{'|'.join(_MONTHS)})\b(?! \d)")
_AFTER = re.compile(
    rf"\b(?P<about>about |around |approximately |almost |nearly |some )?{LENGTH} (?P<way>after|following) (?P<event>(?:his|her|the|this|that) (?:[\w-]+ ){{0,2}}?[\w-]+?),? (?=he |she |they |(?-i:[A-Z])|in |on )",
    re.I,
)
_MOST_MONTHS = 10  # without a year, what is longer says nothing


def find(reading):
    for sentence in reading.counting:
        dates = [d for d in sentence.dates if d.reading.value.earliest and d.reading.value.latest]
        if len(dates) == 2:
            yield from _wrong_step(sentence, *dates)
        elif len(dates) == 1:
            yield from _wrong_step_from_before(sentence, *dates)
        elif not dates:
            yield from _wrong_months(sentence)


def _wrong_step_from_before(sentence, reached):
    """Counted from what the sentences before it, in its paragraph, gave a date."""
    step = _AFTER.search(sentence.text[: reached.start])
    between = sentence.text[step.end() : reached.start] if step else ""
    if not step or _ANOTHER_DEED.search(between) or _MOVED.search(sentence.text[: reached.start]):
        return
    known = _dated_before(sentence, stem_set(step["event"]))
    if known:
        yield from _unless_right(sentence, step, known, reached.reading.value, reached.end)


def _dated_before(sentence, event):
    """The PartialDate of the last sentence before that tells of the event and has one date, or None."""
    while event and sentence.before:
        sentence = sentence.before
        if event <= sentence.stems:
            value = sentence.when if len(sentence.dates) == 1 else None
            return value if value and value.earliest and value.latest else None
    return None


def _wrong_months(sentence):
    """Two months without a year: what lies between them is known but for whole years."""
    months = list(_MONTH.finditer(sentence.text))
    if len(months) != 2:
        return
    for known, reached in (months, reversed(months)):
        step = _STEP.search(sentence.text[: known.start("month")])
        if not step or step.start() < reached.start() < known.start():
            continue
        apart = (_MONTHS.index(reached["month"]) - _MONTHS.index(known["month"])) % 12
        apart = -apart % 12 if step["way"].lower() in {"before", "prior to"} else apart
        many = days_of(step["number"], step["half"], step["unit"]) / UNITS["month"]
        if many <= _MOST_MONTHS and abs(apart - many) > 1 and not step["about"]:
            start, end = min(step.start(), reached.start()), max(known.end(), reached.end())
            yield _contradiction(sentence, start, end, step, known["month"], reached["month"])
        return


def _wrong_step(sentence, one, other):
    """Of two dates, the one that the step is counted from stands behind it; the other is where it leads."""
    for known, reached in ((one, other), (other, one)):
        step = _STEP.search(sentence.text[: known.start])
        if (
            not step
            or step.start() < reached.start < known.start
            or _ANOTHER_DEED.search(step["event"])
            or _LEADS_TO.search(step["event"])
        ):
            continue
        between = sentence.text[min(known.end, reached.end) : max(step.start(), reached.start)]
        if _ANOTHER_DEED.search(between) or _MOVED.search(sentence.text[: reached.start]):
            continue
        end = max(known.end, reached.end)
        yield from _unless_right(
            sentence, step, known.reading.value, reached.reading.value, end, reached.start
        )
        return


def _unless_right(sentence, step, known, reached, end, start=None):
    first, last = known, reached
    if step["way"].lower() in {"before", "prior to"}:
        first, last = last, first
    shortest, longest = (last.earliest - first.latest).days, (last.latest - first.earliest).days
    days = days_of(step["number"], step["half"], step["unit"])
    if is_off(days, UNITS[step["unit"].lower()], shortest, longest, step["about"] or ""):
        start = step.start() if start is None else min(step.start(), start)
        yield _contradiction(sentence, start, end, step, known.text, reached.text)


def _contradiction(sentence, start, end, step, known, reached):
    return Contradiction(
        Kind.DURATIONS,
        (sentence.place(start, end),),
        f"“{step[0].strip()}” does not lead from {known} to {reached}.",
        Confidence.HIGH,
    )
