"""Wherever a paragraph is shown, what it refers to is a number, and never the key that is kept."""

import uuid

import pytest
from django.urls import reverse

from reports.services.paragraphs import change_paragraph, take_out_paragraph
from reviews.rules import Role
from tests.conftest import with_role
from tests.factories.agencies import AgencyFactory
from tests.factories.reports import DocumentFactory, paragraph_in, section_in
from tests.factories.reviews import ParticipationFactory, ReviewFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def review():
    return ReviewFactory()


@pytest.fixture(autouse=True)
def chair(sign_in, review):
    return sign_in(Role.CHAIR, review)


@pytest.fixture
def section(review):
    return section_in(DocumentFactory(review=review), "The facts")


@pytest.fixture
def first(section):
    return paragraph_in(section, "She was 34.")


@pytest.fixture
def second(first, section):
    return paragraph_in(section, f"Westmark Police **came**: see [[p:{first.key}]].")


def page_of(client, name, document, *more):
    url = reverse(f"reports:{name}", args=[document.review.reference, document.number, *more])
    page = client.get(url)
    assert page.status_code == 200
    return page.content.decode()


@pytest.mark.parametrize(
    ("name", "more"), [("paragraph-cite", ["entry"]), ("paragraph-history", [])]
)
def test_beside_its_evidence_and_in_its_history(client, section, second, name, more):
    page = page_of(client, name, section.document, second.pk, *more)

    assert "see 1.1." in page
    assert "[[p:" not in page


def test_before_it_is_taken_out_after_and_before_it_comes_back(client, section, second, chair):
    asked = page_of(client, "paragraph-remove", section.document, second.pk)
    take_out_paragraph(second, by=chair)
    gone = page_of(client, "removed", section.document)
    back = page_of(client, "paragraph-bring-back", section.document, second.pk)

    for page in (asked, gone, back):
        assert "<strong>came</strong>: see <a" in page
        assert ">1.1</a>." in page
        assert "[[p:" not in page


def test_where_an_agency_is_asked(client, section, second, review):
    part = ParticipationFactory(review=review, agency=AgencyFactory(name="Westmark Police"))
    with_role(Role.IMR_AUTHOR, review, part)

    page = page_of(client, "round-send", section.document, part.pk)

    assert "1.2: Westmark Police came : see 1.1. (names it)" in page


def test_whoever_takes_a_paragraph_out_reads_first_who_refers_to_it(client, section, first, second):
    appendix = section_in(section.document, "Terms", is_numbered=False)
    paragraph_in(appendix, f"As in [[p:{first.key}]].")

    page = page_of(client, "paragraph-remove", section.document, first.pk)
    alone = page_of(client, "paragraph-remove", section.document, second.pk)

    assert "Refer to it" in page
    assert f'#p-{second.key}">Paragraph 1.2</a>' in page
    assert "A paragraph of Terms</a>" in page
    assert "Refer" not in alone


def test_a_change_of_a_reference_alone_reads_as_one(client, section, first, second):
    third = paragraph_in(section, f"See [[p:{first.key}]].")
    text = f"See [[p:{second.key}]]."
    change_paragraph(third, text=text, kind="numbered", seen=0, by=None)

    page = page_of(client, "paragraph-history", section.document, third.pk)

    assert "[taken out: " in page
    assert uuid.UUID(str(first.key)).hex not in page.replace("-", "").split("its history")[1]
