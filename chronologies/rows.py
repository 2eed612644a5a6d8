"""Reads the rows of one sheet, table or CSV file, and says of every one what became of it.

Most rows are plain: a date like the ones before it, a text, nothing odd. They take the short way
(`_plain`). Whatever is odd about a row sends it the long way (`_odd`), which asks what kind of row it is.
"""

import re
from collections import deque
from dataclasses import dataclass, field, replace
from datetime import date, datetime, time
from itertools import islice

from chronologies.columns import (
    LONGEST_HEADING,
    Layout,
    Mapping,
    find_layout,
    heads_a_table,
    texts_of,
)
from chronologies.headings import (
    ACTION,
    COMMENT,
    DATE,
    DATE_TO,
    DAY,
    MONTH,
    PERSON,
    SOURCE,
    TEXT,
    TIME,
    YEAR,
    plain,
)
from chronologies.ordering import NEWEST_FIRST, ClosingNotes, OrderWatch, order_of
from chronologies.outcomes import LONGEST_TEXT, Doubt, NotEntry, Place, ReadEntry, Rejected
from chronologies.persons import Found, Register
from chronologies.wording import (
    clean,
    has_bounds,
    lead_date,
    reads_as_date,
    shows_undated,
    what_clean_took,
)
from foundations.dates import PartialDate, parse, read_cell

HEAD = 200  # rows that are looked at before the first is read
EARLIEST_YEAR = 1900
REMEMBERED = 8192  # dates, person cells
FORM_ROWS = 30
FIRST_ROWS = 3  # below the headings, where a row may say how to fill the table in

_TOTAL = re.compile(
    r"(?i)(?:grand |sub[- ]?)?totals?\b|(?:overall|average)\b.{0,20}$|number of \w+:?$"
)
_CLOSING = re.compile(
    r"(?i)(?:signed|signature|(?:compiled|completed|prepared|submitted|checked|quality assured|approved) by"
    r"|print name|name|position|designation|job title|(?:report )?author|agency|organisation"
    r"|date(?: of)? (?:completed|completion|signed|submitted)|end(?: of .{0,40})?|key|abbreviations?|glossary"
    r"|sources?|notes?|n\.?b\.?|disclaimer|page \d+(?: of \d+)?|version|e-?mail|tel(?:ephone)?)\s*[:.–-]?"
)
_LABEL = re.compile(
    r"(?i)(?:signed|signature|print name|date|name|position|job title|role|designation)\s*:?"
)
_NOTE = re.compile(
    r"(?i)(?:notes?|n\.?b\.?|sources?|key|signed|end of|please note|in (?:total|summary)|overall"
    r"|during the (?:period|time)|of the \w+ |totals?|the (?:above|following)|\*)"
)
_PROMPT = re.compile(
    r"(?i)\(?(?:dd|d)\s?[/.-]\s?mm?m?\s?[/.-]\s?yy|\(?(?:e\.?g\.?|i\.?e\.?|for example|example)\b|hh\s?[:.]\s?mm"
    r"|\(?(?:please|insert|enter|describe|state|give|include|list|provide|record|use)\b|[\[<(].*[\])>]$|24 ?hr"
)
_YEAR_IN = re.compile(r"\b(?:19|20)\d\d\b")
ODD = object()
_ABSOLUTE = {"minute", "day", "month", "year"}
_NUMERIC = re.compile(r"(\d{1,2})[./-](\d{1,2})[./-]\d{2,4}")
_WORDS = re.compile(r"\w+")


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
    dates: dict = field(default_factory=dict)  # readings of dates that stand on their own feet


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


