"""Finds the heading row of a table and what each of its columns holds.

Headings speak first (headings.py), what stands beneath them second: a column of dates is a date column
whatever its heading, and of two columns that may hold the event the one with the prose does. What the
user says overrules both.
"""

import re
from dataclasses import replace

from chronologies.choosing import NUMBER, Chooser, Holding
from chronologies.headings import (
    DATE,
    DATE_PARTS,
    DAY,
    MONTH,
    TEXT,
    YEAR,
    heads_a_version_history,
    meanings,
    plain,
)
from chronologies.layout import Layout, Mapping, is_dated, texts_of
from chronologies.persons import Register
from chronologies.wording import clean, shows_undated

HEAD_ROWS = 40  # how far down a heading row is looked for
SAMPLE_ROWS = 60  # how many rows say what a column holds
LONGEST_HEADING = 160

_COLUMN_NUMBER = re.compile(r"column \d+")
_AGENCY = re.compile(
    r"(?i)\b(police|constabulary|gp|surgery|nhs|trust|hospitals?|ambulance|council|housing|homes|social care"
    r"|adult services|children s services|probation|crc|cafcass|mash|marac|idva|refuge|school|college|education"
    r"|fire|health|mental health|ccg|icb|women s aid|victim support|services?|partnership|association|charity)\b"
)


def find_layout(rows, *, mapping=None, part=None, register=None, agency_names=(), before=None):
    """The first table among these rows: (index of its heading row, Layout), or None.

    `before` is the layout of the table before it, which may go on here without its headings.
    """
    if not rows:
        return None
    finder = _Finder(rows, mapping or Mapping(), part, register or Register(), agency_names)
    return (
        finder.by_headings()
        or finder.by_numbers()
        or finder.goes_on(before)
        or finder.by_holdings()
    )


def heads_a_table(texts):
    """Whether these few texts can only be the headings of a chronology: it starts anew further down."""
    filled = [text for text in texts if text]
    if not 2 <= len(filled) <= 15 or max(map(len, filled)) > 40:
        return False
    scores = [meanings(text) for text in filled]
    return (
        any(score.get(DATE, 0) >= 10 for score in scores)
        and any(score.get(TEXT, 0) >= 8 for score in scores)
        and all(
            any(score.values()) or len(text) <= 25
            for text, score in zip(filled, scores, strict=True)
        )
    )


