"""A text that no PDF can be drawn of is told where somebody asked for one, and is still there."""

import uuid

import pytest
from django.urls import reverse

from audit.models import Event
from chronologies.models import Export
from chronologies.services import ask_for_export
from foundations.post.jobs import run_job
from foundations.post.models import Job
from reports.models import Rendering
from reports.services.renderings import ask_for_rendering
from reviews.letters.models import Letter
from reviews.letters.services import change_letter
from reviews.rules import Role
from tests.factories.chronologies import EntryFactory
from tests.factories.reports import begun, paragraph_in
from tests.factories.reviews import ParticipationFactory, ReviewFactory
from tests.factories.reviews_letters import draft_letter

pytestmark = pytest.mark.django_db
TEXT = "The neighbour, 王, rang."
SAID = (
    "The text has a letter that no font here can draw: 王 (U+738B CJK UNIFIED IDEOGRAPH-738B). Nothing was "
    "made. Spell a name in Latin letters, as a passport does, leave another sign out, and make it again."
)


@pytest.fixture
def review():
    return ReviewFactory()


@pytest.fixture
def chair(sign_in, review):
    return sign_in(Role.CHAIR, review)


@pytest.fixture
def entry(review):
    return EntryFactory(participation=ParticipationFactory(review=review), text=TEXT)


@pytest.fixture
def section(review):
    found = begun(review).sections.get(code="background")
    paragraph_in(found, TEXT)
    return found


def problem_of(asked):
    """Of a job that was tried once."""
    job = run_job(Job.objects.get(key=asked.job_key).pk)
    job.refresh_from_db()
    return job.state, job.problem


def test_a_version_of_a_document_fails_with_the_letter(section, chair):
    asked = ask_for_rendering(
        section.document,
        variant="confidential",
        format_="pdf",
        has_plan=False,
        by=chair,
        key=uuid.uuid4(),
    )

    assert problem_of(asked) == (Job.State.FAILED, SAID)
    assert Rendering.objects.get().stored is None


def test_the_same_document_is_made_as_a_web_page(section, chair):
    asked = ask_for_rendering(
        section.document,
        variant="confidential",
        format_="html",
        has_plan=False,
        by=chair,
        key=uuid.uuid4(),
    )

    assert problem_of(asked) == (Job.State.DONE, "")
    assert TEXT in Rendering.objects.get().stored.content.decode()


def test_a_section_on_paper_leads_back_to_it_with_the_letter(client, section, chair):
    document = section.document
    where = [document.review.reference, document.number, section.pk]

    answer = client.get(reverse("reports:section-preview", args=where), follow=True)

    text = answer.content.decode()
    assert (SAID in text, TEXT in text) == (True, True)
    assert not Event.objects.filter(type="file.downloaded").exists()


def test_a_long_chronology_fails_with_the_letter(entry, review, chair):
    asked = ask_for_export(review, format_="pdf", chosen={}, by=chair, key=uuid.uuid4())

    assert problem_of(asked) == (Job.State.FAILED, SAID)
    assert Export.objects.get().stored is None


def test_a_chronology_that_is_waited_for_is_a_page_with_the_letter(client, entry, review, chair):
    url = reverse("chronologies:export-create", args=[review.reference])

    answer = client.post(url, {"format": "pdf", "key": uuid.uuid4()})

    assert (answer.status_code, SAID in answer.content.decode()) == (409, True)
    assert not Event.objects.filter(type="export.made").exists()


def test_a_letter_stays_a_draft_with_the_letter_beside_it(client, review, chair):
    letter = draft_letter(review, by=chair)
    change_letter(letter, title="A request", text=TEXT, seen=letter.changes, by=chair)

    answer = client.post(reverse("reviews:letter-finish", args=[review.reference, letter.pk]))

    assert SAID in answer.content.decode()
    assert Letter.objects.get().finished_at is None
