"""Whatever stands in a table: the reader ends, and every row is somewhere."""

import json

from hypothesis import given, settings
from hypothesis import strategies as st

from actionplans.reading import NotAnActionPlan, read_action_plan
from foundations.office.documents import Document, Part
from foundations.office.tables import Cell, Row

HEADINGS = [
    "Recommendation", "No", "Action", "Lead agency", "Target date", "Status", "RAG", "Progress",
    "Date of completion and outcome", "Scope", "Cabinet Decision", "Theme", "", "By whom and by when",
]  # fmt: skip
TEXTS = [
    "", "-", "1", "1.1", "10", "a) first part", "b) second part", "1. The Board should act.", "and continue",
    "Westshire Police", "THE TRUST", "May 2020", "Completed 30.06.14 and ongoing", "TBC", "What is this?",
    "Recommendation 1: Do it", "Recommendation 2", "Key: red = bad", "Jo Bloggs/Sam Lee", "Green",
    "November 2014:\nDone", "The Panel recommends that the Safer Partnership:", "Reject (see note)",
    "31 September 2020", "In 4 weeks", "\u200f", "Total", "• one\n• two", "All agencies including A, B and C",
    "&", "()", "/", "–", "Mr", ",;/&",
]  # fmt: skip


@st.composite
def tables(draw, name):
    width = draw(st.integers(1, 6))
    rows = []
    for number in range(1, draw(st.integers(1, 9))):
        texts = HEADINGS if number == 1 else TEXTS
        cells = []
        for column in range(width):
            merged = draw(st.integers(0, 12))
            if merged == 0 and column:
                cells.append(Cell(origin=(number, column - 1)))
            elif merged == 1 and rows:
                cells.append(Cell(origin=(number - 1, column)))
            else:
                cells.append(Cell.of(draw(st.sampled_from(texts))))
        rows.append(Row(number, cells))
    return Part(draw(st.sampled_from(["table", "sheet", "csv"])), name, rows)


@given(tables(1), tables(2), st.booleans())
@settings(max_examples=150, deadline=None)
def test_every_row_of_any_table_is_accounted_for(first, second, knows_agencies):
    document = Document("docx", [first, second])

    try:
        plan = read_action_plan(document, agencies=["Westshire Police"] if knows_agencies else ())
    except NotAnActionPlan:
        return

    somewhere = {place for one in plan.recommendations for place in one.rows}
    somewhere |= {one.at for one in plan.not_rows} | {one.at for one in plan.rejected}
    everywhere = {(part.name, row.number) for part in document.parts for row in part.rows}
    assert {(place.part, place.row) for place in somewhere} == everywhere
    assert plan.rows_read == len(first.rows) + len(second.rows)
    assert json.loads(json.dumps(plan.to_json()))["rows_read"] == plan.rows_read
