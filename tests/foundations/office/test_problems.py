import io
import zipfile

import docx
import openpyxl
import pytest

from foundations.office.problems import problem_copy
from foundations.office.reading import read_file
from foundations.office.tables import Refused
from tests.foundations.office import corpus, hostile
from tests.foundations.office.corpus import paragraph, row, sheet_data, table, xlsx

MESSAGE = "“31 June” is not a date."
CSV = b'Agency log\r\nDate,Event\r\n31 June,Visit\r\n4 May,"Call, then letter"\r\n'


def texts(content, name, part=0):
    return {found.number: found.texts for found in read_file(content, name).parts[part].rows}


def test_a_workbook_comes_back_with_a_last_column():
    found = problem_copy(hostile.GOOD_XLSX, "v.xlsx", [("Visits", 2, "Date", MESSAGE)])

    assert texts(found, "v.xlsx") == {
        1: ("Date", "Event", "Problem"),
        2: ("3 May 2011", "Home visit", f"Date: {MESSAGE}"),
        3: ("4 May 2011", "Telephone call", ""),
    }


def test_problems_go_to_the_right_sheet_only():
    content = xlsx({"May": corpus.VISITS, "June": corpus.VISITS})

    found = problem_copy(content, "v.xlsx", [("June", 3, None, MESSAGE)])

    assert texts(found, "v.xlsx") == texts(content, "v.xlsx")
    assert texts(found, "v.xlsx", 1)[3] == ("4 May 2011", "Telephone call", MESSAGE)


def test_several_problems_of_a_row_share_its_cell():
    problems = [("Visits", 2, "Date", MESSAGE), ("Visits", 2, "Event", "Write what happened.")]

    found = problem_copy(hostile.GOOD_XLSX, "v.xlsx", problems)

    assert texts(found, "v.xlsx")[2][2] == f"Date: {MESSAGE}\nEvent: Write what happened."


def test_the_heading_stands_beside_the_headings_and_not_beside_a_title():
    rows = {1: ["Agency log"], 3: ["Date", "Event"], 4: ["31 June", "Visit"]}

    found = problem_copy(xlsx({"Log": sheet_data(rows)}), "v.xlsx", [("Log", 4, None, MESSAGE)])

    assert texts(found, "v.xlsx")[1] == ("Agency log", "", "")
    assert texts(found, "v.xlsx")[3] == ("Date", "Event", "Problem")


def test_a_blank_row_that_the_workbook_does_not_hold_is_made():
    rows = {1: ["Date", "Event"], 5: ["3 May", "Visit"]}

    found = problem_copy(
        xlsx({"Log": sheet_data(rows)}),
        "v.xlsx",
        [("Log", 3, None, MESSAGE), ("Log", 9, None, "End")],
    )

    assert texts(found, "v.xlsx") == {
        1: ("Date", "Event", "Problem"),
        3: ("", "", MESSAGE),
        5: ("3 May", "Visit", ""),
        9: ("", "", "End"),
    }


def test_a_workbook_keeps_its_formats_rules_and_other_parts():
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.append(["Date", "Event"])
    sheet.append(["31 June", "Visit"])
    sheet["A1"].font = openpyxl.styles.Font(bold=True, color="FF0000")
    sheet["A3"].fill = openpyxl.styles.PatternFill("solid", fgColor="FFFF00")
    sheet.column_dimensions["A"].width = 33
    sheet.freeze_panes = "A2"
    rule = openpyxl.worksheet.datavalidation.DataValidation(type="list", formula1='"a,b"')
    rule.add("B2:B9")
    sheet.add_data_validation(rule)
    stream = io.BytesIO()
    book.save(stream)

    found = problem_copy(stream.getvalue(), "v.xlsx", [("Sheet", 2, None, MESSAGE)])

    again = openpyxl.load_workbook(io.BytesIO(found)).active
    assert (again["A1"].font.bold, again["A1"].font.color.rgb) == (True, "00FF0000")
    assert (again.column_dimensions["A"].width, again.freeze_panes) == (33, "A2")
    assert again["A3"].fill.fgColor.rgb == "00FFFF00"
    assert len(again.data_validations.dataValidation) == 1
    assert (again["C2"].value, again["C2"].alignment.wrap_text) == (MESSAGE, True)
    assert again.column_dimensions["C"].width == 60


