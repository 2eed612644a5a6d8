"""A text as a Word file with real styles, and as a tagged PDF."""

import copy
import io

from django.template.loader import render_to_string
from docx import Document
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Cm, Pt

from foundations.office.pdf import CONTROL_CHARACTERS, MARKING, render_pdf

FONT = "Arial"  # on every machine that opens the file
_STYLES = {"points": "List Bullet", "numbers": "List Number", "heading": "Heading 2"}


def as_pdf(title, blocks, *, above, reference, marking=MARKING):
    """`above` stands over the title: who writes."""
    return render_pdf(
        render_to_string(
            "reviews/letters/pdf.html",
            {
                "title": title,
                "kind": above,
                "reference": reference,
                "marking": marking,
                "blocks": blocks,
            },
        )
    )


def as_word(title, blocks, *, above, reference, marking=MARKING, made_at):
    document = Document()
    _set_up(document, title=title, above=above, made_at=made_at)
    _head_and_foot(document.sections[0], marking, reference)
    document.add_paragraph(_clean(above), style="Subtitle")
    document.add_paragraph(_clean(title), style="Heading 1")
    for block in blocks:
        if block.kind == "paragraph":
            document.add_paragraph(_clean(block.text))  # a line end becomes a line break
            continue
        numbering = _fresh_numbering(document) if block.kind == "numbers" else None
        for line in block.lines:
            paragraph = document.add_paragraph(_clean(line), style=_STYLES[block.kind])
            if numbering:
                _number(paragraph, numbering)
    stream = io.BytesIO()
    document.save(stream)
    return stream.getvalue()


def _clean(text):
    return text.translate(CONTROL_CHARACTERS)


def _set_up(document, *, title, above, made_at):
    """What the library puts into a new document is American, and signed by the library."""
    about = document.core_properties
    about.title, about.author, about.last_modified_by = _clean(title), _clean(above), ""
    about.comments = about.keywords = about.subject = ""
    about.created = about.modified = made_at.replace(tzinfo=None)
    about.language = "en-GB"
    for language in document.styles.element.iter(qn("w:lang")):
        language.set(qn("w:val"), "en-GB")
    for name, size in (("Normal", 11), ("Subtitle", 11), ("Heading 1", 16), ("Heading 2", 12)):
        style = document.styles[name]
        style.font.name, style.font.size = FONT, Pt(size)
        style.font.color.rgb = None
        style.font.italic = False
        fonts = style.element.rPr.rFonts
        for theme in [key for key in fonts.attrib if key.endswith("Theme")]:
            del fonts.attrib[theme]  # a theme's typeface would win over the one that is named
    document.styles["Normal"].paragraph_format.space_after = Pt(8)
    section = document.sections[0]
    section.page_width, section.page_height = Cm(21), Cm(29.7)
    section.left_margin = section.right_margin = Cm(2.5)


def _head_and_foot(section, marking, reference):
    section.header.paragraphs[0].text = f"{_clean(marking)}\t\t{reference}"
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


def _fresh_numbering(document):
    """A list of its own that begins at 1; under one number Word would count on from the last."""
    numbering = document.part.numbering_part.element
    style = document.styles["List Number"].element
    shared = style.find(f"{qn('w:pPr')}/{qn('w:numPr')}/{qn('w:numId')}").get(qn("w:val"))
    numbers = numbering.findall(qn("w:num"))
    model = next(number for number in numbers if number.get(qn("w:numId")) == shared)
    fresh = copy.deepcopy(model)
    number = str(1 + max(int(one.get(qn("w:numId"))) for one in numbers))
    fresh.set(qn("w:numId"), number)
    override = OxmlElement("w:lvlOverride")
    override.set(qn("w:ilvl"), "0")
    start = OxmlElement("w:startOverride")
    start.set(qn("w:val"), "1")
    override.append(start)
    fresh.append(override)
    numbers[-1].addnext(fresh)
    return int(number)


def _number(paragraph, number):
    properties = paragraph._p.get_or_add_pPr().get_or_add_numPr()
    properties.get_or_add_numId().val = number
    properties.get_or_add_ilvl().val = 0
