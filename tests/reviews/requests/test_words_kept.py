"""Long reasons are kept while they are typed, and where a request moved on meanwhile."""

import uuid
from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from reviews.drafts.models import Draft
from reviews.requests.services import moving
from reviews.rules import Role
from tests.conftest import with_role
from tests.factories.accounts import UserFactory
from tests.factories.reviews import ParticipationFactory
from tests.factories.reviews_requests import asked, submitted

pytestmark = pytest.mark.django_db
WORDS = "Half a reason"


@pytest.fixture
def part():
    return ParticipationFactory()


def sign_in(client, role, part):
    agency = part if role == Role.IMR_AUTHOR else None
    client.force_login(with_role(role, part.review, agency))


def page(name, request):
    return reverse(f"reviews:request-{name}", args=[request.review.reference, request.pk])


@pytest.mark.parametrize(
    ("name", "role", "field"),
    [
        ("nil", Role.IMR_AUTHOR, "note"),
        ("extension", Role.IMR_AUTHOR, "reason"),
        ("extension-answer", Role.CHAIR, "reason"),
        ("withdraw", Role.CHAIR, "reason"),
        ("return", Role.CHAIR, "reason"),
        ("accept", Role.CHAIR, "reason"),
        ("register", Role.COORDINATOR, "reason"),
    ],
)
def test_half_a_reason_is_offered_when_they_come_back(name, role, field, client, part):
    answered = name in {"return", "accept"}
    request = submitted(part, kind="question", what="Why?") if answered else asked(part)
    sign_in(client, role, part)
    url = page(name, request)

    shown = client.get(url).content.decode()
    client.post(url, {"_draft": "keep", field: WORDS})

    assert "data-draft" in shown
    assert "You have unsaved words here" in client.get(url).content.decode()
    assert WORDS in client.get(url, {"_draft": "use"}).content.decode()


def test_what_is_sent_is_kept_no_longer(client, part):
    request = asked(part)
    sign_in(client, Role.CHAIR, part)
    url = page("withdraw", request)
    client.post(url, {"_draft": "keep", "reason": WORDS})

    client.post(url, {"reason": "Asked twice", "key": uuid.uuid4()})

    assert not Draft.objects.exists()


def test_words_for_what_somebody_did_first_are_not_lost(client, part):
    request = submitted(part, kind="question", what="Why?")
    sign_in(client, Role.CHAIR, part)
    url = page("return", request)
    client.get(url)
    moving.return_request(
        request, by=UserFactory(), key=uuid.uuid4(), reason="Gaps", due=timezone.localdate()
    )
    due = timezone.localdate() + timedelta(days=7)
    day = {f"due_{part}": getattr(due, part) for part in ("day", "month", "year")}

    response = client.post(url, {"reason": WORDS, "key": uuid.uuid4(), **day})

    assert response.status_code == 302
    assert Draft.objects.get().fields["reason"] == [WORDS]
