"""The author's last step with a chronology: saying to who signs off that it is all there."""

import uuid

import pytest
from django.urls import reverse

from foundations.post.models import Message
from reviews.requests.models import RequestMove
from reviews.requests.services import moving
from reviews.rules import Role
from reviews.services import submit_chronology
from tests.conftest import with_role
from tests.factories.accounts import UserFactory
from tests.factories.chronologies import EntryFactory
from tests.factories.reviews import ParticipationFactory
from tests.factories.reviews_requests import asked

pytestmark = pytest.mark.django_db
BUTTON = "It is complete: tell our sign-off officer"


def words(response):
    return " ".join(response.content.decode().split())


@pytest.fixture
def part():
    part = ParticipationFactory()
    EntryFactory(participation=part, review=part.review)
    return part


@pytest.fixture
def author(part, client):
    user = with_role(Role.IMR_AUTHOR, part.review, part)
    client.force_login(user)
    return user


def complete(client, part, key=None):
    url = reverse("chronologies:chronology-complete", args=[part.review.reference, part.pk])
    return client.post(url, {"key": key or uuid.uuid4()})


def test_the_officer_has_a_message_and_the_author_a_receipt(client, part, author):
    request = asked(part)
    officer = with_role(Role.SIGN_OFF_OFFICER, part.review, part)
    assert BUTTON in words(client.get(part.get_absolute_url()))

    response = complete(client, part)

    made = RequestMove.objects.get(what="ready")
    assert response.url == made.get_absolute_url()
    text = words(client.get(response.url))
    assert made.number in text
    assert "It waits for sign-off" in text
    assert "1 entry" in text
    assert [one.to for one in Message.objects.filter(key__startswith="complete")] == [officer.email]
    request.refresh_from_db()
    assert request.state == "in_progress"


def test_a_second_click_says_it_once(client, part, author):
    asked(part)
    key = uuid.uuid4()

    assert complete(client, part, key).url == complete(client, part, key).url

    assert RequestMove.objects.filter(what="ready").count() == 1


def test_that_nobody_can_sign_it_off_is_on_the_receipt(client, part, author):
    asked(part)

    text = words(client.get(complete(client, part).url))

    assert "Nobody of your agency can sign it off yet" in text


def test_nothing_is_said_where_nothing_is_asked(client, part, author):
    assert BUTTON not in words(client.get(part.get_absolute_url()))

    response = complete(client, part)

    assert response.url == part.get_absolute_url()
    assert not RequestMove.objects.exists()


def test_what_was_withdrawn_is_not_completed(client, part, author):
    moving.withdraw(asked(part), by=UserFactory(), key=uuid.uuid4(), reason="Not needed")

    complete(client, part)

    assert not RequestMove.objects.filter(what="ready").exists()


def test_who_may_submit_does_so(client, part):
    asked(part)
    client.force_login(with_role(Role.SIGN_OFF_OFFICER, part.review, part))

    assert BUTTON not in words(client.get(part.get_absolute_url()))
    assert complete(client, part).status_code == 403


def test_the_review_learns_of_it_once_it_was_submitted(client, part, author):
    request = asked(part)
    complete(client, part)
    made = RequestMove.objects.get(what="ready")
    chair = with_role(Role.CHAIR, part.review)
    client.force_login(chair)
    assert client.get(made.get_absolute_url()).status_code == 404
    trail = reverse("reviews:trail", args=[part.review.reference])
    assert "handed in for sign-off" not in words(client.get(trail))
    assert "Handed in for sign-off" not in words(client.get(request.get_absolute_url()))

    submit_chronology(part, by=UserFactory())

    assert client.get(made.get_absolute_url()).status_code == 200
    assert "handed in for sign-off" in words(client.get(trail))


def test_the_page_of_the_request_takes_the_file(client, part, author):
    request = asked(part)

    text = words(client.get(request.get_absolute_url()))

    url = reverse("chronologies:import-upload", args=[part.review.reference, part.pk])
    assert f'action="{url}" enctype="multipart/form-data"' in text


def test_what_was_said_already_stands_on_the_page(client, part, author):
    asked(part)
    receipt = complete(client, part).url

    text = words(client.get(part.get_absolute_url()))

    assert receipt in text
    assert "Tell our sign-off officer again" in text
    assert BUTTON not in text
