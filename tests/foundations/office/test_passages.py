"""The text of a report by heading, of which nothing is left out."""

import json
import os
from pathlib import Path

import pytest

from foundations.office.passages import from_json, passages_of, to_json
from foundations.office.tables import Refused
from tests.foundations.office import hostile, reports
from tests.foundations.office.corpus import (
    W,
    archive,
    cell,
    control,
    deleted,
    docx,
    docx_parts,
    inserted,
    paragraph,
    row,
    run,
    table,
)
from tests.foundations.office.test_words import NUMBERING, STYLES

HEADING = '<w:style w:type="paragraph" w:styleId="H{0}"><w:name w:val="heading {0}"/></w:style>'
ALL_STYLES = STYLES + HEADING.format(1) + HEADING.format(2)
SHARED = Path(__file__).resolve().parents[3].parent / "shared" / "documents"


def read(body, **more):
    content = docx(body, styles=ALL_STYLES, numbering=NUMBERING, **more)
    return passages_of(content, "report.docx")


def outline(found):
    return [(one.level, one.number, one.heading) for one in found.passages]


def told(found):
    return [block.shown for block in found.blocks]


def test_headings_by_their_style():
    found = passages_of(reports.styled(), "imr.docx")

    assert outline(found) == [
        (1, "", "Individual Management Review"),
        (2, "", "Involvement of the agency"),
        (2, "", "Lessons learned"),
        (2, "", "Single agency recommendations"),
    ]
    assert all(one.is_certain for one in found.passages)
    assert (found.is_whole, found.doubts) == (True, ())


def test_a_table_is_read_row_by_row_where_it_stands():
    found = passages_of(reports.styled(), "imr.docx").passages[1].blocks

    assert [(block.kind, block.text, block.table, block.row) for block in found] == [
        ("paragraph", "The practice saw MA 1 on two occasions.", None, None),
        ("row", "Date | What happened", 1, 1),
        ("row", "March 2019 | Seen", 1, 2),
        ("row", "May 2019", 1, 3),
    ]


def test_bold_lines_are_headings_where_there_are_no_styles():
    found = passages_of(reports.in_bold(), "imr.docx")

    assert outline(found) == [
        (1, "1", "Introduction"),
        (1, "2", "Background"),
        (2, "2.1", "Contact with the practice"),
        (1, "3", "RECOMMENDATIONS"),
    ]
    assert not any(one.is_certain for one in found.passages)
    assert "4 headings were recognised by how they look" in found.doubts[0]
    assert told(found)[-1] == "Only a part of this is bold, so it is no heading"
    assert found.is_whole


def test_numbers_that_word_counts_belong_to_the_heading():
    found = read(
        paragraph("Police", style="H1", listed=(5, 0))
        + paragraph("Contact", style="H2", listed=(5, 1))
        + paragraph("Once.")
    )

    assert outline(found) == [(1, "1", "Police"), (2, "1.1", "Contact")]
    assert found.is_whole


def test_an_outline_level_of_a_paragraph_makes_a_heading():
    body = '<w:p><w:pPr><w:outlineLvl w:val="1"/></w:pPr>' + run("Analysis") + "</w:p>"

    assert outline(read(body + paragraph("Words."))) == [(2, "", "Analysis")]


def test_what_stands_before_the_first_heading_is_kept():
    found = read(paragraph("Cover.") + paragraph("Analysis", style="H1"))

    assert outline(found) == [(0, "", ""), (1, "", "Analysis")]
    assert found.passages[0].text == "Cover."


def test_a_file_without_headings_says_so():
    found = read(paragraph("Only words."))

    assert (outline(found), found.is_whole) == ([(0, "", "")], True)
    assert "No heading was found" in found.doubts[0]


def test_a_box_around_a_heading_is_looked_into():
    found = read(
        table(row(cell(paragraph("Analysis", style="H1"), "In the box."))) + paragraph("After.")
    )

    assert outline(found) == [(1, "", "Analysis")]
    assert told(found) == ["In the box.", "After."]


def test_numbers_and_bullets_of_lists_are_shown():
    found = read(
        paragraph("First", listed=(1, 0))
        + paragraph("Below", listed=(1, 1))
        + paragraph("Dot", listed=(2, 0))
    )

    assert told(found) == ["1. First", "a. Below", "• Dot"]
    assert [block.depth for block in found.blocks] == [0, 1, 0]


