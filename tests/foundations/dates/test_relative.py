import pytest

from foundations.dates import parse

FRIDAY = parse("29.04.2011").value
FEBRUARY = parse("February 2009").value


def _span(text, above):
    value = parse(text, above=above).value
    bounds = [day and day.isoformat() for day in (value.earliest, value.latest)]
    return (*bounds, value.precision, value.circa)


def _day(iso):
    return (iso, iso, "day", False)


@pytest.mark.parametrize("text", ["", " ", "ditto", '"', "as above", "same date"])
def test_a_blank_or_ditto_has_the_date_of_the_row_above(text):
    reading = parse(text, above=FRIDAY)

    assert reading.value is FRIDAY
    assert reading.inherited


def test_ditto_with_nothing_above_leaves_a_doubt():
    reading = parse("ditto")

    assert reading.value.precision == "none"
    assert reading.doubts == ("There is no date above to repeat.",)


@pytest.mark.parametrize(
    ("text", "span"),
    [
        ("the next day", _day("2011-04-30")),
        ("The following day", _day("2011-04-30")),
        ("later that day", _day("2011-04-29")),
        ("the previous day", _day("2011-04-28")),
        ("the day before", _day("2011-04-28")),
        ("two days later", _day("2011-05-01")),
        ("10 days after", _day("2011-05-09")),
        ("two days earlier", _day("2011-04-27")),
        ("the following Monday", _day("2011-05-02")),
        ("the previous Friday", _day("2011-04-22")),
        ("the following week", ("2011-05-02", "2011-05-08", "relative", True)),
        ("later that week", ("2011-04-29", "2011-05-01", "relative", False)),
        ("The following month", ("2011-05-01", "2011-05-31", "month", False)),
        ("the same month", ("2011-04-01", "2011-04-30", "month", False)),
        ("later that month", ("2011-04-29", "2011-04-30", "relative", False)),
        ("the following year", ("2012-01-01", "2012-12-31", "year", False)),
        ("two weeks later", ("2011-05-10", "2011-05-16", "relative", True)),
        ("three months later", ("2011-07-14", "2011-08-13", "relative", True)),
        ("a few days later", ("2011-04-30", "2011-05-09", "relative", True)),
        ("A few months later", ("2011-05-01", "2012-02-29", "relative", True)),
        ("a couple of weeks later", ("2011-05-06", "2011-05-20", "relative", True)),
        ("more than a year later", ("2012-04-29", None, "relative", True)),
        ("less than a week later", ("2011-04-29", "2011-05-06", "relative", True)),
    ],
)
def test_words_that_count_from_a_day_above(text, span):
    assert _span(text, FRIDAY) == span
    assert parse(text, above=FRIDAY).value.base == "29 April 2011"


@pytest.mark.parametrize(
    ("text", "span"),
    [
        ("the following day", ("2009-02-02", "2009-03-01", "relative", False)),
        ("the following month", ("2009-03-01", "2009-03-31", "month", False)),
        ("A few months later", ("2009-03-01", "2009-12-31", "relative", True)),
        ("two weeks later", ("2009-02-12", "2009-03-17", "relative", True)),
    ],
)
def test_what_is_only_a_month_above_stays_as_wide(text, span):
    assert _span(text, FEBRUARY) == span


def test_thereafter_counts_from_the_row_above_without_bounds():
    reading = parse("Thereafter", above=FRIDAY)

    assert (reading.value.precision, reading.value.base) == ("relative", "29 April 2011")
    assert not reading.value.is_bounded
    assert reading.doubts == ()


def test_a_time_beside_relative_words_is_kept():
    reading = parse("the next day at 22:15", above=FRIDAY)

    assert reading.value.precision == "minute"
    assert reading.time == "22:15"


@pytest.mark.parametrize("above", [None, parse("No date").value, parse("by July 2009").value])
def test_nothing_to_count_from_leaves_a_doubt(above):
    reading = parse("the next day", above=above)

    assert not reading.value.is_bounded
    assert reading.doubts == ("There is no date above for this to count from.",)


@pytest.mark.parametrize(
    ("text", "span"),
    [
        ("the day after 12 May 2011", _day("2011-05-13")),
        ("the month before May 2011", ("2011-04-01", "2011-04-30", "month", False)),
        ("two days after 12 May 2011", _day("2011-05-14")),
        ("2 weeks before 12.05.2011", ("2011-04-25", "2011-05-01", "relative", True)),
        ("within 3 months of 12 May 2011", ("2011-05-12", "2011-08-12", "relative", False)),
    ],
)
def test_a_date_that_is_named_is_counted_from(text, span):
    assert _span(text, None) == span


@pytest.mark.parametrize(
    ("text", "base"),
    [
        ("within 3 months of publication", "publication"),
        ("Within six months of the publication of the Report", "the publication of the Report"),
        ("3 months from the date of sign-off", "sign-off"),
        ("4 weeks after the meeting", "the meeting"),
    ],
)
def test_an_event_is_kept_as_what_it_counts_from(text, base):
    reading = parse(text)

    assert (reading.value.precision, reading.value.base) == ("relative", base)
    assert reading.doubts == ()


@pytest.mark.parametrize("text", ["in 4 weeks", "4 weeks", "within 6 months", "asap", "last week"])
def test_a_count_from_an_unstated_start_leaves_a_doubt(text):
    reading = parse(text, above=FRIDAY)

    assert _span(text, FRIDAY) == (None, None, "relative", False)
    assert reading.doubts == ("It does not say from when this counts.",)


def test_a_count_into_another_age_leaves_a_doubt():
    reading = parse("999 years later", above=FRIDAY)

    assert not reading.value.is_bounded
    assert reading.doubts == ("This counts to a year that cannot be right.",)


def test_a_relative_date_shows_its_words_and_what_it_counts_from():
    value = parse("two weeks later", above=FEBRUARY).value

    assert str(value) == "two weeks later (counted from February 2009)"
    assert parse(str(value)).value.earliest == value.earliest
