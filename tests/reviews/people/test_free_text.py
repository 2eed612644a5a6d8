"""A real name that somebody types is a doubt at once, and only where they may know whose it is."""

import importlib
import inspect
import pkgutil
import re
import uuid

import pytest
from django import forms
from django.urls import reverse

import reviews
from foundations.gov.forms import GovForm
from reviews.family.models import ContactEntry, Wish
from reviews.intake.models import UrgentConcern
from reviews.people.free_text import FreeTextForm
from reviews.rules import Role
from tests.conftest import with_role
from tests.factories.reviews import ParticipationFactory, PersonFactory, ReviewFactory
from tests.factories.reviews_family import CorrespondentFactory
from tests.factories.reviews_letters import draft_letter
from tests.factories.reviews_people import IdentityFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def review():
    review = ReviewFactory()
    for pseudonym, role, name in (
        ("FA 1", "victim", "Zara Quillfeather"),
        ("FC 1", "child", "May Quillfeather-Oakes"),
    ):
        person = PersonFactory(review=review, pseudonym=pseudonym, role=role)
        IdentityFactory(person=person, names=[name])
    return review


@pytest.fixture
def chair(sign_in, review):
    return sign_in(Role.CHAIR, review)


def page(name, review, *more):
    return reverse(f"reviews:{name}", args=[review.reference, *more])


def errors(response):
    return response.context["form"].errors


def wish(text, **more):
    return {"kind": "wish", "text": text, "key": uuid.uuid4()} | more


def concern(text, **more):
    return {"text": text, "key": uuid.uuid4()} | more


def test_the_form_asks_for_the_pseudonym(client, review, chair):
    letter = draft_letter(review, by=chair)

    response = client.post(
        page("letter-change", review, letter.pk),
        {"title": "Ours", "text": "Dear zara  quillfeather, we write", "seen": 0},
    )

    assert response.status_code == 422
    assert errors(response) == {
        "text": ["“zara  quillfeather” is a real name in this review. Write “FA 1” instead"]
    }
    assert "Keep it" not in response.content.decode()
    assert "Dear zara  quillfeather, we write" in response.content.decode()


def test_the_words_of_others_are_kept_once_somebody_says_so(client, review, chair):
    url = page("wish-add", review, CorrespondentFactory(review=review).pk)
    said = "Call her Zara Quillfeather, not FA 1"

    asked = client.post(url, wish(said))
    client.post(url, wish(said, keep_text="FA 1"))

    assert asked.status_code == 422
    assert "somebody else’s words" in asked.content.decode()
    assert [one.text for one in Wish.objects.all()] == [said]


def test_a_further_name_is_asked_for_again(client, review, chair):
    url = page("wish-add", review, CorrespondentFactory(review=review).pk)

    response = client.post(url, wish("Zara, and her May", keep_text="FA 1"))

    assert response.status_code == 422
    assert not response.context["form"]["keep_text"].value()
    assert Wish.objects.count() == 0


def test_one_word_may_be_another_word(client, review, chair):
    letter = draft_letter(review, by=chair)
    url, form = (
        page("letter-change", review, letter.pk),
        {"title": "Ours", "text": "We write in May", "seen": 0},
    )

    asked = client.post(url, form)
    client.post(url, form | {"keep_text": "FC 1"})
    letter.refresh_from_db()

    assert "another word" in asked.content.decode()
    assert letter.text == "We write in May"


def test_a_box_stays_as_it_was_while_another_field_is_wrong(client, review, chair):
    url = page("wish-add", review, CorrespondentFactory(review=review).pk)

    response = client.post(url, wish("Zara’s garden", keep_text="FA 1", kind=""))

    assert set(errors(response)) == {"kind"}
    assert response.context["form"]["keep_text"].value()


def test_every_field_is_looked_at(client, review, chair):
    url = page("contact-add", review, CorrespondentFactory(review=review).pk)
    form = {
        "on_text": "March 2026",
        "direction": "ours",
        "how": "letter",
        "by_whom": "Zara Quillfeather",
        "advocate": "Zara Quillfeather",
        "note": "Zara Quillfeather",
        "key": uuid.uuid4(),
    }

    response = client.post(url, form)

    assert set(errors(response)) == {"by_whom", "advocate", "note"}
    assert ContactEntry.objects.count() == 0


# --- Who is told --------------------------------------------------------------------------------


@pytest.mark.parametrize(("name", "status"), [("Zara Quillfeather", 422), ("May Oakes", 302)])
def test_an_agency_is_told_only_of_those_it_was_asked_about(client, review, name, status):
    part = ParticipationFactory(review=review)
    client.force_login(with_role(Role.IMR_AUTHOR, review, part))

    response = client.post(page("concern-raise", review), concern(f"{name} is in danger"))

    assert response.status_code == status


def test_whoever_only_leads_an_action_is_told_nothing(client, review):
    part = ParticipationFactory(review=review)
    client.force_login(with_role(Role.ACTION_LEAD, review, part))

    response = client.post(page("concern-raise", review), concern("Zara Quillfeather: danger"))

    assert response.status_code == 302
    assert UrgentConcern.objects.count() == 1


def test_names_of_another_review_are_nothing_here(client, review, chair):
    IdentityFactory(names=["Una Farthingale"])
    url = page("wish-add", review, CorrespondentFactory(review=review).pk)

    response = client.post(url, wish("Una Farthingale was kind"))

    assert response.status_code == 302


# --- Which forms --------------------------------------------------------------------------------

# Forms in which a real name is what is asked for, or which belong to no review.
MAY_HOLD_NAMES = {
    "AgencyForm",
    "CloseNotificationForm",
    "CoordinatorNotificationForm",
    "DetailsForm",
    "DraftForm",  # looked at when it is sent
    "IdentityForm",
    "InviteManyForm",
    "LinkForm",
    "MessageFilterForm",
    "NotificationForm",
    "ReminderStepsForm",
    "ReviewFilterForm",
    "RuleSetForm",
    "TaskListForm",
    "ListVersionForm",
    "ChecklistForm",
    "WordingForm",
}


def modules_of_forms():
    names = (module.name for module in pkgutil.walk_packages(reviews.__path__, "reviews."))
    return sorted(name for name in names if re.search(r"(^|[._])forms(\.|$)", name))


MODULES = modules_of_forms()


def test_every_room_of_a_review_is_looked_at():
    rooms = ("clock", "lifecycle", "lifecycle.tasks", "meetings", "proceedings", "terms")

    assert {f"reviews.{room}.forms" for room in rooms} <= set(MODULES)
    assert "reviews.proceedings.disclosure.forms" in MODULES


@pytest.mark.parametrize("name", MODULES)
def test_every_form_with_free_text_looks(name):
    module = importlib.import_module(name)
    found = {
        one.__name__
        for _, one in inspect.getmembers(module, inspect.isclass)
        if issubclass(one, GovForm)
        and one.__module__ == name
        and not issubclass(one, FreeTextForm)
        and any(type(field) is forms.CharField for field in one.base_fields.values())
    }

    assert found <= MAY_HOLD_NAMES
