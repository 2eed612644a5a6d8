"""A worker that dies half way leaves nothing behind, and another one does the whole of it, once."""

import uuid
from datetime import timedelta

import pytest
from django.utils import timezone

from audit.models import Event
from foundations.post.jobs import run_job
from foundations.post.models import Job
from reports.models import Rendering, Scan
from reports.services import bringing, word
from reports.services.renderings import ask_for_rendering
from reviews.rules import Role
from tests.conftest import with_role
from tests.dying import killed_at_each_write
from tests.factories.reports import begun, paragraph_in
from tests.factories.reports_scans import asked_for
from tests.factories.reviews import ReviewFactory
from tests.factories.reviews_people import IdentityFactory
from tests.reports.word import existing
from tests.reports.word.test_bringing import brought
from tests.reports.word.test_there_and_back import back, edited, retyped, taken, texts

pytestmark = pytest.mark.django_db

NAME = "Zara Quillfeather"


@pytest.fixture
def review():
    review = ReviewFactory()
    IdentityFactory(person__review=review, names=[NAME])
    return review


@pytest.fixture
def chair(review):
    return with_role(Role.CHAIR, review)


@pytest.fixture
def section(review):
    return begun(review).sections.get(code="background")


def done_in_the_end(key):
    """Its worker dies at each write in turn, and the next one comes once its time is over. Returns
    (whether it was killed more than twice, how often that left anything behind)."""
    job = Job.objects.get(key=key)

    def its_time_is_over():
        Job.objects.filter(pk=job.pk, state=Job.State.RUNNING).update(
            lease_until=timezone.now() - timedelta(minutes=1), tries=0
        )

    killed, left = killed_at_each_write(lambda: run_job(job.pk), meanwhile=its_time_is_over)

    job.refresh_from_db()
    assert job.state == Job.State.DONE
    return killed > 2, left


def told(*types):
    rows = Event.objects.filter(type__in=types).order_by("seq")
    return list(rows.values_list("type", flat=True))


def test_a_version_is_kept_with_its_scan_or_not_at_all(section, chair):
    paragraph_in(section, "She asked for help.")
    asked = ask_for_rendering(
        section.document,
        variant="anonymised",
        format_="html",
        has_plan=False,
        by=chair,
        key=uuid.uuid4(),
    )

    assert done_in_the_end(asked.job_key) == (True, 0)

    made = Rendering.objects.get()
    scan = Scan.objects.get(rendering=made)
    assert (made.is_made, scan.sha256) == (True, made.sha256)
    assert scan.hits.count() == len(scan.told["hits"])
    assert told("document.version_made", "scan.made") == ["document.version_made", "scan.made"]


def test_a_refusal_is_kept_with_what_was_found_or_not_at_all(section, chair):
    paragraph_in(section, f"{NAME} rang.")
    asked = ask_for_rendering(
        section.document,
        variant="anonymised",
        format_="html",
        has_plan=False,
        by=chair,
        key=uuid.uuid4(),
    )

    assert done_in_the_end(asked.job_key) == (True, 0)

    refused = Rendering.objects.get()
    assert (refused.is_refused, refused.stored_id) == (True, None)
    assert Scan.objects.get(rendering=refused).hits.exists()


def test_a_scan_is_kept_with_all_of_its_hits_or_not_at_all(review, chair):
    scan = asked_for(review, f"{NAME} rang 07700 900123.".encode(), by=chair)

    assert done_in_the_end(scan.job_key) == (True, 0)

    scan.refresh_from_db()
    assert scan.hits.count() == len(scan.told["hits"]) == 2
    assert told("scan.made") == ["scan.made"]


def test_a_report_from_word_comes_in_whole_or_not_at_all(review, chair):
    one = brought(review, existing.typed(styled=True), by=chair)

    killed, left = killed_at_each_write(lambda: bringing.save(one, by=chair))

    (document,) = review.documents.all()
    assert (killed > 5, left) == (True, 0)
    assert [number for _, number, _ in texts(document) if number] == existing.NUMBERS
    assert told("document.brought") == ["document.brought"]


def test_what_comes_back_from_word_is_taken_over_whole_or_not_at_all(section, chair):
    for text in ("The officer called twice.", "Nobody wrote it down at all."):
        paragraph_in(section, text)

    def change(file):
        retyped("The officer", "The constable")(file)
        retyped("Nobody", "No one")(file)

    document = section.document
    returned = back(document, edited(taken(document, chair), change), chair)
    found = [one.id for one in word.compared(returned).changes]

    killed, left = killed_at_each_write(lambda: word.save(returned, found, by=chair))

    assert (killed > 3, left, len(found)) == (True, 0, 2)
    said = [text for _, _, text in texts(document) if text]
    assert said == ["The constable called twice.", "No one wrote it down at all."]
    assert word.save(returned, found, by=chair).is_saved
    assert told("document.from_word") == ["document.from_word"]
