"""One target cell at a time: its dates, for whom, and the statuses typed beside them."""

import pytest

from actionplans.targets import dates_mentioned, read_target_cells, without_dates
from foundations.office.tables import Cell


def target_cell(text):
    return read_target_cells([Cell.of(text)])


def dates(text):
    return [(one.date.text, one.date.precision, one.label) for one in target_cell(text).targets]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("by April 2014", [("April 2014", "month", None)]),
        ("31.3.22", [("31.3.22", "day", None)]),
        ("2023", [("2023", "year", None)]),
        ("12/2021", [("12/2021", "month", None)]),
        ("May 2021 and June 2021", [("May 2021", "month", None), ("June 2021", "month", None)]),
        (
            "Training: May 2021; Audit: June 2021",
            [("May 2021", "month", "Training"), ("June 2021", "month", "Audit")],
        ),
        (
            "May 2021 – training\nJune 2021 – audit",
            [("May 2021", "month", "training"), ("June 2021", "month", "audit")],
        ),
        (
            "Action 1 – May 2020, Action 2 – June 2020",
            [("May 2020", "month", "Action 1"), ("June 2020", "month", "Action 2")],
        ),
        ("Ongoing", [("Ongoing", "ongoing", None)]),
        ("Immediately", [("Immediately", "relative", None)]),
        ("When funding allows", [("When funding allows", "none", None)]),
        ("Completed", []),
        ("N/A", []),
    ],
)
def test_dates_of_a_target_cell(text, expected):
    assert dates(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Completed 30.06.14 and ongoing", [("completed", "Completed"), ("ongoing", "ongoing")]),
        ("June 2015 (overdue)", [("overdue", "overdue")]),
        ("To be completed by June 2015", [("open", "")]),
        ("Already in place", [("completed", "Already in place")]),
        ("31.3.22 - complete", [("completed", "complete")]),
        ("Partially completed", [("in progress", "Partially completed")]),
        ("Not yet started", [("not started", "Not yet started")]),
        ("March 2014", []),
    ],
)
def test_statuses_of_a_target_cell(text, expected):
    assert target_cell(text).statuses == expected


def test_impossible_day_is_kept_with_a_doubt():
    found = target_cell("31st September 2020")

    assert [one.date.precision for one in found.targets] == ["invalid"]
    assert found.doubts == ["September 2020 has no day 31."]


@pytest.mark.parametrize("text", ["April", "End of March", "Q1 21/22"])
def test_date_nobody_can_place_is_a_doubt(text):
    assert target_cell(text).doubts == [f"No date could be read in “{text}”."]


def test_typed_numbers_join_dates_and_statuses():
    found = target_cell("1. 31/03/2021\n2. 30/06/2021 Complete")

    assert [(one.number, one.date.text, one.status) for one in found.targets] == [
        ("1", "31/03/2021", None),
        ("2", "30/06/2021", "completed"),
    ]


def test_milestone_gives_dates_and_no_bare_year():
    assert [
        one.text
        for one in dates_mentioned("Audit by June 2014 under the 1999 guidance, 4 weeks on")
    ] == ["June 2014"]


def test_lead_without_the_date_beside_it():
    assert without_dates("Head of Contact by July 2021").strip() == "Head of Contact"
