import json
from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from chronologies.models import ChronologyImport, Entry, SourceFile
from foundations.vault.models import StoredFile
from reviews.models import Participation
from reviews.rules import State
from reviews.services import submit_chronology
from tests.chronologies.files import ROWS, csv_of, with_row
from tests.factories.accounts import UserFactory
from tests.factories.agencies import AgencyFactory
from tests.factories.reviews import ParticipationFactory, PersonFactory, ReviewFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def part():
    part = ParticipationFactory(agency__name="Northfield Police")
    for pseudonym in ("MA 1", "MA 2"):
        PersonFactory(review=part.review, pseudonym=pseudonym)
    return part


@pytest.fixture
def run(part, tmp_path):
    """run(content) gives (exit code, JSON on standard output, standard error)."""

    def run(content=None, *options, agency="Northfield Police", review=None, name="police.csv"):
        file = tmp_path / name
        if content is not None:
            file.write_bytes(content)
        out, err = StringIO(), StringIO()
        named = ["--agency", agency] if agency else []
        words = [str(file), "--review", review or part.review.reference, *named, "--format", "json"]
        code = 0
        try:
            call_command("import_chronology", *words, *options, stdout=out, stderr=err)
        except SystemExit as end:
            code = end.code
        return code, json.loads(out.getvalue()), err.getvalue()

    return run


def test_dry_run_tells_everything_and_saves_nothing(run):
    code, told, err = run(csv_of(), "--dry-run")

    assert (code, err) == (0, "")
    assert {key: told[key] for key in ("rows_read", "added", "changed", "removed", "saved")} == {
        "rows_read": 4,
        "added": 3,
        "changed": 0,
        "removed": 0,
        "saved": False,
    }
    assert told["mapping"] == {
        "date": "Date",
        "person": "Person",
        "text": "What happened",
        "action": "Action taken",
    }
    assert (told["unmapped_columns"], told["doubts"], told["rejected"]) == ([], [], [])
    assert [row["at"]["row"] for row in told["not_entries"]] == [1]
    assert (Entry.objects.count(), StoredFile.objects.count()) == (0, 0)


def test_an_entry_is_told_as_the_contract_has_it(run):
    _, told, _ = run(csv_of(), "--dry-run")

    entry = told["entries"][0]
    assert entry["at"] == {"part_kind": "csv", "part": 1, "row": 2}
    assert entry["date"] == {
        "text": "12.03.2011",
        "earliest": "2011-03-12",
        "latest": "2011-03-12",
        "precision": "day",
        "circa": False,
        "base": None,
    }
    assert (entry["text"], entry["action"]) == (ROWS[0][2], ROWS[0][3])
    assert (entry["persons"], entry["inherited"], entry["other"]) == (["MA 1"], False, {})


def test_without_dry_run_it_saves(run, part):
    code, told, _ = run(csv_of())

    assert (code, told["saved"], told["added"]) == (0, True, 3)
    assert Entry.objects.filter(participation=part).count() == 3
    assert ChronologyImport.objects.get().state == "saved"


def test_the_same_file_again_doubles_nothing(run):
    run(csv_of())

    _, told, _ = run(csv_of())

    assert (told["added"], told["changed"], told["removed"]) == (0, 0, 0)
    assert Entry.objects.count() == 3


def test_a_dry_run_of_a_correction_says_what_would_change(run):
    run(csv_of())

    _, told, _ = run(csv_of(*with_row(0, Date="13.03.2011")[:2]), "--dry-run")

    assert (told["added"], told["changed"], told["removed"]) == (0, 1, 1)
    assert Entry.objects.live().count() == 3


def test_doubts_do_not_stop_saving(run):
    code, told, _ = run(csv_of(*with_row(0, Date="31 September 2020")))

    assert (code, told["saved"]) == (0, True)
    assert [(doubt["at"]["row"], doubt["column"]) for doubt in told["doubts"]] == [(2, "date")]


def test_a_rejected_row_refuses_the_file(run):
    code, told, _ = run(csv_of(*with_row(1, What_happened="x" * 30_000)))

    assert (code, told["saved"]) == (1, False)
    assert [row["at"]["row"] for row in told["rejected"]] == [3]
    assert [refused["where"] for refused in told["refused"]] == ["police.csv, record 3"]
    assert (Entry.objects.count(), SourceFile.objects.count()) == (0, 0)


def test_without_an_agency_it_is_context(run, part):
    run(csv_of(), agency=None)

    assert set(Entry.objects.values_list("participation", "review")) == {(None, part.review.pk)}


def test_an_agency_may_be_named_by_an_alias(run, part):
    part.agency.aliases.create(name="NP", key="np")

    code, _, _ = run(csv_of(), agency="NP")

    assert (code, Entry.objects.filter(participation=part).count()) == (0, 3)


