"""Layouts other than the common one: each test is a table as some agency draws it."""

from datetime import date, time

import pytest

from chronologies.reading import NoEntries, UnknownHeading, describe_columns, read_chronology
from foundations.office.tables import Cell, Row
from tests.chronologies import twins


def read(found, **known):
    known.setdefault("known_persons", twins.PERSONS)
    known.setdefault("as_at", date(2026, 1, 1))
    return read_chronology(found, **known)


def told(read_file):
    """(date as shown in bounds, text) of every entry."""
    return [(_bounds(entry.date), entry.text) for entry in read_file.entries]


def _bounds(value):
    days = [day.strftime("%d.%m.%Y") if day else "" for day in (value.earliest, value.latest)]
    return days[0] if days[0] == days[1] else "-".join(days)


def why(read_file):
    return [(row.at.row, row.why) for row in read_file.not_entries]


def messages(read_file):
    return [(doubt.at.row, doubt.message) for doubt in read_file.doubts]


def test_headings_in_two_rows():
    found = twins.table(
        [
            ["Date", "Contact", "", "Outcome"],
            ["", "With whom", "Details", ""],
            ["01.02.2015", "GP", "She attended with a headache.", "Rest."],
            ["03.02.2015", "GP", "She attended again and was seen by a nurse.", ""],
        ]
    )

    result = read(found)

    assert told(result) == [
        ("01.02.2015", "She attended with a headache."),
        ("03.02.2015", "She attended again and was seen by a nurse."),
    ]
    assert result.entries[0].action == "Rest."


def test_headings_grouped_over_merged_cells():
    rows = [
        Row(
            1, [Cell.of("When"), Cell(origin=(1, 0)), Cell.of("What happened"), Cell(origin=(1, 2))]
        ),
        Row(2, [Cell.of(text) for text in ("Date", "Time", "Event", "Action taken")]),
        Row(
            3,
            [
                Cell.of(text)
                for text in ("01.02.2015", "10:15", "She rang the police.", "Visit made.")
            ],
        ),
        Row(4, [Cell.of(text) for text in ("03.02.2015", "", "She rang the police again.", "")]),
    ]

    result = read(twins.document(twins.Part("table", 1, rows)))

    assert told(result)[0] == ("01.02.2015", "She rang the police.")
    assert (result.entries[0].time, result.entries[0].action) == ("10:15", "Visit made.")


def test_dates_from_and_to():
    found = twins.table(
        [
            ["Date from", "Date to", "Details"],
            ["01.02.2015", "05.02.2015", "She stayed on the ward."],
            ["10.02.2015", "", "She was seen at home."],
            ["12.02.2015", "12.02.2015", "She was seen at home again."],
        ]
    )

    result = read(found)

    assert [_bounds(entry.date) for entry in result.entries] == [
        "01.02.2015-05.02.2015",
        "10.02.2015",
        "12.02.2015",
    ]
    assert result.mapping["date"] == ["Date from", "Date to"]


def test_day_month_and_year_in_three_columns():
    found = twins.table(
        [
            ["Day", "Month", "Year", "Event"],
            ["12", "March", "2015", "She rang the helpline about him."],
            ["", "April", "2015", "She rang once more about the house."],
            ["3", "May", "", "She rang a third time about the house."],
        ]
    )

    result = read(found)

    assert [_bounds(entry.date) for entry in result.entries] == [
        "12.03.2015",
        "01.04.2015-30.04.2015",
        "03.05.2015",
    ]
    assert result.mapping["date"] == ["Day", "Month", "Year"]


def test_year_in_a_column_beside_the_date():
    found = twins.table(
        [
            ["Year", "Date", "Event"],
            ["2014", "12 March", "She rang the helpline about him."],
            ["", "2 May", "She rang once more about the house."],
            ["2015", "1 January", "She rang a third time about the house."],
        ]
    )

    result = read(found)

    assert [_bounds(entry.date) for entry in result.entries] == [
        "12.03.2014",
        "02.05.2014",
        "01.01.2015",
    ]


def test_date_and_time_in_one_cell():
    found = twins.table(
        [
            ["Date & time", "Significant event", "Response"],
            ["14.09.2014 22:15", "A neighbour rang about shouting.", "Officers went."],
            ["15.09.2014 08:05", "The neighbour rang again about it.", ""],
        ]
    )

    result = read(found)

    assert [entry.time for entry in result.entries] == ["22:15", "08:05"]


