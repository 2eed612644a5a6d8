"""Watches the order of a chronology for dates that break it as a slip of the pen would.

Authors insert late memories where they like, so a small step back means nothing. A date that stands far
from the dates around it, or that would stand between them with another year or with day and month
exchanged, is worth a question.
"""

from bisect import bisect_right
from datetime import date, timedelta

from chronologies.outcomes import Doubt, NotEntry, ReadEntry

FAR = timedelta(days=300)
HOLD = 500  # outcomes kept back while waiting for the next date
OLDEST_FIRST, NEWEST_FIRST, NO_ORDER = 1, -1, 0
_FIXED = {"minute", "day", "part-month", "month"}


def order_of(values):
    """Which way a list of dates runs, where all but a few of them agree."""
    starts = [value.earliest for value in values if value.earliest and value.latest]
    if len(starts) < 4 or len(set(starts)) < 3:
        return NO_ORDER
    agree = {
        OLDEST_FIRST: _longest_run(starts),
        NEWEST_FIRST: _longest_run(starts[::-1]),
    }
    order = max(agree, key=agree.get)
    return order if agree[order] >= 0.75 * len(starts) else NO_ORDER


def _longest_run(starts):
    """How many of these can be kept so that none is earlier than the one before."""
    ends = []
    for start in starts:
        place = bisect_right(ends, start)
        ends[place : place + 1] = [start]
    return len(ends)


class OrderWatch:
    """Keeps each entry back until the next dated one has come, and doubts it where it breaks the order."""

    def __init__(self, order=NO_ORDER):
        self.order = order
        self.queue = []
        self.before = self.last = self.instead = None
        self.last_is_in_order = True

    def push(self, outcomes):
        """Takes outcomes and gives back those that nothing later can change."""
        released = []
        for outcome in outcomes:
            if not self._is_dated(outcome):
                self.queue.append(outcome)
                if len(self.queue) > HOLD:
                    released += self._release()
                continue
            last = self.last
            in_order = last is None or self._follows(last.date, outcome.date)
            if last is not None:
                if in_order and self.last_is_in_order and self.instead is None:
                    self.before = last
                else:
                    self._judge(self.before, last, outcome)
                released += self.queue
                self.queue = []
            self.last, self.last_is_in_order = outcome, in_order
            self.queue.append(outcome)
        return released

    def _follows(self, date, later):
        if date is later:  # of the same reading, as most neighbours are
            return True
        if self.order == OLDEST_FIRST:
            return date.earliest <= later.earliest
        return date.earliest >= later.earliest

    def _is_dated(self, outcome):
        if not self.order or type(outcome) is not ReadEntry or outcome.inherited:
            return False
        value = outcome.date
        return (
            value.earliest is not None
            and value.latest is not None
            and value.precision != "relative"
        )

    def finish(self):
        if self.last:
            self._judge(self.before, self.last, None)
        return self._release()

    def _release(self):
        released, self.queue = self.queue, []
        return released

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
            this.doubts.append(_out_of_order(this, before, after))
            self.instead = this
        else:
            self.before = this

    @staticmethod
    def _breaks(low, this, high):
        value = this.date
        if value.precision not in _FIXED:
            return False
        start, end = low and low.date.earliest, high and high.date.latest
        too_late = high and value.earliest > end and (not low or start <= end)
        too_early = low and value.latest < start and (not high or end >= start)
        if not (too_late or too_early):
            return False
        far = (value.earliest - end if too_late else start - value.latest) >= FAR
        return far or bool(low and high and _fits_when_corrected(value.earliest, start, end))


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
    around = " and ".join(str(near.date) for near in (low, high) if near)
    return Doubt(
        this.at,
        "date",
        f"{this.date} is out of order: the rows next to it say {around}. "
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
