"""A version of a document as a PDF, a web page and a Word file."""

import io
import json
import re
import zipfile
from itertools import pairwise

import pikepdf
import pytest
from lxml import html
from pypdf import PdfReader

from foundations.office.everything import everything_in
from reports.rendering.body import Body
from reports.rendering.files import drawn
from reports.rendering.gathered import Gathered
from reports.rendering.telling import stretches_of
from tests.foundations.office.pdf_samples import broken_rules, page_texts, pages_without_tags
from tests.reports.rendering.made_up import (
    FIRST,
    POLICE,
    gathered,
    paragraph,
    plan,
    section,
    table_of,
)


@pytest.fixture(scope="module")
def pdf():
    return drawn(gathered(plan=plan()), "pdf")


@pytest.fixture(scope="module")
def page():
    return html.document_fromstring(drawn(gathered(plan=plan()), "html").content)


def sizes(content):
    with pikepdf.open(io.BytesIO(content)) as document:
        return [tuple(round(float(n)) for n in one.mediabox[2:]) for one in document.pages]


def test_values_come_back_as_they_were_kept():
    one = gathered(plan=plan(2))

    assert Gathered.from_json(json.loads(json.dumps(one.to_json()))) == one


# --- PDF ----------------------------------------------------------------------------------------


def test_a_pdf_keeps_the_rules_of_accessible_ones(pdf):
    assert broken_rules(pdf.content) == []
    assert pages_without_tags(pdf.content) == []
    assert pdf.pages == len(page_texts(pdf.content))


def test_the_title_page_says_whose_it_is_and_when(pdf):
    first = " ".join(page_texts(pdf.content)[0].split())

    for words in (
        "Northbeck Community Safety Partnership",
        "Overview report into the death of MA 1",
        "Death: spring 2031",
        "Version 3, draft, 2 November 2031",
        "OFFICIAL-SENSITIVE",
    ):
        assert words in first


def test_the_contents_name_the_page_where_each_section_begins(pdf):
    texts = page_texts(pdf.content)
    said = dict(re.findall(r"^(.*?[a-z])[ .]*?(\d+)$", texts[1], re.M))

    begins = {
        heading: next(
            number for number, text in enumerate(texts, 1) if number > 2 and heading in text
        )
        for heading in ("1 Introduction", "2.2 Police", "3 Conclusions")
    }
    assert {heading: int(said[heading]) for heading in begins} == begins


def test_every_page_bears_its_marking_and_number(pdf):
    texts = page_texts(pdf.content)

    for number, text in enumerate(texts, start=1):
        assert "OFFICIAL-SENSITIVE" in text
        assert f"Page {number} of {len(texts)}" in text


def test_a_draft_says_so_on_every_page_where_no_reader_hears_it(pdf):
    assert all("DRAFT" in text for text in page_texts(pdf.content))
    with pikepdf.open(io.BytesIO(pdf.content)) as document:
        within = [list(marked_around_huge_letters(sheet)) for sheet in document.pages]
    assert within == [[["/Artifact"]]] * pdf.pages


def marked_around_huge_letters(sheet):
    """The marked content in which each text of a hand's height stands."""
    around, size = [], 0
    for operands, operator in pikepdf.parse_content_stream(sheet):
        match str(operator):
            case "BDC" | "BMC":
                around.append(str(operands[0]))
            case "EMC":
                around.pop()
            case "Tf":
                size = float(operands[1])
            case "Tj" | "TJ" if size > 100:
                yield list(around)


def test_what_is_no_draft_has_no_watermark():
    texts = page_texts(drawn(gathered(is_draft=False), "pdf").content)

    assert not any("DRAFT" in text or "draft" in text for text in texts)


def test_bookmarks_are_the_headings(pdf):
    def titles(outline, depth=0):
        for one in outline:
            if isinstance(one, list):
                yield from titles(one, depth + 1)
            else:
                yield depth, one.title

    found = list(titles(PdfReader(io.BytesIO(pdf.content)).outline))

    assert found == [
        (0, "Overview report into the death of MA 1"),
        (1, "Tribute"),
        (1, "1 Introduction"),
        (1, "2 The facts"),
        (2, "2.2 Police"),
        (1, "3 Conclusions"),
        (1, "Appendix: action plan"),
        (1, "Footnotes"),
    ]


