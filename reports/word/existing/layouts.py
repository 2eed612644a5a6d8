"""Tables that only set paragraphs out: a number in the first column, its words in the second."""

from foundations.office.marked import MarkedParagraph, Piece, text_of
from reports.word.existing.entries import DOTTED_LABEL, SINGLE_LABEL

LEAST_NUMBERED = 0.6  # of the rows


def is_layout(table):
    """Two columns, and most of the first are numbers such as 5.3.1."""
    rows = table.rows
    if len(rows) < 2 or any(len(row) != 2 for row in rows):
        return False
    numbers = [_words(row[0]) for row in rows]
    dotted = sum(bool(DOTTED_LABEL.fullmatch(number)) for number in numbers)
    known = sum(not number or bool(SINGLE_LABEL.fullmatch(number)) for number in numbers)
    return dotted >= LEAST_NUMBERED * len(rows) and known == len(rows)


def paragraphs_of(table):
    """The paragraphs that such a table sets out, each with its number as if it were typed."""
    for number, words in table.rows:
        typed = _words(number)
        for at, (label, pieces) in enumerate(words.items):
            before = (Piece("text", f"{typed}\t"),) if typed and not at else ()
            yield MarkedParagraph(
                before + pieces,
                label="" if before else label,
                depth=0 if label and not before else None,
                bold=all(piece.bold for piece in pieces if piece.kind == "text"),
            )
        if typed and not words.items:
            yield MarkedParagraph((Piece("text", typed),))


def _words(cell):
    return " ".join(
        filter(None, (f"{label} {text_of(pieces)}".strip() for label, pieces in cell.items))
    )
