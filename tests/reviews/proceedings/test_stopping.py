"""What a hold stops elsewhere, and on which pages it stands."""

import uuid
from datetime import date

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse

from reviews.letters.services import write_in_register
from reviews.lifecycle.services import set_stage
from reviews.rules import Role, Stage
from reviews.wording.kinds import Kind
from reviews.wording.services import install_house_wordings
from tests.conftest import with_role
from tests.factories.accounts import UserFactory
from tests.factories.reviews import PersonFactory, ReviewFactory
from tests.factories.reviews_family import CorrespondentFactory, contact
from tests.factories.reviews_letters import finished_letter
from tests.factories.reviews_proceedings import ProceedingFactory, hold, release
from tests.factories.reviews_terms import draft_terms

pytestmark = [pytest.mark.django_db, pytest.mark.time_machine("2026-11-21 10:00")]
TODAY = date(2026, 11, 21)


@pytest.fixture
def trial():
    return ProceedingFactory(review=ReviewFactory(stage=Stage.QUALITY_ASSURANCE))


@pytest.fixture
def person(trial):
    return PersonFactory(review=trial.review, pseudonym="MA 1")


@pytest.fixture
def log(trial, person):
    return CorrespondentFactory(review=trial.review, person=person)


def register_sent(letter, note=""):
    return write_in_register(
        letter,
        what="sent",
        on=TODAY,
        how="post",
        note=note,
        by=UserFactory(),
        key=uuid.uuid4(),
        today=TODAY,
    )


# --- Contact ------------------------------------------------------------------------------------


def test_contact_with_a_held_person_is_neither_recorded_nor_planned(trial, person, log):
    hold(trial, "contact", people=[person])

    with pytest.raises(ValidationError, match="A hold stops contact with MA 1"):
        contact(log, "July 2026")
    with pytest.raises(ValidationError, match="A hold stops contact with MA 1"):
        contact(log, "3 March 2026", next_on=date(2027, 1, 5))


def test_they_may_always_write_and_others_be_written_to(trial, person, log):
    hold(trial, "contact", people=[person])

    contact(log, "July 2026", direction="theirs")
    contact(log, "3 March 2026")
    contact(CorrespondentFactory(review=trial.review), "July 2026")


def test_after_the_release_they_are_written_to_again(trial, person, log):
    release(hold(trial, "contact", people=[person]), date(2026, 7, 1))

    contact(log, "2 July 2026")


def test_terms_and_drafts_are_not_given_while_family_sharing_is_held(trial, log):
    hold(trial, "family")
    terms = draft_terms(trial.review)

    for given in ({"terms": terms}, {"draft": "part"}):
        with pytest.raises(ValidationError, match="sharing material with the family"):
            contact(log, "July 2026", **given)
    contact(log, "July 2026")


# --- Letters ------------------------------------------------------------------------------------


@pytest.mark.parametrize("what", ["contact", "family"])
def test_a_letter_that_left_in_spite_of_a_hold_is_registered_with_the_reason(what, trial, person):
    install_house_wordings()
    letter = finished_letter(trial.review, kind=Kind.FAMILY_FIRST, person=person)
    hold(trial, what, people=[person])

    with pytest.raises(ValidationError, match="why the letter was sent all the same"):
        register_sent(letter)

    assert register_sent(letter, note="Posted before the hold was known").what == "sent"


def test_a_letter_to_an_agency_meets_no_hold(trial):
    install_house_wordings()
    hold(trial, "family")

    assert register_sent(finished_letter(trial.review)).what == "sent"


# --- Publication --------------------------------------------------------------------------------


@pytest.mark.parametrize("stage", [Stage.PUBLICATION, Stage.MONITORING])
def test_a_review_does_not_come_to_publication_while_it_is_held(stage, trial):
    one = hold(trial, "publication")

    with pytest.raises(ValidationError, match="A hold stops publication until further notice"):
        set_stage(trial.review, stage=stage, by=UserFactory())
    release(one, TODAY)

    assert set_stage(trial.review, stage=stage, by=UserFactory()).stage == stage


def test_a_review_goes_back_in_spite_of_a_hold(trial):
    trial.review.stage = Stage.MONITORING
    trial.review.save()
    hold(trial, "publication")

    set_stage(trial.review, stage=Stage.PUBLICATION, why="Not cleared", by=UserFactory())


# --- Banners ------------------------------------------------------------------------------------


def test_each_page_that_a_hold_affects_says_so(client, trial, person, log):
    install_house_wordings()
    letter = finished_letter(trial.review, kind=Kind.FAMILY_FIRST, person=person)
    other = PersonFactory(review=trial.review, pseudonym="MA 9")
    hold(trial, "contact", "publication", people=[person])
    client.force_login(with_role(Role.COORDINATOR, trial.review))
    contact_, publication = "A hold stops contact with MA 1", "A hold stops publication"

    def says(name, *more):
        page = reverse(f"reviews:{name}", args=[trial.review.reference, *more])
        text = client.get(page).content.decode()
        return [words for words in (contact_, publication) if words in text]

    for name, *more in (
        ("family",),
        ("correspondent", log.pk),
        ("contact-add", log.pk),
        ("letter-list",),
        ("letter-detail", letter.pk),
        ("letter-register", letter.pk),
        ("register",),
        ("person-detail", person.pk),
    ):
        assert says(name, *more) == [contact_], name
    assert says("review-stage") == says("course") == [publication]
    assert says("person-detail", other.pk) == []


def test_nobody_else_reads_of_a_hold(client, trial, person):
    hold(trial, "contact", "publication", people=[person])
    for role in (Role.PANEL_MEMBER, Role.HOME_OFFICE_READER, Role.BOARD_READER):
        client.force_login(with_role(role, trial.review))
        home = client.get(reverse("desk:review-home", args=[trial.review.reference]))

        for words in ("A hold stops", "1 hold", "2 holds"):
            assert words not in home.content.decode()
