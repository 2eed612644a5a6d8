"""The rows and cells of a Word, Excel or CSV file, in one shape."""

from typing import NamedTuple

ONE_PLAIN = (False,)
ODD = object()


class Refused(Exception):
    """A file we will not read. `message` names it and says what its owner can do."""

    def __init__(self, message):
        super().__init__(message)
        self.message = message


class Cell(NamedTuple):
    """One cell.

    A tuple, not a dataclass: a workbook has hundreds of thousands of them, and a tuple is made
    three times as fast. A cell that continues a merge is blank and has an `origin`, so that whoever
    does not look at merges reads the merged text once, and reads a merged date as a blank one.
    """

    text: str = ""
    value: object = None  # date, datetime, time, timedelta, float or bool of a spreadsheet cell
    shown: str | None = None  # how the spreadsheet shows that value
    items: tuple[str, ...] = ()  # paragraphs, list items or lines
    numbered: tuple[bool, ...] = ()  # which of the items were bulleted or numbered automatically
    origin: tuple[int, int] | None = None  # (Row.number, index in Row.cells) of the merged cell
    nested: tuple = ()  # tables inside the cell, each a tuple of rows
    style: str = ""  # of a paragraph: "Heading 2"
    level: int | None = None  # of a paragraph: depth in its automatic list, from 0
    label: str = (
        ""  # automatic number or letter of a paragraph, or of a cell's first item: "1.", "a."
    )
    labels: tuple[str, ...] = ()  # automatic numbers of the items; empty when none has one

    @classmethod
    def of(cls, text, **rest):
        """A cell of plain text, its lines being its items."""
        items = tuple(line.strip() for line in text.split("\n") if line.strip())
        return cls(**{"text": text, "items": items, "numbered": (False,) * len(items), **rest})


BLANK = Cell()


class Row:
    """One row. Wholly blank rows are left out, so numbers may have gaps.

    Its cells are built when somebody asks: most rows of a long workbook are plain text, and
    `texts` is enough for them.
    """

    __slots__ = ("_cells", "number", "texts")

    def __init__(self, number, cells=None, *, texts=None):
        self.number = number
        self._cells = None if cells is None else tuple(cells)
        self.texts = tuple(cell.text for cell in self._cells) if texts is None else texts

    @property
    def cells(self):
        if self._cells is None:
            self._cells = self._build()
        return self._cells

    def _build(self):
        return plain(self.texts)

    @property
    def has_only_texts(self):
        """Nothing has to be asked of its cells. Sooner known than the cells are built."""
        return self._cells is None

    def typed_at(self, column):
        """What a spreadsheet holds in a cell besides its text, or enough to tell it from another.

        ODD where the row has merges or more of the kind, which somebody must look at.
        """
        if any(cell.origin for cell in self.cells):
            return ODD
        return self.value_at(column)

    def value_at(self, column):
        """The value of a cell; None beyond the last."""
        return self.cells[column].value if column < len(self.cells) else None

    def __eq__(self, other):
        if not isinstance(other, Row):
            return NotImplemented
        return (self.number, self.cells) == (other.number, other.cells)

    def __hash__(self):
        return hash(self.number)

    def __repr__(self):
        return f"Row({self.number}, {self.cells!r})"


def plain(texts):
    """Cells of plain text, made the short way."""
    return tuple(
        BLANK
        if not text
        else Cell(text, None, None, (text,), ONE_PLAIN)
        if "\n" not in text
        else Cell.of(text)
        for text in texts
    )
