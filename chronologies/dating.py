"""Reads the date of a row, and doubts it where days and months may have changed places."""

import re
from dataclasses import replace
from datetime import date

from chronologies.headings import DATE, DATE_TO, DAY, MONTH, YEAR
from chronologies.layout import texts_of
from chronologies.wording import has_bounds
from foundations.dates import parse, read_cell

EARLIEST_YEAR = 1900
LONGEST_ALONE = 40

_YEAR_IN = re.compile(r"\b(?:19|20)\d\d\b")
_NUMERIC = re.compile(r"(\d{1,2})[./-](\d{1,2})[./-]\d{2,4}")
_ABSOLUTE = {"minute", "day", "month", "year"}


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
        reading = self.reading(text, value)
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

    def from_above(self):
        """The reading of a blank date, where it is simply that of the row above; else None."""
        if self.above is None or self.band_is_fresh or self.above.precision == "invalid":
            return None
        return parse("", above=self.above)

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
        if len(text) > LONGEST_ALONE:
            return None
        reading = read_cell(value, text)
        if any(self._doubts(text, reading, value)) or not self._stands_alone(text, value, reading):
            return None
        return reading

    def reading(self, text, value):
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
