"""Watches the order of a chronology for dates that break it as a slip of the pen would.

Authors insert late memories where they like, so a small step back means nothing. A date that stands far
from the dates around it, or that would stand between them with another year or with day and month
exchanged, is worth a question.
"""

from dataclasses import dataclass
from datetime import date, timedelta
from itertools import pairwise

from chronologies.outcomes import Doubt, NotEntry, ReadEntry

FAR = timedelta(days=300)
HOLD = 500  # outcomes kept back while waiting for the next date
OLDEST_FIRST, NEWEST_FIRST, NO_ORDER = 1, -1, 0
_FIXED = {"minute", "day", "part-month", "month"}


def order_of(values):
    """Which way a list of dates runs, where eight in ten of its steps agree."""
    starts = [value.earliest for value in values if value.earliest and value.latest]
    steps = [(a, b) for a, b in pairwise(starts) if a != b]
    if len(steps) < 3:
        return NO_ORDER
    forward = sum(a < b for a, b in steps)
    if forward >= 0.8 * len(steps):
        return OLDEST_FIRST
    return NEWEST_FIRST if forward <= 0.2 * len(steps) else NO_ORDER


@dataclass(slots=True)
class _Dated:
    entry: ReadEntry
    start: date
    end: date


class OrderWatch:
    """Keeps each entry back until the next dated one has come, and doubts it where it breaks the order."""

    def __init__(self, order):
        self.order = order
        self.queue = []
        self.before = self.last = self.instead = None

    def push(self, outcome):
        """Takes an outcome and gives back those that nothing later can change."""
        dated = self._dated(outcome)
        if dated is None:
            self.queue.append(outcome)
            return self._release() if len(self.queue) > HOLD else ()
        released = ()
        if self.last:
            self._judge(self.before, self.last, dated)
            released = self._release()
        self.last = dated
        self.queue.append(outcome)
        return released

    def finish(self):
        if self.last:
            self._judge(self.before, self.last, None)
        return self._release()

    def _release(self):
        released, self.queue = self.queue, []
        return released

    def _dated(self, outcome):
        if not self.order or not isinstance(outcome, ReadEntry) or outcome.inherited:
            return None
        value = outcome.date
        if value.earliest and value.latest and value.precision != "relative":
            return _Dated(outcome, value.earliest, value.latest)
        return None

    def _judge(self, before, this, after):
        if self.order == NEWEST_FIRST:
            before, after = after, before
        broken = self._breaks(before, this, after)
        if not broken and self.instead:
            low, high = (
                (self.instead, after) if self.order == OLDEST_FIRST else (before, self.instead)
            )
            broken = bool(low and high) and self._breaks(low, this, high)
        self.instead = None
        if broken:
            this.entry.doubts.append(_out_of_order(this, before, after))
            self.instead = this
        else:
            self.before = this

    @staticmethod
    def _breaks(low, this, high):
        if this.entry.date.precision not in _FIXED:
            return False
        too_late = high and this.start > high.end and (not low or low.start <= high.end)
        too_early = low and this.end < low.start and (not high or high.end >= low.start)
        if not (too_late or too_early):
            return False
        far = (this.start - high.end if too_late else low.start - this.end) >= FAR
        return far or bool(low and high and _fits_when_corrected(this.start, low.start, high.end))


def _fits_when_corrected(day, start, end):
    return any(start <= other <= end for other in _slips(day))


def _slips(day):
    for year, month, of_month in (
        (day.year + 1, day.month, day.day),
        (day.year - 1, day.month, day.day),
        (day.year, day.day, day.month),
    ):
        try:
            yield date(year, month, of_month)
        except ValueError:
            continue


def _out_of_order(this, low, high):
    around = " and ".join(str(near.entry.date) for near in (low, high) if near)
    return Doubt(
        this.entry.at,
        "date",
        f"{this.entry.date} is out of order: the rows next to it say {around}. "
        "Check the day, the month and the year.",
    )


class ClosingNotes:
    """Lone sentences at the very end of a table are notes on it; anywhere else they are entries."""

    def __init__(self):
        self.held = []

    def push(self, outcome, *, perhaps_note=False):
        if perhaps_note or (self.held and isinstance(outcome, NotEntry)):
            self.held.append((outcome, perhaps_note))
            return ()
        released = [held for held, _ in self.held]
        self.held = []
        return [*released, outcome]

    def finish(self):
        for outcome, perhaps_note in self.held:
            yield NotEntry(outcome.at, "A closing note, not an entry") if perhaps_note else outcome
        self.held = []
