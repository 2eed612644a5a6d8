"""The quirks met in agencies' files, each in a fictional file of its own kind."""

from datetime import date

import pytest

from chronologies.reading import ChronologyReader, ReadEntry, read_chronology
from foundations.office.reading import read_file, stream_file
from tests.chronologies import twins

FILES = {
    "constabulary.xlsx": twins.constabulary,
    "social-care.xlsx": twins.social_care,
    "two-services.xlsx": twins.two_services,
    "hospital.xlsx": twins.hospital,
    "surgery.xlsx": twins.surgery,
    "brain-injury-charity.docx": twins.brain_injury_charity,
    "helpline.docx": twins.helpline,
    "advocates.docx": twins.advocates,
    "early-events.docx": twins.early_events,
    "housing.csv": twins.housing,
    "supported-housing.csv": twins.supported_housing,
    "probation.csv": twins.probation,
    "ambulance.csv": twins.ambulance,
    "medical-centre.csv": twins.medical_centre,
}
KNOWN = {"known_persons": twins.PERSONS, "as_at": date(2026, 1, 1)}


def read(name):
    return read_chronology(read_file(FILES[name](), name), name=name, **KNOWN)


def rows_of(read_file):
    return [entry.at.row for entry in read_file.entries]


def by_row(read_file, part=None):
    return {entry.at.row: entry for entry in read_file.entries if part in (None, entry.at.part)}


def bounds(entry):
    value = entry.date
    days = (value.earliest, value.latest)
    return (*(day and day.isoformat() for day in days), value.precision)


@pytest.mark.parametrize("name", FILES)
def test_every_row_is_accounted_for(name):
    result = read(name)

    told = len(result.entries) + len(result.not_entries) + len(result.rejected)
    assert result.rows_read == told


@pytest.mark.parametrize("name", FILES)
def test_reading_while_it_streams_finds_the_same(name):
    with stream_file(FILES[name](), name) as stream:
        streamed = [
            outcome.to_json()
            for outcome in ChronologyReader(stream, **KNOWN).outcomes()
            if isinstance(outcome, ReadEntry)
        ]

    assert streamed == [entry.to_json() for entry in read(name).entries]


def test_titles_above_the_headings_and_a_sheet_of_totals_are_no_entries():
    result = read("constabulary.xlsx")

    assert rows_of(result) == [6, 7, 8, 9, 10, 11]
    assert [(row.at.part, row.at.row) for row in result.not_entries] == [
        ("Chronology", 1),
        ("Chronology", 2),
        ("Chronology", 3),
        ("Chronology", 5),
        ("Summary", 1),
        ("Summary", 2),
        ("Summary", 3),
    ]
    assert result.warnings == [
        "Sheet “Summary” was not read: it has no column of dates beside a text."
    ]


def test_real_date_cells_stand_among_text_dates_and_merged_ones_inherit():
    result = by_row(read("constabulary.xlsx"))

    assert bounds(result[6]) == ("2015-03-02", "2015-03-02", "day")
    assert bounds(result[10]) == ("2016-09-01", "2016-11-30", "season")
    assert bounds(result[11]) == (None, None, "none")
    assert (bounds(result[9])[0], result[9].inherited, result[9].time) == (
        "2015-06-01",
        True,
        "later",
    )


def test_columns_that_are_none_of_ours_are_kept():
    result = read("constabulary.xlsx")

    assert result.unmapped_columns == ["No.", "Risk level"]
    assert by_row(result)[7].other == {"No.": "2", "Risk level": "medium"}


def test_each_sheet_has_its_own_columns_subject_and_order():
    result = read("social-care.xlsx")

    assert [(entry.at.part, entry.persons) for entry in result.entries] == [
        ("MA 1", ("MA 1",)),
        ("MA 2", ("MA 1",)),
        ("MA 2", ("MA 2",)),
        ("MA 2", ("MA 1",)),
        ("MA 2", ("MA 2",)),
        ("MA 2", ("MA 2",)),
        ("MA 2", ("MA 1",)),
        ("FA 1", ("FA 1", "MA 1")),
    ]
    assert [doubt.at.row for doubt in result.doubts] == [6]


