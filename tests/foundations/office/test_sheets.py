from datetime import date, datetime, time

import pytest

from foundations.office.reading import read_file
from foundations.office.tables import ODD
from tests.foundations.office import corpus
from tests.foundations.office.corpus import date_styles, sheet_data, text_cell, xlsx


def sheet(inside, **rest):
    """The only sheet of a workbook, as read, and the warnings."""
    document = read_file(xlsx({"Visits": inside}, **rest), "visits.xlsx")
    return document.parts[0], document.warnings


def grid(part):
    return {row.number: row.texts for row in part.rows}


def date_cell(place, serial, style=1):
    return f'<c r="{place}" s="{style}"><v>{serial}</v></c>'


MAY = 40666  # 3 May 2011


def test_rows_keep_their_numbers_and_blank_rows_are_left_out():
    part, warnings = sheet(
        sheet_data({1: ["Chronology"], 4: ["Date", "Event"], 5: ["May", "Call"]})
    )

    assert grid(part) == {1: ("Chronology", ""), 4: ("Date", "Event"), 5: ("May", "Call")}
    assert (part.kind, part.name, warnings) == ("sheet", "Visits", ())


def test_columns_keep_their_places_when_the_first_are_blank():
    part, _ = sheet(sheet_data({2: ["", "", "Date", "Event"]}))

    assert grid(part) == {2: ("", "", "Date", "Event")}


@pytest.mark.parametrize(
    ("code", "serial", "shown"),
    [
        ("dd/mm/yyyy", MAY, "03/05/2011"),
        ("dd.mm.yyyy", MAY, "03.05.2011"),
        ("d mmm yy", MAY, "3 May 11"),
        ("[$-809]dd mmmm yyyy;@", MAY, "03 May 2011"),
        ("dddd&quot; the &quot;d\\-mmm", MAY, "Tuesday the 3-May"),
        ("[$-F800]dddd\\,\\ mmmm\\ dd\\,\\ yyyy", MAY, "3 May 2011"),
        ("mmm yyyy", 40787, "September 2011"),
        ("mmmm yyyy", 40787, "September 2011"),
        ("mmm\\-yy", 40787, "September 2011"),
        ("mm/yyyy", 40787, "September 2011"),
        ("yyyy", 40787, "2011"),
        ("dd/mm/yyyy hh:mm", MAY + 0.604166667, "03/05/2011 14:30"),
        ("dd/mm/yyyy h:mm AM/PM", MAY + 0.604166667, "03/05/2011 2:30 PM"),
    ],
)
def test_a_date_shows_as_its_format_says(code, serial, shown):
    part, _ = sheet(sheet_data({1: [date_cell("A1", serial)]}), styles=date_styles(code))

    cell = part.rows[0].cells[0]

    assert (cell.text, cell.shown) == (shown, shown)


def test_a_date_keeps_its_value():
    rows = {1: [date_cell("A1", MAY), date_cell("B1", MAY + 0.5), date_cell("C1", 0.25)]}
    part, _ = sheet(sheet_data(rows), styles=date_styles("dd/mm/yyyy hh:mm"))

    assert [cell.value for cell in part.rows[0].cells] == [
        date(2011, 5, 3),
        datetime(2011, 5, 3, 12, 0),  # noqa: DTZ001 (a spreadsheet knows no time zone)
        time(6, 0),
    ]


def test_a_row_tells_its_values_before_its_cells_are_built():
    rows = {1: [date_cell("A1", MAY), date_cell("B1", MAY + 1), text_cell("C1", "Call")]}
    part, _ = sheet(sheet_data(rows), styles=date_styles("dd/mm/yyyy"))
    [row] = part.rows

    assert [row.value_at(column) for column in range(4)] == [
        date(2011, 5, 3),
        date(2011, 5, 4),
        None,
        None,
    ]
    assert (row.has_only_texts, row.typed_at(2)) == (False, None)
    assert row.typed_at(0) != row.typed_at(1)


def test_a_row_with_a_merge_is_told_to_be_odd():
    merges = '<mergeCells count="1"><mergeCell ref="A1:B1"/></mergeCells>'
    rows = {1: [date_cell("A1", MAY), "", "Call"], 2: ["", "", "Call"]}

    part, _ = sheet(sheet_data(rows) + merges, styles=date_styles("dd/mm/yyyy"))

    assert (part.rows[0].typed_at(2), part.rows[1].has_only_texts) == (ODD, True)


