"""Which row of a table is its heading, and what each column holds."""

import re
from dataclasses import dataclass, field, replace
from typing import NamedTuple

from actionplans.openings import opening_of
from actionplans.statuses import is_status_only, read_decision
from actionplans.vocabulary import NOTHING, PROMPT, Field, field_of
from actionplans.wording import key, own_cells, said
from foundations.dates import find_dates

# A heading is looked for this far down: title rows, notes and forewords stand above it.
FURTHEST_HEADING = 60
LONGEST_HEADING_CELL = 60  # words: prompts may stand in the heading cell itself
OF_SUBSTANCE = {Field.RECOMMENDATION, Field.ACTION, Field.FINDING}
LONG_STATUS = 8  # words: a column of longer texts reports progress, whatever its heading
NUMBER_LIKE = re.compile(r"^\s*[A-Z]{0,3}\d{1,3}(?:\.\d+)*[.):]?\s*$")
# Content decides about a column only when this much of it agrees.
MOST = 0.6
ALMOST_ALL = 0.8


class Column(NamedTuple):
    field: Field
    heading: str
    indexes: tuple[int, ...]


@dataclass(frozen=True)
class Layout:
    """The columns of a plan, and the rows that said so."""

    columns: tuple[Column, ...]
    heading_rows: tuple[int, ...] = ()
    guessed: tuple[Column, ...] = ()  # by what they hold, for their heading did not say

    def of(self, *fields):
        return [column for column in self.columns if column.field in fields]

    def has(self, *fields):
        return any(column.field in fields for column in self.columns)

    @property
    def width(self):
        return 1 + max((index for column in self.columns for index in column.indexes), default=0)

    def repeats(self, row):
        """Whether a row is this heading again, as at the top of a further page."""
        texts = [key(cell.text) for cell in row.cells if cell.text.strip()]
        headings = {key(column.heading) for column in self.columns if column.heading}
        return len(texts) > 1 and all(text in headings for text in texts)


@dataclass
class _Heading:
    texts: dict[int, str] = field(default_factory=dict)
    spans: dict[int, tuple[int, ...]] = field(default_factory=dict)


def is_heading(row):
    cells = own_cells(row)
    if (
        len(cells) < 2
        or opening_of(row)
        or any(len(cell.text.split()) > LONGEST_HEADING_CELL for _, cell in cells)
    ):
        return False
    found = [field_of(cell.text) for _, cell in cells]
    known = [one for one in found if one is not None]
    distinct = set(known) - {Field.OTHER}
    return (
        bool(distinct & OF_SUBSTANCE)
        and len(distinct) >= 2
        and len(known) * 2 >= len(cells)
        and not _reads_like_data(cells)
    )


def _reads_like_data(cells):
    """A row of text may use the words of headings; headings do not run to sentences with dates."""
    long = sum(len(cell.text.split()) > 14 and "?" not in cell.text for _, cell in cells)
    return long * 2 > len(cells) or any(
        re.match(r"\s*\d{1,3}\s*[.:)]\s+\w", cell.text) for _, cell in cells
    )


def find_layout(rows, mapping=None, *, start=0):
    """The first heading among the rows, as (index of its row, Layout); None where there is none."""
    for index in range(start, min(len(rows), start + FURTHEST_HEADING)):
        if mapping:
            layout = _mapped(rows[index], mapping)
            if layout:
                return index, _with_content(layout, rows[index + 1 :])
        elif is_heading(rows[index]):
            return index, _layout_at(rows, index)
    return None


def _spans(row):
    """Every own cell of a heading row with the columns it is merged over."""
    heading = _Heading()
    for index, cell in enumerate(row.cells):
        if cell.origin and cell.origin[0] == row.number:
            start = cell.origin[1]
            heading.spans[start] = (*heading.spans.get(start, (start,)), index)
        elif cell.origin is None:
            heading.texts[index] = said(cell.text)
            heading.spans.setdefault(index, (index,))
    return heading


