"""What may be kept to be read, and the one sentence for what may not."""

import pytest

from foundations.office.papers import check_paper
from foundations.office.tables import Refused
from tests.foundations.office import corpus

WORD = corpus.docx(corpus.CHRONOLOGY)
PDF = b"%PDF-1.7 and more"
OLD = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"0" * 600


def said_of(content, name, *kinds):
    with pytest.raises(Refused) as refused:
        check_paper(content, name, *kinds)
    return refused.value.message


def test_a_pdf_by_another_name_is_to_be_renamed_and_not_made_anew():
    assert said_of(PDF, "minutes.docx") == (
        "“minutes.docx” is a PDF, but its name does not end in .pdf. Rename it so that it ends in .pdf and "
        "upload it again."
    )


@pytest.mark.parametrize(
    ("kinds", "advice"),
    [
        (
            (),
            "Upload a PDF (.pdf), a Word document (.docx), an Excel workbook (.xlsx) or a CSV file (.csv).",
        ),
        ((("docx", "pdf"),), "Upload a PDF (.pdf) or a Word document (.docx)."),
        ((("pdf",),), "Upload a PDF (.pdf)."),
    ],
)
def test_the_sentence_asks_for_what_is_taken(kinds, advice):
    assert said_of(b"GIF89a", "plan.gif", *kinds) == f"“plan.gif” is a picture. {advice}"


def test_what_can_be_read_and_is_not_taken_is_refused_by_what_it_is():
    taken = ("docx", "pdf")

    assert said_of(b"a,b\n1,2", "rows.csv", taken).startswith("“rows.csv” is plain text. Upload a")
    assert said_of(WORD, "plan.docx", ("pdf",)) == (
        "“plan.docx” is a Word document. Upload a PDF (.pdf)."
    )
    check_paper(WORD, "plan.docx", taken)


def test_nobody_is_asked_for_a_workbook_where_none_is_taken():
    assert "Excel Workbook (.xlsx)" in said_of(OLD, "plan.xls")
    assert said_of(OLD, "plan.xls", ("docx", "pdf")) == (
        "“plan.xls” is in the old format of Word or Excel. Upload a PDF (.pdf) or a Word document (.docx)."
    )
