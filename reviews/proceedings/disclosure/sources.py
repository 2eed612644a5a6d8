"""What exists in a review, each thing as one neutral line. Rooms above add what is theirs."""

import datetime
from dataclasses import dataclass, replace

from reviews.people.names import names_of


@dataclass(frozen=True)
class Material:
    source: str
    row: int
    description: str
    on: datetime.date
    name: str = ""  # of a file, as it came
    sha256: str = ""  # of stored bytes
    concerns: tuple = ()  # participations
    of_all: bool = False  # it concerns every agency of the review

    @property
    def label(self):
        return source_of(self.source).label

    @property
    def agencies(self):
        if self.of_all:
            return "All"
        return ", ".join(sorted(part.agency.name for part in self.concerns))


@dataclass(frozen=True)
class Source:
    label: str
    lines: object  # (user, review) -> materials that this person may know of
    content: object  # (user, review, row) -> bytes, or None where there are none to hand over
    is_made: bool  # the bytes are made when they are handed over, and kept with the handing over


_SOURCES = {}


def register(code, *, label, lines, content=None, is_made=False):
    """Called once, when the installation starts."""
    _SOURCES[code] = Source(label, lines, content, is_made)


def source_of(code):
    return _SOURCES[code]


def material_of(user, review):
    """Everything, kind after kind. A file's name that holds a name of the register is not told."""
    names = names_of(review)
    found = [one for source in _SOURCES.values() for one in source.lines(user, review)]
    return [replace(one, name="") if names.find(one.name) else one for one in found]