def _layout_at(rows, index):
    row, below = rows[index], rows[index + 1 :]
    top = _spans(row)
    columns, heading_rows = [], [row.number]
    second = below[0] if below and _is_subheading(row, top, below[0]) else None
    if second is not None:
        heading_rows.append(second.number)
        below = below[1:]
    for start, indexes in sorted(top.spans.items()):
        text = _raw(row, start)
        columns += _columns_under(text, indexes, second)
    layout = Layout(tuple(columns), tuple(heading_rows))
    return _with_content(_settled(layout), below)


def _raw(row, index):
    return row.cells[index].text if index < len(row.cells) else ""


def _columns_under(text, indexes, second):
    """One column, or several where a second heading row divides what the first joins."""
    if second is not None:
        below = [(index, _raw(second, index)) for index in indexes]
        named = [(index, said(lower)) for index, lower in below if said(lower)]
        if named:
            return [
                Column(
                    field_of(lower) or field_of(text) or Field.OTHER, _both(text, lower), (index,)
                )
                for index, lower in named
            ]
    found = field_of(text)
    return [Column(found or Field.OTHER, said(text), tuple(indexes))]


def _both(upper, lower):
    return f"{said(upper)} – {lower}" if said(upper) else lower


def _is_subheading(row, top, below):
    """A second heading row names columns only under headings that span several, or are blank."""
    cells = own_cells(below)
    if not cells or any(
        len(cell.text.split()) > 8 or PROMPT.search(cell.text) for _, cell in cells
    ):
        return False
    wide = {index for spans in top.spans.values() if len(spans) > 1 for index in spans}
    blank = {index for index, text in top.texts.items() if not text}
    inside = all(index in wide or index in blank for index, _ in cells)
    known = sum(field_of(cell.text) is not None or bool(find_dates(cell.text)) for _, cell in cells)
    return inside and known * 2 >= len(cells) and len(cells) > 1


def _settled(layout):
    """The same words mean different things beside different neighbours."""
    columns = list(layout.columns)
    _settle_numbers(columns)
    fields = {column.field for column in columns}
    for position, column in enumerate(columns):
        plain = key(column.heading)
        new = column.field
        if (
            column.field is Field.COMPLETION
            and Field.TARGET not in fields
            and "outcome" not in plain
        ):
            new = Field.TARGET if re.match(r"completion|(?:date )?complet\w+ by", plain) else new
        elif column.field is Field.UPDATE and not fields & {Field.ACTION, Field.DECISION}:
            new = Field.ACTION if re.search(r"\bactions? |\bresponse\b", plain + " ") else new
        elif column.field is Field.FINDING and Field.RECOMMENDATION in fields:
            new = Field.OTHER
        columns[position] = column._replace(field=new)
    findings = [column for column in columns if column.field is Field.FINDING]
    if findings and Field.RECOMMENDATION not in fields:
        last = findings[-1]
        columns = [
            column._replace(field=Field.RECOMMENDATION if column is last else Field.OTHER)
            if column.field is Field.FINDING
            else column
            for column in columns
        ]
    return replace(layout, columns=tuple(columns))


def _settle_numbers(columns):
    """Of two number columns the second, standing before the actions, numbers the actions."""
    numbers = [i for i, column in enumerate(columns) if column.field is Field.NUMBER]
    for position in numbers[1:]:
        after = columns[position + 1].field if position + 1 < len(columns) else None
        columns[position] = columns[position]._replace(
            field=Field.ACTION_NUMBER if after is Field.ACTION else Field.OTHER
        )
    only_number = [i for i, c in enumerate(columns) if c.field is Field.ACTION_NUMBER]
    if only_number and not any(c.field is Field.RECOMMENDATION for c in columns) and not numbers:
        columns[only_number[0]] = columns[only_number[0]]._replace(field=Field.NUMBER)