def test_wide_tables_and_the_plan_lie_on_their_side_with_their_headings_and_nothing_else(pdf):
    lying = {
        words: {
            width > height
            for text, (width, height) in zip(
                page_texts(pdf.content)[2:], sizes(pdf.content)[2:], strict=True
            )
            if words in " ".join(text.split())
        }
        for words in (
            *("1 Introduction", "2.2 Police", "Row 59, cell 6", "It could have been seen."),
            *("Appendix: action plan", "Words of cell 6", "As noted on the file."),
        )
    }

    assert lying == {
        "1 Introduction": {False},
        "2.2 Police": {True},
        "Row 59, cell 6": {True},
        "It could have been seen.": {False},
        "Appendix: action plan": {True},
        "Words of cell 6": {True},
        "As noted on the file.": {False},
    }


def test_the_head_of_a_long_table_comes_again_on_each_page(pdf):
    pages = [text for text in page_texts(pdf.content) if re.search(r"Row \d+, cell\s6", text)]

    assert len(pages) > 1
    assert all("Heading 6" in text for text in pages)


def test_an_empty_document_is_drawn_too():
    one = gathered(section("", "Tribute"))

    assert broken_rules(drawn(one, "pdf").content) == []


# --- The web page -------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("is_draft", "variant", "is_hidden"),
    [(False, "anonymised", False), (True, "anonymised", True), (False, "confidential", True)],
)
def test_only_a_final_anonymised_page_may_be_found_by_those_who_search(
    is_draft, variant, is_hidden
):
    said = drawn(gathered(is_draft=is_draft, variant=variant), "html").content.decode()

    assert ('<meta name="robots" content="noindex">' in said) == is_hidden


def test_what_is_looked_through_holds_where_links_lead_and_the_headings_of_the_plan():
    text = "[Here](https://a.example/adult%20a) and [[p:1]].^[[There](mailto:b@example.org)]"

    found = list(stretches_of(gathered(section("1", "One", paragraph("1.1", text)), plan=plan(1))))

    assert [(one.location, one.text) for one in found if one.part == "links"] == [
        ("paragraph 1.1, where a link leads", "https://a.example/adult a"),
        ("footnote 1, where a link leads", "mailto:b@example.org"),
    ]
    headings = [
        one.text for one in found if one.location == "the appendix, the headings of a table"
    ]
    assert headings == ["Recommendations", *(f"Heading {n}" for n in range(7))]


def test_a_page_asks_for_nothing_outside_itself(page):
    kept = page.xpath("//*[@src] | //link | //script | //iframe | //object | //@background")

    assert kept == []
    assert all(one.get("href").startswith("#") for one in page.xpath("//a"))


def test_a_page_has_one_title_and_no_level_is_skipped(page):
    levels = [int(one.tag[1]) for one in page.xpath("//*[self::h1 or self::h2 or self::h3]")]

    assert levels.count(1) == 1
    assert all(after - before <= 1 for before, after in pairwise(levels))


def test_every_link_in_a_page_leads_somewhere(page):
    ids = [one.get("id") for one in page.xpath("//*[@id]")]

    assert len(ids) == len(set(ids))
    assert {one.get("href")[1:] for one in page.xpath("//a")} <= set(ids)


def test_every_table_has_a_caption_and_headings_with_a_scope(page):
    tables = page.xpath("//table")

    assert [one.findtext("caption") for one in tables] == [
        "Table 1: Table of the panel",
        "Table 2: paragraph 2.2.1",
        "Recommendations",
    ]
    assert {one.get("scope") for one in page.xpath("//th")} == {"col"}


def test_a_heading_cell_without_words_heads_nothing():
    one = gathered(section("1", "All", paragraph("1.1", "| | B |\n|---|---|\n| a | b |")))
    page = html.document_fromstring(drawn(one, "html").content)

    assert [cell.text for cell in page.xpath("//th")] == ["B"]


@pytest.mark.parametrize("format_", ["pdf", "html", "docx"])
def test_only_the_confidential_variant_says_that_it_is_not_for_publication(format_):
    said = {}
    for variant in ("confidential", "anonymised"):
        file = drawn(gathered(section("1", "All"), variant=variant), format_).content
        stretches = everything_in(file, f"file.{format_}").stretches
        said[variant] = any("not for publication" in one.text for one in stretches)

    assert said == {"confidential": True, "anonymised": False}


