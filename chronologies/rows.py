"""Reads the rows of one sheet, table or CSV file, and says of every one what became of it.

Most rows are plain: a date like the ones before it, a text, nothing odd. They take the short way
(`_plain`). Whatever is odd about a row sends it the long way (odd_rows.py), which asks what kind it is.
"""

from collections import deque
from itertools import islice

from chronologies.columns import find_layout, heads_a_table
from chronologies.headings import ACTION, COMMENT, DATE, PERSON, SOURCE, TEXT, TIME
from chronologies.layout import texts_of
from chronologies.making import REMEMBERED, EntryMaker
from chronologies.odd_rows import OddRows
from chronologies.ordering import ClosingNotes, OrderWatch
from chronologies.outcomes import LONGEST_TEXT, Doubt, NotEntry, Place, ReadEntry
from chronologies.table import Table
from chronologies.wording import clean, what_clean_took

HEAD = 200  # rows that are looked at before the first is read
FORM_ROWS = 30  # a longer table is no form
FIRST_ROWS = 3  # below the headings, where a row may say how to fill the table in
ODD = object()


class _Rows:
    """The rows of a part, of which the next few can be seen before they are read."""

    def __init__(self, rows):
        self._rows = iter(rows)
        self._seen = deque()

    def next_few(self, count):
        self._seen.extend(islice(self._rows, max(0, count - len(self._seen))))
        return list(islice(self._seen, count))

    def __iter__(self):
        while True:
            while self._seen:
                yield self._seen.popleft()
            for row in self._rows:
                yield row
                if self._seen:
                    break
            else:
                return


class TableReader:
    """Reads one part of a file, row after row."""

    def __init__(self, part, context):
        self.part, self.context = part, context
        self.register = context.register
        self.table = Table(part, context)
        self.maker = EntryMaker(self.table)
        self.odd = OddRows(self.table, self.maker)
        self.layouts, self.warnings = [], []

    def outcomes(self):
        """One outcome after another; each stands for the row or rows it tells of."""
        closing, self.watch = ClosingNotes(), OrderWatch()
        watch = self.watch
        for outcome, perhaps_note in self._read():
            if not perhaps_note and not closing.held:
                yield from watch.push(outcome)
                continue
            for settled in closing.push(outcome, perhaps_note=perhaps_note):
                yield from watch.push(settled)
        for settled in closing.finish():
            yield from watch.push(settled)
        yield from watch.finish()

    def _read(self):
        rows = _Rows(self.part.rows)
        head = rows.next_few(HEAD)
        found = self._find(head, before=self.context.layout)
        if found is None:
            yield from self._nothing(rows)
            return
        start, layout = found
        titles = self.table.titles(head[:start])
        stream = iter(rows)
        for row in islice(stream, start):
            self.table.number = row.number
            yield NotEntry(self.table.at(row), "A title above the headings"), False
        yield from self._headings(stream, layout)
        self._begin(layout, rows.next_few(HEAD), titles)
        for row in stream:
            if entry := self._plain(row):
                yield entry, False
                continue
            if self._starts_anew(row) and (found := self._layout_from([row, *rows.next_few(HEAD)])):
                yield NotEntry(self.table.at(row), "The headings of another table"), False
                yield from self._headings(stream, found, done=1)
                self._begin(found, rows.next_few(HEAD), ())
                continue
            for outcome, perhaps_note in self.odd.outcomes_of(row):
                self._question(outcome)
                yield outcome, perhaps_note
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
            yield NotEntry(self.table.at(row), why), False

    def _headings(self, stream, layout, done=0):
        for row in islice(stream, layout.heading_rows - done):
            self.table.number = row.number
            yield NotEntry(self.table.at(row), "The column headings"), False

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
        self.known_dates = {}
        self.short_way = self._short_way()
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

    def _short_way(self):
        """Where each column stands, if every column of ours is one of theirs; else no row is plain."""
        if self.table.is_joined or self.table.layout.agencies or not self.table.dates.is_simple:
            return None
        at = self.table.one.get
        self.date_key = str(self.table.one[DATE])
        named = [at(column, -1) for column in (TIME, PERSON, ACTION, COMMENT, SOURCE)]
        return (self.table.one[DATE], self.table.one[TEXT], *named)

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

    # ---- a plain row

    def _plain(self, row):
        """The entry of a row with nothing odd about it, or None: then it goes the long way.

        Fifty thousand rows come this way, so it asks each thing once and remembers what it can.
        """
        table, way, texts = self.table, self.short_way, row.texts
        if way is None or len(texts) > table.width or table.rows_since_heading < FIRST_ROWS:
            return None
        date_at, text_at, time_at, person_at, action_at, comment_at, source_at = way
        whole = "|".join(texts)
        if not whole.isprintable() or "  " in whole:
            if what_clean_took(whole):
                return None
            texts = [clean(text) for text in texts]
        if len(texts) < table.width:
            texts = [*texts, *[""] * (table.width - len(texts))]
        written = texts[date_at]
        typed = _typed(row, self.date_key)
        if typed is ODD or not texts[text_at] or len(whole) > LONGEST_TEXT:
            return None
        reading = self.known_dates.get((typed, written)) or self._date_of(
            row, texts, typed, written
        )
        if reading is None:
            return None
        time_said = reading.time or ""
        if time_at >= 0 and texts[time_at]:
            time_said = self.maker.times.get(texts[time_at])
            if time_said is None:
                return None
        found, persons_as_written = self.register.find(whole), ""
        if person_at >= 0 and texts[person_at]:
            found, persons_as_written = self.maker.person_cell(texts[person_at], found)
        if found.strangers:
            return None
        table.number, table.last_row = row.number, row
        table.dates.remember(reading)
        other = {heading: texts[i] for i, heading in table.others if texts[i]}
        if table.section:
            other["Section"] = table.section
        return ReadEntry(
            Place(table.kind, table.name, row.number),
            reading.value,
            reading.inherited,
            time_said,
            found.known or table.subjects,
            persons_as_written,
            texts[text_at],
            texts[action_at] if action_at >= 0 else "",
            texts[comment_at] if comment_at >= 0 else "",
            texts[source_at] if source_at >= 0 else "",
            other,
            [],
        )

    def _date_of(self, row, texts, typed, written):
        """The date of a plain row that was not met before, or that is the one above."""
        if not written:
            return None if self.odd.may_be_no_entry(texts) else self.table.dates.from_above()
        value = (
            None if row._build is None and typed is None else row.cells[self.table.one[DATE]].value
        )
        reading = self.table.dates.alone(written, value)
        if reading:
            if len(self.known_dates) > REMEMBERED:
                self.known_dates.clear()
            self.known_dates[typed, written] = reading
        return reading


def _typed(row, column):
    """What the spreadsheet holds in this column besides its text: None, or enough to tell one date from
    another. ODD where the row has merges or other things that somebody must look at.

    It looks at the row before its cells are built, which would cost more than all the rest of reading it.
    """
    build = row._build
    if row._cells is not None or (build is not None and not hasattr(build, "extras")):
        if any(cell.origin for cell in row.cells):
            return ODD
        return row.cells[int(column)].value if int(column) < len(row.cells) else None
    if build is None:
        return None
    for extra in build.extras.values():
        if type(extra) is dict:
            return ODD
    return build.extras.get(column)
