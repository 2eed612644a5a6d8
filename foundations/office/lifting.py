"""Recommendations and lessons of a report as rows, each with the place where it stands.

Nothing is taken from the middle of a narrative. Only what stands under a heading that says so, or in
a table whose first row says so, is lifted; what stands there and is no row of its own is kept beside,
with the reason. Whoever sees the preview decides: each row that had to be guessed has a doubt.
"""

import re
from collections import Counter
from dataclasses import dataclass, field, replace

RECOMMENDATION, LESSON = "recommendation", "lesson"

_NOT_OWN = re.compile(
    r"\b(previous|earlier|other|national|implementation|progress|status|background|action plan for)\b",
    re.I,
)
_HEADINGS = {
    RECOMMENDATION: re.compile(r"\brecommendations?\b", re.I),
    LESSON: re.compile(
        r"\blessons?\b|\blearning\b(?! disabilit| difficult| support)|\bwhat (?:have|did) we learn",
        re.I,
    ),
}
_SINGULAR = {
    RECOMMENDATION: re.compile(r"(?:\w+ ){0,3}recommendation(?: \w{1,5})?[:.]?", re.I),
    LESSON: re.compile(r"(?:\w+ ){0,3}lesson(?: \w{1,5})?[:.]?", re.I),
}
MOST_WORDS = 12  # of a heading that names a list
MOST_WORDS_OF_A_COLUMN = 5
_LABELLED = re.compile(
    r"(?P<number>(?:single[- ]agency |agency )?(?:recommendation|lesson|learning point|rec|r|l)\.?"
    r"\s*\d{1,3}[a-z]?|\d{1,3}(?:\.\d{1,3}){0,3})\s*[.):\u2013-]?\s+",
    re.I,
)
_COUNTED = re.compile(r"\(?[0-9]{1,3}(?:\.\d{1,3})*[.):]?$|R\d+[.:]?$")
_AFTER = "A paragraph after the list was taken with it: check where it ends."
_LEADS_IN = re.compile(r":\s*$|\b(following|below|set out|listed|as follows)\b", re.I)
_NUMBER_COLUMN = re.compile(r"(no\.?|number|ref\.?|reference|#|rec\.? ?no\.?|id)", re.I)


@dataclass(frozen=True)
class Lifted:
    """One recommendation or lesson. `positions` are those of the blocks it was read from."""

    kind: str
    number: str  # as written or as Word counts it
    text: str
    heading: str  # under which it stands
    group: str  # a heading below that, such as a body it is made to
    positions: tuple
    table: int | None = None
    row: int | None = None
    others: tuple = ()  # (heading of the column, text) of the rest of its row
    doubts: tuple = ()


@dataclass(frozen=True)
class PassedOver:
    """Something under such a heading that is no row of its own."""

    position: int
    text: str
    why: str


@dataclass
class Lifting:
    recommendations: list = field(default_factory=list)
    lessons: list = field(default_factory=list)
    passed_over: list = field(default_factory=list)
    doubts: list = field(default_factory=list)

    @property
    def rows(self):
        return [*self.recommendations, *self.lessons]

    def add(self, lifted):
        (self.recommendations if lifted.kind == RECOMMENDATION else self.lessons).append(lifted)


def lift(found):
    """What is recommended and what was learned, from `Passages`."""
    lifting, columns = Lifting(), {}
    done = set()
    for passage in found.passages:
        kind = kind_of(passage.heading)
        if kind is None or passage.position in done:
            continue
        under = _own(found, passage, kind)
        done |= {one.position for one in under}
        for one in under:
            _Section(lifting, columns, kind, passage, one).read()
    for passage in found.passages:
        if passage.position not in done:
            _Section(lifting, columns, None, passage, passage).read_tables_that_say_so()
    _doubt(lifting)
    return lifting


def kind_of(heading):
    """What a heading announces; None for one that announces neither, or both of others."""
    if not heading or len(heading.split()) > MOST_WORDS or _NOT_OWN.search(heading):
        return None
    kinds = [kind for kind, pattern in _HEADINGS.items() if pattern.search(heading)]
    return kinds[0] if kinds else None


