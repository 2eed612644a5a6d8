"""What is different between two versions: their reports by heading, and their appendices."""

from dataclasses import dataclass
from itertools import groupby

from foundations.office.differences import ADDED, REMOVED, SAME
from foundations.office.naming import ending
from foundations.office.passage_differences import (
    CHANGED,
    MOVED,
    PassageChange,
    difference_of,
)
from foundations.office.passages import Passages

# (in words, colour of the tag)
_TAGS = {
    ADDED: ("New", "green"),
    REMOVED: ("Taken out", "red"),
    CHANGED: ("Changed", "yellow"),
    MOVED: ("Moved", "grey"),
    SAME: ("The same", "grey"),
}


@dataclass(frozen=True)
class Stretch:
    """Paragraphs of a passage one after the other that are all the same in both, or all not."""

    is_same: bool
    paragraphs: tuple


@dataclass(frozen=True)
class ShownChange:
    change: PassageChange

    @property
    def tag(self):
        if self.change.what == MOVED and (self.change.changes or self.change.heading_pieces):
            return "Moved and changed", "yellow"
        return _TAGS[self.change.what]

    @property
    def is_same(self):
        return self.change.what == SAME

    @property
    def is_reworded(self):
        """Its heading, of which pages show what was put in and taken out."""
        return bool(self.change.heading_pieces) and self.change.what not in (ADDED, REMOVED)

    @property
    def stretches(self):
        found = groupby(self.change.paragraphs, key=lambda one: one.what == SAME)
        return [Stretch(is_same, tuple(together)) for is_same, together in found]


@dataclass(frozen=True)
class Comparison:
    """Of a version with one before it."""

    before: object
    after: object
    passages: tuple
    unread: tuple  # the versions whose text could not be read
    added: tuple  # appendices
    removed: tuple

    @property
    def changed(self):
        return [one for one in self.passages if not one.is_same]

    @property
    def same(self):
        return [one for one in self.passages if one.is_same]


def compare(before, after):
    unread = tuple(one for one in (before, after) if not _is_read(one.main))
    passages = () if unread else difference_of(_text_of(before.main), _text_of(after.main))
    kept = [list(one.appendices) for one in (before, after)]
    digests = [{file.stored.sha256 for file in files} for files in kept]
    return Comparison(
        before=before,
        after=after,
        passages=tuple(map(ShownChange, passages)),
        unread=unread,
        added=tuple(file for file in kept[1] if file.stored.sha256 not in digests[0]),
        removed=tuple(file for file in kept[0] if file.stored.sha256 not in digests[1]),
    )


def _is_read(file):
    return bool(file and file.is_read and not file.unread_because)


def _text_of(file):
    return Passages(
        kind=ending(file.stored.name),
        passages=tuple(row.as_read() for row in file.passages.all()),
        margins=(),
        letters=file.letters or 0,
        placed=file.placed or 0,
        doubts=(),
    )
