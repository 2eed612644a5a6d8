import codecs

import pytest

from foundations.office.reading import read_file

ROWS = "Date,Event\r\n3 May 2011,St Ann’s – visit\r\n"


def read(content):
    document = read_file(content, "visits.csv")
    return [(row.number, row.texts) for row in document.parts[0].rows], document.warnings


@pytest.mark.parametrize(
    "content",
    [
        ROWS.encode("utf-8"),
        ROWS.encode("utf-8-sig"),
        ROWS.encode("cp1252"),
        ROWS.encode("utf-16"),
        codecs.BOM_UTF16_BE + ROWS.encode("utf-16-be"),
    ],
    ids=["utf-8", "utf-8 with a mark", "windows-1252", "utf-16", "utf-16 the other way"],
)
def test_every_encoding_of_an_office_is_read(content):
    assert read(content) == (
        [(1, ("Date", "Event")), (2, ("3 May 2011", "St Ann’s – visit"))],
        (),
    )


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
def test_the_delimiter_is_found(delimiter):
    text = f"Date{delimiter}Event\n3 May{delimiter}Visit, then call; no reply\n"
    text = text.replace("Visit, then call; no reply", '"Visit, then call; no reply"')

    assert read(text.encode())[0][1] == (2, ("3 May", "Visit, then call; no reply"))


def test_commas_in_sentences_do_not_make_columns():
    text = "Date;Event\n3 May;Rang GP, nurse, ward\n4 May;Rang GP, nurse, ward\n"

    assert read(text.encode())[0][1] == (2, ("3 May", "Rang GP, nurse, ward"))


def test_a_line_that_names_the_delimiter_is_not_a_row():
    assert read(b"sep=;\r\nDate;Event\r\n3 May;Visit\r\n")[0] == [
        (2, ("Date", "Event")),
        (3, ("3 May", "Visit")),
    ]


def test_a_cell_with_line_breaks_is_one_record():
    rows, _ = read(b'Date,Event\r\n3 May,"Rang GP.\r\nNo reply."\r\n4 May,Visit\r\n')

    assert rows == [
        (1, ("Date", "Event")),
        (2, ("3 May", "Rang GP.\nNo reply.")),
        (3, ("4 May", "Visit")),
    ]


def test_blank_records_are_counted_and_left_out():
    assert read(b"Title,\r\n\r\n,\r\nDate,Event\r\n")[0] == [
        (1, ("Title", "")),
        (4, ("Date", "Event")),
    ]


def test_records_of_different_length_are_read_as_they_are():
    assert read(b"Title\r\nDate,Event,Note\r\n3 May,Visit\r\n")[0] == [
        (1, ("Title",)),
        (2, ("Date", "Event", "Note")),
        (3, ("3 May", "Visit")),
    ]


def test_nul_and_control_characters_are_left_out_and_named():
    assert read(b"Date,Event\r\n3 May,Vi\x00si\x07t\r\n") == (
        [(1, ("Date", "Event")), (2, ("3 May", "Visit"))],
        ("Invisible control characters were left out (record 2).",),
    )


def test_many_places_are_summed_up():
    _, warnings = read(b"Home visit, no reply, left a letter\x07\r\n" * 9)

    assert warnings == (
        "Invisible control characters were left out (record 1, record 2, record 3, record 4, record 5 "
        "and 4 more).",
    )


def test_right_to_left_marks_are_kept_and_named():
    assert read("Date,Event\r\n3 May,\u202etisiv\r\n".encode()) == (
        [(1, ("Date", "Event")), (2, ("3 May", "\u202etisiv"))],
        (
            "Some text has hidden marks that change the direction of writing (record 2). "
            "Read it with care.",
        ),
    )


def test_a_stray_byte_in_good_utf_8_is_guessed_and_named():
    content = "Date,Event\r\n3 May,Café – naïve – ".encode() + b"St Ann\x92s\r\n"

    rows, warnings = read(content)

    assert rows[1] == (2, ("3 May", "Café – naïve – St Ann’s"))
    assert warnings == ("Some characters could not be read with certainty and may look wrong.",)


def test_a_quotation_mark_inside_a_cell_is_named():
    rows, warnings = read(b'Date,Event\r\n3 May,"Visit" made\r\n')

    assert rows[1] == (2, ("3 May", "Visit made"))
    assert warnings == ("A quotation mark inside a cell may hide a column (record 2).",)


def test_a_text_file_without_delimiters_has_one_column():
    document = read_file(b"3 May 2011 visit\n4 May 2011 call\n", "notes.txt")

    assert [row.texts for row in document.parts[0].rows] == [
        ("3 May 2011 visit",),
        ("4 May 2011 call",),
    ]


def test_old_mac_line_ends_are_read():
    assert read(b"Date,Event\r3 May,Visit\r")[0] == [
        (1, ("Date", "Event")),
        (2, ("3 May", "Visit")),
    ]


def test_a_cell_that_begins_like_a_formula_is_text():
    assert read(b"Date,Event\r\n3 May,=cmd()\r\n")[0][1] == (2, ("3 May", "=cmd()"))


def test_five_thousand_characters_in_a_cell_are_all_read():
    assert read(b"Date,Event\r\n3 May," + b"x" * 5_000)[0][1] == (2, ("3 May", "x" * 5_000))
