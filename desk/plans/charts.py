"""Three charts of the actions that somebody sees, each with the table that says the same."""

from collections import Counter
from dataclasses import dataclass
from urllib.parse import urlencode

from django.db.models import Count

from actionplans.models import Status
from actionplans.seeing.figures import labels_of
from actionplans.seeing.groups import CLAIMED
from actionplans.seeing.history import over_time
from desk.plans.pictures import Bars, Kind
from desk.plans.showing import linked

MOST_BARS = 15
OTHERS = "All other agencies"
# In the order of the bars, with their patterns.
_STATUSES = (
    (Status.DONE, 5),
    (Status.REPORTED, 4),
    (Status.ON_TRACK, 0),
    (Status.AT_RISK, 2),
    (Status.SLIPPED, 1),
    (Status.NOT_STARTED, 3),
    (CLAIMED, 8),
    (Status.UNCONFIRMED, 6),
    (Status.SUPERSEDED, 7),
)


@dataclass(frozen=True)
class Chart:
    bars: Bars
    caption: str
    heads: list
    told: list  # [(label, [number or link])]
    note: str = ""

    @property
    def lines(self):
        """[(label, [(head, number or link)])]"""
        return [(label, list(zip(self.heads, cells, strict=True))) for label, cells in self.told]


def charts_of(seen, address):
    return [_by_agency(seen, address), _over_time(seen), _slippage(seen, address)]


def _by_agency(seen, address):
    group = seen.groups["agency"]
    statuses = seen.groups["status"]
    rows = statuses.of(group.of(seen.rows)).order_by()
    counted = rows.values("by_agency", "by_status").annotate(n=Count("pk"))
    found = {}
    for row in counted:
        found.setdefault(row["by_agency"], {})[str(row["by_status"])] = row["n"]
    labels = labels_of("agency", group, found)
    order = sorted(found, key=lambda key: (-sum(found[key].values()), labels[key]))
    kinds = tuple(Kind(str(key), statuses.labels[key], style) for key, style in _STATUSES)
    lines = [(labels[key], found[key]) for key in order[:MOST_BARS]]
    if rest := order[MOST_BARS:]:
        together = Counter()
        for key in rest:
            together.update(found[key])
        lines.append((OTHERS, dict(together)))
    cells = [
        (labels[key], [_cell(found[key], kind, key, labels[key], address) for kind in kinds])
        for key in order
    ]
    return Chart(
        bars=Bars("by-agency", "Status of the actions, by lead agency", kinds, lines),
        caption="Status by lead agency",
        heads=[kind.label for kind in kinds],
        told=cells,
    )


def _cell(counts, kind, agency, label, address):
    query = urlencode({"agency": agency, "status": kind.key})
    return linked(counts.get(kind.key, 0), f"{address}?{query}", f"{label}, {kind.label}")


def _over_time(seen):
    kinds = (Kind("in_time", "Open, not overdue", 0), Kind("overdue", "Overdue", 1))
    months = over_time(seen)
    lines = [
        (f"{one.end:%-d %B %Y}", {"in_time": one.in_time, "overdue": one.overdue}) for one in months
    ]
    return Chart(
        bars=Bars("over-time", "Open and overdue actions, at the end of each month", kinds, lines),
        caption="Open and overdue over time",
        heads=["Open", "Overdue"],
        told=[(f"{one.end:%-d %B %Y}", [f"{one.open:,}", f"{one.overdue:,}"]) for one in months],
        note="As it was known on each day: by the updates, decisions and dates of that time.",
    )


def _slippage(seen, address):
    group = seen.groups["slip"]
    counted = group.of(seen.rows).order_by().values("by_slip").annotate(n=Count("pk"))
    found = {row["by_slip"]: row["n"] for row in counted}
    kinds = (Kind("rows", "Actions", 3),)
    lines = [(label, {"rows": found.get(key, 0)}) for key, label in group.labels.items()]
    return Chart(
        bars=Bars("slippage", "How far target dates were moved", kinds, lines),
        caption="How far target dates were moved",
        heads=["Actions"],
        told=[
            (
                label,
                [linked(found.get(key, 0), f"{address}?{urlencode({'slip': key})}", label)],
            )
            for key, label in group.labels.items()
        ],
    )
