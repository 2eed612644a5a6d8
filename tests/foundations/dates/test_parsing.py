from datetime import date

import pytest

from foundations.dates import PartialDate, parse


def _span(text, **kwargs):
    """(earliest, latest, precision) of a text, the days as ISO."""
    value = parse(text, **kwargs).value
    bounds = [day and day.isoformat() for day in (value.earliest, value.latest)]
    return (*bounds, value.precision)


def _day(iso):
    return (iso, iso, "day")


def _month(year_and_month, last):
    return (f"{year_and_month}-01", f"{year_and_month}-{last}", "month")


DAYS = """12.05.2011 12/05/2011 12-05-2011 12.5.2011 12.05.11 12/5/11 2011-05-12 2011/05/12
12 05 2011|12. 05. 2011|12 .05.2011|12..05.2011|12/05.2011|12 May 2011|12th May 2011|12thMay 2011
12 th May 2011|the 12th of May 2011|12 May, 2011|12-May-11|12-May-2011|12May2011|12.May.2011
Thursday 12 May 2011|Thurs 12/5/11|Thursday, 12th May, 2011|Thu. 12.05.2011|May 12, 2011
May 12th 2011|12 M ay 2011|12 MAY 2011|On 12.05.2011|Date: 12.05.2011|12.05.2011.|(12.05.2011)
dated 12 May 2011|12\u00a0May\u00a02011|12\u200b.05.2011|１２.05.2011|12.05.’11|2011-05-12 00:00:00
Completed 12.05.2011|Completed - 12/05/11|12.05.2011 Completed."""


@pytest.mark.parametrize("text", "|".join(DAYS.split("\n", 1)[0].split(" ")).split("|"))
def test_a_day_in_figures_is_read_day_first(text):
    assert _span(text) == _day("2011-05-12")
    assert parse(text).doubts == ()


@pytest.mark.parametrize("text", DAYS.split("\n", 1)[1].replace("\n", "|").split("|"))
def test_a_day_in_any_style_is_that_day_without_a_doubt(text):
    assert _span(text) == _day("2011-05-12")
    assert parse(text).doubts == ()


@pytest.mark.parametrize(
    "text",
    [
        "May 2011",
        "may 2011",
        "MAY, 2011",
        "May of 2011",
        "In May 2011",
        "M ay 2011",
        "May2011",
        "05/2011",
        "5.2011",
        "2011-05",
        "May-11",
        "May '11",
        "2011 May",
        "??/05/2011",
        "xx.05.2011",
        "sometime in May 2011",
        "during May 2011",
        "May 2011:",
        "Completed May 2011",
        "(May 2011)",
        "May 2011 (exact date unknown)",
        "the month of May 2011",
        "Due May 2011",
    ],
)
def test_a_month_is_the_whole_month_without_a_doubt(text):
    assert _span(text) == _month("2011-05", 31)
    assert parse(text).doubts == ()


@pytest.mark.parametrize(
    ("text", "span"),
    [
        ("1985", ("1985-01-01", "1985-12-31", "year")),
        ("in 1985", ("1985-01-01", "1985-12-31", "year")),
        ("2008.0", ("2008-01-01", "2008-12-31", "year")),
        ("2010 (no month)", ("2010-01-01", "2010-12-31", "year")),
        ("spring of 2007", ("2007-03-01", "2007-05-31", "season")),
        ("Summer 2011", ("2011-06-01", "2011-08-31", "season")),
        ("autumn, 2013", ("2013-09-01", "2013-11-30", "season")),
        ("winter 2010/11", ("2010-12-01", "2011-02-28", "season")),
        ("Q3 2012/13", ("2012-10-01", "2012-12-31", "quarter")),
        ("first half of 2012", ("2012-01-01", "2012-06-30", "part-year")),
        ("1990s", ("1990-01-01", "1999-12-31", "decade")),
        ("the nineties", ("1990-01-01", "1999-12-31", "decade")),
        ("financial year 2009/10", ("2009-04-01", "2010-03-31", "range")),
        ("2009/10 academic year", ("2009-09-01", "2010-08-31", "range")),
        ("w/c 12.05.2014", ("2014-05-12", "2014-05-18", "range")),
        ("week ending 16/05/14", ("2014-05-10", "2014-05-16", "range")),
        ("weekend of 14 May 2011", ("2011-05-14", "2011-05-15", "range")),
        ("Christmas Day 2010", _day("2010-12-25")),
    ],
)
def test_a_longer_unit_is_the_whole_of_it(text, span):
    assert _span(text) == span
    assert parse(text).doubts == ()


