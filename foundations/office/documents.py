"""What a whole Word, Excel or CSV file holds, in one shape, for whoever imports it.

Apart from tables.py because the reading child, which starts for every file, has no use for it.
"""

from dataclasses import dataclass, field

from foundations.office.tables import Row


@dataclass(frozen=True)
class Part:
    """A sheet, a Word table, a CSV file, or the running paragraphs of a Word document.

    Of "paragraphs" every row is one paragraph with one cell, which has a style, level and label.
    """

    kind: str  # "sheet", "table", "csv" or "paragraphs"
    name: str | int  # the sheet's name, or the table's number from 1
    rows: list[Row] = field(default_factory=list)
    above: tuple[str, ...] = ()  # paragraphs between this Word table and the one before it
    heading: str = ""  # the last heading above a Word table


@dataclass(frozen=True)
class Document:
    kind: str  # "xlsx", "csv" or "docx"
    parts: list[Part]
    warnings: tuple[str, ...] = ()
