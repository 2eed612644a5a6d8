"""Finds the heading row of a table and what each of its columns holds.

Headings speak first (headings.py), what stands beneath them second: a column of dates is a date column
whatever its heading, and of two columns that may hold the event the one with the prose does. What the
user says overrules both.
"""

import re
from dataclasses import dataclass, replace
from datetime import date, time

from chronologies.headings import (
    ACTION,
    COLUMNS,
    COMMENT,
    DATE,
    DATE_PARTS,
    DATE_TO,
    DAY,
    MONTH,
    PERSON,
    SOURCE,
    TEXT,
    TIME,
    YEAR,
    heads_a_version_history,
    meanings,
    plain,
)
from chronologies.persons import Register
from chronologies.wording import clean, reads_as_date, shows_undated

HEAD_ROWS = 40  # how far down a heading row is looked for
SAMPLE_ROWS = 60  # how many rows say what a column holds
LONGEST_HEADING = 160

_TIME = re.compile(
    r"(?i)(?:c\.?|circa|approx\.?)? ?\d{1,2}(?:[:.]?\d{2})?(?::\d\d)? ?(?:hrs?|hours|[ap]\.?m\.?)?"
)
_NUMBER = re.compile(r"\d+(?:[.,]\d+)?")
_YES_NO = re.compile(r"(?i)y|n|yes|no|n/?a|not? known|unknown|✓")
_COLUMN_NUMBER = re.compile(r"column \d+")
_AGENCY = re.compile(
    r"(?i)\b(police|constabulary|gp|surgery|nhs|trust|hospitals?|ambulance|council|housing|homes|social care"
    r"|adult services|children s services|probation|crc|cafcass|mash|marac|idva|refuge|school|college|education"
    r"|fire|health|mental health|ccg|icb|women s aid|victim support|services?|partnership|association|charity)\b"
)


class UnknownHeading(Exception):
    """The mapping names a heading, or a column of ours, that is not there."""

    def __init__(self, message):
        super().__init__(message)
        self.message = message


def texts_of(row):
    return [clean(text) for text in row.texts]


@dataclass(frozen=True)
class Layout:
    """What the columns of one table hold."""

    headings: tuple[str, ...]
    columns: dict  # our column -> the indexes of theirs, more than one where the user joined them
    agencies: tuple[int, ...] = ()  # where each agency, or each person, has a column of events
    heading_rows: int = 1
    goes_on: bool = False  # it is that of the table before

    @property
    def mapping(self):
        """{our column: their heading}; a list of headings where several make up one of ours."""
        named = {}
        for column in COLUMNS:
            indexes = list(self.columns.get(column, ()))
            if column == DATE:
                indexes += [i for part in DATE_PARTS for i in self.columns.get(part, ())]
            headings = [self.headings[i] for i in sorted(indexes)]
            if headings:
                named[column] = headings[0] if len(headings) == 1 else headings
        if self.agencies:
            named[TEXT] = [self.headings[i] for i in self.agencies]
        return named

    @property
    def unmapped(self):
        """The columns that none of ours took: [(index, heading)]."""
        taken = {i for indexes in self.columns.values() for i in indexes} | set(self.agencies)
        return [(i, heading) for i, heading in enumerate(self.headings) if i not in taken]

    def holds_dates(self, rows):
        """The share of these rows that are dated where this layout expects a date."""
        filled = self._date_cells(rows)
        return sum(map(is_dated, filled)) / len(filled) if filled else 0.0

    def holds_no_dates(self, rows):
        """Nobody wrote a date into these rows, nor anything else where the date would be."""
        return all(shows_undated(clean(cell.text)) for cell in self._date_cells(rows))

    def _date_cells(self, rows):
        columns = self.columns
        indexes = columns.get(DATE) or columns.get(MONTH) or columns.get(YEAR) or ()
        return [cell for row in rows for cell in _cells_at(row, indexes) if cell.text]


def _cells_at(row, indexes):
    return [row.cells[i] for i in indexes if i < len(row.cells)]


def is_dated(cell):
    if isinstance(cell.value, date):
        return True
    text = clean(cell.text)
    return len(text) <= 60 and reads_as_date(text, cell.value)