@pytest.mark.parametrize(
    ("text", "span"),
    [
        ("early September 2011", ("2011-09-01", "2011-09-10", "part-month")),
        ("mid-September 2011", ("2011-09-11", "2011-09-20", "part-month")),
        ("Late   February 2011", ("2011-02-21", "2011-02-28", "part-month")),
        ("end of March 2014", ("2014-03-21", "2014-03-31", "part-month")),
        ("the beginning of May 2011", ("2011-05-01", "2011-05-10", "part-month")),
        ("early to mid September 2011", ("2011-09-01", "2011-09-20", "part-month")),
        ("first week of May 2011", ("2011-05-01", "2011-05-07", "part-month")),
        ("early 2009", ("2009-01-01", "2009-04-30", "part-year")),
        ("mid 2009", ("2009-05-01", "2009-08-31", "part-year")),
        ("Late 1985", ("1985-09-01", "1985-12-31", "part-year")),
        ("late summer 2011", ("2011-08-01", "2011-08-31", "part-year")),
        ("early 1990s", ("1990-01-01", "1993-12-31", "decade")),
        ("mid-1990s", ("1994-01-01", "1996-12-31", "decade")),
        ("late 1990s", ("1997-01-01", "1999-12-31", "decade")),
        ("late 2010 to early 2011", ("2010-09-01", "2011-04-30", "range")),
        ("A few words: circa 1985"[13:], ("1985-01-01", "1985-12-31", "year")),
        ("c1985", ("1985-01-01", "1985-12-31", "year")),
        ("approx. 12.05.2011", _day("2011-05-12")),
        ("May 2011?", _month("2011-05", 31)),
        ("around August 2010", _month("2010-08", 31)),
        ("12.05.2011 (approx)", _day("2011-05-12")),
        ("by July 2009", (None, "2009-07-31", "by")),
        ("by 30 June 2014", (None, "2014-06-30", "by")),
        ("By the end of 2014", (None, "2014-12-31", "by")),
        ("shortly before May 2011", (None, "2011-04-30", "before")),
    ],
)
def test_approximate_wording_is_held_as_approximate(text, span):
    assert _span(text) == span
    assert parse(text).value.circa
    assert parse(text).doubts == ()


@pytest.mark.parametrize(
    ("text", "span"),
    [
        ("Prior to April 2007", (None, "2007-03-31", "before")),
        ("before 12.05.2011", (None, "2011-05-11", "before")),
        ("pre-2008", (None, "2007-12-31", "before")),
        ("until September 2009", (None, "2009-09-30", "by")),
        ("no later than 12 May 2014", (None, "2014-05-12", "by")),
        ("after May 2011", ("2011-06-01", None, "after")),
        ("after 09.05.2011", ("2011-05-10", None, "after")),
        ("since 2009", ("2009-01-01", None, "after")),
        ("from 1 September 2009", ("2009-09-01", None, "after")),
        ("2009 onwards", ("2009-01-01", None, "after")),
        ("not before May 2011", ("2011-05-01", None, "after")),
        ("ongoing", (None, None, "ongoing")),
        ("On-going", (None, None, "ongoing")),
        ("quarterly", (None, None, "ongoing")),
        ("ongoing since May 2011", ("2011-05-01", None, "ongoing")),
        ("2009 - present", ("2009-01-01", None, "ongoing")),
        ("May 2011 to date", ("2011-05-01", None, "ongoing")),
        ("30.06.14 and ongoing", ("2014-06-30", None, "ongoing")),
    ],
)
def test_a_limit_leaves_one_side_open(text, span):
    assert _span(text) == span
    assert not parse(text).value.circa
    assert parse(text).doubts == ()


