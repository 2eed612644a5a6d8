"""The combined chronology as a PDF, in the shape in which thousands of entries are drawn quickly, and as a workbook
with one row for each entry."""

import io

from django.template.loader import render_to_string

from actionplans.papers import printing
from foundations.office import Sheet, write_workbook
from foundations.office.pdf import Part, render_parts

PART_ROWS = 500  # of a PDF: longer parts cost more than they save


def drawn(paper, format_, *, made_at):
    """bytes. Raises RenderFailed where no PDF comes out."""
    if format_ == "pdf":
        return _pdf(paper)
    if format_ == "xlsx":
        return _workbook(paper)
    return printing.drawn(paper, format_, made_at=made_at)


def _pdf(paper):
    return render_parts(
        _parts(paper), title=f"{paper.title}, {paper.reference}", marking=paper.marking
    )


def _parts(paper):
    (table,) = paper.tables
    is_first = True
    for blocks in _in_parts(table.lines):
        html = render_to_string(
            "chronologies/pdf_part.html",
            {
                "title": paper.title,
                "kind": paper.above,
                "reference": paper.reference,
                "marking": paper.marking,
                "facts": paper.facts,
                "lead": "" if not is_first else " ".join(paper.notes),
                "continues": not is_first,
                "blocks": blocks,
            },
        )
        is_first = False
        name = f"{blocks[0]['heading']} to {blocks[-1]['heading']}" if blocks else paper.title
        yield Part(html, name)


def _in_parts(lines):
    """[{"heading", "entries"}] of each part. A chronology without entries is still a document."""
    blocks, rows, heading = [], 0, ""
    for line in lines:
        if line.banner:
            heading = line.banner
            blocks.append({"heading": heading, "entries": []})
            continue
        if rows == PART_ROWS:
            yield [one for one in blocks if one["entries"]]
            blocks, rows = [{"heading": heading, "entries": []}], 0
        blocks[-1]["entries"].append(_entry(line))
        rows += 1
    yield [one for one in blocks if one["entries"]]


def _entry(line):
    number, date, time, agency, people, text, beside = map(_text, line.cells)
    return {
        "number": number,
        "date": date,
        "time": time,
        "agency": agency,
        "people": people,
        "text": text,
        "note": beside,
    }


def _text(cell):
    return " ".join(words.text for words in cell)


def _workbook(paper):
    (table,) = paper.tables
    stream = io.BytesIO()
    rows = (
        tuple("\n".join(words.text for words in cell) for cell in line.cells)
        for line in table.lines
        if not line.banner
    )
    headings = tuple(column.heading for column in table.columns)
    widths = tuple(max(10, column.width * 2) for column in table.columns)
    write_workbook([Sheet(table.heading, headings, rows, widths)], stream, marking=paper.marking)
    return stream.getvalue()
