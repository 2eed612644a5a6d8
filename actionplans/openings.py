"""Recommendations that stand over the table, or the rows, of their actions."""

from typing import NamedTuple

from actionplans.vocabulary import NAMED_RECOMMENDATION, Field, field_of
from actionplans.wording import Item, items_of, own_cells, said

SHORTEST_RECOMMENDATION = 4  # words


class Opening(NamedTuple):
    """A recommendation that stands over the table or rows of its actions."""

    number: str | None
    items: list[Item]


def opening_of_text(text):
    named = NAMED_RECOMMENDATION.match(said(text))
    if not named:
        return None
    text = said(named["text"])
    return Opening(named["number"], [Item(text, written=text)] if text else [])


def opening_of(row):
    """Of a row with one text, or with "Recommendation 2" and its text side by side."""
    cells = [cell for _, cell in own_cells(row)]
    if len(cells) == 1:
        return opening_of_text(cells[0].text)
    if len(cells) != 2 or len(cells[1].text.split()) < SHORTEST_RECOMMENDATION:
        return None
    label = opening_of_text(cells[0].text)
    names_column = field_of(cells[1].text) is not None
    if label is None and field_of(cells[0].text) is Field.RECOMMENDATION and not names_column:
        label = Opening(None, [])
    return Opening(label.number, items_of(cells[1])) if label and not label.items else None


def lone_items(row):
    cells = own_cells(row)
    enough = len(cells) == 1 and len(cells[0][1].text.split()) >= SHORTEST_RECOMMENDATION
    return items_of(cells[0][1]) if enough else []