class DateReader:
    """Reads the date of a row from the one or several columns it stands in.

    A blank date is the date above; a heading between the rows ("2009") is what the rows under it may
    lean on.
    """

    def __init__(self, layout, context, *, newest_first=False):
        columns = layout.columns
        self.date = columns.get(DATE, (None,))[0]
        self.to = columns.get(DATE_TO, (None,))[0]
        self.parts = [columns[part][0] for part in (DAY, MONTH, YEAR) if part in columns]
        self.year = columns[YEAR][0] if YEAR in columns else None
        self.headings = layout.headings
        self.context = context
        self.above = context.above
        self.band = None
        self.band_is_fresh = False
        self.newest_first = newest_first
        self.month_may_be_first = self.turned_by_spreadsheet = False
        self.last_year = ""

    def suspect_exchanges(self, head):
        """Whether days and months seem to have changed places, in the author's hand or the spreadsheet's.

        A spreadsheet set to American dates takes 05/04 for 4 May and leaves 13/04 as text: then no real
        date has a day beyond 12, and every date left as text has.
        """
        texts, days = [], []
        for row in head:
            value = self._value(row)
            if isinstance(value, date):
                days.append(value.day)
            else:
                texts.append(self.written(texts_of(row)))
        numbers = [found for found in map(_numbers_of, texts) if found]
        self.month_may_be_first = _months_come_first(numbers)
        self.turned_by_spreadsheet = (
            len(days) > 2
            and max(days) <= 12
            and len(numbers) > 1
            and all(n[0] > 12 for n in numbers)
        )

    def _value(self, row):
        in_row = self.date is not None and self.date < len(row.cells)
        return row.cells[self.date].value if in_row else None

    @property
    def is_simple(self):
        """One column holds the whole date."""
        return self.date is not None and self.to is None and not self.parts

    @property
    def heading(self):
        return self.headings[self.date if self.date is not None else self.parts[0]]

    def written(self, texts):
        """The date as the row writes it, whatever the number of columns."""
        if self.date is None:
            return self._joined(texts)
        text = texts[self.date] if self.date < len(texts) else ""
        if self.to is not None and self.to < len(texts) and texts[self.to] not in ("", text):
            return f"{text} to {texts[self.to]}" if text else texts[self.to]
        if self.year is not None and text and not _YEAR_IN.search(text):
            return f"{text} {self._year(texts)}".strip()
        return text

    def _joined(self, texts):
        parts = [texts[i] if i < len(texts) else "" for i in self.parts]
        if self.year is not None and any(parts):
            parts[-1] = self._year(texts)
        return " ".join(part.removesuffix(".0") for part in parts if part)

    def _year(self, texts):
        if self.year < len(texts) and texts[self.year]:
            self.last_year = texts[self.year]
        return self.last_year

    def read(self, texts, value):
        """(Reading, doubts in words) of a row."""
        text = self.written(texts)
        if not text:
            return self._inherit()
        if self.to is not None or self.parts:
            value = None
        reading = self._reading(text, value)
        return reading, [*reading.doubts, *self._doubts(text, reading, value)]

    @staticmethod
    def _stands_alone(text, value, reading):
        """Nothing above it has a part in what this date means."""
        found = reading.value
        if found.base is not None or reading.doubts or found.precision not in _ABSOLUTE:
            return False
        return isinstance(value, date) or bool(_YEAR_IN.search(text))

    @property
    def _nearest(self):
        """What stands above: a heading that no row has come after yet, or the row above."""
        return self.band if self.band_is_fresh else self.above

    @property
    def _start_above(self):
        return self._nearest and self._nearest.earliest

    def begin_band(self, value):
        self.band, self.band_is_fresh = value, True

    def _inherit(self):
        above = self._nearest
        if above is None:
            return parse(""), ["There is no date here, and none above to take."]
        reading = parse("", above=above)
        doubts = ()
        if above.precision == "invalid":
            doubts = [f"There is no date here, and the one above, “{above.text}”, is not a date."]
        return reading, list(doubts)

    def alone(self, text, value):
        """The reading of a date that needs nothing around it and leaves no doubt; else None."""
        if len(text) > 40:
            return None
        reading = read_cell(value, text)
        if any(self._doubts(text, reading, value)) or not self._stands_alone(text, value, reading):
            return None
        return reading

    def _reading(self, text, value):
        reading = read_cell(value, text, above=self._nearest)
        if self.band and not has_bounds(reading.value) and not _YEAR_IN.search(text):
            under_band = self._under_band(text)
            reading = under_band or reading
        return reading

    def _under_band(self, text):
        """ "12 March" under the heading "2009"; "12th" under the heading "March 2009"."""
        year = _YEAR_IN.search(self.band.text)
        for context in (self.band.text, year and year[0]):
            if context and any(character.isdigit() for character in text):
                reading = parse(f"{text} {context}")
                if has_bounds(reading.value) and reading.value.overlaps(self.band):
                    return reading._replace(value=replace(reading.value, text=text))
        return None

    def _doubts(self, text, reading, cell_value):
        value = reading.value
        if value.earliest and value.earliest > self.context.as_at:
            yield f"{value} is in the future. Check the year."
        if value.latest and value.latest.year < EARLIEST_YEAR:
            yield f"{value} is very long ago. Check the year."
        if value.base is not None and self.newest_first and value.earliest != self._start_above:
            yield f"“{text}” was counted from the row above, but the newest row stands first here."

        if isinstance(cell_value, date):
            if self.turned_by_spreadsheet and cell_value.day != cell_value.month:
                yield f"{value} may be wrong: the spreadsheet seems to have exchanged days and months."
        elif self.month_may_be_first and _is_turnable(text):
            yield f"{value} may be wrong: other dates here have the month first."

    def remember(self, reading):
        self.above, self.band_is_fresh = reading.value, False


