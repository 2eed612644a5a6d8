import pytest

from foundations.office import archive, gate, guard
from foundations.office.reading import read_file
from foundations.office.tables import Refused
from tests.foundations.office import corpus, hostile

CASES = hostile.cases()


@pytest.mark.parametrize("case", CASES, ids=str)
def test_read_file_refuses_with_a_sentence(case):
    with pytest.raises(Refused) as refused:
        read_file(case.content, case.name)

    assert refused.value.message == case.sentence


@pytest.mark.parametrize("kind", ["attachedTemplate", "hyperlink"])
def test_check_lets_harmless_links_in(kind):
    content = corpus.docx(
        corpus.CHRONOLOGY, links=[("x1", kind, "http://council.example/a", "External")]
    )

    assert guard.check(content, "plan.docx") == "docx"


def test_check_lets_in_the_workbook_behind_a_chart():
    parts = corpus.docx_parts(corpus.CHRONOLOGY)
    content = corpus.with_part(parts, "word/embeddings/Microsoft_Excel_Sheet1.xlsx", "x")

    assert guard.check(content, "plan.docx") == "docx"


def test_check_lets_in_fields_that_fetch_nothing():
    body = corpus.field(" PAGE ") + corpus.field(' HYPERLINK "http://a.example/DDE/INCLUDETEXT" ')

    assert guard.check(corpus.docx(body + corpus.CHRONOLOGY), "plan.docx") == "docx"


def test_check_finds_a_fetching_field_inside_another():
    inner = corpus.field(" INCLUDEPICTURE x ").removeprefix("<w:p>").removesuffix("</w:p>")
    begin, end = (f'<w:r><w:fldChar w:fldCharType="{kind}"/></w:r>' for kind in ("begin", "end"))
    body = f"<w:p>{begin}<w:r><w:instrText> IF 1 </w:instrText></w:r>{inner}{end}</w:p>"

    with pytest.raises(Refused) as refused:
        guard.check(corpus.docx(body), "plan.docx")

    assert refused.value.message == f"“plan.docx” {hostile.FETCHES}"


@pytest.mark.parametrize(
    ("ending", "words"),
    [
        (".xlsb", "is a binary Excel workbook. " + hostile.AS_XLSX),
        (".xltx", "is an Excel template. " + hostile.AS_XLSX),
        (".pptx", f"is a PowerPoint presentation. {hostile.EITHER}"),
    ],
)
def test_check_names_other_office_files(ending, words):
    kind = {
        ".xlsb": "application/vnd.ms-excel.sheet.binary.macroEnabled.main",
        ".xltx": f"{corpus.EXCEL}.template.main+xml",
        ".pptx": "application/vnd.openxmlformats-officedocument.presentationml.slideshow.main+xml",
    }[ending]

    with pytest.raises(Refused) as refused:
        guard.check(corpus.xlsx({"A": corpus.VISITS}, kind=kind), f"book{ending}")

    assert refused.value.message == f"“book{ending}” {words}"


def test_check_names_an_open_document():
    content = corpus.archive({"mimetype": "application/vnd.oasis.opendocument.text"})

    with pytest.raises(Refused) as refused:
        guard.check(content, "notes.odt")

    assert refused.value.message == (
        "“notes.odt” is an OpenDocument text. Save it as a Word document (.docx) and upload that file."
    )


def test_check_refuses_a_sheet_too_large_to_read(monkeypatch):
    monkeypatch.setattr(archive, "LARGEST_SHEET", 500)

    with pytest.raises(Refused) as refused:
        guard.check(corpus.xlsx({"Visits": corpus.VISITS}), "visits.xlsx")

    assert refused.value.message == (
        "“visits.xlsx” has a sheet far too large to read: usually millions of blank but formatted "
        "cells. Delete the rows below and the columns beside your table, save it and upload again."
    )


def test_check_turns_any_fault_into_a_refusal(monkeypatch):
    monkeypatch.setattr(gate, "check", lambda *args: 1 / 0)

    with pytest.raises(Refused) as refused:
        guard.check(hostile.GOOD_DOCX, "plan.docx")

    assert refused.value.message == f"“plan.docx” {hostile.DAMAGED}"


def test_check_size_speaks_of_the_limit_before_the_bytes_are_read():
    with pytest.raises(Refused) as refused:
        guard.check_size(25 * 1024 * 1024 + 1, "large.docx")

    assert refused.value.message == (
        "“large.docx” is 26 MB. A file may be at most 25 MB: remove pictures or blank rows from it, or "
        "split it into smaller files, and upload again."
    )


def test_check_takes_an_upper_case_ending():
    assert guard.check(hostile.GOOD_XLSX, "VISITS.XLSX") == "xlsx"


def _way_of_packing_unknown(content):
    entry = content.index(b"PK\x01\x02")
    return content[: entry + 10] + b"\x4d\x00" + content[entry + 12 :]


def _name_in_no_letters(content):
    entry = content.index(b"PK\x01\x02")
    flags, name = entry + 8, entry + 46
    content = content[:flags] + b"\x00\x08" + content[flags + 2 :]
    return content[:name] + b"\xb1" + content[name + 1 :]


def _part_packed_wrongly(content):
    start = content.index(b"[Content_Types].xml") + len("[Content_Types].xml")
    return content[:start] + b"\xff" * 40 + content[start + 40 :]


@pytest.mark.parametrize(
    "damage", [_way_of_packing_unknown, _name_in_no_letters, _part_packed_wrongly]
)
def test_whatever_is_wrong_with_an_archive_is_a_sentence_before_anything_is_read(damage):
    content = damage(corpus.docx(corpus.CHRONOLOGY))

    with pytest.raises(Refused) as refused:
        guard.sniff(content, "plan.docx")

    assert refused.value.message.startswith("“plan.docx” is damaged or was not completely copied.")
