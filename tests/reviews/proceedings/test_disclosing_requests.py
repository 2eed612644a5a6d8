"""What agencies handed in and whom they interviewed are lines of a schedule, without their words."""

import hashlib
import io

import pytest
from docx import Document

from reviews.proceedings.disclosure.sources import source_of
from reviews.rules import Role
from tests.conftest import with_role
from tests.factories.reviews import ParticipationFactory
from tests.factories.reviews_disclosure import things
from tests.factories.reviews_interviews import interview
from tests.factories.reviews_panel import ConflictFactory, PanelMemberFactory
from tests.factories.reviews_requests import asked
from tests.factories.reviews_submissions import handed_in, sent

pytestmark = pytest.mark.django_db


@pytest.fixture
def part():
    return ParticipationFactory()


@pytest.fixture
def chair(part):
    return with_role(Role.CHAIR, part.review)


def test_a_version_that_was_sent_is_a_line_with_the_digest_of_its_bytes(part, chair):
    file = sent(part).main
    handed_in(request=asked(part, kind="report"))

    lines = {key: line for key, line in things(chair, part.review).items() if key[0] == "report"}

    assert list(lines) == [("report", file.pk)]
    line = lines["report", file.pk]
    content = source_of("report").content(chair, part.review, file.pk)
    assert line.sha256 == hashlib.sha256(bytes(content)).hexdigest()
    assert line.description == "Individual management review (IMR), version 1"
    assert line.agencies == part.agency.name


def test_an_interview_is_a_line_without_its_words_and_can_be_handed_over(part, chair):
    first = interview(asked(part, kind="imr"), post="Night porter", about="Zebra crossings")
    interview(first.request, post="Day porter", follows=first, because="Wrong post")

    lines = [line for key, line in things(chair, part.review).items() if key[0] == "interview"]

    assert [line.row for line in lines] == [first.pk, first.followed_by.pk]
    assert "porter" not in str(lines)
    content = source_of("interview").content(chair, part.review, first.pk)
    said = "\n".join(one.text for one in Document(io.BytesIO(content)).paragraphs)
    assert "Interviewed: Night porter" in said
    assert "To: Training and supervision alone" in said


def test_whoever_has_a_conflict_with_the_agency_learns_of_neither(part, chair):
    sent(part)
    interview(asked(part, kind="report"))
    member = PanelMemberFactory(review=part.review, user=chair)
    ConflictFactory(member=member, participation=part)

    found = {source for source, _ in things(chair, part.review)}

    assert found & {"report", "interview"} == set()
