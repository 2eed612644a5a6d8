"""How the reading child tells what it found: lines of JSON, many rows to a line.

JSON and never pickle: the child has read what a stranger wrote, and what it answers must not be able
to run anything here. Plain text travels as it is; only what is more than text is spelled out.
"""

import json
from datetime import date, datetime, time, timedelta

from foundations.office.cleaning import Cleaner, is_suspect
from foundations.office.tables import ODD, ONE_PLAIN, Cell, Row, plain

ROWS_A_LINE = 50  # with more, the parent's garbage collector has more to walk through
DECODERS = {
    "date": date.fromisoformat,
    "datetime": datetime.fromisoformat,
    "time": time.fromisoformat,
    "timedelta": lambda seconds: timedelta(seconds=float(seconds)),
}
_encode = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode
SILENT = {"origin", "style", "level"}
SHORT = {"origin", "items", "numbered", "labels"}  # tuples of Cell that JSON makes lists of


class Sender:
    """The child's side. Rows are sent in batches, and cleaned only where a batch needs it."""

    def __init__(self, write):
        self._write = write
        self._cleaner = Cleaner()
        self._where = ""
        self._begin()
        self._warnings = []

    def _begin(self):
        self._numbers, self._texts, self._extras = [], [], []
        self._has_extras = False

    def part(self, kind, name, *, above=(), heading=""):
        self._flush()
        self._kind, self._name = kind, name
        clean = self._cleaner.clean
        if isinstance(name, str):
            name = clean(name, "a sheet name")
        above = [clean(text, "above a table") for text in above]
        self._line(["part", kind, name, above, clean(heading, "a heading")])

    def row(self, number, texts, extras=None):
        texts = list(map(str.strip, texts))
        if not any(texts) and not (extras and _tells(extras)):
            return
        self._extras.append(extras or None)
        self._has_extras = self._has_extras or bool(extras)
        self._numbers.append(number)
        self._texts.append(texts)
        if len(self._numbers) >= ROWS_A_LINE:
            self._flush()

    def warn(self, sentence):
        self._warnings.append(sentence)

    def end(self):
        self._flush()
        self._line(["end", [*self._warnings, *self._cleaner.warnings()]])

    def _flush(self):
        if not self._numbers:
            return
        line = self._encoded_rows()
        if line is None or is_suspect(line):
            self._clean()
            line = self._encoded_rows()
        self._write(line + b"\n")
        self._begin()

    def _encoded_rows(self):
        try:
            extras = self._extras if self._has_extras else None
            return _dump(["rows", self._numbers, self._texts, extras])
        except UnicodeEncodeError:  # half of a character pair, which cleaning takes out
            return None

    def _clean(self):
        for index, number in enumerate(self._numbers):
            place = self._place(number)
            self._texts[index] = [self._clean_text(text, place) for text in self._texts[index]]
            self._extras[index] = self._clean_extras(self._extras[index], place)

    def _clean_text(self, text, place):
        return self._cleaner.clean(text, place).strip()

    def _clean_extras(self, extras, place):
        if isinstance(extras, str):
            return self._clean_text(extras, place)
        if isinstance(extras, dict):
            return {key: self._clean_extras(value, place) for key, value in extras.items()}
        if isinstance(extras, (list, tuple)):
            return [self._clean_extras(value, place) for value in extras]
        return extras

    def _place(self, number):
        return {
            "sheet": f"sheet “{self._name}”, row {number}",
            "table": f"table {self._name}, row {number}",
            "paragraphs": f"paragraph {number}",
        }.get(self._kind, f"record {number}")

    def _line(self, message):
        self._write(_dump(message) + b"\n")


def _dump(message):
    return _encode(message).encode()


def _tells(extras):
    """Whether a row without text still says something: a number given by Word, a nested table."""
    return any(not isinstance(extra, dict) or set(extra) - SILENT for extra in extras.values())


def extras_of(cell):
    """What is more than its text in a cell, or None."""
    usual = Cell.of(cell.text)
    extra = {
        name: value
        for name, value, ordinary in zip(Cell._fields, cell, usual, strict=True)
        if value != ordinary and name != "text"
    }
    if "nested" in extra:
        extra["nested"] = [[_nested_row(row) for row in table] for table in cell.nested]
    return extra or None


def _nested_row(row):
    return [row.number, [[cell.text, extras_of(cell) or {}] for cell in row.cells]]


def rows_of(message):
    """The parent's side: the rows of one line. Cells wait until somebody asks for them."""
    _, numbers, texts, extras = message
    if extras is None:
        return [Row(number, texts=tuple(row)) for number, row in zip(numbers, texts, strict=True)]
    return [
        SentRow(number, row, more) if more else Row(number, texts=tuple(row))
        for number, row, more in zip(numbers, texts, extras, strict=True)
    ]


class SentRow(Row):
    """A row with more than plain text, which waits in the form it was sent in."""

    __slots__ = ("_extras",)

    has_only_texts = False

    def __init__(self, number, texts, extras):
        super().__init__(number, texts=tuple(texts))
        self._extras = extras

    def typed_at(self, column):
        """Told before the cells are built, which would cost more than all the rest of reading."""
        extras = self._extras
        return ODD if dict in map(type, extras.values()) else extras.get(str(column))

    def value_at(self, column):
        extra = self._extras.get(str(column))
        if type(extra) is dict:
            return super().value_at(column)
        return None if extra is None else _value(extra)

    def _build(self):
        cells = list(plain(self.texts))
        for column, extra in self._extras.items():
            cells[int(column)] = _cell(self.texts[int(column)], extra)
        return tuple(cells)


def _cell(text, extra):
    if not isinstance(extra, dict):
        return Cell(text, _value(extra), text, (text,), ONE_PLAIN)
    found = {name: tuple(value) if name in SHORT else value for name, value in extra.items()}
    if "nested" in found:
        found["nested"] = tuple(tuple(_row(row) for row in table) for table in found["nested"])
    return Cell.of(text, **found)


def _value(sent):
    """Of a spreadsheet cell, sent the short way: a number, or "date 2011-09-01"."""
    if not isinstance(sent, str):
        return sent
    kind, _, written = sent.partition(" ")
    return DECODERS[kind](written)


def _row(row):
    number, cells = row
    return Row(number, (_cell(text, extra) for text, extra in cells))
