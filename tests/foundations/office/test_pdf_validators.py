"""The validators do see what is wrong: a PDF with one fault each, and which of them refuses it.

What both pass, our own look at the tags of every page refuses.
"""

import io

import pikepdf
import pytest
from pypdf import PdfWriter

from foundations.office.pdf import render_pdf
from tests.foundations.office.pdf_samples import (
    bare,
    broken_by_outloud,
    broken_by_page,
    broken_rules,
    pages_without_tags,
)

ROWS = "<tr><td>Westmoor Police</td><td>May 2031</td></tr><tr><td>The school</td><td>June</td></tr>"
HEAD = "<thead><tr><th>Agency</th><th>When</th></tr></thead>"
PICTURE = '<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"><rect width="9" height="9"/></svg>'
FAULTS = {
    "no language": (
        "<html><title>A document</title><h1>A document</h1><p>She rang.</p></html>",
        "PDFUA1-LANGUAGE-TAG-001",
        "DOC-013",
    ),
    "no title": (
        '<html lang="en-GB"><h1>A document</h1><p>She rang.</p></html>',
        "PDFUA1-METADATA-TITLE-001",
        "DOC-010",
    ),
    "a picture without words": (
        bare(f"<p>She rang.</p>{PICTURE}"),
        "PDFUA1-FIGURE-ALTERNATIVE-TEXT-001",
        "FIG-001",
    ),
    "a level of heading left out": (
        bare("<h3>When she rang</h3><p>In May.</p>"),
        "PDFUA1-HEADING-NESTING-001",
        "HDG-001",
    ),
    "a first heading that is not the first": (
        '<html lang="en-GB"><title>A document</title><h2>A document</h2><p>She rang.</p></html>',
        "PDFUA1-HEADING-NESTING-001",
        "HDG-002",
    ),
}


def rules(found):
    return [one.split(":")[0] for one in found]


def joined(joining):
    """Two good documents, joined by a tool that does not know of tags."""
    good = render_pdf(bare("<p>She rang.</p>"))
    return joining(good, good)


def with_another_writer(first, second):
    writer, file = PdfWriter(), io.BytesIO()
    for one in (first, second):
        writer.append(io.BytesIO(one))
    writer.write(file)
    return file.getvalue()


def behind_the_first(first, second):
    file = io.BytesIO()
    with pikepdf.open(io.BytesIO(first)) as one, pikepdf.open(io.BytesIO(second)) as other:
        one.pages.extend(other.pages)
        one.save(file)
    return file.getvalue()


@pytest.mark.parametrize(("html", "by_page", "by_outloud"), FAULTS.values(), ids=FAULTS)
def test_a_fault_is_refused_by_both(html, by_page, by_outloud):
    pdf = render_pdf(html)

    assert rules(broken_by_page(pdf)) == [by_page]
    assert rules(broken_by_outloud(pdf)) == [by_outloud]


def test_a_table_without_header_cells_is_refused_by_the_second_alone():
    pdf = render_pdf(bare(f"<table>{ROWS}</table>"))

    assert broken_by_page(pdf) == []
    assert rules(broken_by_outloud(pdf)) == ["TBL-001"]


def test_the_same_table_with_header_cells_passes_both():
    assert broken_rules(render_pdf(bare(f"<table>{HEAD}<tbody>{ROWS}</tbody></table>"))) == []


def test_a_joined_file_that_lost_its_tags_is_refused_by_both():
    pdf = joined(with_another_writer)

    assert "PDFUA1-STRUCT-TREE-ROOT-001" in rules(broken_by_page(pdf))
    assert "DOC-002" in rules(broken_by_outloud(pdf))


def test_a_joined_file_with_the_tags_of_its_first_part_passes_both_and_is_refused_by_us():
    pdf = joined(behind_the_first)

    assert broken_rules(pdf) == []
    assert pages_without_tags(pdf) == [2]


def test_what_is_no_pdf_is_refused_by_the_second_in_a_sentence():
    assert broken_by_outloud(b"She rang.") != []