class _Finder:
    def __init__(self, rows, mapping, part, register, agency_names):
        self.rows = rows
        self.texts = [texts_of(row) for row in rows[: HEAD_ROWS + 2]]
        self.said, self.silent = mapping.for_part(part)
        self.register = register
        self.agency_names = {plain(name) for name in agency_names}

    def by_headings(self):
        first = None
        for index, texts in enumerate(self.texts[:HEAD_ROWS]):
            if not self._may_head(index, texts):
                continue
            layout = self._layout(index)
            if layout is None:
                continue
            below = self.rows[index + layout.heading_rows :][:SAMPLE_ROWS]
            if layout.holds_dates(below) > 0 or self._is_named(texts):
                return index, layout
            first = first or (index, layout)
        return first

    def _is_named(self, texts):
        """The user's own headings stand in this row."""
        return sum(self.said.get(plain(text)) is not None for text in texts if text) >= min(
            2, max(1, len(self.silent))
        ) and bool(self.silent)

    def _may_head(self, index, texts):
        filled = [text for text in texts if text]
        if len(filled) < 2 or max(map(len, filled)) > LONGEST_HEADING:
            return False
        if any(is_dated(cell) for cell in self.rows[index].cells if cell.text):
            return False
        if self._is_named(texts):
            return True
        scores = [meanings(text) for text in filled]
        named = sum(any(score.values()) for score in scores)
        has_date = any(
            score.get(DATE) for score, text in zip(scores, filled, strict=True) if len(text) <= 60
        )
        has_parts = sum(any(score.get(part) for part in DATE_PARTS) for score in scores) >= 2
        has_text = any(score.get(TEXT) for score in scores)
        sentences = sum(text.endswith(".") and len(text.split()) > 6 for text in filled)
        return (
            (
                ((has_date or has_parts) and (named >= 2 or len(filled) >= 2))
                or (has_text and named >= 3)
            )
            and named * 2 >= len(filled) - (len(self._own_columns(filled)) if has_date else 0)
            and sentences == 0
            and not heads_a_version_history(filled)
        )

    def _own_columns(self, texts):
        return [text for text in texts if self._has_own_column(text)]

    def _has_own_column(self, heading):
        """An agency's own column of events, or a person's."""
        words = plain(heading)
        if words in self.agency_names or _AGENCY.search(words):
            return True
        return len(heading) <= 30 and bool(self.register.find_in_person_cell(heading).all)

    def _layout(self, index):
        headings, heading_rows = self._headings(index)
        sample = self.rows[index + heading_rows :][:SAMPLE_ROWS]
        return self._assign(headings, sample, heading_rows)

    def _headings(self, index):
        """The headings at this row, joined with a second row of them where there is one."""
        top = self.texts[index]
        if index + 1 < len(self.texts) and self._continues_headings(index):
            return self._joined(index), 2
        return _distinct(top, self._width(index)), 1

    def _width(self, index):
        return max((len(row.cells) for row in self.rows[index : index + SAMPLE_ROWS]), default=0)

    def _continues_headings(self, index):
        top, below = self.texts[index], self.texts[index + 1]
        row = self.rows[index + 1]
        filled = [
            (i, text) for i, text in enumerate(below) if text and not _continues_above(row, i)
        ]
        if not filled or max(len(text) for _, text in filled) > 40:
            return False
        if any(is_dated(row.cells[i]) or NUMBER.fullmatch(text) for i, text in filled):
            return False
        group = [
            i for i, _ in filled if i >= len(top) or not top[i] or self._starts_group(index, i)
        ]
        known = sum(any(meanings(text).values()) for _, text in filled)
        return len(group) == len(filled) and known * 2 >= len(filled)

    def _starts_group(self, index, column):
        """The heading here stands over the columns to its right too, merged with them or not."""
        row, following = self.rows[index], column + 1
        if following >= len(row.cells):
            return False
        origin = row.cells[following].origin
        if origin:
            return origin[0] == row.number
        below = self.texts[index + 1]
        return (
            not self.texts[index][following] and following < len(below) and bool(below[following])
        )

    def _joined(self, index):
        joined, group = [], ""
        top, below = self.texts[index], self.texts[index + 1]
        row = self.rows[index]
        for column in range(self._width(index)):
            upper = top[column] if column < len(top) else ""
            lower = below[column] if column < len(below) else ""
            if _continues_above(self.rows[index + 1], column):
                lower = ""
            across = column < len(row.cells) and (
                row.cells[column].origin
                or (lower and column and self._starts_group(index, column - 1))
            )
            group = upper or (group if across else "")
            joined.append(f"{group} – {lower}" if group and lower else lower or group)
        return _distinct(joined, len(joined))

    def _assign(self, headings, sample, heading_rows):
        holdings = [
            Holding.of([row.cells[i] for row in sample if i < len(row.cells)], self.register)
            for i in range(len(headings))
        ]
        while headings and headings[-1] == f"Column {len(headings)}" and not holdings[-1].filled:
            headings, holdings = headings[:-1], holdings[:-1]
        chooser = Chooser(headings, holdings, self.said, self.silent)
        columns = chooser.choose()
        agencies = self._own_columns_in(headings, holdings, columns, chooser)
        if agencies:
            taken = set(agencies)
            columns = {key: v for key, v in columns.items() if key != TEXT and not taken & set(v)}
        dated = DATE in columns or {MONTH, YEAR} <= columns.keys() or {DAY, MONTH} <= columns.keys()
        if not dated or not (TEXT in columns or agencies):
            return None
        return Layout(
            tuple(headings), columns, agencies, heading_rows, is_guessed=chooser.has_guessed
        )

    def _own_columns_in(self, headings, holdings, columns, chooser):
        """Two or more columns headed by agencies or people, where no heading says where the event is."""
        text = columns.get(TEXT, ())
        if TEXT in self.silent:
            of_agencies = len(text) > 1 and all(self._has_own_column(headings[i]) for i in text)
            return text if of_agencies else ()
        if text and chooser.scores[text[0]].get(TEXT, 0) >= 8:
            return ()
        found = tuple(
            i
            for i, heading in enumerate(headings)
            if self._has_own_column(heading) and (holdings[i].prose or not holdings[i].filled)
        )
        return found if len(found) >= 2 else ()

    def by_numbers(self):
        """The user says which columns of a table without headings hold what: "Column 2"."""
        if not any(_COLUMN_NUMBER.fullmatch(heading) for heading in self.said):
            return None
        layout = self._assign(_distinct([], self._width(0)), self.rows[:SAMPLE_ROWS], 0)
        return (0, layout) if layout else None

    def goes_on(self, before):
        """Tables go on after a page break, without their headings."""
        if before is None or self._width(0) != len(before.headings):
            return None
        if before.holds_dates(self.rows) >= 0.5 or before.holds_no_dates(self.rows):
            return 0, replace(before, heading_rows=0, goes_on=True)
        return None

    def by_holdings(self):
        """A table without headings, or with headings in words we do not know."""
        rows = self.rows
        if len(rows) < 1:
            return None
        width = max(len(row.cells) for row in rows)
        dates = self._date_column(width)
        if dates is None:
            return None
        first = next(i for i, row in enumerate(rows) if _dated_at(row, dates))
        heading_rows, start, headings = 0, first, [""] * width
        if first and first - 1 < len(self.texts):
            above = self.texts[first - 1]
            filled = [text for text in above if text]
            if len(filled) >= 2 and max(map(len, filled)) <= 60 and len(filled) * 2 > width:
                heading_rows, start, headings = 1, first - 1, above
        layout = self._assign(
            _distinct(headings, width), rows[first : first + SAMPLE_ROWS], heading_rows
        )
        return (start, layout) if layout else None

    def _date_column(self, width):
        """The column with the most dates, where from its first date on most of it is dates."""
        best = None
        for column in range(width):
            cells = [row.cells[column] for row in self.rows if column < len(row.cells)]
            dated = [
                is_dated(cell)
                for cell in cells
                if cell.text and not shows_undated(clean(cell.text))
            ]
            below = dated[dated.index(True) :] if True in dated else []
            enough = sum(below) >= 2 or (sum(below) == 1 and len(self.rows) <= 3)
            if enough and sum(below) >= 0.6 * len(below) and (not best or sum(below) > best[0]):
                best = sum(below), column
        return best and best[1]


def _dated_at(row, column):
    return column < len(row.cells) and bool(row.cells[column].text) and is_dated(row.cells[column])


def _continues_above(row, column):
    origin = row.cells[column].origin if column < len(row.cells) else None
    return bool(origin) and origin[0] != row.number


def _distinct(headings, width):
    """A heading for every column, no two alike: what has none is "Column 4"."""
    seen, named = {}, []
    for i in range(max(width, len(headings))):
        heading = (headings[i] if i < len(headings) else "").replace("\n", " ") or f"Column {i + 1}"
        seen[heading] = seen.get(heading, 0) + 1
        named.append(heading if seen[heading] == 1 else f"{heading} ({seen[heading]})")
    return named
