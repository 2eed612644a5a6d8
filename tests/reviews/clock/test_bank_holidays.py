from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reviews.clock.bank_holidays import FIRST_YEAR, LAST_YEAR, bank_holidays, easter_sunday

KNOWN = {
    2010: "1/1 2/4 5/4 3/5 31/5 30/8 27/12 28/12",
    2011: "3/1 22/4 25/4 29/4 2/5 30/5 29/8 26/12 27/12",
    2012: "2/1 6/4 9/4 7/5 4/6 5/6 27/8 25/12 26/12",
    2013: "1/1 29/3 1/4 6/5 27/5 26/8 25/12 26/12",
    2014: "1/1 18/4 21/4 5/5 26/5 25/8 25/12 26/12",
    2015: "1/1 3/4 6/4 4/5 25/5 31/8 25/12 28/12",
    2016: "1/1 25/3 28/3 2/5 30/5 29/8 26/12 27/12",
    2017: "2/1 14/4 17/4 1/5 29/5 28/8 25/12 26/12",
    2018: "1/1 30/3 2/4 7/5 28/5 27/8 25/12 26/12",
    2019: "1/1 19/4 22/4 6/5 27/5 26/8 25/12 26/12",
    2020: "1/1 10/4 13/4 8/5 25/5 31/8 25/12 28/12",
    2021: "1/1 2/4 5/4 3/5 31/5 30/8 27/12 28/12",
    2022: "3/1 15/4 18/4 2/5 2/6 3/6 29/8 19/9 26/12 27/12",
    2023: "2/1 7/4 10/4 1/5 8/5 29/5 28/8 25/12 26/12",
    2024: "1/1 29/3 1/4 6/5 27/5 26/8 25/12 26/12",
    2025: "1/1 18/4 21/4 5/5 26/5 25/8 25/12 26/12",
    2026: "1/1 3/4 6/4 4/5 25/5 31/8 25/12 28/12",
    2027: "1/1 26/3 29/3 3/5 31/5 30/8 27/12 28/12",
}


@pytest.mark.parametrize("year", KNOWN)
def test_the_days_of_a_known_year(year):
    found = " ".join(f"{day.day}/{day.month}" for day in bank_holidays(year))

    assert found == KNOWN[year]


def test_a_christmas_on_saturday_keeps_its_name_on_the_first_substitute_day():
    holidays = bank_holidays(2021)

    assert holidays[date(2021, 12, 27)] == "Christmas Day (substitute day)"
    assert holidays[date(2021, 12, 28)] == "Boxing Day (substitute day)"


def test_a_christmas_on_sunday_leaves_boxing_day_alone():
    holidays = bank_holidays(2022)

    assert holidays[date(2022, 12, 26)] == "Boxing Day"
    assert holidays[date(2022, 12, 27)] == "Christmas Day (substitute day)"


@pytest.mark.parametrize("year", range(FIRST_YEAR, LAST_YEAR + 1))
def test_a_year_has_its_eight_and_what_was_added(year):
    extra = {2011: 1, 2012: 1, 2022: 2, 2023: 1}

    assert len(bank_holidays(year)) == 8 + extra.get(year, 0)


@given(st.integers(1978, 2200))
def test_no_holiday_falls_on_a_week_end(year):
    assert [day for day in bank_holidays(year) if day.weekday() >= 5] == []


@given(st.integers(1600, 4000))
def test_easter_is_a_sunday_of_spring(year):
    easter = easter_sunday(year)

    assert easter.weekday() == 6
    assert date(year, 3, 22) <= easter <= date(year, 4, 25)
