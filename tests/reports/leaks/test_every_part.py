"""A name planted in every part of every format is found, and told where it is."""

import io
from datetime import date

import pikepdf
import pytest

from reports.leaks.engine import Scanner
from reports.leaks.scanning import scan
from tests.reports.leaks import planted

SCANNER = Scanner(planted.register())


def _cases(files, ending):
    return [
        pytest.param(make, part, f"file.{ending}", id=f"{ending}: {where}")
        for where, (make, part) in files.items()
    ]


PLANTED = [
    *_cases(planted.WORD, "docx"),
    *_cases(planted.EXCEL, "xlsx"),
    *_cases(planted.PDF, "pdf"),
    *_cases(planted.HTML, "html"),
    *_cases(planted.OPEN, "odt"),
    *(pytest.param(*case, f"file.{end}", id=end) for end, case in planted.TEXT.items()),
]


@pytest.mark.parametrize(("make", "part", "name"), PLANTED)
def test_a_planted_name_is_found_where_it_is(make, part, name):
    scanned = scan(SCANNER, make(), name)

    found = [hit for hit in scanned.hits if hit.person == "Adult A" and hit.severity == "high"]
    assert {hit.part for hit in found} == {part}
    assert {hit.kind for hit in found} == {"name"}


@pytest.mark.parametrize("name", planted.PICTURES)
def test_a_name_in_the_remarks_of_a_picture_is_found(name):
    scanned = scan(SCANNER, planted.PICTURES[name](), name)

    found = {(hit.part, hit.person) for hit in scanned.hits}
    assert found == {("remarks inside pictures", "Adult A")}
    assert scanned.could_not_read == (f"what the picture “{name}” shows",)


@pytest.mark.parametrize(
    ("content", "name"),
    [
        (planted.word(), "file.docx"),
        (planted.workbook(lambda book: None), "file.xlsx"),
        (planted.paper(), "file.pdf"),
        (planted.page("<p>Nothing is told here.</p>"), "file.html"),
        (b"Nothing is told here.\n", "file.txt"),
    ],
)
def test_nothing_is_found_in_a_file_that_tells_nothing(content, name):
    assert scan(SCANNER, content, name).hits == ()


@pytest.mark.parametrize("name", planted.in_every_format())
def test_a_leak_of_every_kind_is_found_in_every_format(name):
    scanned = scan(SCANNER, planted.in_every_format()[name], name)

    assert [hit.kind for hit in scanned.hits] == list(planted.KINDS)


def test_the_name_of_the_file_is_looked_at():
    scanned = scan(SCANNER, planted.word(), "Quillfeather_Tamsin_final.docx")

    (hit,) = scanned.hits
    assert (hit.part, hit.text) == ("file name", "Quillfeather_Tamsin")


def test_places_in_plain_text_are_those_of_the_file():
    text = "Zoë – naïve\r\nShe was Tam\u00adsin  Quill\u200bfeather, they said.\r\n"

    (hit,) = scan(SCANNER, text.encode(), "notes.txt").hits

    assert text[hit.start : hit.end] == "Tam\u00adsin  Quill\u200bfeather"
    assert hit.location == "line 2"


def test_a_deleted_name_is_told_once_beside_the_text_that_stayed():
    xml = planted.run("Seen by Helena Smith and ") + (
        f'<w:del w:id="1" w:author="X">{planted.run(planted.NAME, tag="delText")}</w:del>'
    )

    scanned = scan(SCANNER, planted.word(planted.in_paragraph(xml)), "file.docx")

    assert [hit.part for hit in scanned.hits] == ["body, deleted text"]


def test_a_name_cut_by_hidden_text_is_found():
    hidden = planted.run("xyz", "<w:vanish/>")
    xml = planted.run("Tamsin Quill") + hidden + planted.run("feather")

    scanned = scan(SCANNER, planted.word(planted.in_paragraph(xml)), "file.docx")

    assert "Tamsin Quillfeather" in {hit.text for hit in scanned.hits}


def test_a_name_that_a_change_took_apart_is_found_as_it_was():
    deleted = f'<w:del w:id="1" w:author="X">{planted.run("feather", tag="delText")}</w:del>'
    xml = planted.run("Tamsin Quill") + deleted

    scanned = scan(SCANNER, planted.word(planted.in_paragraph(xml)), "file.docx")

    assert "Tamsin Quillfeather" in {hit.text for hit in scanned.hits}


