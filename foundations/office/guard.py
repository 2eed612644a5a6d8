"""The gate in front of every parser: looks at the bytes of an uploaded file before anything opens it.

Whatever is wrong, the answer is one sentence that names the file and says what its owner can do.
What this gate lets through is still read in a child process that may be killed (`reading.py`).
"""

import re

from foundations.office import archive, delimited, gate
from foundations.office.naming import ending, quoted
from foundations.office.refusals import SAVE_AGAIN, damaged, protected, too_much
from foundations.office.tables import Refused

MEGABYTE = 1024 * 1024
LARGEST_FILE = 25 * MEGABYTE
READ = {"docx": "docx", "xlsx": "xlsx", "csv": "csv", "txt": "csv", "tsv": "csv"}

WORD_DOCUMENT = (
    "Open it in Word, choose Save As, pick “Word Document (.docx)” and upload that file."
)
WORKBOOK = "Open it in Excel, choose Save As, pick “Excel Workbook (.xlsx)” and upload that file."
EITHER = "Upload a Word document (.docx), an Excel workbook (.xlsx) or a CSV file (.csv)."

# What the bytes are, in words, and what to do about it.
FOREIGN = {
    "pdf": ("a PDF", "Upload the Word, Excel or CSV file that the PDF was made from."),
    "program": ("a program", EITHER),
    "picture": ("a picture", EITHER),
    "rtf": ("a rich text file", WORD_DOCUMENT),
    "web page": (
        "a web page",
        "Open it in Word or Excel, save it as .docx or .xlsx and upload that.",
    ),
    "email": ("an email", "Save the attached file on its own and upload that."),
    "archive": ("a compressed archive", "Take the file out of it and upload the file alone."),
    "presentation": ("a PowerPoint presentation", EITHER),
    "odt": ("an OpenDocument text", "Save it as a Word document (.docx) and upload that file."),
    "ods": ("an OpenDocument sheet", "Save it as an Excel workbook (.xlsx) and upload that file."),
    "xlsb": ("a binary Excel workbook", WORKBOOK),
    "macro document": ("a Word document that can hold macros", WORD_DOCUMENT),
    "macro workbook": ("an Excel workbook that can hold macros", WORKBOOK),
    "template document": ("a Word template", WORD_DOCUMENT),
    "template workbook": ("an Excel template", WORKBOOK),
    "unknown": ("not a kind of file that can be read here", EITHER),
}
READABLE = {
    "docx": ("a Word document", ".docx"),
    "xlsx": ("an Excel workbook", ".xlsx"),
    "csv": ("plain text", ".csv"),
}
# Old binary files, and files that only Word or Excel can turn into something readable.
SAVE_AS = dict.fromkeys(("doc", "dot", "docm", "dotx", "dotm", "rtf", "wps"), WORD_DOCUMENT)
SAVE_AS |= dict.fromkeys(("xls", "xlt", "xlsm", "xlsb", "xltx", "xltm"), WORKBOOK)

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
ENCRYPTED_PACKAGE = "EncryptedPackage".encode("utf-16-le")
SIGNATURES = (
    (b"MZ", "program"),
    (b"\x7fELF", "program"),
    (b"#!", "program"),
    (b"\xca\xfe\xba\xbe", "program"),
    (b"{\\rtf", "rtf"),
    (b"\x89PNG", "picture"),
    (b"\xff\xd8\xff", "picture"),
    (b"GIF8", "picture"),
    (b"BM6", "picture"),
    (b"II*\x00", "picture"),
    (b"MM\x00*", "picture"),
    (b"Rar!", "archive"),
    (b"7z\xbc\xaf\x27\x1c", "archive"),
    (b"\x1f\x8b", "archive"),
    (b"SQLite format 3", "unknown"),
)
WEB_PAGE = re.compile(
    rb"\s*<(?:!doctype\s+html|html|head|body|table|meta|script|svg|\?xml)\b", re.I
)
EMAIL = re.compile(rb"(?:[A-Z][A-Za-z-]{1,40}: [^\r\n]*\r?\n){3}")


def check(content, name):
    """Let a file in, or raise Refused. Returns its kind ("docx", "xlsx" or "csv")."""
    return admit(content, name)[0]


def admit(content, name):
    """As `check`; returns the kind and, of a Word or Excel file, the package that was looked through."""
    try:
        return _check(content, name)
    except Refused:
        raise
    except MemoryError:
        raise Refused(too_much(name)) from None
    except Exception as error:  # whatever a broken file does to us is the file's fault
        raise Refused(damaged(name)) from error


def check_size(size, name):
    """Fit for the first look at an upload, before its bytes are in memory."""
    if size > LARGEST_FILE:
        limit = LARGEST_FILE // MEGABYTE
        raise Refused(
            f"{quoted(name)} is {-(-size // MEGABYTE)} MB. A file may be at most {limit} MB: remove "
            "pictures or blank rows from it, or split it into smaller files, and upload again."
        )


def _check(content, name):
    check_size(len(content), name)
    if not content.strip(b"\x00 \t\r\n\xef\xbb\xbf\xff\xfe"):
        raise Refused(
            f"{quoted(name)} is empty. Check that you chose the right file, and upload again."
        )
    found = sniff(content, name)
    wanted = READ.get(ending(name))
    if found == wanted:
        return found, gate.check(content, name, found) if found != "csv" else None
    raise Refused(_mismatch(found, wanted, name))


def _mismatch(found, wanted, name):
    quote, end = quoted(name), ending(name)
    if found in READABLE:
        words, dotted = READABLE[found]
        if end in SAVE_AS:
            return f"{quote} is {words} under the name of another kind of file. {SAVE_AS[end]}"
        if found == "csv" and wanted:
            return f"{quote} is not {READABLE[wanted][0]}, although its name ends in .{end}. " + (
                SAVE_AGAIN
            )
        if found == "csv":
            return f"{quote} cannot be read here. {EITHER}"
        return (
            f"{quote} is {words}, but its name does not end in {dotted}. Rename it so that it ends "
            f"in {dotted} and upload it again."
        )
    if found == "ole":
        advice = SAVE_AS.get(end) or (WORKBOOK if wanted == "xlsx" else WORD_DOCUMENT)
        return f"{quote} is in the old format of Word or Excel. {advice}"
    words, advice = FOREIGN[found]
    lie = f", although its name ends in .{end}" if wanted else ""
    return f"{quote} is {words}{lie}. {SAVE_AS.get(end, advice)}"


def sniff(content, name):
    """What the bytes are, whatever the name says. Raises Refused for a file that is locked or damaged."""
    if content.startswith(OLE):
        if ENCRYPTED_PACKAGE in content:
            raise Refused(protected(name))
        return "ole"
    if content.startswith((b"PK\x03\x04", b"PK\x05\x06")):
        return _of_archive(content, name)
    if b"%PDF-" in content[:1024]:
        return "pdf"
    for signature, kind in SIGNATURES:
        if content.startswith(signature):
            return kind
    start = content[:4096].lstrip(b"\xef\xbb\xbf")
    if WEB_PAGE.match(start):
        return "web page"
    if EMAIL.match(start) and b"MIME-Version" in content[:20_000]:
        return "email"
    return "csv" if delimited.is_text(content) else "unknown"


def _of_archive(content, name):
    try:
        return archive.kind_of(content, name)
    except Refused:
        raise
    except MemoryError:
        raise Refused(too_much(name)) from None
    except (
        Exception
    ) as error:  # a broken directory, an unknown way of packing: zipfile has many words for it
        raise Refused(damaged(name)) from error
