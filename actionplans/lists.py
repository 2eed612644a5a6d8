"""Recommendations written as paragraphs: lists under the headings of the bodies they are for."""

import re
from collections import Counter

from actionplans.bodies import body_of_heading
from actionplans.drafts import Draft, Findings, RowSaid, Said
from actionplans.headings import Column, Layout
from actionplans.leads import learn_bodies
from actionplans.plan import NotARow, Place, Remark
from actionplans.vocabulary import EVERYBODY, NAMED_RECOMMENDATION, Field, field_of
from actionplans.wording import (
    Item,
    bare_number,
    ends_open,
    items_of,
    joined,
    key,
    said,
    starts_open,
)

HEADING_STYLE = re.compile(r"^heading\s*(\d)", re.IGNORECASE)
OPENS = re.compile(r"\brecommendations?\b|\baction plan\b|^actions?$", re.IGNORECASE)
KEYED = re.compile(r"^(?P<key>[A-Z][\w ()/'’]{2,40}?)\s*[:–—]\s*(?P<text>\S.*)$", re.DOTALL)
OBLIGES = re.compile(
    r"\b(?:should|must|to ensure|recommends? that|needs? to|ensures?|to (?:review|develop|provide))\b",
    re.IGNORECASE,
)
ITEMS = Column(Field.ACTION, "", (0,))
LAYOUT = Layout((ITEMS,))
LONGEST_LINE_OF_HEADING = 15  # words, where no style says that it is one


