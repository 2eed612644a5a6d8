"""Counts of the rows that somebody sees: each is the length of a list that they can open."""

from dataclasses import dataclass

from django.db.models import BooleanField, Count, ExpressionWrapper, Q

from actionplans.models import Status
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


# Whether rows that stand alike are counted under a name.
_COUNTED = {
    "all": lambda one: True,
    "open": lambda one: one["place"] != standing.OVER,
    "overdue": lambda one: one["place"] in (standing.LATE_AND_SILENT, standing.LATE),
    "silent": lambda one: one["place"] in (standing.LATE_AND_SILENT, standing.SILENT),
    "undated": lambda one: one["place"] != standing.OVER and one["is_undated"],
    "moved": lambda one: one["is_moved"],
    "waiting": lambda one: one["place"] != standing.OVER and one["status"] == Status.REPORTED,
    "claimed": lambda one: one["is_claimed"],
    "done": lambda one: one["status"] == Status.DONE,
}


def _counted(seen, rows, names, by=()):
    """{values of `by`: {name: how many}}. How a row stands is asked of it once, whatever is counted:
    the database counts the rows that stand alike, and every number is a sum of those."""
    asked = {"place": standing.place(seen.on, seen.now)}
    flags = {"undated": Q(due=None), "moved": standing.MOVED, "claimed": seen.claimed}
    for name in sorted(flags.keys() & names):
        asked[f"is_{name}"] = ExpressionWrapper(flags[name], output_field=BooleanField())
    alike = rows.order_by().annotate(**asked).values(*by, "status", *asked)
    found = {}
    for one in alike.annotate(n=Count("pk")):
        counts = found.setdefault(tuple(one[key] for key in by), dict.fromkeys(names, 0))
        for name in names:
            counts[name] += one["n"] if _COUNTED[name](one) else 0
    return found


def figures_of(seen, rows):
    """{name: how many of these rows}, in one query."""
    names = [name for name, _, _ in FIGURES]
    return _counted(seen, rows, names).get((), dict.fromkeys(names, 0))


@dataclass(frozen=True)
class Line:
    key: str
    label: str
    counts: dict


def broken_down(seen, rows, name, *, columns=COLUMNS):
    """Lines of one group, in the order of its labels, else by label; none of them is empty."""
    group = seen.groups[name]
    counted = _counted(seen, group.of(rows), columns, by=[f"by_{name}"])
    found = {key: counts for (key,), counts in counted.items()}
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
