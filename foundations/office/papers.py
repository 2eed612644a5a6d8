"""Files that are kept to be read, not taken apart: PDF, Word, Excel, CSV."""

from foundations.office.guard import EITHER, check_size
from foundations.office.naming import ending, quoted
from foundations.office.pdf_pipe import Child, ChildGone
from foundations.office.reading import stream_file
from foundations.office.tables import Refused

PATIENCE = 30
ANY_OF_THEM = (
    "Upload a PDF (.pdf), a Word document (.docx), an Excel workbook (.xlsx) or a CSV file (.csv)."
)
WHAT_TO_DO = {
    "protected": "has a password or is locked. Save it without protection and upload it again.",
    "damaged": "cannot be opened as a PDF. Print or save it as a PDF again and upload that.",
    "long": "has more than 1,000 pages. Split it and upload the parts.",
    "active": "holds a program, a form that sends, or another file. Print it to a PDF and upload that.",
}


def check_paper(content, name):
    """Raises Refused, with one sentence, for a file that must not be kept."""
    check_size(len(content), name)
    if ending(name) == "pdf" and content[:5] == b"%PDF-":
        check_pdf(content, name)
        return
    try:
        with stream_file(content, name) as document:
            for _ in document:
                return
    except Refused as refusal:
        raise Refused(refusal.message.replace(EITHER, ANY_OF_THEM)) from refusal


def check_pdf(content, name):
    try:
        with Child("foundations.office.pdf_check", patience=PATIENCE) as child:
            header, _ = child.ask({}, content)
    except ChildGone:
        header = {"refused": "damaged"}
    if why := header.get("refused"):
        raise Refused(f"{quoted(name)} {WHAT_TO_DO[why]}")
