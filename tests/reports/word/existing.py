"""Reports about nobody, as authors of many years set them out in Word."""

import hashlib
import io

from docx import Document
from docx.oxml import OxmlElement
from docx.oxml.ns import qn

from reports.word.existing import read_report

LINES = [
    ("1.", "INTRODUCTION"),
    ("1.1", "This review is about nobody who ever lived."),
    ("1.2", "It covers these years:"),
    ("", "•\tthe first year"),
    ("", "•\tthe second year"),
    ("2.", "THE FACTS BY AGENCY"),
    ("", "Each agency is dealt with in its turn."),
    ("2.1", "Housing service"),
    ("2.1.1", "The tenant asked for a transfer, and was told to wait for nine weeks."),
    ("", "Nobody asked why."),
    ("2.1.2", "Three visits were made:"),
    ("1.", "On 03.05.2019 nobody was in."),
    ("2.", "On 10.05.2019 a neighbour answered."),
    ("3.", "On 14.06.2019 the tenant had gone."),
    ("2.2", "Health service"),
    ("2.2.1", "The practice saw the tenant once."),
    ("3.", "CONCLUSIONS"),
    ("3.1", "There is one conclusion, and it is this one."),
]
NUMBERS = ["1.1", "1.2", "2.1.1", "2.1.2", "2.2.1", "3.1"]
SECTIONS = [
    ("1", "INTRODUCTION", 1),
    ("2", "THE FACTS BY AGENCY", 1),
    ("2.1", "Housing service", 2),
    ("2.2", "Health service", 2),
    ("3", "CONCLUSIONS", 1),
]


def saved(word):
    out = io.BytesIO()
    word.save(out)
    return out.getvalue()


def read(word):
    return read_report(saved(word), "report.docx")


def typed(lines=LINES, *, styled=False, bold=False):
    """Every number typed by hand, with a tab after it."""
    word = Document()
    headings = {heading for _, heading, _ in SECTIONS}
    for number, text in lines:
        said = f"{number}\t{text}" if number else text
        if styled and text in headings:
            word.add_heading(said, number.strip(".").count(".") + 1)
        else:
            word.add_paragraph().add_run(said).bold = (bold and text in headings) or None
    return word


def two_megabytes():
    """1,999,999 letters of different words, which no archive makes much smaller."""
    return " ".join(hashlib.sha256(str(n).encode()).hexdigest()[:7] for n in range(250_000))


def listed(paragraph, number, depth):
    """Puts a paragraph in one of Word's lists."""
    properties = paragraph._p.get_or_add_pPr()
    found = OxmlElement("w:numPr")
    for name, value in (("w:ilvl", depth), ("w:numId", number)):
        one = OxmlElement(name)
        one.set(qn("w:val"), str(value))
        found.append(one)
    properties.append(found)


def sections_of(found):
    return [(one.number, one.heading, one.level) for one in found.document.sections]


def paragraphs_of(found):
    return [(one.number, one.text) for _, one in found.document.paragraphs]


def numbers_of(found):
    return [number for number, _ in paragraphs_of(found) if number]