class Mapping:
    """What the user says the columns are: {our column: heading or headings} or {heading: our column}.

    A heading given as None, or a column of ours given as None, is nobody's. Where one sheet differs,
    {"name of the sheet": {...}} says so for it alone.
    """

    def __init__(self, given=None):
        self._whole, self._parts, self._as_given = {}, {}, {}
        for key, value in (given or {}).items():
            if isinstance(value, dict):
                self._parts[str(key)] = value
            else:
                self._whole[key] = value

    def __bool__(self):
        return bool(self._whole or self._parts)

    def for_part(self, name):
        """{heading in plain words: our column or None} and the columns of ours that nobody is to guess."""
        said, silent = {}, set()
        given = {**self._whole, **self._parts.get(str(name), {})}
        for key, value in given.items():
            if key in COLUMNS or key in DATE_PARTS:
                headings = [value] if isinstance(value, str) else value
                silent.add(key)
                said.update({self._plain(heading): key for heading in headings or () if heading})
            elif value in COLUMNS or value in DATE_PARTS:
                said[self._plain(key)] = value
            elif value in (None, "", "other", "ignore"):
                said[self._plain(key)] = None
            else:
                known = ", ".join(COLUMNS)
                raise UnknownHeading(
                    f"The mapping says that “{key}” is “{value}”. Use one of: {known}."
                )
        return said, silent | {column for column in said.values() if column}

    def _plain(self, heading):
        words = plain(str(heading))
        self._as_given[words] = heading
        return words

    def check(self, layouts, name):
        """Every heading that the user named must stand in some table of the file."""
        present = {plain(heading) for layout in layouts for heading in layout.headings}
        headings = dict.fromkeys(h for layout in layouts for h in layout.headings)
        for part in [None, *self._parts]:
            for heading in self.for_part(part)[0]:
                if heading not in present:
                    raise UnknownHeading(
                        f"{name or 'The file'} has no column “{self._as_given[heading]}”. "
                        f"Its columns are: {', '.join(headings) or 'none that could be found'}."
                    )


@dataclass
class _Holding:
    """What stands in one column of the sample."""

    filled: int = 0
    dated: float = 0.0
    timed: float = 0.0
    coded: float = 0.0
    numbers: float = 0.0
    yes_no: float = 0.0
    length: float = 0.0
    prose: float = 0.0

    @classmethod
    def of(cls, cells, register):
        texts = [(clean(cell.text), cell) for cell in cells if cell.text]
        if not texts:
            return cls()
        count = len(texts)

        def share(test):
            return sum(1 for text, cell in texts if test(text, cell)) / count

        return cls(
            filled=count,
            dated=share(lambda text, cell: is_dated(cell) or shows_undated(text)),
            timed=share(
                lambda text, cell: isinstance(cell.value, time) or bool(_TIME.fullmatch(text))
            ),
            coded=share(lambda text, cell: len(text) <= 60 and bool(register.find(text).all)),
            numbers=share(lambda text, cell: bool(_NUMBER.fullmatch(text))),
            yes_no=share(lambda text, cell: bool(_YES_NO.fullmatch(text))),
            length=sum(len(text) for text, _ in texts) / count,
            prose=share(lambda text, cell: len(text.split()) >= 5),
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
        if any(is_dated(row.cells[i]) or _NUMBER.fullmatch(text) for i, text in filled):
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
            _Holding.of([row.cells[i] for row in sample if i < len(row.cells)], self.register)
            for i in range(len(headings))
        ]
        while headings and headings[-1] == f"Column {len(headings)}" and not holdings[-1].filled:
            headings, holdings = headings[:-1], holdings[:-1]
        chooser = _Chooser(headings, holdings, self.said, self.silent)
        columns = chooser.choose()
        agencies = self._own_columns_in(headings, holdings, columns, chooser)
        if agencies:
            taken = set(agencies)
            columns = {key: v for key, v in columns.items() if key != TEXT and not taken & set(v)}
        dated = DATE in columns or {MONTH, YEAR} <= columns.keys() or {DAY, MONTH} <= columns.keys()
        if not dated or not (TEXT in columns or agencies):
            return None
        return Layout(tuple(headings), columns, tuple(agencies), heading_rows)

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
            dated = [is_dated(cell) for cell in cells if cell.text]
            below = dated[dated.index(True) :] if True in dated else []
            enough = sum(below) >= 2 or (sum(below) == 1 and len(self.rows) <= 3)
            if enough and sum(below) >= 0.6 * len(below) and (not best or sum(below) > best[0]):
                best = sum(below), column
        return best and best[1]


def _dated_at(row, column):
    return column < len(row.cells) and bool(row.cells[column].text) and is_dated(row.cells[column])


def _continues_above(row, column):
    cell = row.cells[column]
    return bool(cell.origin and cell.origin[0] != row.number)


def _distinct(headings, width):
    """A heading for every column, no two alike: what has none is "Column 4"."""
    seen, named = {}, []
    for i in range(max(width, len(headings))):
        heading = (headings[i] if i < len(headings) else "").replace("\n", " ") or f"Column {i + 1}"
        seen[heading] = seen.get(heading, 0) + 1
        named.append(heading if seen[heading] == 1 else f"{heading} ({seen[heading]})")
    return named


