"""What was found: where, what, whose, why, and how bad."""

from bisect import bisect_left, insort
from dataclasses import asdict, dataclass

HIGH, MEDIUM, LOW = "high", "medium", "low"
RANK = {HIGH: 0, MEDIUM: 1, LOW: 2}


@dataclass(frozen=True)
class Found:
    """Something in one folded text. `start` and `end` are places there."""

    start: int
    end: int
    kind: str
    why: str
    severity: str
    person: str = ""  # pseudonym


@dataclass(frozen=True)
class Hit:
    """Something in a file. `start` and `end` count characters in the text of `location`; of plain
    text, in the whole file."""

    part: str
    location: str
    start: int
    end: int
    text: str
    kind: str
    person: str
    why: str
    severity: str

    def to_json(self):
        return asdict(self)


def without_shadows(found):
    """Of those that overlap the gravest, then whose person is known, then the longest; in the order
    of the text."""
    kept, starts = {}, []
    for one in sorted(found, key=_weight):
        at = bisect_left(starts, one.end)
        if at and kept[starts[at - 1]].end > one.start:
            continue
        kept[one.start] = one
        insort(starts, one.start)
    return [kept[start] for start in starts]


def _weight(one):
    return RANK[one.severity], not one.person, one.start - one.end, one.start
