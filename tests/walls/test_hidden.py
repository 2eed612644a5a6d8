"""What is hidden and what does not exist are one and the same, and no form reaches over a wall."""

import re
import uuid

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from actionplans.models import ProgressNote
from chronologies import exports
from reviews.models import Participation, RoleHolder, Share
from reviews.services import share
from tests.chronologies.files import csv_of
from tests.walls.access_table import TABLE
from tests.walls.addresses import address

pytestmark = pytest.mark.usefixtures("for_now")
NO_SUCH = 98765432


def plain(response):
    """Status and words, without what differs from one request to the next."""
    text = response.content.decode()
    text = re.sub(r'name="csrfmiddlewaretoken" value="\w+"', "", text)
    return response.status_code, text


# --- Hidden is missing --------------------------------------------------------------------------

# The rows of another agency, and of another review, as (page, whose).
OF_ROWS = [
    "chronologies:entry-detail",
    "chronologies:entry-change",
    "chronologies:entry-withdraw",
    "chronologies:import-detail",
    "chronologies:import-columns",
    "chronologies:import-save",
    "chronologies:import-problems",
    "chronologies:import-file",
    "actionplans:recommendation-detail",
    "actionplans:row-detail",
    "actionplans:row-update",
    "actionplans:row-done",
]
ATTRIBUTE = {
    "entry": "entry",
    "import": "import_",
    "recommendation": "recommendation",
    "row": "row",
}


def _row_of(name, rows):
    page = name.partition(":")[2].partition("-")[0]
    return getattr(rows, ATTRIBUTE.get(page, "recommendation"))


@pytest.mark.parametrize("whose", ["theirs", "foreign"])
@pytest.mark.parametrize("name", OF_ROWS)
def test_a_hidden_row_is_a_missing_row(name, whose, world):
    client, rows = world.placements["author_own"].client, world.rows
    reference, hidden = rows.one.reference, _row_of(name, getattr(rows, whose)).pk

    answers = [
        plain(getattr(client, method)(reverse(name, args=[reference, pk])))
        for pk in (hidden, NO_SUCH)
        for method in ("get", "post")
    ]

    assert answers[0] == answers[1] == answers[2] == answers[3]
    assert answers[0][0] == 404


@pytest.mark.parametrize(
    "name",
    ["chronology", "entry-add", "import-upload", "chronology-submit", "chronology-complete"],
)
def test_a_hidden_agency_is_a_missing_agency(name, world):
    client, rows = world.placements["author_own"].client, world.rows
    hidden, missing = (
        plain(client.get(reverse(f"chronologies:{name}", args=[rows.one.reference, pk])))
        for pk in (rows.theirs.part.pk, NO_SUCH)
    )

    assert hidden == missing
    assert hidden[0] == 404


def test_a_hidden_review_is_a_missing_review(world):
    rows, client = world.rows, world.placements["coordinator_elsewhere"].client
    urls = [address(name, rows) for name in TABLE]
    urls = [url for url in urls if f"/{rows.one.reference}/" in url]

    hidden = {url: plain(client.get(url)) for url in urls}
    missing = plain(client.get("/reviews/DHR-NO-SUCH/"))

    assert len(urls) > 50
    assert {url for url, answer in hidden.items() if answer != missing} == set()


def test_a_reference_that_is_taken_elsewhere_is_refused_without_saying_so(world):
    rows = world.rows
    client = world.placements["coordinator_elsewhere"].client
    form = {"partnership": rows.two.partnership_id, "kind": "statutory", "label": "dhr"}
    url = reverse("reviews:review-create")

    taken = plain(client.post(url, form | {"reference": rows.one.reference}))
    reserved = plain(client.post(url, form | {"reference": "new"}))

    assert taken[0] == 422
    assert taken[1].replace(rows.one.reference, "new") == reserved[1]


def test_a_hidden_file_of_a_version_is_a_missing_file(world):
    """Of a version that another agency prepares, asked for through one's own request."""
    client, rows = world.placements["author_own"].client, world.rows
    at = [rows.one.reference, rows.ours.reported.pk]

    answers = [
        plain(client.post(reverse("reviews:submission-file-remove", args=[*at, pk])))
        for pk in (rows.theirs.next_file.pk, rows.foreign.next_file.pk, NO_SUCH)
    ]

    assert answers[0] == answers[1] == answers[2]
    assert answers[0][0] == 404


def test_a_hidden_receipt_of_a_version_is_a_missing_receipt(world):
    client, rows = world.placements["author_own"].client, world.rows
    at = [rows.one.reference, rows.ours.reported.pk]
    theirs = rows.theirs.submission_next.moves.get(what="handed_in")

    for name in ("submission-receipt", "submission-receipt-file"):
        answers = [
            plain(client.get(reverse(f"reviews:{name}", args=[*at, pk])))
            for pk in (theirs.pk, NO_SUCH)
        ]
        assert answers[0] == answers[1]
        assert answers[0][0] == 404


# --- Rows of another review or agency in a form ---------------------------------------------------


