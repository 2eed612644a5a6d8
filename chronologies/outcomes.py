"""What became of each row of a chronology: an entry, not an entry, or rejected. There is no fourth."""

from dataclasses import dataclass, field
from typing import NamedTuple

from foundations.dates import PartialDate

LONGEST_TEXT = 20_000


class Place(NamedTuple):
    """Where a row stands in its file."""

    part_kind: str  # sheet, table, csv, paragraphs
    part: str | int
    row: int

    def __str__(self):
        match self.part_kind:
            case "sheet":
                return f"row {self.row} of sheet “{self.part}”"
            case "table":
                return f"row {self.row} of table {self.part}"
            case "csv":
                return f"record {self.row}"
            case _:
                return f"paragraph {self.row}"

    def to_json(self):
        return {"part_kind": self.part_kind, "part": self.part, "row": self.row}


@dataclass(slots=True)
class Doubt:
    """Something about a row that somebody should look at; the row is read all the same."""

    at: Place
    column: str | None  # ours: date, time, person ...
    message: str
    heading: str = ""  # theirs

    def to_json(self):
        return {
            "at": self.at.to_json(),
            "column": self.column,
            "message": self.message,
            "heading": self.heading,
        }


@dataclass(slots=True)
class ReadEntry:
    """One event as its row tells it."""

    at: Place
    date: PartialDate
    inherited: bool
    time: str
    persons: tuple
    persons_as_written: str
    text: str
    action: str
    comment: str
    source: str
    other: dict
    doubts: list = field(default_factory=list)

    def to_json(self):
        return {
            "at": self.at.to_json(),
            "date": self.date.to_json(),
            "inherited": self.inherited,
            "time": self.time or None,
            "persons": list(self.persons),
            "persons_as_written": self.persons_as_written or None,
            "text": self.text,
            "action": self.action or None,
            "comment": self.comment or None,
            "source": self.source or None,
            "other": self.other,
            "doubts": [
                {"column": doubt.column, "message": doubt.message, "heading": doubt.heading}
                for doubt in self.doubts
            ],
        }


@dataclass(slots=True)
class NotEntry:
    """A row, or a run of blank rows, that tells no event; and why it is thought so."""

    at: Place
    why: str
    rows: int = 1
    doubts: list = field(default_factory=list)

    def to_json(self):
        said = {"at": self.at.to_json(), "why": self.why}
        return said if self.rows == 1 else {**said, "rows": self.rows}


@dataclass(slots=True)
class Rejected:
    """A row that cannot be taken as it is; the message says what to do about it."""

    at: Place
    column: str | None
    message: str
    heading: str = ""

    def to_json(self):
        return {
            "at": self.at.to_json(),
            "column": self.column,
            "message": self.message,
            "heading": self.heading,
        }
