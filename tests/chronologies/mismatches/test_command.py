import json
from io import StringIO

import pytest
from django.core.management import call_command

from chronologies.mismatches.models import Mismatch
from reviews.rules import State
from tests.chronologies.mismatches.telling import HOUSING, SUPPORT
from tests.factories.chronologies import SourceFileFactory

pytestmark = pytest.mark.django_db


def run(reference):
    out, code = StringIO(), 0
    try:
        call_command("find_mismatches", "--review", reference, "--format", "json", stdout=out)
    except SystemExit as end:
        code = end.code
    return code, json.loads(out.getvalue())


def test_it_tells_what_it_found_as_the_contract_has_it(told):
    part = told.parts[HOUSING]
    file = SourceFileFactory(participation=part, name="housing.csv")
    told(
        HOUSING, "12.03.2012", "MA 1 was referred to Harbour and Wold Support.",
        source_file=file, part_kind="csv", part="1", row=7,
    )  # fmt: skip

    code, told_ = run(told.review.reference)

    assert (code, set(told_)) == (0, {"mismatches", "seconds"})
    (one,) = told_["mismatches"]
    assert one == {
        "id": one["id"],
        "kind": "sent-no-receipt",
        "also_kind": [],
        "entries": [
            {
                "agency": HOUSING,
                "file": "housing.csv",
                "at": {"part_kind": "csv", "part": 1, "row": 7},
            }
        ],
        "agencies": [HOUSING, SUPPORT],
        "missing_from": SUPPORT,
        "date": {
            "text": "12.03.2012",
            "earliest": "2012-03-12",
            "latest": "2012-03-12",
            "precision": "day",
            "circa": False,
            "base": None,
        },
        "explanation": Mismatch.objects.get().explanation,
        "confidence": "medium",
    }


def test_the_id_is_the_same_while_the_evidence_is(told):
    entry = told(HOUSING, "12.03.2012", "MA 1 was referred to Harbour and Wold Support.")
    first = run(told.review.reference)[1]["mismatches"][0]["id"]
    second = run(told.review.reference)[1]["mismatches"][0]["id"]
    entry.comment = "By telephone."
    entry.save()

    third = run(told.review.reference)[1]["mismatches"][0]["id"]

    assert first == second != third


def test_the_surest_stand_first_then_by_date(told):
    told(HOUSING, "May 2012", "MA 1 was signposted and the officer telephoned Northfield Police.")
    told(HOUSING, "12.03.2013", "MA 1 was referred to Harbour and Wold Support.")
    told(HOUSING, "12.03.2012", "MA 1 was referred to Harbour and Wold Support.")

    rows = run(told.review.reference)[1]["mismatches"]

    order = [(row["confidence"], row["date"]["earliest"]) for row in rows]
    rank = {"high": 0, "medium": 1, "low": 2}
    assert order == sorted(order, key=lambda row: (rank[row[0]], row[1]))


def test_a_review_that_is_not_there_is_refused():
    code, told_ = run("DHR-404")

    assert code == 1
    assert told_ == {
        "refused": [{"where": "--review DHR-404", "message": "There is no review “DHR-404”."}]
    }


def test_a_review_that_ended_is_refused(told):
    told.review.state = State.CLOSED
    told.review.save()

    code, told_ = run(told.review.reference)

    assert (code, list(told_)) == (1, ["refused"])
