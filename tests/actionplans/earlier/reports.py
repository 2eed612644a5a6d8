"""Earlier reports as somebody writes them in Word: styles, automatic numbers that run on, tables."""

import io

from docx import Document
from docx.oxml import OxmlElement, parse_xml
from docx.oxml.ns import nsdecls, qn

_FORMATS = ("decimal", "lowerLetter", "lowerRoman")


class Report:
    """A document in the making. Two lists share no count; one list runs on across headings."""

    def __init__(self):
        self.document = Document()
        self.lists = 0

    def heading(self, text, level=1):
        self.document.add_heading(text, level)
        return self

    def text(self, text, *, bold=False):
        self.document.add_paragraph().add_run(text).bold = bold
        return self

    def new_list(self):
        """The number of a list of three levels: 1., a., i."""
        self.lists += 1
        number = 100 + self.lists
        levels = "".join(
            f'<w:lvl w:ilvl="{at}"><w:start w:val="1"/><w:numFmt w:val="{kind}"/>'
            f'<w:lvlText w:val="%{at + 1}."/></w:lvl>'
            for at, kind in enumerate(_FORMATS)
        )
        numbering = self.document.part.numbering_part.element
        names = nsdecls("w")
        numbering.insert(
            0,
            parse_xml(
                f'<w:abstractNum {names} w:abstractNumId="{number}">{levels}</w:abstractNum>'
            ),
        )
        numbering.append(
            parse_xml(
                f'<w:num {names} w:numId="{number}"><w:abstractNumId w:val="{number}"/></w:num>'
            )
        )
        return number

    def item(self, list_, text, level=0):
        paragraph = self.document.add_paragraph(text)
        properties = paragraph._p.get_or_add_pPr()
        numbers = OxmlElement("w:numPr")
        for name, value in (("w:ilvl", level), ("w:numId", list_)):
            one = OxmlElement(name)
            one.set(qn("w:val"), str(value))
            numbers.append(one)
        properties.append(numbers)
        return self

    def table(self, *rows):
        table = self.document.add_table(rows=0, cols=len(rows[0]))
        for row in rows:
            for cell, text in zip(table.add_row().cells, row, strict=True):
                cell.text = text
        return self

    @property
    def content(self):
        buffer = io.BytesIO()
        self.document.save(buffer)
        return buffer.getvalue()


def whole():
    """All three, as reports have them: nested, under bodies, with words between and after."""
    report = Report()
    report.heading("Overview report").text("This review is about MA 1.")
    report.heading("Key findings")
    found = report.new_list()
    report.item(found, "Opportunities were missed to ask MA 1 about home.")
    report.item(found, "The referral pathway was not known to staff.")
    report.heading("Lessons identified").text("The panel identified the following lessons:")
    learnt = report.new_list()
    report.item(learnt, "Nobody spoke to MA 1 alone.")
    report.text("Lesson", bold=True).text("Staff must see people alone.")
    report.item(learnt, "Letters went to an old address.")
    report.text("Lesson", bold=True).text("Addresses must be checked at each contact.")
    report.heading("Recommendations").text("The panel makes these recommendations.")
    made = report.new_list()
    report.heading("Westshire Police", 2)
    report.item(made, "Train every officer in asking about home:")
    report.item(made, "on the phone", 1)
    report.item(made, "at the door:", 1)
    report.item(made, "alone", 2)
    report.item(made, "Check every address.")
    report.heading("Northgate Housing", 2)
    report.item(made, "Ask tenants about home.")
    report.text("Author: the independent chair")
    report.heading("Appendix A: Glossary").text("MARAC: a meeting.")
    return report
