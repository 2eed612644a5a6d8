"""A paper as a tagged PDF, a web page that stands alone, and a workbook."""

import io

from django.template.loader import render_to_string

from actionplans.papers.word import as_word
from foundations.office import Sheet, write_workbook
from foundations.office.pdf import Part, render_parts
from foundations.vault.downloads import DOCX, PDF, XLSX

HTML = "text/html; charset=utf-8"
MEDIA_TYPES = {"pdf": PDF, "docx": DOCX, "html": HTML, "xlsx": XLSX}
PART_ROWS = 150  # of a PDF
LETTERS_OF_A_LONG_ROW = 900


def drawn(paper, format_, *, made_at):
    """The paper as a file. Raises RenderFailed where no PDF comes out."""
    return _WRITERS[format_](paper, made_at)


def _pdf(paper, made_at):
    return render_parts(
        _parts(paper), title=f"{paper.title}, {paper.above}", marking=paper.marking, processes=1
    )


def _parts(paper):
    """Long tables are cut; the first part carries the title."""
    pieces = [
        (table, table.lines[start : start + PART_ROWS], start > 0)
        for table in paper.tables
        for start in range(0, max(len(table.lines), 1), PART_ROWS)
    ]
    for whole in _together(pieces):
        is_first = whole[0] is pieces[0]
        html = render_to_string(
            "actionplans/papers/pdf_part.html",
            {
                "paper": paper,
                "title": paper.title,
                "kind": paper.above,
                "reference": paper.reference,
                "marking": paper.marking,
                "facts": paper.facts,
                "landscape": paper.is_wide,
                "continues": not is_first,
                "tables": [printed(*piece) for piece in whole],
            },
        )
        yield Part(html, paper.title if is_first else whole[0][0].heading)


def _together(pieces):
    """Short tables stand on one sheet."""
    sheet, rows = [], 0
    for piece in pieces:
        if sheet and rows + len(piece[1]) > PART_ROWS:
            yield sheet
            sheet, rows = [], 0
        sheet.append(piece)
        rows += len(piece[1])
    yield sheet


def printed(table, lines, goes_on=False):
    """A table for `_rows.html`, or some of its lines."""
    return {
        "heading": f"{table.heading}, continued" if goes_on else table.heading,
        "columns": table.columns,
        "rows": [(line, _is_long(line), table.labels(line)) for line in lines],
        "empty": table.empty,
        "marked_column": table.marked_column,
    }


def _is_long(line):
    """Kept whole, a row as tall as a page would push the heading of the table off it."""
    return any(
        sum(len(words.text) for words in cell) > LETTERS_OF_A_LONG_ROW for cell in line.cells
    )


def _html(paper, made_at):
    tables = [printed(table, table.lines) for table in paper.tables]
    context = {"paper": paper, "tables": tables, "made_at": made_at}
    return render_to_string("actionplans/papers/standing_alone.html", context).encode()


def _workbook(paper, made_at):
    stream = io.BytesIO()
    sheets = [
        Sheet(
            table.heading,
            (*(column.heading for column in table.columns), "Unchanged since"),
            (_cells(line) for line in table.lines),
            (*(max(10, column.width) for column in table.columns), 18),
        )
        for table in paper.tables
    ]
    write_workbook(sheets, stream, marking=paper.marking)
    return stream.getvalue()


def _cells(line):
    if line.banner:
        return (line.banner,)
    texts = ("\n".join(words.text for words in cell) for cell in line.cells)
    return (*texts, line.mark.removeprefix("No change since "))


def _word(paper, made_at):
    return as_word(paper, made_at=made_at)


_WRITERS = {"pdf": _pdf, "docx": _word, "html": _html, "xlsx": _workbook}
