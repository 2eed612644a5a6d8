"""What a row is taken for, what is doubted in it, and what is refused."""

from datetime import date, datetime

import pytest

from chronologies.ordering import NEWEST_FIRST, OLDEST_FIRST, order_of
from chronologies.reading import ChronologyReader, read_chronology
from foundations.dates import parse
from foundations.office.documents import Part
from foundations.office.tables import Cell, Row
from tests.chronologies import twins
from tests.chronologies.test_reading_layouts import messages, read, told, why


def log(*rows, headings=("Date", "Event"), **known):
    return twins.table([list(headings), *map(list, rows)], **known)


def seen_on(*dates):
    return log(*((written, "Seen.") for written in dates))


def spreadsheet(*dates):
    rows = [["Date", "Event"], *([written, "Seen."] for written in dates)]
    return twins.table(rows, kind="sheet", name="Log")


# ---- doubts about dates


def test_an_impossible_date_is_doubted():
    result = read(seen_on("31 September 2014"))

    assert result.entries[0].date.precision == "invalid"
    assert len(result.doubts) == 1


def test_a_date_in_the_future_is_doubted():
    result = read(seen_on("03.04.2015", "05.04.2028"))

    assert messages(result) == [(3, "5 April 2028 is in the future. Check the year.")]


def test_words_that_are_no_date_are_doubted():
    result = read(seen_on("03.04.2015", "see the file"))

    assert messages(result) == [(3, "This could not be read as a date.")]


def test_the_first_row_without_a_date_is_doubted():
    result = read(seen_on("", "03.04.2015"))

    assert messages(result) == [(2, "There is no date here, and none above to take.")]


def test_a_date_inherited_from_one_that_is_none_is_doubted():
    result = read(seen_on("03.04.201", ""))

    assert [row for row, _ in messages(result)] == [2, 3]


def test_a_wrong_year_breaks_the_order():
    result = read(seen_on("20.12.2014", "28.12.2014", "02.01.2014", "09.01.2015", "11.01.2015"))

    assert messages(result) == [
        (
            4,
            "2 January 2014 is out of order: the rows next to it say 28 December 2014 and "
            "9 January 2015. Check the day, the month and the year.",
        )
    ]


def test_a_date_that_fits_with_day_and_month_exchanged_is_doubted():
    result = read(
        seen_on("01.04.2015", "02.04.2015", "03.04.2015", "04.06.2015", "09.04.2015", "11.04.2015")
    )

    assert [row for row, _ in messages(result)] == [5]


def test_small_steps_back_are_not_doubted():
    result = read(seen_on("01.02.2015", "05.02.2015", "04.02.2015", "08.02.2015", "09.02.2015"))

    assert messages(result) == []


def test_a_wrong_year_breaks_the_order_of_newest_first_too():
    result = read(seen_on("11.01.2015", "09.01.2015", "02.01.2014", "28.12.2014", "20.12.2014"))

    assert [row for row, _ in messages(result)] == [4]


def test_sections_that_begin_again_are_not_doubted():
    result = read(
        seen_on("01.02.2010", "05.02.2011", "04.02.2015", "08.02.2010", "09.02.2012", "10.02.2015")
    )

    assert messages(result) == []


def test_a_relative_date_in_a_list_with_the_newest_first_is_doubted():
    result = read(
        seen_on("10.04.2015", "The following day", "05.04.2015", "03.04.2015", "02.04.2015")
    )

    assert [row for row, _ in messages(result)] == [3]


def test_months_that_come_first_elsewhere_make_a_date_doubtful():
    result = read(seen_on("04/02/2015", "04/13/2015", "04/20/2015"))

    assert messages(result)[0] == (
        2,
        "4 February 2015 may be wrong: other dates here have the month first.",
    )


def test_dates_that_a_spreadsheet_has_turned_are_doubted():
    found = spreadsheet(
        date(2015, 3, 1),
        "13/03/2015",
        date(2015, 4, 2),
        "17/04/2015",
        date(2015, 5, 5),
        date(2015, 8, 6),
    )

    result = read(found)

    turned = [row for row, message in messages(result) if "exchanged" in message]
    assert turned == [2, 4, 7]


def test_a_real_date_keeps_its_day_however_it_is_shown():
    moment = datetime(2015, 4, 2)  # noqa: DTZ001 a spreadsheet has no zone
    american = Cell("04/02/2015", moment, "04/02/2015")
    rows = [["Date", "Event"], ["04/02/2015", "Seen."], *([["05/02/2015", "Seen."]] * 4)]
    found = twins.part(rows, kind="sheet", name="Log")
    found.rows.append(Row(7, [american, Cell.of("Seen.")]))

    result = read(twins.document(found))

    assert told(result)[0][0] == "04.02.2015"
    assert told(result)[-1][0] == "02.04.2015"