class _Chooser:
    """Gives each of our columns the one of theirs that fits it best."""

    def __init__(self, headings, holdings, said, silent):
        self.headings, self.holdings = headings, holdings
        self.scores = [self._scores(heading) for heading in headings]
        self.columns = {}
        self.silent = silent
        self.free = set(range(len(headings)))
        for i, heading in enumerate(headings):
            if plain(heading) in said:
                self.free.discard(i)
                if column := said[plain(heading)]:
                    self.columns[column] = (*self.columns.get(column, ()), i)

    @staticmethod
    def _scores(heading):
        scores = meanings(heading)
        if " – " in heading:  # a heading under a heading: the lower one speaks first
            lower = meanings(heading.rsplit(" – ", 1)[1])
            scores = {**scores, **lower} if lower else scores
        return scores

    def choose(self):
        self._choose_dates()
        self._take(TEXT, self._text_score, least=6)
        for column, score in sorted(self._pairs(), key=lambda pair: -pair[1][0]):
            _, i = score
            if i in self.free and column not in self.columns and column not in self.silent:
                self._give(column, i)
        self._choose_prose_for_text()
        self._choose_prose_for_comment()
        return self.columns

    def _give(self, column, i):
        self.columns[column] = (i,)
        self.free.discard(i)

    def _take(self, column, score, *, least):
        if column in self.silent or column in self.columns:
            return
        scored = [(score(i), -i) for i in self.free]
        best = max(scored, default=(0, 0))
        if best[0] >= least:
            self._give(column, -best[1])

    def _choose_dates(self):
        self._take(DATE, self._date_score, least=4)
        for part in (DATE_TO, DAY, MONTH, YEAR):
            for i in sorted(self.free):
                if self.scores[i].get(part) and self._may_be_part(part, i):
                    self._give(part, i)
                    break
        lone = {MONTH, YEAR, DAY} & self.columns.keys()
        if DATE not in self.columns and DATE not in self.silent and len(lone) == 1:
            self._promote(lone.pop())

    def _promote(self, part):
        """A column of years, or of months with their years, that stands alone is the date."""
        (i,) = self.columns.pop(part)
        if self.holdings[i].dated >= 0.6 or (part == YEAR and not self.holdings[i].filled):
            self.columns[DATE] = (i,)
        else:
            self.free.add(i)

    def _may_be_part(self, part, i):
        held = self.holdings[i]
        if part == DATE_TO:
            return DATE in self.columns and (held.dated > 0.5 or not held.filled)
        if DATE in self.columns:
            return part == YEAR and held.numbers > 0.5
        return True

    def _date_score(self, i):
        said, held = self.scores[i].get(DATE), self.holdings[i]
        if said == 0 or self.scores[i].get(DATE_TO) or held.prose > 0.5:
            return 0
        if {YEAR, MONTH, DAY} & self.scores[i].keys() and (held.numbers > 0.8 or held.dated < 0.6):
            return 0
        score = (said or 0) + 6 * held.dated
        if said is None and held.dated < 0.6:
            return 0
        return score if held.dated or not held.filled or said else 0

    def _text_score(self, i):
        said, held = self.scores[i].get(TEXT), self.holdings[i]
        if said == 0 or held.numbers > 0.5 or held.dated > 0.5 or held.yes_no > 0.5:
            return 0
        other = max((self.scores[i].get(column, 0) for column in (ACTION, COMMENT)), default=0)
        if said is None or other > said:
            return 0
        return said + 6 * held.prose + min(held.length, 120) / 60

    def _pairs(self):
        for i in self.free:
            for column in (TIME, PERSON, ACTION, COMMENT, SOURCE):
                if score := self._score(column, i):
                    yield column, (score, i)

    def _score(self, column, i):
        said, held = self.scores[i].get(column), self.holdings[i]
        if said == 0 or (held.yes_no > 0.5 and column != ACTION):
            return 0
        if column == TIME:
            return (
                (said or 0) + 6 * held.timed
                if said or (held.timed > 0.6 and held.numbers <= 0.9)
                else 0
            )
        if column == PERSON:
            if held.prose > 0.5 and not held.coded:
                return 0
            return (
                (said or 0) + 5 * held.coded
                if said or (held.coded > 0.6 and held.length < 40)
                else 0
            )
        if not said or held.numbers > 0.9:
            return 0
        if column == SOURCE:
            return said - (6 if held.length > 80 else 0)
        return said + 2 * held.prose

    def _choose_prose_for_text(self):
        """No heading says where the event is: it is where most is written."""
        if TEXT in self.columns or TEXT in self.silent:
            return
        prose = self._prose(self.free, least=15) or self._prose(
            {i for column in (COMMENT, ACTION) for i in self.columns.get(column, ())}, least=15
        )
        if prose is not None:
            self.columns = {key: value for key, value in self.columns.items() if prose not in value}
            self._give(TEXT, prose)

    def _choose_prose_for_comment(self):
        """What is asked beside the event and answered in sentences is a comment on it."""
        if COMMENT in self.columns or COMMENT in self.silent:
            return
        asked = {i for i in self.free if self.headings[i].rstrip().endswith("?")}
        prose = self._prose(asked, least=15)
        if prose is not None:
            self._give(COMMENT, prose)

    def _prose(self, among, *, least):
        scored = [
            (held.length * (0.2 + held.prose), -i)
            for i in among
            if (held := self.holdings[i]).length >= least and held.prose >= 0.3 and held.dated < 0.5
        ]
        return -max(scored)[1] if scored else None
