"""What stays on record as it was: the database refuses to change or delete it, and it ends once."""

import uuid

import pytest
from django.db import DatabaseError, transaction
from django.utils import timezone

from reports.models import BlamingPhrase, BroughtReport, Doubt, WordCopy, WordReturn
from reports.services import bringing, checks, citing, word
from reviews.rules import Role
from tests.conftest import with_role
from tests.factories.accounts import UserFactory
from tests.factories.findings import FindingFactory
from tests.factories.reports import begun, paragraph_in
from tests.factories.reviews import ReviewFactory
from tests.reports.word import existing

pytestmark = pytest.mark.django_db


@pytest.fixture
def document():
    return begun(ReviewFactory())


@pytest.fixture
def by(document):
    return with_role(Role.CHAIR, document.review)


def copied(document, by):
    return word.take_away(document, by=by, key=uuid.uuid4())


def returned(document, by):
    content = copied(document, by).stored.content
    return word.bring_back(
        document,
        word.marked_of(content, "report.docx"),
        content=content,
        name="report.docx",
        by=by,
        key=uuid.uuid4(),
    )


def brought(review, by):
    content = existing.saved(existing.typed(styled=True))
    return bringing.bring(review, content=content, name="report.docx", by=by, key=uuid.uuid4())


def refuses(rows, **said):
    with pytest.raises(DatabaseError, match="stays on record"), transaction.atomic():
        rows.update(**said)
    with pytest.raises(DatabaseError, match="stays on record"), transaction.atomic():
        rows._raw_delete("default")


def test_what_was_taken_away_in_word_stays_as_it_was(document, by):
    copied(document, by)

    refuses(WordCopy.objects.all(), held=[])


def test_a_file_that_came_back_from_word_is_decided_on_once(document, by):
    back = returned(document, by)
    refuses(WordReturn.objects.all(), name="another.docx")

    word.save(back, [], by=by)

    refuses(WordReturn.objects.all(), decided=[["changed", ["p:1"], "accepted"]])
    refuses(WordReturn.objects.all(), state="discarded", saved_at=None, saved_by=None)


def test_a_report_that_was_brought_in_is_saved_once_and_its_doubts_settled_once(document, by):
    one = brought(document.review, by)
    refuses(BroughtReport.objects.all(), sha256="0" * 64)

    made = bringing.save(one, by=by).document
    bringing.settle(Doubt.objects.all(), made, by=by)

    refuses(BroughtReport.objects.all(), saved_by=UserFactory())
    refuses(Doubt.objects.all(), text="Another doubt")
    refuses(Doubt.objects.all(), settled_at=None, settled_by=None)


def test_what_a_paragraph_rested_on_is_taken_away_once(document, by):
    told = paragraph_in(document.sections.get(code="background"))
    (one,) = citing.cite(told, [FindingFactory(review=document.review)], by=by)
    refuses(type(one).objects.all(), version=7)

    citing.uncite(one, by=by)

    refuses(type(one).objects.all(), removed_at=None, removed_by=None)
    refuses(type(one).objects.all(), removed_at=timezone.now())


def test_a_phrase_is_taken_off_the_list_once(document):
    partnership = document.review.partnership
    coordinator = with_role(Role.COORDINATOR, document.review)
    said = {"words": "brought it on", "why": "It blames", "instead": ""}
    one = checks.add_phrase(partnership, by=coordinator, key=uuid.uuid4(), **said)
    refuses(BlamingPhrase.objects.all(), why="Another reason")

    checks.take_off(one, by=coordinator)

    refuses(BlamingPhrase.objects.all(), removed_by=None)
