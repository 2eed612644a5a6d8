import datetime as dt
import uuid

import pytest
from django.core.exceptions import ValidationError
from django.db import DatabaseError, transaction
from django.urls import reverse

from actionplans.progress import queries
from actionplans.progress.decided import Decision
from actionplans.progress.deciding import decide
from foundations.dates import parse
from reviews.rules import Role
from tests.conftest import with_role
from tests.factories.accounts import UserFactory
from tests.factories.actionplans import RecommendationLeadFactory
from tests.factories.actionplans_progress import DecisionFactory

pytestmark = pytest.mark.django_db
ON = dt.date(2026, 5, 1)


@pytest.fixture
def one():
    return RecommendationLeadFactory().recommendation


def say(one, answer="accepted", **values):
    said = {"rationale": "It can be done", "body": "Cabinet", "post": "Member for adults"}
    said |= {"decided_on": parse("March 2026").value, "key": uuid.uuid4()} | values
    decision = decide(one, answer=answer, by=UserFactory(), on=ON, **said)
    one.refresh_from_db()
    return decision


def test_the_last_decision_counts_and_the_first_stays(one):
    say(one, "deferred", look_again=dt.date(2026, 9, 1))
    say(one, "partly accepted", condition="If funded")

    assert (one.decision, one.decision_as_written, one.decision_condition) == (
        "partly accepted",
        "Accepted in part",
        "If funded",
    )
    assert [each.answer for each in one.decisions.all()] == ["partly accepted", "deferred"]


def test_a_second_click_records_once(one):
    key = uuid.uuid4()

    assert say(one, key=key) == say(one, key=key)


@pytest.mark.parametrize(
    ("answer", "values", "field"),
    [
        ("deferred", {}, "look_again"),
        ("deferred", {"look_again": ON}, "look_again"),
        ("partly accepted", {}, "condition"),
        ("accepted", {"decided_on": parse("June 2026").value}, "decided_on"),
    ],
)
def test_what_cannot_be_is_refused(one, answer, values, field):
    with pytest.raises(ValidationError) as refusal:
        say(one, answer, **values)

    assert list(refusal.value.message_dict) == [field]
    assert one.decisions.count() == 0


def test_a_decision_and_a_reason_that_disagree_are_shown(client, sign_in, one):
    say(one, rationale="We are unable to accept this at this time.")
    sign_in(Role.COORDINATOR, one.review)

    page = client.get(one.get_absolute_url()).content.decode()

    assert "but its reason says “unable to accept”" in page
    assert DecisionFactory.build(answer="rejected", rationale="unable to accept").disagreement == ""


def test_deferred_ones_come_up_on_their_day_until_somebody_decides(one):
    coordinator = with_role(Role.COORDINATOR, one.review)
    first = say(one, "deferred", look_again=dt.date(2026, 9, 1))

    def due(on):
        return queries.deferred(one.review, coordinator, on=on)

    assert (due(dt.date(2026, 8, 31)), due(dt.date(2026, 9, 1))) == ([], [first])
    say(one, "rejected")
    assert due(dt.date(2026, 9, 1)) == []


def test_a_decision_is_never_changed(one):
    decision = say(one)

    with pytest.raises(ValidationError):
        decision.save()
    rows = Decision.objects.filter(pk=decision.pk)
    for change in (lambda: rows.update(rationale="Other"), rows.delete):
        with pytest.raises(DatabaseError, match="never changed"), transaction.atomic():
            change()


def test_the_coordinator_records_one_on_a_page(client, sign_in, one):
    sign_in(Role.COORDINATOR, one.review)
    page = reverse("actionplans:decision-add", args=[one.review.reference, one.pk])
    said = {"answer": "deferred", "rationale": "No money yet", "body": "Cabinet", "post": "Member"}
    said |= {"decided_on_month": "3", "decided_on_year": "2026", "key": uuid.uuid4()}
    day = {"look_again_day": "1", "look_again_month": "2", "look_again_year": "2090"}

    refused = client.post(page, said)
    answer = client.post(page, said | day)

    assert (refused.status_code, answer.status_code) == (422, 302)
    assert "Say when to look at it again" in refused.content.decode()
    shown = client.get(one.get_absolute_url()).content.decode()
    assert "No money yet" in shown
    assert "1 February 2090" in shown
