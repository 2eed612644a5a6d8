"""Cards: a small table for each recommendation, with its headings down the side."""

from actionplans.drafts import Draft, RowSaid, Said
from actionplans.headings import Column, Layout
from actionplans.vocabulary import NAMED_RECOMMENDATION, Field, field_of
from actionplans.wording import Item, items_of, own_cells, said

FEWEST_HEADINGS = 3


def card_rows(rows):
    """[(row, Column, cells)] of a table whose first column names what the second holds, or []."""
    found = []
    for index, row in enumerate(rows):
        cells = [cell for _, cell in own_cells(row)]
        if cells:
            heading = said(cells[0].text)
            named = NAMED_RECOMMENDATION.match(heading)
            field = Field.RECOMMENDATION if named else field_of(cells[0].text)
            found.append((row, Column(field or Field.OTHER, heading, (index,)), cells))
    known = [
        column.field
        for _, column, cells in found
        if column.field is not Field.OTHER and len(cells) <= 2
    ]
    is_card = len(set(known)) >= FEWEST_HEADINGS and len(known) * 2 >= len(found)
    return found if is_card and set(known) & {Field.RECOMMENDATION, Field.ACTION} else []


def read_cards(reader, cards):
    """Adds what the cards say to what `reader` found. Every further recommendation starts anew."""
    layout = Layout(tuple(column for _, column, _ in cards))
    reader.found.layouts.append(layout)
    reader.layout, reader.current = layout, None
    for row, column, cells in cards:
        value = cells[1] if len(cells) > 1 else None
        if column.field is Field.RECOMMENDATION:
            _start(reader, row, column, value)
        elif reader.current is None:
            reader.leave_out(row, "stands above the recommendation")
        else:
            reader.current.rows.append(reader.place(row))
            if value is not None:
                reader.current.first.said[column] = Said(items_of(value), [value])
    read = {row.number for row, _, _ in cards}
    for row in reader.part.rows:
        if row.number not in read:
            reader.leave_out(row, "is blank")


def _start(reader, row, column, value):
    place = reader.place(row)
    named = NAMED_RECOMMENDATION.match(column.heading)
    items = items_of(value) if value is not None else []
    if not items and named and named["text"]:
        items = [Item(said(named["text"]), written=said(named["text"]))]
    number = named["number"] if named else None
    if items and items[0].number and items[0].number.isdigit():
        number = number or items[0].number
        items = [items[0]._replace(number=None, written=items[0].text), *items[1:]]
    reader.current = Draft(
        RowSaid(place),
        reader.layout,
        [place],
        items,
        number=number,
        group=reader.group,
        banner=reader.banner,
    )
    reader.found.drafts.append(reader.current)