def test_an_agency_without_a_part_gets_one_when_it_is_saved(run, part):
    agency = AgencyFactory(name="Elm Surgery")

    run(csv_of(), "--dry-run", agency="Elm Surgery")
    assert Participation.objects.filter(agency=agency).count() == 0

    run(csv_of(), agency="Elm Surgery")
    assert Entry.objects.filter(participation__agency=agency, review=part.review).count() == 3


@pytest.mark.parametrize(
    ("options", "where", "message"),
    [
        ({"agency": "Nobody"}, "--agency Nobody", "There is no agency “Nobody”"),
        ({"review": "NONE-1"}, "--review NONE-1", "There is no review “NONE-1”"),
        ({"name": "police.pdf"}, "police.pdf", "police.pdf"),
    ],
)
def test_what_is_refused_says_where_and_why(run, options, where, message):
    code, told, _ = run(csv_of(), **options)

    assert (code, told["saved"]) == (1, False)
    (refused,) = told["refused"]
    assert refused["where"] == where
    assert message in refused["message"]
    assert Entry.objects.count() == 0


def test_a_name_of_two_agencies_is_refused(run):
    AgencyFactory(name="First", short_name="XY")
    AgencyFactory(name="Second", short_name="XY")

    code, told, _ = run(csv_of(), agency="XY")

    assert (code, "More than one agency" in told["refused"][0]["message"]) == (1, True)


def test_a_file_that_is_not_there_is_refused(run):
    code, told, _ = run(None)

    assert (code, "cannot be opened" in told["refused"][0]["message"]) == (1, True)


def test_a_file_without_entries_is_refused(run):
    code, told, _ = run(b"Hello,world\nthis is,not one\n")

    assert (code, told["saved"], told["entries"]) == (1, False, [])
    assert "No entries were found" in told["refused"][0]["message"]


def test_a_mapping_is_followed(run, tmp_path):
    mapping = tmp_path / "mapping.json"
    mapping.write_text(json.dumps({"date": "When", "text": "Zzz", "comment": "Yyy"}))
    content = csv_of(("2011", "A neighbour rang.", "n/a"), headings=("When", "Zzz", "Yyy"))

    _, told, _ = run(content, "--mapping", str(mapping), "--dry-run")

    assert told["mapping"] == {"date": "When", "text": "Zzz", "comment": "Yyy"}


@pytest.mark.parametrize(
    ("written", "message"),
    [
        ('{"date": "Nowhere"}', "no column “Nowhere”"),
        ('{"Date": "colour"}', "colour"),
        ("{", "not JSON"),
        ("[1]", "A mapping is an object"),
    ],
)
def test_a_mapping_that_does_not_fit_is_refused(run, tmp_path, written, message):
    mapping = tmp_path / "mapping.json"
    mapping.write_text(written)

    code, told, _ = run(csv_of(), "--mapping", str(mapping))

    assert code == 1
    assert message in told["refused"][0]["message"]


def test_a_submitted_chronology_says_in_its_versions_where_the_change_came_from(run, part):
    run(csv_of())
    submit_chronology(part, by=UserFactory())

    code, told, _ = run(csv_of(*with_row(0, Action_taken="More.")))

    assert (code, told["changed"]) == (0, 1)
    entry = Entry.objects.exclude(changed_at=None).get()
    assert "command line" in entry.versions.get().reason


def test_text_says_the_counts(part, tmp_path):
    file, out = tmp_path / "police.csv", StringIO()
    file.write_bytes(csv_of())

    call_command(
        "import_chronology",
        str(file),
        "--review",
        part.review.reference,
        "--agency",
        part.agency.name,
        stdout=out,
    )

    assert out.getvalue() == (
        "4 rows read: 3 entries, 1 not entries, 0 to check.\n"
        "Saved: 3 added, 0 changed, 0 removed.\n"
    )


def test_misuse_is_misuse():
    with pytest.raises(CommandError):
        call_command("import_chronology", "file.csv")


def test_another_reviews_people_are_not_known(tmp_path):
    review = ReviewFactory()
    PersonFactory(review=review, pseudonym="Adult A")
    AgencyFactory(name="Elm Surgery")
    file, out = tmp_path / "gp.csv", StringIO()
    file.write_bytes(csv_of(("2011", "Adult A", "Seen at the surgery with MA 1.", "")))

    call_command(
        "import_chronology",
        str(file),
        "--review",
        review.reference,
        "--agency",
        "Elm Surgery",
        "--dry-run",
        "--format",
        "json",
        stdout=out,
    )

    assert json.loads(out.getvalue())["entries"][0]["persons"] == ["Adult A"]


@pytest.mark.parametrize("agency", ["Northfield Police", "Southfield Police", None])
def test_nothing_is_imported_into_a_review_that_has_ended(run, part, agency):
    AgencyFactory(name="Southfield Police")
    part.review.state = State.CLOSED
    part.review.save()

    code, told, _ = run(csv_of(), agency=agency)

    assert (code, told["saved"]) == (1, False)
    assert "is closed" in told["refused"][0]["message"]
    assert not Entry.objects.exists()
    assert Participation.objects.count() == 1
