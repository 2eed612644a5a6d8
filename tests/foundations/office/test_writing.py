import io
from datetime import date

import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from foundations.office import writing
from foundations.office.delimited import records
from foundations.office.writing import Sheet, TooManyRows, csv_cell, write_csv, write_workbook

RISKY = ["=1+1", "+44 20", "-5", "@home", "\t=1", "\r=1", '=HYPERLINK("http://a.example")']


def book(*sheets, **rest):
    stream = io.BytesIO()
    write_workbook(sheets, stream, **rest)
    return openpyxl.load_workbook(stream)


def values(*rows):
    found = book(Sheet("Entries", ("Date", "Event"), rows)).active
    return [[cell.value for cell in row] for row in found.iter_rows(min_row=2)]


def test_write_workbook_writes_headings_and_rows():
    found = book(Sheet("Entries", ("Date", "Event"), iter([["3 May 2011", "Visit"]]))).active

    assert [[cell.value for cell in row] for row in found] == [
        ["Date", "Event"],
        ["3 May 2011", "Visit"],
    ]


@pytest.mark.parametrize("text", RISKY)
def test_write_workbook_runs_nothing(text):
    found = book(Sheet("Entries", (text,), [[text]])).active

    assert {cell.data_type for row in found for cell in row} == {"s"}
    assert found["A2"].hyperlink is None


@given(st.text(alphabet=st.sampled_from("=+-@\t\r\n'\" 0aA(")))
def test_write_workbook_writes_any_text_as_text(text):
    found = book(Sheet("Entries", ("Event",), [[f"x{text}"], [text]])).active

    assert {cell.data_type for row in found for cell in row if cell.value is not None} == {"s"}


def test_write_workbook_prints_headings_on_each_page_and_stays_landscape():
    found = book(Sheet("Entries", ("Date", "Event"), [["3 May", "Visit"]], (12, 60))).active

    assert (found.freeze_panes, found.print_title_rows) == ("A2", "$1:$1")
    assert (found.page_setup.orientation, found.auto_filter.ref) == ("landscape", "A1:B2")
    assert [round(found.column_dimensions[letter].width) for letter in "AB"] == [13, 61]
    assert found["B2"].alignment.wrap_text is True


def test_write_workbook_marks_each_printed_page():
    found = book(Sheet("Entries", ("Date",), []), marking="OFFICIAL & SENSITIVE").active

    assert found.oddHeader.center.text == "OFFICIAL && SENSITIVE"
    assert found.oddFooter.right.text == "Page &P of &N"


def test_write_workbook_leaves_out_what_xml_cannot_hold():
    assert values(["a\x00b\x0bc\ud800", None]) == [["ab\nc", None]]


@pytest.mark.parametrize("text", ["_x0041_", "<r><t>bold</t></r>", "&amp; <b>", "  padded  "])
def test_write_workbook_keeps_text_that_looks_like_markup(text):
    written = openpyxl.utils.escape.unescape(str(values([text])[0][0]))

    assert written.strip() == text.strip()


def test_write_workbook_says_so_where_a_text_is_cut():
    [[text, _]] = values(["x" * 40_000])

    assert len(text) == 32_767
    assert text.endswith("… [cut: this cell would hold 40,000 characters, and Excel allows 32,767]")


def test_write_workbook_writes_numbers_as_numbers_and_the_rest_as_it_reads():
    assert values([3, True]) == [[3, "True"]]


def test_write_workbook_gives_every_sheet_a_name_that_excel_takes():
    names = ["A/B: c?", "a b  c", "History", "", "x" * 40, "x" * 40]

    found = book(*(Sheet(name, ("Date",), []) for name in names))

    assert found.sheetnames == [
        "A B c",
        "a b c (2)",
        "History sheet",
        "Sheet",
        "x" * 31,
        "x" * 27 + " (2)",
    ]


def test_write_workbook_refuses_more_rows_than_a_sheet_has(monkeypatch):
    monkeypatch.setattr(writing, "MOST_ROWS", 3)

    with pytest.raises(TooManyRows):
        book(Sheet("Entries", ("Date",), [["a"], ["b"], ["c"]]))


@pytest.mark.parametrize("text", [*RISKY, "  =1+1", "\u00a0=1", "＝1+1", "\n=1"])
def test_csv_cell_disarms_what_a_spreadsheet_would_run(text):
    assert csv_cell(text).startswith("'")


@pytest.mark.parametrize("value", ["Visit", "3 May – 4 May", "", None, -5, 2.5])
def test_csv_cell_leaves_the_rest_alone(value):
    assert csv_cell(value) == ("" if value is None else str(value))


@given(st.text())
def test_csv_cell_never_begins_like_a_formula(text):
    assert not csv_cell(text).lstrip(" \u00a0").startswith(("=", "+", "-", "@", "\t", "\r"))


def test_write_csv_is_read_by_excel_in_the_right_letters():
    stream = io.BytesIO()

    write_csv(("Date", "Event"), [["3 May", "St Ann’s"], ["4 May", "- rang"]], stream)

    text = stream.getvalue().decode("utf-8-sig")
    assert stream.getvalue().startswith(b"\xef\xbb\xbf")
    assert list(records(text, ",")) == [
        ["Date", "Event"],
        ["3 May", "St Ann’s"],
        ["4 May", "'- rang"],
    ]


def test_a_day_is_a_day_that_can_be_sorted_and_one_too_old_for_excel_is_text():
    stream = io.BytesIO()
    write_workbook([Sheet("A", ("On",), [(date(2026, 11, 21),), (date(1899, 5, 1),)])], stream)

    page = openpyxl.load_workbook(stream).active

    assert page["A2"].value.date() == date(2026, 11, 21)
    assert page["A2"].is_date
    assert page["A3"].value == "1899-05-01"