def _own(found, passage, kind):
    """The passage and those below it, but for those that announce the other kind."""
    under = []
    for one in found.under(passage):
        if one is not passage and kind_of(one.heading) not in (None, kind):
            break
        under.append(one)
    return under


class _Section:
    """The blocks of one passage, of which some begin a row and some go on with it."""

    def __init__(self, lifting, columns, kind, top, passage):
        self.lifting, self.kind, self.top, self.passage = lifting, kind, top, passage
        self.columns = columns  # of each table, as its first row names them; headings may divide it
        self.is_mixed = kind is not None and all(
            pattern.search(top.heading) for pattern in _HEADINGS.values()
        )
        self.group = passage.heading if passage is not top else ""
        self.blocks = list(passage.blocks)
        self.is_one = kind is not None and bool(_SINGULAR[kind].fullmatch(passage.heading))

    def read(self):
        paragraphs = [block for block in self.blocks if block.kind != "row"]
        if self.is_one and paragraphs:
            self._lift(paragraphs, self.passage.number, [])
        else:
            self._read_paragraphs(paragraphs)
        self._read_tables(self.kind)

    # -- paragraphs ----------------------------------------------------------------------------

    def _read_paragraphs(self, blocks):
        begins = self._beginnings(blocks)
        held, doubts, follows = [], [], []
        for block in blocks:
            if id(block) not in begins and self._is_numbered_as_text(block, begins):
                self._close(held, doubts)
                held, doubts = [], []
                self._pass_over(block, "It is a numbered paragraph beside the list.")
            elif id(block) in begins:
                self._close(held, doubts)
                follows.append(_goes_on(held))
                held, doubts = [block], list(begins[id(block)])
            elif held:
                held.append(block)
            else:
                self._pass_over(block, "It stands before the first of the list.")
        if _goes_on(held) and not any(follows):
            doubts.append(_AFTER)
        self._close(held, doubts)

    def _beginnings(self, blocks):
        """{id of a block that begins a row: doubts about that}, by the surest sign there is."""
        numbered = [block for block in blocks if _number_of(block)[0]]
        simple = [block for block in numbered if _number_of(block)[0].isdigit()]
        if len(simple) > 1:  # beside those that count the paragraphs of the report: 10.2.1
            numbered = simple
        depth = min((block.depth or 0 for block in numbered), default=0)
        if numbered:
            return {id(one): () for one in numbered if (one.depth or 0) == depth}
        listed = [block for block in blocks if block.depth is not None]
        depth = min((block.depth for block in listed), default=0)
        if listed:
            return {id(one): () for one in listed if one.depth == depth}
        doubt = "It has no number: check where it begins and ends."
        plain = [
            one for one in blocks if one.kind == "paragraph" and not _LEADS_IN.search(one.text)
        ]
        return {id(one): (doubt,) for one in plain}

    def _is_numbered_as_text(self, block, begins):
        """ "10.2.1" among "1", "2", "3" under the heading 10 counts the report's paragraphs."""
        number = _number_of(block)[0]
        return bool(begins) and bool(number) and number.startswith(f"{self.passage.number}.")

    def _close(self, held, doubts):
        if held:
            self._lift(held, _number_of(held[0])[0], doubts)

    def _lift(self, blocks, number, doubts):
        _, first = _number_of(blocks[0]) if not self.is_one else ("", blocks[0].text)
        kind = self.kind
        if self.is_mixed:
            kind = _kind_by_words(blocks[0]) or LESSON
            doubts = [*doubts, "Its heading names lessons and recommendations: check which it is."]
        self.lifting.add(
            Lifted(
                kind=kind,
                number=number,
                text="\n".join([first, *(block.shown for block in blocks[1:])]),
                heading=self.top.title,
                group=self.group,
                positions=tuple(block.position for block in blocks),
                doubts=tuple(doubts),
            )
        )

    def _pass_over(self, block, why):
        self.lifting.passed_over.append(PassedOver(block.position, block.shown, why))

    # -- tables --------------------------------------------------------------------------------

    def read_tables_that_say_so(self):
        """Elsewhere in the report, a table is lifted only where its first row names such a column."""
        self._read_tables(None)

    def _read_tables(self, kind):
        tables = {}
        for block in self.blocks:
            if block.kind == "row":
                tables.setdefault(block.table, []).append(block)
        for rows in tables.values():
            self._read_table(rows, kind)

    def _read_table(self, rows, kind):
        table = rows[0].table
        if table not in self.columns and (named := self._name_columns(rows[0], kind)):
            self.columns[table] = named
            self._pass_over(rows[0], "It names the columns.")
            rows = rows[1:]
        if table in self.columns:
            for block in rows:
                self._read_row(block, *self.columns[table], is_elsewhere=kind is None)
        elif kind is not None:
            for block in rows:
                self._pass_over(block, "Its table does not say which column it is.")

    def _name_columns(self, block, kind):
        """(kind, column of the text, names of all), or None where no column is named so."""
        for column, cell in enumerate(block.cells):
            found = kind_of(" ".join(cell.split()))
            if (
                found
                and len(cell.split()) <= MOST_WORDS_OF_A_COLUMN
                and (kind is None or found == kind or self.is_mixed)
            ):
                return found, column, block.cells
        return None

    def _read_row(self, block, kind, column, names, *, is_elsewhere):
        text = block.cells[column] if column < len(block.cells) else ""
        label = block.labels[column] if column < len(block.labels) else ""
        number, bare = _split(text, label)
        others = []
        for at, cell in enumerate(block.cells):
            name = " ".join(names[at].split()) if at < len(names) else ""
            mark = block.labels[at] if at < len(block.labels) else ""
            if at != column and _NUMBER_COLUMN.fullmatch(name) and (cell or mark):
                number = (cell or mark).strip(" .):")
            elif at != column and cell:
                others.append((name, cell))
        if not bare.strip():
            self._pass_over(block, "Its row has nothing in that column.")
            return
        doubts = ["It stands in a table elsewhere in the report."] if is_elsewhere else []
        if bare.lstrip()[:1].islower():
            doubts.append("It begins in the middle of a sentence: it may belong to the row above.")
        self.lifting.add(
            Lifted(
                kind=kind,
                number=number,
                text=bare,
                heading=self.top.title,
                group=self.group,
                positions=(block.position,),
                table=block.table,
                row=block.row,
                others=tuple(others),
                doubts=tuple(doubts),
            )
        )


