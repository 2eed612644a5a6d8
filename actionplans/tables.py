"""Rows of a table, sheet or CSV file, told apart and put together into recommendations.

A row may be the heading, a prompt, a banner that names an agency, the rest of the row above, a
further action for the recommendation above, or a recommendation. Every row becomes one of them.
"""

import re
from typing import NamedTuple

from actionplans.bodies import body_of_heading, is_a_name, is_body
from actionplans.cards import card_rows, read_cards
from actionplans.drafts import RUNNING_TEXT, Draft, Findings, RowSaid, Said
from actionplans.headings import find_layout, looks_like_prompts
from actionplans.leads import learn_bodies
from actionplans.openings import Opening, lone_items, opening_of, opening_of_text
from actionplans.plan import NotARow, Place, Remark
from actionplans.updates import is_label
from actionplans.vocabulary import (
    GROUP_SENTENCE,
    NAMED_RECOMMENDATION,
    NOTE,
    THEMES,
    Field,
)
from actionplans.wording import (
    Item,
    cannot_end,
    ends_open,
    items_of,
    joined,
    own_cells,
    said,
    starts_open,
    whole_text,
)

NUMBER_ALONE = re.compile(
    r"^(?:rec(?:ommendation)?\.?\s*)?(?:no\.?\s*)?[A-Z]{0,3}\s?\d{1,3}(?:\.\d{1,2}){0,2}\s?[a-z]?[.):]?$",
    re.IGNORECASE,
)
NUMBER_CODE = re.compile(r"^(?P<number>[A-Z]{1,4}\s?\d{1,2}(?:\.\d{1,2})?)\s*[.:)–-]\s+(?=[A-Z])")
NUMBER_BARE = re.compile(r"^(?P<number>\d{1,3})\s+(?=[A-Z])")
OBLIGES = re.compile(
    r"\b(?:should|must|to ensure|ensure|recommend|needs? to|to review|to develop|to provide|is to|are to|will)\b",
    re.IGNORECASE,
)
# What a row says of its own when it is more than the rest of the row above.
OWN_BUSINESS = (
    Field.LEAD,
    Field.AGENCY,
    Field.OFFICER,
    Field.TARGET,
    Field.STATUS,
    Field.COMPLETION,
)
ABOUT_THE_PAPER = re.compile(
    r"\b(?:action plan|review|response|appendix|annex|report|sheet ?\d*|version|tracker|summary|overview"
    r"|update|log|template|guidance)\b",
    re.IGNORECASE,
)
AS_ABOVE = re.compile(
    r"^(?:(?:the )?(?:same )?as above|ditto|same|see above|[\"“”〃])\.?$", re.IGNORECASE
)
CONTINUED = re.compile(
    r"^(?:rec(?:ommendation)?\.?\s*\d*\w?\s*)?[(\[]?\s*(?:cont(?:inued|['’]?d|\.)?|continued (?:from|overleaf).*)\s*[)\]]?\.?$",
    re.IGNORECASE,
)
SHORT_FIELDS = {
    Field.LEAD,
    Field.AGENCY,
    Field.OFFICER,
    Field.LEAD_AND_TARGET,
    Field.TARGET,
    Field.STATUS,
    Field.SCOPE,
}
LONG_BANNER = 25  # words