@pytest.mark.parametrize(
    ("dates", "order"),
    [
        (["01.02.2015", "02.02.2015", "05.02.2015", "2016"], OLDEST_FIRST),
        (["2016", "05.02.2015", "02.02.2015", "01.02.2015"], NEWEST_FIRST),
        (["01.02.2015", "02.02.2015"], 0),
    ],
)
def test_the_order_of_a_list_shows_in_its_steps(dates, order):
    assert order_of([parse(written).value for written in dates]) == order


# ---- people


def people(*codes, known=twins.PERSONS):
    found = log(
        *(("03.04.2015", code, "Seen.") for code in codes), headings=("Date", "Client", "Event")
    )
    return [entry.persons for entry in read(found, known_persons=known).entries]


def test_codes_are_spelled_as_the_register_spells_them():
    assert people("MA1", "ma 2", "MA-1", "MA  2") == [("MA 1",), ("MA 2",), ("MA 1",), ("MA 2",)]


def test_codes_told_in_a_list_are_all_found():
    assert people("MA 1 & 2", "MA 1/2", "MA 2 and FA 1") == [
        ("MA 1", "MA 2"),
        ("MA 1", "MA 2"),
        ("FA 1", "MA 2"),
    ]


def test_other_codes_are_nobody():
    assert people("CID 70", "IDVA 2", "EMMA 1", "MA 2014") == [(), (), (), ()]


def test_words_may_be_codes():
    known = ("Adult A", "Adult B", "Victim")

    assert people("adult a", "the victim", "Adult A, Adult B", known=known) == [
        ("Adult A",),
        ("Victim",),
        ("Adult A", "Adult B"),
    ]


def test_letters_may_be_codes_where_only_people_stand():
    assert people("V", "P and V", "Visitor", known=("V", "P")) == [("V",), ("P", "V"), ()]


def test_without_a_register_the_usual_codes_are_found():
    assert people("MA1", "Child 2", "Adult B", "CID 70", known=()) == [
        ("MA 1",),
        ("Child 2",),
        ("Adult B",),
        (),
    ]


def test_somebody_whom_the_review_does_not_know_is_said_once_for_the_file():
    result = read(log(("03.04.2015", "MA 3 was seen."), ("04.04.2015", "MA 3 was not seen.")))

    assert [entry.persons for entry in result.entries] == [("MA 3",), ("MA 3",)]
    assert messages(result) == []
    assert result.warnings == [
        "MA 3, in 2 rows, is not one of the people of this review. Add them to its subjects, or "
        "correct the file."
    ]


def test_a_review_called_by_its_victims_code_names_nobody():
    result = read(log(("03.04.2015", "Seen."), above=("Domestic Homicide Review MA1",)))

    assert result.entries[0].persons == ()


def test_titles_that_name_several_people_name_nobody():
    result = read(log(("03.04.2015", "Seen."), above=("Contacts of MA 1 and MA 2",)))

    assert result.entries[0].persons == ()


def test_a_form_above_the_table_says_whom_it_is_about():
    found = twins.document(
        twins.part([["Agency:", "Northmoor Trust"], ["Subject:", "MA 1"]]),
        twins.part([["Date", "Event"], ["03.04.2015", "Seen."]], name=2),
    )

    assert read(found).entries[0].persons == ("MA 1",)


def test_a_person_merged_down_belongs_to_every_row():
    start = [["Date", "Client", "Event"], *([["03.04.2015", "MA 1", "Seen."]] * 4)]
    found = twins.part([*start, ["04.04.2015", "MA 2", "Seen."]])
    found.rows.append(Row(7, [Cell.of("05.04.2015"), Cell(origin=(6, 1)), Cell.of("Seen.")]))
    found.rows.append(Row(8, [Cell.of("06.04.2015"), Cell(origin=(6, 1)), Cell.of("Seen.")]))

    result = read(twins.document(found))

    assert [entry.persons for entry in result.entries[-3:]] == [("MA 2",)] * 3


def test_an_event_merged_down_is_read_for_both_rows_and_doubted():
    found = twins.part([["Date", "Event", "Action"], ["03.04.2015", "Seen.", "Referred."]])
    found.rows.append(Row(3, [Cell(origin=(2, 0)), Cell(origin=(2, 1)), Cell.of("Discharged.")]))

    result = read(twins.document(found))

    assert [(entry.text, entry.action) for entry in result.entries] == [
        ("Seen.", "Referred."),
        ("Seen.", "Discharged."),
    ]
    assert messages(result) == [(3, "“Event” is merged with the row above and was read for both.")]


# ---- rows that are no entries


def test_a_date_with_nothing_beside_it_is_left_out_and_doubted():
    result = read(log(("03.04.2015", ""), ("04.04.2015", "Seen.")))

    assert why(result)[1] == (2, "A date with nothing written beside it")
    assert messages(result) == [(2, "Nothing is written beside this date.")]