def test_time_cells_of_a_spreadsheet():
    found = twins.table(
        [
            ["Date", "Time", "Event"],
            [date(2014, 9, 14), time(22, 15), "A neighbour rang about shouting."],
            [date(2014, 9, 15), time(8, 5), "The neighbour rang again."],
        ],
        kind="sheet",
        name="Log",
    )

    assert [entry.time for entry in read(found).entries] == ["22:15", "08:05"]


def test_a_column_for_every_agency():
    found = twins.table(
        [
            ["Date", "Police", "GP surgery", "Housing"],
            [
                "01.02.2015",
                "A call was taken from MA 1 about noise.",
                "",
                "Noise was reported by a neighbour.",
            ],
            ["05.02.2015", "", "MA 1 attended and was given tablets.", ""],
        ]
    )

    result = read(found)

    assert [(entry.other["Agency"], entry.text) for entry in result.entries] == [
        ("Police", "A call was taken from MA 1 about noise."),
        ("Housing", "Noise was reported by a neighbour."),
        ("GP surgery", "MA 1 attended and was given tablets."),
    ]
    assert result.rows_read == 3


def test_an_agency_column_of_a_combined_table_is_kept():
    found = twins.table(
        [
            ["Date", "Agency", "Event", "Action"],
            ["01.02.2015", "Northmoor Constabulary", "A call was taken about noise.", ""],
            ["05.02.2015", "Fellside Surgery", "She attended and was given tablets.", "Review."],
        ]
    )

    result = read(found)

    assert [entry.other for entry in result.entries] == [
        {"Agency": "Northmoor Constabulary"},
        {"Agency": "Fellside Surgery"},
    ]
    assert result.unmapped_columns == ["Agency"]


def test_no_headings_at_all():
    found = twins.table(
        [
            ["01.02.2015", "GP", "She attended with a headache and a bruise."],
            ["05.02.2015", "Nurse", "She attended again and said that she had fallen."],
            ["March 2015", "GP", "She did not attend and nobody asked why that was."],
        ]
    )

    result = read(found)

    assert told(result)[2] == (
        "01.03.2015-31.03.2015",
        "She did not attend and nobody asked why that was.",
    )
    assert result.mapping == {"date": "Column 1", "text": "Column 3"}
    assert result.entries[0].other == {"Column 2": "GP"}
    assert messages(result) == [
        (1, "No heading says what the columns hold. Check what they were taken for.")
    ]


def test_headings_in_words_nobody_foresaw():
    found = twins.table(
        [
            ["Our diary of the case", "", ""],
            ["Dydd", "Pwy", "Beth"],
            ["01.02.2015", "MA 1", "MA 1 attended with a headache and a bruise."],
            ["05.02.2015", "MA 2", "MA 2 attended and said that he had fallen."],
        ]
    )

    result = read(found)

    assert result.mapping == {"date": "Dydd", "person": "Pwy", "text": "Beth"}
    assert why(result) == [(1, "A title above the headings"), (2, "The column headings")]


def test_headings_again_on_every_page():
    headings = ["Date", "Event"]
    found = twins.table(
        [
            headings,
            ["01.02.2015", "She attended."],
            headings,
            ["02.02.2015", "She attended again."],
        ]
    )

    result = read(found)

    assert len(result.entries) == 2
    assert why(result) == [(1, "The column headings"), (3, "The column headings again")]


def test_tables_that_go_on_without_their_headings():
    found = twins.document(
        twins.part(
            [
                ["Date", "Source", "Event"],
                ["01.02.2015", "GP", "She attended."],
                ["02.02.2015", "GP", "She attended again."],
            ]
        ),
        twins.part([["", "GP", "She rang later."], ["03.02.2015", "GP", "She was seen."]], name=2),
        twins.part([["04.02.2015", "GP", "She was seen at home."]], name=3),
    )

    result = read(found)

    assert told(result)[2:] == [
        ("02.02.2015", "She rang later."),
        ("03.02.2015", "She was seen."),
        ("04.02.2015", "She was seen at home."),
    ]
    assert [entry.at.part for entry in result.entries] == [1, 1, 2, 2, 3]


def test_two_tables_one_below_the_other_on_a_sheet():
    found = twins.table(
        [
            ["MA 1", "", ""],
            ["Date", "Event", "Outcome"],
            ["01.02.2015", "He attended.", "Rest."],
            None,
            ["Contact date", "Outcome", "Narrative"],
            ["03.02.2015", "Tablets.", "MA 2 attended with a cough."],
        ],
        kind="sheet",
        name="Records",
    )

    result = read(found)

    assert told(result) == [
        ("01.02.2015", "He attended."),
        ("03.02.2015", "MA 2 attended with a cough."),
    ]
    assert [entry.action for entry in result.entries] == ["Rest.", "Tablets."]


