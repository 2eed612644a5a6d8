"""Files looked through in a browser, and decisions on what was found there."""

import io
import uuid

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from docx import Document

from audit.models import Event
from foundations.post.jobs import run_job
from foundations.post.models import Job
from reports.models import HitDecision, Scan
from reports.services.renderings import ask_for_rendering
from reviews.models import Review
from reviews.rules import Role, State
from tests.factories.reports import begun, paragraph_in
from tests.factories.reports_scans import asked_for, decided, scanned
from tests.factories.reviews import PersonFactory, ReviewFactory
from tests.factories.reviews_people import IdentityFactory

pytestmark = pytest.mark.django_db
NAMED = "Zara Quillfeather"
TWICE = f"{NAMED} rang at noon.\n{'More was said. ' * 30}\n{NAMED} rang again. Call 07700 900123.\n"


@pytest.fixture
def review():
    review = ReviewFactory()
    IdentityFactory(person=PersonFactory(review=review, pseudonym="MA 7"), names=[NAMED])
    return review


@pytest.fixture
def chair(sign_in, review):
    return sign_in(Role.CHAIR, review)


@pytest.fixture
def scan(review, chair):
    return scanned(review, TWICE.encode(), by=chair)


def to(name, review, *more):
    return reverse(f"reports:scan-{name}", args=[review.reference, *more])


def decide(client, scan, **said):
    said = {"verdict": "keep", "reason": "It is agreed", "seen": 0, "key": uuid.uuid4()} | said
    return client.post(to("decide", scan.review, scan.pk), said)


def text_of(answer):
    return " ".join(answer.content.decode().split())


# --- Looked through -----------------------------------------------------------------------------


def test_a_file_is_uploaded_watched_and_looked_through(client, review, chair):
    file = SimpleUploadedFile(f"{NAMED}.txt", TWICE.encode())
    answer = client.post(to("list", review), {"file": file, "key": uuid.uuid4()})
    scan = Scan.objects.get()
    assert answer.url == scan.get_absolute_url()
    assert "Quill" not in answer.url
    assert "It will begin in a moment." in text_of(client.get(answer.url))

    run_job(Job.objects.get(key=scan.job_key).pk)

    page = text_of(client.get(answer.url))
    assert "<strong>Found 4</strong>: 4 high, 0 medium, 0 low." in page
    assert "Not decided: 4. To be changed: 0. Kept: 0." in page
    assert "clean" not in page


def test_a_page_that_waits_reads_once(client, review, chair):
    scan = asked_for(review, by=chair)

    answers = [
        client.get(scan.get_absolute_url(), headers=headers).status_code
        for headers in ({}, *[{"HX-Request": "true"}] * 3)
    ]

    assert answers == [200] * 4
    assert Event.objects.filter(type="scan.read").count() == 1


def test_a_page_that_waits_goes_on_when_it_is_done(client, scan):
    answer = client.get(scan.get_absolute_url(), headers={"HX-Request": "true"})

    assert answer["HX-Redirect"] == scan.get_absolute_url()


def test_what_could_not_be_read_is_said(client, review, chair):
    scan = scanned(review, b"%PDF-1", name="a.pdf", by=chair)

    page = text_of(client.get(scan.get_absolute_url()))

    assert "could not be read" in page
    assert "it is damaged" in page
    assert "<strong>Found 0</strong>" in page


def test_a_version_that_is_kept_can_be_chosen(client, review, chair):
    document = begun(review)
    one = ask_for_rendering(
        document, variant="confidential", format_="html", has_plan=False, by=chair, key=uuid.uuid4()
    )
    run_job(Job.objects.get(key=one.job_key).pk)

    answer = client.post(to("list", review), {"kept": f"version-{one.pk}", "key": uuid.uuid4()})

    scan = Scan.objects.get()
    run_job(Job.objects.get(key=scan.job_key).pk)
    assert (answer.url, scan.rendering) == (scan.get_absolute_url(), one)
    scan.refresh_from_db()
    one.refresh_from_db()
    assert scan.sha256 == one.sha256
    assert "headings" in scan.told["looked_at"]
    assert scan.get_absolute_url() in text_of(client.get(one.get_absolute_url()))