def test_each_date_shows_in_its_own_format():
    rows = {1: [date_cell("A1", 40787, 1), date_cell("B1", 40787, 2), date_cell("C1", 40787, 3)]}
    styles = date_styles("dd/mm/yyyy", "mmmm yyyy", "yyyy")

    part, _ = sheet(sheet_data(rows), styles=styles)

    assert part.rows[0].texts == ("01/09/2011", "September 2011", "2011")


def test_a_time_and_a_length_of_time_are_no_dates():
    rows = {1: [date_cell("A1", 0.604166667, 1), date_cell("B1", 1.25, 2)]}

    part, _ = sheet(sheet_data(rows), styles=date_styles("hh:mm", "[h]:mm"))

    assert part.rows[0].texts == ("14:30", "30:00")


def test_numbers_are_written_as_a_person_would():
    rows = {
        1: ['<c r="A1"><v>2010</v></c>', '<c r="B1"><v>2.5</v></c>', '<c r="C1" t="b"><v>1</v></c>']
    }

    part, _ = sheet(sheet_data(rows))

    assert part.rows[0].texts == ("2010", "2.5", "TRUE")
    assert [cell.value for cell in part.rows[0].cells] == [2010.0, 2.5, True]


def test_a_merged_date_stands_in_the_first_row_only():
    rows = {1: ["3 May 2011", "Visit"], 2: ["", "Call"], 3: ["", "Letter"]}
    merges = '<mergeCells count="1"><mergeCell ref="A1:A3"/></mergeCells>'

    part, _ = sheet(sheet_data(rows) + merges)

    assert [row.cells[0].text for row in part.rows] == ["3 May 2011", "", ""]
    assert [row.cells[0].origin for row in part.rows] == [None, (1, 0), (1, 0)]


def test_a_title_merged_across_is_read_once():
    rows = {1: ["Agency chronology", "", ""], 2: ["Date", "Event", "Note"]}
    merges = '<mergeCells count="1"><mergeCell ref="A1:C1"/></mergeCells>'

    part, _ = sheet(sheet_data(rows) + merges)

    assert part.rows[0].texts == ("Agency chronology", "", "")
    assert [cell.origin for cell in part.rows[0].cells] == [None, (1, 0), (1, 0)]


def test_a_cell_with_line_breaks_has_an_item_for_each_line():
    part, _ = sheet(sheet_data({1: ["Rang GP.&#13;\nNo reply.\n\nLeft message."]}))

    cell = part.rows[0].cells[0]

    assert cell.text == "Rang GP.\nNo reply.\n\nLeft message."
    assert cell.items == ("Rang GP.", "No reply.", "Left message.")


def test_sheets_are_read_in_order_with_hidden_ones_named():
    content = xlsx({"May": corpus.VISITS, "Old": corpus.VISITS}, states={"Old": "hidden"})

    document = read_file(content, "visits.xlsx")

    assert [part.name for part in document.parts] == ["May", "Old"]
    assert document.warnings == ("Sheet “Old” is hidden. It was read like the others.",)


def test_hidden_rows_and_columns_are_read_and_named():
    columns = '<cols><col min="2" max="2" width="9" hidden="1"/></cols>'
    data = corpus.VISITS.replace('<row r="2">', '<row r="2" hidden="1">')

    part, warnings = sheet(columns + data)

    assert len(part.rows) == 3
    assert warnings == (
        "Sheet “Visits”: hidden rows were read like the others (2).",
        "Sheet “Visits”: hidden columns were read like the others (B).",
    )


def test_an_error_is_shown_and_named():
    rows = {1: ["Date", "Event"], 2: ['<c r="A2" t="e"><f>A9</f><v>#REF!</v></c>', "Visit"]}

    part, warnings = sheet(sheet_data(rows))

    assert part.rows[1].texts == ("#REF!", "Visit")
    assert warnings == ("Sheet “Visits”: a formula shows an error in A2.",)


def test_a_formula_gives_its_stored_result():
    part, warnings = sheet(sheet_data({1: ['<c r="A1" t="str"><f>B1&amp;""</f><v>Visit</v></c>']}))

    assert (part.rows[0].texts, warnings) == (("Visit",), ())


def test_a_formula_without_a_stored_result_is_named():
    rows = {1: ["Visit", '<c r="B1"><f>1+1</f></c>', '<c r="C1"><f>1+1</f><v></v></c>']}

    part, warnings = sheet(sheet_data(rows))

    assert part.rows[0].texts == ("Visit",)
    assert warnings == (
        "Sheet “Visits”: the formula in B1, C1 has no stored result and was read as blank. Open the "
        "file in Excel, save it and upload it again to have the results.",
    )


def test_text_that_begins_like_a_formula_is_text():
    part, _ = sheet(sheet_data({1: ["=1+1", "- rang GP", "@home", "+44"]}))

    assert part.rows[0].texts == ("=1+1", "- rang GP", "@home", "+44")


