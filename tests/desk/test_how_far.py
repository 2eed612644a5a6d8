"""An agency's own line on its people's first page says how far along it is."""

import uuid
from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from reviews.requests.models import Request
from reviews.requests.services import answering, moving
from reviews.rules import Role
from reviews.submissions.services.handing import return_inside
from tests.factories.accounts import UserFactory
from tests.factories.reviews import ParticipationFactory
from tests.factories.reviews_querying import answered, returned_with
from tests.factories.reviews_requests import asked
from tests.factories.reviews_submissions import handed_in, prepared, report, sent

pytestmark = pytest.mark.django_db


def came_back_inside(part):
    version = handed_in(part)
    return_inside(version, by=UserFactory(), key=uuid.uuid4(), reason="Page 3")


def returned(part):
    moving.return_request(
        sent(part).request,
        by=UserFactory(),
        key=uuid.uuid4(),
        reason="More",
        due=timezone.localdate() + timedelta(days=9),
    )


def accepted(part):
    moving.accept(sent(part).request, by=UserFactory(), key=uuid.uuid4())


def said_complete(part):
    asked(part)
    answering.say_complete(part, by=UserFactory(), key=uuid.uuid4())


def next_one(part):
    returned(part)
    prepared(request=Request.objects.get(), content=report("More"))


def answered_every_query(part):
    _, queries = returned_with("When?", "By whom?", part=part)
    for query in queries:
        answered(query)


STANDS = {
    "Nothing yet": lambda part: asked(part, kind="imr"),
    "Being prepared": prepared,
    "Waits for sign-off": handed_in,
    "Returned inside": came_back_inside,
    "Sent": sent,
    "Returned": returned,
    "Accepted": accepted,
}


def line_of(client):
    (work,) = client.get(reverse("desk:home")).context["work"]
    return next(task for task in work.tasks if "asked of" in task["title"])


@pytest.mark.parametrize("words", STANDS)
def test_it_says_how_far_along_it_is(words, client, sign_in):
    part = ParticipationFactory()
    STANDS[words](part)
    sign_in(Role.IMR_AUTHOR, part.review, part)

    assert line_of(client)["status"] == words


@pytest.mark.parametrize(
    ("making", "words"),
    [
        (said_complete, "Waits for sign-off"),
        (next_one, "Being prepared"),
        (answered_every_query, "Answers to send"),
    ],
)
def test_so_does_what_began_another_way(making, words, client, sign_in):
    part = ParticipationFactory()
    making(part)
    sign_in(Role.IMR_AUTHOR, part.review, part)

    assert line_of(client)["status"] == words


def test_late_comes_first_and_how_far_beside_it(client, sign_in):
    part = ParticipationFactory()
    prepared(part)
    Request.objects.update(due=timezone.localdate() - timedelta(days=2))
    sign_in(Role.IMR_AUTHOR, part.review, part)

    line = line_of(client)

    assert line["status"] == "2 days late"
    assert line["hint"].endswith(". Being prepared")


def test_what_the_coordinator_enters_is_not_on_the_agencys_line(client, sign_in):
    part = ParticipationFactory()
    prepared(part, on_behalf=True)
    sign_in(Role.IMR_AUTHOR, part.review, part)

    assert line_of(client)["status"] == "Nothing yet"
