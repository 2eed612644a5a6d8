"""A paper as a Word file: real styles, landscape where it is wide, headings of tables on each page."""

import io

from docx import Document as NewDocument
from docx.enum.section import WD_ORIENT
from docx.opc.constants import RELATIONSHIP_TYPE as RELATIONSHIP
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Cm, Pt

from foundations.office.pdf import CONTROL_CHARACTERS

FONT = "Arial"  # on every machine that opens the file
SIZES = {
    "Normal": 9,
    "Title": 18,
    "Subtitle": 11,
    "Heading 1": 13,
    "List Bullet": 9,
    "Intense Quote": 9,
}
MARGIN = Cm(1.8)
SHORT, LONG = Cm(21), Cm(29.7)  # A4
SHADED = "D9E2EC"
BANNER = "BFCBD9"


def as_word(paper, *, made_at):
    document = NewDocument()
    _set_up(document, paper, made_at)
    _head_and_foot(document.sections[0], paper)
    document.add_paragraph(_clean(paper.above), style="Subtitle")
    document.add_paragraph(_clean(paper.title), style="Title")
    for label, value in paper.facts:
        document.add_paragraph(_clean(f"{label}: {value}"))
    for note in paper.notes:
        document.add_paragraph(_clean(note))
    for table in paper.tables:
        document.add_paragraph(_clean(table.heading), style="Heading 1")
        if table.lines:
            _add_table(document, table, _width(paper))
        else:
            document.add_paragraph(_clean(table.empty))
    stream = io.BytesIO()
    document.save(stream)
    return stream.getvalue()


def _clean(text):
    return text.translate(CONTROL_CHARACTERS)


def _width(paper):
    return (LONG if paper.is_wide else SHORT) - 2 * MARGIN


# --- The sheet ----------------------------------------------------------------------------------


def _set_up(document, paper, made_at):
    """What the library puts into a new document is American, signed by the library, and shows a picture of another
    document, in which nobody can look for names."""
    package = document.part.package
    for key in [key for key, one in package.rels.items() if one.reltype == RELATIONSHIP.THUMBNAIL]:
        del package.rels[key]
    about = document.core_properties
    about.title = _clean(f"{paper.title}, {paper.above}")
    about.author, about.last_modified_by = _clean(paper.above), ""
    about.comments = about.keywords = ""
    about.subject = "Draft" if paper.is_draft else ""
    about.created = about.modified = made_at.replace(tzinfo=None)
    about.language = "en-GB"
    for language in document.styles.element.iter(qn("w:lang")):
        language.set(qn("w:val"), "en-GB")
    for name, size in SIZES.items():
        _letter(document.styles[name], size)
    document.styles["Normal"].paragraph_format.space_after = Pt(4)
    document.styles["List Bullet"].paragraph_format.space_after = Pt(2)
    section = document.sections[0]
    section.page_width, section.page_height = (LONG, SHORT) if paper.is_wide else (SHORT, LONG)
    section.orientation = WD_ORIENT.LANDSCAPE if paper.is_wide else WD_ORIENT.PORTRAIT
    section.left_margin = section.right_margin = MARGIN


def _letter(style, size):
    style.font.name, style.font.size = FONT, Pt(size)
    style.font.color.rgb = None
    style.font.italic = False
    fonts = style.element.rPr.rFonts
    for theme in [key for key in fonts.attrib if key.endswith("Theme")]:
        del fonts.attrib[theme]  # a theme's typeface would win over the one that is named


def _head_and_foot(section, paper):
    section.header.paragraphs[0].text = f"{_clean(paper.marking)}\t\t{paper.reference}"
    foot = section.footer.paragraphs[0]
    foot.add_run("Page ")
    _field(foot, "PAGE")
    foot.add_run(" of ")
    _field(foot, "NUMPAGES")


def _field(paragraph, code):
    field = OxmlElement("w:fldSimple")
    field.set(qn("w:instr"), code)
    run = OxmlElement("w:r")
    text = OxmlElement("w:t")
    text.text = "1"
    run.append(text)
    field.append(run)
    paragraph._p.append(field)


# --- A table ------------------------------------------------------------------------------------


def _add_table(document, table, width):
    """Rows are fetched once: asking the library for one cell after another takes a hundred times longer."""
    drawn = document.add_table(rows=1 + len(table.lines), cols=len(table.columns))
    drawn.style = "Table Grid"
    drawn.autofit = False
    shares = sum(column.width for column in table.columns)
    widths = [int(width * column.width / shares) for column in table.columns]
    for column, share in zip(drawn.columns, widths, strict=True):
        column.width = share
    rows = list(drawn.rows)
    _fill_heading(rows[0], table.columns, widths)
    for row, line in zip(rows[1:], table.lines, strict=True):
        _keep_whole(row, line)
        cells = list(row.cells)
        if line.banner:
            merged = cells[0].merge(cells[-1])
            _shade(merged, BANNER)
            _write(merged.paragraphs[0], line.banner, is_bold=True)
            continue
        for position, (cell, said) in enumerate(zip(cells, line.cells, strict=True)):
            cell.width = widths[position]
            _fill(cell, said, mark=line.mark if position == table.marked_column else "")


def _fill_heading(row, columns, widths):
    for cell, column, share in zip(row.cells, columns, widths, strict=True):
        cell.width = share
        _shade(cell, SHADED)
        _write(cell.paragraphs[0], column.heading, is_bold=True)
    _switch(row, "w:tblHeader")
    _switch(row, "w:cantSplit")


def _keep_whole(row, line):
    """A short row stays on one page; one as tall as a page could not."""
    letters = max((sum(len(w.text) for w in cell) for cell in line.cells), default=0)
    if letters < 900:
        _switch(row, "w:cantSplit")


def _fill(cell, said, *, mark):
    paragraphs = [(words.text, "List Bullet" if words.is_item else None) for words in said]
    if mark:
        paragraphs.append((mark, "Intense Quote"))
    for position, (text, style) in enumerate(paragraphs):
        paragraph = cell.paragraphs[0] if position == 0 else cell.add_paragraph()
        if style:
            paragraph.style = style
        _write(paragraph, text)


def _write(paragraph, text, *, is_bold=False):
    paragraph.add_run(_clean(text)).bold = is_bold or None


def _switch(row, name):
    row._tr.get_or_add_trPr().append(OxmlElement(name))


def _shade(cell, colour):
    shade = OxmlElement("w:shd")
    shade.set(qn("w:val"), "clear")
    shade.set(qn("w:color"), "auto")
    shade.set(qn("w:fill"), colour)
    cell._tc.get_or_add_tcPr().append(shade)
