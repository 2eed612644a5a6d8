"""Files that must be refused, each with the sentence its owner reads."""

import zipfile

from tests.foundations.office import corpus
from tests.foundations.office.corpus import Case

WORD = corpus.docx_parts(corpus.CHRONOLOGY)
BOOK = corpus.xlsx_parts({"Visits": corpus.VISITS})
GOOD_DOCX = corpus.archive(WORD)
GOOD_XLSX = corpus.archive(BOOK)

SAVE_AGAIN = (
    "Check that it opens on your computer, save it again under a new name and upload that file."
)
DAMAGED = f"is damaged or was not completely copied. {SAVE_AGAIN}"
AS_DOCX = "Open it in Word, choose Save As, pick “Word Document (.docx)” and upload that file."
AS_XLSX = "Open it in Excel, choose Save As, pick “Excel Workbook (.xlsx)” and upload that file."
EITHER = "Upload a Word document (.docx), an Excel workbook (.xlsx) or a CSV file (.csv)."
UNPACKS = (
    "unpacks to far more than its size and cannot be opened safely. Copy its table into a new "
    "document or workbook, save that and upload it."
)
PASSWORD = (
    "is protected with a password. Remove the password and upload again (in Word or Excel: File, "
    "Info, Protect, Encrypt with Password, delete the password, Save)."
)
ODD_PART = (
    "holds a part that no Word or Excel file needs. Copy its table into a new document or workbook, "
    "save that and upload it."
)
INSTRUCTIONS = (
    "holds instructions that no Word or Excel file needs. Copy its table into a new document or "
    "workbook, save that and upload it."
)
EMBEDDED = (
    "has another file embedded in it. Delete the embedded object, or paste it as a picture, save it "
    "and upload again."
)
FETCHES = (
    "has a field that fetches content from another file or program. Select everything (Ctrl+A), turn "
    "fields into text (Ctrl+Shift+F9), save it and upload again."
)
LINKED = (
    "takes part of its content from another file or web address. Remove that link (in Word or Excel: "
    "File, Info, Edit Links to Files, Break Link), save it and upload again."
)
EMPTY = "is empty. Check that you chose the right file, and upload again."


def case(name, content, ends, shown=None):
    return Case(name, content, f"“{shown or name}” {ends}")


def docx_with(name, part, content, ends):
    return case(name, corpus.with_part(WORD, part, content), ends)


def docx_linking(name, kind, target, ends):
    links = [("x1", kind, target, "External")]
    return case(name, corpus.docx(corpus.CHRONOLOGY, links=links), ends)


def cases():
    return [*wrong_kinds(), *broken(), *bombs(), *active(), *delimited()]


