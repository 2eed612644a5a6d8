"""Real names of the review's register in what an agency wrote: a doubt at once, never a change."""

from chronologies.outcomes import Doubt, ReadEntry
from reviews.people.names import names_of

REAL_NAME = (
    "A real name of somebody in this review stands here. The words stay as they were written until "
    "the review team puts the pseudonym in its place."
)
OTHER = "other"
TEXTS = ("persons_as_written", "text", "action", "comment", "source")
_COLUMNS = {"persons_as_written": "person"}


def names_known(review, participation):
    """The names to look for in one agency's chronology, or (participation None) in context.

    An agency is told of the names that it was asked about, in its own preview; all others would
    tell it who else the review is about.
    """
    return names_of(review, known_to_agencies=participation is not None)


def doubt_names(outcome, names):
    """For a row of a file."""
    if names and isinstance(outcome, ReadEntry):
        outcome.doubts += [
            Doubt(outcome.at, column, REAL_NAME, heading)
            for column, heading in _places(outcome, names)
        ]


def doubts_of_names(entry, names):
    """For an entry that was typed in, as it keeps them."""
    return [
        {"column": column, "heading": heading, "message": REAL_NAME, "settled": False}
        for column, heading in _places(entry, names)
    ]


def _places(row, names):
    """(our column, their heading) of each cell with a name in it."""
    for column in TEXTS:
        if names.find(getattr(row, column)):
            yield _COLUMNS.get(column, column), ""
    for heading, text in (row.other or {}).items():
        if names.find(text):
            yield OTHER, heading
