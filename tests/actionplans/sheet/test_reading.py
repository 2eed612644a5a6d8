import datetime as dt
import io

import pytest

from actionplans.asking import sheet as asking
from actionplans.sheet import workbook
from actionplans.sheet.reading import NotASheet, read_pasted, read_workbook
from actionplans.sheet.standing import Plan
from foundations.office import Sheet, write_workbook
from reviews.rules import Role
from tests.actionplans.sheet.sheets import Edited, pasted
from tests.conftest import with_role
from tests.factories.actionplans import RecommendationLeadFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def row():
    one = RecommendationLeadFactory(
        recommendation__due="March 2027", recommendation__number="3"
    ).recommendation
    return one.rows.get()


@pytest.fixture
def edited(row):
    return Edited(row.review, with_role(Role.COORDINATOR, row.review))


def read(edited):
    return read_workbook(edited.content(), "plan.xlsx")


def test_the_workbook_hides_which_row_is_which(row, edited):
    columns = edited.sheet.column_dimensions

    assert (columns["A"].hidden, columns["A"].min, columns["A"].max) == (True, 1, 2)
    assert not columns["C"].hidden
    assert edited.book[workbook.ABOUT].sheet_state == "hidden"
    assert edited.get(2, "Row") == str(row.pk)
    assert edited.get(2, "Target date") == "March 2027"


def test_what_was_taken_away_reads_back_as_it_was(row, edited):
    returned = read(edited)

    asked = returned.rows[0]
    assert (asked.id, asked.texts["recommendation"]) == (str(row.pk), row.text)
    assert returned.reference == row.review.reference
    assert returned.taken == {str(row.pk)}
    assert returned.warnings == []


def test_a_day_that_excel_keeps_as_a_date_is_read_as_that_day(edited):
    edited.put(2, "Target date", dt.date(2027, 4, 5))
    edited.sheet.cell(2, edited.at("Target date")).number_format = "dd/mm/yyyy"

    assert read(edited).rows[0].texts["target"] == "5 April 2027"


def test_a_month_that_excel_turned_into_a_day_stays_a_month(edited):
    edited.put(2, "Target date", dt.date(2027, 4, 1))
    edited.sheet.cell(2, edited.at("Target date")).number_format = "mmm-yy"

    assert read(edited).rows[0].texts["target"] == "April 2027"


def test_a_workbook_without_the_headings_is_refused(edited):
    edited.sheet.delete_rows(1)

    with pytest.raises(NotASheet, match="headings of the plan"):
        read(edited)


def test_a_workbook_with_nothing_below_the_headings_is_refused(edited):
    edited.sheet.delete_rows(2)

    with pytest.raises(NotASheet, match="no row below"):
        read(edited)


def test_a_heading_that_stands_there_twice_is_said(edited):
    edited.sheet.cell(1, edited.at("Owner")).value = "Theme"

    assert read(edited).repeated == ("Theme",)


def test_pasted_cells_are_read_with_their_line_breaks():
    text = pasted(
        ("Number", "Action", "Owner"), ("3", '"Train\nevery officer"', "Head of training")
    )

    returned = read_pasted(text)

    assert [row.texts for row in returned.rows] == [
        {"number": "3", "action": "Train\nevery officer", "owner": "Head of training"}
    ]


def test_cells_pasted_without_their_headings_are_refused():
    with pytest.raises(NotASheet, match="row with the headings"):
        read_pasted(pasted(("3", "Train every officer"), ("4", "Audit")))


@pytest.mark.parametrize(
    ("headings", "said"),
    [
        (
            ("Number", "Foo"),
            "Beside “Number” no heading is known. .*Lead agency.* Not known: “Foo”",
        ),
        (("Action", "Owner", "Foo"), "“Number” is missing .* Not known: “Foo”"),
    ],
)
def test_of_headings_that_are_too_few_the_known_and_the_missing_are_named(headings, said):
    with pytest.raises(NotASheet, match=said):
        read_pasted(pasted(headings, ("3", "Train", "Head of training")))


def test_the_sheet_of_a_request_is_refused_and_told_where_it_belongs():
    stream = io.BytesIO()
    write_workbook(
        [Sheet("Updates", asking.HEADINGS, [("", "", "", "3", "Train")], asking.WIDTHS)], stream
    )

    with pytest.raises(NotASheet, match="answers a request for updates"):
        read_workbook(stream.getvalue(), "updates.xlsx")


def test_rows_are_written_in_the_order_of_the_plan(row):
    RecommendationLeadFactory(
        recommendation__review=row.review, recommendation__number="1", recommendation__position=0
    )
    plan = Plan(row.review, with_role(Role.COORDINATOR, row.review))

    assert [one.texts["number"] for one in plan.rows] == ["1", "3"]