@pytest.mark.parametrize(
    ("said", "problem"),
    [
        ({}, "Upload a file, or choose one that is kept here"),
        ({"kept": "version-999"}, "Select a valid choice"),
        ({"file": SimpleUploadedFile("a.txt", b"")}, "This file is empty"),
    ],
)
def test_a_form_without_one_file_is_refused(said, problem, client, review, chair):
    answer = client.post(to("list", review), {"key": uuid.uuid4(), **said})

    assert answer.status_code == 422
    assert problem in text_of(answer)
    assert not Scan.objects.exists()


def test_what_was_looked_through_is_listed_with_what_is_left(client, review, scan):
    asked_for(review, name="waiting.txt", by=scan.by)
    decided(scan, [0])

    page = text_of(client.get(to("list", review)))

    assert page.index("waiting.txt") < page.index("report.txt")
    assert "Under way" in page
    assert "2 not decided or to be changed" in page


# --- Decided ------------------------------------------------------------------------------------


def test_one_hit_is_decided_at_once(client, scan):
    answer = decide(client, scan, hit="1")

    assert answer.url == scan.get_absolute_url()
    assert HitDecision.objects.get().reason == "It is agreed"
    page = text_of(client.get(answer.url))
    assert "Not decided: 2. To be changed: 0. Kept: 1." in page
    assert "It is agreed" in page


def test_several_alike_are_decided_after_it_was_asked_once_more(client, scan):
    first = min(hit.number for hit in scan.hits.filter(kind="name"))
    said = {"alike": str(first), "key": uuid.uuid4(), "verdict": "change", "reason": ""}

    asked = decide(client, scan, **said)

    assert "Are all 2 places to be changed?" in text_of(asked)
    assert not HitDecision.objects.exists()
    assert decide(client, scan, confirmed="2", **said).status_code == 302
    assert HitDecision.objects.filter(verdict="change").count() == 2


def test_all_that_is_slight_of_a_kind_is_decided_in_one_step(client, review, chair):
    scan = scanned(review, b"A Polish butcher came. The twins were at home.", by=chair)
    assert (scan.low, scan.found) == (2, 2)
    page = text_of(client.get(scan.get_absolute_url()))
    assert "All 2 places of this kind" in page

    assert decide(client, scan, kind="0", confirmed="2").status_code == 302

    assert HitDecision.objects.count() == 2


def test_what_is_grave_is_never_decided_by_its_kind_alone(client, scan):
    assert "places of this kind" not in text_of(client.get(scan.get_absolute_url()))

    assert decide(client, scan, kind="0", confirmed="3").status_code == 422


def test_a_confirmation_of_another_number_is_asked_again(client, scan):
    answer = decide(client, scan, hit=["0", "1"], confirmed="1")

    assert "Keep all 2 places?" in text_of(answer)
    assert not HitDecision.objects.exists()


@pytest.mark.parametrize(
    ("said", "problem"),
    [
        ({}, "Tick what you decide about"),
        ({"hit": "77"}, "Tick what you decide about"),
        ({"hit": "0", "reason": ""}, "Say why it is kept"),
        ({"hit": "0", "verdict": ""}, "Choose what becomes of it"),
        ({"hit": "0", "reason": f"{NAMED} wants it"}, "is a real name in this review"),
    ],
)
def test_a_decision_that_lacks_something_is_refused(said, problem, client, scan):
    answer = decide(client, scan, **said)

    assert answer.status_code == 422
    assert problem in text_of(answer)
    assert not HitDecision.objects.exists()


def test_what_somebody_else_decided_meanwhile_is_shown_first(client, scan):
    decided(scan, [0], reason="Agreed with the family")

    answer = decide(client, scan, hit="0", verdict="change")

    assert answer.status_code == 422
    assert "Somebody has decided about some of these" in text_of(answer)
    assert "Agreed with the family" in text_of(answer)
    assert HitDecision.objects.count() == 1


