"""Counts for a board: anything below five is “fewer than 5”, and cannot be worked out from the rest.

Every table divides the same reviews in another way. So the total is shown only where nothing has to
be hidden, and what the tables say of it together is reckoned as somebody who subtracts would do it:
as long as that tells more of a hidden number than “0 to 4”, more is hidden.
"""

from collections import Counter
from dataclasses import dataclass

from reviews.clock.queries import clocks_of
from reviews.models import Review
from reviews.rules import Stage

SMALL = 5
FEWER, MORE, HIDDEN = "fewer than 5", "5 or more", "not shown"


@dataclass
class Table:
    title: str
    counts: dict[str, int]
    raised: set  # of 5 or more, whose number is not shown
    is_shown: bool = True

    @property
    def small(self):
        return [name for name, n in self.counts.items() if n < SMALL]

    @property
    def plain(self):
        """What is shown as a number."""
        return {n: v for n, v in self.counts.items() if v >= SMALL and n not in self.raised}

    @property
    def visible(self):
        return sum(self.plain.values())

    @property
    def least(self):
        """The least that the total can be, for somebody who reads the table."""
        return self.visible + SMALL * len(self.raised)

    @property
    def most(self):
        """None: no end to it. The smallest numbers were raised, as whoever reads this knows: none
        of them is above the smallest that is shown."""
        if self.raised and not self.plain:
            return None
        top = min(self.plain.values(), default=0)
        return self.visible + top * len(self.raised) + (SMALL - 1) * len(self.small)

    @property
    def cells(self):
        return [(name, self._say(name)) for name in self.counts]

    def _say(self, name):
        if not self.is_shown:
            return HIDDEN
        if self.counts[name] < SMALL:
            return FEWER
        return MORE if name in self.raised else self.counts[name]


@dataclass(frozen=True)
class Figures:
    tables: list[Table]
    total: int | None  # none where it would give away what is hidden


def protected(counts):
    """`counts`: {title: {name: number}}, each of which divides the same total."""
    tables = [Table(title, dict(cells), set()) for title, cells in counts.items()]
    if not any(table.small for table in tables):
        return Figures(tables, sum(tables[0].counts.values()) if tables else 0)
    for table in tables:
        if not table.small:
            _raise_one(table)  # else its own sum is the total
    while leaking := _leaking(tables):
        others = [table for table in tables if table.is_shown and table.plain]
        if leaking.plain:
            _raise_one(leaking)
        elif others:
            _raise_one(others[0])
        else:
            leaking.is_shown = False
    return Figures(tables, None)


def _raise_one(table):
    """Hide the smallest number that is shown."""
    table.raised.add(min(table.plain, key=table.plain.get))


def _leaking(tables):
    """The first table of which somebody can tell that a hidden number is not 0, or is not 4."""
    there = [table for table in tables if table.is_shown]
    least = max((table.least for table in there), default=0)
    ends = [table.most for table in there if table.most is not None]
    most = min(ends) if ends else None
    for table in there:
        if table.small and not _all_possible(table, least, most):
            return table
    return None


def _all_possible(table, least, most):
    """Whether one hidden number may be 0 and may be 4, whatever the total is held to be."""
    without_one = None if table.most is None else table.most - (SMALL - 1)
    return _meet(max(least, table.least), most, without_one) and _meet(
        max(least, table.least + SMALL - 1), most, table.most
    )


def _meet(low, *highs):
    return all(high is None or low <= high for high in highs)


# --- Of a partnership ---------------------------------------------------------------------------


def figures_of(user, partnership, *, on):
    """Counts of the reviews that this partnership leads. Nothing but counts leaves this function,
    so it may look at clocks that whoever reads the counts may not."""
    reviews = list(Review.objects.visible_to(user).filter(partnership=partnership))
    clocks = clocks_of([one for one in reviews if not one.has_ended], on)
    stages = Counter(Stage(one.stage).label for one in reviews)
    kinds = Counter(one.get_kind_display() for one in reviews)
    times = Counter(_time(one, clocks.get(one.pk)) for one in reviews)
    return protected(
        {
            "By stage": {label: stages[label] for label in Stage.labels},
            "By kind": {label: kinds[label] for label in Review.Kind.labels},
            "By time": {label: times[label] for label in _TIMES},
        }
    )


_TIMES = ("Late", "Clock paused or review suspended", "In time", "Ended")


def _time(review, clock):
    if clock is None:
        return "Ended"
    if clock.is_overdue:
        return "Late"
    if clock.is_paused or review.is_suspended:
        return "Clock paused or review suspended"
    return "In time"
