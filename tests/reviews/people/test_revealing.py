"""Who somebody is, against somebody who finds the computer of whoever may see it."""

import json
import logging
from datetime import timedelta

import pytest
from django.contrib.auth.hashers import make_password
from django.core.cache import cache
from django.db import connection
from django.urls import reverse
from django.utils import timezone
from pytest_django.asserts import assertContains, assertNotContains, assertRedirects

from audit.models import Event
from reviews.people.models import Identity
from reviews.rules import Role
from tests.factories.reviews import PersonFactory
from tests.factories.reviews_people import IdentityFactory

pytestmark = pytest.mark.django_db
PASSWORD = "three random words"
NAME = "Zara Quillfeather"


@pytest.fixture
def person():
    return IdentityFactory(person=PersonFactory(pseudonym="MA 1")).person


@pytest.fixture(autouse=True)
def chair(sign_in, person, client):
    user = sign_in(Role.CHAIR, person.review)
    user.password = make_password(PASSWORD)
    user.save()
    client.force_login(user)
    cache.clear()
    return user


def page(name, person):
    return reverse(f"reviews:{name}", args=[person.review.reference, person.pk])


def answer(client, person, name="person-reveal"):
    """What a browser sends for the form that it was shown."""
    asked = client.get(page(name, person)).context["form"]["asked"].value()
    return {"password": PASSWORD, "asked": asked}


def told(type_):
    return Event.objects.filter(type=type_)


BEHIND_THE_PASSWORD = pytest.mark.parametrize("name", ["person-reveal", "person-identity"])


@BEHIND_THE_PASSWORD
def test_what_was_sent_once_shows_nothing_when_a_browser_sends_it_again(
    name, client, person, time_machine
):
    time_machine.move_to(timezone.now(), tick=False)
    sent = answer(client, person, name)
    assertContains(client.post(page(name, person), sent), NAME)
    time_machine.shift(timedelta(seconds=6))

    again = client.post(page(name, person), sent)

    assertContains(again, "Enter your password again", status_code=422)
    assertNotContains(again, "Quillfeather", status_code=422)
    assert told("identity.revealed").count() == 1


def test_the_form_that_asks_anew_can_be_answered(client, person, time_machine):
    time_machine.move_to(timezone.now(), tick=False)
    sent = answer(client, person)
    client.post(page("person-reveal", person), sent)
    time_machine.shift(timedelta(minutes=1))

    anew = client.post(page("person-reveal", person), sent).context["form"]["asked"].value()

    assert anew != sent["asked"]
    shown = client.post(page("person-reveal", person), sent | {"asked": anew})
    assertContains(shown, NAME)


def test_a_double_click_shows_it_and_both_are_on_the_trail(client, person):
    sent = answer(client, person)

    shown = [client.post(page("person-reveal", person), sent) for _ in range(2)]

    for one in shown:
        assertContains(one, NAME)
    assert told("identity.revealed").count() == 2


def test_a_form_left_open_is_asked_anew(client, person, time_machine):
    time_machine.move_to(timezone.now(), tick=False)
    sent = answer(client, person)
    time_machine.shift(timedelta(minutes=16))

    shown = client.post(page("person-reveal", person), sent)

    assertContains(shown, "Enter your password again", status_code=422)


@pytest.mark.parametrize("asked", ["made up", "x:y:z", "\x00"])
def test_a_form_that_was_made_up_is_asked_anew(asked, client, person):
    shown = client.post(page("person-reveal", person), {"password": PASSWORD, "asked": asked})

    assertContains(shown, "Enter your password again", status_code=422)


@BEHIND_THE_PASSWORD
def test_every_page_asks_again(name, client, person):
    client.post(page(name, person), answer(client, person, name))

    assertNotContains(client.get(page(name, person)), "Quillfeather")
    assertContains(client.get(page(name, person)), "Your password")


@BEHIND_THE_PASSWORD
def test_neither_the_session_nor_a_cache_keeps_it(name, client, person):
    shown = client.post(page(name, person), answer(client, person, name))

    assertContains(shown, NAME)
    assert "no-store" in shown["Cache-Control"]
    assert "no-store" in client.get(page(name, person))["Cache-Control"]
    assert "Quillfeather" not in json.dumps(dict(client.session.items()))


@BEHIND_THE_PASSWORD
def test_a_wrong_password_is_on_the_trail_of_the_review(name, client, person, chair):
    client.post(page(name, person), {"password": "three other words"})
    client.post(page(name, person), {"password": ""})

    (event,) = told("password.wrong")
    assert event.stream == f"review:{person.review.reference}"
    assert (event.actor, event.data) == (f"user:{chair.pk}", {"page": f"reviews:{name}"})


def test_logs_hold_neither_the_name_nor_the_password(client, person, caplog):
    with caplog.at_level(logging.DEBUG):
        client.post(page("person-reveal", person), {"password": "three other words"})
        client.post(page("person-reveal", person), answer(client, person))

    logged = "\n".join(f"{record.getMessage()} {record.__dict__}" for record in caplog.records)
    assert "Quillfeather" not in logged
    assert "random words" not in logged
    assert "other words" not in logged


def test_somebody_of_whom_nothing_is_known_needs_no_password(client, person):
    nobody = PersonFactory(review=person.review)

    shown = client.get(page("person-reveal", nobody))

    assertContains(shown, "Nobody has entered who this is")
    assertNotContains(shown, "Your password")


@pytest.mark.parametrize("role", [Role.COORDINATOR, Role.PANEL_MEMBER, Role.ADMINISTRATOR])
@BEHIND_THE_PASSWORD
def test_others_than_leaders_are_not_even_asked(name, role, client, sign_in, person):
    review = None if role == Role.ADMINISTRATOR else person.review
    client.force_login(sign_in(role, review) if review else sign_in(role))

    status = client.post(page(name, person), {"password": PASSWORD}).status_code

    assert status == {Role.COORDINATOR: 422, Role.PANEL_MEMBER: 403, Role.ADMINISTRATOR: 404}[role]
    assert told("identity.revealed").count() == 0


# --- Changing it --------------------------------------------------------------------------------


def filled(shown, **facts):
    blank = {"names": NAME, "addresses": "", "contact": "", "numbers": "", "note": ""}
    return blank | facts | {"permit": shown.context["form"].initial["permit"]}


def test_a_double_click_saves_once_and_complains_of_nothing(client, person):
    shown = client.post(page("person-identity", person), answer(client, person, "person-identity"))
    sent = filled(shown, contact="By letter")

    answers = [client.post(page("person-identity", person), sent) for _ in range(2)]

    for one in answers:
        assertRedirects(one, page("person-detail", person))
    assert person.identity_versions.count() == 1
    assert told("identity.changed").count() == 1


def test_another_click_long_after_is_no_second_click(client, person, time_machine):
    time_machine.move_to(timezone.now(), tick=False)
    shown = client.post(page("person-identity", person), answer(client, person, "person-identity"))
    sent = filled(shown, contact="By letter")
    client.post(page("person-identity", person), sent)
    time_machine.shift(timedelta(minutes=5))

    late = client.post(page("person-identity", person), sent)

    assertContains(late, "Somebody has changed this meanwhile", status_code=422)
    assert Identity.objects.get().contact == "By letter"


def test_a_record_that_does_not_open_is_not_offered_for_changing(client, person):
    with connection.cursor() as cursor:
        cursor.execute("update reviews_identity set names = contact")

    shown = client.post(page("person-identity", person), {"password": PASSWORD})

    assertContains(shown, "Tell the system administrator", status_code=422)
