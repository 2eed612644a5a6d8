"""The scan on the published documents: what must be found, and how little else is.

The documents are not in this repository. Where they are absent the tests skip and say so; under
CI=true their absence fails.
"""

import json
import os
from pathlib import Path

import pytest

from reports.leaks.engine import Scanner
from reports.leaks.register import Register, register_from_json
from reports.leaks.scanning import scan

SHARED = Path(__file__).resolve().parents[3].parent / "shared" / "documents"

pytestmark = pytest.mark.real_documents


def _document(name):
    found = sorted(SHARED.glob(name))
    if not found:
        if os.environ.get("CI") == "true":
            pytest.fail(f"{SHARED / name} is absent, and CI must read it.")
        pytest.skip(f"{name} is absent: the published documents are not part of this repository.")
    return found[0]


@pytest.fixture(scope="module")
def rotherham():
    """With the date of death that the report lets slip, to be published as its season."""
    facts = json.loads(_document("rotherham-ma1-review.json").read_text(encoding="utf-8"))
    people = [{"pseudonym": one["code"], "role": one["role"]} for one in facts["subjects"]]
    people[0] |= {"died": "06.10.2013", "publish": {"died": "season"}}
    professionals = [facts["chair"]["name"], *(one["name"] for one in facts["panel"])]
    register = {
        "people": people,
        "professionals": professionals,
        "places": [
            {"name": one["name"], "aliases": one.get("aliases", [])}
            for one in facts["imr_agencies"]
        ],
    }
    return Scanner(register_from_json(register))


def _scan(scanner, name):
    path = _document(name)
    return scan(scanner, path.read_bytes(), path.name).hits


def test_the_exact_date_of_death_in_5_3_2_is_found(rotherham):
    hits = _scan(rotherham, "source/000_*.txt")

    grave = [hit for hit in hits if hit.severity == "high"]
    assert [(hit.location, hit.text, hit.kind, hit.person) for hit in grave] == [
        ("line 211, paragraph 5.3.2", "06.10.2013", "date of death", "MA 1"),
        ("line 337, paragraph 5.9.5", "06.10.2013", "date of death", "MA 1"),
    ]


def test_nothing_else_is_told_of_that_report_but_the_month(rotherham):
    hits = _scan(rotherham, "source/000_*.txt")

    rest = [hit for hit in hits if hit.severity != "high"]
    assert [(hit.severity, hit.text, hit.kind) for hit in rest] == [
        ("low", "October 2013", "date of death")
    ]


@pytest.mark.parametrize("name", ["source/001_*.txt", "source/004_*.txt"])
def test_a_sheet_and_an_analysis_that_name_nobody_raise_no_alarm(name):
    assert _scan(Scanner(Register()), name) == ()


def test_the_author_of_a_summary_is_all_that_is_told_of_it():
    hits = _scan(Scanner(Register()), "source/003_*.txt")

    assert {(hit.kind, hit.severity) for hit in hits} == {("unknown name", "medium")}
    assert len({hit.text for hit in hits}) == 1


def test_the_chronologies_tell_of_nobody(rotherham):
    folder = _document("rotherham-ma1-chronologies")

    told = {path.name: scan(rotherham, path.read_bytes(), path.name) for path in folder.iterdir()}

    assert {name: one.hits for name, one in told.items() if one.hits} == {}
    assert len(told) == 16
