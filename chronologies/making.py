"""Makes an entry of a row whose columns are known."""

import re
from datetime import datetime, time

from chronologies.headings import ACTION, COMMENT, PERSON, SOURCE, TEXT, TIME
from chronologies.outcomes import LONGEST_TEXT, ReadEntry, Rejected
from chronologies.persons import Found
from chronologies.wording import what_clean_took

REMEMBERED = 8192  # person cells, times


class EntryMaker:
    def __init__(self, table):
        self.table, self.register = table, table.register
        self.times, self._person_cells = {}, {}

    def entry(self, row, texts, reading, doubts, text_index=None):
        if too_long := self._too_long(row, texts):
            return too_long
        doubts = [*doubts, *self._what_was_taken(row)]
        time_said, time_doubt = self._time(row, texts, reading)
        found, persons_as_written = self._persons(texts)
        told = texts[text_index] if text_index is not None else self.table.told_in(texts, TEXT)
        return ReadEntry(
            at=self.table.at(row),
            date=reading.value,
            inherited=reading.inherited,
            time=time_said,
            persons=found,
            persons_as_written=persons_as_written,
            text=told,
            action=self.table.told_in(texts, ACTION),
            comment=self.table.told_in(texts, COMMENT),
            source=self.table.told_in(texts, SOURCE),
            other=self._other(texts),
            doubts=[*doubts, *time_doubt],
        )

    def _other(self, texts):
        known = {
            heading: texts[i] for i, heading in self.table.others if i < len(texts) and texts[i]
        }
        if self.table.section:
            known["Section"] = self.table.section
        beyond = range(self.table.width, len(texts))
        return {**known, **{f"Column {i + 1}": texts[i] for i in beyond if texts[i]}}

    def _too_long(self, row, texts):
        for i, text in enumerate(texts):
            if len(text) > LONGEST_TEXT:
                heading = (
                    self.table.layout.headings[i] if i < self.table.width else f"Column {i + 1}"
                )
                at = self.table.at(row)
                message = (
                    f"{str(at).capitalize()} has {len(text):,} characters under “{heading}”; "
                    f"at most {LONGEST_TEXT:,} fit. Divide the row into several."
                )
                return Rejected(at, self.table.column_at.get(i), message, heading)
        return None

    def _what_was_taken(self, row):
        for i, text in enumerate(row.texts):
            if not text.isprintable() and (taken := what_clean_took(text)):
                message = f"This cell held {taken}, which were taken out."
                yield self.table.doubt(row, self.table.column_at.get(i), message, i)

    def _time(self, row, texts, reading):
        written = self.table.told_in(texts, TIME)
        if not written:
            return reading.time or "", ()
        i = self.table.one[TIME]
        value = row.cells[i].value if i < len(row.cells) else None
        said = _shown_time(value, written)
        if is_impossible_time(said):
            return said, [self.table.doubt(row, TIME, f"“{said}” is not a time of day.", i)]
        if len(self.times) < REMEMBERED:
            self.times[written] = said
        return said, ()

    def _persons(self, texts):
        written = self.table.told_in(texts, PERSON)
        found = self.register.find("\n".join(text for text in texts if text))
        if written:
            found, written = self.person_cell(written, found)
        self.register.strangers_met.update(found.strangers)
        return found.all or self.table.subjects, written

    def person_cell(self, written, in_row):
        """Everybody in the row; and the words of the person cell where they say more than the codes."""
        key = (written, in_row)
        made = self._person_cells.get(key)
        if made is None:
            if len(self._person_cells) > REMEMBERED:
                self._person_cells.clear()
            made = self._person_cells[key] = self._person_cell(written, in_row)
        return made

    def _person_cell(self, written, in_row):
        in_cell = self.register.find_in_person_cell(written)
        found = Found(
            tuple(sorted({*in_cell.known, *in_row.known})),
            tuple(sorted({*in_cell.strangers, *in_row.strangers})),
        )
        return found, "" if _names_only(written, in_cell.all) else written


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


def is_impossible_time(said):
    match = re.fullmatch(r"(\d{1,2})[:.](\d{2})(?:[:.]\d{2})?(?: ?(?:hrs?|hours))?", said)
    return bool(match) and (int(match[1]) > 24 or int(match[2]) > 59)
