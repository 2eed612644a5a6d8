"""What a Word file has beside its text, and what it does not have."""

import io
import re
import zipfile
from dataclasses import replace

import pytest
from docx import Document
from docx.enum.section import WD_ORIENT
from docx.oxml.ns import qn

from foundations.office.guard import admit
from foundations.office.passages import passages_of
from reports.word.out import Looks, as_word
from reports.written import WrittenDocument, WrittenParagraph
from tests.reports.word import made

WIDE = (
    "| No | Recommendation | Scope | Action | Lead | Milestone | Target |\n"
    "| --- | --- | --- | --- | --- | --- | --- |\n"
    "| 1 | Ask everybody. | local | Train all staff. | Housing | Half trained | May 2027 |"
)


def parts(document=None, looks=made.LOOKS):
    package = zipfile.ZipFile(io.BytesIO(made.exported(document, looks)))
    return {name: package.read(name).decode() for name in package.namelist()}


def opened(document=None, looks=made.LOOKS):
    return Document(io.BytesIO(made.exported(document, looks)))


def with_text(text):
    return WrittenDocument("One", (made.section("1", "One", WrittenParagraph("1.1", text, "k")),))


def fields(xml):
    return re.findall(r"<w:instrText[^>]*> (.*?) </w:instrText>", xml)


def test_the_gate_for_uploads_lets_it_in():
    assert admit(made.exported(), "report.docx")[0] == "docx"


def test_headings_are_headings_and_word_counts_them():
    found = passages_of(made.exported(), "report.docx")

    assert [(one.level, one.number, one.heading) for one in found.passages if one.number] == [
        (1, "1", "Introduction"),
        (1, "2", "The facts"),
        (2, "2.1", "Housing service"),
        (2, "2.2", "Health service"),
    ]
    assert found.is_whole


def test_no_number_is_typed():
    assert "2.1.2" not in re.sub(r"<w:instrText.*", "", parts()["word/document.xml"])


def test_the_properties_name_the_title_and_the_language_and_nobody():
    about = opened().core_properties

    assert (about.title, about.language) == ("Overview report: Adult A", "en-GB")
    assert (about.author, about.last_modified_by) == ("", "")
    assert "docProps/app.xml" not in parts()


def test_the_language_of_every_word_is_british():
    assert set(re.findall(r'w:lang w:val="([^"]+)"', parts()["word/styles.xml"])) == {"en-GB"}


def test_header_and_footer_have_marking_version_and_page_numbers():
    found = parts()

    assert "OFFICIAL-SENSITIVE" in found["word/header.xml"]
    assert "DHR 7" in found["word/header.xml"]
    assert fields(found["word/footer.xml"]) == ["PAGE", "NUMPAGES"]
    assert "Version 0.3, Draft" in found["word/footer.xml"]


@pytest.mark.parametrize("is_draft", [True, False])
def test_only_a_draft_has_the_mark_of_one(is_draft):
    header = parts(looks=replace(made.LOOKS, is_draft=is_draft))["word/header.xml"]

    assert ("DRAFT" in header) is is_draft


def test_contents_are_a_field_that_word_fills():
    assert fields(parts()["word/document.xml"])[0] == 'TOC \\o "1-3" \\h \\z \\u'
    without = parts(looks=Looks(contents=False))["word/document.xml"]
    assert not [one for one in fields(without) if one.startswith("TOC")]


def test_every_paragraph_and_section_has_its_bookmark_once():
    names = re.findall(r'w:bookmarkStart w:id="\d+" w:name="([^"]+)"', parts()["word/document.xml"])
    report = made.report()

    assert sorted(names) == sorted(
        [f"dhr-s-{one.key.replace('-', '')}" for one in report.sections]
        + [f"dhr-p-{one.key.replace('-', '')}" for _, one in report.paragraphs]
    )
    assert max(map(len, names)) <= 40


def test_a_reference_shows_the_number_and_is_a_field():
    xml = parts()["word/document.xml"]

    assert fields(xml)[1] == f"REF dhr-p-{made.key(5).replace('-', '')} \\n \\h"
    assert "2.1.2</w:t>" in xml.split("REF dhr-p")[1][:400]


def test_a_key_that_no_bookmark_can_carry_is_refused():
    with pytest.raises(ValueError, match="A key is a UUID"):
        made.exported(
            WrittenDocument("X", (made.section("1", "One", WrittenParagraph("1.1", "x", "a b")),))
        )


def test_footnotes_are_those_of_word():
    found = parts()

    assert found["word/document.xml"].count("<w:footnoteReference") == 1
    assert "notice" in found["word/footnotes.xml"]


def test_a_table_repeats_its_heading():
    (table,) = opened().tables

    assert table.rows[0]._tr.trPr.find(qn("w:tblHeader")) is not None
    assert table.rows[1]._tr.trPr.find(qn("w:tblHeader")) is None
    assert table.style.name == "Table Grid"


def test_a_wide_table_lies_on_pages_of_its_own():
    document = with_text(f"Before.\n\n{WIDE}\n\nAfter.")

    sections = opened(document).sections

    assert [one.orientation for one in sections] == [
        WD_ORIENT.PORTRAIT,
        WD_ORIENT.LANDSCAPE,
        WD_ORIENT.PORTRAIT,
    ]
    (table,) = opened(document).tables
    widths = [cell.width for cell in table.rows[0].cells]
    assert (
        sum(widths) <= sections[1].page_width - sections[1].left_margin - sections[1].right_margin
    )


def test_a_link_leads_where_it_says_and_script_is_text():
    found = parts(with_text("[here](https://example.org/?a=1&b=2) <script>x</script>"))

    assert "https://example.org/?a=1&amp;b=2" in found["word/_rels/document.xml.rels"]
    assert "&lt;script&gt;" in found["word/document.xml"]


def test_every_link_is_in_the_relationships_of_the_part_it_stands_in():
    found = parts(
        with_text(
            "[here](https://a.example) and^[See [there](https://b.example).] [again](https://b.example)"
        )
    )

    led = {
        name: [
            re.search(rf'Id="{key}"[^>]* Target="([^"]*)"', found[f"word/_rels/{name}.xml.rels"])[1]
            for key in re.findall(r'<w:hyperlink r:id="(.*?)"', found[f"word/{name}.xml"])
        ]
        for name in ("document", "footnotes")
    }
    assert led == {
        "document": ["https://a.example", "https://b.example"],
        "footnotes": ["https://b.example"],
    }


def test_what_xml_cannot_hold_is_left_out():
    xml = parts(with_text("a\x00b\x0bc\ud800d"))["word/document.xml"]

    assert "ab" in xml


def test_letters_of_many_languages():
    text = "Llŷr Wójcik اردو Ẽ 中"

    assert text in parts(with_text(text))["word/document.xml"]


def test_the_same_document_gives_the_same_bytes():
    assert made.exported() == made.exported()


def test_two_megabytes_in_one_paragraph():
    text = " ".join(f"Word {n}." for n in range(200_000))

    assert len(parts(with_text(text))["word/document.xml"]) > 2_000_000


def test_an_empty_document():
    word = Document(io.BytesIO(as_word(WrittenDocument("Empty"), Looks(), made_at=made.MADE_AT)))

    assert word.paragraphs[0].text == "Empty"
