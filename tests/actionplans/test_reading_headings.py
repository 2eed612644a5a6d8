"""What a column holds, by the words over it and by what stands in it."""

import pytest

from actionplans.headings import find_layout
from actionplans.vocabulary import Field, field_of
from foundations.office.tables import Cell, Row


@pytest.mark.parametrize(
    ("heading", "field"),
    [
        ("No.", Field.NUMBER),
        ("#", Field.NUMBER),
        ("Rec. No", Field.NUMBER),
        ("Ref No", Field.NUMBER),
        ("Action ref", Field.ACTION_NUMBER),
        ("Recommendation (from the overview report)", Field.RECOMMENDATION),
        ("Single agency recommendations", Field.RECOMMENDATION),
        ("What is the over-arching recommendation?", Field.RECOMMENDATION),
        ("Scope of recommendation (i.e. local or regional)", Field.SCOPE),
        ("Action(s) to taken", Field.ACTION),
        ("Actions required to implement recommendation", Field.ACTION),
        ("What will be done?", Field.ACTION),
        ("Action taken", Field.UPDATE),
        ("Progress to date", Field.UPDATE),
        ("Cabinet Response and Update (5th May 2021)", Field.UPDATE),
        ("Lead agency", Field.AGENCY),
        ("Officer Responsible", Field.OFFICER),
        ("By whom", Field.OFFICER),
        ("Ownership", Field.LEAD),
        ("By whom and by when", Field.LEAD_AND_TARGET),
        ("By when?", Field.TARGET),
        ("Action by (Date)", Field.TARGET),
        ("Target completion date", Field.TARGET),
        ("Date of completion and outcome", Field.COMPLETION),
        ("Actual completion date", Field.COMPLETION),
        ("RAG rating", Field.STATUS),
        ("Closed Y/N", Field.STATUS),
        ("Cabinet Decision", Field.DECISION),
        ("Accepted / Rejected", Field.DECISION),
        ("Key milestones achieved in enacting recommendation", Field.MILESTONE),
        ("Outcome", Field.OUTCOME),
        ("Desired outcome", Field.OTHER),
        ("How will we know it worked?", Field.OTHER),
        ("Evidence of completion", Field.EVIDENCE),
        ("Theme", Field.GROUP),
        ("Learning point", Field.FINDING),
        ("Westshire Police", None),
        ("", None),
    ],
)
def test_heading(heading, field):
    assert field_of(heading) is field


def rows(*texts):
    return [Row(number, [Cell.of(text) for text in row]) for number, row in enumerate(texts, 1)]


def fields(*texts):
    _, layout = find_layout(rows(*texts))
    return [column.field for column in layout.columns]


def test_prompts_may_stand_in_the_heading_cells():
    assert fields(["Recommendation\nWhat should change?", "Lead agency\nWho will do it?"]) == [
        Field.RECOMMENDATION,
        Field.AGENCY,
    ]


def test_action_by_is_a_date_where_dates_stand_below():
    assert fields(
        ["Recommendation", "Action by"], ["Do this", "May 2020"], ["Do that", "June 2020"]
    ) == [Field.RECOMMENDATION, Field.TARGET]


def test_response_that_only_decides_is_a_decision():
    assert fields(
        ["Recommendation", "Response", "Lead"],
        ["Do this", "Agreed", "A"],
        ["Do that", "Rejected", "B"],
    ) == [Field.RECOMMENDATION, Field.DECISION, Field.LEAD]


def test_status_column_of_long_texts_reports_progress():
    long = "The group has met twice and has drafted a paper for the board in May"
    assert fields(["Recommendation", "Status"], ["Do this", long], ["Do that", long]) == [
        Field.RECOMMENDATION,
        Field.UPDATE,
    ]


def test_action_taken_is_the_action_where_there_is_no_other():
    assert fields(["Recommendation", "Action taken", "Lead"]) == [
        Field.RECOMMENDATION,
        Field.ACTION,
        Field.LEAD,
    ]


def test_unnamed_column_of_numbers_numbers():
    assert fields(["", "Recommendation", "Lead"], ["1", "Do this", "A"], ["2", "Do that", "B"]) == [
        Field.NUMBER,
        Field.RECOMMENDATION,
        Field.LEAD,
    ]


def test_row_of_text_is_no_heading():
    assert find_layout(rows(["1", "The Trust should act", "Named Nurse", "May 2020"])) is None