def test_what_was_decided_before_is_told_with_by_whom(client, review, scan, chair):
    decided(scan, reason="Agreed with the family", by=chair)

    again = scanned(review, TWICE.encode(), by=chair)

    page = text_of(client.get(again.get_absolute_url()))
    assert "Not decided: 0. To be changed: 0. Kept: 3." in page
    assert f"Decided before, in another file, by {chair}" in page


def test_places_are_filtered(client, scan):
    decided(scan, [0])

    kept = text_of(client.get(scan.get_absolute_url(), {"state": "keep"}))
    names = text_of(client.get(scan.get_absolute_url(), {"kind": "name"}))
    none = text_of(client.get(scan.get_absolute_url(), {"severity": "low"}))

    assert kept.count('name="hit"') == 1
    assert names.count('name="hit"') == 2
    assert "No place fits these filters." in none


def test_whoever_decides_goes_on_where_they_were(client, scan):
    url = to("decide", scan.review, scan.pk) + "?kind=name"
    assert url in text_of(client.get(scan.get_absolute_url(), {"kind": "name"}))
    said = {"verdict": "change", "seen": 0, "key": uuid.uuid4(), "hit": "0"}

    assert client.post(url, said).url == scan.get_absolute_url() + "?kind=name"


# --- Who, and until when ------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("role", "status"), [(Role.COORDINATOR, 200), (Role.CHAIR, 200), (Role.PANEL_MEMBER, 404)]
)
def test_those_who_write_decide_and_nobody_else(role, status, client, sign_in, review):
    scan = scanned(review, TWICE.encode(), by=sign_in(Role.CHAIR, review))
    if role == Role.COORDINATOR:
        sign_in(role, partnership=review.partnership)
    else:
        sign_in(role, review)

    assert client.get(scan.get_absolute_url()).status_code == status
    assert decide(client, scan, hit="0").status_code == (302 if status == 200 else 404)


def test_after_the_review_it_is_read_and_no_longer_decided(client, review, scan):
    Review.objects.filter(pk=review.pk).update(state=State.CLOSED)

    page = text_of(client.get(scan.get_absolute_url()))

    assert "Found 3" in page
    assert 'type="checkbox"' not in page
    assert "/decide/" not in page
    assert decide(client, scan, hit="0").status_code == 409


def test_reading_and_deciding_are_told_without_words(client, scan):
    client.get(scan.get_absolute_url())
    decide(client, scan, hit="0")

    events = Event.objects.filter(type__startswith="scan.")
    assert {"scan.read", "scan.decided"} <= {one.type for one in events}
    assert "Quill" not in str([one.data for one in events])


def test_a_refused_version_leads_to_what_was_found(client, review, chair):
    paragraph_in(begun(review).sections.get(code="background"), f"{NAMED} rang.")
    one = ask_for_rendering(
        review.documents.get(),
        variant="anonymised",
        format_="html",
        has_plan=False,
        by=chair,
        key=uuid.uuid4(),
    )
    run_job(Job.objects.get(key=one.job_key).pk)

    page = text_of(client.get(one.get_absolute_url()))

    assert Scan.objects.get().get_absolute_url() in page
    assert "1 found, all not decided, or still to be changed." in page


def test_a_program_is_refused_beside_the_box(client, review, chair):
    file = SimpleUploadedFile("x.exe", b"MZ\x90\x00 and more")

    answer = client.post(to("list", review), {"file": file, "key": uuid.uuid4()})

    assert (answer.status_code, Scan.objects.count()) == (422, 0)
    assert "“x.exe” is a program" in answer.content.decode()


def test_a_word_file_with_a_broken_directory_is_refused_beside_the_box(client, review, chair):
    out = io.BytesIO()
    Document().save(out)
    content, entry = out.getvalue(), out.getvalue().index(b"PK\x01\x02")
    content = content[: entry + 10] + b"\x4d\x00" + content[entry + 12 :]  # packed in no known way
    file = SimpleUploadedFile("draft.docx", content)

    answer = client.post(to("list", review), {"file": file, "key": uuid.uuid4()})

    assert (answer.status_code, Scan.objects.count()) == (422, 0)
    assert "“draft.docx” is damaged" in answer.context["form"].errors["file"][0]
