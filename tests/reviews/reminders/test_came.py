"""Those who lead a review are told of what agencies sent, asked for and answered."""

import uuid
from datetime import date, timedelta

import pytest
from django.urls import reverse

from reviews.reminders.models import Mailing, Step
from reviews.reminders.services import send_reminders
from reviews.requests.services import moving
from reviews.rules import Role
from tests.conftest import with_role
from tests.factories.reviews_panel import ConflictFactory, PanelMemberFactory
from tests.factories.reviews_querying import answered
from tests.factories.reviews_requests import answered_nil, more_time_asked, submitted

pytestmark = pytest.mark.django_db
CAME = date(2026, 11, 16)


def reminded(days):
    """{address: [(what, step)]} of what is sent so many days after it came."""
    on = CAME + timedelta(days=days)
    return {
        one.user.email: [
            (item.rule, item.step)
            for item in Mailing.objects.get(user=one.user, day=on).reminders.order_by("rule")
        ]
        for one in send_reminders(on=on)
        if not one.already_sent
    }


@pytest.fixture
def chair(review):
    return with_role(Role.CHAIR, review)


def test_both_leaders_are_told_the_next_day_and_once_more(part, coordinator, chair, officer):
    request = submitted(part, kind="imr", due=date(2027, 6, 1))

    first = [("came", Step.DUE)]
    assert reminded(1) == {coordinator.email: first, chair.email: first}
    assert reminded(2) == {}
    again = [("came", Step.OVERDUE)]
    assert reminded(3) == {coordinator.email: again, chair.email: again}
    assert reminded(20) == {}
    assert not Mailing.objects.filter(user=officer).exists()
    assert request.state == "submitted"


@pytest.mark.parametrize("decided", ["accept", "return"])
def test_what_was_decided_on_waits_no_more(decided, part, coordinator):
    request, said = submitted(part, kind="imr"), {"by": coordinator, "key": uuid.uuid4()}
    if decided == "accept":
        moving.accept(request, **said)
    else:
        moving.return_request(request, reason="Gaps", due=date(2027, 6, 1), **said)

    assert reminded(1) == {}


def test_nil_answers_wishes_for_time_and_answers_to_queries_wait_too(part, coordinator):
    answered_nil(part, kind="report")
    more_time_asked(part, due=date(2027, 6, 1))
    answered(part=part)

    assert reminded(1) == {
        coordinator.email: [(what, Step.DUE) for what in ("answer", "came", "time_asked")]
    }


def test_neither_whoever_entered_it_nor_who_has_a_conflict_is_told(part, coordinator, chair):
    member = PanelMemberFactory(review=part.review, user=chair)
    ConflictFactory(member=member, participation=part)

    submitted(part, kind="imr", by=coordinator)

    assert reminded(1) == {}


def test_the_page_says_why_and_leads_there(client, part, chair):
    request = submitted(part, kind="imr", due=date(2027, 6, 1))
    reminded(1)
    client.force_login(chair)

    response = client.get(reverse("reviews:reminder-why", args=[Mailing.objects.get().pk]))

    text = " ".join(response.content.decode().split())
    assert "because it waits for those who lead the review" in text
    assert "since 16 November 2026" in text
    assert request.get_absolute_url() in text