def _with_content(layout, rows):
    """What columns hold, where their headings leave it open."""
    samples = {column: _sample(rows, column) for column in layout.columns}
    columns, guessed = [], []
    fields = {column.field for column in layout.columns}
    for column in layout.columns:
        found = _by_content(column, samples[column], fields)
        new = column._replace(field=found)
        columns.append(new)
        if found is not column.field and (column.heading or found is not Field.NUMBER):
            guessed.append(new)
        fields.add(found)
    return replace(layout, columns=tuple(columns), guessed=tuple(guessed))


def _sample(rows, column):
    texts = []
    for row in rows[:200]:
        for index in column.indexes:
            if index < len(row.cells) and said(row.cells[index].text).casefold() not in NOTHING:
                texts.append(row.cells[index].text)
    return texts


def _share(texts, test):
    return sum(bool(test(text)) for text in texts) / len(texts) if texts else 0


def _words(texts):
    """How long the cells of a column are, on average."""
    return sum(len(text.split()) for text in texts) / len(texts)


def _is_date(text):
    return bool(find_dates(text)) and len(text.split()) < 12


def _is_decision(text):
    return len(text.split()) < 10 and read_decision(text)[0] is not None


def _by_content(column, texts, fields):
    current = column.field
    if len(texts) < 2:
        return current
    if current is Field.OTHER and not column.heading and _share(texts, NUMBER_LIKE.match) >= MOST:
        return Field.OTHER if Field.NUMBER in fields else Field.NUMBER
    if current is Field.OTHER and field_of(column.heading) is None:
        if Field.TARGET not in fields and _share(texts, _is_date) >= MOST:
            return Field.TARGET
        if Field.STATUS not in fields and _share(texts, is_status_only) >= MOST:
            return Field.STATUS
    if current is Field.STATUS and Field.UPDATE not in fields and _words(texts) > LONG_STATUS:
        return Field.UPDATE
    dated = Field.TARGET not in fields and current in {Field.OFFICER, Field.LEAD}
    if dated and _share(texts, _is_date) >= MOST:
        return Field.TARGET
    answers = current is Field.UPDATE or "response" in key(column.heading)
    if answers and Field.DECISION not in fields and _share(texts, _is_decision) >= ALMOST_ALL:
        return Field.DECISION
    return _missing_recommendation(column, texts, fields)


def _missing_recommendation(column, texts, fields):
    """A plan with actions, leads and dates has a recommendation somewhere: the long first column."""
    unnamed = column.field is Field.OTHER and field_of(column.heading) is None
    wanted = Field.RECOMMENDATION not in fields and column.indexes[0] <= 2
    return Field.RECOMMENDATION if unnamed and wanted and _words(texts) >= 8 else column.field


def _mapped(row, mapping):
    """The columns of a heading row as somebody corrected them: {column: heading or headings}."""
    wanted = {}
    for name, headings in mapping.items():
        for heading in [headings] if isinstance(headings, str) else headings or ():
            wanted[key(str(heading))] = Field(name)
    spans = _spans(row)
    columns = []
    for start, indexes in sorted(spans.spans.items()):
        text = _raw(row, start)
        found = wanted.get(key(text)) or wanted.get(key(f"column {start + 1}"))
        columns.append(Column(found or Field.OTHER, said(text), tuple(indexes)))
    hits = sum(column.field is not Field.OTHER for column in columns)
    here = sum(key(column.heading) in wanted for column in columns if column.heading)
    return Layout(tuple(columns), (row.number,)) if hits and here >= min(2, len(wanted)) else None


def looks_like_prompts(row):
    """A row under the heading that asks what should be written there."""
    cells = own_cells(row)
    if not cells:
        return False
    asks = sum(bool(PROMPT.search(said(cell.text))) for _, cell in cells)
    return asks * 2 >= len(cells) and asks >= min(2, len(cells)) and not _carries_data(cells)


def _carries_data(cells):
    texts = [said(cell.text) for _, cell in cells if not PROMPT.search(said(cell.text))]
    return any(
        re.match(r"\d{1,3}\s*[.:)]\s", text) or is_status_only(text) or _is_date(text)
        for text in texts
    )