def test_nested_tables_and_content_controls_are_not_lost():
    inner = table(row("deep", "deeper"))
    found = read(table(row("a", cell("b", inner))) + control(paragraph("In a control.")))

    assert told(found) == ["a | b", "deep | deeper", "In a control."]
    assert found.is_whole


def test_footnotes_stand_after_their_paragraph():
    reference = '<w:r><w:footnoteReference w:id="2"/></w:r>'
    parts = docx_parts(
        paragraph(runs=run("A claim") + reference + run(" and more.")) + paragraph("Next."),
        links=(("f1", "footnotes", "footnotes.xml"),),
    )
    parts["word/footnotes.xml"] = (
        f'<w:footnotes xmlns:w="{W}"><w:footnote w:id="1"><w:p/></w:footnote>'
        f'<w:footnote w:id="2">{paragraph("Where it is written.")}</w:footnote></w:footnotes>'
    )
    found = passages_of(archive(parts), "imr.docx")

    assert [(block.kind, block.shown) for block in found.blocks] == [
        ("paragraph", "A claim[1] and more."),
        ("note", "[1] Where it is written."),
        ("paragraph", "Next."),
    ]
    assert found.is_whole


def test_tracked_changes_are_read_as_accepted_and_told():
    found = read(
        paragraph(runs=run("Stays") + inserted(run(" and new")) + deleted(" and gone"))
        + table(row("kept"), row("gone", properties='<w:del w:id="9" w:author="A"/>'))
    )

    assert told(found) == ["Stays and new", "kept"]
    assert (found.is_whole, "tracked changes" in found.doubts[0]) == (True, True)


def test_hidden_text_is_left_out_and_told():
    found = read(paragraph(runs=run("Seen") + run(" hidden", "<w:vanish/>")))

    assert told(found) == ["Seen"]
    assert any("hidden text" in doubt for doubt in found.doubts)


def test_the_edges_of_the_pages_are_kept_apart():
    parts = docx_parts(paragraph("Words."), links=(("h1", "header", "header1.xml"),))
    parts["word/header1.xml"] = f'<w:hdr xmlns:w="{W}">{paragraph("Restricted")}</w:hdr>'
    found = passages_of(archive(parts), "imr.docx")

    assert (found.margins, told(found)) == (("Restricted",), ["Words."])


def test_passages_below_another():
    found = passages_of(reports.styled(), "imr.docx")

    assert len(found.under(found.passages[0])) == 4
    assert len(found.under(found.passages[1])) == 1


def test_they_can_be_kept_and_read_again():
    found = passages_of(reports.styled(), "imr.docx")

    assert from_json(json.loads(json.dumps(to_json(found)))) == found


def test_a_pdf_is_read_by_how_it_looks():
    found = passages_of(reports.printed(), "imr.pdf")

    assert [(one.number, one.heading) for one in found.passages] == [
        ("", "Individual Management Review"),
        ("1", "Introduction"),
        ("2", "Involvement"),
        ("3", "Analysis"),
        ("4", "Findings"),
        ("5", "Recommendations"),
    ]
    assert found.margins[:2] == ("Restricted", "Page 1")
    assert told(found)[-2:] == [f"{n}. {text}" for n, text in enumerate(reports.RECOMMENDATIONS, 1)]
    assert (found.is_whole, "Send the Word document" in found.doubts[0]) == (True, True)


@pytest.mark.parametrize(
    "case", [one for one in hostile.cases() if one.name.endswith("docx")], ids=str
)
def test_what_the_gate_refuses_is_not_read(case):
    with pytest.raises(Refused):
        passages_of(case.content, case.name)


@pytest.mark.real_documents
@pytest.mark.skipif(
    not SHARED.is_dir() and os.environ.get("CI") != "true",
    reason="the published documents are not beside this checkout (../shared/documents)",
)
@pytest.mark.parametrize("path", sorted(SHARED.rglob("*.docx")), ids=lambda path: path.name)
def test_of_the_published_documents_not_a_letter_is_lost(path):
    found = passages_of(path.read_bytes(), path.name)

    assert found.letters == found.placed > 100
