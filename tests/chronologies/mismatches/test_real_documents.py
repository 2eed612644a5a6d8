"""The sixteen chronologies of ../shared/documents, against what a careful reader found in them."""

import json
import os
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import call_command

from tests.factories.reviews import PersonFactory, ReviewFactory

SHARED = Path(__file__).resolve().parents[3].parent / "shared" / "documents"
FOLDER = "rotherham-ma1-chronologies"
MOST_IN_A_HUNDRED = 30
ONLY_BY_AN_ALIAS = {"U02"}  # the hospital goes by another name than its trust

pytestmark = [pytest.mark.real_documents, pytest.mark.django_db]


def _document(*path):
    found = SHARED.joinpath(*path)
    if not found.exists():
        if os.environ.get("CI") == "true":
            pytest.fail(f"{found} is missing")
        pytest.skip(f"no published documents here: {found} is missing")
    return found


def _json(*path):
    return json.loads(_document(*path).read_text(encoding="utf-8"))


def _place(file, location):
    if "sheet" in location:
        return (file, location["sheet"], location["row"])
    return (file, location.get("table", 1), location.get("row") or location["record"])


def _places():
    """{(file, sheet, number of the entry): where it stands}"""
    places = {}
    for path in sorted(_document("expected", FOLDER).iterdir()):
        expected, file = json.loads(path.read_text(encoding="utf-8")), path.name[: -len(".json")]
        for part in expected["parts"]:
            for entry in part["entries"]:
                places[file, part.get("sheet"), entry["entry"]] = _place(file, entry["location"])
    return places


def _run(*words):
    out = StringIO()
    call_command(*words, stdout=out, stderr=StringIO())
    return out.getvalue()


def _imported(with_aliases):
    review = ReviewFactory(reference="MA1")
    for pseudonym in ("MA 1", "MA 2", "FA 1"):
        PersonFactory(review=review, pseudonym=pseudonym)
    agencies = {}
    for agency in _json("rotherham-ma1-review.json")["imr_agencies"]:
        names = []
        if with_aliases:
            names = [word for alias in agency["aliases"] for word in ("--alias", alias)]
            names += ["--short", agency["abbreviation"]] if agency["abbreviation"] else []
        _run("create_agency", "--name", agency["name"], *names)
        agencies[agency["chronology_file"]] = agency["name"]
    for path in sorted(_document(FOLDER).iterdir()):
        agency = ["--agency", agencies[path.name]] if path.name in agencies else []
        _run("import_chronology", str(path), "--review", "MA1", *agency)
    return review


def _found():
    rows = json.loads(_run("find_mismatches", "--review", "MA1", "--format", "json"))["mismatches"]
    for row in rows:
        row["places"] = {
            (entry["file"], entry["at"]["part"], entry["at"]["row"]) for entry in row["entries"]
        }
    return [row for row in rows if row["confidence"] != "low"]


def _is_found(example, found, places):
    wanted = {
        places[entry["file"].split("/")[-1], entry.get("sheet"), entry["entry"]]
        for entry in example["entries"]
    }
    kinds = {kind.replace(" ", "-") for kind in (example["kind"], *example.get("also_kind", ()))}
    agencies = {name.split(" Drug")[0].split(" Mental")[0] for name in example["agencies"]}
    return any(
        row["places"] & wanted
        and kinds & {row["kind"], *row["also_kind"]}
        and any(name.startswith(agency[:8]) or agency == "RDaSH" for name in row["agencies"] for agency in agencies)
        for row in found
    )  # fmt: skip


@pytest.mark.parametrize("with_aliases", [True, False])
def test_what_a_careful_reader_found_is_found(with_aliases):
    _imported(with_aliases)
    examples = _json("rotherham-ma1-mismatch-examples.json")
    wanted = [m for m in examples["mismatches"] if m["detectable"] == "yes"]
    wanted += examples["visible_but_not_stated"]
    places, found = _places(), _found()

    missed = {m["id"] for m in wanted if not _is_found(m, found, places)}

    assert missed <= (set() if with_aliases else ONLY_BY_AN_ALIAS)
    assert len(found) * 100 <= len(places) * MOST_IN_A_HUNDRED
    for pair in examples["matching_pairs"]:
        both = {
            places[entry["file"].split("/")[-1], entry.get("sheet"), entry["entry"]]
            for entry in pair["entries"]
        }
        assert [row["explanation"] for row in found if both <= row["places"]] == [], pair["what"]
