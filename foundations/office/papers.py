"""Files that are kept to be read, not taken apart: PDF, Word, Excel, CSV."""

from foundations.office.guard import EITHER, READABLE, WORKBOOK, check_size, sniff
from foundations.office.naming import ending, quoted
from foundations.office.pdf_pipe import Child, ChildGone
from foundations.office.reading import stream_file
from foundations.office.tables import Refused

PATIENCE = 30
KINDS = ("pdf", "docx", "xlsx", "csv")
_CALLED = {
    "pdf": "a PDF (.pdf)",
    "docx": "a Word document (.docx)",
    "xlsx": "an Excel workbook (.xlsx)",
    "csv": "a CSV file (.csv)",
}
WHAT_TO_DO = {
    "protected": "has a password or is locked. Save it without protection and upload it again.",
    "damaged": "cannot be opened as a PDF. Print or save it as a PDF again and upload that.",
    "long": "has more than 1,000 pages. Split it and upload the parts.",
    "active": "holds a program, a form that sends, or another file. Print it to a PDF and upload that.",
}


def check_paper(content, name, kinds=KINDS):
    """Raises Refused, with one sentence, for a file that must not be kept. `kinds` are those of KINDS that are
    taken; the sentence asks for no other."""
    check_size(len(content), name)
    if ending(name) == "pdf" and content[:5] == b"%PDF-":
        check_pdf(content, name)
        return
    advice = _advice(kinds)
    _refuse_kind(sniff(content, name), name, kinds, advice)
    try:
        with stream_file(content, name) as document:
            for _ in document:
                return
    except Refused as refusal:
        said = refusal.message.replace(EITHER, advice)
        if "xlsx" not in kinds:
            said = said.replace(WORKBOOK, advice)
        raise Refused(said) from refusal


def _refuse_kind(found, name, kinds, advice):
    """A file that is what it is, and that nobody asked for; and a PDF by another name."""
    if found == "pdf" and ending(name) != "pdf":
        raise Refused(
            f"{quoted(name)} is a PDF, but its name does not end in .pdf. Rename it so that it ends in .pdf and "
            "upload it again."
        )
    if found in READABLE and found not in kinds:
        raise Refused(f"{quoted(name)} is {READABLE[found][0]}. {advice}")


def _advice(kinds):
    *before, last = [_CALLED[one] for one in KINDS if one in kinds]
    return f"Upload {', '.join(before)} or {last}." if before else f"Upload {last}."


def check_pdf(content, name):
    try:
        with Child("foundations.office.pdf_check", patience=PATIENCE) as child:
            header, _ = child.ask({}, content)
    except ChildGone:
        header = {"refused": "damaged"}
    if why := header.get("refused"):
        raise Refused(f"{quoted(name)} {WHAT_TO_DO[why]}")
