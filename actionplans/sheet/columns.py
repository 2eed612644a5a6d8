"""The columns of a plan that is taken away to be edited, and how a cell of one is compared."""

import hashlib
from dataclasses import dataclass

from foundations.dates.words import fold, tidy
from foundations.office.writing import cell_text


@dataclass(frozen=True)
class Column:
    name: str
    heading: str
    width: int
    also: tuple = ()  # other headings that people write for it


# Of no use to whoever edits: which row it is, and how it stood when it was taken away.
ID = Column("id", "Row", 12, ("row id",))
MARK = Column("mark", "As downloaded", 12)

NUMBER = Column("number", "Number", 9, ("no", "no.", "ref", "reference"))
RECOMMENDATION = Column("recommendation", "Recommendation", 50)
ACTION = Column("action", "Action", 50, ("action to take",))
LEAD = Column("lead", "Lead agency", 28, ("lead", "lead body"))
JOINT = Column("joint", "Joint leads", 28, ("joint lead", "other leads"))
OWNER = Column("owner", "Owner", 28, ("lead officer", "officer"))
TARGET = Column("target", "Target date", 20, ("target", "by when", "due", "due date"))
STATUS = Column("status", "Status", 20)
UPDATE = Column("update", "Update", 40, ("progress", "what was done", "comments"))
EVIDENCE = Column("evidence", "Where it can be seen", 40, ("evidence",))
WHY_NONE = Column("why_none", "If nothing shows it, why not", 30, ("why no evidence",))
LEVEL = Column("level", "Level", 12)
THEME = Column("theme", "Theme", 24)
ADDRESSED_TO = Column("addressed_to", "Addressed to", 28)
REASON = Column("reason", "Why it changes", 30, ("reason",))

SHOWN = (
    *(NUMBER, RECOMMENDATION, ACTION, LEAD, JOINT, OWNER, TARGET, STATUS, UPDATE),
    *(EVIDENCE, WHY_NONE, LEVEL, THEME, ADDRESSED_TO, REASON),
)
ALL = (ID, MARK, *SHOWN)
# What is said anew each time: blank in what is taken away, so that it has nothing to be compared with.
SAID_ANEW = (UPDATE, EVIDENCE, WHY_NONE, REASON)
REPORTS = (STATUS, UPDATE, EVIDENCE, WHY_NONE)
COMPARED = tuple(column for column in SHOWN if column not in SAID_ANEW)
# The same for every row of one recommendation.
OF_RECOMMENDATION = (LEVEL, THEME, ADDRESSED_TO)

_BY_HEADING = {
    fold(words): column for column in ALL for words in (column.heading, *column.also, column.name)
}


def column_of(heading):
    return _BY_HEADING.get(fold(tidy(heading)))


def plain(text):
    """A text as it is whether or not a spreadsheet had it in between."""
    lines = (" ".join(line.split()) for line in cell_text(str(text)).split("\n"))
    return "\n".join(lines).strip()


def same(first, second):
    return plain(first) == plain(second)


# --- Marks --------------------------------------------------------------------------------------


def mark_of(texts, told):
    """How each cell of a row stood, so that what somebody else changed meanwhile is told apart from
    what whoever edits the sheet changed. `told`: when the row was last reported on."""
    return " ".join([*(_sign(texts[column.name]) for column in COMPARED), _sign(told)])


def read_mark(mark):
    """({column name: sign}, sign of when it was last reported on), or nothing that can be used."""
    signs = mark.split()
    if len(signs) != len(COMPARED) + 1:
        return {}, ""
    return dict(zip((column.name for column in COMPARED), signs, strict=False)), signs[-1]


def sign_of(text):
    return _sign(text)


def _sign(text):
    return hashlib.sha256(plain(text).encode()).hexdigest()[:8]
