"""What holds of any date, and of any text at all."""

import json
from datetime import date
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from foundations.dates import NotAPartialDate, PartialDate, find_dates, parse, read_cell
from foundations.dates.value import PRECISIONS

DAYS = st.dates(date(1901, 1, 1), date(2080, 12, 31))
BOUNDS = st.tuples(st.none() | DAYS, st.none() | DAYS).map(
    lambda pair: tuple(sorted(pair)) if None not in pair else pair
)
VALUES = st.builds(
    lambda text, bounds, precision, circa, base: PartialDate(text, *bounds, precision, circa, base),
    st.text(max_size=40),
    BOUNDS,
    st.sampled_from(PRECISIONS),
    st.booleans(),
    st.none() | st.text(min_size=1, max_size=20),
)
MONTHS = ["January", "february", "Mar", "april", "May", "jun", "July", "Aug", "Sept", "Oct.", "NOV"]
YEARS = st.integers(1901, 2080).map(str)
UNITS = st.one_of(
    DAYS.map(lambda day: f"{day:%d.%m.%Y}"),
    DAYS.map(lambda day: f"{day.day}/{day.month}/{day:%y}"),
    DAYS.map(lambda day: f"{day.day} {day:%B %Y}"),
    st.builds("{} {}".format, st.sampled_from(MONTHS), YEARS),
    st.builds("{} {}".format, st.sampled_from(["spring", "Summer of", "autumn", "winter"]), YEARS),
    YEARS,
    YEARS.map(lambda year: f"{year[:3]}0s"),
    st.builds("Q{} {}".format, st.integers(1, 4), YEARS),
    st.builds("{}/{}".format, YEARS, st.integers(0, 99)),
    st.builds("{}.{}.{}".format, *[st.integers(0, 40)] * 2, st.integers(0, 2200)),
)
PARTS = ["early ", "mid-", "Late ", "end of ", "beginning of the ", ""]
LIMITS = [
    "by ",
    "before ",
    "Prior to ",
    "after ",
    "since ",
    "from ",
    "until ",
    "circa ",
    "about ",
    "",
]
PHRASES = st.one_of(
    st.builds("{}{}{}".format, st.sampled_from(LIMITS), st.sampled_from(PARTS), UNITS),
    st.builds(
        "{}{} {} {}".format,
        st.sampled_from(PARTS),
        UNITS,
        st.sampled_from(JOINTS := ["to", "-", "until", "and", "/", ","]),
        UNITS,
    ),
    st.builds("between {} and {}".format, UNITS, UNITS),
    st.builds(
        "{} {}".format, UNITS, st.sampled_from(["22:15", "at 10pm", "ongoing", "?", "approx"])
    ),
    st.builds(
        "{} {} later".format,
        st.sampled_from(["two", "3", "a few", "over a"]),
        st.sampled_from(["days", "weeks", "months", "year"]),
    ),
    st.sampled_from(
        ["the following month", "the next day", "No date", "Thereafter", "in 4 weeks", ""]
    ),
)
SCRAP_WORDS = [
    "12",
    "2011",
    "19th",
    ".",
    "-",
    "(",
    ")",
    "'",
    "10:30",
    "w/c",
    "weeks",
    "later",
    "1990s",
    "counted",
    "from",
    "the",
    "following",
]
SCRAPS = st.lists(
    st.sampled_from([*MONTHS, *LIMITS, *PARTS, *JOINTS, *SCRAP_WORDS, "monday", "\n", "\x00"]),
    max_size=25,
).map(" ".join)


@given(VALUES)
def test_a_value_comes_back_from_json_as_it_was(value):
    assert PartialDate.from_json(json.loads(json.dumps(value.to_json()))) == value


@given(st.one_of(PHRASES, SCRAPS, st.text(max_size=200)), st.none() | PHRASES)
def test_any_text_is_read_without_an_error_and_earliest_is_never_after_latest(text, above):
    reading = parse(text, above=None if above is None else parse(above).value)

    value = reading.value
    assert value.earliest is None or value.latest is None or value.earliest <= value.latest
    assert value.is_bounded or value.precision in {"none", "invalid", "relative", "ongoing"}
    assert value.precision != "invalid" or reading.doubts or reading.inherited


@given(PHRASES)
def test_what_is_shown_means_the_same_when_typed_back(text):
    value = parse(text).value

    again = parse(str(value)).value

    assert (again.earliest, again.latest, again.circa) == (
        value.earliest,
        value.latest,
        value.circa,
    )


@given(PHRASES, PHRASES)
def test_a_relative_date_that_is_shown_means_the_same_when_typed_back(text, above):
    value = parse(text, above=parse(above).value).value

    again = parse(str(value)).value

    assert (again.earliest, again.latest) == (value.earliest, value.latest)


@given(VALUES, VALUES)
def test_overlap_is_the_same_from_both_sides(one, other):
    assert one.overlaps(other) == other.overlaps(one)


@given(VALUES)
def test_what_has_a_bound_overlaps_itself(value):
    assert value.overlaps(value) == value.is_bounded


@given(st.lists(VALUES, max_size=8))
def test_sorting_puts_what_has_no_bounds_last(values):
    bounded = [value.is_bounded for value in sorted(values, key=lambda value: value.sort_key)]

    assert bounded == sorted(bounded, reverse=True)


@given(PHRASES)
def test_nothing_but_a_written_day_is_ever_one_day(text):
    value = parse(text).value

    if value.precision in {"day", "minute"}:
        assert value.is_exact
    elif value.precision in {"month", "year", "season", "decade", "part-month", "part-year"}:
        assert not value.is_exact


@given(VALUES)
def test_any_value_can_be_shown(value):
    assert isinstance(str(value), str)


@given(st.one_of(SCRAPS, st.text(max_size=300)))
def test_dates_found_in_text_stand_where_they_say(text):
    found = find_dates(text)

    assert [" ".join(one.text.split()) for one in found] == [
        " ".join(text[one.start : one.end].split()) for one in found
    ]
    assert all(a.end <= b.start for a, b in pairwise(found))


@given(
    st.one_of(
        st.none(), st.integers(), st.floats(), st.booleans(), st.dates(), st.datetimes(), st.text()
    ),
    st.none() | st.text(max_size=30),
)
def test_any_cell_is_read_without_an_error(value, shown):
    assert isinstance(read_cell(value, shown).value, PartialDate)


@pytest.mark.parametrize(
    "scrap",
    [
        "1. ",
        "1 / ",
        "12-",
        "may and ",
        "1 to ",
        "1st, ",
        "(",
        "by the end of ",
        "' ",
        "a few weeks ",
    ],
)
def test_a_cell_of_5000_characters_is_read_without_going_astray(scrap):
    """An expression that tried every way of splitting these would not come back."""
    text = (scrap * 5000)[:5000]

    assert isinstance(parse(text).value, PartialDate)
    assert isinstance(find_dates(text), list)


@given(
    st.recursive(
        st.none() | st.text(max_size=5),
        lambda inner: st.dictionaries(
            st.sampled_from(["text", "earliest", "precision", "base"]), inner
        ),
    )
)
def test_json_that_is_no_date_is_refused_by_name(data):
    try:
        value = PartialDate.from_json(data)
    except NotAPartialDate:
        return
    assert isinstance(value, PartialDate)