def test_signatures_and_notes_at_the_end():
    found = twins.table(
        [
            ["Date", "Client", "Event", "Outcome"],
            ["01.02.2015", "MA 1", "He attended.", "Rest."],
            ["02.02.2015", "MA 1", "He attended again.", "Rest."],
            None,
            ["Signed:", "A Worker", "", ""],
            ["Date:", "12.03.2016", "", ""],
            ["Completed by", "A Manager", "", ""],
            ["Total", "2", "", ""],
        ]
    )

    result = read(found)

    assert len(result.entries) == 2
    assert [row for row, _ in why(result)] == [1, 5, 6, 7, 8]


def test_a_prompt_row_below_the_headings():
    found = twins.table(
        [
            ["Date", "Time", "Event", "Outcome"],
            ["dd/mm/yyyy", "hh:mm", "Please describe what happened", "e.g. referral made"],
            ["01.02.2015", "", "He attended.", "Rest."],
        ]
    )

    result = read(found)

    assert told(result) == [("01.02.2015", "He attended.")]
    assert why(result)[1] == (2, "A row that says how to fill the table in")


def test_rows_numbered_in_advance_are_no_entries():
    found = twins.table(
        [
            ["No.", "Date", "Event"],
            ["1", "01.02.2015", "He attended."],
            ["2", "", ""],
            ["3", "", ""],
        ]
    )

    result = read(found)

    assert (len(result.entries), len(result.not_entries)) == (1, 3)


def test_bands_lend_their_year_to_dates_without_one():
    rows = [
        Row(1, [Cell.of("Date"), Cell.of("Event")]),
        twins.across(2, "2014", 2),
        Row(3, [Cell.of("12 March"), Cell.of("She rang.")]),
        twins.across(4, "2015", 2),
        Row(5, [Cell.of("2 May"), Cell.of("She rang again.")]),
    ]

    result = read(twins.document(twins.Part("table", 1, rows)))

    assert told(result) == [("12.03.2014", "She rang."), ("02.05.2015", "She rang again.")]


def test_sections_name_the_person_of_the_rows_below():
    rows = [
        Row(1, [Cell.of("Date"), Cell.of("Event")]),
        twins.across(2, "MA 1", 2),
        Row(3, [Cell.of("12.03.2014"), Cell.of("Attended surgery.")]),
        twins.across(4, "MA 2", 2),
        Row(5, [Cell.of("02.05.2014"), Cell.of("Attended surgery.")]),
    ]

    result = read(twins.document(twins.Part("table", 1, rows)))

    assert [entry.persons for entry in result.entries] == [("MA 1",), ("MA 2",)]


def test_paragraphs_that_begin_with_their_date():
    found = twins.document(
        twins.paragraphs(
            "Chronology of the refuge for MA 1",
            "12.03.2015 – She rang the helpline.",
            "14 March 2015: she moved in.",
            "On 2 April 2015 she left, and said that MA 2 had written to her.",
        )
    )

    result = read(found)

    assert told(result) == [
        ("12.03.2015", "She rang the helpline."),
        ("14.03.2015", "she moved in."),
        ("02.04.2015", "On 2 April 2015 she left, and said that MA 2 had written to her."),
    ]
    assert [entry.persons for entry in result.entries] == [("MA 1",), ("MA 1",), ("MA 2",)]


def test_paragraphs_below_their_dates():
    found = twins.document(
        twins.paragraphs(
            "Chronology",
            "12 March 2015",
            "She rang the helpline.",
            "She was given a leaflet.",
            "14 March 2015",
            "She moved in.",
            styles={1: "Title", 2: "Heading 2", 5: "Heading 2"},
        )
    )

    result = read(found)

    assert told(result) == [
        ("12.03.2015", "She rang the helpline.\nShe was given a leaflet."),
        ("14.03.2015", "She moved in."),
    ]
    assert result.rows_read == len(result.entries) + len(result.not_entries)


def test_paragraphs_around_a_table_are_no_entries():
    found = twins.document(
        twins.part([["Date", "Event"], ["01.02.2015", "She attended."]]),
        twins.paragraphs("Chronology", "1 April 2013", "to 2 May 2015"),
    )

    result = read(found)

    assert len(result.entries) == 1
    assert result.rows_read == 5


def test_ditto_marks_inherit_the_date_above():
    found = twins.table(
        [
            ["Date", "Event"],
            ["01.02.2015", "She attended."],
            ["”", "She rang."],
            ["ditto", "She wrote."],
        ]
    )

    result = read(found)

    assert [(_bounds(e.date), e.inherited) for e in result.entries] == [
        ("01.02.2015", False),
        ("01.02.2015", True),
        ("01.02.2015", True),
    ]