def wrong_kinds():
    macro = "application/vnd.ms-word.document.macroEnabled.main+xml"
    macro_book = "application/vnd.ms-excel.sheet.macroEnabled.main+xml"
    page = b"<html><body><table><tr><td>3 May 2011</td></tr></table></body></html>"
    return [
        case("empty.csv", b"", EMPTY),
        case("blank.docx", b"\x00" * 500, EMPTY),
        case(
            "huge.docx",
            GOOD_DOCX + bytes(60 * corpus.MEGABYTE - len(GOOD_DOCX)),
            "is 60 MB. A file may be at most 25 MB: remove pictures or blank rows from it, or split it "
            "into smaller files, and upload again.",
        ),
        case(
            "report.docx",
            b"%PDF-1.7\n1 0 obj\n",
            "is a PDF, although its name ends in .docx. Upload the Word, Excel or CSV file that the PDF "
            "was made from.",
        ),
        case(
            "report.pdf",
            b"%PDF-1.7\n1 0 obj\n",
            "is a PDF. Upload the Word, Excel or CSV file that the PDF was made from.",
        ),
        case(
            "invoice.xlsx",
            b"MZ\x90\x00\x03\x00",
            f"is a program, although its name ends in .xlsx. {EITHER}",
        ),
        case(
            "list.csv",
            b"\x7fELF\x02\x01",
            f"is a program, although its name ends in .csv. {EITHER}",
        ),
        case(
            "plan.xlsx",
            GOOD_DOCX,
            "is a Word document, but its name does not end in .docx. Rename it so that it ends in .docx "
            "and upload it again.",
        ),
        case(
            "plan.docx",
            GOOD_XLSX,
            "is an Excel workbook, but its name does not end in .xlsx. Rename it so that it ends in "
            ".xlsx and upload it again.",
        ),
        case("page.xls", page, f"is a web page. {AS_XLSX}"),
        case(
            "page.xlsx",
            page,
            "is a web page, although its name ends in .xlsx. Open it in Word or Excel, save it as .docx "
            "or .xlsx and upload that.",
        ),
        case(
            "old.doc",
            corpus.ole("WordDocument"),
            f"is in the old format of Word or Excel. {AS_DOCX}",
        ),
        case(
            "old.xls", corpus.ole("Workbook"), f"is in the old format of Word or Excel. {AS_XLSX}"
        ),
        case(
            "old.xlsx", corpus.ole("Workbook"), f"is in the old format of Word or Excel. {AS_XLSX}"
        ),
        case("locked.docx", corpus.ole("EncryptedPackage", "EncryptionInfo"), PASSWORD),
        case("locked.xlsx", corpus.ole("EncryptedPackage", "EncryptionInfo"), PASSWORD),
        case("flagged.xlsx", corpus.with_flag(GOOD_XLSX, 1), PASSWORD),
        case("rich.doc", b"{\\rtf1\\ansi text}", f"is a rich text file. {AS_DOCX}"),
        case(
            "scan.docx",
            b"\x89PNG\r\n\x1a\n" + bytes(40),
            f"is a picture, although its name ends in .docx. {EITHER}",
        ),
        case(
            "macros.docm",
            corpus.docx(corpus.CHRONOLOGY, kind=macro),
            f"is a Word document that can hold macros. {AS_DOCX}",
        ),
        case(
            "renamed.docx",
            corpus.docx(corpus.CHRONOLOGY, kind=macro),
            "is a Word document that can hold macros, although its name ends in .docx. " + AS_DOCX,
        ),
        case(
            "renamed.xlsx",
            corpus.xlsx({"Visits": corpus.VISITS}, kind=macro_book),
            "is an Excel workbook that can hold macros, although its name ends in .xlsx. "
            + AS_XLSX,
        ),
        case(
            "files.xlsx",
            corpus.archive({"a.csv": "x"}),
            "is a compressed archive, although its name ends in .xlsx. Take the file out of it and "
            "upload the file alone.",
        ),
        case(
            "notes.docx",
            b"Date,Event\n3 May 2011,Visit\n",
            f"is not a Word document, although its name ends in .docx. {SAVE_AGAIN}",
        ),
        case("notes.json", b'{"a": 1}', f"cannot be read here. {EITHER}"),
        case(
            "noise.csv",
            bytes(range(1, 256)) * 40,
            "is not a kind of file that can be read here, although its name ends in .csv. "
            + EITHER,
        ),
    ]


def broken():
    no_document = {name: part for name, part in WORD.items() if name != "word/document.xml"}
    unclosed = WORD["word/document.xml"].replace("</w:tbl>", "")
    deep = "<w:smartTag>" * 10_000 + "</w:smartTag>" * 10_000
    bad_sheet = BOOK["xl/worksheets/sheet1.xml"].replace("</sheetData>", "</sheetDat>")
    nothing = {name: part for name, part in BOOK.items() if name != "xl/workbook.xml"}
    return [
        case("half.docx", corpus.truncated(GOOD_DOCX), DAMAGED),
        case("half.xlsx", corpus.truncated(GOOD_XLSX), DAMAGED),
        case("bits.docx", corpus.with_broken_middle(GOOD_DOCX), DAMAGED),
        case("tail.xlsx", GOOD_XLSX + b"more", DAMAGED),
        case("front.xlsx", b"PK\x03\x04" + GOOD_XLSX, DAMAGED),
        case("headless.docx", corpus.archive(no_document), DAMAGED),
        case("unclosed.docx", corpus.with_part(WORD, "word/document.xml", unclosed), DAMAGED),
        case("deep.docx", corpus.docx(deep), DAMAGED),
        case("sheet.xlsx", corpus.with_part(BOOK, "xl/worksheets/sheet1.xml", bad_sheet), DAMAGED),
        case("bookless.xlsx", corpus.archive(nothing), DAMAGED),
        case(
            "wide.docx",
            corpus.with_part(WORD, "word/document.xml", WORD["word/document.xml"].encode("utf-16")),
            DAMAGED,
        ),
        case("twice.docx", corpus.archive([*WORD.items(), ("word/document.xml", "<x/>")]), DAMAGED),
        case("overlap.docx", corpus.with_overlap(GOOD_DOCX), DAMAGED),
        case("packed.docx", corpus.archive(WORD, method=zipfile.ZIP_BZIP2), DAMAGED),
    ]


