"""Blocks as the lines that Word has: one paragraph after another, some in a list, some in a quotation.

Word knows no quotation within a list. `carried` says what of a text survives the way through Word,
so that a text which nobody touched is known to be the same.
"""

from dataclasses import dataclass, replace

from reports.word.text import Grid, Items, Plain, Quotation, Words, tidy

DEEPEST_LIST = 8
DEEPEST_QUOTATION = 2


@dataclass(frozen=True)
class Line:
    """`depth` is that in a list, from 0, or None. `number` counts in a numbered list; a line that goes
    on with an item is not `is_first`."""

    inlines: tuple
    quoted: int = 0
    depth: int | None = None
    number: int | None = None
    is_first: bool = True


def carried(blocks):
    """The blocks as they come back when nobody touched them."""
    return blocks_from(list(lines_of(blocks)))


def lines_of(blocks, quoted=0, depth=None):
    for block in blocks:
        if isinstance(block, Plain):
            # A quotation has its own look, and none for what goes on with an item.
            own = None if quoted else depth
            yield Line(tidy(block.inlines), quoted, own, None, own is None)
        elif isinstance(block, Grid):
            yield plainly_headed(block)
        elif isinstance(block, Quotation):
            yield from lines_of(block.blocks, min(quoted + 1, DEEPEST_QUOTATION))
        else:
            yield from _lines_of_list(block, quoted, 0 if depth is None else depth + 1)


def plainly_headed(grid):
    """A heading of a table is bold by itself."""
    head = tuple(
        tidy(replace(one, bold=False) if isinstance(one, Words) else one for one in cell)
        for cell in grid.rows[0]
    )
    return Grid((head, *grid.rows[1:]))


def _lines_of_list(block, quoted, depth):
    depth = min(depth, DEEPEST_LIST)
    for number, item in enumerate(block.items, start=block.start):
        rest = item
        if item and isinstance(item[0], Plain):
            counted = number if block.is_numbered else None
            yield Line(tidy(item[0].inlines), quoted, depth, counted)
            rest = item[1:]
        yield from lines_of(rest, quoted, depth)


def blocks_from(lines):
    """The blocks that lines make. Lines are Line, or Grid where a table stands."""
    blocks, at = [], 0
    while at < len(lines):
        line = lines[at]
        if isinstance(line, Grid):
            blocks.append(line)
            at += 1
        elif line.quoted:
            inner, at = _while(lines, at, lambda one: one.quoted > 0)
            blocks.append(
                Quotation(blocks_from([replace(one, quoted=one.quoted - 1) for one in inner]))
            )
        elif line.depth is not None:
            inner, at = _while(lines, at, lambda one: one.depth is not None and not one.quoted)
            blocks += _lists(inner)
        else:
            if line.inlines:
                blocks.append(Plain(line.inlines))
            at += 1
    return tuple(blocks)


def _while(lines, at, holds):
    start = at
    while at < len(lines) and isinstance(lines[at], Line) and holds(lines[at]):
        at += 1
    return lines[start:at], at


def _lists(lines):
    """Lists of one stretch: the shallowest line is the outermost, whatever its depth says."""
    base = min(line.depth for line in lines)
    found, items, before = [], [], None
    for line in lines:
        if line.depth == base and line.is_first:
            if items and not _goes_on(before, line):
                found.append(_items(items))
                items = []
            items.append([line])
            before = line
        elif items:
            items[-1].append(line)
        else:
            items.append([line])
    if items:
        found.append(_items(items))
    return found


def _goes_on(before, line):
    if before is None or (before.number is None) != (line.number is None):
        return before is None
    return line.number is None or line.number == before.number + 1


def _items(items):
    first = items[0][0]
    return Items(
        tuple(_item(lines) for lines in items), first.number is not None, first.number or 1
    )


def _item(lines):
    blocks, deeper = [], []
    base = lines[0].depth
    for line in [*lines, None]:
        if line is not None and line.depth > base:
            deeper.append(line)
            continue
        if deeper:
            blocks += _lists(deeper)
            deeper = []
        if line is not None and line.inlines:
            blocks.append(Plain(line.inlines))
    return tuple(blocks)
