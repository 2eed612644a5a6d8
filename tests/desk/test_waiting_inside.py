"""On the first page of an agency's people: what they sign off, and what they put right."""

import uuid

import pytest
from django.urls import reverse

from reviews.requests.services import answering
from reviews.rules import Role
from reviews.services import submit_chronology
from reviews.submissions.services.handing import return_inside
from tests.conftest import with_role
from tests.factories.reviews import ParticipationFactory
from tests.factories.reviews_requests import asked
from tests.factories.reviews_submissions import handed_in

pytestmark = pytest.mark.django_db


@pytest.fixture
def part():
    return ParticipationFactory()


@pytest.fixture
def author(part):
    return with_role(Role.IMR_AUTHOR, part.review, part)


@pytest.fixture
def officer(part):
    return with_role(Role.SIGN_OFF_OFFICER, part.review, part)


def home(client, user):
    client.force_login(user)
    return client.get(reverse("desk:home")).content.decode()


def test_the_officer_finds_what_waits_for_them_and_the_author_does_not(
    client, part, author, officer
):
    handed_in(part, by=author)

    assert "(IMR) to sign off" in home(client, officer)
    assert "to sign off" not in home(client, author)
    assert "to sign off" not in home(client, with_role(Role.COORDINATOR, part.review))


def test_nobody_is_offered_their_own_work_to_sign_off(client, part, officer):
    handed_in(part, by=officer)

    assert "to sign off" not in home(client, officer)


def test_the_author_finds_what_the_officer_returned(client, part, author, officer):
    submission = handed_in(part, by=author)
    return_inside(submission, by=officer, key=uuid.uuid4(), reason="Page 3")

    assert "(IMR) to put right" in home(client, author)
    assert "to put right" not in home(client, officer)


def test_a_chronology_that_is_complete_waits_for_whoever_submits_it(client, part, author, officer):
    asked(part)
    answering.say_complete(part, by=author, key=uuid.uuid4())
    url = reverse("chronologies:chronology-submit", args=[part.review.reference, part.pk])

    assert url in home(client, officer)
    assert url not in home(client, author)
    assert url not in home(client, with_role(Role.COORDINATOR, part.review))
    submit_chronology(part, by=officer)
    assert url not in home(client, officer)


def test_another_agency_of_the_review_learns_nothing(client, part, author):
    handed_in(part, by=author)
    other = ParticipationFactory(review=part.review)

    for role in (Role.SIGN_OFF_OFFICER, Role.IMR_AUTHOR):
        assert "sign off" not in home(client, with_role(role, part.review, other))
