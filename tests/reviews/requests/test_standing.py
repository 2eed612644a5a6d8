"""How a request stands, said to each side: what waits for whom, and who was really told."""

import uuid
from dataclasses import replace
from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from foundations.post.models import Message
from reviews.requests.models import RequestMove
from reviews.requests.services import answering, moving
from reviews.requests.services.chasing import chase
from reviews.rules import Role
from tests.conftest import with_role
from tests.factories.accounts import UserFactory
from tests.factories.reviews import ParticipationFactory
from tests.factories.reviews_clock import start_clock
from tests.factories.reviews_requests import (
    answered_nil,
    asked,
    more_time_asked,
    overdue,
    submitted,
)
from tests.factories.reviews_submissions import handed_in, sent

pytestmark = pytest.mark.django_db
TODAY = timezone.localdate
NOTHING_KNOWN = "Nothing is known to us"


def day(name, value):
    return {f"{name}_{part}": getattr(value, part) for part in ("day", "month", "year")}


def page(name, request):
    return reverse(f"reviews:request-{name}", args=[request.review.reference, request.pk])


def of_review(name, part):
    return reverse(f"reviews:request-{name}", args=[part.review.reference])


def words(response):
    return " ".join(response.content.decode().split())


def give_back(request, reason="Gaps in 2019"):
    moving.return_request(
        request, by=UserFactory(), key=uuid.uuid4(), reason=reason, due=TODAY() + timedelta(days=9)
    )
    request.refresh_from_db()
    return request


@pytest.fixture
def part():
    return ParticipationFactory()


@pytest.fixture
def author(part, client):
    user = with_role(Role.IMR_AUTHOR, part.review, part)
    client.force_login(user)
    return user


@pytest.fixture
def coordinator(part, client):
    user = with_role(Role.COORDINATOR, part.review)
    client.force_login(user)
    return user


# --- The agency ---------------------------------------------------------------------------------


def test_what_was_handed_in_is_not_called_the_authors_any_more(client, part, author):
    report, chronology = handed_in(part, by=author).request, asked(part)
    answering.say_complete(part, by=author, key=uuid.uuid4())

    for request in (report, chronology):
        text = words(client.get(request.get_absolute_url()))
        assert "Waits for sign-off" in text
        assert "In progress" not in text.split("What happened to it")[0]


def test_after_something_was_sent_nothing_known_is_no_answer(client, part, author):
    request = give_back(sent(part).request)
    fresh = asked(part, kind="report")

    assert NOTHING_KNOWN not in words(client.get(request.get_absolute_url()))
    assert "Something was sent for this already" in words(
        client.get(page("nil", request), follow=True)
    )
    assert NOTHING_KNOWN in words(client.get(fresh.get_absolute_url()))


def test_the_reason_of_a_return_stands_first_on_the_page(client, part, author):
    request = give_back(submitted(part, kind="imr"))

    text = words(client.get(request.get_absolute_url()))

    assert text.index("Gaps in 2019") < text.index("Why</dt>")


# --- The leaders --------------------------------------------------------------------------------


@pytest.mark.parametrize("state", ["submitted", "returned", "nil"])
def test_an_answer_in_words_stands_on_the_page_of_the_request(state, client, part, coordinator):
    if state == "nil":
        request = answered_nil(part, kind="question", note="We searched both systems")
    else:
        request = asked(part, kind="question")
        text = "We searched both systems"
        answering.answer_question(request, by=UserFactory(), key=uuid.uuid4(), text=text)
    if state == "returned":
        give_back(request)

    assert "We searched both systems" in words(client.get(request.get_absolute_url()))


def test_leaders_find_what_came_and_who_asks_for_time(client, part, coordinator):
    submitted(part, kind="imr")
    answered_nil(part, kind="report")
    more_time_asked(part)
    overdue(ParticipationFactory(review=part.review))

    for home in ("/", part.review.get_absolute_url()):
        assert "3 waiting for you, 1 late" in words(client.get(home))
    assert "2 came and wait for you" in words(client.get(of_review("board", part)))


def test_what_was_accepted_waits_for_nobody(client, part, coordinator):
    request = submitted(part, kind="imr")
    moving.accept(request, by=coordinator, key=uuid.uuid4())

    text = words(client.get(part.review.get_absolute_url()))
    assert "1 of 1 answered" in text
    assert "waiting for you" not in text


@pytest.mark.parametrize(
    ("somebody", "said"), [(True, "The agency has a message"), (False, "so no message went")]
)
def test_a_return_says_whether_anybody_was_told(somebody, said, client, part, coordinator):
    request = submitted(part, kind="imr")
    if somebody:
        with_role(Role.IMR_AUTHOR, part.review, part)
    Message.objects.all().delete()
    form = {"reason": "Gaps", "key": uuid.uuid4(), **day("due", TODAY() + timedelta(days=7))}

    shown = words(client.get(page("return", request)))
    done = words(client.post(page("return", request), form, follow=True))

    assert ("so nobody gets a message" in shown) is not somebody
    assert said in done
    assert Message.objects.exists() is somebody


def test_an_agency_without_anybody_was_never_written_to(client, part, coordinator):
    silent = ParticipationFactory(review=part.review)
    with_role(Role.IMR_AUTHOR, part.review, part)
    asked(silent)
    asked(part)
    give_back(submitted(silent, kind="imr"))

    lines = client.get(of_review("board", part)).context["lines"]

    told = {(line.request.participation, bool(line.last_contact)) for line in lines}
    assert told == {(silent, False), (part, True)}


@pytest.mark.parametrize("what", ["returned", "chased"])
def test_a_later_message_counts_as_written_to(what, client, part, coordinator):
    request = submitted(part, kind="imr") if what == "returned" else asked(part)
    with_role(Role.IMR_AUTHOR, part.review, part)
    if what == "returned":
        give_back(request)
    else:
        chase([request], by=coordinator, key=uuid.uuid4())

    (line,) = client.get(of_review("board", part)).context["lines"]

    assert line.last_contact == RequestMove.objects.get(what=what).at


def test_nobody_is_reminded_where_nobody_can_answer(client, part, coordinator):
    request = overdue(part)

    text = words(client.get(of_review("board", part)))
    chased = chase([request], by=coordinator, key=uuid.uuid4())

    assert "Remind all that are late" not in text
    assert "there is nobody to remind" in text
    assert chased == []
    assert not RequestMove.objects.filter(what="chased").exists()


def test_whoever_asked_learns_once_more_that_nobody_was_told(client, part, coordinator):
    form = {
        "kind": "imr",
        "participations": [part.pk],
        "why": "Contact was recorded",
        "key": uuid.uuid4(),
        **day("due", TODAY() + timedelta(days=28)),
    }
    shown = client.post(of_review("ask", part), form).context["sent"]

    done = client.post(of_review("ask", part), dict(shown) | {"send": "yes"}, follow=True)

    assert "1 agency asked. Nobody of it can answer yet" in words(done)


def test_the_days_can_be_taken_over_and_say_that_the_clock_is_paused(
    client, part, coordinator, monkeypatch
):
    start_clock(part.review, by=coordinator)
    plan = client.get(of_review("ask", part)).context["plan"]
    due = replace(plan, report_due=TODAY() + timedelta(days=90))
    monkeypatch.setattr("reviews.requests.views.asking.plan_of", lambda review, on: due)

    text = words(client.get(of_review("ask", part)))

    assert (plan.is_paused, plan.has_no_end) == (True, True)
    assert "The clock is paused. As things stand the report is due on" in text
    assert "a day later for each day that the pause goes on" in text
    assert 'href="?kind=imr"' in text
