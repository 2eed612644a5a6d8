import pytest

from foundations.dates import find_dates


def _found(text, **kwargs):
    return [one.text for one in find_dates(text, **kwargs)]


def test_a_date_stands_where_it_says():
    text = "Closed.\u00a0Completed 30.06.14 and ongoing"

    (found,) = find_dates(text)

    assert text[found.start : found.end] == "30.06.14"
    assert found.reading.value.precision == "day"


@pytest.mark.parametrize(
    ("text", "dates"),
    [
        ("November 2014: funding achieved", ["November 2014"]),
        ("Seen on 12.05.2011 at 22:15, then 13/5/11", ["12.05.2011 at 22:15", "13/5/11"]),
        ("D ecember 2013 and 19thJune 2014", ["D ecember 2013", "19thJune 2014"]),
        ("It began in late 2012.", ["late 2012"]),
        ("April and July 2014", ["April and July 2014"]),
        ("12th, 13th May 2011", ["12th, 13th May 2011"]),
        ("between 12.05.2011 and May 2012 he moved", ["between 12.05.2011 and May 2012"]),
        ("from 01.02.2013 to 03.04.2014", ["01.02.2013 to 03.04.2014"]),
        ("Mar-14", ["Mar-14"]),
        ("autumn 2013, the early 1990s", ["autumn 2013", "early 1990s"]),
        ("in 2008, since 2009", ["2008", "since 2009"]),
        ("Within 3 months of publication", ["Within 3 months of publication"]),
        ("to be completed in 4 weeks", ["in 4 weeks"]),
        ("12.05.2011 25:15", ["12.05.2011"]),
    ],
)
def test_dates_are_found_in_running_text(text, dates):
    assert [one.removeprefix("from ") for one in _found(text)] == dates


@pytest.mark.parametrize(
    "text",
    [
        "Care Act 2014",
        "paragraph 5.3.12",
        "version 1.2.10",
        "01709 382121",
        "page 2009 of 2011",
        "aged 12",
        "it may be",
        "a march of 40",
        "10.30 meeting",
        "£1,999",
        "2014 people",
        "",
    ],
)
def test_numbers_that_are_no_dates_are_left_alone(text):
    assert _found(text) == []


def test_limits_belong_to_a_date_or_not():
    text = "Managers by April 2014 and the wider Service by July 2014"

    assert _found(text) == ["by April 2014", "by July 2014"]
    assert _found(text, limits=False) == ["April 2014", "July 2014"]


def test_two_dates_joined_by_and_are_two():
    assert _found("April 2014 and 03.07.2014", limits=False) == ["April 2014", "03.07.2014"]


def test_each_line_of_a_cell_keeps_its_own_date():
    text = "1. Complete\n2. March 2014\nCompleted\n3. June 2014\nCompleted"

    assert _found(text, limits=False) == ["March 2014", "June 2014"]


def test_the_paragraph_numbers_of_a_document_are_left_alone():
    text = "".join(f"\n5.17.{number} The panel heard from both.\n" for number in range(10, 50))

    assert _found(text) == []


def test_a_short_date_at_the_beginning_of_a_cell_is_found():
    assert _found("30.6.14 Completed\n1.7.14 Reviewed") == ["30.6.14", "1.7.14"]
