from datetime import date

import pytest
from django.core.exceptions import ValidationError
from django.db import transaction
from django.urls import reverse

from foundations.dates import parse
from reviews.clock.queries import clock_of
from reviews.lifecycle.entering import enter_under_way
from reviews.models import Review
from reviews.rules import Role
from tests.conftest import with_role
from tests.factories.agencies import PartnershipFactory

pytestmark = pytest.mark.django_db
TODAY = date(2026, 11, 21)


def when(words):
    return parse(words).value


@pytest.fixture
def place():
    return PartnershipFactory()


@pytest.fixture
def enter(place):
    by = with_role(Role.COORDINATOR, partnership=place)

    def entered(stage="analysis", stages=(), milestones=()):
        return enter_under_way(
            partnership=place,
            reference="DHR-OLD",
            stage=stage,
            stages={code: when(words) for code, words in dict(stages).items()},
            milestones={code: when(words) for code, words in dict(milestones).items()},
            by=by,
            today=TODAY,
        )

    return entered


def test_its_stages_are_kept_as_they_were_said(enter):
    review = enter(stages={"scoping": "autumn 2025", "gathering": "March 2026"})

    moves = [(move.stage, str(move.on)) for move in review.stage_moves.all()]
    assert review.stage == "analysis"
    assert moves == [("scoping", "autumn 2025"), ("gathering", "March 2026"), ("analysis", "")]
    assert all(move.is_from_elsewhere for move in review.stage_moves.all())


def test_its_clock_counts_from_what_was_reached(enter):
    review = enter(milestones={"notified": "5 January 2026", "decided": "2 February 2026"})

    clock = clock_of(review, TODAY)
    assert clock.is_overdue
    assert str(clock.next_deadline.due) == "2 August 2026"


@pytest.mark.parametrize(
    ("more", "field"),
    [
        ({"stages": {"drafting": "May 2026"}}, "since_drafting"),
        ({"stages": {"scoping": "May 2026", "gathering": "May 2025"}}, "since_gathering"),
        ({"stages": {"scoping": "May 2027"}}, "since_scoping"),
        ({"milestones": {"notified": "May 2026", "decided": "May 2025"}}, "reached_decided"),
        ({"milestones": {"notified": "May 2027"}}, "reached_notified"),
    ],
)
def test_what_cannot_be_is_refused_beside_its_field_and_nothing_is_entered(more, field, enter):
    with pytest.raises(ValidationError) as refusal, transaction.atomic():
        enter(**more)

    assert list(refusal.value.message_dict) == [field]
    assert Review.objects.count() == 0


def test_a_coordinator_enters_a_review(client, place):
    client.force_login(with_role(Role.COORDINATOR, partnership=place))
    url = reverse("reviews:review-enter")
    sent = {
        "partnership": place.pk,
        "reference": "DHR-OLD",
        "kind": "statutory",
        "label": "dhr",
        "stage": "gathering",
        "since_scoping_text": "autumn 2025",
        "reached_notified_text": "May 2026",
        "reached_decided_text": "May 2025",
    }

    refused = client.post(url, sent)
    assert refused.status_code == 422
    assert list(refused.context["form"].errors) == ["reached_decided"]
    assert 'value="autumn 2025"' in refused.content.decode()
    assert Review.objects.count() == 0

    taken = client.post(url, sent | {"reached_decided_text": "June 2026"})
    review = Review.objects.get()
    assert taken["Location"] == review.get_absolute_url()
    page = client.get(reverse("reviews:course", args=[review.reference])).content.decode()
    assert "autumn 2025" in page
    assert "before the review was entered here" in page