def test_an_action_without_an_event_is_an_entry_and_doubted():
    result = read(log(("03.04.2015", "", "Referred."), headings=("Date", "Event", "Action")))

    assert (result.entries[0].text, result.entries[0].action) == ("", "Referred.")
    assert messages(result) == [(2, "Nothing is written under “Event”.")]


def test_a_lone_sentence_at_the_end_after_a_gap_is_a_note():
    found = twins.table(
        [["Date", "Event"], ["03.04.2015", "Seen."], None, ["", "Records before 2015 were lost."]]
    )

    assert why(read(found))[1] == (4, "A closing note, not an entry")


def test_a_lone_sentence_between_entries_is_an_entry():
    result = read(log(("03.04.2015", "Seen."), ("", "Rang."), ("05.04.2015", "Seen.")))

    assert [entry.text for entry in result.entries] == ["Seen.", "Rang.", "Seen."]
    assert messages(result) == []


# ---- bad input


def test_a_text_too_long_is_rejected_in_words():
    result = read(log(("03.04.2015", "x" * 20_001), ("04.04.2015", "Seen.")))

    assert [row.message for row in result.rejected] == [
        "Row 2 of table 1 has 20,001 characters under “Event”; at most 20,000 fit. "
        "Divide the row into several."
    ]
    assert len(result.entries) == 1


def test_five_thousand_characters_fit():
    assert len(read(log(("03.04.2015", "x" * 5_000))).entries[0].text) == 5_000


def test_control_characters_are_taken_out_and_doubted():
    result = read(log(("03.04.2015", "Se\x07en\x00.")))

    assert result.entries[0].text == "Seen."
    assert messages(result) == [(2, "This cell held control characters, which were taken out.")]


def test_marks_of_direction_are_taken_out_and_doubted():
    result = read(log(("03.04.2015", "Se\u202een.")))

    assert result.entries[0].text == "Seen."
    assert len(result.doubts) == 1


def test_white_space_is_made_plain_and_lines_are_kept():
    result = read(log(("03.04.2015", "Seen\u00a0at  home.\r\n\r\n\tRang\u200b later.")))

    assert result.entries[0].text == "Seen at home.\nRang later."
    assert messages(result) == []


def test_an_impossible_time_is_doubted():
    found = log(("03.04.2015", "25:99", "Seen."), headings=("Date", "Time", "Event"))

    assert messages(read(found)) == [(2, "“25:99” is not a time of day.")]


def test_cells_beyond_the_headings_are_kept():
    found = twins.part([["Date", "Event"], *([["03.04.2015", "Seen."]] * 70)])
    found.rows.append(Row(90, [Cell.of("04.04.2015"), Cell.of("Seen."), Cell.of("And more.")]))

    assert read(twins.document(found)).entries[-1].other == {"Column 3": "And more."}


# ---- long files


def _long(count):
    for number in range(count):
        texts = (f"{number % 28 + 1:02}.03.2015", "MA 1 was seen.", "Rest.")
        yield Row(number + 2, texts=texts)


class _Passing:
    """A file whose rows can be read only once, as they pass."""

    warnings = ()

    def __init__(self, count):
        self.count, self.most_alive = count, 0

    def __iter__(self):
        yield Part("sheet", "Log")

    def rows(self):
        yield Row(1, texts=("Date", "Event", "Action"))
        yield from _long(self.count)


def test_rows_are_given_out_as_they_pass():
    reader = ChronologyReader(_Passing(5_000), known_persons=twins.PERSONS)

    given = [outcome.at.row for outcome in reader.outcomes()]

    assert given == list(range(1, 5_002))
    assert reader.rows_read == 5_001


def test_nothing_is_kept_back_but_the_head_and_a_few_rows():
    reader = ChronologyReader(_Passing(5_000), known_persons=twins.PERSONS)
    outcomes = reader.outcomes()

    first = next(outcomes)

    assert first.at.row == 1
    assert reader.context.layout is None


def test_the_short_way_and_the_long_way_agree(monkeypatch):
    rows = [["Date", "Time", "Client", "Event", "Action", "Source", "Risk"]]
    for number in range(40):
        rows.append([f"{number % 28 + 1:02}.0{number % 9 + 1}.2015", "10:15" if number % 3 else "",
                     "MA 1, MA 2" if number % 2 else "MA1 and her sister", "Seen  at home\nwith FA 1.",
                     "Rest." if number % 5 else "", "GP", "high" if number % 7 == 0 else ""])  # fmt: skip
    found = twins.table(rows)
    short = read(found).to_json()

    monkeypatch.setattr("chronologies.plain_rows.PlainRows.take", lambda self, rows: [])

    assert (
        read_chronology(found, known_persons=twins.PERSONS, as_at=date(2026, 1, 1)).to_json()
        == short
    )
