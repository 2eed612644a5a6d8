from datetime import date

import pytest

from chronologies.timeline.periods import Period, days_of
from foundations.dates import parse

YEAR = Period.of_year(2011)
QUARTER = Period.of_months(2011, 4, 3)
MONTH = Period.of_months(2011, 2)
OWN = Period(date(2011, 3, 5), date(2011, 3, 11))


@pytest.mark.parametrize(
    ("period", "unit", "name"),
    [
        (Period(), "whole", "The whole period"),
        (YEAR, "year", "2011"),
        (QUARTER, "quarter", "April to June 2011"),
        (MONTH, "month", "February 2011"),
        (OWN, "own", "5 March 2011 to 11 March 2011"),
        (Period.of_months(2011, 2, 3), "own", "1 February 2011 to 30 April 2011"),
        (Period(start=date(2011, 3, 5)), "own", "From 5 March 2011"),
        (Period(end=date(2011, 3, 5)), "own", "Up to 5 March 2011"),
    ],
)
def test_a_period_is_called_what_it_is(period, unit, name):
    assert (period.unit, str(period)) == (unit, name)


@pytest.mark.parametrize("period", [YEAR, QUARTER, MONTH, OWN, Period(start=date(2011, 3, 5))])
def test_what_the_boxes_hold_is_read_as_the_same_days(period):
    read = {name: parse(words).value for name, words in period.asked.items()}

    assert read.get("start") is None or read["start"].earliest == period.start
    assert read.get("end") is None or read["end"].latest == period.end


def test_the_stretches_beside_it_are_of_the_same_kind():
    assert (YEAR.beside(-1), YEAR.beside(1)) == (Period.of_year(2010), Period.of_year(2012))
    assert QUARTER.beside(-1) == Period.of_months(2011, 1, 3)
    assert Period.of_months(2011, 12).beside(1) == Period.of_months(2012, 1)
    assert OWN.beside(1) == Period(date(2011, 3, 12), date(2011, 3, 18))


def test_nothing_stands_beside_the_whole_or_an_open_end():
    assert Period().beside(1) is None
    assert Period(start=date(2011, 1, 1)).beside(1) is None


def test_time_itself_has_ends():
    assert Period.of_year(1).beside(-1) is None
    assert Period(date(9999, 12, 1), date(9999, 12, 30)).beside(1) is None


def test_a_month_stands_in_its_quarter_and_year():
    assert MONTH.wider == [Period(), YEAR, Period.of_months(2011, 1, 3)]
    assert Period().wider == []


def test_looking_closer_goes_from_year_to_quarter_to_month():
    assert str(YEAR.closer[0]) == "January to March 2011"
    assert [str(one) for one in QUARTER.closer] == ["April 2011", "May 2011", "June 2011"]
    assert MONTH.closer == []


@pytest.mark.parametrize("written", ["12.03.2011", "mid-September 2011", "2009", "spring 2011"])
def test_the_days_of_a_date_are_read_as_the_same_days(written):
    value = parse(written).value

    again = parse(days_of(value)).value

    assert (again.earliest, again.latest) == (value.earliest, value.latest)