@pytest.mark.parametrize(
    ("text", "earliest", "latest"),
    [
        ("30.07.2007 until 11.04.2012", "2007-07-30", "2012-04-11"),
        ("from 30.07.2007 to 11.04.2012", "2007-07-30", "2012-04-11"),
        ("12.05.2011-14.05.2011", "2011-05-12", "2011-05-14"),
        ("12-05-2011 - 14-05-2011", "2011-05-12", "2011-05-14"),
        ("12–14 May 2011", "2011-05-12", "2011-05-14"),
        ("1st to 3rd of May 2011", "2011-05-01", "2011-05-03"),
        ("between 1 and 3 May 2011", "2011-05-01", "2011-05-03"),
        ("12-14.05.2011", "2011-05-12", "2011-05-14"),
        ("28.05. - 03.06.2011", "2011-05-28", "2011-06-03"),
        ("30 May - 2 June 2011", "2011-05-30", "2011-06-02"),
        ("8/9 May 2011", "2011-05-08", "2011-05-09"),
        ("12/13.05.2011", "2011-05-12", "2011-05-13"),
        ("22nd and 23rd Jan 2012", "2012-01-22", "2012-01-23"),
        ("between May and July 2008", "2008-05-01", "2008-07-31"),
        ("May-July 2011", "2011-05-01", "2011-07-31"),
        ("Nov 2012 - Jan 2013", "2012-11-01", "2013-01-31"),
        ("May 2011 to 15 July 2011", "2011-05-01", "2011-07-15"),
        ("2009-2011", "2009-01-01", "2011-12-31"),
        ("2009 - 11", "2009-01-01", "2011-12-31"),
        ("1999/2000", "1999-01-01", "2000-12-31"),
        ("summer and autumn 2011", "2011-06-01", "2011-11-30"),
    ],
)
def test_a_stretch_runs_from_the_first_to_the_last(text, earliest, latest):
    assert _span(text) == (earliest, latest, "range")
    assert parse(text).doubts == ()


@pytest.mark.parametrize(
    ("text", "earliest", "latest"),
    [
        ("August, November and December 2008", "2008-08-01", "2008-12-31"),
        ("May/June 2011", "2011-05-01", "2011-06-30"),
        ("May & June 2011", "2011-05-01", "2011-06-30"),
        ("Dec 2010/Jan 2011", "2010-12-01", "2011-01-31"),
        ("May 2014 and November 2014", "2014-05-01", "2014-11-30"),
    ],
)
def test_several_months_are_held_from_the_first_to_the_last(text, earliest, latest):
    assert _span(text) == (earliest, latest, "months")


@pytest.mark.parametrize(
    "text",
    [
        "No date",
        "Not dated",
        "Undated",
        "unknown",
        "Date unknown",
        "N/K",
        "n/a",
        "TBC",
        "?",
        "-",
        "On one occasion",
        "on several occasions",
        "(insert date)",
        "Not recorded",
        "Various",
        "no exact date",
        "Completed",
        "Discharged",
        "date not known",
    ],
)
def test_words_that_say_there_is_no_date_are_none_without_a_doubt(text):
    assert _span(text) == (None, None, "none")
    assert parse(text).value.text == text
    assert parse(text).doubts == ()


def test_a_blank_is_the_empty_value():
    assert parse("  \n ").value == PartialDate.none()


@pytest.mark.parametrize(
    ("text", "earliest", "latest", "doubt"),
    [
        ("31 September 2020", "2020-09-01", "2020-09-30", "September 2020 has no day 31."),
        ("30.02.2011", "2011-02-01", "2011-02-28", "February 2011 has no day 30."),
        ("00/05/2011", "2011-05-01", "2011-05-31", "May 2011 has no day 0."),
        ("21.07.201", None, None, "The year “201” is not complete."),
        ("12.05.1014", None, None, "The year 1014 cannot be right."),
        ("12 May", None, None, "The year is missing."),
        ("12/05", None, None, "The year is missing."),
        ("Monday", None, None, "The year is missing."),
        (
            "14.05.2011 - 12.05.2011",
            "2011-05-12",
            "2011-05-14",
            "The stretch ends before it begins.",
        ),
        ("39704", None, None, "This could not be read as a date."),
        ("140914", None, None, "This could not be read as a date."),
        ("Police called", None, None, "This could not be read as a date."),
    ],
)
def test_what_cannot_be_a_date_is_kept_with_the_bounds_that_can_be_true(
    text, earliest, latest, doubt
):
    assert _span(text) == (earliest, latest, "invalid")
    assert parse(text).value.text == text
    assert parse(text).doubts == (doubt,)


def test_a_month_first_date_is_never_turned_round_in_silence():
    reading = parse("05/13/2011")

    assert reading.value == PartialDate(
        "05/13/2011", date(2011, 1, 1), date(2011, 12, 31), "invalid"
    )
    assert reading.doubts == (
        "There is no month 13. If the month was written first, write the day first.",
    )


