"""The stretch of time that the timeline shows, and the ways to a longer, shorter or later one."""

from dataclasses import dataclass
from datetime import date
from functools import cached_property

from foundations.dates.bounds import ONE_DAY, is_month_end, is_month_start, month_end, months_on
from foundations.dates.words import MONTH_NAMES

WHOLE, YEAR, QUARTER, MONTH, OWN = "whole", "year", "quarter", "month", "own"
MONTHS_OF = {YEAR: 12, QUARTER: 3, MONTH: 1}


@dataclass(frozen=True)
class Period:
    """From one day to another, both included; without both of them, the whole."""

    start: date | None = None
    end: date | None = None

    @classmethod
    def of_months(cls, year, month, count=1):
        last = months_on(year, month, count - 1)
        return cls(date(year, month, 1), month_end(*last))

    @classmethod
    def of_year(cls, year):
        return cls.of_months(year, 1, 12)

    @cached_property
    def unit(self):
        if self.start is None and self.end is None:
            return WHOLE
        if self.start is None or self.end is None:
            return OWN
        if not (is_month_start(self.start) and is_month_end(self.end)):
            return OWN
        months = (self.end.year - self.start.year) * 12 + self.end.month - self.start.month + 1
        for unit, count in MONTHS_OF.items():
            if months == count and (self.start.month - 1) % count == 0:
                return unit
        return OWN

    def __str__(self):
        match self.unit:
            case "whole":
                return "The whole period"
            case "year":
                return str(self.start.year)
            case "quarter":
                return f"{MONTH_NAMES[self.start.month - 1]} to {_month(self.end)}"
            case "month":
                return _month(self.start)
        if self.start is None:
            return f"Up to {_day(self.end)}"
        if self.end is None:
            return f"From {_day(self.start)}"
        return f"{_day(self.start)} to {_day(self.end)}"

    @cached_property
    def asked(self):
        """The two boxes of the filter, as somebody would fill them in."""
        match self.unit:
            case "year":
                return {"start": str(self.start.year), "end": str(self.start.year)}
            case "quarter":
                return {"start": _month(self.start), "end": _month(self.end)}
            case "month":
                return {"start": _month(self.start), "end": _month(self.start)}
        named = {"start": self.start, "end": self.end}
        return {name: _day(day) for name, day in named.items() if day}

    def beside(self, step):
        """The stretch of the same kind before it (-1) or after it (1); of one of one's own, as many
        days. None where time, or an open end, allows none."""
        if self.start is None or self.end is None:
            return None
        count = MONTHS_OF.get(self.unit)
        try:
            if count:
                start = months_on(self.start.year, self.start.month, step * count)
                return Period.of_months(*start, count)
            length = self.end - self.start + ONE_DAY
            return Period(self.start + step * length, self.end + step * length)
        except (OverflowError, ValueError):
            return None

    @property
    def wider(self):
        """What it stands in, the longest first; the whole is always there."""
        whole, first = Period(), self.start
        if self.unit == WHOLE:
            return []
        if self.unit == MONTH:
            quarter = Period.of_months(first.year, (first.month - 1) // 3 * 3 + 1, 3)
            return [whole, Period.of_year(first.year), quarter]
        return [whole, Period.of_year(first.year)] if self.unit == QUARTER else [whole]

    @property
    def closer(self):
        """The next shorter stretches within it, of a year or a quarter."""
        if self.unit == YEAR:
            return [Period.of_months(self.start.year, month, 3) for month in (1, 4, 7, 10)]
        if self.unit == QUARTER:
            year, month = self.start.year, self.start.month
            return [Period.of_months(*months_on(year, month, n)) for n in range(3)]
        return []

    @property
    def is_in_one_year(self):
        return bool(self.start and self.end) and self.start.year == self.end.year


def days_of(date):
    """A date with both bounds, in words that are read as the same days again."""
    first, last = _day(date.earliest), _day(date.latest)
    return first if first == last else f"{first} to {last}"


def _month(day):
    return f"{MONTH_NAMES[day.month - 1]} {day.year}"


def _day(day):
    return f"{day.day} {_month(day)}"
