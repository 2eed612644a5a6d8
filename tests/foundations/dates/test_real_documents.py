"""Every date as written in the published documents, against what a reader expects of it."""

import json
import os
from datetime import date
from pathlib import Path

import pytest

from foundations.dates import PartialDate, find_dates, parse

SHARED = Path(__file__).resolve().parents[4] / "shared" / "documents"
EXPECTED = SHARED / "expected"

pytestmark = pytest.mark.real_documents


@pytest.fixture(scope="module", autouse=True)
def _documents_are_there():
    if EXPECTED.is_dir():
        return
    if os.environ.get("CI") == "true":
        pytest.fail(f"The published documents are missing: {EXPECTED}")
    pytest.skip(f"The published documents are not there: {EXPECTED}")


def test_every_chronology_date_reads_as_expected(record_property):
    read, wrong, _ = _chronologies()

    record_property("dates right", f"{read - len(wrong)} of {read}")
    assert wrong == []
    assert read == 171


def test_chronology_dates_that_are_right_leave_few_doubts():
    read, _, doubts = _chronologies()

    assert doubts <= read * 0.05


def test_every_target_date_of_the_action_plan_reads_as_expected():
    targets = [
        target for row in _rows("rotherham-ma1-action-plan") for target in row["target_dates"]
    ]

    wrong = [
        target for target in targets if _differs(parse(target["as_written"] or "").value, target)
    ]

    assert wrong == []
    assert len(targets) == 97


def test_the_dates_of_each_target_cell_are_found_in_order():
    rows = _rows("rotherham-ma1-action-plan")

    wrong = []
    for row in rows:
        expected = [one["as_written"] for one in row["target_dates"] if one["as_written"]]
        found = [one.text for one in find_dates(row["target_date_as_written"], limits=False)]
        if [" ".join(text.split()) for text in expected] != found:
            wrong.append((row["row_number"], expected, found))

    assert wrong == []


def test_every_target_date_of_the_cabinet_response_reads_as_expected():
    targets = [
        target for row in _rows("rotherham-cabinet-response") for target in row["target_dates"]
    ]

    wrong = [target for target in targets if _differs(parse(target["as_written"]).value, target)]

    assert wrong == []
    assert len(targets) == 24


def test_every_label_of_an_update_in_the_cabinet_response_reads_as_expected():
    updates = [
        action
        for row in _rows("rotherham-cabinet-response")
        for action in row["actions"]
        if action["label"]
    ]

    wrong = [one["label"] for one in updates if _differs(parse(one["label"]).value, one["date"])]

    assert wrong == []
    assert len(updates) > 20


def _chronologies():
    """(dates read, those that differ, doubts on those that are right)"""
    read, wrong, doubts = 0, [], 0
    for file in sorted((EXPECTED / "rotherham-ma1-chronologies").glob("*.json")):
        for part in json.loads(file.read_text())["parts"]:
            above = None
            for entry in part["entries"]:
                reading = parse(entry["date_as_written"] or "", above=above)
                above = reading.value
                read += 1
                if (
                    _differs(reading.value, entry["date"])
                    or reading.inherited != entry["date_inherited"]
                ):
                    wrong.append((file.stem, entry["entry"], reading))
                elif reading.doubts and reading.value.precision != "invalid":
                    doubts += 1
    return read, wrong, doubts


def _differs(value: PartialDate, expected):
    return (value.earliest, value.latest, value.precision, value.circa) != (
        expected["earliest"] and date.fromisoformat(expected["earliest"]),
        expected["latest"] and date.fromisoformat(expected["latest"]),
        expected["precision"],
        expected["circa"],
    )


def _rows(name):
    return json.loads((EXPECTED / f"{name}.json").read_text())["rows"]
