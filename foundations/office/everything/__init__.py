"""Every text in a file, with its place: what is shown, what is hidden, and what stands beside.

    found = everything_in(content, name)
    for stretch in found.stretches: stretch.part, stretch.location, stretch.text

Nothing is opened here: a child process that may be killed reads the file. A file that cannot be read
is no error, since whoever asks must be told: `could_not_read` says what and why.
"""

import json
from dataclasses import dataclass

from foundations.office import guard
from foundations.office.reading import Child
from foundations.office.tables import Refused


@dataclass(frozen=True)
class Stretch:
    """A paragraph, a cell, a property: text that is read in one.

    `marks` are (start, end, what) inside it: "hidden text", "inserted text", "deleted text". Of a
    stretch that is `told_again`, only what its marks touch, or what was not told before, is news.
    `lines` says that places in it are told by their line. What stands `aside` is meant for programs, such
    as the value of an attribute: there only who is known already is news.
    """

    part: str
    location: str
    text: str
    marks: tuple = ()
    told_again: bool = False
    lines: bool = False
    aside: bool = False


@dataclass(frozen=True)
class Everything:
    stretches: tuple
    looked_at: tuple
    could_not_read: tuple


def everything_in(content, name):
    """`content` is bytes. Its name is a stretch of its own."""
    own = Stretch("file name", "file name", name)
    try:
        guard.check_size(len(content), name)
        said = json.loads(Child(content, name, work="everything").answer())
    except Refused as refusal:
        return Everything((own,), ("file name",), (refusal.message,))
    stretches = [
        Stretch(**{**one, "marks": tuple(map(tuple, one.get("marks", ())))})
        for one in said["stretches"]
    ]
    return Everything(
        (own, *stretches), ("file name", *said["looked_at"]), tuple(said["could_not_read"])
    )
