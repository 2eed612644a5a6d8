"""What the rooms above make of the rows that people cite: an entry, a heading of a report, minutes, a
contact with the family. Each room adds its own when the installation starts.

`find(source, rows, review, user)` gives {id: Uses} in a constant number of queries, of what that person may see.
"""

from dataclasses import dataclass

ENTRY, PASSAGE, MINUTES, CONTACT = "entry", "passage", "minutes", "contact"
_FIND = []


@dataclass(frozen=True)
class Uses:
    title: str = ""  # "Findings that rest on it"
    links: tuple = ()  # of (text, address)
    way: tuple = ()  # (text, address) of where it is used once more


def register(find):
    _FIND.append(find)


def uses_of(source, rows, review, user):
    """{id: [Uses]}; `source` is one of the four above, and all rows are of the one review."""
    rows, found = list(rows), {}
    for find in _FIND if rows else ():
        for pk, one in find(source, rows, review, user).items():
            found.setdefault(pk, []).append(one)
    return found