def _goes_on(blocks):
    """An ordinary paragraph stands behind the one that began the row."""
    return any(one.kind == "paragraph" and one.depth is None for one in blocks[1:])


def _number_of(block):
    """(number, rest) of a block: as Word counts it, or as somebody typed it."""
    if block.kind != "paragraph":
        return "", block.shown
    return _split(block.text, block.label)


def _split(text, label):
    if _COUNTED.fullmatch(label.strip()):
        return label.strip(" .):("), text
    found = _LABELLED.match(text)
    return (found["number"], text[found.end() :]) if found else ("", text)


def _kind_by_words(block):
    found = re.match(r"\s*(recommendation|lesson|learning)", block.shown, re.I)
    return found and (RECOMMENDATION if found[1].lower() == "recommendation" else LESSON)


def _doubt(lifting):
    lifting.recommendations[:] = _with_doubts(lifting.recommendations)
    if not lifting.recommendations:
        lifting.doubts.append(
            "No recommendations were found: no heading and no table of the report announces them."
        )
    numbers = {int(row.number) for row in lifting.recommendations if row.number.isdigit()}
    missing = sorted(set(range(1, max(numbers, default=0))) - numbers)
    if missing and len(missing) < len(numbers):
        lifting.doubts.append(
            f"Numbers are missing among the recommendations: {', '.join(map(str, missing[:10]))}."
        )


def _with_doubts(rows):
    """A row without a number among many that have one may be a prompt of the form."""
    tables = Counter(row.table for row in rows if row.table)
    numbered = Counter(row.table for row in rows if row.table and row.number)
    doubt = "It has no number, although most rows of its table have one."
    return [
        replace(row, doubts=(*row.doubts, doubt))
        if not row.number and numbered[row.table] * 2 > tables[row.table]
        else row
        for row in rows
    ]
