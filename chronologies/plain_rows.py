"""The short way: the entries of rows with nothing odd about them.

Fifty thousand rows come this way. So it looks at many rows at once where that is all the same, asks
each thing once and remembers what it can.
"""

from chronologies.headings import ACTION, COMMENT, DATE, PERSON, SOURCE, TEXT, TIME
from chronologies.layout import texts_of
from chronologies.making import REMEMBERED
from chronologies.outcomes import LONGEST_TEXT, Place, ReadEntry
from chronologies.wording import what_clean_took
from foundations.office.tables import ODD

AT_ONCE = 50  # more is not faster: so many objects outlive the first garbage collection
FIRST_ROWS = 3  # below the headings, where a row may say how to fill the table in


class PlainRows:
    """The plain rows of one table."""

    def __init__(self, table, maker, odd):
        self.table, self.maker, self.odd = table, maker, odd
        self.register = table.register
        self.way = None
        self.looked_at = _LookedAt(self.register)

    def begin(self):
        """The table is laid out anew."""
        self.known_dates = {}
        self.way = self._way()

    def _way(self):
        """Where each column stands, if every column of ours is one of theirs; else no row is plain."""
        table = self.table
        if table.is_joined or table.layout.agencies or not table.dates.is_simple:
            return None
        named = (DATE, TEXT, TIME, PERSON, ACTION, COMMENT, SOURCE)
        return tuple(table.one.get(column, -1) for column in named)

    def take(self, rows):
        """The entries of the next rows up to the first that is odd, which is left where it is."""
        if self.way is None or self.table.rows_since_heading < FIRST_ROWS:
            return []
        looked_at = self.looked_at.from_here(rows)
        taken = list(self._entries(looked_at))
        if taken:
            row, *_ = looked_at[len(taken) - 1]
            self.table.number, self.table.last_row = row.number, row
            rows.skip(len(taken))
        return taken

    def _entries(self, looked_at):
        table, maker = self.table, self.maker
        date_at, text_at, time_at, person_at, action_at, comment_at, source_at = self.way
        dates_of, times_of, person_cell = self.known_dates.get, maker.times.get, maker.person_cell
        kind, part, others, width = table.kind, table.name, table.others, table.width
        # One more than the columns: a column that the table lacks stands last, and is blank.
        blanks = ("",) * (width + 1)
        last = None
        for row, texts, found in looked_at:
            if texts is None or len(texts) > width:
                return
            texts = texts + blanks[len(texts) :]
            typed = None if row.has_only_texts else row.typed_at(date_at)
            if typed is ODD or not texts[text_at]:
                return
            reading = dates_of((texts[date_at], typed)) or self._date_of(row, texts, typed)
            if reading is None:
                return
            time_said = times_of(texts[time_at]) if texts[time_at] else reading.time or ""
            if time_said is None:
                return
            persons_as_written = ""
            if texts[person_at]:
                found, persons_as_written = person_cell(texts[person_at], found)
            if found.strangers:
                return
            if reading is not last:
                table.dates.remember(reading)
                last = reading
            other = {heading: texts[i] for i, heading in others if texts[i]} if others else {}
            if table.section:
                other["Section"] = table.section
            yield ReadEntry(
                Place(kind, part, row.number),
                reading.value,
                reading.inherited,
                time_said,
                found.known or table.subjects,
                persons_as_written,
                texts[text_at],
                texts[action_at],
                texts[comment_at],
                texts[source_at],
                other,
                [],
            )

    def _date_of(self, row, texts, typed):
        """The date of a plain row that was not met before, or that is the one above."""
        dates = self.table.dates
        written = texts[dates.date]
        if not written:
            return None if self.odd.may_be_no_entry(texts) else dates.from_above()
        value = None if typed is None else row.value_at(dates.date)
        reading = dates.alone(written, value)
        if reading:
            if len(self.known_dates) > REMEMBERED:
                self.known_dates.clear()
            self.known_dates[written, typed] = reading
        return reading


class _LookedAt:
    """What can be told of rows without their table, told of many at once."""

    def __init__(self, register):
        self.register = register
        self.known, self.end = [], 0

    def from_here(self, rows):
        """Of the next few rows: the row, its texts cleaned (None: it is odd), who is named in it."""
        if rows.taken >= self.end:
            few = rows.next_few(AT_ONCE)
            self.known = list(self._look_at(few))
            self.end = rows.taken + len(few)
        return self.known[len(self.known) - (self.end - rows.taken) :]

    def _look_at(self, rows):
        wholes = ["|".join(row.texts) for row in rows]
        are_tidy = _is_tidy("|".join(wholes))
        finds = self.register.find_each(wholes)
        for row, whole, found in zip(rows, wholes, finds, strict=True):
            texts = row.texts
            if len(whole) > LONGEST_TEXT:
                texts = None
            elif not are_tidy and not _is_tidy(whole):
                texts = None if what_clean_took(whole) else tuple(texts_of(row))
            yield row, texts, found


def _is_tidy(text):
    """`clean` would leave it as it is."""
    return text.isprintable() and "  " not in text