def _numbers_of(text):
    match = _NUMERIC.match(text)
    return (int(match[1]), int(match[2])) if match else None


def _is_turnable(text):
    """Another date with day and month exchanged."""
    numbers = _numbers_of(text)
    return bool(numbers) and max(numbers) <= 12 and numbers[0] != numbers[1]


def _months_come_first(numbers):
    """Some dates can only have the month first, and none can only have the day first."""
    return any(second > 12 for _, second in numbers) and not any(first > 12 for first, _ in numbers)


class TableReader:
    """Reads one part of a file, row after row."""

    def __init__(self, part, context):
        self.part, self.context = part, context
        self.register = context.register
        self.place = (part.kind, part.name)
        self.layout = None
        self.layouts, self.warnings = [], []
        self.subject = None
        self.number = 0
        self.merged, self.last_row = {}, None
        self.person_cells, self.times = {}, {}

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
        found = find_layout(
            head,
            mapping=self.context.mapping,
            part=self.part.name,
            register=self.register,
            agency_names=self.context.agency_names,
            before=self.context.layout,
        )
        if found is None:
            yield from self._nothing(rows)
            return
        start, layout = found
        titles = self._titles(head[:start])
        stream = iter(rows)
        for row in islice(stream, start):
            self.number = row.number
            yield NotEntry(self.at(row), "A title above the headings"), False
        yield from self._headings(stream, layout)
        self._begin(layout, rows.next_few(HEAD), titles)
        if not layout.heading_rows and not layout.goes_on:
            self.warnings.append(f"{self._named()} has no headings. Check what its columns hold.")
        for row in stream:
            if entry := self._plain(row):
                yield entry, False
                continue
            if self._starts_anew(row) and (found := self._layout_from([row, *rows.next_few(HEAD)])):
                yield NotEntry(self.at(row), "The headings of another table"), False
                yield from self._headings(stream, found, done=1)
                self._begin(found, rows.next_few(HEAD), ())
                continue
            yield from self._outcomes_of(row)
        self.context.layout = self.layout
        self.context.subject = self.subject if self.part.kind == "table" else None
        self.context.above = self.dates.above

    def _nothing(self, rows):
        first = rows.next_few(FORM_ROWS)
        if len(first) < FORM_ROWS:  # the form above a chronology may say whom it is about
            texts = [text for row in first for text in texts_of(row)]
            self.context.subject = self.register.subject_of(*texts) or self.context.subject
        if first:
            self.warnings.append(
                f"{self._named()} was not read: it has no column of dates beside a text."
            )
        why = f"{self._named()} has no column of dates beside a text"
        for row in rows:
            yield NotEntry(self.at(row), why), False

    def _named(self):
        kind, name = self.place
        return {"sheet": f"Sheet “{name}”", "table": f"Table {name}"}.get(kind, "The file")

    def _headings(self, stream, layout, done=0):
        for row in islice(stream, layout.heading_rows - done):
            self.number = row.number
            yield NotEntry(self.at(row), "The column headings"), False

    def _layout_from(self, rows):
        found = find_layout(
            rows,
            mapping=self.context.mapping,
            part=self.part.name,
            register=self.register,
            agency_names=self.context.agency_names,
        )
        return found[1] if found and found[0] == 0 else None

    def _titles(self, rows):
        above = [text for row in rows for text in texts_of(row) if text]
        return [*map(clean, self.part.above), clean(self.part.heading), *above]

    @property
    def subjects(self):
        return (self.subject,) if self.subject else ()

    def at(self, row):
        return Place(*self.place, row.number)

    # ---- a layout begins

    def _begin(self, layout, head, titles):
        self.layout = layout
        self.layouts.append(layout)
        self.subject = self._subject_from(titles)
        self.section = ""
        self.lone_text = layout.columns.get(TEXT, layout.agencies)
        self.width = len(layout.headings)
        dates = self._dates_in(head)
        order = order_of(dates)
        self.watch.order = order
        newest_first = order == NEWEST_FIRST
        self.dates = DateReader(layout, self.context, newest_first=newest_first)
        self.dates.suspect_exchanges(head)
        self.context.above = None
        self.rows_since_heading = 0
        heading = clean(self.part.heading)
        if heading and len(heading) <= 30 and reads_as_date(heading):
            self.dates.begin_band(parse(heading).value)
        single = {column: indexes[0] for column, indexes in layout.columns.items()}
        self.one = single
        self.joined = any(len(indexes) > 1 for indexes in layout.columns.values())
        self.others = layout.unmapped
        self.columns_of_headings = {i: column for column, ii in layout.columns.items() for i in ii}
        self.short_way = self._short_way()
        self.known_dates = self.context.dates

    def _short_way(self):
        """Where each column stands, if every column of ours is one of theirs; else no row is plain."""
        if self.joined or self.layout.agencies or not self.dates.is_simple:
            return None
        at = self.one.get
        self.date_key = str(self.one[DATE])
        named = [at(column, -1) for column in (TIME, PERSON, ACTION, COMMENT, SOURCE)]
        return (self.one[DATE], self.one[TEXT], *named)

    def _subject_from(self, titles):
        """Whom the whole sheet or table is about. Later Word tables are about whom the first was."""
        sheet = self.part.name if self.part.kind == "sheet" else ""
        if subject := self.register.subject_of(sheet):
            return subject
        named = self.register.named_in(*titles)
        if not named:
            return self.subject or self.context.subject
        return named.pop() if len(named) == 1 else None

    def _dates_in(self, head):
        index = self.layout.columns.get(DATE, (None,))[0]
        if index is None:
            return []
        return [
            read_cell(cell.value, clean(cell.text)).value
            for row in head
            for cell in row.cells[index : index + 1]
            if cell.text and (isinstance(cell.value, date) or reads_as_date(clean(cell.text)))
        ]

    def _starts_anew(self, row):
        """The row heads another table further down the same sheet."""
        date_index = self.one.get(DATE)
        texts = row.texts
        if date_index is not None and date_index < len(texts):
            text = texts[date_index]
            if not text or text[0].isdigit():
                return False
        cleaned = texts_of(row)
        return heads_a_table(cleaned) and not self._repeats_headings(cleaned)

    def _repeats_headings(self, texts):
        """Most cells say what stands above them; a page later the table is headed again."""
        filled = [(i, text) for i, text in enumerate(texts) if text]
        if len(filled) < 2 or max(len(text) for _, text in filled) > LONGEST_HEADING:
            return False
        headings = self.layout.headings
        same = sum(
            1
            for i, text in filled
            if i < self.width and plain(text) and plain(headings[i]).endswith(plain(text))
        )
        return same >= max(2, 0.7 * len(filled))

    # ---- a plain row

    def _plain(self, row):
        """The entry of a row with nothing odd about it, or None: then it goes the long way.

        Fifty thousand rows come this way, so it asks each thing once and remembers what it can.
        """
        way, texts = self.short_way, row.texts
        if (
            way is None
            or self.section
            or len(texts) > self.width
            or self.rows_since_heading < FIRST_ROWS
        ):
            return None
        date_at, text_at, time_at, person_at, action_at, comment_at, source_at = way
        whole = "|".join(texts)
        if not whole.isprintable() or "  " in whole:
            if what_clean_took(whole):
                return None
            texts = [clean(text) for text in texts]
        if len(texts) < self.width:
            texts = [*texts, *[""] * (self.width - len(texts))]
        written = texts[date_at]
        if not written or not texts[text_at] or len(whole) > LONGEST_TEXT:
            return None
        typed = _typed(row, self.date_key)
        if typed is ODD:
            return None
        reading = self.known_dates.get((typed, written)) or self._date_alone(row, typed, written)
        if reading is None:
            return None
        time_said = reading.time or ""
        if time_at >= 0 and texts[time_at]:
            time_said = self.times.get(texts[time_at])
            if time_said is None:
                return None
        found = self.register.find(whole)
        written = ""
        if person_at >= 0 and texts[person_at]:
            found, written = self._person_cell(texts[person_at], found)
        if found.strangers:
            return None
        other = {heading: texts[i] for i, heading in self.others if texts[i]}
        if self.section:
            other["Section"] = self.section
        number = self.number = row.number
        self.last_row = row
        self.dates.above, self.dates.band_is_fresh = reading.value, False
        kind, name = self.place
        return ReadEntry(
            Place(kind, name, number),
            reading.value,
            False,
            time_said,
            found.known or self.subjects,
            written,
            texts[text_at],
            texts[action_at] if action_at >= 0 else "",
            texts[comment_at] if comment_at >= 0 else "",
            texts[source_at] if source_at >= 0 else "",
            other,
            [],
        )

    def _date_alone(self, row, typed, written):
        value = None if row._build is None and typed is None else row.cells[self.one[DATE]].value
        reading = self.dates.alone(written, value)
        if reading:
            if len(self.known_dates) > REMEMBERED:
                self.known_dates.clear()
            self.known_dates[typed, written] = reading
        return reading

    def _person_cell(self, written, in_row):
        """Everybody in the row; and the words of the person cell where they say more than the codes."""
        in_cell = self.register.find_in_person_cell(written)
        key = (written, in_row)
        if key not in self.person_cells:
            if len(self.person_cells) > REMEMBERED:
                self.person_cells.clear()
            self.person_cells[key] = (
                Found(
                    tuple(sorted({*in_cell.known, *in_row.known})),
                    tuple(sorted({*in_cell.strangers, *in_row.strangers})),
                ),
                "" if _names_only(written, in_cell.all) else written,
            )
        return self.person_cells[key]

    # ---- one row, the long way

    def _outcomes_of(self, row):
        texts, values = self._resolve(row)
        told_above = any(_goes_on(row, i) and texts[i] for i in self.lone_text)
        filled = [i for i, text in enumerate(texts) if text]
        own = [i for i in filled if row.texts[i]]
        follows_gap = 0 < self.number < row.number - 1
        self.number, self.last_row = row.number, row
        self.rows_since_heading += 1
        if not own:
            yield NotEntry(self.at(row), "A blank row"), False
        elif self._repeats_headings(texts):
            self.rows_since_heading = 0
            yield NotEntry(self.at(row), "The column headings again"), False
        elif self._prompts(texts, filled):
            yield NotEntry(self.at(row), "A row that says how to fill the table in"), False
        elif len(own) == 1 and not told_above:
            yield from self._lone(row, texts, values, own[0], follows_gap=follows_gap)
        else:
            yield from self._several(row, texts, values, own)

    def _resolve(self, row):
        """The texts of a row, with what is merged down from the rows above where that belongs to it too."""
        texts = texts_of(row)
        cells = row.cells
        for i, cell in enumerate(cells):
            if cell.origin and cell.origin[0] != row.number and self._spreads(i, cell.origin[1]):
                texts[i] = self._merged_text(cell.origin)
            elif not cell.origin and cell.text:
                self.merged[i] = (row.number, texts[i])
        return texts, [cell.value for cell in cells]

    def _spreads(self, i, origin_column):
        """A person or a place merged over three rows belongs to all three; a date is inherited, and an
        action is told once."""
        return i == origin_column and self.columns_of_headings.get(i) not in (
            DATE,
            DATE_TO,
            ACTION,
            COMMENT,
        )

    def _merged_text(self, origin):
        row, column = origin
        number, text = self.merged.get(column, (None, ""))
        if number != row and self.last_row is not None and self.last_row.number == row:
            text = clean(self.last_row.texts[column])
            self.merged[column] = (row, text)
            return text
        return text if number == row else ""

    def _prompts(self, texts, filled):
        if self.rows_since_heading > 2:
            return False
        if len(filled) >= 3 and all(texts[i].isdigit() and len(texts[i]) <= 2 for i in filled):
            return [int(texts[i]) for i in filled] == list(
                range(int(texts[filled[0]]), int(texts[filled[0]]) + len(filled))
            )
        prompts = sum(bool(_PROMPT.match(texts[i])) for i in filled)
        dated = reads_as_date(self.dates.written(texts)) if filled else False
        return len(filled) >= 2 and prompts * 2 >= len(filled) and not dated

    # ---- a row with one cell

    def _lone(self, row, texts, values, i, *, follows_gap):
        text = texts[i]
        across = sum(1 for cell in row.cells if cell.origin and cell.origin[0] == row.number)
        merged_across = across >= max(1, self.width - 2)
        in_text = i in self.lone_text and not merged_across
        if len(text) <= 60 and self._is_band(text, values[i]):
            yield from self._band(row, text, values[i], i, merged_across)
        elif lead := self._told_after_date(text):
            yield self._entry_in_one_cell(row, texts, i, *lead), False
        elif in_text and not _TOTAL.match(text):
            yield from self._lone_event(row, texts, i, follows_gap)
        elif i in self._indexes(ACTION, COMMENT) and not merged_across and not _TOTAL.match(text):
            yield from self._several(row, texts, values, [i])
        elif i == self.one.get(DATE) and not merged_across and shows_undated(text):
            yield NotEntry(self.at(row), "A row with nothing written beside its date"), False
        else:
            doubts = [] if merged_across or i == 0 or text.isdigit() else [self._left_out(row, i)]
            yield NotEntry(self.at(row), self._why_lone(text), doubts=doubts), False

    def _left_out(self, row, i):
        return self._doubt(
            row,
            self.columns_of_headings.get(i),
            "Only this cell is filled, so the row was left out.",
            i,
        )

    def _indexes(self, *columns):
        return {i for column in columns for i in self.layout.columns.get(column, ())}

    def _is_band(self, text, value):
        return isinstance(value, date) or reads_as_date(text, value)

    def _band(self, row, text, value, i, merged_across):
        found = read_cell(value, text).value
        exact = found.precision in ("day", "minute")
        if exact and not merged_across and i == self.one.get(DATE):
            doubt = self._doubt(row, DATE, "Nothing is written beside this date.", i)
            yield (
                NotEntry(self.at(row), "A date with nothing written beside it", doubts=[doubt]),
                False,
            )
            return
        self.dates.begin_band(found)
        yield NotEntry(self.at(row), f"A heading between the rows: “{text}”"), False

    @staticmethod
    def _told_after_date(text):
        """ "12.03.2011 – what happened", all in one cell."""
        lead = lead_date(text)
        return lead if lead and len(lead[1].split()) >= 3 else None

    def _entry_in_one_cell(self, row, texts, i, written, told):
        reading = self.dates._reading(written, None)
        doubt = self._doubt(row, TEXT, "The date and the event stand in one cell here.", i)
        split = ["" for _ in texts]
        split[self.lone_text[0]] = told
        self.dates.remember(reading)
        return self._entry(row, split, reading, [doubt])

    def _lone_event(self, row, texts, i, follows_gap):
        reading, words = self.dates.read(["" for _ in texts], None)
        doubts = [self._doubt(row, DATE, message) for message in words]
        perhaps_note = self.width > 1 and (
            follows_gap
            or (i == 0 and self.width >= 3 and len(texts[i].split()) > 3)
            or bool(_NOTE.match(texts[i]))
        )
        if perhaps_note:
            doubts.append(
                self._doubt(row, TEXT, "Only this cell is filled. Is it an event, or a note?", i)
            )
        self.dates.remember(reading)
        yield self._entry(row, texts, reading, doubts), perhaps_note

    def _why_lone(self, text):
        if text.isdigit():
            return "A row with nothing but its number"
        if _TOTAL.match(text):
            return "A total, not an entry"
        if len(_WORDS.findall(text)) > 8 or text.endswith(".") or _NOTE.match(text):
            return "A note on the table, not an entry"
        named = self.register.subject_of(text)
        self.subject = named or self.subject
        self.section = "" if named else text
        return f"A heading between the rows: “{text}”"

    # ---- a row with several cells

    def _several(self, row, texts, values, own):
        told = any(texts[i] for i in self.lone_text if i < len(texts))
        first = texts[own[0]]
        written = self.dates.written(texts)
        dated = bool(written) and (reads_as_date(written) or self._has_date_value(values))
        if not dated and (_TOTAL.match(first) or self._closes(texts, own)):
            yield NotEntry(self.at(row), self._why_closing(first)), False
            return
        if not told:
            yield from self._untold(row, texts, values, own, dated)
            return
        reading, words = self._reading(texts, values)
        doubts = [self._doubt(row, DATE, message) for message in words]
        if any(_goes_on(row, i) for i in self.lone_text):
            message = (
                f"“{self._text_heading()}” is merged with the row above and was read for both."
            )
            doubts.append(self._doubt(row, TEXT, message))
        if self.layout.agencies:
            for outcome in self._by_agency(row, texts, reading, doubts):
                yield outcome, False
        else:
            yield self._entry(row, texts, reading, doubts), False
        self.dates.remember(reading)

    def _has_date_value(self, values):
        i = self.one.get(DATE)
        return i is not None and i < len(values) and isinstance(values[i], date)

    def _reading(self, texts, values):
        i = self.one.get(DATE)
        return self.dates.read(texts, values[i] if i is not None and i < len(values) else None)

    def _closes(self, texts, own):
        labels = sum(bool(_LABEL.fullmatch(texts[i])) for i in own)
        return (
            (bool(_CLOSING.fullmatch(texts[own[0]])) and own[0] not in self.lone_text)
            or labels >= 2
            or (labels == 1 and texts[own[0]].endswith(":") and len(own) == 2)
        )

    @staticmethod
    def _why_closing(first):
        return "A total, not an entry" if _TOTAL.match(first) else "A closing line, not an entry"

    def _untold(self, row, texts, values, own, dated):
        heading = self._text_heading()
        if any(texts[i] for i in self._indexes(ACTION, COMMENT) if i < len(texts)):
            reading, words = self._reading(texts, values)
            doubts = [self._doubt(row, DATE, message) for message in words]
            doubts.append(self._doubt(row, TEXT, f"Nothing is written under “{heading}”."))
            self.dates.remember(reading)
            yield self._entry(row, texts, reading, doubts), False
            return
        doubts = []
        if dated or any(len(texts[i].split()) >= 5 for i in own):
            message = f"Nothing is written under “{heading}”, so the row was left out."
            doubts.append(self._doubt(row, TEXT, message))
        why = f"A row with nothing written under “{heading}”"
        yield NotEntry(self.at(row), why, doubts=doubts), False

    def _text_heading(self):
        return self.layout.headings[self.lone_text[0]]

    def _by_agency(self, row, texts, reading, doubts):
        for i in self.layout.agencies:
            if i < len(texts) and texts[i]:
                alone = [
                    text if k == i or k not in self.layout.agencies else ""
                    for k, text in enumerate(texts)
                ]
                outcome = self._entry(row, alone, reading, list(doubts), text_index=i)
                if isinstance(outcome, ReadEntry):
                    self._say_whose(outcome, self.layout.headings[i])
                yield outcome

    def _say_whose(self, entry, heading):
        """A column of its own for each agency, or for each person."""
        if named := self.register.find_in_person_cell(heading).all:
            own = () if entry.persons == self.subjects else entry.persons
            entry.persons = tuple(sorted({*own, *named}))
        else:
            entry.other = {"Agency": heading, **entry.other}

    # ---- an entry

    def _entry(self, row, texts, reading, doubts, text_index=None):
        if too_long := self._too_long(row, texts):
            return too_long
        doubts = [*doubts, *self._what_was_taken(row)]
        time_said, time_doubt = self._time(row, texts, reading)
        found, persons_as_written = self._persons(row, texts, doubts)
        told = texts[text_index] if text_index is not None else self._text(texts, TEXT)
        return ReadEntry(
            at=self.at(row),
            date=reading.value,
            inherited=reading.inherited,
            time=time_said,
            persons=found,
            persons_as_written=persons_as_written,
            text=told,
            action=self._text(texts, ACTION),
            comment=self._text(texts, COMMENT),
            source=self._text(texts, SOURCE),
            other=self._other(texts),
            doubts=[*doubts, *time_doubt],
        )

    def _text(self, texts, column):
        indexes = self.layout.columns.get(column, ())
        if not indexes and column == TEXT:
            indexes = self.layout.agencies
        return "\n".join(texts[i] for i in indexes if i < len(texts) and texts[i])

    def _other(self, texts):
        known = {heading: texts[i] for i, heading in self.others if i < len(texts) and texts[i]}
        if self.section:
            known["Section"] = self.section
        beyond = range(self.width, len(texts))
        return {**known, **{f"Column {i + 1}": texts[i] for i in beyond if texts[i]}}

    def _too_long(self, row, texts):
        for i, text in enumerate(texts):
            if len(text) > LONGEST_TEXT:
                heading = self.layout.headings[i] if i < self.width else f"Column {i + 1}"
                at = self.at(row)
                message = (
                    f"{str(at).capitalize()} has {len(text):,} characters under “{heading}”; "
                    f"at most {LONGEST_TEXT:,} fit. Divide the row into several."
                )
                return Rejected(at, self.columns_of_headings.get(i), message, heading)
        return None

    def _what_was_taken(self, row):
        for i, text in enumerate(row.texts):
            if not text.isprintable() and (taken := what_clean_took(text)):
                message = f"This cell held {taken}, which were taken out."
                yield self._doubt(row, self.columns_of_headings.get(i), message, i)

    def _time(self, row, texts, reading):
        written = self._text(texts, TIME)
        if not written:
            return reading.time or "", ()
        i = self.one[TIME]
        value = row.cells[i].value if i < len(row.cells) else None
        said = _shown_time(value, written)
        if _impossible_time(said):
            return said, [self._doubt(row, TIME, f"“{said}” is not a time of day.", i)]
        if len(self.times) < REMEMBERED:
            self.times[written] = said
        return said, ()

    def _persons(self, row, texts, doubts):
        written = self._text(texts, PERSON)
        found = self.register.find("\n".join(text for text in texts if text))
        if written:
            found, written = self._person_cell(written, found)
        for stranger in found.strangers:
            message = f"{stranger} is not one of the people of this review."
            doubts.append(self._doubt(row, PERSON, message))
        return found.all or self.subjects, written

    def _doubt(self, row, column, message, index=None):
        index = self.one.get(column) if index is None else index
        heading = self.layout.headings[index] if index is not None and index < self.width else ""
        return Doubt(self.at(row), column, message, heading)


