"""Several authors save the same paragraph at the very same moment: one is kept, and the others are told."""

import pytest

from accounts.models import User
from audit.models import Event
from findings.services.locking import ChangedMeanwhile
from reports.models import Paragraph
from reports.services.paragraphs import change_paragraph
from reviews.rules import Role
from tests.conftest import with_role
from tests.factories.reports import begun, paragraph_in
from tests.factories.reviews import ReviewFactory
from tests.walls.test_at_once import at_once

pytestmark = pytest.mark.django_db(transaction=True)

N = 8


@pytest.fixture
def review():
    return ReviewFactory()


@pytest.fixture
def chair(review):
    return with_role(Role.CHAIR, review)


@pytest.fixture
def paragraph(review, chair):
    document = begun(review)
    return paragraph_in(document.sections.get(code="background"), "She rang.", by=chair)


def saving(paragraph, chair, text):
    """As a request of its own does it, with rows of its own."""

    def save():
        mine, by = Paragraph.objects.get(pk=paragraph.pk), User.objects.get(pk=chair.pk)
        try:
            change_paragraph(mine, text=text, kind=mine.kind, seen=paragraph.changes, by=by)
        except ChangedMeanwhile:
            return None
        return text

    return save


def test_of_eight_who_save_at_once_one_is_kept_and_seven_are_told(paragraph, chair):
    texts = [f"She rang {n} times." for n in range(N)]

    said = at_once(*(saving(paragraph, chair, text) for text in texts))

    (kept,) = (text for text in said if text)
    now = Paragraph.objects.get(pk=paragraph.pk)
    versions = now.versions.order_by("number").values_list("number", "text")
    assert (now.text, now.changes) == (kept, paragraph.changes + 1)
    assert list(versions) == [(1, "She rang."), (2, kept)]
    assert Event.objects.filter(type="paragraph.changed").count() == 1


def test_of_eight_who_add_at_once_each_has_a_place_of_its_own(paragraph, chair):
    section, texts = paragraph.section, [f"She rang {n} times." for n in range(N)]

    at_once(*(lambda text=text: paragraph_in(section, text, by=chair).pk for text in texts))

    rows = section.paragraphs.live().in_order()
    assert rows.count() == N + 1
    assert sorted(rows.values_list("position", flat=True)) == list(range(1, N + 2))
    assert {one.text for one in rows} == {"She rang.", *texts}