def test_version_history_and_abbreviations_are_not_read():
    found = twins.document(
        twins.part(
            [
                ["Version", "Date", "Author", "Comments"],
                ["1", "01.02.2016", "A Worker", "First draft"],
            ]
        ),
        twins.part([["Abbreviation", "Meaning"], ["GP", "General practitioner"]], name=2),
        twins.part([["Date", "Event"], ["01.02.2015", "She attended."]], name=3),
    )

    result = read(found)

    assert told(result) == [("01.02.2015", "She attended.")]


def test_what_the_user_says_overrules_the_guess():
    found = twins.table(
        [
            ["Date", "Event", "Comment", "Seen by"],
            ["01.02.2015", "Visit", "She was well and spoke of her holiday.", "Nurse"],
            ["02.02.2015", "Call", "She rang and spoke of him.", "Nurse"],
        ]
    )

    result = read(found, mapping={"text": "Comment", "source": "Seen by", "Event": None})

    assert result.entries[0].text == "She was well and spoke of her holiday."
    assert (result.entries[0].source, result.entries[0].other) == ("Nurse", {"Event": "Visit"})
    assert result.unmapped_columns == ["Event"]


def test_the_user_may_map_by_heading():
    found = twins.table([["D", "W"], ["01.02.2015", "She was well."], ["02.02.2015", "She rang."]])

    result = read(found, mapping={"D": "date", "W": "text"})

    assert told(result)[0] == ("01.02.2015", "She was well.")


def test_the_user_may_map_columns_without_headings():
    found = twins.table([["Visit", "", "01.02.2015"], ["Call", "", "autumn"]])

    result = read(found, mapping={"date": "Column 3", "text": "Column 1"})

    assert [entry.text for entry in result.entries] == ["Visit", "Call"]


def test_two_columns_may_be_joined_in_one():
    found = twins.table(
        [
            ["Date", "Details", "Action taken", "Outcome"],
            ["01.02.2015", "She was seen.", "Referred.", "Closed."],
        ]
    )

    result = read(found, mapping={"action": ["Action taken", "Outcome"]})

    assert result.entries[0].action == "Referred.\nClosed."


def test_a_heading_that_is_not_there_is_refused():
    found = twins.table([["Date", "Event"], ["01.02.2015", "She was seen."]])

    with pytest.raises(UnknownHeading) as refused:
        read(found, mapping={"comment": "Remarks"}, name="file.docx")

    assert refused.value.message == (
        "file.docx has no column “Remarks”. Its columns are: Date, Event."
    )


def test_sheets_with_different_headings_share_one_mapping():
    found = twins.document(
        twins.part([["Date", "Event"], ["01.02.2015", "She was seen."]]),
        twins.part([["Contact date", "Narrative"], ["02.02.2015", "She rang."]], name=2),
    )

    result = read(found)

    assert result.mapping == {"date": ["Date", "Contact date"], "text": ["Event", "Narrative"]}
    assert read(found, mapping=result.mapping).to_json() == result.to_json()


def test_the_mapping_page_is_told_of_every_table():
    found = twins.table([["Chronology"], ["Date", "Event"], ["01.02.2015", "She was seen."]])

    described = describe_columns(found)

    assert described == [
        {
            "part_kind": "table",
            "part": 1,
            "heading_row": 2,
            "headings": ["Date", "Event"],
            "mapping": {"date": "Date", "text": "Event"},
            "sample": [["01.02.2015", "She was seen."]],
        }
    ]


def test_a_file_without_a_chronology_is_refused_in_words():
    found = twins.table([["Name", "Role"], ["A Worker", "Manager"]])

    with pytest.raises(NoEntries) as refused:
        read(found, name="panel.docx")

    assert refused.value.message == (
        "“panel.docx” has no table with a column of dates beside a column that says what happened. "
        "Say which columns they are, or check that it is the right file."
    )
    assert refused.value.chronology.rows_read == 2


def test_date_and_event_in_one_cell_of_a_table():
    rows = [
        Row(1, [Cell.of("Date"), Cell.of("Event")]),
        Row(2, [Cell.of("01.02.2015"), Cell.of("She was seen.")]),
        Row(3, [Cell.of("03.02.2015 – She rang and was told to wait."), Cell()]),
    ]

    result = read(twins.document(twins.Part("table", 1, rows)))

    assert told(result)[1] == ("03.02.2015", "She rang and was told to wait.")
    assert messages(result) == [(3, "The date and the event stand in one cell here.")]
