"""Writes problems into a Word document: a cell more in a table's row, a line under a paragraph."""

from lxml import etree

from foundations.office.numbering import Lists, whole
from foundations.office.remarks import HEADING, LOOKED_AT, heading_row, repacked
from foundations.office.word_styles import Styles, W, parsed
from foundations.office.words import REMARK, Walk, is_remark

WIDTH = 2400  # twentieths of a point; the other columns make room for it
PARAGRAPHS = "paragraphs"
FIRST_MARK = 900_000_000  # above any number that Word gives a bookmark


def annotate(content, package, problems):
    root = parsed(package.read(package.main))
    walk = Walk(Styles(None), Lists(None, W), None)
    tables, paragraphs = [], []
    for kind, block in walk.blocks(root.find(f"{W}body")):
        (tables if kind == "table" else paragraphs).append(block)
    for number, table in enumerate(tables, start=1):
        if problems.get(number):
            _annotate_table(walk, table, problems[number])
    _annotate_paragraphs(root, paragraphs, problems.get(PARAGRAPHS, {}))
    written = etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)
    return repacked(content, {package.names[package.main.lower()]: written})


def _annotate_paragraphs(root, paragraphs, texts):
    for paragraph in [found for found in root.iter(W + "p") if is_remark(found)]:
        paragraph.getparent().remove(paragraph)
    for row, text in texts.items():
        if row <= len(paragraphs) and paragraphs[row - 1].element is not None:
            remark = _paragraph(f"{HEADING}: {text}", bold=True)
            _mark(remark, row)
            paragraphs[row - 1].element.addnext(remark)


def _mark(paragraph, row):
    """A bookmark by which the paragraph is known as ours when the file comes back."""
    start = etree.Element(W + "bookmarkStart")
    start.set(W + "id", str(FIRST_MARK + row))
    start.set(W + "name", f"{REMARK}{row}")
    end = etree.Element(W + "bookmarkEnd")
    end.set(W + "id", str(FIRST_MARK + row))
    paragraph.insert(0, start)
    paragraph.append(end)


def _annotate_table(walk, table, texts):
    elements = list(walk.rows_of(table))
    rows = [(row.number, row.texts) for row in walk.table(table)]
    heading = heading_row(rows[:LOOKED_AT])
    own = _own_column(rows, heading)
    if own is None:
        _make_room(table)
    if heading:
        texts = {heading: HEADING, **texts}
    for number, element in enumerate(elements, start=1):
        if own is not None and len(rows[number - 1][1]) > own:
            _last_cell(walk, element).getparent().remove(_last_cell(walk, element))
        if number in texts:
            element.append(_cell(texts[number], bold=number == heading))


def _own_column(rows, heading):
    """Where an earlier copy put its problems; None if there was none."""
    texts = next((texts for number, texts in rows if number == heading), ())
    return len(texts) - 1 if texts and texts[-1] == HEADING else None


def _last_cell(walk, element):
    return list(walk.cells_of(element))[-1]


def _make_room(table):
    """Narrow the other columns, so that a table as wide as the page stays on it."""
    grid = table.find(W + "tblGrid")
    if grid is None:
        return
    columns = grid.findall(W + "gridCol")
    total = sum(whole(column.get(W + "w"), 0) for column in columns)
    if total > 2 * WIDTH:
        narrowed = [(column, W + "w") for column in columns]
        narrowed += [
            (width, W + "w") for width in table.iter(W + "tcW") if width.get(W + "type") == "dxa"
        ]
        for element, name in narrowed:
            element.set(name, str(int(whole(element.get(name), 0) * (total - WIDTH) / total)))
    etree.SubElement(grid, W + "gridCol").set(W + "w", str(WIDTH))


def _cell(text, *, bold):
    cell = etree.Element(W + "tc")
    width = etree.SubElement(etree.SubElement(cell, W + "tcPr"), W + "tcW")
    width.set(W + "w", str(WIDTH))
    width.set(W + "type", "dxa")
    for line in text.split("\n"):
        cell.append(_paragraph(line, bold=bold))
    return cell


def _paragraph(text, *, bold):
    paragraph = etree.Element(W + "p")
    run = etree.SubElement(paragraph, W + "r")
    if bold:
        etree.SubElement(etree.SubElement(run, W + "rPr"), W + "b")
    written = etree.SubElement(run, W + "t")
    written.text = text
    written.set("{http://www.w3.org/XML/1998/namespace}space", "preserve")
    return paragraph
