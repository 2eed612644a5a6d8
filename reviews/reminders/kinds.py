"""What people can owe a review, kind by kind. Rooms above add what is theirs.

    register(
        "imr",
        sentence="Your agency was asked for an individual management review.",
        owed=requests_unanswered,
    )

`owed(reviews)` gives what is open in those reviews, in a constant number of queries. The sentence is
read by whoever is reminded, also by the agency's sign-off officer and the coordinator: it names no
agency, no person and nothing of the case.
"""

import datetime
from dataclasses import dataclass

from reviews.models import Review


@dataclass(frozen=True)
class Owed:
    """One open thing of one agency, or (without an agency) of certain people."""

    item: str  # tells it apart within its kind: ids only
    review: Review
    due: datetime.date
    since: datetime.date
    page: str  # where it is done
    part_id: int | None = None
    roles: tuple = ()  # of that agency; where nobody holds them, its sign-off officers
    user_ids: frozenset = frozenset()  # where it is not an agency's
    not_for: frozenset = frozenset()  # people of the agency who cannot do it
    # Between people of one agency: they were told when it came, and nobody outside is told at all.
    inside: bool = False
    # It waits for those who lead the review: they are told, and nobody of the agency it is about.
    for_leaders: bool = False


@dataclass(frozen=True)
class Kind:
    code: str
    sentence: str
    owed: object  # (reviews) -> Owed, one after another
    because: str = ""  # why one is told, where it is not by a day


_KINDS = {}


def register(code, *, sentence, owed, because=""):
    """Called once, when the installation starts."""
    _KINDS[code] = Kind(code, sentence, owed, because)


def kind_of(code):
    """None for the rows of a kind that this installation no longer knows."""
    return _KINDS.get(code)


def all_owed(reviews):
    """(kind, owed), of reviews in which work goes on."""
    for kind in _KINDS.values():
        for one in kind.owed(reviews):
            yield kind, one