def test_sheets_with_different_columns_are_read_each_in_its_way():
    result = read("two-services.xlsx")

    assert result.mapping == {
        "date": ["Contact date", "Date of contact"],
        "person": ["Client", "Patient"],
        "text": ["Entry", "Summary of contact"],
        "action": ["Outcome", "Action"],
    }
    assert [layout["part"] for layout in result.layouts] == ["Alcohol Service", "Community Team"]


def test_dates_merged_down_in_a_workbook_inherit():
    result = by_row(read("two-services.xlsx"), "Community Team")

    assert [(bounds(result[row])[0], result[row].inherited) for row in (5, 6, 7)] == [
        ("2015-07-27", False),
        ("2015-07-27", True),
        ("2015-07-27", True),
    ]


def test_bare_years_questions_and_a_closing_note():
    result = read("hospital.xlsx")

    assert [bounds(entry)[2] for entry in result.entries] == [
        "year",
        "day",
        "year",
        "month",
        "relative",
    ]
    assert result.mapping["comment"] == "Domestic abuse disclosed?"
    assert result.not_entries[-1].why == "A note on the table, not an entry"


def test_the_title_names_the_patient():
    result = read("surgery.xlsx")

    assert {entry.persons for entry in result.entries} == {("MA 1",)}
    assert result.mapping["source"] == "Type"


def test_bands_of_years_a_range_and_a_relative_date():
    result = by_row(read("brain-injury-charity.docx"))

    assert list(result) == [3, 5, 6, 7, 9, 10, 11]
    assert bounds(result[3]) == ("2011-07-30", "2016-04-11", "range")
    assert (bounds(result[6])[0], result[6].inherited) == ("2013-04-01", True)
    assert bounds(result[10]) == ("2015-05-01", "2015-05-31", "month")


def test_what_a_person_cell_says_beyond_the_codes_is_kept():
    result = by_row(read("brain-injury-charity.docx"))

    assert (result[11].persons, result[11].persons_as_written) == (
        ("MA 2",),
        "MA 2’s mother and step-father",
    )


def test_a_title_merged_inside_the_table():
    result = read("helpline.docx")

    assert rows_of(result) == [3, 4, 5]
    assert result.mapping["text"] == "Contact with client"
    assert result.entries[-1].persons == ("MA 2",)


def test_dates_merged_down_in_a_word_table_and_undated_rows():
    result = by_row(read("advocates.docx"))

    assert [(bounds(entry)[0], entry.inherited) for entry in result.values()] == [
        ("2015-06-08", False),
        ("2015-06-30", False),
        ("2015-06-30", True),
        ("2015-07-07", False),
        ("2015-07-07", True),
        (None, False),
        (None, False),
    ]
    assert result[4].time == "Later that day"


def test_spaces_inside_a_date():
    result = read("early-events.docx")

    assert bounds(result.entries[0]) == ("1989-09-01", "1989-12-31", "part-year")


def test_windows_1252_with_the_property_first():
    result = read("housing.csv")

    assert by_row(result)[5].comment == "For the over 60’s."
    assert {entry.other["Property"] for entry in result.entries} == {"Address 1", "Address 2"}
    assert [bounds(entry)[2] for entry in result.entries] == [
        "season",
        "months",
        "relative",
        "month",
        "month",
        "part-month",
        "by",
    ]


def test_utf_8_with_a_mark_and_lines_within_cells():
    result = by_row(read("supported-housing.csv"))

    assert result[3].action == "Referred to the crisis team.\nReferred to the alcohol service."
    assert result[4].inherited is True


def test_rows_without_a_code_are_about_the_person_in_the_title():
    result = by_row(read("probation.csv"))

    assert (result[3].persons, result[4].persons) == (("MA 2",), ("MA 1",))


def test_title_and_closing_records_of_a_csv_file():
    result = read("ambulance.csv")

    assert rows_of(result) == [3, 4, 5]
    assert [row.at.row for row in result.not_entries] == [1, 2, 6]


def test_two_columns_with_a_closing_record_in_the_first():
    result = read("medical-centre.csv")

    assert rows_of(result) == [4, 5, 6]
    assert result.not_entries[-1].at.row == 7


@pytest.mark.parametrize("name", FILES)
def test_no_fictional_file_is_doubted_without_cause(name):
    doubted = {(doubt.at.part, doubt.at.row) for doubt in read(name).doubts}

    assert doubted == ({("MA 2", 6)} if name == "social-care.xlsx" else set())