def test_a_column_width_that_reaches_over_ours_is_left_alone():
    columns = '<cols><col min="1" max="16384" width="12" customWidth="1"/></cols>'

    found = problem_copy(
        xlsx({"Visits": columns + corpus.VISITS}), "v.xlsx", [("Visits", 2, None, MESSAGE)]
    )

    inside = zipfile.ZipFile(io.BytesIO(found)).read("xl/worksheets/sheet1.xml").decode()
    assert inside.count("<col ") == 1


def test_a_formatted_blank_cell_in_our_place_is_replaced():
    data = corpus.VISITS.replace("</row>", '<c r="C2" s="0"/><c r="D2" s="0"/></row>', 2)
    data = data.replace('<c r="C2" s="0"/><c r="D2" s="0"/>', "", 1)

    found = problem_copy(xlsx({"Visits": data}), "v.xlsx", [("Visits", 2, None, MESSAGE)])

    inside = zipfile.ZipFile(io.BytesIO(found)).read("xl/worksheets/sheet1.xml").decode()
    assert inside.count('r="C2"') == 1
    assert inside.index('r="B2"') < inside.index('r="C2"') < inside.index('r="D2"')


@pytest.mark.parametrize("message", ["=1+1", "+1", "-1", "@x", "\t=1", "a\x00b"])
def test_a_problem_never_runs(message):
    found = problem_copy(hostile.GOOD_XLSX, "v.xlsx", [("Visits", 2, None, message)])

    cell = openpyxl.load_workbook(io.BytesIO(found)).active["C2"]
    assert cell.data_type == "s"
    assert not cell.value.startswith(("=", "+", "-", "@"))


def test_a_corrected_workbook_has_its_column_filled_anew():
    first = problem_copy(hostile.GOOD_XLSX, "v.xlsx", [("Visits", 2, None, MESSAGE)])

    second = problem_copy(first, "v.xlsx", [("Visits", 3, None, "Write what happened.")])

    assert texts(second, "v.xlsx") == {
        1: ("Date", "Event", "Problem"),
        2: ("3 May 2011", "Home visit", ""),
        3: ("4 May 2011", "Telephone call", "Write what happened."),
    }


def test_a_csv_file_keeps_everything_else_byte_for_byte():
    found = problem_copy(CSV, "log.csv", [(1, 3, "Date", MESSAGE)])

    assert found.decode() == (
        'Agency log\r\nDate,Event,"Problem"\r\n'
        f'31 June,Visit,"Date: {MESSAGE}"\r\n4 May,"Call, then letter"\r\n'
    )


@pytest.mark.parametrize("codec", ["cp1252", "utf-8", "utf-8-sig", "utf-16"])
def test_a_csv_file_keeps_its_encoding_and_delimiter(codec):
    content = "Date;Event\n31 June;St Ann’s – Café\n".encode(codec)

    found = problem_copy(content, "log.csv", [(1, 2, None, MESSAGE)])

    assert found == f'Date;Event;"Problem"\n31 June;St Ann’s – Café;"{MESSAGE}"\n'.encode(codec)


def test_a_csv_file_keeps_bytes_that_nobody_can_read():
    content = b"Date,Event\n31 June,\x81\x92\n"

    found = problem_copy(content, "log.csv", [(1, 2, None, "Wrong.")])

    assert found == b'Date,Event,"Problem"\n31 June,\x81\x92,"Wrong."\n'


