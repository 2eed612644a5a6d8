from datetime import date

import pytest

from foundations.dates import NotAPartialDate, PartialDate, parse


def test_the_earliest_day_is_never_after_the_latest():
    with pytest.raises(NotAPartialDate):
        PartialDate("", date(2011, 5, 2), date(2011, 5, 1), "range")


def test_an_unknown_precision_is_refused():
    with pytest.raises(NotAPartialDate):
        PartialDate("", None, None, "fortnight")


def test_only_the_empty_value_is_false():
    assert not PartialDate.none()
    assert parse("No date").value


@pytest.mark.parametrize(
    ("one", "other", "overlap"),
    [
        ("12.05.2011", "May 2011", True),
        ("12.05.2011", "13.05.2011", False),
        ("by July 2009", "2009", True),
        ("by July 2009", "August 2009", False),
        ("since 2009", "12.05.2011", True),
        ("since 2009", "before 2009", False),
        ("ongoing", "2009", False),
        ("No date", "No date", False),
        ("31 September 2020", "autumn 2020", True),
    ],
)
def test_two_dates_overlap_when_both_can_mean_one_day(one, other, overlap):
    assert parse(one).value.overlaps(parse(other).value) is overlap


def test_dates_sort_by_earliest_then_latest_with_undated_last():
    in_order = ["by July 2009", "2009", "since 2009", "February 2009", "12.05.2011", "No date"]
    mixed = [parse(text).value for text in in_order[::-1]]

    mixed.sort(key=lambda value: value.sort_key)

    assert [value.text for value in mixed] == in_order


def test_a_date_as_json():
    assert parse("mid-September 2011").value.to_json() == {
        "text": "mid-September 2011",
        "earliest": "2011-09-11",
        "latest": "2011-09-20",
        "precision": "part-month",
        "circa": True,
        "base": None,
    }


@pytest.mark.parametrize(
    "data", [None, "2011", [], {"earliest": "May"}, {"precision": "fortnight"}]
)
def test_json_that_is_no_date_is_refused(data):
    with pytest.raises(NotAPartialDate):
        PartialDate.from_json(data)
