"""How many entries of each agency stand in each year, or within one year in each month.

An entry counts where its whole date lies. One whose date is wider than a column, "2010 or 2011" or
"before 2012", stands in a column of its own: to count it in each year that it might belong to would
count it twice, and to choose one would be to say what nobody said.
"""

from collections import Counter
from dataclasses import dataclass

from chronologies.timeline.periods import Period
from foundations.dates.words import MONTH_NAMES

SHADES = 5


@dataclass(frozen=True)
class Cell:
    count: int
    shade: int = 0
    href: str = ""
    of: str = ""  # in words, for those who hear it


@dataclass(frozen=True)
class Row:
    name: str
    href: str
    cells: list
    wide: int
    undated: int
    total: int


@dataclass(frozen=True)
class Density:
    unit: str  # "year" or "month"
    heads: list  # of (name, spoken, href)
    rows: list
    totals: list
    wide: int
    undated: int
    total: int

    @property
    def caption(self):
        return f"Entries of each agency by {self.unit}"


def density_of(timeline, page="timeline"):
    by_month = timeline.period.is_in_one_year
    periods = _months(timeline.period) if by_month else _years(timeline)
    homes = {(p.start.month if by_month else p.start.year): p for p in periods}
    count, wide = Counter(), Counter()
    for group in timeline.groups:
        home = homes.get(group.month if by_month else group.year)
        if home is None:
            wide[group.place] += group.count
        else:
            count[group.place, home] += group.count
    most = max(count.values(), default=0)

    def cell(n, period, key="", name=""):
        if not n:
            return Cell(0)
        within = _within(period, timeline.period)
        address = timeline.address(page, within, **({"place": key} if key else {}))
        return Cell(n, _shade(n, most) if key else 0, address, f"{name}, {period}")

    rows = [
        Row(
            name=place.name,
            href=timeline.address(page, place=place.key),
            cells=[cell(count[place.key, p], p, place.key, place.name) for p in periods],
            wide=wide[place.key],
            undated=place.undated,
            total=place.inside + place.undated,
        )
        for place in timeline.places
    ]
    sums = [sum(count[place.key, p] for place in timeline.places) for p in periods]
    return Density(
        unit="month" if by_month else "year",
        heads=[
            (_head(p, by_month), str(p), timeline.address(page, _within(p, timeline.period)))
            for p in periods
        ],
        rows=rows,
        totals=[cell(n, p, name="All agencies") for n, p in zip(sums, periods, strict=True)],
        wide=sum(wide.values()),
        undated=timeline.undated,
        total=timeline.inside + timeline.undated,
    )


def _years(timeline):
    """Those with an entry that lies in them; years of which nobody says anything take no room."""
    return [Period.of_year(year) for year in sorted(timeline.by_year)]


def _months(period):
    first, last = period.start, period.end
    return [Period.of_months(first.year, month) for month in range(first.month, last.month + 1)]


def _within(period, whole):
    """Of a year or month at the edge of the period, what is in it: a number leads to its entries."""
    start = max(period.start, whole.start or period.start)
    return Period(start, min(period.end, whole.end or period.end))


def _head(period, by_month):
    return MONTH_NAMES[period.start.month - 1][:3] if by_month else str(period.start.year)


def _shade(n, most):
    return 1 + min(SHADES - 1, SHADES * (n - 1) // most)