def test_short_csv_records_are_filled_up_to_the_last_column():
    content = b"Date,Event,Note\n31 June\n"

    assert problem_copy(content, "log.csv", [(1, 2, None, "Wrong.")]) == (
        b'Date,Event,Note,"Problem"\n31 June,,,"Wrong."\n'
    )


def test_a_corrected_csv_file_has_its_column_filled_anew():
    first = problem_copy(CSV, "log.csv", [(1, 3, None, "Wrong.")])

    second = problem_copy(first, "log.csv", [(1, 4, None, "Also wrong.")])

    assert texts(second, "log.csv") == {
        1: ("Agency log",),
        2: ("Date", "Event", "Problem"),
        3: ("31 June", "Visit", ""),
        4: ("4 May", "Call, then letter", "Also wrong."),
    }


def test_a_word_table_comes_back_with_a_last_cell():
    found = problem_copy(hostile.GOOD_DOCX, "plan.docx", [(1, 2, "Date", MESSAGE)])

    assert texts(found, "plan.docx") == {
        1: ("Date", "Event", "Problem"),
        2: ("3 May 2011", "Home visit. No reply.", f"Date: {MESSAGE}"),
        3: ("4 May 2011", "Telephone call."),
    }
    assert len(docx.Document(io.BytesIO(found)).tables) == 1


def test_a_word_table_as_wide_as_the_page_stays_on_it():
    content = corpus.docx(table(row("Date", "Event"), row("31 June", "Visit"), widths=(4000, 6000)))

    found = problem_copy(content, "plan.docx", [(1, 2, None, MESSAGE)])

    grid = docx.Document(io.BytesIO(found)).tables[0]._tbl.tblGrid
    assert [column.w.twips for column in grid.gridCol_lst] == [3040, 4560, 2400]


def test_a_corrected_word_table_has_its_column_filled_anew():
    first = problem_copy(hostile.GOOD_DOCX, "plan.docx", [(1, 2, None, MESSAGE)])

    second = problem_copy(first, "plan.docx", [(1, 3, None, "Write what happened.")])

    assert texts(second, "plan.docx") == {
        1: ("Date", "Event", "Problem"),
        2: ("3 May 2011", "Home visit. No reply."),
        3: ("4 May 2011", "Telephone call.", "Write what happened."),
    }


def test_a_problem_of_a_paragraph_stands_under_it_and_is_not_read_as_one():
    content = corpus.docx(paragraph("Review the policy by 31 June") + paragraph("Train staff"))

    found = problem_copy(content, "plan.docx", [("paragraphs", 1, None, MESSAGE)])

    shown = [one.text for one in docx.Document(io.BytesIO(found)).paragraphs]
    assert shown == ["Review the policy by 31 June", f"Problem: {MESSAGE}", "Train staff"]
    assert texts(found, "plan.docx") == texts(content, "plan.docx")


def test_a_problem_of_a_corrected_paragraph_is_gone():
    content = corpus.docx(paragraph("Review the policy by 31 June") + paragraph("Train staff"))
    first = problem_copy(content, "plan.docx", [("paragraphs", 1, None, MESSAGE)])

    second = problem_copy(first, "plan.docx", [("paragraphs", 2, None, "Say who.")])

    shown = [one.text for one in docx.Document(io.BytesIO(second)).paragraphs]
    assert shown == ["Review the policy by 31 June", "Train staff", "Problem: Say who."]


def test_a_file_that_the_gate_refuses_gets_no_copy():
    with pytest.raises(Refused) as refused:
        problem_copy(b"%PDF-1.4", "plan.docx", [(1, 1, None, MESSAGE)])

    assert refused.value.message.startswith("“plan.docx” is a PDF")


def test_a_copy_passes_the_gate_again():
    found = problem_copy(hostile.GOOD_XLSX, "v.xlsx", [("Visits", 2, None, MESSAGE)])

    assert read_file(found, "v.xlsx").warnings == ()
