"""What came back: an edited workbook, or cells pasted from one."""

from dataclasses import dataclass, field

from actionplans.asking import sheet as asking
from actionplans.sheet import columns, workbook
from foundations.dates.cells import read_cell
from foundations.dates.words import tidy
from foundations.office import read_file
from foundations.office.cleaning import CONTROL, LINE_BREAKS
from foundations.office.delimited import records
from foundations.office.documents import Part
from foundations.office.tables import Row

DEEPEST_HEADING = 30  # rows
MOST_ROWS = 20_000
_OURS = ("hidden columns were read", "is hidden. It was read")
SAYS_WHICH = (columns.ID, columns.NUMBER)


class NotASheet(Exception):
    """What came is not the table that was taken away. `message` says what to do."""

    def __init__(self, message):
        super().__init__(message)
        self.message = message


NO_TABLE = (
    "No row of this has the headings of the plan. Download the plan to edit it, keep its first row"
    " as it is, and bring the file again."
)
NOTHING_PASTED = (
    "No heading was found. Copy the row with the headings as well, with “Number” among them."
)
OF_A_REQUEST = (
    "This sheet answers a request for updates: it is not the plan. Bring it back on the page of that"
    " request, where it was downloaded. “Your actions” and the message that asked for it lead there."
)
NO_NUMBER = "“Number” is missing among the headings: by it the rows are told apart."
ONLY_NUMBER = "Beside “Number” no heading is known. It takes at least one of these: {}."
NOT_KNOWN = " Not known: {}."
NO_ROWS = "There is no row below the headings."
TOO_MANY = f"This has more than {MOST_ROWS:,} rows. Bring it in parts."


@dataclass(frozen=True)
class Asked:
    """One row as it came back: what its cells say, of the columns that are there at all."""

    at: int  # its row in the sheet
    texts: dict
    id: str = ""
    mark: str = ""


@dataclass
class Returned:
    rows: list
    reference: str = ""  # of the review that it was taken from, where it says so
    digest: str = ""
    taken: frozenset = frozenset()  # ids of the rows that were in it when it was taken away
    warnings: list = field(default_factory=list)
    names: tuple = ()  # of the columns that are there
    repeated: tuple = ()  # headings that stand there twice


def read_workbook(content, name):
    """Raises office.Refused and NotASheet."""
    document = read_file(content, name)
    if any(map(_is_of_a_request, document.parts)):
        raise NotASheet(OF_A_REQUEST)
    abouts = [part for part in document.parts if _is_about(part)]
    tables = [part for part in document.parts if part not in abouts and _heading_of(part)]
    if not tables:
        raise NotASheet(NO_TABLE)
    found = _read(tables[0], NO_TABLE)
    for part in abouts:
        _take_about(found, part)
    found.warnings += [
        words for words in document.warnings if not any(ours in words for ours in _OURS)
    ]
    if len(tables) > 1:
        found.warnings.append(f"Only the sheet “{tables[0].name}” was read.")
    return found


def read_pasted(text):
    """Cells as Excel puts them on the clipboard: tabs between them, quoted where a cell has lines."""
    text = CONTROL.sub("", LINE_BREAKS.sub("\n", text))
    rows = [
        Row(number, texts=tuple(cell.strip() for cell in record))
        for number, record in enumerate(records(text.strip("\n"), "\t"), start=1)
        if any(cell.strip() for cell in record)
    ]
    part = Part("csv", 1, rows)
    if _is_of_a_request(part):
        raise NotASheet(OF_A_REQUEST)
    return _read(part, _nothing_pasted(rows))


def _is_of_a_request(part):
    needed = {asking.ANSWER, asking.WORDS}
    return any(needed <= set(map(tidy, row.texts)) for row in part.rows[:DEEPEST_HEADING])


def _nothing_pasted(rows):
    """Which headings are known, of a first row that has too few of them."""
    headings = [text for text in (rows[0].texts if rows else ()) if text]
    known = {columns.column_of(text) for text in headings} - {None}
    if not known:
        return NOTHING_PASTED
    others = [text for text in headings if columns.column_of(text) is None]
    offered = [one.heading for one in columns.SHOWN if one is not columns.NUMBER]
    said = NO_NUMBER if columns.NUMBER not in known else ONLY_NUMBER.format(", ".join(offered))
    return said + (NOT_KNOWN.format(_quoted(others)) if others else "")


def _quoted(texts):
    return ", ".join(f"“{text[:60]}”" for text in texts)


def _is_about(part):
    return bool(part.rows) and tuple(part.rows[0].texts[:2]) == workbook.ABOUT_HEADINGS


def _take_about(found, part):
    taken = set()
    for row in part.rows[1:]:
        what, value = (*row.texts, "", "")[:2]
        if what == workbook.ROW:
            taken.add(value.strip())
        elif what == workbook.REVIEW:
            found.reference = value.strip()
        elif what == workbook.DIGEST:
            found.digest = value.strip()
    found.taken = frozenset(taken)


def _heading_of(part):
    """(place among the rows, {column: index}) of the row that names the columns, or nothing."""
    for at, row in enumerate(part.rows[:DEEPEST_HEADING]):
        named = {}
        for index, text in enumerate(row.texts):
            if (column := columns.column_of(text)) and column not in named:
                named[column] = index
        if len(named) > 1 and any(column in named for column in SAYS_WHICH):
            return at, named
    return None


def _read(part, message):
    heading = _heading_of(part)
    if heading is None:
        raise NotASheet(message)
    at, named = heading
    body = [row for row in part.rows[at + 1 :] if any(text.strip() for text in row.texts)]
    if not body:
        raise NotASheet(NO_ROWS)
    if len(body) > MOST_ROWS:
        raise NotASheet(TOO_MANY)
    said = [columns.column_of(text) for text in part.rows[at].texts]
    return Returned(
        [_asked(row, named) for row in body],
        names=tuple(column.name for column in named),
        repeated=tuple(column.heading for column in named if said.count(column) > 1),
    )


def _asked(row, named):
    texts = {column.name: _text(row, index, column) for column, index in named.items()}
    return Asked(row.number, texts, id=texts.pop("id", ""), mark=texts.pop("mark", ""))


def _text(row, index, column):
    if index >= len(row.texts):
        return ""
    text = columns.plain(row.texts[index])
    if column is columns.TARGET and not row.has_only_texts and text:
        cell = row.cells[index]
        if cell.value is not None:  # a day that a spreadsheet keeps is shown in as many ways
            return columns.plain(str(read_cell(cell.value, cell.shown or text).value) or text)
    return text
