"""What the rows of a plan say, before their cells are parsed."""

from dataclasses import dataclass, field

from actionplans.headings import Layout
from actionplans.plan import NotARow, Place, Remark
from actionplans.updates import is_label
from actionplans.vocabulary import NOTHING, Field
from actionplans.wording import Item, continue_items, whole_text

# Columns whose text runs on over rows; the others hold one thing in each row.
RUNNING_TEXT = {
    Field.RECOMMENDATION,
    Field.ACTION,
    Field.MILESTONE,
    Field.UPDATE,
    Field.OUTCOME,
    Field.EVIDENCE,
    Field.FINDING,
    Field.OTHER,
    Field.GROUP,
}


@dataclass
class Said:
    """What one row says under one column; what continues it is added."""

    items: list[Item] = field(default_factory=list)
    cells: list = field(default_factory=list)
    inherited: bool = False  # from the cell above, with which this one is merged

    @property
    def text(self):
        return whole_text(self.items)

    @property
    def is_own(self):
        return bool(self.items) and not self.inherited


@dataclass
class RowSaid:
    """One row by its columns."""

    place: Place
    said: dict = field(default_factory=dict)  # Column -> Said

    def of(self, *fields):
        return [(column, one) for column, one in self.said.items() if column.field in fields]

    def text(self, *fields):
        return " ".join(one.text for _, one in self.of(*fields) if one.items)

    def has(self, *fields):
        """Whether the row says something of its own under these."""
        return any(one.is_own and one.text.casefold() not in NOTHING for _, one in self.of(*fields))

    def items(self, *fields):
        return [item for _, one in self.of(*fields) for item in one.items]

    def cells(self, *fields):
        return [cell for _, one in self.of(*fields) for cell in one.cells]

    def inherits(self, *fields):
        return any(one.inherited for _, one in self.of(*fields))

    @property
    def is_blank(self):
        return not any(one.is_own for one in self.said.values())

    def add(self, other):
        """The rest of this row, out of the row below."""
        for column, more in other.said.items():
            if more.inherited:
                continue
            here = self.said.setdefault(column, Said())
            if column.field in RUNNING_TEXT:
                here.items = continue_items(here.items, more.items, stands_alone=is_label)
            else:
                here.items = [*here.items, *more.items]
            here.cells += more.cells


@dataclass
class Draft:
    """A recommendation as its rows say it, before the cells are parsed."""

    first: RowSaid
    layout: Layout
    rows: list[Place]
    text_items: list[Item]
    number: str | None = None
    group: str | None = None
    banner: str | None = None  # a body
    further: list[RowSaid] = field(default_factory=list)
    letter: str | None = None  # the part "b" of a recommendation whose first part is above
    named: bool = False  # stands in a banner or heading: its rows are its actions

    @property
    def text(self):
        return whole_text(self.text_items)


@dataclass
class Findings:
    """What reading leaves: drafts of recommendations, and all that is none."""

    drafts: list[Draft] = field(default_factory=list)
    not_rows: list[NotARow] = field(default_factory=list)
    doubts: list[Remark] = field(default_factory=list)
    rejected: list[Remark] = field(default_factory=list)
    layouts: list[Layout] = field(default_factory=list)
    legend_texts: list[str] = field(default_factory=list)
    rows_read: int = 0
