"""Reads a chronology as an agency keeps it: any number of sheets or tables, in any layout.

Every row that is read is accounted for: it is an entry, it is not an entry and why, or it is rejected
and what to do. Nothing is saved here; nothing here knows the database.

    read_chronology(document, known_persons=("MA 1", "MA 2"))      all of it, as `import_chronology` prints it
    ChronologyReader(document, ...).outcomes()                     row by row, for files of any length
    describe_columns(document)                                     what the mapping page shows
"""

from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from itertools import islice

from chronologies.columns import find_layout
from chronologies.headings import COLUMNS
from chronologies.layout import Mapping, UnknownHeading, texts_of
from chronologies.outcomes import Doubt, NotEntry, Place, ReadEntry, Rejected
from chronologies.paragraphs import ParagraphsReader
from chronologies.persons import Register
from chronologies.rows import HEAD, TableReader
from chronologies.table import Context

__all__ = [
    "COLUMNS",
    "Chronology",
    "ChronologyReader",
    "Doubt",
    "NoEntries",
    "NotEntry",
    "Place",
    "ReadEntry",
    "Rejected",
    "RowUnaccounted",
    "UnknownHeading",
    "describe_columns",
    "read_chronology",
]


class NoEntries(Exception):
    """The file was read and holds no chronology. `chronology` says what its rows were taken for."""

    def __init__(self, message, chronology):
        super().__init__(message)
        self.message, self.chronology = message, chronology


class RowUnaccounted(Exception):
    """The promise of this module is broken: a row was read and nothing was said of it."""


@dataclass
class Chronology:
    """A whole file, read."""

    rows_read: int = 0
    entries: list = field(default_factory=list)
    not_entries: list = field(default_factory=list)
    doubts: list = field(default_factory=list)
    rejected: list = field(default_factory=list)
    mapping: dict = field(default_factory=dict)
    unmapped_columns: list = field(default_factory=list)
    layouts: list = field(default_factory=list)
    warnings: list = field(
        default_factory=list
    )  # what the file as a whole has that one should know

    def to_json(self):
        return {
            "rows_read": self.rows_read,
            "entries": [entry.to_json() for entry in self.entries],
            "not_entries": [row.to_json() for row in self.not_entries],
            "doubts": [doubt.to_json() for doubt in self.doubts],
            "rejected": [row.to_json() for row in self.rejected],
            "mapping": self.mapping,
            "unmapped_columns": self.unmapped_columns,
            "layouts": self.layouts,
            "warnings": self.warnings,
        }


class ChronologyReader:
    """Reads row by row. What is known only at the end (`mapping`, `rows_read` ...) is true at the end.

    `mapping` is {our column: their heading}. Where sheets differ the value is a list of the headings
    that hold the column, and `layouts` says which sheet has which; either can be given back as `mapping`.
    """

    def __init__(
        self,
        document,
        *,
        mapping=None,
        known_persons=(),
        agency_names=(),
        as_at: date | None = None,
        name="",
    ):
        self.document, self.name = document, name
        self.said = Mapping(mapping)
        self.context = Context(
            register=Register(known_persons),
            mapping=self.said,
            agency_names=tuple(agency_names),
            as_at=as_at or datetime.now(UTC).date(),
        )
        self.rows_read = 0
        self.found, self.layouts = [], []
        self._warnings = []

    def outcomes(self):
        """Everything but the running paragraphs first: whether those are entries hangs on the tables."""
        paragraphs, told_in_tables = [], False
        for part, rows in self._parts():
            counted = _Counted(part, rows)
            if part.kind == "paragraphs":
                counted.keep()
                paragraphs.append(counted)
                continue
            for outcome in self._outcomes_of(TableReader(counted, self.context), counted):
                told_in_tables = told_in_tables or type(outcome) is ReadEntry
                yield outcome
        for counted in paragraphs:
            reader = ParagraphsReader(counted, self.context, beside_tables=told_in_tables)
            yield from self._outcomes_of(reader, counted)
        if self.said:
            self.said.check(self.found, self.name)

    def _parts(self):
        """Of a document in memory, or of a file that is still being read (office.stream_file)."""
        parts = getattr(self.document, "parts", None)
        if parts is not None:
            yield from ((part, part.rows) for part in parts)
        else:
            yield from ((part, self.document.rows()) for part in self.document)

    def _outcomes_of(self, reader, counted):
        accounted, last = 0, None
        for outcome in reader.outcomes():
            if type(outcome) is NotEntry:
                accounted += outcome.rows
            elif outcome.at != last:  # a row of several agencies' columns has several entries
                accounted += 1
                last = outcome.at
            yield outcome
        if counted.count != accounted:
            raise RowUnaccounted(
                f"{counted.count} rows read and {accounted} accounted for in {counted.name}"
            )
        self.rows_read += accounted
        self._warnings += reader.warnings
        for layout in reader.layouts:
            self.found.append(layout)
            self.layouts.append(_described(counted, layout))

    @property
    def warnings(self):
        """What somebody should know of the file as a whole."""
        return [*self.document.warnings, *self._warnings, *self._strangers]

    @property
    def _strangers(self):
        """Said once for the file: a name that the review lacks makes no row of it doubtful."""
        for stranger, rows in sorted(self.context.register.strangers_met.items()):
            where = "1 row" if rows == 1 else f"{rows:,} rows"
            yield (
                f"{stranger}, in {where}, is not one of the people of this review. Add them to its "
                "subjects, or correct the file."
            )

    @property
    def mapping(self):
        merged = {}
        for layout in self.found:
            for column, heading in layout.mapping.items():
                headings = [heading] if isinstance(heading, str) else heading
                merged.setdefault(column, {}).update(dict.fromkeys(headings))
        named = {column: list(merged[column]) for column in COLUMNS if column in merged}
        return {column: found if len(found) > 1 else found[0] for column, found in named.items()}

    @property
    def unmapped_columns(self):
        return list(dict.fromkeys(h for layout in self.found for _, h in layout.unmapped))


