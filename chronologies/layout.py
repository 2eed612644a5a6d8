"""What the columns of a table hold, and what the user says that they hold."""

from dataclasses import dataclass
from datetime import date

from chronologies.headings import COLUMNS, DATE, DATE_PARTS, MONTH, TEXT, YEAR, plain
from chronologies.wording import clean, reads_as_date, shows_undated

LONGEST_DATE = 60


class UnknownHeading(Exception):
    """The mapping names a heading, or a column of ours, that is not there."""

    def __init__(self, message):
        super().__init__(message)
        self.message = message


def texts_of(row):
    return [clean(text) for text in row.texts]


@dataclass(frozen=True)
class Layout:
    """What the columns of one table hold."""

    headings: tuple[str, ...]
    columns: dict  # our column -> the indexes of theirs, more than one where the user joined them
    agencies: tuple[int, ...] = ()  # where each agency, or each person, has a column of events
    heading_rows: int = 1
    goes_on: bool = False  # it is that of the table before
    is_guessed: bool = False  # no heading and no user says where the date or the event is

    @property
    def mapping(self):
        """{our column: their heading}; a list of headings where several make up one of ours."""
        named = {}
        for column in COLUMNS:
            indexes = list(self.columns.get(column, ()))
            if column == DATE:
                indexes += [i for part in DATE_PARTS for i in self.columns.get(part, ())]
            headings = [self.headings[i] for i in sorted(indexes)]
            if headings:
                named[column] = headings[0] if len(headings) == 1 else headings
        if self.agencies:
            named[TEXT] = [self.headings[i] for i in self.agencies]
        return named

    @property
    def unmapped(self):
        """The columns that none of ours took: [(index, heading)]."""
        taken = {i for indexes in self.columns.values() for i in indexes} | set(self.agencies)
        return [(i, heading) for i, heading in enumerate(self.headings) if i not in taken]

    def holds_dates(self, rows):
        """The share of these rows that are dated where this layout expects a date."""
        filled = self._date_cells(rows)
        return sum(map(is_dated, filled)) / len(filled) if filled else 0.0

    def holds_no_dates(self, rows):
        """Nobody wrote a date into these rows, nor anything else where the date would be."""
        return all(shows_undated(clean(cell.text)) for cell in self._date_cells(rows))

    def _date_cells(self, rows):
        columns = self.columns
        indexes = columns.get(DATE) or columns.get(MONTH) or columns.get(YEAR) or ()
        return [cell for row in rows for cell in _cells_at(row, indexes) if cell.text]


def _cells_at(row, indexes):
    return [row.cells[i] for i in indexes if i < len(row.cells)]


def is_dated(cell):
    if isinstance(cell.value, date):
        return True
    text = clean(cell.text)
    return len(text) <= LONGEST_DATE and reads_as_date(text, cell.value)


class Mapping:
    """What the user says the columns are: {our column: heading or headings} or {heading: our column}.

    A heading given as None, or a column of ours given as None, is nobody's. Where one sheet differs,
    {"name of the sheet": {...}} says so for it alone.
    """

    def __init__(self, given=None):
        self._whole, self._parts, self._as_given = {}, {}, {}
        for key, value in (given or {}).items():
            if isinstance(value, dict):
                self._parts[str(key)] = value
            else:
                self._whole[key] = value

    def __bool__(self):
        return bool(self._whole or self._parts)

    def for_part(self, name):
        """{heading in plain words: our column or None} and the columns of ours that nobody is to guess."""
        said, silent = {}, set()
        given = {**self._whole, **self._parts.get(str(name), {})}
        for key, value in given.items():
            if key in COLUMNS or key in DATE_PARTS:
                headings = [value] if isinstance(value, str) else value
                silent.add(key)
                said.update({self._plain(heading): key for heading in headings or () if heading})
            elif value in COLUMNS or value in DATE_PARTS:
                said[self._plain(key)] = value
            elif value in (None, "", "other", "ignore"):
                said[self._plain(key)] = None
            else:
                known = ", ".join(COLUMNS)
                raise UnknownHeading(
                    f"The mapping says that “{key}” is “{value}”. Use one of: {known}."
                )
        return said, silent | {column for column in said.values() if column}

    def _plain(self, heading):
        words = plain(str(heading))
        self._as_given[words] = heading
        return words

    def check(self, layouts, name):
        """Every heading that the user named must stand in some table of the file."""
        present = {plain(heading) for layout in layouts for heading in layout.headings}
        headings = dict.fromkeys(h for layout in layouts for h in layout.headings)
        for part in [None, *self._parts]:
            for heading in self.for_part(part)[0]:
                if heading not in present:
                    raise UnknownHeading(
                        f"{name or 'The file'} has no column “{self._as_given[heading]}”. "
                        f"Its columns are: {', '.join(headings) or 'none that could be found'}."
                    )
