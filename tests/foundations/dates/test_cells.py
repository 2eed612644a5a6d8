# ruff: noqa: DTZ001 - a spreadsheet knows no time zone
from datetime import date, datetime

import pytest

from foundations.dates import PartialDate, parse, read_cell


def test_a_real_date_keeps_its_day_and_what_it_shows():
    reading = read_cell(datetime(2011, 5, 4), "04.05.2011")

    assert reading == (
        PartialDate("04.05.2011", date(2011, 5, 4), date(2011, 5, 4), "day"),
        None,
        (),
        False,
    )


@pytest.mark.parametrize(
    "shown", ["05/04/2011", "4-May", "Wed 4 May 11", "2011-05-04", None, "####"]
)
def test_a_real_date_keeps_its_day_however_it_is_shown(shown):
    reading = read_cell(date(2011, 5, 4), shown)

    assert reading.value.earliest == reading.value.latest == date(2011, 5, 4)
    assert reading.doubts == ()


@pytest.mark.parametrize("shown", ["May-11", "May 2011", "05/2011", "2011-05", "May '11"])
def test_a_cell_that_shows_only_month_and_year_is_a_month(shown):
    value = read_cell(datetime(2011, 5, 1), shown).value

    assert value == PartialDate(shown, date(2011, 5, 1), date(2011, 5, 31), "month")


def test_a_month_and_number_that_may_be_its_day_leaves_a_doubt():
    reading = read_cell(datetime(2011, 5, 11), "May-11")

    assert reading.value.precision == "month"
    assert len(reading.doubts) == 1


def test_a_month_and_day_shown_without_the_year_is_the_day():
    assert read_cell(datetime(2009, 5, 11), "May-11").value.precision == "day"


def test_a_cell_that_shows_only_the_year_is_a_year():
    assert read_cell(datetime(2011, 1, 1), "2011").value.precision == "year"


def test_a_cell_with_a_time_is_a_minute():
    reading = read_cell(datetime(2008, 9, 14, 22, 15), "14/09/2008 22:15")

    assert (reading.value.precision, reading.time) == ("minute", "22:15")


def test_a_cell_that_shows_another_date_than_it_holds_leaves_a_doubt():
    reading = read_cell(datetime(2011, 5, 4), "17.08.2013")

    assert reading.value.earliest == date(2011, 5, 4)
    assert len(reading.doubts) == 1


@pytest.mark.parametrize("blank", [date(1900, 1, 1), datetime(1900, 1, 1)])
def test_the_blank_date_of_a_spreadsheet_leaves_a_doubt(blank):
    assert read_cell(blank, "01.01.1900").doubts == ("1 January 1900 may stand for a blank.",)


@pytest.mark.parametrize("number", [2008, 2008.0])
def test_a_number_that_can_be_a_year_is_a_year(number):
    assert read_cell(number, "2008").value == parse("2008").value


@pytest.mark.parametrize(
    "number", [39704, 39704.5, 0, 1899, -1.5, float("nan"), float("inf"), 1e300]
)
def test_any_other_number_is_never_guessed_to_be_a_date(number):
    reading = read_cell(number, None)

    assert (reading.value.precision, reading.value.is_bounded) == ("invalid", False)
    assert len(reading.doubts) == 1


def test_a_number_that_shows_as_words_is_read_by_its_words():
    assert read_cell(5, "5 May 2011").value == parse("5 May 2011").value


def test_an_empty_cell_has_the_date_of_the_row_above():
    above = parse("12.05.2011").value

    assert read_cell(None, "", above=above).inherited


def test_text_in_a_cell_is_read_as_text():
    assert read_cell("mid-May 2011", "mid-May 2011") == parse("mid-May 2011")
