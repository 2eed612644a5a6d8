"""Reads the rows that are not plain: bands, notes, totals, merged cells, and entries with something odd.

What a row is not is told with the reason; what might be an entry after all is doubted as well.
"""

import re
from datetime import date

from chronologies.columns import LONGEST_HEADING
from chronologies.headings import ACTION, COMMENT, DATE, DATE_TO, TEXT, plain
from chronologies.layout import texts_of
from chronologies.outcomes import NotEntry, ReadEntry
from chronologies.wording import clean, lead_date, reads_as_date, shows_undated
from foundations.dates import read_cell

LONGEST_DATE = 60
SPARE_MARKS = 3  # a colon or an asterisk that the first heading lacks
LONGEST_CLOSING = 6  # words beside a signature or a key

_TOTAL = re.compile(
    r"(?i)(?:(?:grand |sub[- ]?)?totals?\b|number of \w+:?$).{0,40}|(?:overall|average)\b.{0,20}"
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
_WORDS = re.compile(r"\w+")


class OddRows:
    """Gives, for each row it is asked about, (outcome, whether it may be a closing note)."""

    def __init__(self, table, maker):
        self.table, self.maker, self.register = table, maker, table.register
        self.merged = {}

    def outcomes_of(self, row):
        texts, values = self._resolve(row)
        told_above = any(_goes_on(row, i) and texts[i] for i in self.table.text_columns)
        filled = [i for i, text in enumerate(texts) if text]
        own = [i for i in filled if row.texts[i]]
        follows_gap = 0 < self.table.number < row.number - 1
        self.table.number, self.table.last_row = row.number, row
        self.table.rows_since_heading += 1
        if not own:
            yield NotEntry(self.table.at(row), "A blank row"), False
        elif self.repeats_headings(texts):
            self.table.rows_since_heading = 0
            yield NotEntry(self.table.at(row), "The column headings again"), False
        elif self._prompts(texts, filled):
            yield NotEntry(self.table.at(row), "A row that says how to fill the table in"), False
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
        short = max(0, self.table.width - len(texts))
        return texts + [""] * short, [cell.value for cell in cells] + [None] * short

    def _spreads(self, i, origin_column):
        """A person or a place merged over three rows belongs to all three; a date is inherited, and an
        action is told once."""
        return i == origin_column and self.table.column_at.get(i) not in (
            DATE,
            DATE_TO,
            ACTION,
            COMMENT,
        )

    def _merged_text(self, origin):
        row, column = origin
        number, text = self.merged.get(column, (None, ""))
        if number != row and self.table.last_row is not None and self.table.last_row.number == row:
            text = clean(self.table.last_row.texts[column])
            self.merged[column] = (row, text)
            return text
        return text if number == row else ""

    def _prompts(self, texts, filled):
        if self.table.rows_since_heading > 2:
            return False
        if len(filled) >= 3 and all(texts[i].isdigit() and len(texts[i]) <= 2 for i in filled):
            return [int(texts[i]) for i in filled] == list(
                range(int(texts[filled[0]]), int(texts[filled[0]]) + len(filled))
            )
        prompts = sum(bool(_PROMPT.match(texts[i])) for i in filled)
        dated = reads_as_date(self.table.dates.written(texts)) if filled else False
        return len(filled) >= 2 and prompts * 2 >= len(filled) and not dated

    # ---- a row with one cell

    def _lone(self, row, texts, values, i, *, follows_gap):
        text = texts[i]
        across = sum(1 for cell in row.cells if cell.origin and cell.origin[0] == row.number)
        merged_across = across >= max(1, self.table.width - 2)
        in_text = i in self.table.text_columns and not merged_across
        if len(text) <= LONGEST_DATE and self._is_band(text, values[i]):
            yield from self._band(row, text, values[i], i, merged_across)
        elif lead := self._told_after_date(text):
            yield self._entry_in_one_cell(row, texts, i, *lead), False
        elif in_text and not _TOTAL.fullmatch(text):
            yield from self._lone_event(row, texts, i, follows_gap)
        elif (
            i in self.table.indexes(ACTION, COMMENT)
            and not merged_across
            and not _TOTAL.fullmatch(text)
        ):
            yield from self._several(row, texts, values, [i])
        elif i == self.table.one.get(DATE) and not merged_across and shows_undated(text):
            yield NotEntry(self.table.at(row), "A row with nothing written beside its date"), False
        else:
            doubts = [] if merged_across or i == 0 or text.isdigit() else [self._left_out(row, i)]
            yield NotEntry(self.table.at(row), self._why_lone(text), doubts=doubts), False

    def _left_out(self, row, i):
        return self.table.doubt(
            row,
            self.table.column_at.get(i),
            "Only this cell is filled, so the row was left out.",
            i,
        )

    def _is_band(self, text, value):
        return isinstance(value, date) or reads_as_date(text, value)

    def _band(self, row, text, value, i, merged_across):
        found = read_cell(value, text).value
        exact = found.precision in ("day", "minute")
        if exact and not merged_across and i == self.table.one.get(DATE):
            doubt = self.table.doubt(row, DATE, "Nothing is written beside this date.", i)
            yield (
                NotEntry(
                    self.table.at(row), "A date with nothing written beside it", doubts=[doubt]
                ),
                False,
            )
            return
        self.table.dates.begin_band(found)
        yield NotEntry(self.table.at(row), f"A heading between the rows: “{text}”"), False

    @staticmethod
    def _told_after_date(text):
        """ "12.03.2011 – what happened", all in one cell."""
        lead = lead_date(text)
        return lead if lead and len(lead[1].split()) >= 3 else None

    def _entry_in_one_cell(self, row, texts, i, written, told):
        reading = self.table.dates.reading(written, None)
        doubt = self.table.doubt(row, TEXT, "The date and the event stand in one cell here.", i)
        split = ["" for _ in texts]
        split[self.table.text_columns[0]] = told
        self.table.dates.remember(reading)
        return self.maker.entry(row, split, reading, [doubt])

    def _lone_event(self, row, texts, i, follows_gap):
        reading, words = self.table.dates.read(["" for _ in texts], None)
        doubts = [self.table.doubt(row, DATE, message) for message in words]
        perhaps_note = self.table.width > 1 and (
            follows_gap
            or (i == 0 and self.table.width >= 3 and len(texts[i].split()) > 3)
            or bool(_NOTE.match(texts[i]))
        )
        if perhaps_note:
            doubts.append(
                self.table.doubt(
                    row, TEXT, "Only this cell is filled. Is it an event, or a note?", i
                )
            )
        self.table.dates.remember(reading)
        yield self.maker.entry(row, texts, reading, doubts), perhaps_note

    def _why_lone(self, text):
        if text.isdigit():
            return "A row with nothing but its number"
        if _TOTAL.fullmatch(text):
            return "A total, not an entry"
        if len(_WORDS.findall(text)) > 8 or text.endswith(".") or _NOTE.match(text):
            return "A note on the table, not an entry"
        named = self.register.subject_of(text)
        self.table.subject = named or self.table.subject
        self.table.section = "" if named else text
        return f"A heading between the rows: “{text}”"

    # ---- a row with several cells

    def _several(self, row, texts, values, own):
        told = any(texts[i] for i in self.table.text_columns if i < len(texts))
        first = texts[own[0]]
        written = self.table.dates.written(texts)
        dated = bool(written) and (reads_as_date(written) or self._has_date_value(values))
        if not dated and self._ends_table(texts, own):
            yield NotEntry(self.table.at(row), self._why_closing(first)), False
            return
        if not told:
            yield from self._untold(row, texts, values, own, dated)
            return
        reading, words = self._reading(texts, values)
        doubts = [self.table.doubt(row, DATE, message) for message in words]
        if any(_goes_on(row, i) for i in self.table.text_columns):
            message = (
                f"“{self.table.text_heading}” is merged with the row above and was read for both."
            )
            doubts.append(self.table.doubt(row, TEXT, message))
        if self.table.layout.agencies:
            for outcome in self._by_agency(row, texts, reading, doubts):
                yield outcome, False
        else:
            yield self.maker.entry(row, texts, reading, doubts), False
        self.table.dates.remember(reading)

    def _has_date_value(self, values):
        i = self.table.one.get(DATE)
        return i is not None and i < len(values) and isinstance(values[i], date)

    def _reading(self, texts, values):
        i = self.table.one.get(DATE)
        return self.table.dates.read(
            texts, values[i] if i is not None and i < len(values) else None
        )

    def _closes(self, texts, own):
        """A signature, a key or the like: a label, and perhaps a few words beside it."""
        if any(len(texts[i].split()) > LONGEST_CLOSING for i in own):
            return False
        labels = sum(bool(_LABEL.fullmatch(texts[i])) for i in own)
        first = texts[own[0]]
        return (
            (bool(_CLOSING.fullmatch(first)) and own[0] not in self.table.text_columns)
            or labels >= 2
            or (labels == 1 and first.endswith(":") and len(own) == 2)
        )

    @staticmethod
    def _why_closing(first):
        return (
            "A total, not an entry" if _TOTAL.fullmatch(first) else "A closing line, not an entry"
        )

    def _untold(self, row, texts, values, own, dated):
        heading = self.table.text_heading
        if any(texts[i] for i in self.table.indexes(ACTION, COMMENT) if i < len(texts)):
            reading, words = self._reading(texts, values)
            doubts = [self.table.doubt(row, DATE, message) for message in words]
            doubts.append(self.table.doubt(row, TEXT, f"Nothing is written under “{heading}”."))
            self.table.dates.remember(reading)
            yield self.maker.entry(row, texts, reading, doubts), False
            return
        doubts = []
        if dated or any(len(texts[i].split()) >= 5 for i in own):
            message = f"Nothing is written under “{heading}”, so the row was left out."
            doubts.append(self.table.doubt(row, TEXT, message))
        why = f"A row with nothing written under “{heading}”"
        yield NotEntry(self.table.at(row), why, doubts=doubts), False

    def _by_agency(self, row, texts, reading, doubts):
        for i in self.table.layout.agencies:
            if i < len(texts) and texts[i]:
                alone = [
                    text if k == i or k not in self.table.layout.agencies else ""
                    for k, text in enumerate(texts)
                ]
                outcome = self.maker.entry(row, alone, reading, list(doubts), text_index=i)
                if isinstance(outcome, ReadEntry):
                    self._say_whose(outcome, self.table.layout.headings[i])
                yield outcome

    def _say_whose(self, entry, heading):
        """A column of its own for each agency, or for each person."""
        if named := self.register.find_in_person_cell(heading).all:
            own = () if entry.persons == self.table.subjects else entry.persons
            entry.persons = tuple(sorted({*own, *named}))
        else:
            entry.other = {"Agency": heading, **entry.other}

    def repeats_headings(self, texts):
        """Most cells say what stands above them; a page later the table is headed again."""
        filled = [(i, text) for i, text in enumerate(texts) if text]
        if len(filled) < 2 or max(len(text) for _, text in filled) > LONGEST_HEADING:
            return False
        headings = self.table.layout.headings
        same = sum(
            1
            for i, text in filled
            # Most texts are longer than the heading above them, and need no closer look.
            if i < self.table.width
            and len(text) <= len(headings[i]) + SPARE_MARKS
            and plain(text)
            and plain(headings[i]).endswith(plain(text))
        )
        return same >= max(2, 0.7 * len(filled))

    def may_be_no_entry(self, texts):
        """Without a date, a row of texts may also be a note, a signature or the headings again."""
        own = [i for i, text in enumerate(texts) if text]
        return len(own) < 2 or self._ends_table(texts, own) or self.repeats_headings(texts)

    def _ends_table(self, texts, own):
        return bool(_TOTAL.fullmatch(texts[own[0]])) or self._closes(texts, own)


def _goes_on(row, column):
    """The cell is merged with the one above it."""
    origin = row.cells[column].origin if column < len(row.cells) else None
    return bool(origin) and origin[0] != row.number
