import uuid

import pytest
from django.urls import get_resolver, reverse

from reviews.lifecycle.ended import STILL_WORKS, STILL_WORKS_FROM
from reviews.rules import Role, State
from reviews.services import give_role
from tests.conftest import with_role
from tests.factories.actionplans import RecommendationFactory
from tests.factories.reviews import ReviewFactory
from tests.factories.reviews_lifecycle import closed, discontinued, suspended
from tests.walls.addresses import names

pytestmark = pytest.mark.django_db
AGREED = {"why": "The family asked", "agreed_by": "The board", "on_text": "2 March 2026"}


@pytest.fixture
def review():
    return ReviewFactory(reference="CSP-7", stage="analysis")


@pytest.fixture
def coordinator(review, sign_in):
    return sign_in(Role.COORDINATOR, review)


def page(name, review):
    return reverse(f"reviews:{name}", args=[review.reference])


def sent(**more):
    return AGREED | {"key": str(uuid.uuid4())} | more


def text_of(response):
    return " ".join(response.content.decode().split())


def test_the_course_shows_stages_and_states(client, review, coordinator):
    suspended(review, by=coordinator)
    client.post(page("review-stage", review), {"stage": "gathering", "why": "Two more agencies"})

    text = text_of(client.get(page("course", review)))

    assert "Two more agencies" in text
    assert "Criminal trial. The trial" in text
    assert "Resume it" in text


def test_a_form_that_is_refused_keeps_what_was_typed(client, review, coordinator):
    response = client.post(
        page("suspend-review", review), sent(reason="other", why="", agreed_by="The board")
    )

    assert response.status_code == 422
    assert "Say what the reason is" in text_of(response)
    assert 'value="The board"' in text_of(response)


def test_suspending_and_resuming(client, review, coordinator):
    client.post(page("suspend-review", review), sent(reason="inquest", stop_clock="on"))
    review.refresh_from_db()
    assert review.state == State.SUSPENDED
    assert "Suspended." in text_of(client.get(review.get_absolute_url()))

    client.post(page("resume-review", review), sent(on_text="3 March 2026"))
    review.refresh_from_db()
    assert review.state == State.RUNNING


def test_work_on_a_discontinued_review_is_refused_in_a_sentence(client, review, coordinator):
    discontinued(review, by=coordinator)

    response = client.post(page("person-add", review), {"pseudonym": "MA 9", "role": "other"})

    assert response.status_code == 409
    assert "CSP-7 was discontinued. It can be read, but not changed." in text_of(response)
    assert review.people.count() == 0


def test_a_review_that_ended_can_be_read(client, review, coordinator):
    discontinued(review, by=coordinator)

    for name in ("course", "clock", "trail", "access", "panel-list", "decision-list"):
        assert client.get(page(name, review)).status_code == 200


def test_somebody_in_danger_is_told_of_whatever_became_of_the_review(client, review, coordinator):
    discontinued(review, by=coordinator)

    response = client.post(
        page("concern-raise", review), {"text": "A child is at risk", "key": str(uuid.uuid4())}
    )

    assert response.status_code != 409


def test_what_still_works_names_pages_that_there_are():
    there = set(names(get_resolver()))

    assert there >= STILL_WORKS
    assert all(any(name.startswith(start) for name in there) for start in STILL_WORKS_FROM)


def test_closing_lists_what_is_open_and_asks_why(client, review, coordinator):
    RecommendationFactory(review=review)
    refused = client.post(page("close-review", review), sent())
    assert refused.status_code == 422
    assert "1 recommendation of the action plan that is not finished" in text_of(refused)

    client.post(
        page("close-review", review),
        sent(why_plan="The board follows it", why_tasks="Held elsewhere"),
    )

    review.refresh_from_db()
    assert review.state == State.CLOSED
    assert "The board follows it" in text_of(client.get(page("course", review)))


def test_a_closed_review_is_opened_again(client, review, coordinator):
    closed(review, by=coordinator)

    client.post(page("reopen-review", review), sent())

    review.refresh_from_db()
    assert (review.state, review.stage) == (State.RUNNING, "analysis")


def test_a_review_is_merged_only_into_one_that_the_coordinator_runs(client, review, coordinator):
    mine, not_mine = ReviewFactory(partnership=review.partnership), ReviewFactory()
    give_role(user=coordinator, role=Role.CHAIR, review=not_mine, by=None)
    fan = with_role(Role.COORDINATOR, mine)
    client.force_login(fan)

    refused = client.post(page("merge-review", review), sent(into=not_mine.pk))
    assert refused.status_code == 422

    client.post(page("merge-review", review), sent(into=mine.pk))
    review.refresh_from_db()
    assert review.state == State.MERGED


def test_whoever_does_not_reach_the_other_review_does_not_read_its_name(
    client, review, coordinator
):
    other = ReviewFactory(partnership=review.partnership, reference="CSP-8")
    client.force_login(with_role(Role.COORDINATOR, other))
    client.post(page("merge-review", review), sent(into=other.pk))
    chair = with_role(Role.CHAIR, review)
    client.force_login(chair)

    assert "CSP-8" not in text_of(client.get(page("course", review)))