@pytest.mark.parametrize("whose", ["foreign", "foreign_body"])
def test_nobody_is_invited_for_an_agency_of_another_review(whose, world):
    part = getattr(world.rows, whose).part
    before = RoleHolder.objects.count()

    response = world.placements["coordinator"].client.post(
        reverse("reviews:invite", args=[world.rows.one.reference]),
        {"email": "new@agency.example", "role": "imr_author", "participation": part.pk},
    )

    assert response.status_code == 422
    assert RoleHolder.objects.count() == before


@pytest.mark.parametrize("role", ["coordinator", "board_reader", "administrator", "superuser"])
def test_nobody_is_invited_to_a_role_of_another_kind_of_place(role, world):
    response = world.placements["coordinator"].client.post(
        reverse("reviews:invite", args=[world.rows.one.reference]),
        {"email": "new@agency.example", "role": role},
    )

    assert response.status_code == 422


@pytest.mark.parametrize("field", ["participation", "with_participation"])
def test_nothing_of_another_review_is_shared(field, world):
    before = Share.objects.count()

    response = world.placements["chair"].client.post(
        reverse("reviews:share-create", args=[world.rows.one.reference]),
        {
            "material": "chronology",
            "with_role": "imr_author",
            field: world.rows.foreign_body.part.pk,
        },
    )

    assert response.status_code == 422
    assert Share.objects.count() == before


@pytest.mark.parametrize("role", ["board_reader", "home_office_reader", "administrator", "chair"])
def test_nothing_is_shared_with_a_role_that_no_share_reaches(role, world):
    response = world.placements["chair"].client.post(
        reverse("reviews:share-create", args=[world.rows.one.reference]),
        {"material": "chronology", "with_role": role},
    )

    assert response.status_code == 422


def test_a_coordinator_appoints_in_their_own_partnership_alone(world):
    response = world.placements["coordinator"].client.post(
        reverse("reviews:appoint"),
        {
            "email": "new@agency.example",
            "role": "coordinator",
            "partnership": world.rows.two.partnership_id,
        },
    )

    assert response.status_code == 422


def test_a_coordinator_opens_reviews_in_their_own_partnership_alone(world):
    response = world.placements["coordinator"].client.post(
        reverse("reviews:review-create"),
        {
            "partnership": world.rows.two.partnership_id,
            "reference": "DHR-9",
            "kind": "statutory",
            "label": "dhr",
        },
    )

    assert response.status_code == 422


@pytest.mark.parametrize(
    ("name", "row"), [("reviews:share-end", "share"), ("reviews:role-end", "holder")]
)
def test_a_row_of_another_review_cannot_be_ended_through_ones_own(name, row, world):
    rows = world.rows
    client = world.placements["coordinator_elsewhere"].client

    response = client.post(reverse(name, args=[rows.two.reference, getattr(rows, row).pk]))

    assert response.status_code == 404


def test_what_a_review_is_cannot_be_slipped_into_another_form(world):
    rows = world.rows
    world.placements["coordinator"].client.post(
        reverse("reviews:review-stage", args=[rows.one.reference]),
        {
            "stage": "analysis",
            "reference": "DHR-TAKEN",
            "partnership": rows.two.partnership_id,
            "created_by": 1,
        },
    )

    before = rows.one.reference, rows.one.partnership_id
    rows.one.refresh_from_db()
    assert (rows.one.reference, rows.one.partnership_id, rows.one.stage) == (*before, "analysis")


def test_an_entry_stays_in_its_place_whatever_the_form_says(world):
    rows = world.rows
    client = world.placements["author_own"].client
    url = reverse("chronologies:entry-change", args=[rows.one.reference, rows.ours.entry.pk])
    form = {
        "date_0": "",
        "text": "Changed words",
        "seen": rows.ours.entry.versions.count(),
        "participation": rows.theirs.part.pk,
        "review": rows.two.pk,
        "on_behalf": "on",
    }

    client.post(url, form)

    rows.ours.entry.refresh_from_db()
    assert rows.ours.entry.text == "Changed words"
    assert (rows.ours.entry.participation_id, rows.ours.entry.review_id) == (
        rows.ours.part.pk,
        rows.one.pk,
    )
    assert rows.ours.entry.on_behalf is False


def test_an_entry_is_added_to_the_agency_of_the_address_alone(world):
    rows = world.rows
    before = rows.theirs.part.entries.count()
    url = reverse("chronologies:entry-add", args=[rows.one.reference, rows.ours.part.pk])

    response = world.placements["author_own"].client.post(
        url,
        {"text": "New words", "key": uuid.uuid4(), "participation": rows.theirs.part.pk},
    )

    assert response.status_code == 302
    assert rows.ours.part.entries.filter(text="New words").count() == 1
    assert rows.theirs.part.entries.count() == before


def test_a_single_use_key_of_somebody_else_opens_nothing(world):
    """The key finds what one's own first click made, never another agency's row."""
    rows = world.rows
    client = world.placements["author_own"].client
    theirs = rows.theirs.import_
    url = reverse("chronologies:import-upload", args=[rows.one.reference, rows.ours.part.pk])
    response = client.post(
        url, {"key": theirs.key, "file": SimpleUploadedFile("one.csv", csv_of())}, follow=True
    )

    assert response.status_code == 404


