"""Reads the rows of one sheet, table or CSV file, and says of every one what became of it.

Most rows are plain: a date like the ones before it, a text, nothing odd. They take the short way
(plain_rows.py). Whatever is odd about a row sends it the long way (odd_rows.py), which asks what kind
it is.
"""

from collections import deque
from itertools import islice

from chronologies.columns import find_layout, heads_a_table
from chronologies.headings import DATE, TEXT
from chronologies.layout import texts_of
from chronologies.making import EntryMaker
from chronologies.odd_rows import OddRows
from chronologies.ordering import ClosingNotes, OrderWatch
from chronologies.outcomes import Doubt, NotEntry, ReadEntry
from chronologies.plain_rows import PlainRows
from chronologies.table import Table

HEAD = 200  # rows that are looked at before the first is read
FORM_ROWS = 30  # a longer table is no form


class _Rows:
    """The rows of a part, of which the next few can be seen before they are taken."""

    def __init__(self, rows):
        self._rows = iter(rows)
        self._seen = deque()
        self.taken = 0

    def next_few(self, count):
        self._seen.extend(islice(self._rows, max(0, count - len(self._seen))))
        return list(islice(self._seen, count))

    def skip(self, count):
        """Take rows that have been seen."""
        for _ in range(count):
            self._seen.popleft()
        self.taken += count

    def __iter__(self):
        return self

    def __next__(self):
        row = self._seen.popleft() if self._seen else next(self._rows)
        self.taken += 1
        return row


class TableReader:
    """Reads one part of a file, row after row."""

    def __init__(self, part, context):
        self.part, self.context = part, context
        self.register = context.register
        self.table = Table(part, context)
        self.maker = EntryMaker(self.table)
        self.odd = OddRows(self.table, self.maker)
        self.plain = PlainRows(self.table, self.maker, self.odd)
        self.layouts, self.warnings = [], []

    def outcomes(self):
        """One outcome after another; each stands for the row or rows it tells of."""
        closing, self.watch = ClosingNotes(), OrderWatch()
        watch = self.watch
        for outcomes, perhaps_note in self._read():
            if not perhaps_note and not closing.held:
                yield from watch.push(outcomes)
                continue
            for outcome in outcomes:
                yield from watch.push(closing.push(outcome, perhaps_note=perhaps_note))
        yield from watch.push(closing.finish())
        yield from watch.finish()

    def _read(self):
        """Outcomes, several at a time, and whether they may be closing notes."""
        rows = _Rows(self.part.rows)
        head = rows.next_few(HEAD)
        found = self._find(head, before=self.context.layout)
        if found is None:
            yield from self._nothing(rows)
            return
        start, layout = found
        titles = self.table.titles(head[:start])
        for row in islice(rows, start):
            self.table.number = row.number
            yield [NotEntry(self.table.at(row), "A title above the headings")], False
        yield from self._headings(rows, layout)
        self._begin(layout, rows.next_few(HEAD), titles)
        while True:
            while entries := self.plain.take(rows):
                yield entries, False
            row = next(rows, None)
            if row is None:
                break
            if self._starts_anew(row) and (found := self._layout_from([row, *rows.next_few(HEAD)])):
                yield [NotEntry(self.table.at(row), "The headings of another table")], False
                yield from self._headings(rows, found, done=1)
                self._begin(found, rows.next_few(HEAD), ())
                continue
            for outcome, perhaps_note in self.odd.outcomes_of(row):
                self._question(outcome)
                yield [outcome], perhaps_note
        self.table.end()

    def _nothing(self, rows):
        first = rows.next_few(FORM_ROWS)
        if len(first) < FORM_ROWS:  # the form above a chronology may say whom it is about
            texts = [text for row in first for text in texts_of(row)]
            self.context.subject = self.register.subject_of(*texts) or self.context.subject
        if first:
            self.warnings.append(
                f"{self.table} was not read: it has no column of dates beside a text."
            )
        why = f"{self.table} has no column of dates beside a text"
        for row in rows:
            yield [NotEntry(self.table.at(row), why)], False

    def _headings(self, rows, layout, done=0):
        for row in islice(rows, layout.heading_rows - done):
            self.table.number = row.number
            yield [NotEntry(self.table.at(row), "The column headings")], False

    def _find(self, rows, *, before=None):
        return find_layout(
            rows,
            mapping=self.context.mapping,
            part=self.part.name,
            register=self.register,
            agency_names=self.context.agency_names,
            before=before,
        )

    def _layout_from(self, rows):
        found = self._find(rows)
        return found[1] if found and found[0] == 0 else None

    def _begin(self, layout, head, titles):
        self.layouts.append(layout)
        self.table.begin(layout, head, titles)
        self.watch.order = self.table.order
        self.plain.begin()
        self.is_questionable = layout.is_guessed and not layout.goes_on

    def _question(self, outcome):
        """Where no heading said what the columns hold, the first entry asks whether it was guessed right."""
        if not self.is_questionable or type(outcome) is not ReadEntry:
            return
        self.is_questionable = False
        self.warnings.append(
            f"{self.table} has no headings that say where the date and the event are."
        )
        message = "No heading says what the columns hold. Check what they were taken for."
        outcome.doubts.append(Doubt(outcome.at, TEXT, message, self.table.text_heading))

    def _starts_anew(self, row):
        """The row heads another table further down the same sheet."""
        date_index = self.table.one.get(DATE)
        texts = row.texts
        if date_index is not None and date_index < len(texts):
            text = texts[date_index]
            if not text or text[0].isdigit():
                return False
        cleaned = texts_of(row)
        return heads_a_table(cleaned) and not self.odd.repeats_headings(cleaned)