def _goes_on(row, column):
    """The cell is merged with the one above it."""
    origin = row.cells[column].origin if column < len(row.cells) else None
    return bool(origin) and origin[0] != row.number


def _typed(row, column):
    """What the spreadsheet holds in this column besides its text: None, or enough to tell one date from
    another. ODD where the row has merges or other things that somebody must look at.

    It looks at the row before its cells are built, which would cost more than all the rest of reading it.
    """
    build = row._build
    if row._cells is not None or (build is not None and not hasattr(build, "extras")):
        if any(cell.origin for cell in row.cells):
            return ODD
        return row.cells[int(column)].value
    if build is None:
        return None
    for extra in build.extras.values():
        if type(extra) is dict:
            return ODD
    return build.extras.get(column)


def _names_only(written, codes):
    """Whether a person cell says nothing beyond the codes found in it."""
    for code in codes:
        written = written.replace(code, "")
    return not written.strip(" ,;/&+.\n").removeprefix("and").strip()


def _shown_time(value, written):
    """A spreadsheet keeps a time as a part of a day."""
    if isinstance(value, float) and 0 <= value < 1:
        minutes = round(value * 24 * 60)
        return f"{minutes // 60 % 24:02}:{minutes % 60:02}"
    if isinstance(value, (time, datetime)) and not re.search(r"\d[:.]\d", written):
        return value.strftime("%H:%M")
    return written


def _impossible_time(said):
    match = re.fullmatch(r"(\d{1,2})[:.](\d{2})(?:[:.]\d{2})?(?: ?(?:hrs?|hours))?", said)
    return bool(match) and (int(match[1]) > 24 or int(match[2]) > 59)
