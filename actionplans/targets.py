"""Target dates, and the statuses that people type into the same cell."""

import re
from dataclasses import dataclass, field, replace

from actionplans.plan import Target
from actionplans.statuses import find_statuses
from actionplans.vocabulary import NOTHING, PLACEHOLDER, Status
from actionplans.wording import items_of, said
from foundations.dates import PartialDate, find_dates, parse, read_cell

# What a milestone or heading may mention without giving a date for it.
LOOSE = {"relative", "ongoing", "decade", "year", "invalid"}
BEFORE_A_DATE = re.compile(
    r"(?:\b(?:by|in|on|for|before|until|from|due|target|deadline|date|completed?|complete|end of|the end of|by the|the|and)"
    r"|[-–—:;,(&])\s*$",
    re.IGNORECASE,
)
AFTER_A_LABEL = re.compile(
    r"^(?:\s*(?:and|&|then|plus)\b(?:\s+for\b)?|\s*for\b|[\s,;:.\-–—)&]+)+", re.IGNORECASE
)
MONTH_OR_SEASON = re.compile(
    r"\b(?:january|february|march|april|may|june|july|august|september|october|november|december"
    r"|spring|summer|autumn|winter)\b",
    re.IGNORECASE,
)
# "Action 1 – May 2020" is no first of May.
COUNTED = re.compile(
    r"\b(?:actions?|recs?|recommendations?|items?|points?|phases?|stages?|parts?|steps?|q)\s*"
    r"\d{1,2}(?:\.\d+)?\s*[-–—:]",
    re.IGNORECASE,
)
LONGEST_DATE = 6  # words
WORDS_FOR_A_TIME = re.compile(
    r"\b(?:immediate(?:ly)?|asap|as soon as|within|weeks?|months?|years?|annual(?:ly)?|quarterly|monthly|weekly"
    r"|termly|daily|next|end of|n/k|not known|after|following|upon|when|once|per|every|rolling|permanent"
    r"|short|medium|long)\b",
    re.IGNORECASE,
)


@dataclass
class TargetCell:
    """All that a target cell holds."""

    targets: list[Target] = field(default_factory=list)
    statuses: list[tuple[Status, str]] = field(default_factory=list)
    doubts: list[str] = field(default_factory=list)

    @property
    def status(self):
        return self.statuses[0][0] if self.statuses else None

    @property
    def status_as_written(self):
        return " / ".join(written for _, written in self.statuses) or None

    @property
    def different_statuses(self):
        return tuple(dict.fromkeys(status for status, _ in self.statuses))


def read_target_cells(cells, *, label=None, only_dates=False):
    """The dates and statuses of the cells of one column in one row and its continuations.

    With `only_dates` the words beside a date are somebody else's: who leads, by when.
    """
    whole = TargetCell()
    for cell in cells:
        if cell.value is not None and not isinstance(cell.value, bool | str):
            reading = read_cell(cell.value, cell.shown or cell.text)
            if reading.value.is_bounded:
                whole.targets.append(Target(reading.value, label))
                whole.doubts += reading.doubts
                continue
        for item in items_of(cell):
            if only_dates:
                found = _dates_in(item.text)
                whole.targets += [Target(reading.value, label) for _, _, reading in found]
            else:
                _read_line(item, whole, label)
    return whole


def without_dates(text):
    """A cell of lead and date without the dates, and without the "by" before them."""
    for start, end, _ in reversed(_dates_in(text)):
        before = re.sub(
            r"[\s,;:(–-]*(?:\bby\s*(?:the)?\s*)?$", "", text[:start], flags=re.IGNORECASE
        )
        text = f"{before}\n{text[end:].lstrip(' )')}"
    return text