class _Counted:
    """A part whose rows are counted as they are taken."""

    def __init__(self, part, rows):
        self.kind, self.name, self.above, self.heading = (
            part.kind,
            part.name,
            part.above,
            part.heading,
        )
        self._rows, self.count = rows, 0

    @property
    def rows(self):
        for row in self._rows:
            self.count += 1
            yield row

    def keep(self):
        """Reads the rows now, for a file that passes by only once."""
        self._rows = list(self._rows)


def _described(part, layout):
    return {
        "part_kind": part.kind,
        "part": part.name,
        "mapping": layout.mapping,
        "unmapped_columns": [heading for _, heading in layout.unmapped],
    }


def read_chronology(document, **known):
    """The whole file at once. Takes what ChronologyReader takes; refuses a file without any entry."""
    reader = ChronologyReader(document, **known)
    chronology = Chronology()
    for outcome in reader.outcomes():
        match outcome:
            case ReadEntry():
                chronology.entries.append(outcome)
                chronology.doubts += outcome.doubts
            case NotEntry():
                chronology.not_entries.append(outcome)
                chronology.doubts += outcome.doubts
            case Rejected():
                chronology.rejected.append(outcome)
    chronology.rows_read = reader.rows_read
    chronology.mapping = reader.mapping
    chronology.unmapped_columns = reader.unmapped_columns
    chronology.layouts = reader.layouts
    chronology.warnings = reader.warnings
    if not chronology.entries and not chronology.rejected:
        raise NoEntries(_nothing_found(reader), chronology)
    return chronology


def _nothing_found(reader):
    file = f"“{reader.name}”" if reader.name else "The file"
    if reader.found:
        return f"{file} has the headings of a chronology, but no entry beneath them."
    return (
        f"{file} has no table with a column of dates beside a column that says what happened. "
        "Say which columns they are, or check that it is the right file."
    )


def describe_columns(document, *, mapping=None, known_persons=(), agency_names=(), sample=3):
    """What each sheet or table has for columns, and what they are taken for.

    A table in which nothing was recognised is described too, with its first row for headings, so that
    somebody can say what its columns are.
    """
    before, described = None, []
    for part in document.parts:
        if part.kind == "paragraphs":
            continue
        head = list(islice(part.rows, HEAD))
        found = find_layout(
            head,
            mapping=Mapping(mapping),
            part=part.name,
            register=Register(known_persons),
            agency_names=agency_names,
            before=before,
        )
        start, layout = found or (None, None)
        before = layout or before
        described.append(
            {
                "part_kind": part.kind,
                "part": part.name,
                "heading_row": head[start].number if layout and layout.heading_rows else None,
                "headings": list(layout.headings) if layout else _first_texts(head),
                "mapping": layout.mapping if layout else {},
                "sample": [
                    texts_of(row)
                    for row in head[(start + layout.heading_rows) if layout else 1 :][:sample]
                ],
            }
        )
    return described


def _first_texts(head):
    return texts_of(head[0]) if head else []