def test_a_column_is_as_wide_as_what_stands_in_it():
    table = f"| No. | What |\n|---|---|\n| 1 | {'She asked for help. ' * 9} |"
    one = gathered(section("1", "All", paragraph("1.1", table)))
    page = html.document_fromstring(drawn(one, "html").content)

    assert [column.get("style") for column in page.xpath("//col")] == [
        "width: 6.7%",
        "width: 93.3%",
    ]


def test_a_table_of_many_columns_keeps_its_words_whole_before_it_widens_the_full_ones():
    heads = [*("Heading",) * 11, "Text"]
    cells = [*("x",) * 11, "word " * 40]
    lines = (heads, ["---"] * 12, cells)
    table = "\n".join(f"| {' | '.join(line)} |" for line in lines)
    one = gathered(section("1", "All", paragraph("1.1", table)))
    page = html.document_fromstring(drawn(one, "html").content)

    widths = {column.get("style") for column in page.xpath("//col")}

    assert widths == {"width: 6.1%", "width: 33.3%"}


def test_footnotes_are_counted_through_and_lead_back(page):
    notes = page.xpath("//ol[@class='notes']/li")

    assert [" ".join(one.text_content().split()) for one in notes] == [
        "As noted on the file. Back to the text of footnote 1",
        "Another note. Back to the text of footnote 2",
    ]
    assert [one.text for one in page.xpath("//sup/a")] == ["1", "2"]


def test_references_are_the_numbers_of_what_they_refer_to():
    (_, second, _) = Body(gathered()).sections[1].paragraphs

    assert f'<a href="#p-{FIRST}" rel="noopener noreferrer">1.1</a>' in second.html
    assert f'<a href="#s-{POLICE}" rel="noopener noreferrer">2.2</a>' in second.html


@pytest.mark.parametrize("format_", ["pdf", "html", "docx"])
def test_what_was_typed_is_words_and_no_program(format_):
    typed = '<script>alert(1)</script> <img src="https://example.org/x.png"> a < b & c'
    one = gathered(section("1", typed, paragraph("1.1", typed)), title=typed)

    content = drawn(one, format_).content

    found = everything_in(content, f"file.{format_}")
    said = " ".join(" ".join(stretch.text for stretch in found.stretches).split())
    assert "<script>alert(1)</script>" in said
    assert "a < b & c" in said
    if format_ == "html":
        assert html.document_fromstring(content).xpath("//script | //img") == []


@pytest.mark.parametrize("format_", ["pdf", "html", "docx"])
def test_no_link_leads_out_of_a_file_into_our_pages(format_, settings):
    settings.SERVICE_URL = "https://reviews.example"
    typed = (
        "[the mother](/reviews/MA-1/people/7/) rang^[as [she](/reviews/MA-1/people/8/) said], "
        "[her file](people/9/), [her doctor](https://Reviews.example/reviews/MA-1/people/10/), "
        "[the guidance](https://a.example/read)"
    )

    content = drawn(gathered(section("1", "All", paragraph("1.1", typed))), format_).content

    found = everything_in(content, f"file.{format_}")
    told = " ".join(" ".join(stretch.text for stretch in found.stretches).split())
    for words in (
        "the mother",
        "she",
        "her file",
        "her doctor",
        "the guidance",
        "https://a.example/read",
    ):
        assert words in told
    assert "people" not in told


# --- Word ---------------------------------------------------------------------------------------


def test_word_has_the_sections_the_plan_and_the_draft():
    content = drawn(gathered(plan=plan(2)), "docx").content

    with zipfile.ZipFile(io.BytesIO(content)) as package:
        text = package.read("word/document.xml").decode()
        header = package.read("word/header.xml").decode()
    for words in ("Introduction", "Appendix: action plan", "Words of cell 6", "spring 2031"):
        assert words in text
    assert "DRAFT" in header


def test_a_paragraph_of_wide_tables_is_turned_and_others_are_not():
    one = section("1", "All", paragraph("1.1", table_of(7, 1)), paragraph("1.2", table_of(6, 1)))

    (drawn_section,) = Body(gathered(one)).sections

    assert [each.is_turned for each in drawn_section.paragraphs] == [True, False]
