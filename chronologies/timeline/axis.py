"""Time along the top of the picture: where a day stands, and which lines and words help to find it."""

from dataclasses import dataclass
from datetime import date, timedelta

from foundations.dates.bounds import months_on
from foundations.dates.words import MONTH_NAMES

LETTER = 7  # about as wide as a letter of the axis
MAJOR_ROOM, MINOR_ROOM = 26, 15


@dataclass(frozen=True)
class Tick:
    x: float
    label: str = ""

    @property
    def beside(self):
        """Where its word begins."""
        return round(self.x + 4, 1)


class Axis:
    """A straight line from a day to a place on the paper. `goes_on` says of both ends whether
    something may lie beyond that nobody asked to leave out."""

    def __init__(self, first, last, *, left, right, goes_on=(False, False)):
        self.first, self.last, self.left, self.right = first, last, left, right
        self.goes_on = goes_on
        self.days = (last - first).days + 1
        self.scale = (right - left) / self.days

    def start(self, day):
        """Where a day begins."""
        return self.left + (day - self.first).days * self.scale

    def end(self, day):
        return self.start(day) + self.scale

    def middle(self, day):
        return self.start(day) + self.scale / 2

    # --- lines and words ----------------------------------------------------------------------

    @property
    def major(self):
        """Months where the picture shows some weeks, else years, and of a lifetime every fifth."""
        if self.days <= 130:
            return self._labelled(self._months(1), lambda d: f"{_short(d)} {d.year}")
        years = 1 if self.days <= 365 * 26 else 5 if self.days <= 365 * 90 else 10
        return self._labelled(self._years(years), lambda d: str(d.year))

    @property
    def minor(self):
        if self.days <= 35:
            return self._ticks(self._each_day(1), lambda d: str(d.day))
        if self.days <= 130:
            return self._ticks(self._mondays(), lambda d: str(d.day))
        if self.days <= 366 * 2:
            return self._ticks(self._months(1), _short)
        if self.days <= 366 * 6:
            return self._ticks(self._months(3), _short)
        if self.days <= 365 * 26:
            return [Tick(round(self.start(day), 1)) for day in self._months(6)]
        return [Tick(round(self.start(day), 1)) for day in self._years(1)]

    def _labelled(self, days, name):
        """The first word may belong to a line that stands before the picture."""
        days, label = list(days), name(self.first)
        ticks = self._ticks(days, name)
        room = (ticks[0].x if ticks else self.right) - self.left
        is_early = not days or days[0] > self.first
        if is_early and room > LETTER * len(label) + 8:
            return [Tick(round(self.left, 1), label), *ticks]
        return ticks

    def _ticks(self, days, name):
        """With words where there is room for them."""
        ticks, free = [], self.left
        for day in days:
            x, label = self.start(day), name(day)
            room = LETTER * len(label) + 6
            if x < free - 0.5 or x + room > self.right + MINOR_ROOM:
                label = ""
            else:
                free = x + room
            ticks.append(Tick(round(x, 1), label))
        return ticks

    def _each_day(self, step):
        return [self.first + timedelta(days=n) for n in range(0, self.days, step)]

    def _mondays(self):
        first = self.first + timedelta(days=-self.first.weekday() % 7)
        return [first + timedelta(days=n) for n in range(0, (self.last - first).days + 1, 7)]

    def _months(self, step):
        year, month = self.first.year, (self.first.month - 1) // step * step + 1
        while True:
            if year > self.last.year or (year, month) > (self.last.year, self.last.month):
                return
            day = date(year, month, 1)
            if day >= self.first:
                yield day
            if (year, month) >= (9999, 13 - step):
                return
            year, month = months_on(year, month, step)

    def _years(self, step):
        first = self.first if (self.first.month, self.first.day) == (1, 1) else None
        begin = self.first.year if first else self.first.year + 1
        begin += -begin % step
        return [date(year, 1, 1) for year in range(begin, self.last.year + 1, step)]


def _short(day):
    return MONTH_NAMES[day.month - 1][:3]


def margin_of(first, last):
    """Room at both ends, so that nothing stands on the edge of the picture."""
    room = timedelta(days=max(1, (last - first).days // 60))
    return _safely(first, -room), _safely(last, room)


def _safely(day, by):
    try:
        return day + by
    except OverflowError:
        return day
