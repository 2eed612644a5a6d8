"""A paper as plain values: the one thing that its PDF, Word file, page and workbook are made from."""

from dataclasses import asdict, dataclass, replace
from datetime import date
from itertools import groupby


@dataclass(frozen=True)
class Words:
    """One paragraph of a cell."""

    text: str
    is_item: bool = False  # one of several that stand by themselves
    is_past: bool = False  # what was reported once, and a later report follows


@dataclass(frozen=True)
class Column:
    heading: str
    width: int  # a share of the page, in hundredths


@dataclass(frozen=True)
class Line:
    """One row of a table, or a banner across it."""

    cells: tuple[tuple[Words, ...], ...] = ()
    banner: str = ""
    review: str = ""  # whose recommendation it is about
    recommendation: int | None = None
    number: str = ""
    unchanged_since: str = ""  # a day, where it says what it said on that day

    @property
    def blocks(self):
        """[[(is a list, [Words])]] of each cell: items that follow one another are one list."""
        return [_blocks(cell) for cell in self.cells]

    @property
    def mark(self):
        if not self.unchanged_since:
            return ""
        return f"No change since {long_date(date.fromisoformat(self.unchanged_since))}"


@dataclass(frozen=True)
class Table:
    heading: str
    columns: tuple[Column, ...]
    lines: tuple[Line, ...] = ()
    empty: str = "There is nothing to show."
    marked_column: int = 0  # where "No change since" stands

    @property
    def labelled(self):
        """[(line, [(heading of its column, blocks)])]: on a phone each cell shows its heading."""
        return [(line, self.labels(line)) for line in self.lines]

    def labels(self, line):
        headings = (column.heading for column in self.columns)
        return list(zip(headings, line.blocks, strict=False))


@dataclass(frozen=True)
class Document:
    kind: str
    layout: str
    title: str
    above: str  # whose paper it is
    as_of: str
    is_draft: bool
    is_wide: bool
    facts: tuple[tuple[str, str], ...] = ()
    notes: tuple[str, ...] = ()
    tables: tuple[Table, ...] = ()
    references: tuple[str, ...] = ()  # of the reviews it is about

    @property
    def reference(self):
        return self.references[0] if len(self.references) == 1 else ""

    @property
    def marking(self):
        return "OFFICIAL-SENSITIVE, DRAFT" if self.is_draft else "OFFICIAL-SENSITIVE"

    @property
    def rows(self):
        return sum(1 for table in self.tables for line in table.lines if not line.banner)

    def as_final(self):
        return replace(self, is_draft=False)

    def to_json(self):
        return asdict(self)

    @classmethod
    def from_json(cls, said):
        tables = tuple(_table(one) for one in said["tables"])
        facts = tuple(tuple(fact) for fact in said["facts"])
        plain = {"notes": tuple(said["notes"]), "references": tuple(said["references"])}
        return cls(**(said | plain | {"facts": facts, "tables": tables}))


def _table(said):
    columns = tuple(Column(**column) for column in said["columns"])
    lines = tuple(_line(line) for line in said["lines"])
    return Table(**(said | {"columns": columns, "lines": lines}))


def _line(said):
    cells = tuple(tuple(Words(**words) for words in cell) for cell in said["cells"])
    return Line(**(said | {"cells": cells}))


def _blocks(said):
    return [(is_item, list(group)) for is_item, group in groupby(said, lambda one: one.is_item)]


def cell(*texts):
    """Paragraphs of a cell; what is blank is left out."""
    return tuple(Words(text) for text in texts if text and text.strip())


def items(numbered):
    """[(number, text)] of things that stand by themselves; more than one without numbers is a list."""
    return tuple(
        Words(_typed(number, text), is_item=len(numbered) > 1 and not number)
        for number, text in numbered
    )


def _typed(number, text):
    if not number:
        return text
    return f"{number} {text}" if number[-1] in ".)" else f"{number}. {text}"


def long_date(day):
    return f"{day:%-d %B %Y}"