@pytest.mark.parametrize(
    ("text", "span"),
    [
        ("Tuesday 12 May 2011", _day("2011-05-12")),
        ("12052011", _day("2011-05-12")),
        ("01.01.1900", _day("1900-01-01")),
        ("12.05.40", _day("1940-05-12")),
        ("12.05.2011 police called", _day("2011-05-12")),
        ("May 11", _month("2011-05", 31)),
        ("Febuary 2009", _month("2009-02", 28)),
        ("May 20 14", _month("2014-05", 31)),
        ("2. May 2011", _month("2011-05", 31)),
        ("Ongoing - May 2011", _month("2011-05", 31)),
        ("August bank holiday 2010", _month("2010-08", 31)),
        ("2009/10", ("2009-01-01", "2010-12-31", "range")),
        ("2009-10", ("2009-01-01", "2010-12-31", "range")),
        ("winter 2010", ("2010-12-01", "2011-02-28", "season")),
        ("Q1 2012", ("2012-01-01", "2012-03-31", "quarter")),
        ("late 90s", ("1997-01-01", "1999-12-31", "decade")),
        ("Easter 2011", ("2011-01-01", "2011-12-31", "year")),
        ("Christmas 2010", ("2010-12-21", "2010-12-31", "part-month")),
        ("28 Dec - 3 Jan 2011", ("2010-12-28", "2011-01-03", "range")),
        ("12th May 2011 to 14th May", ("2011-05-12", "2011-05-14", "range")),
        ("5th and 7th May 2011", ("2011-05-05", "2011-05-07", "range")),
        ("seen 12.05.2011 and again on 14.05.2011", ("2011-05-12", "2011-05-14", "range")),
    ],
)
def test_a_reading_that_is_not_certain_leaves_one_doubt(text, span):
    assert _span(text) == span
    assert len(parse(text).doubts) == 1


@pytest.mark.parametrize(
    ("text", "time"),
    [
        ("14.09.2008 22:15", "22:15"),
        ("14.09.2008 2215hrs", "22:15"),
        ("14.09.2008 2215", "22:15"),
        ("14.09.2008, 22.15 hrs", "22:15"),
        ("14.09.2008 (22:15)", "22:15"),
        ("14/9/08 10.15pm", "22:15"),
        ("At 22:15 on 14 September 2008", "22:15"),
        ("2008-09-14T22:15:00", "22:15"),
        ("14.09.2008 noon", "12:00"),
    ],
)
def test_an_exact_time_makes_it_a_minute(text, time):
    assert _span(text) == ("2008-09-14", "2008-09-14", "minute")
    assert parse(text).time == time


@pytest.mark.parametrize(
    ("text", "time"),
    [
        ("14.09.2008 at about 10pm", "about 22:00"),
        ("14.09.2008 evening", "evening"),
        ("early hours of 14.09.2008", "early hours"),
        ("14.09.2008 22:15 - 23:00", "22:15 to 23:00"),
    ],
)
def test_a_time_that_is_not_exact_leaves_the_day(text, time):
    assert _span(text) == _day("2008-09-14")
    assert parse(text).time == time


def test_midnight_leaves_a_doubt():
    reading = parse("14/09/2008 00:00")

    assert reading.value.precision == "minute"
    assert reading.doubts == ("Midnight may mean that no time was written, or the day before.",)


def test_the_words_are_kept_as_written_with_white_space_normalised():
    assert parse("Late \u200b  1985\n").value.text == "Late 1985"


def test_a_very_long_cell_is_not_kept_whole():
    assert len(parse("no date here " * 1000).value.text) == 2000


def test_a_year_cut_short_under_whole_ones_leaves_a_doubt():
    above = parse("18.07.2013").value

    assert parse("21.07.20").doubts == ()
    assert parse("21.07.20", above=above).doubts == (
        "The year may be cut short: the dates above have all four figures.",
    )


def test_two_years_are_never_taken_for_a_time():
    assert _span("c2009-2010") == ("2009-01-01", "2010-12-31", "range")


@pytest.mark.parametrize("text", ["By publication", "on completion", "at the next review"])
def test_an_event_without_a_day_is_kept_as_the_base(text):
    assert _span(text) == (None, None, "relative")
    assert parse(text).doubts == ()
