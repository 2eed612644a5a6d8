"""Where the log of contact meets the letters, the clock and the review's home."""

import uuid
from datetime import date

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse

from foundations.dates import parse
from reviews.clock import services as clock
from reviews.family import services
from reviews.family.models import ContactEntry
from reviews.letters.services import (
    change_letter,
    make_letter,
    register_letter_from_elsewhere,
)
from reviews.rules import Role
from reviews.wording.kinds import Kind
from tests.factories.reviews import PersonFactory, ReviewFactory
from tests.factories.reviews_family import CorrespondentFactory, contact, wish
from tests.factories.reviews_people import IdentityFactory

pytestmark = [pytest.mark.django_db, pytest.mark.time_machine("2026-11-21 10:00")]
TODAY = date(2026, 11, 21)


@pytest.fixture
def review():
    return ReviewFactory()


@pytest.fixture
def chair(sign_in, review):
    return sign_in(Role.CHAIR, review)


@pytest.fixture
def mother(review):
    person = PersonFactory(review=review, pseudonym="FA 9", role="family")
    return CorrespondentFactory(review=review, person=person, relation="")


def letter_to(person, *, by, how="email"):
    return register_letter_from_elsewhere(
        person.review,
        kind=Kind.FAMILY_FIRST,
        title="First letter",
        on=date(2026, 3, 3),
        how=how,
        by=by,
        key=uuid.uuid4(),
        today=TODAY,
        person=person,
    )


def page(name, review, *more):
    return reverse(f"reviews:{name}", args=[review.reference, *more])


def test_a_letter_that_was_sent_is_offered_to_the_log(client, review, chair, mother):
    letter = letter_to(mother.person, by=chair)
    url = f"{page('contact-add', review, mother.pk)}?letter={letter.pk}"

    before = client.get(letter.get_absolute_url()).content.decode()
    offered = client.get(url).context["form"].initial
    assert ContactEntry.objects.count() == 0  # nothing is written unasked
    client.post(
        url,
        {
            "on_day": "3",
            "on_month": "3",
            "on_year": "2026",
            "direction": "ours",
            "how": "email",
            "by_whom": "The chair",
            "letter": letter.pk,
            "key": uuid.uuid4(),
        },
    )
    after = client.get(letter.get_absolute_url()).content.decode()

    assert url in before
    assert (str(offered["on"]), offered["how"], offered["leaflet"]) == (
        "3 March 2026",
        "email",
        "family",
    )
    assert ContactEntry.objects.get().letter == letter
    assert "It stands in" in after
    assert "First letter" in client.get(mother.get_absolute_url()).content.decode()


def test_whoever_is_not_in_the_log_is_offered_to_it(client, review, chair):
    person = PersonFactory(review=review, pseudonym="FA 8", role="family")
    letter = letter_to(person, by=chair)
    url = f"{page('correspondent-add', review)}?person={person.pk}"

    assert url in client.get(letter.get_absolute_url()).content.decode()
    assert str(client.get(url).context["form"]["person"].value()) == str(person.pk)


def test_a_letter_to_somebody_else_is_not_their_contact(client, review, chair, mother):
    other = letter_to(PersonFactory(review=review, role="family"), by=chair)
    url = f"{page('contact-add', review, mother.pk)}?letter={other.pk}"

    assert client.get(url).context["form"].initial == {}
    with pytest.raises(ValidationError, match="somebody else"):
        contact(mother, letter=other)


def test_a_letter_to_another_review_is_not_shown(client, review, chair, mother):
    person = PersonFactory(role="family")
    url = f"{page('contact-add', review, mother.pk)}?letter={letter_to(person, by=chair).pk}"

    assert client.get(url).context["form"].initial == {}


def test_the_home_says_with_whom_there_is_no_contact_and_what_is_open(client, review, chair):
    one, two = CorrespondentFactory.create_batch(2, review=review)
    wish(one)
    services.decide_engagement(
        two,
        outcome="stop",
        decided_on=TODAY,
        decided_by="The panel",
        reasons="No reply",
        revisit_on=date(2027, 2, 1),
        by=chair,
        key=uuid.uuid4(),
        today=TODAY,
    )

    home = client.get(reverse("desk:review-home", args=[review.reference])).content.decode()

    assert "2 people in the log of contact; no contact for now with 1" in home
    assert "What the report must answer" in home
    assert "1 not answered" in home


def test_a_pause_for_the_family_leads_to_the_log(client, review, chair):
    clock.pause(
        review,
        starts_on=date(2026, 4, 6),
        ends_on=date(2026, 4, 19),
        reason="family",
        because="",
        agreed_by="The chair",
        agreed_on=parse("30 March 2026").value,
        told="",
        told_on=None,
        by=chair,
    )

    text = client.get(page("clock", review)).content.decode()

    assert f'href="{page("family", review)}">Log of contact' in text


# --- A draft ------------------------------------------------------------------------------------


def family_draft(person, *, by):
    return make_letter(
        person.review, kind=Kind.FAMILY_FIRST, by=by, key=uuid.uuid4(), on=TODAY, person=person
    )


def test_a_letter_says_that_nobody_may_contact_them_yet(client, review, chair, mother):
    letter = family_draft(mother.person, by=chair)
    services.hold_contact(
        mother,
        not_before=date(2027, 3, 1),
        set_on=date(2026, 2, 1),
        why="The trial",
        by=chair,
        key=uuid.uuid4(),
        today=TODAY,
    )

    said = client.get(letter.get_absolute_url()).content.decode()

    assert "Nobody may contact them before 1 March 2027: The trial" in said


def test_a_draft_says_what_has_become_a_real_name(client, review, chair, mother):
    letter = family_draft(mother.person, by=chair)
    change_letter(letter, title="Ours", text="Dear Zara", seen=0, by=chair)
    before = client.get(letter.get_absolute_url()).content.decode()
    IdentityFactory(person=mother.person, names=["Zara Quillfeather"])

    after = client.get(letter.get_absolute_url()).content.decode()

    assert "Also names of people" not in before
    assert "Also names of people in this review: Zara." in after
