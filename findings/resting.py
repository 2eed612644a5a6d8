"""What rests on a finding, a lesson or a recommendation in the rooms above, which add it when the
installation starts.

A room above says of each row which of its own rest on it, and where one more is made:

    resting.register("lesson", recommendations_on)

`find(rows, user)` gives {id: Resting} in a constant number of queries, of what that person may see.
"""

from dataclasses import dataclass

_FIND = {"finding": [], "lesson": [], "recommendation": []}


@dataclass(frozen=True)
class Link:
    text: str
    href: str
    words: str = ""
    tag: tuple = ()  # (in words, colour)


@dataclass(frozen=True)
class Resting:
    title: str  # "Recommendations that rest on this"
    links: tuple = ()
    none: str = ""  # what is said where there is none
    way: Link | None = None  # where one more is made, for whoever may


def register(kind, find):
    """`kind` is "finding", "lesson" or "recommendation"."""
    _FIND[kind].append(find)


def resting_on(kind, rows, user):
    """{id: [Resting]}"""
    rows, found = list(rows), {}
    for find in _FIND[kind] if rows else ():
        for pk, one in find(rows, user).items():
            found.setdefault(pk, []).append(one)
    return found


def are_used(kind, row, user):
    """Links to all that rests on one row: what is said before it is taken away."""
    return [link for one in resting_on(kind, [row], user).get(row.pk, ()) for link in one.links]