def test_five_thousand_characters_in_a_cell_are_all_read():
    part, _ = sheet(sheet_data({1: ["x" * 5_000]}))

    assert part.rows[0].texts == ("x" * 5_000,)


def test_hidden_direction_marks_are_kept_and_named():
    part, warnings = sheet(sheet_data({1: ["Date"], 2: ["Visit\u202e txet"]}))

    assert part.rows[1].texts == ("Visit\u202e txet",)
    assert warnings == (
        "Some text has hidden marks that change the direction of writing (sheet “Visits”, row 2). "
        "Read it with care.",
    )


def test_control_characters_are_left_out_and_named():
    part, warnings = sheet(sheet_data({1: ["Vis_x0007_it\x7f"]}))

    assert part.rows[0].texts == ("Visit",)
    assert warnings == ("Invisible control characters were left out (sheet “Visits”, row 1).",)


def test_a_million_blank_rows_are_passed_over():
    document = read_file(corpus.blank_rows(), "visits.xlsx")

    assert [row.number for row in document.parts[0].rows] == [1, 2, 3]


def test_a_note_under_a_million_blank_rows_is_found():
    document = read_file(corpus.blank_rows(last="End"), "visits.xlsx")

    assert [row.number for row in document.parts[0].rows] == [1, 2, 3, 1_048_576]


def test_a_workbook_without_anything_in_it_has_a_part_without_rows():
    part, warnings = sheet("<sheetData/>")

    assert (part.name, part.rows, warnings) == ("Visits", [], ())


def test_a_sheet_whose_names_have_a_prefix_is_read_alike():
    data = (
        f'<x:worksheet xmlns:x="{corpus.S}"><x:sheetData><x:row r="1"><x:c r="A1" t="inlineStr"><x:is>'
        '<x:t>Visit</x:t></x:is></x:c><x:c r="B1" t="e"><x:v>#N/A</x:v></x:c></x:row></x:sheetData>'
        "</x:worksheet>"
    )
    parts = corpus.xlsx_parts({"Visits": ""})

    document = read_file(corpus.with_part(parts, "xl/worksheets/sheet1.xml", data), "visits.xlsx")

    assert document.parts[0].rows[0].texts == ("Visit", "#N/A")


def test_a_workbook_in_the_strict_format_is_read_alike():
    strict = "http://purl.oclc.org/ooxml/spreadsheetml/main"
    parts = corpus.xlsx_parts({"Visits": corpus.VISITS})
    changed = {name: content.replace(corpus.S, strict) for name, content in parts.items()}

    assert len(read_file(corpus.archive(changed), "visits.xlsx").parts[0].rows) == 3


def test_dates_counted_from_1904_are_read():
    parts = corpus.xlsx_parts(
        {"Visits": sheet_data({1: [date_cell("A1", MAY - 1462)]})}, styles=date_styles("dd/mm/yyyy")
    )
    parts["xl/workbook.xml"] = parts["xl/workbook.xml"].replace(
        "<sheets>", '<workbookPr date1904="1"/><sheets>'
    )

    document = read_file(corpus.archive(parts), "visits.xlsx")

    assert document.parts[0].rows[0].texts == ("03/05/2011",)


def test_chart_sheets_are_not_read():
    parts = corpus.xlsx_parts({"Visits": corpus.VISITS, "Chart": ""})
    links = parts["xl/_rels/workbook.xml.rels"]
    parts["xl/_rels/workbook.xml.rels"] = links.replace(
        f'{corpus.R}/worksheet" Target="worksheets/sheet2.xml"',
        f'{corpus.R}/chartsheet" Target="chartsheets/sheet2.xml"',
    )
    parts["xl/chartsheets/sheet2.xml"] = f'<chartsheet xmlns="{corpus.S}"/>'

    document = read_file(corpus.archive(parts), "visits.xlsx")

    assert [part.name for part in document.parts] == ["Visits"]


def test_shared_strings_and_rich_text_are_read():
    strings = f'<sst xmlns="{corpus.S}"><si><r><t xml:space="preserve">Home </t></r><r><rPr><b/></rPr><t>visit</t></r></si></sst>'

    part, _ = sheet(sheet_data({1: ['<c r="A1" t="s"><v>0</v></c>']}), strings=strings)

    assert part.rows[0].texts == ("Home visit",)


def test_a_cell_text_is_stripped_and_kept_inside():
    part, _ = sheet(f'<sheetData><row r="1">{text_cell("A1", "  Late   1985 ")}</row></sheetData>')

    assert part.rows[0].texts == ("Late   1985",)