@pytest.mark.parametrize("change", ["del", "ins"])
def test_a_name_on_both_sides_of_a_changed_end_of_a_paragraph_is_found(change):
    mark = f'<w:pPr><w:rPr><w:{change} w:id="1" w:author="X"/></w:rPr></w:pPr>'

    def build(document):
        planted.in_paragraph(planted.run("feather at home"))(document)
        planted.in_paragraph(mark + planted.run("We saw Tamsin Quill"))(document)

    scanned = scan(SCANNER, planted.word(build), "file.docx")

    assert [hit.text for hit in scanned.hits if hit.text != "Tamsin"] == ["Tamsin Quillfeather"]


def test_a_day_behind_the_month_that_a_field_shows_is_found():
    xml = (
        '<w:sdt><w:sdtPr><w:date w:fullDate="2013-10-06T00:00:00Z"/></w:sdtPr>'
        f"<w:sdtContent>{planted.run('in autumn')}</w:sdtContent></w:sdt>"
    )

    scanned = scan(SCANNER, planted.word(planted.in_paragraph(xml)), "file.docx")

    assert [(hit.text, hit.kind) for hit in scanned.hits] == [("2013-10-06", "date of death")]


def test_an_unknown_name_in_what_is_meant_for_programs_is_no_alarm():
    xml = '<w:smartTag><w:smartTagPr><w:attr w:name="ID" w:val="Callum Thornbury"/></w:smartTagPr></w:smartTag>'

    assert scan(SCANNER, planted.word(planted.in_paragraph(xml)), "file.docx").hits == ()


def test_a_date_kept_to_the_day_behind_a_month_is_found():
    def build(book):
        book.active["B2"] = date(2013, 10, 6)
        book.active["B2"].number_format = "mmm-yy"

    hits = scan(SCANNER, planted.workbook(build), "file.xlsx").hits

    grave = [hit for hit in hits if hit.severity == "high"]
    assert [(hit.part, hit.location, hit.text) for hit in grave] == [
        ("sheet “Plan”, value behind what is shown", "Plan!B2", "06/10/2013")
    ]


def test_what_was_saved_over_in_a_pdf_is_found():
    now = b"BT /F1 12 Tf 50 700 Td (Adult A) Tj ET"
    content = planted.saved_over(planted.paper(planted.SHOWN), now)

    scanned = scan(SCANNER, content, "file.pdf")

    assert [(hit.part, hit.location) for hit in scanned.hits] == [
        ("earlier version", "version 1, page 1")
    ]


def test_the_title_that_a_pdf_had_before_is_found():
    content = planted.titled_again(planted.paper(build=planted.titled))

    scanned = scan(SCANNER, content, "file.pdf")

    assert [(hit.part, hit.location) for hit in scanned.hits] == [
        ("earlier version", "version 1, Title")
    ]


def test_of_many_earlier_versions_those_that_are_not_read_are_said():
    content = planted.paper()
    for number in range(5):
        drawing = b"BT /F1 12 Tf 50 700 Td (Version number %d) Tj ET" % number
        content = planted.saved_over(content, drawing)

    assert scan(SCANNER, content, "file.pdf").could_not_read == (
        "the first 2 of 5 earlier versions saved inside the file",
    )


@pytest.mark.parametrize(
    ("content", "name", "said"),
    [
        (b"%PDF-1.4 nothing more", "file.pdf", "it is damaged"),
        (b"PK\x03\x04 cut off", "file.docx", "“file.docx” is damaged"),
        (b"", "file.txt", "it is empty"),
        (b"\x89PNG\r\n\x1a\n", "photo.png", "what the picture “photo.png” shows"),
    ],
)
def test_what_could_not_be_read_is_said(content, name, said):
    scanned = scan(SCANNER, content, name)

    assert [one for one in scanned.could_not_read if said in one] != []
    assert "clean" not in scanned.summary


def test_a_page_without_text_is_said():
    scanned = scan(SCANNER, planted.paper(b"0 g 40 690 300 30 re f"), "file.pdf")

    assert scanned.could_not_read == ("page 1: it has no text, and may be a picture",)


def test_a_protected_pdf_is_said():
    out = io.BytesIO()
    with pikepdf.open(io.BytesIO(planted.paper())) as pdf:
        pdf.save(out, encryption=pikepdf.Encryption(owner="o", user="u"))

    assert scan(SCANNER, out.getvalue(), "a.pdf").could_not_read == (
        "it is protected with a password",
    )


def test_macros_are_looked_at_as_loose_words_and_said():
    parts = {"word/vbaProject.bin": b"\x00\x01Tamsin Quillfeather\x00"}

    scanned = scan(SCANNER, planted.word(parts=parts), "file.docx")

    assert [hit.part for hit in scanned.hits] == ["macros"]
    assert any("macros" in one for one in scanned.could_not_read)