class TableReader:
    """Reads the parts of one file in order; a heading holds until another takes its place."""

    def __init__(self, names, mapping=None):
        self.names, self.mapping = names, mapping
        self.found = Findings()
        self.layout = None
        self.group = self.banner = None
        self.current = None  # the draft that a further row may belong to
        self.awaiting = None  # a recommendation named, and not yet said
        self.heading_above = ""
        self.above = {}  # Column -> the last cell that said something there

    def read(self, part):
        """Takes one part, and says whether it was part of an action plan."""
        self.part = part
        self.found.rows_read += len(part.rows)
        if not self.mapping and (cards := card_rows(part.rows)):
            read_cards(self, cards)
            return True
        located = find_layout(part.rows, self.mapping)
        if located is None:
            if self._continues_the_table_above():
                self._read_rows(part.rows, headed=False)
                return True
            self._pass_over(
                "is not in an action plan: no heading for recommendations or actions was found"
            )
            return False
        index, layout = located
        self._enter(layout, part.rows[:index])
        self._read_rows(part.rows[index:])
        return True

    # --- A part ------------------------------------------------------------------------------

    def place(self, row):
        return Place(self.part.kind, self.part.name, row.number)

    def leave_out(self, row, why):
        text = " | ".join(dict.fromkeys(said(text) for text in row.texts if said(text)))
        self.found.not_rows.append(NotARow(self.place(row), why, text))
        self.found.legend_texts += [text]

    def _pass_over(self, why):
        for row in self.part.rows:
            self.leave_out(row, why)

    def _continues_the_table_above(self):
        """A Word table cut in two has no second heading, but as many columns."""
        if self.layout is None or self.part.kind != "table" or not self.part.rows:
            return False
        widths = [len(row.cells) for row in self.part.rows]
        fits = max(set(widths), key=widths.count) == self.layout.width
        return fits and self.layout.width > 2

    def _enter(self, layout, above):
        """A new heading: what stands over it may name the body or the recommendation."""
        self.layout, self.above = layout, {}
        self.found.layouts.append(layout)
        self.current = self.banner = self.group = self.awaiting = None
        for text in self._titles():
            self._take_title(text)
        for row in above:
            if not self._opens_recommendation(row):
                self.leave_out(row, "stands above the heading")
        for column in layout.guessed:
            place = Place(self.part.kind, self.part.name, layout.heading_rows[0])
            name = f"“{column.heading}”" if column.heading else "without a heading"
            message = f"The column {name} was read as {column.field.replace('_', ' ')} from what it holds."
            self.found.doubts.append(Remark(place, column.heading, message))

    def _titles(self):
        """The sheet's name, or the headings and paragraphs over a Word table, in their order."""
        if self.part.kind == "sheet":
            return [str(self.part.name)]
        short = [text for text in self.part.above if len(text.split()) <= LONG_BANNER * 2]
        is_new = self.part.heading != self.heading_above
        self.heading_above = self.part.heading
        if self.part.heading and self.part.heading not in short and is_new:
            return [self.part.heading, *short]
        return short

    def _take_title(self, text):
        """A title may name a recommendation, or the body that the rows below it belong to."""
        opening = opening_of_text(text)
        if opening and not self.layout.has(Field.RECOMMENDATION):
            self._open(None, opening)
            return
        if self.awaiting:
            self._open(None, Opening(None, [Item(said(text), written=said(text))]))
            return
        body = body_of_heading(text, self.names)
        if body and (self.names.find(body) or _names_a_body(text, body)):
            self.banner = self.group = body
            learn_bodies(body, self.names)

    # --- Recommendations that stand over their actions --------------------------------------------

    def _opens_recommendation(self, row):
        """Whether a row is a recommendation by itself, in a plan without a column for them."""
        if self.layout.has(Field.RECOMMENDATION):
            return False
        opening = opening_of(row)
        if opening is None and self.awaiting and (lone := lone_items(row)):
            opening = Opening(None, lone)
        if opening is None:
            return False
        self._open(row, opening)
        return True

    def _open(self, row, opening):
        """Starts the recommendation; one that is only named waits for the text below it."""
        waiting = self.awaiting or Awaiting(None, [])
        rows = [*waiting.rows, *([self.place(row)] if row else [])]
        number = opening.number or waiting.number
        self.awaiting = None if opening.items else Awaiting(number, rows)
        self.current = None
        if opening.items:
            place = rows[0] if rows else Place(self.part.kind, self.part.name, self._first_row())
            self._start_named(place, rows, opening.items, number)
        elif row:
            self.leave_out(row, "names the recommendation below it")

    def _first_row(self):
        return self.layout.heading_rows[0] if self.layout.heading_rows else self.part.rows[0].number

    def _start_named(self, place, rows, items, number):
        draft = Draft(
            RowSaid(place),
            self.layout,
            rows,
            items,
            number=number,
            group=self.group,
            banner=self.banner,
            named=True,
        )
        self.found.drafts.append(draft)
        self.current = draft

    def _read_rows(self, rows, *, headed=True):
        heading_rows = set(self.layout.heading_rows) if headed else set()
        just_headed = False
        position = 0
        while position < len(rows):
            row = rows[position]
            if row.number in heading_rows:
                self.leave_out(row, "is the heading")
                just_headed = True
            elif just_headed and looks_like_prompts(row):
                self.leave_out(row, "asks what to write: a prompt")
            elif self.layout.repeats(row):
                self.leave_out(row, "repeats the heading")
                just_headed = True
            elif (located := find_layout(rows[position : position + 1], self.mapping)) and located[
                1
            ].columns:
                again = find_layout(rows, self.mapping, start=position)
                self._change_layout(again[1])
                heading_rows = set(again[1].heading_rows)
                continue
            else:
                just_headed = False
                self._read_row(row)
            position += 1

    def _change_layout(self, layout):
        """A further heading inside the same table, after a banner for another body or recommendation."""
        self.layout, self.above = layout, {}
        self.found.layouts.append(layout)
        if self.current is not None and not self.current.named:
            self.current = None

    # --- One row -----------------------------------------------------------------------------

    def _read_row(self, row):
        cells = own_cells(row)
        if not cells:
            self.leave_out(row, "is blank")
            return
        across = self._is_across(row, cells)
        if self._opens_recommendation(row):
            return
        if len(cells) == 1 and self._read_lone(row, cells[0], across=across):
            return
        said_here = self._by_columns(row)
        if said_here.is_blank:
            self.leave_out(row, "says nothing under any column")
            return
        self._read_data(row, said_here)

    def _inherited(self, column):
        """What a merged cell says in each row it reaches over."""
        above = self.above.get(column)
        return Said(list(above.items), list(above.cells), True) if above else Said([], [], True)

    def _is_across(self, row, cells):
        """One cell merged over all the others."""
        start = cells[0][0]
        return (
            len(cells) == 1
            and len(row.cells) > 1
            and all(
                cell.origin is not None and cell.origin[1] == start and cell.origin[0] == row.number
                for index, cell in enumerate(row.cells)
                if index != start
            )
        )

    def _by_columns(self, row):
        place = self.place(row)
        result = RowSaid(place)
        for column in self.layout.columns:
            own, inherited = [], False
            for index in column.indexes:
                if index >= len(row.cells):
                    continue
                cell = row.cells[index]
                if cell.text.strip():
                    own.append(cell)
                elif cell.origin and cell.origin[0] < row.number:
                    inherited = True
            labelled = is_label if column.field is Field.UPDATE else _never
            if own and column.field in SHORT_FIELDS and AS_ABOVE.match(said(own[0].text)):
                own, inherited = [], True
            items = [item for cell in own for item in items_of(cell, stands_alone=labelled)]
            result.said[column] = Said(items, own)
            if inherited and not own:
                result.said[column] = self._inherited(column)
            elif items:
                self.above[column] = result.said[column]
        extra = [cell for cell in row.cells[self.layout.width :] if cell.text.strip()]
        if extra:
            self.found.doubts.append(
                Remark(
                    place,
                    "",
                    f"“{said(extra[0].text)[:60]}” stands outside the columns that have a heading.",
                )
            )
        return result

    # --- Rows with one thing in them ------------------------------------------------------------

    def _read_lone(self, row, lone, *, across):
        """A row with a single filled cell: banner, group, note, number, or part of a recommendation."""
        index, cell = lone
        text = said(cell.text)
        if NUMBER_ALONE.match(text) and self._is_number_place(index, across):
            self.leave_out(row, f"holds only the number “{text}”")
            self.found.doubts.append(
                Remark(
                    self.place(row),
                    self._heading_at(index),
                    f"A row holds only “{text}”. It was not used as the number of the recommendation below it.",
                )
            )
            return True
        opening = opening_of_text(text)
        if opening and opening.items and across:
            self._open(row, opening)
            return True
        first = across or self._is_first_place(index)
        if NOTE.match(text) and first and not self._is_the_rest(text):
            self.leave_out(row, "is a note")
            return True
        named_body = self._is_recommendation_place(index) and self._is_named_body(text)
        if across or ((first or named_body) and not self._is_the_rest(text)):
            return self._read_banner(row, cell, text, across=across)
        return False

    def _is_number_place(self, index, across):
        column = self._column_at(index)
        return across or column is None or column.field in {Field.NUMBER, Field.RECOMMENDATION}

    def _is_recommendation_place(self, index):
        column = self._column_at(index)
        return index == 0 or (column is not None and column.field is Field.RECOMMENDATION)

    def _is_first_place(self, index):
        """Whether a cell stands at the left edge of the plan; empty columns may stand before it."""
        headed = [min(column.indexes) for column in self.layout.columns if column.heading]
        return index <= min(headed, default=0)

    def _is_named_body(self, text):
        body = body_of_heading(text, self.names)
        return bool(body) and (is_body(body) or text.isupper()) and is_a_name(body)

    def _column_at(self, index):
        return next((column for column in self.layout.columns if index in column.indexes), None)

    def _heading_at(self, index):
        column = self._column_at(index)
        return column.heading if column else ""

    def _is_the_rest(self, text):
        """Whether a lone text goes on with the recommendation above."""
        if self.current is None or not self.current.text_items:
            return False
        above = self.current.text_items[-1].text
        return starts_open(text) or (ends_open(above) and not above.endswith(":"))

    def _read_banner(self, row, cell, text, *, across):
        """A banner names a body; a group a theme, or "the panel recommends that"."""
        words = len(text.split())
        numbered = bool(items_of(cell)) and items_of(cell)[0].number is not None
        sentence = bool(GROUP_SENTENCE.search(text))
        bare = items_of(cell)[0].text if numbered and across else text
        body = None if numbered and not across else body_of_heading(bare, self.names)
        column = self._column_at(cell_index(row, cell))
        if (
            across
            and not self.layout.has(Field.RECOMMENDATION)
            and (numbered or (OBLIGES.search(text) and words > 6))
            and not sentence
        ):
            return self._recommendation_across(row, cell)
        if not across and not body and not THEMES.match(text) and not sentence:
            return False
        if (
            not across
            and column is not None
            and column.field not in {Field.RECOMMENDATION, Field.NUMBER, Field.GROUP}
        ):
            return False
        if numbered and not across:
            return False
        if numbered and OBLIGES.search(text):
            return False
        if words > LONG_BANNER and not sentence:
            self.leave_out(row, "is running text")
            return True
        if body and not (sentence and words > 6):
            self.banner, self.group = body, text
            learn_bodies(body, self.names)
            self.leave_out(row, f"is a banner: {body}")
        else:
            self.group = text
            if THEMES.match(text):
                self.banner = None
            self.leave_out(row, "is a group heading")
        self.current = None
        return True

    def _recommendation_across(self, row, cell):
        items = items_of(cell)
        self._open(row, Opening(items[0].number, _without_number(items)))
        return True

    # --- Rows of data ---------------------------------------------------------------------------

    def _read_data(self, row, here):
        text_items, number = self._recommendation_in(here)
        if text_items and self.current is not None and CONTINUED.match(whole_text(text_items)):
            text_items = []  # "(continued)" at the top of a page
        if text_items:
            if self._continues_text(here, text_items, number):
                self._continue(here, text_items)
            elif self._is_same_again(here, text_items, number):
                self._further_action(here)
            else:
                self._start(here, text_items, number)
        elif self._waits_for_text(here, number):
            self._start(here, here.items(Field.ACTION), number)
        elif self.current is None:
            self._reject(here)
        elif self._is_further_action(here):
            self._further_action(here)
        else:
            self._continue(here, [])

    def _recommendation_in(self, here):
        """The text of a recommendation and its number, wherever the number stands."""
        number = None
        if here.has(Field.NUMBER):
            number = said(here.text(Field.NUMBER)).strip(" .:)(") or None
        items = []
        for _, one in here.of(Field.RECOMMENDATION):
            if one.inherited:
                continue
            own = list(one.items)
            if len(one.cells) > 1 and NUMBER_ALONE.match(said(one.cells[0].text)):
                number = number or said(one.cells[0].text).strip(" .:)(")
                own = [item for cell in one.cells[1:] for item in items_of(cell)]
            items += own
        if not items:
            return [], number
        first = items[0]
        named = NAMED_RECOMMENDATION.match(first.text) if not number else None
        if named and named["text"] and first.number is None:
            return [Item(said(named["text"]), written=said(named["text"])), *items[1:]], named[
                "number"
            ]
        if named and not named["text"] and len(items) > 1:
            return items[1:], named["number"]
        if first.number is not None and re.match(r"\d", first.number):
            return _without_number(items), number or first.number
        coded = NUMBER_CODE.match(first.text) if first.number is None and number is None else None
        if coded:
            rest = first.text[coded.end() :]
            return [first._replace(text=rest, written=rest), *items[1:]], coded["number"]
        bare = NUMBER_BARE.match(first.text) if first.number is None and number is None else None
        if bare and self._is_next_number(int(bare["number"])):
            rest = first.text[bare.end() :]
            return [first._replace(text=rest, written=rest), *items[1:]], bare["number"]
        return items, number

    def _is_next_number(self, number):
        """ "16 Subject to…" is numbered only where sixteenth comes next; "16 Days of Action" is not."""
        last = next(
            (d.number for d in reversed(self.found.drafts) if d.number and d.number.isdigit()), None
        )
        since = 0
        for draft in reversed(self.found.drafts):
            if draft.number and draft.number.isdigit():
                break
            since += draft.letter is None
        return number == (int(last) + since if last else since) + 1

    def _continues_text(self, here, items, number):
        """Whether this text is the second half of the recommendation above, cut by the page."""
        if (
            self.current is None
            or self.current.named
            or number is not None
            or items[0].starts_itself
        ):
            return False
        above = self.current.text_items[-1].text if self.current.text_items else ""
        if cannot_end(above) and not here.has(Field.DECISION):
            return True
        if here.has(*OWN_BUSINESS, Field.DECISION):
            return False
        return starts_open(items[0].text) or (ends_open(above) and not above.endswith(":"))

    def _is_same_again(self, here, items, number):
        """The same recommendation repeated beside its next action, instead of merged."""
        draft = self.current
        if draft is None or draft.named or not here.has(Field.ACTION):
            return False
        same_text = said(whole_text(items)).casefold() == draft.text.casefold()
        same_number = (
            number is None
            or draft.number is None
            or number.split(".")[0] == draft.number.split(".")[0]
        )
        another = here.text(Field.ACTION).casefold() != draft.first.text(Field.ACTION).casefold()
        return same_text and same_number and another

    def _waits_for_text(self, here, number):
        """A plan without recommendations: its actions stand for themselves."""
        no_text = not self.layout.has(Field.RECOMMENDATION) and here.has(Field.ACTION)
        return no_text and not (self.current is not None and self.current.named)

    def _is_further_action(self, here):
        if self.current.named:
            return here.has(Field.ACTION) or here.has(*OWN_BUSINESS)
        if not here.has(Field.ACTION):
            return False
        if (
            here.inherits(Field.RECOMMENDATION)
            or here.has(Field.ACTION_NUMBER)
            or here.has(Field.NUMBER)
        ):
            return True
        return here.has(*OWN_BUSINESS) and not self._is_mid_sentence(here)

    def _is_mid_sentence(self, here):
        last = (self.current.further or [self.current.first])[-1]
        before, after = last.items(Field.ACTION), here.items(Field.ACTION)
        return bool(before and after) and not after[0].starts_itself and starts_open(after[0].text)

    def _start(self, here, items, number):
        letter = items[0].number if items[0].number and items[0].number.isalpha() else None
        draft = Draft(
            here,
            self.layout,
            [here.place],
            items,
            number=number,
            group=self._group(here),
            banner=self.banner,
            letter=letter,
        )
        self.found.drafts.append(draft)
        self.current = draft

    def _group(self, here):
        """The theme of a theme column, which holds until another is written; else the group heading."""
        theme = here.text(Field.GROUP)
        if not theme and here.of(Field.GROUP):
            theme = next(
                (one.text for column, one in self.above.items() if column.field is Field.GROUP), ""
            )
        return theme or self.group

    def _further_action(self, here):
        """A row about the recommendation above. Long texts merged down to it were read there."""
        for column in [column for column, one in here.said.items() if one.inherited]:
            if column.field in RUNNING_TEXT:
                here.said[column] = Said(inherited=True)
        self.current.further.append(here)
        self.current.rows.append(here.place)

    def _continue(self, here, text_items):
        draft = self.current
        target = draft.further[-1] if draft.further else draft.first
        if text_items:
            last = draft.text_items[-1]
            first = text_items[0]
            draft.text_items[-1] = last._replace(
                text=joined(last.text, first.text), written=joined(last.written, first.written)
            )
            draft.text_items += text_items[1:]
        target.add(here)
        draft.rows.append(here.place)
        above = draft.rows[-2] if len(draft.rows) > 1 else draft.first.place
        self.found.not_rows.append(NotARow(here.place, f"goes on with row {above.row}", ""))

    def _reject(self, here):
        text = next((one.text for one in here.said.values() if one.items), "")
        self.found.rejected.append(
            Remark(
                here.place,
                "",
                f"There is no recommendation in or above this row (“{text[:80]}”). Write one in, or delete the row.",
            )
        )


def _names_a_body(title, body):
    """Whether a title over a table names a body, and not the paper it stands in."""
    return (
        is_a_name(body)
        and not re.search(r"[.:;]", said(title))
        and not ABOUT_THE_PAPER.search(title)
        and (is_body(body) or body.isupper())
    )


def _never(text):
    return False


class Awaiting(NamedTuple):
    """ "Recommendation 2" by itself: the text follows in the next row."""

    number: str | None
    rows: list[Place]


def cell_index(row, cell):
    return next(index for index, one in enumerate(row.cells) if one is cell)


def _without_number(items):
    return [items[0]._replace(number=None, written=items[0].text), *items[1:]]
