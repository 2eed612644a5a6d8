"""The text of a version as pages show it: its headings, and under each what stands there."""

from dataclasses import dataclass
from itertools import count, groupby, zip_longest

_DEEPEST = 6  # of HTML's headings
_SIZES = {2: "m"}


@dataclass(frozen=True)
class Run:
    """Blocks that belong together: a paragraph, the items of a list, the rows of a table, notes."""

    kind: str
    blocks: tuple
    number: int = 0  # of a table, on the page

    @property
    def caption(self):
        return f"Table {self.number} of the report"

    @property
    def rows(self):
        """Of a table: [(what Word puts before it, text)] of each row's cells."""
        for block in self.blocks:
            cells = block.cells or (block.text,)
            yield list(zip_longest(block.labels[: len(cells)], cells, fillvalue=""))


@dataclass(frozen=True)
class ShownPassage:
    """A heading with its place in the outline of the page, which has no gaps."""

    title: str
    position: int
    level: int  # of the HTML heading
    runs: tuple
    uses: tuple = ()  # reviews.citing.Uses

    @property
    def size(self):
        return _SIZES.get(self.level, "s")

    @property
    def anchor(self):
        return f"passage-{self.position}"


def shown(passages, uses=None):
    """`passages` are rows of one report, in order; `uses` what reviews.citing has of them."""
    tables, found, last = count(1), [], 1
    for row in passages:
        last = min(max(row.level, 1) + 1, last + 1, _DEEPEST)
        found.append(
            ShownPassage(
                title=row.title,
                position=row.position,
                level=last,
                runs=tuple(_runs(row.as_read().blocks, tables)),
                uses=tuple((uses or {}).get(row.pk, ())),
            )
        )
    return found


def _runs(blocks, tables):
    for (kind, table), together in groupby(blocks, key=lambda one: (_kind(one), one.table)):
        together = tuple(together)
        if kind == "paragraph":
            yield from (Run(kind, (block,)) for block in together)
        else:
            yield Run(kind, together, number=next(tables) if table else 0)


def _kind(block):
    if block.kind == "paragraph":
        return "paragraph" if block.depth is None else "list"
    return {"row": "table", "note": "notes"}[block.kind]
