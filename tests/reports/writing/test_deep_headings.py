"""A report that was brought in with more levels of headings than are begun here: they are moved all the same."""

import uuid

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse

from reports.outline import Outline
from reports.services.documents import take_document
from reports.services.places import LAST
from reports.services.sections import bring_back_section, move_section, take_out_section
from reports.written import WrittenDocument, WrittenSection
from reviews.rules import Role
from tests.factories.accounts import UserFactory
from tests.factories.reports import begun, section_in
from tests.factories.reviews import ReviewFactory

pytestmark = pytest.mark.django_db

LEVELS = (
    ("1", "Facts", 1),
    ("1.1", "Police", 2),
    ("1.1.1", "Calls", 3),
    ("1.1.1.1", "By night", 4),
    ("1.1.1.2", "By day", 4),
    ("1.1.2", "Visits", 3),
)


@pytest.fixture
def review():
    return ReviewFactory()


@pytest.fixture
def document(review):
    written = WrittenDocument("Overview", tuple(WrittenSection(*one) for one in LEVELS))
    return take_document(review, written, kind="overview", by=UserFactory(), key=uuid.uuid4())


def read(document):
    return [(one.number, one.section.heading) for one in Outline(document).sections]


def test_a_heading_of_the_fourth_level_is_moved_on_its_page(client, document, review, sign_in):
    sign_in(Role.CHAIR, review)
    night, day = (document.sections.get(heading=one) for one in ("By night", "By day"))
    visits = document.sections.get(heading="Visits")
    url = reverse("reports:section-move", args=[review.reference, document.number, night.pk])

    beside = client.post(url, {"place": f"after:{day.pk}"})
    first = read(document)[3:5]
    within = client.post(url, {"place": f"within:{visits.pk}"})

    assert (beside.status_code, within.status_code) == (302, 302)
    assert first == [("1.1.1.1", "By day"), ("1.1.1.2", "By night")]
    assert read(document)[-1] == ("1.1.2.1", "By night")


def test_what_holds_headings_of_the_fourth_level_is_moved_with_them(document):
    facts, police = (document.sections.get(heading=one) for one in ("Facts", "Police"))
    section_in(document, "Analysis")

    move_section(facts, parent=None, after=LAST, by=UserFactory())

    assert read(document)[:2] == [("1", "Analysis"), ("2", "Facts")]
    assert police.sections.count() == 2


def test_a_heading_of_the_fourth_level_is_brought_back_where_it_stood(document):
    before = read(document)
    calls = document.sections.get(heading="Calls")
    take_out_section(calls, by=UserFactory())

    bring_back_section(document.sections.get(pk=calls.pk), by=UserFactory())

    assert read(document) == before


def test_nothing_is_moved_deeper_than_the_document_goes(document):
    night, day = (document.sections.get(heading=one) for one in ("By night", "By day"))

    with pytest.raises(ValidationError, match="at most 4 deep"):
        move_section(night, parent=day, after=None, by=UserFactory())


def test_a_document_that_was_begun_here_has_three_levels(review):
    document = begun(review)
    parent = None
    for heading in ("One", "Two", "Three"):
        parent = section_in(document, heading, parent=parent)

    with pytest.raises(ValidationError, match="at most 3 deep"):
        section_in(document, "Four", parent=parent)
