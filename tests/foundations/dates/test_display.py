from datetime import date

import pytest

from foundations.dates import PartialDate, parse


@pytest.mark.parametrize(
    ("written", "shown"),
    [
        ("04/05/2011", "4 May 2011"),
        ("approx 04/05/2011", "about 4 May 2011"),
        ("14.09.2008 2215hrs", "14 September 2008 at 22:15"),
        ("Sept-11", "September 2011"),
        ("MID SEPT 2011", "mid-September 2011"),
        ("Late   1985", "late 1985"),
        ("End of March 2014", "End of March 2014"),
        ("summer of 2011", "summer 2011"),
        ("Winter 2010", "winter 2010/11"),
        ("Q1 2012", "January to March 2012"),
        ("c.1985", "about 1985"),
        ("the early 1990s", "early 1990s"),
        ("Aug, Nov & Dec 2008", "August, November and December 2008"),
        ("May or June 2011", "May or June 2011"),
        ("30.07.07 until 11.04.12", "30 July 2007 to 11 April 2012"),
        ("between May and July 2008", "May 2008 to July 2008"),
        ("By July 2009", "by July 2009"),
        ("Prior to 01.04.2007", "before 1 April 2007"),
        ("pre April 2007", "before April 2007"),
        ("until 2009", "until 2009"),
        ("after 09.05.2011", "after 9 May 2011"),
        ("since May 2011", "from May 2011"),
        ("May 2011 - ongoing", "ongoing since May 2011"),
        ("monthly", "monthly"),
        ("N/K", "Not dated"),
        ("", ""),
        ("31 September 2020", "31 September 2020 (not a real date)"),
        ("21.07.201", "21.07.201 (date not clear)"),
    ],
)
def test_a_date_is_shown_in_british_english(written, shown):
    assert str(parse(written).value) == shown


@pytest.mark.parametrize(
    "written",
    [
        "mid January to mid February 2011",
        "late 2010 to early 2011",
        "by early 2009",
        "Spring/Summer 2009",
        "FY 2009/10",
        "w/c 12.05.2014",
    ],
)
def test_a_day_or_month_that_nobody_wrote_is_never_shown(written):
    assert str(parse(written).value) == written


def test_a_month_at_one_end_of_a_stretch_is_not_shown_as_its_first_day():
    assert str(parse("May 2011 - 15.07.2011").value) == "May 2011 to 15 July 2011"


def test_a_first_day_that_was_written_is_shown():
    assert str(parse("01.05.2011 - 31.07.2011").value) == "1 May 2011 to 31 July 2011"


def test_a_value_without_words_is_shown_by_its_bounds():
    value = PartialDate("", date(2011, 1, 1), date(2011, 7, 31), "range")

    assert str(value) == "January 2011 to July 2011"
