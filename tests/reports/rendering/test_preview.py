"""How one section looks on paper, for those who write it."""

import io

import pytest
from django.urls import reverse
from pypdf import PdfReader

from audit.models import Event
from reports.models import KeptPart, Rendering, Section
from reports.services.documents import share_document
from reports.views import previews
from reviews.rules import Role
from tests.factories.reports import begun, paragraph_in
from tests.factories.reviews import ReviewFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def document():
    return begun(ReviewFactory())


@pytest.fixture
def section(document):
    found = document.sections.get(code="background")
    paragraph_in(found, "She asked for help.^[As she told the surgery.]")
    return found


@pytest.fixture
def chair(sign_in, document):
    return sign_in(Role.CHAIR, document.review)


def preview(section):
    document = section.document
    return reverse(
        "reports:section-preview", args=[document.review.reference, document.number, section.pk]
    )


def test_a_section_is_drawn_as_it_stands_and_kept_nowhere(client, section, chair):
    answer = client.get(preview(section))

    text = " ".join(
        " ".join(
            page.extract_text() for page in PdfReader(io.BytesIO(answer.content)).pages
        ).split()
    )
    for words in ("She asked for help.", "As she told the surgery.", "DRAFT", "OFFICIAL-SENSITIVE"):
        assert words in text
    assert answer["Content-Disposition"].startswith("attachment")
    assert (Rendering.objects.count(), KeptPart.objects.count()) == (0, 0)


def test_that_it_was_fetched_is_on_record_without_its_words(client, section, chair):
    client.get(preview(section))

    event = Event.objects.get(type="file.downloaded")
    assert "asked" not in str(event.data)


def test_its_page_leads_to_it(client, section, chair):
    assert preview(section) in client.get(section.get_absolute_url()).content.decode()


def test_the_panel_reads_the_page_and_has_no_file(client, section, chair, sign_in):
    share_document(section.document, by=chair)
    sign_in(Role.PANEL_MEMBER, section.document.review)

    assert preview(section) not in client.get(section.get_absolute_url()).content.decode()
    assert client.get(preview(section)).status_code == 403


def test_a_section_too_long_to_wait_for_is_refused_in_words(client, section, chair, monkeypatch):
    monkeypatch.setattr(previews, "MOST_LETTERS", 5)

    answer = client.get(preview(section), follow=True)

    assert "too long to be drawn while you wait" in answer.content.decode()


def test_a_section_that_was_taken_out_is_not_there(client, section, chair):
    Section.objects.filter(pk=section.pk).update(removed_at="2026-01-01T00:00:00Z")

    assert client.get(preview(section)).status_code == 404
