"""Reports about nobody, as agencies write them: made with python-docx, and printed to PDF."""

import io

from docx import Document
from weasyprint import HTML

from foundations.office.cleaning import CONTROL

RECOMMENDATIONS = ["Train every receptionist to ask.", "Audit referrals each quarter."]
LESSONS = ["A question that is asked once is not enough.", "Nobody wrote down who would call back."]


def saved(document):
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def styled(*, recommendations=RECOMMENDATIONS, extra=(), title="Individual Management Review"):
    """With heading styles, automatic lists and a table of who was seen."""
    document = Document()
    document.add_heading(title, level=1)
    document.add_paragraph("This report is about nobody.")
    document.add_heading("Involvement of the agency", level=2)
    document.add_paragraph("The practice saw MA 1 on two occasions.")
    table = document.add_table(rows=3, cols=2)
    for row, texts in zip(
        table.rows,
        [("Date", "What happened"), ("March 2019", "Seen"), ("May 2019", "")],
        strict=True,
    ):
        for cell, text in zip(row.cells, texts, strict=True):
            cell.text = text
    for text in extra:
        document.add_paragraph(text)
    document.add_heading("Lessons learned", level=2)
    for text in LESSONS:
        document.add_paragraph(text, style="List Bullet")
    document.add_heading("Single agency recommendations", level=2)
    document.add_paragraph("The agency makes the following recommendations:")
    for text in recommendations:
        document.add_paragraph(text, style="List Number")
    return saved(document)


def in_bold():
    """Without any heading style: numbered lines in bold, as many are written."""
    document = Document()
    for number, heading, texts in (
        ("1.", "Introduction", ["Written by somebody who did not know the family."]),
        ("2.", "Background", ["Nothing is known of earlier years."]),
        ("2.1", "Contact with the practice", ["Two contacts.", "Both in the same year."]),
        ("3.", "RECOMMENDATIONS", ["1. Ask everybody.", "2. Write the answer down."]),
    ):
        document.add_paragraph().add_run(f"{number} {heading}").bold = True
        for text in texts:
            document.add_paragraph(text)
    partly = document.add_paragraph()
    partly.add_run("Only a part").bold = True
    partly.add_run(" of this is bold, so it is no heading")
    return saved(document)


def from_lines(lines):
    """Plain lines as paragraphs; those that are marked as headings are only set in bold."""
    document = Document()
    for line in filter(None, (CONTROL.sub("", line).strip() for line in lines)):
        document.add_paragraph().add_run(line.strip("*# ")).bold = line.startswith(("**", "#"))
    return saved(document)


def with_table_of_recommendations():
    document = Document()
    document.add_heading("Action plan", level=1)
    table = document.add_table(rows=4, cols=4)
    rows = [
        ("No", "Recommendation", "Lead", "By when"),
        ("1", "Train all staff", "Head of service", "March 2027"),
        ("2", "Write a policy\nand publish it", "Director", "May 2027"),
        ("", "", "Nobody", ""),
    ]
    for row, texts in zip(table.rows, rows, strict=True):
        for cell, text in zip(row.cells, texts, strict=True):
            cell.text = text
    return saved(document)


def printed():
    """The same as a PDF, with running lines at the edges of its pages."""
    told = "The practice saw MA 1, and asked how things were at home. " * 14
    sections = "".join(
        f"<h2>{number}. {heading}</h2><p>{told}</p><p>{told}</p>"
        for number, heading in enumerate(["Introduction", "Involvement", "Analysis", "Findings"], 1)
    )
    recommended = "".join(f"<li>{text}</li>" for text in RECOMMENDATIONS)
    style = (
        "@page{@top-center{content:'Restricted'}@bottom-center{content:'Page ' counter(page)}}"
        "h1{font-size:22pt}h2{font-size:16pt}p,li{font-size:11pt}"
    )
    return HTML(
        string=f"<html lang=en><style>{style}</style><h1>Individual Management Review</h1>{sections}"
        f"<h2>5. Recommendations</h2><ol>{recommended}</ol></html>"
    ).write_pdf()