def test_evidence_is_opened_by_its_own_row_alone(world):
    rows = world.rows
    client = world.placements["lead_own"].client

    for row, file in ((rows.ours.row, rows.theirs.shown_by), (rows.theirs.row, rows.ours.shown_by)):
        url = reverse("actionplans:row-evidence-file", args=[rows.one.reference, row.pk, file.pk])
        assert client.get(url).status_code == 404


def test_progress_on_another_agencys_row_changes_nothing(world):
    rows = world.rows
    before = rows.theirs.row.progress_notes.count()

    response = world.placements["lead_own"].client.post(
        reverse("actionplans:row-update", args=[rows.one.reference, rows.theirs.row.pk]),
        {"words": "Done", "answer": "on_track", "key": uuid.uuid4()},
    )

    assert (response.status_code, rows.theirs.row.progress_notes.count()) == (404, before)


def test_a_share_does_not_show_the_part_it_is_of(world):
    """The entries are shared; the agency's files, state and people are not."""
    rows, who = world.rows, world.placements["author_other"]
    share(
        rows.one,
        material="chronology",
        participation=rows.ours.part,
        with_role="imr_author",
        with_participation=rows.theirs.part,
        by=rows.chair,
    )
    seen = set(Participation.objects.visible_to(type(who.user).objects.get(pk=who.user.pk)))

    assert seen == {rows.theirs.part}


# --- Keys of somebody else's form -----------------------------------------------------------------


def test_the_key_of_anothers_entry_makes_and_shows_nothing(world):
    """It must not say that something was added when it was not."""
    rows = world.rows
    rows.theirs.entry.key = uuid.uuid4()
    rows.theirs.entry.save(update_fields=["key"])
    before = rows.ours.part.entries.count()
    url = reverse("chronologies:entry-add", args=[rows.one.reference, rows.ours.part.pk])

    response = world.placements["author_own"].client.post(
        url, {"text": "New words", "key": rows.theirs.entry.key}
    )

    assert (response.status_code, rows.ours.part.entries.count()) == (404, before)


def test_the_key_of_anothers_file_tells_no_address_of_it(world):
    rows = world.rows
    url = reverse("chronologies:import-upload", args=[rows.one.reference, rows.ours.part.pk])

    response = world.placements["author_own"].client.post(
        url, {"key": rows.foreign.import_.key, "file": SimpleUploadedFile("one.csv", csv_of())}
    )

    assert (response.status_code, response.get("Location")) == (404, None)


def test_the_key_of_another_reviews_plan_tells_no_address_of_it(world):
    rows = world.rows
    client = world.placements["chair_elsewhere"].client
    url = reverse("actionplans:import-upload", args=[rows.two.reference])
    file = SimpleUploadedFile("plan.csv", b"Recommendation,Target date\nTrain,March 2021\n")

    response = client.post(url, {"key": rows.plan_import.key, "file": file})

    assert (response.status_code, response.get("Location")) == (404, None)


def test_the_key_of_another_rows_note_reports_nothing(world):
    rows = world.rows
    theirs = rows.theirs.recommendation.progress_notes.get()
    before = ProgressNote.objects.count()
    url = reverse("actionplans:row-update", args=[rows.one.reference, rows.ours.row.pk])

    response = world.placements["lead_own"].client.post(
        url, {"words": "Done", "answer": "on_track", "key": theirs.key}
    )

    assert (response.status_code, ProgressNote.objects.count()) == (404, before)


def test_the_key_of_anothers_export_gives_none(world, monkeypatch):
    rows = world.rows
    monkeypatch.setitem(exports.DIRECTLY, "xlsx", -1)
    url = reverse("chronologies:export-create", args=[rows.one.reference])

    response = world.placements["coordinator"].client.post(
        url, {"format": "xlsx", "key": rows.export.key}
    )

    assert (response.status_code, response.get("Location")) == (404, None)


# --- How long it takes ------------------------------------------------------------------------------


@pytest.mark.parametrize("name", OF_ROWS)
def test_a_hidden_row_takes_as_many_questions_as_a_missing_one(name, world):
    """Time tells what words do not; the same questions to the database take the same time."""
    client, rows = world.placements["author_own"].client, world.rows
    counts = set()
    for pk in (NO_SUCH, _row_of(name, rows.theirs).pk, _row_of(name, rows.foreign).pk):
        with CaptureQueriesContext(connection) as asked:
            client.get(reverse(name, args=[rows.one.reference, pk]))
        counts.add(len(asked))

    assert len(counts) == 1


def test_a_hidden_review_takes_as_many_questions_as_a_missing_one(world):
    client, counts = world.placements["coordinator_elsewhere"].client, set()
    for reference in ("DHR-NO-SUCH", world.rows.one.reference):
        with CaptureQueriesContext(connection) as asked:
            client.get(f"/reviews/{reference}/")
        counts.add(len(asked))

    assert len(counts) == 1