def bombs():
    forged = corpus.with_forged_size(GOOD_DOCX, "word/document.xml", 100)
    laughs = corpus.billion_laughs("w:document") + WORD["word/document.xml"].partition("?>")[2]
    secret = '<?xml version="1.0"?><!DOCTYPE d [<!ENTITY x SYSTEM "file:///etc/hostname">]>' + WORD[
        "word/document.xml"
    ].partition("?>")[2].replace("No reply.", "&x;")
    strings = corpus.billion_laughs("sst") + f'<sst xmlns="{corpus.S}"><si><t>&l9;</t></si></sst>'
    rows = BOOK["xl/worksheets/sheet1.xml"].replace(corpus.VISITS, corpus.wide_sheet())
    return [
        docx_with("steep.docx", "word/media/image1.xml", b" " * (40 * corpus.MEGABYTE), UNPACKS),
        docx_with("large.docx", "word/media/image1.xml", b" " * (49 * corpus.MEGABYTE), UNPACKS),
        case("forged.docx", forged, DAMAGED),
        case(
            "parts.docx",
            corpus.archive({**WORD, **{f"word/media/{n}.png": "" for n in range(3_000)}}),
            UNPACKS,
        ),
        case("laughs.docx", corpus.with_part(WORD, "word/document.xml", laughs), INSTRUCTIONS),
        case("secret.docx", corpus.with_part(WORD, "word/document.xml", secret), INSTRUCTIONS),
        case(
            "laughs.xlsx",
            corpus.xlsx({"Visits": corpus.VISITS}, strings=strings),
            INSTRUCTIONS,
        ),
        Case(
            "far.xlsx",
            corpus.with_part(BOOK, "xl/worksheets/sheet1.xml", rows),
            "“far.xlsx”, sheet “Visits”, has something in cell XFD1048576, far away from its table. "
            "Delete the rows below and the columns beside the table, save it and upload again.",
        ),
    ]


def active():
    macros = "holds macros. Save it without them (Save As, .docx or .xlsx) and upload again."
    return [
        docx_with("hidden.docx", "word/vbaProject.bin", b"\xd0\xcf", macros),
        docx_with(
            "buttons.docx",
            "word/activeX/activeX1.xml",
            "<x/>",
            "holds form controls that can run a program. Remove the buttons and boxes (Developer tab), "
            "save it and upload again.",
        ),
        docx_with("object.docx", "word/embeddings/oleObject1.bin", corpus.ole("x"), EMBEDDED),
        docx_with("inner.docx", "word/embeddings/files.zip", GOOD_DOCX, EMBEDDED),
        docx_with("tool.docx", "word/media/setup.exe", b"MZ", ODD_PART),
        docx_with("up.docx", "../../etc/cron.d/x", "x", ODD_PART),
        docx_with("root.docx", "/etc/cron.d/x", "x", ODD_PART),
        case(
            "books.xlsx",
            corpus.with_part(BOOK, "xl/externalLinks/externalLink1.xml", "<x/>"),
            "takes values from another workbook. In Excel choose Data, Edit Links, Break Link, save it "
            "and upload again.",
        ),
        docx_linking(
            "picture.docx",
            "image",
            "http://pictures.example/x.png",
            "shows a picture that is kept somewhere else. Delete the picture or paste it in, save the "
            "file and upload again.",
        ),
        docx_linking("part.docx", "subDocument", "file:///share/part.docx", LINKED),
        docx_linking("frame.docx", "frame", "http://frames.example/", LINKED),
        case("dde.docx", corpus.docx(corpus.field(" DD", "EAUTO c:\\\\x ", '"/k"')), FETCHES),
        case(
            "include.docx",
            corpus.docx('<w:p><w:fldSimple w:instr=" INCLUDETEXT secret.docx "/></w:p>'),
            FETCHES,
        ),
    ]


def delimited():
    return [
        Case(
            "open.csv",
            b'Date,Event\r\n3 May 2011,Visit\r\n4 May 2011,"She said\r\n5 May 2011,Call\r\n',
            "“open.csv”, record 3: a quotation mark is opened and never closed. Close it or take it out, "
            "save the file and upload again.",
        ),
        Case(
            "long.csv",
            b'Date,Event\r\n3 May 2011,"' + b"x" * 1_000_001 + b'"\r\n',
            "“long.csv”, record 2: a cell holds more than a million characters, usually because a "
            "quotation mark is never closed. Correct it, save the file and upload again.",
        ),
        case(
            "chron\u202exslx.\x00csv\u202c.docx",
            b"%PDF-1.4",
            "is a PDF, although its name ends in .docx. Upload the Word, Excel or CSV file that the PDF "
            "was made from.",
            shown="chronxslx.csv.docx",
        ),
        case("../../share/é.csv", b"", EMPTY, shown="é.csv"),
    ]
