from dataclasses import dataclass

CHANGED, ADDED, REMOVED, MOVED = "changed", "added", "removed", "moved"
NUMBERED, UNNUMBERED, LEVEL = "numbered", "unnumbered", "level"


@dataclass(frozen=True)
class Change:
    """One thing to accept or not. `id` stays while the document and the file say the same.

    `what`: changed, added, removed, moved; numbered, unnumbered or level where only that changed.
    `uids` are the items it is about: one, or a heading with the paragraphs that moved with it.
    `number` is as the document shows it now, of something added as Word counts it.
    """

    id: str
    what: str
    uids: tuple
    is_heading: bool
    number: str
    before: str = ""
    after: str = ""
    pieces: tuple = ()
    follows: str = ""  # the number or heading that it stands after in the file
    notes: tuple = ()
    is_meanwhile: bool = (
        False  # what it would put in place was changed here since the file was made
    )


@dataclass(frozen=True)
class Comment:
    """A comment in the margin: whose, what it says, on which paragraph and which of its words."""

    by: str
    text: str
    number: str
    key: str
    words: str


@dataclass(frozen=True)
class Compared:
    """`read` are the items of the file; `left_out` is (what, text) of everything that is no text of the
    document: title page, contents, headers and footers. `is_other`: a file of another document."""

    changes: tuple = ()
    read: tuple = ()
    comments: tuple = ()
    left_out: tuple = ()
    doubts: tuple = ()
    is_other: bool = False