def _read_line(item, whole, heading_label):
    text = item.text
    if text.casefold() in NOTHING:
        return
    statuses = find_statuses(text)
    dates = _dates_in(text) or _whole_date(text, statuses)
    settled = [
        one for one in statuses if one.status is not Status.OPEN or text.casefold() == "open"
    ]
    for found in settled:
        alone = not dates and len(settled) == 1 and len(text.split()) <= 4
        whole.statuses.append((found.status, text.strip(" .") if alone else found.written))
    if statuses and not settled and not whole.statuses:
        whole.statuses.append((Status.OPEN, ""))  # "to be completed by": no claim in its own words
    first = settled[0].status if settled else None
    if first is Status.ONGOING and not dates and parse(text).value.precision == "ongoing":
        whole.targets.append(Target(parse(text).value, heading_label, item.number, first))
    elif dates:
        _keep_dates(item, dates, statuses, whole, heading_label, first)
    elif settled:
        _keep_status(item, first, whole)
    else:
        _keep_words(item, whole, heading_label)


def _keep_dates(item, dates, statuses, whole, heading_label, status):
    position = 0
    for start, end, reading in dates:
        label = _label(item.text[position:start], statuses) or heading_label
        if reading.value.precision == "relative" and len(item.text) > end - start + 3:
            label = item.text
        whole.targets.append(Target(reading.value, label, item.number, status))
        if reading.value.precision != "relative":  # from when it counts is the plan's own gap
            whole.doubts += reading.doubts
        position = end
    _label_after(item.text[position:], statuses, whole)


def _label_after(text, statuses, whole):
    """For what the last date of a line is, where that stands behind it: "May 2021 – training"."""
    last = whole.targets[-1]
    behind = re.match(r"\s*(?:[-–—:(]|for\b)\s*(?P<label>.+)", text)
    if last.label is None and behind and (label := _label(behind["label"], statuses)):
        whole.targets[-1] = replace(last, label=label.strip(" ()"))


def _keep_status(item, status, whole):
    """A status on its own line belongs to the date above it, or to its number."""
    if item.number is not None:
        whole.targets.append(Target(PartialDate.none(), None, item.number, status))
    elif whole.targets and whole.targets[-1].status is None:
        whole.targets[-1] = replace(whole.targets[-1], status=status)


def _keep_words(item, whole, heading_label):
    """Wording for a time that is no date: kept, for somebody wrote it."""
    reading = parse(item.text)
    value = reading.value
    if not value.is_bounded and value.precision not in {"relative", "ongoing"}:
        value = PartialDate(item.text, None, None, "none")
    whole.targets.append(Target(value, heading_label, item.number))
    means_a_time = WORDS_FOR_A_TIME.search(item.text) or PLACEHOLDER.search(item.text)
    if MONTH_OR_SEASON.search(item.text) or (re.search(r"\d", item.text) and not means_a_time):
        whole.doubts.append(f"No date could be read in “{item.text}”.")


def _label(text, statuses):
    """For whom a date is: "Supervisors" in "Supervisors by May 2014 and for the whole Service by August 2014"."""
    for found in statuses:
        text = text.replace(found.written, " ")
    text = said(AFTER_A_LABEL.sub("", said(text)))
    while text and (cut := BEFORE_A_DATE.sub("", text).strip()) != text:
        text = cut
    return text if re.search(r"\w{2}", text) else None


def _dates_in(text):
    """Dates with where they stand. A target column says "by" already: "by April 2014" is April 2014."""
    text = COUNTED.sub(lambda match: " " * len(match[0]), text)
    return [
        (found.start, found.end, found.reading)
        for found in find_dates(text, limits=False)
        if found.reading.value.is_bounded
        or found.reading.value.precision in {"relative", "invalid"}
    ]


def _whole_date(text, statuses):
    """A short line that is one date in a form running text does not give away: "May 22", "2023"."""
    plain = text
    for found in reversed(statuses):
        plain = f"{plain[: found.start]} {plain[found.end :]}"
    plain = re.sub(
        r"^(?:by|due|in|on|target)\b[\s:]*", "", plain.strip(" -–—:;,.()"), flags=re.IGNORECASE
    )
    if not plain or len(plain.split()) > LONGEST_DATE:
        return []
    reading = parse(plain)
    return [(0, len(text), reading)] if reading.value.is_bounded else []


def dates_mentioned(text):
    """The dates that a milestone or heading gives: days, months, seasons and the like."""
    return tuple(
        found.reading.value
        for found in find_dates(text, limits=False)
        if found.reading.value.is_bounded and found.reading.value.precision not in LOOSE
    )
