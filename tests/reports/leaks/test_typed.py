"""What is told of a paragraph while it is typed, and to whom."""

import pytest
from django.urls import reverse

from reports.leaks.engine import Scanner
from reports.leaks.of_review import register_of
from reports.leaks.typed import MOST_SHOWN, told_of
from reviews.access import access_of
from reviews.models import Person
from reviews.rules import Role
from tests.conftest import with_role
from tests.factories.reports import begun, paragraph_in
from tests.factories.reviews import ParticipationFactory, PersonFactory, ReviewFactory
from tests.factories.reviews_people import IdentityFactory, date

pytestmark = pytest.mark.django_db

TEXT = "Then Lizzie died on 14\\.9\\.2013 at 9 Larkrise Street, *NB7* 4QX, as [[14.9.13]] says."


@pytest.fixture
def review():
    review = ReviewFactory()
    person = PersonFactory(
        review=review,
        pseudonym="Aspen",
        role=Person.Role.VICTIM,
        publish_death=Person.PublishDeath.SEASON,
    )
    IdentityFactory(
        person=person,
        names=["Elizabeth Wold"],
        died=date("14.9.2013").to_json(),
        born=date("3 May 1962").to_json(),
        addresses=["9 Larkrise Street, NB7 4QX"],
    )
    return review


def _told(review, text, role=Role.CHAIR):
    return told_of(text, access_of(with_role(role, review)), review)


def test_whoever_keeps_the_register_is_told_of_more_than_names(review):
    told = _told(review, TEXT)

    assert [words for words, _ in told.hits] == [
        "14.9.2013",
        "9 Larkrise Street",
        "NB7 4QX",
        "Lizzie",
    ]
    assert dict(told.hits)["14.9.2013"] == (
        "This is the date of death of Aspen; the rule allows season and year."
    )
    assert (told.names, told.more) == ((), 0)


def test_a_real_name_is_told_once(review):
    told = _told(review, "Elizabeth Wold rang, and Wold came.")

    assert told.names == (("Elizabeth Wold", "Aspen"), ("Wold", "Aspen"))
    assert told.hits == ()


@pytest.mark.parametrize(
    "role", [Role.PANEL_MEMBER, Role.BOARD_READER, Role.HOME_OFFICE_READER, Role.ADMINISTRATOR]
)
def test_who_does_not_keep_the_register_learns_nothing_of_it(review, role):
    told = _told(review, TEXT + " Elizabeth Wold.", role)

    assert (told.names, told.hits, told.more) == ((), (), 0)


def test_an_agency_is_told_of_the_names_that_it_was_asked_about_and_no_more(review):
    IdentityFactory(
        person=PersonFactory(review=review, role=Person.Role.CHILD), names=["Zacharias Wold"]
    )
    author = with_role(Role.IMR_AUTHOR, review, participation=ParticipationFactory(review=review))

    told = told_of(TEXT + " Elizabeth Wold, Zacharias.", access_of(author), review)

    assert (told.names, told.hits) == ((("Elizabeth Wold", "Aspen"),), ())


def test_of_many_hits_the_first_are_shown_and_the_others_counted(review):
    text = " ".join(f"They rang 07700 9001{number}." for number in range(10, 10 + MOST_SHOWN + 3))

    told = _told(review, text)

    assert (len(told.hits), told.more) == (MOST_SHOWN, 3)


def test_the_page_says_it_beside_the_words_that_it_keeps(client, sign_in, review):
    sign_in(Role.CHAIR, review)
    one = paragraph_in(begun(review).sections.get(code="background"), "As it was")
    document = one.section.document
    url = reverse("reports:paragraph-change", args=[review.reference, document.number, one.pk])

    said = client.post(url, {"_draft": "keep", "text": "It was 14 September 2013."})

    assert (
        "<strong>“14 September 2013” could tell who somebody is.</strong> "
        "This is the date of death of Aspen; the rule allows season and year."
    ) in said.content.decode()


def test_the_area_of_somebody_is_told_unless_the_rule_lets_it_be_said(review):
    text = "She lived in Dinnington."
    rules = Person.PublishAddress
    people = Person.objects.filter(review=review)

    people.update(area="Dinnington", publish_address=rules.NOTHING)
    assert Scanner(register_of(review)).found_in(text) != []

    people.update(publish_address=rules.AREA)
    assert Scanner(register_of(review)).found_in(text) == []
