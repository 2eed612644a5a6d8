import json

import pytest
from django.core.management import call_command

from actionplans.models import Recommendation
from reviews.rules import State
from tests.actionplans.files import REFER, TRAIN, changed, plan
from tests.factories.agencies import AgencyFactory
from tests.factories.reviews import ReviewFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def command(tmp_path, capsys):
    """command(content, **options) -> (exit code, what it said)"""

    def run(content, name="plan.csv", review=None, **options):
        file = tmp_path / name
        if content is not None:
            file.write_bytes(content)
        reference = review.reference if review else ReviewFactory().reference
        code = 0
        try:
            call_command(
                "import_action_plan", str(file), review=reference, format="json", **options
            )
        except SystemExit as ending:
            code = ending.code
        return code, json.loads(capsys.readouterr().out)

    return run


def test_what_was_read_is_told(command):
    code, said = command(plan(TRAIN, REFER))

    assert code == 0
    assert (said["rows_read"], said["saved"], said["added"]) == (3, True, 2)
    first = said["recommendations"][0]
    assert (first["id"], first["number"], first["parent"], first["text"]) == (
        1,
        "1",
        None,
        TRAIN[1],
    )
    assert first["lead_agencies"] == ["Northbank Police"]
    assert [action["text"] for action in first["actions"]] == ["Write the course"]
    assert first["target"] == {
        "text": "March 2024",
        "earliest": "2024-03-01",
        "latest": "2024-03-31",
        "precision": "month",
        "circa": False,
        "base": None,
    }
    assert (first["status"], first["status_as_written"]) == ("in progress", "In progress")
    assert first["at"] == {"part_kind": "csv", "part": 1, "row": 2}
    assert Recommendation.objects.count() == 2


def test_a_dry_run_leaves_no_trace(command):
    code, said = command(plan(TRAIN), dry_run=True)

    assert (code, said["saved"], said["added"]) == (0, False, 1)
    assert Recommendation.objects.count() == 0


def test_the_same_file_again_doubles_nothing(command):
    review = ReviewFactory()
    command(plan(TRAIN, REFER), review=review)

    code, said = command(plan(TRAIN, REFER), review=review)

    assert (code, said["added"], said["changed"], said["removed"]) == (0, 0, 0, 0)
    assert Recommendation.objects.count() == 2


def test_bodies_that_are_new_are_told_once(command):
    AgencyFactory(name="Northbank Police")

    _, said = command(plan(TRAIN, REFER, changed(REFER, number="3", text="Open a second refuge")))

    assert said["new_agencies"] == ["Northbank Housing"]
    assert [doubt["column"] for doubt in said["doubts"]] == ["lead_agency"]


def test_duplicates_are_told(command):
    _, said = command(plan(TRAIN, changed(TRAIN, number="2")))

    assert said["duplicates"] == [[1, 2]]


@pytest.mark.parametrize(
    ("content", "name"),
    [
        (b"", "empty.csv"),
        (b"%PDF-1.7", "plan.pdf"),
        (b"PK\x03\x04 cut off", "plan.docx"),
        (b"Dear all,\nplease find nothing here\n", "letter.csv"),
        (None, "missing.csv"),
    ],
)
def test_what_cannot_be_read_is_refused_by_name(command, content, name):
    code, said = command(content, name)

    assert (code, said["saved"]) == (1, False)
    assert name in said["refused"][0]["where"]
    assert Recommendation.objects.count() == 0


def test_an_unknown_review_is_refused(command, tmp_path, capsys):
    file = tmp_path / "plan.csv"
    file.write_bytes(plan(TRAIN))

    with pytest.raises(SystemExit) as ending:
        call_command("import_action_plan", str(file), review="NONE", format="json")

    assert ending.value.code == 1
    assert json.loads(capsys.readouterr().out)["refused"] == [
        {"where": "--review NONE", "message": "There is no review “NONE”."}
    ]


def test_a_mapping_says_what_the_columns_hold(command, tmp_path):
    mapping = tmp_path / "mapping.json"
    mapping.write_text(json.dumps({"recommendation": "Words", "lead_agency": "Whose"}))
    content = plan(("Train staff", "Northbank Police"), headings=("Words", "Whose"))

    code, said = command(content, mapping=str(mapping))

    assert (code, [one["text"] for one in said["recommendations"]]) == (0, ["Train staff"])


@pytest.mark.parametrize(
    "written", ["{", "[]", '{"colour": "Words"}', '{"recommendation": 3}'], ids=str
)
def test_a_mapping_that_is_none_is_refused(command, tmp_path, written):
    mapping = tmp_path / "mapping.json"
    mapping.write_text(written)

    code, said = command(plan(TRAIN), mapping=str(mapping))

    assert (code, said["saved"], len(said["refused"])) == (1, False, 1)


def test_without_json_it_says_so_in_words(tmp_path, capsys):
    file = tmp_path / "plan.csv"
    file.write_bytes(plan(TRAIN))

    call_command("import_action_plan", str(file), review=ReviewFactory().reference)

    assert "1 recommendation, " in capsys.readouterr().out


def test_nothing_is_imported_into_a_review_that_has_ended(command):
    code, said = command(plan(TRAIN, REFER), review=ReviewFactory(state=State.CLOSED))

    assert (code, said["saved"]) == (1, False)
    assert "is closed" in said["refused"][0]["message"]
    assert not Recommendation.objects.exists()
