"""Every row of the published documents, where they lie beside the checkout."""

import json
import os
from pathlib import Path

import pytest

from foundations.office.reading import read_file

SHARED = Path(__file__).resolve().parents[3].parent / "shared" / "documents"
CHRONOLOGIES = [
    "action-housing-and-support.csv",
    "adult-social-care.xlsx",
    "choices-and-options.docx",
    "headway.docx",
    "housing-and-neighbourhood-services.csv",
    "idva.docx",
    "lifeline.docx",
    "pre-april-2007-relevant-events.docx",
    "rdash.xlsx",
    "rotherham-nhs-foundation-trust.xlsx",
    "sheffield-teaching-hospitals.docx",
    "south-yorkshire-police.xlsx",
    "south-yorkshire-probation-trust.csv",
    "st-anns-medical-centre.csv",
    "stag-medical-centre.xlsx",
    "yorkshire-ambulance-service.csv",
]

pytestmark = [
    pytest.mark.real_documents,
    pytest.mark.skipif(
        not SHARED.is_dir() and os.environ.get("CI") != "true",
        reason="the published documents are not beside this checkout (../shared/documents)",
    ),
]


def read(name):
    return read_file((SHARED / name).read_bytes(), name)


def expected(name):
    return json.loads((SHARED / "expected" / f"{name}.json").read_text())


def plain(text):
    return " ".join((text or "").split())


def cells_at(document, location):
    """The row that an expectation points to."""
    name = location.get("sheet", location.get("table", 1))
    number = location.get("row", location.get("record"))
    return {(part.name, row.number): row for part in document.parts for row in part.rows}[
        name, number
    ].cells


@pytest.mark.parametrize("name", CHRONOLOGIES)
def test_every_entry_of_a_chronology_is_read(name):
    document = read(f"rotherham-ma1-chronologies/{name}")
    parts = expected(f"rotherham-ma1-chronologies/{name}")["parts"]
    entries = [entry for part in parts for entry in part["entries"]]

    missed = []
    for entry in entries:
        texts = [plain(cell.text) for cell in cells_at(document, entry["location"])]
        if plain(entry["text"]) not in texts:
            missed.append(entry["location"])
        if entry["date_as_written"] and plain(entry["date_as_written"]) not in texts:
            missed.append(entry["date_as_written"])

    assert missed == []
    assert document.warnings == ()


def test_every_row_of_the_action_plan_is_read():
    [table, _] = read("rotherham-ma1-action-plan.docx").parts
    plan = expected("rotherham-ma1-action-plan")

    assert [row.number for row in table.rows] == list(range(1, 121))
    rows = {row.number: row.cells for row in table.rows}
    for wanted in plan["rows"]:
        recommendation, lead, actions, milestones, target = rows[wanted["table_row"]]
        assert plain(recommendation.text).endswith(plain(wanted["text"]))
        assert plain(lead.text) == plain(wanted["lead_as_written"])
        assert plain(target.text) == plain(wanted["target_date_as_written"])
        assert len(actions.items) >= len(wanted["actions"])
        assert len(milestones.items) >= len(wanted["milestones"])


def test_the_banners_of_the_action_plan_are_read_once():
    [table, _] = read("rotherham-ma1-action-plan.docx").parts
    rows = {row.number: row.texts for row in table.rows}

    for banner in expected("rotherham-ma1-action-plan")["banners"]:
        assert rows[banner["table_row"]] == (banner["text"], "", "", "", "")


def test_the_numbers_of_nested_recommendations_are_worked_out():
    [paragraphs] = read("nuneaton-nb01-recommendations.docx").parts
    wanted = expected("nuneaton-nb01-recommendations")
    cells = [row.cells[0] for row in paragraphs.rows]

    top = [cell for cell in cells if cell.level == 0]
    assert [cell.label for cell in top] == [f"{number}." for number in range(1, 38)]
    assert [plain(cell.text) for cell in top] == [plain(row["text"]) for row in wanted["rows"]]
    assert [sum(cell.level == level for cell in cells) for level in (0, 1, 2)] == [
        wanted["counts"]["recommendations"],
        wanted["counts"]["lettered_items"],
        wanted["counts"]["roman_items"],
    ]


def test_every_row_of_the_cabinet_response_is_read():
    table = read("rotherham-cabinet-response.docx").parts[0]
    wanted = expected("rotherham-cabinet-response")["table"]

    assert [row.number for row in table.rows] == list(range(1, wanted["document_rows"] + 1))
    assert {len(row.cells) for row in table.rows} == {wanted["grid_columns"]}
