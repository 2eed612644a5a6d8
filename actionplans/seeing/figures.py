"""Counts of the rows that somebody sees: each is the length of a list that they can open."""

from dataclasses import dataclass

from django.db.models import Count

from actionplans.seeing import standing
from actionplans.seeing.groups import NONE
from agencies.models import Agency
from chronologies.marking.models import Theme

# (name, label, the filters that list the same rows)
FIGURES = (
    ("all", "Actions", {}),
    ("open", "Open", {"standing": "open"}),
    ("overdue", "Overdue", {"due": "overdue"}),
    ("silent", "Silent", {"silent": "on"}),
    ("undated", "Open, no date", {"due": "none"}),
    ("moved", "Date moved", {"moved": "on"}),
    ("waiting", "To be accepted", {"standing": "waiting"}),
    ("claimed", "Claimed, not confirmed", {"standing": "claimed"}),
    ("done", "Accepted as done", {"standing": "done"}),
)
COLUMNS = ("all", "open", "overdue", "silent", "done")


def _counts(seen, names):
    conditions = {
        "open": standing.OPEN,
        "overdue": seen.overdue,
        "silent": seen.silent,
        "undated": standing.UNDATED,
        "moved": standing.MOVED,
        "waiting": standing.WAITING,
        "claimed": seen.claimed,
        "done": standing.DONE,
    }
    return {
        f"n_{name}": Count("pk", filter=conditions[name]) if name != "all" else Count("pk")
        for name in names
    }


def figures_of(seen, rows):
    """{name: how many of these rows}, in one query."""
    names = [name for name, _, _ in FIGURES]
    counted = rows.order_by().aggregate(**_counts(seen, names))
    return {name: counted[f"n_{name}"] for name in names}


@dataclass(frozen=True)
class Line:
    key: str
    label: str
    counts: dict


def broken_down(seen, rows, name, *, columns=COLUMNS):
    """Lines of one group, in the order of its labels, else by label; none of them is empty."""
    group = seen.groups[name]
    counted = group.of(rows).order_by().values(f"by_{name}").annotate(**_counts(seen, columns))
    found = {
        row[f"by_{name}"]: {column: row[f"n_{column}"] for column in columns} for row in counted
    }
    labels = labels_of(name, group, found)
    return [Line(key, labels[key], found[key]) for key in labels if key in found]


def labels_of(name, group, keys):
    """{key: label} of those keys, in the order in which they are shown."""
    if group.labels:
        return group.labels
    if name == "decision":
        return {
            key: "No decision" if key == NONE else str(key).capitalize() for key in sorted(keys)
        }
    ids = [int(key) for key in keys if key != NONE]
    of = {"agency": Agency, "theme": Theme}[name].objects.filter(pk__in=ids)
    named = {str(pk): text for pk, text in of.order_by("name").values_list("pk", "name")}
    if NONE in keys:
        named[NONE] = {"agency": "Nobody was named", "theme": "No theme"}[name]
    return named


def choices_of(seen, name):
    """[(key, label)] of what there is to choose in a filter, of all that somebody sees."""
    group = seen.groups[name]
    if group.labels:
        return list(group.labels.items())
    keys = set(group.of(seen.rows).order_by().values_list(f"by_{name}", flat=True).distinct())
    return list(labels_of(name, group, keys).items())
