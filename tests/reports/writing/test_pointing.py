"""From the evidence to the sentences that rest on it."""

import pytest
from django.urls import reverse

from reports.services.citing import cite
from reports.services.paragraphs import take_out_paragraph
from reviews.rules import Role
from tests.factories.accounts import UserFactory
from tests.factories.actionplans import RecommendationFactory
from tests.factories.chronologies import EntryFactory
from tests.factories.findings import FindingFactory, LessonFactory
from tests.factories.reports import DocumentFactory, paragraph_in, section_in
from tests.factories.reviews import ParticipationFactory, ReviewFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def review():
    return ReviewFactory()


@pytest.fixture
def facts(review):
    return section_in(DocumentFactory(review=review, title="Overview report"), "The facts")


def an_entry(review):
    return EntryFactory(review=review, participation=ParticipationFactory(review=review))


@pytest.mark.parametrize(
    "make",
    [
        an_entry,
        lambda review: FindingFactory(review=review),
        lambda review: LessonFactory(review=review),
        lambda review: RecommendationFactory(review=review),
    ],
    ids=["entry", "finding", "lesson", "recommendation"],
)
def test_its_page_leads_to_the_paragraph(client, sign_in, review, facts, make):
    row = make(review)
    paragraph_in(facts, "Before")
    one = paragraph_in(facts, "She asked for help.")
    cite(one, [row], by=UserFactory())
    sign_in(Role.CHAIR, review)

    page = client.get(row.get_absolute_url()).content.decode()

    assert "Overview report, paragraph 1.2" in page
    assert f"{facts.get_absolute_url()}#p-{one.key}" in page


def test_what_was_taken_out_is_not_led_to(client, sign_in, review, facts):
    finding = FindingFactory(review=review)
    one = paragraph_in(facts)
    cite(one, [finding], by=UserFactory())
    take_out_paragraph(one, by=UserFactory())
    sign_in(Role.CHAIR, review)

    page = client.get(finding.get_absolute_url()).content.decode()

    assert "Overview report" not in page


def test_a_draft_is_not_named_to_whom_it_is_not_shared(client, sign_in, review, facts):
    entry = an_entry(review)
    cite(paragraph_in(facts), [entry], by=UserFactory())
    sign_in(Role.SIGN_OFF_OFFICER, review, entry.participation)

    response = client.get(reverse("chronologies:entry-detail", args=[review.reference, entry.pk]))

    assert response.status_code == 200
    assert "Overview report" not in response.content.decode()