class ListReader:
    """Reads the running paragraphs of one document."""

    def __init__(self, names):
        self.names = names
        self.found = Findings(layouts=[LAYOUT])

    def read(self, part):
        self.part = part
        self.rows = part.rows
        self.found.rows_read += len(part.rows)
        self.current = self.group = self.banner = None
        self.path = {}  # list depth -> number of the item open there
        self.expects_text = False
        self.keys = Counter(
            key(match["key"])
            for i in range(len(self.rows))
            if (match := KEYED.match(self._text(i)))
        )
        inside = self._inside()
        self.numbered = self._has_numbers(inside)
        self.base = min((self._level(i) for i in inside if self._level(i) is not None), default=0)
        last = self._last_item(inside)
        for index, row in enumerate(self.rows):
            if index not in inside:
                self._not_row(row, "stands outside the recommendations")
            else:
                self._read_paragraph(index, row, after=index > last)
        return bool(self.found.drafts)

    # --- Where recommendations stand ------------------------------------------------------------

    def _text(self, index):
        return said(self.rows[index].cells[0].text)

    def _level(self, index):
        cell = self.rows[index].cells[0]
        return cell.level if cell.level is not None and not self._heading_level(index) else None

    def _heading_level(self, index):
        cell = self.rows[index].cells[0]
        styled = HEADING_STYLE.match(cell.style or "")
        if styled:
            return int(styled[1])
        return 1 if (cell.style or "").casefold() == "title" else 0

    def _inside(self):
        """The paragraphs under a heading that speaks of recommendations; else those named as one."""
        inside, level = set(), None
        for index in range(len(self.rows)):
            here = self._heading_level(index) or (3 if self._is_plain_opening(index) else 0)
            if (
                here
                and OPENS.search(self._text(index))
                and not NAMED_RECOMMENDATION.match(self._text(index))
            ):
                level = here if level is None else min(level, here)
                inside.add(index)
            elif (
                here
                and level is not None
                and here <= level
                and not NAMED_RECOMMENDATION.match(self._text(index))
            ):
                level = None
            elif level is not None:
                inside.add(index)
        if inside and self._has_items(inside):
            return inside
        named = [
            i
            for i in range(len(self.rows))
            if NAMED_RECOMMENDATION.match(self._text(i))
            and re.match(r"rec", self._text(i), re.IGNORECASE)
        ]
        return set(range(named[0], len(self.rows))) if named else set()

    def _is_plain_opening(self, index):
        text = self._text(index)
        return len(text.split()) <= 6 and bool(
            re.fullmatch(r"(?:\d+[.)]?\s*)?(?:\w+\s+){0,4}recommendations?:?", text, re.IGNORECASE)
        )

    def _has_items(self, inside):
        return any(
            self._level(i) is not None
            or self._typed(i)
            or NAMED_RECOMMENDATION.match(self._text(i))
            or OBLIGES.search(self._text(i))
            for i in inside
        )

    def _typed(self, index):
        items = items_of(self.rows[index].cells[0])
        return items[0].number if items and self.rows[index].cells[0].level is None else None

    def _has_numbers(self, inside):
        return any(
            (self._level(i) is not None and bare_number(self.rows[i].cells[0].label))
            or self._typed(i)
            for i in inside
        )

    def _last_item(self, inside):
        items = [
            i
            for i in inside
            if self._level(i) is not None
            or self._typed(i)
            or NAMED_RECOMMENDATION.match(self._text(i))
            or self._keyed(i)
        ]
        return max(items, default=len(self.rows))

    def _keyed(self, index):
        match = KEYED.match(self._text(index))
        found = field_of(match["key"]) if match and len(match["key"].split()) <= 5 else None
        if found in {None, Field.OTHER, Field.NUMBER} or self.keys[key(match["key"])] < 2:
            return None
        return found, match["key"], match["text"]

    # --- One paragraph ----------------------------------------------------------------------------

    def _place(self, row):
        return Place(self.part.kind, self.part.name, row.number)

    def _not_row(self, row, why):
        self.found.not_rows.append(NotARow(self._place(row), why, said(row.cells[0].text)))

    def _read_paragraph(self, index, row, *, after):
        text = self._text(index)
        named = NAMED_RECOMMENDATION.match(text)
        if not items_of(row.cells[0]):
            self._not_row(row, "is blank")
        elif self._heading_level(index):
            self._read_heading(row, text, named)
        elif named and re.match(r"rec", text, re.IGNORECASE):
            self._start(
                row,
                [Item(said(named["text"]), written=said(named["text"]))] if named["text"] else [],
                named["number"],
            )
        elif self._level(index) is not None:
            self._read_list_item(row, self._level(index) - self.base)
        elif self._typed(index) is not None:
            self._read_typed(row)
        elif self.current is not None and (keyed := self._keyed(index)):
            self._read_keyed(row, *keyed)
        elif self.current is not None and self.expects_text:
            self.current.text_items.append(Item(text, written=text))
            self.current.rows.append(self._place(row))
            self.expects_text = False
        else:
            self._read_plain(index, row, text, after=after)

    def _read_heading(self, row, text, named):
        if named and re.match(r"rec", text, re.IGNORECASE):
            self._start(
                row,
                [Item(said(named["text"]), written=said(named["text"]))] if named["text"] else [],
                named["number"],
            )
        elif OPENS.search(text) and not body_of_heading(text, self.names):
            self._not_row(row, "is a heading")
        else:
            self._take_group(row, text)

    def _take_group(self, row, text):
        self.group = text
        self.banner = text if EVERYBODY.match(text) else body_of_heading(text, self.names)
        if self.banner:
            learn_bodies(self.banner, self.names)
        self.current = None
        self._not_row(row, f"is a heading: {text}")

    def _start(self, row, items, number):
        place = self._place(row)
        draft = Draft(
            RowSaid(place, {ITEMS: Said()}),
            LAYOUT,
            [place],
            items,
            number=number,
            group=self.group,
            banner=self.banner,
        )
        self.found.drafts.append(draft)
        self.current, self.path = draft, {}
        self.expects_text = not items

    def _read_list_item(self, row, depth):
        cell = row.cells[0]
        number = bare_number(cell.label)
        item = items_of(cell)[0]._replace(number=None)
        item = item._replace(text=said(cell.text), written=said(cell.text))
        bullet_below = depth == 0 and number is None and self.numbered and self.current is not None
        if depth <= 0 and not bullet_below:
            self._start(row, [item], number)
        elif self.current is None:
            self._not_row(row, "is a list item without a recommendation above it")
            self.found.doubts.append(
                Remark(self._place(row), "", "This list item has no recommendation above it.")
            )
        else:
            self._add_action(row, item, number, max(depth, 1))

    def _read_typed(self, row):
        items = items_of(row.cells[0])
        first, number = items[0], items[0].number
        is_part = number.isalpha() or (
            self.current is not None
            and self.current.number
            and number.startswith(f"{self.current.number}.")
        )
        if is_part and self.current is not None:
            roman_below = (
                re.fullmatch(r"[ivx]+", number) and 1 in self.path and not self._follows(number)
            )
            self._add_action(
                row,
                first._replace(number=None, written=first.text),
                number,
                2 if roman_below else 1,
            )
        else:
            self._start(row, [first._replace(number=None, written=first.text), *items[1:]], number)

    def _follows(self, letter):
        """Whether "i" is the ninth letter of a list, and not a roman one below it."""
        before = self.path.get(1)
        return (
            bool(before)
            and len(before) == 1
            and len(letter) == 1
            and ord(letter) == ord(before) + 1
        )

    def _add_action(self, row, item, number, depth):
        self.path = {
            level: open_number for level, open_number in self.path.items() if level < depth
        }
        self.path[depth] = number
        written = (
            ".".join(self.path[level] for level in sorted(self.path) if self.path[level]) or None
        )
        said_here = self.current.first.said[ITEMS]
        said_here.items.append(item._replace(number=written))
        self.current.rows.append(self._place(row))

    def _read_keyed(self, row, found, heading, text):
        cell_column = Column(found, heading, (0,))
        here = self.current.first.said.setdefault(
            ITEMS if found is Field.ACTION else cell_column, Said()
        )
        from foundations.office.tables import Cell

        cell = Cell.of(text)
        here.items += items_of(cell)
        here.cells.append(cell)
        self.current.rows.append(self._place(row))

    def _read_plain(self, index, row, text, *, after):
        if self.current is not None and not after and self._goes_on(text):
            self._join(row, text)
        elif not after and self._is_unstyled_heading(index, text):
            self._take_group(row, text)
        elif (
            not self.numbered
            and not after
            and OBLIGES.search(text)
            and not any(self._level(i) is not None for i in range(len(self.rows)))
        ):
            self._start(row, [Item(text, written=text)], None)
        elif self.current is None or after:
            self._not_row(row, "is running text")
        else:
            self._not_row(row, "is running text between recommendations")
            self.found.doubts.append(
                Remark(
                    self._place(row),
                    "",
                    "This paragraph stands between recommendations and was not taken into one.",
                )
            )

    def _goes_on(self, text):
        items = self.current.first.said[ITEMS].items or self.current.text_items
        before = items[-1].text if items else ""
        return starts_open(text) or (ends_open(before) and not before.endswith(":"))

    def _join(self, row, text):
        items = self.current.first.said[ITEMS].items or self.current.text_items
        items[-1] = items[-1]._replace(
            text=joined(items[-1].text, text), written=joined(items[-1].written, text)
        )
        self.current.rows.append(self._place(row))

    def _is_unstyled_heading(self, index, text):
        """A short line without a full stop over a list, written as a heading without its style."""
        if len(text.split()) > LONGEST_LINE_OF_HEADING or text.endswith((".", ";", ",")):
            return False
        below = index + 1
        return below < len(self.rows) and (
            self._level(below) is not None
            or bool(self._typed(below))
            or bool(NAMED_RECOMMENDATION.match(self._text(below)))
        )
