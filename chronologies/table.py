"""What is known about the table whose rows are being read: its columns, its subject, its dates."""

from dataclasses import dataclass, field
from datetime import date

from chronologies.dating import DateReader
from chronologies.headings import DATE, TEXT
from chronologies.layout import Layout, Mapping, texts_of
from chronologies.ordering import NEWEST_FIRST, order_of
from chronologies.outcomes import Doubt, Place
from chronologies.persons import Register
from chronologies.wording import clean, reads_as_date
from foundations.dates import PartialDate, parse, read_cell

LONGEST_BAND = 30


@dataclass
class Context:
    """What is known before a file is read, and what is learnt from one part of it to the next."""

    register: Register = field(default_factory=Register)
    mapping: Mapping = field(default_factory=Mapping)
    agency_names: tuple[str, ...] = ()
    as_at: date = None
    layout: Layout | None = None  # of the table before: a table may go on after a page break
    above: PartialDate | None = None
    subject: str | None = None


class Table:
    """One sheet, table or CSV file. A layout begins in it once, or again where it is headed anew."""

    def __init__(self, part, context):
        self.part, self.context = part, context
        self.register = context.register
        self.kind, self.name = part.kind, part.name
        self.layout = self.subject = self.last_row = None
        self.number = self.rows_since_heading = 0
        self.section = ""

    def __str__(self):
        named = {"sheet": f"Sheet “{self.name}”", "table": f"Table {self.name}"}
        return named.get(self.kind, "The file")

    def begin(self, layout, head, titles):
        """The rows below are laid out like this."""
        self.layout, self.width = layout, len(layout.headings)
        self.subject, self.section = self._subject_from(titles), ""
        self.text_columns = layout.columns.get(TEXT, layout.agencies)
        self.one = {column: indexes[0] for column, indexes in layout.columns.items()}
        self.is_joined = any(len(indexes) > 1 for indexes in layout.columns.values())
        self.others = layout.unmapped
        self.column_at = {i: column for column, found in layout.columns.items() for i in found}
        self.rows_since_heading = 0
        self.order = order_of(self._dates_in(head))
        self.dates = DateReader(layout, self.context, newest_first=self.order == NEWEST_FIRST)
        self.dates.suspect_exchanges(head)
        self.context.above = None
        heading = clean(self.part.heading)
        if heading and len(heading) <= LONGEST_BAND and reads_as_date(heading):
            self.dates.begin_band(parse(heading).value)

    def end(self):
        """Leaves to the next table what may go on in it."""
        self.context.layout, self.context.above = self.layout, self.dates.above
        self.context.subject = self.subject if self.kind == "table" else None

    def _subject_from(self, titles):
        """Whom the whole sheet or table is about. Later Word tables are about whom the first was."""
        sheet = str(self.name) if self.kind == "sheet" else ""
        if subject := self.register.subject_of(sheet):
            return subject
        named = self.register.named_in(*titles)
        if not named:
            return self.subject or self.context.subject
        return named.pop() if len(named) == 1 else None

    def _dates_in(self, head):
        index = self.one.get(DATE)
        if index is None:
            return []
        return [
            read_cell(cell.value, clean(cell.text)).value
            for row in head
            for cell in row.cells[index : index + 1]
            if cell.text and (isinstance(cell.value, date) or reads_as_date(clean(cell.text)))
        ]

    def titles(self, rows):
        above = [text for row in rows for text in texts_of(row) if text]
        return [*map(clean, self.part.above), clean(self.part.heading), *above]

    @property
    def subjects(self):
        return (self.subject,) if self.subject else ()

    @property
    def text_heading(self):
        return self.layout.headings[self.text_columns[0]]

    def at(self, row):
        return Place(self.kind, self.name, row.number)

    def indexes(self, *columns):
        return {i for column in columns for i in self.layout.columns.get(column, ())}

    def told_in(self, texts, column):
        """What a row says in one of our columns, which the user may have made of several of theirs."""
        indexes = self.layout.columns.get(column, ())
        return "\n".join(texts[i] for i in indexes if i < len(texts) and texts[i])

    def doubt(self, row, column, message, index=None):
        index = self.one.get(column) if index is None else index
        heading = self.layout.headings[index] if index is not None and index < self.width else ""
        return Doubt(self.at(row), column, message, heading)
