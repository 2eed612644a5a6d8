"""Links of a file that are left out: their words stay, and it is said to where they led."""

from dataclasses import replace
from itertools import groupby

from reports.word.markdown import leads_out

SHOWN = 200  # letters of words, and of an address, that are told
LEFT = (
    "The link from “{words}” to “{address}” is left out: only links to web pages outside this service and "
    "to e-mail addresses are kept. Its words stay."
)
IN_HEADING = (
    "The link from “{words}” to “{address}” is left out: a heading has none. Its words stay."
)


def told(pieces, notes, *, is_heading=False):
    """A sentence for each link of `marked.Piece`s that is not kept, also in their footnotes; `notes` are
    {mark: pieces}."""
    sentence = IN_HEADING if is_heading else LEFT
    for address, run in groupby(pieces, lambda one: one.link):
        run = list(run)
        words = " ".join("".join(_said(one) for one in run).split())
        if address and words and (is_heading or not leads_out(address)):
            yield sentence.format(words=words[:SHOWN], address=address[:SHOWN])
        for one in run:
            if one.kind == "note":
                yield from told(notes.get(one.text, ()), notes, is_heading=is_heading)


def _said(piece):
    return {"text": piece.text, "field": piece.shown, "break": " "}.get(piece.kind, "")


def kept(pieces):
    """The pieces with the links alone that lead out of this service."""
    return tuple(
        replace(one, link="") if one.link and not leads_out(one.link) else one for one in pieces
    )


def kept_in_table(table):
    return replace(
        table, rows=tuple(tuple(_kept_in_cell(cell) for cell in row) for row in table.rows)
    )


def _kept_in_cell(cell):
    return replace(cell, items=tuple((label, kept(pieces)) for label, pieces in cell.items))
