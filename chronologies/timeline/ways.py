"""From the period of a timeline to a longer, shorter, earlier or later one."""

from dataclasses import dataclass

from chronologies.timeline.periods import OWN, WHOLE, YEAR, Period


@dataclass(frozen=True)
class Way:
    name: str
    href: str
    count: int | None = None
    hint: str = ""


@dataclass(frozen=True)
class Ways:
    wider: list
    closer: list
    earlier: Way | None
    later: Way | None


def ways_of(timeline, page="timeline"):
    period = timeline.period

    def way(other, count=None, hint=""):
        return Way(str(other), timeline.address(page, other), count, hint)

    earlier = later = None
    if timeline.before and (other := period.beside(-1)):
        earlier = way(other, hint=f"{timeline.before:,}")
    if timeline.after and (other := period.beside(1)):
        later = way(other, hint=f"{timeline.after:,}")
    return Ways(
        wider=[way(other) for other in period.wider],
        closer=[way(other, _counted(timeline, other)) for other in _closer(timeline)],
        earlier=earlier,
        later=later,
    )


def _closer(timeline):
    """Those in which an entry lies; what is wider stands in the longer ones."""
    period = timeline.period
    if period.unit not in (WHOLE, OWN):
        return [one for one in period.closer if _counted(timeline, one)]
    years = sorted(timeline.by_year)
    return [Period.of_year(year) for year in years] if len(years) > 1 or not period.end else []


def _counted(timeline, period):
    if period.unit == YEAR:
        return timeline.by_year[period.start.year]
    return sum(g.count for g in timeline.groups if g.lies_in(period.start, period.end))
