import pytest

from reviews.models import Person
from reviews.people.names import Names, names_in, names_of, with_pseudonyms
from tests.factories.reviews import PersonFactory, ReviewFactory
from tests.factories.reviews_people import IdentityFactory

MARY = Names([("Mary Jane O’Brien-Vale", "MA 1"), ("Maz", "MA 1"), ("Tomás Vale", "MA 2")])


def found(text, names=MARY):
    return [(text[one.start : one.end], one.pseudonym) for one in names.find(text)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Mary rang her GP.", [("Mary", "MA 1")]),
        ("MARY rang, and Tomas came.", [("MARY", "MA 1"), ("Tomas", "MA 2")]),
        ("Tomás's car", [("Tomás", "MA 2")]),
        ("mary jane o'brien-vale was seen", [("mary jane o'brien-vale", "MA 1")]),
        ("Mary Vale was seen", [("Mary Vale", "MA 1")]),
        ("Ms O'Brien attended", [("O'Brien", "MA 1")]),
        ("Maz", [("Maz", "MA 1")]),
        ("They went to marry in the vale.", []),
        ("Marylebone station", []),
        ("Maryam attended", []),
        ("Nobody is named here", []),
        ("", []),
    ],
)
def test_finds_names_where_they_are_written_like_names(text, expected):
    assert found(text) == expected


def test_places_are_right_behind_accents():
    assert found("Café, naïve: Tomás came") == [("Tomás", "MA 2")]


def test_a_word_that_is_a_pseudonym_as_well_is_left_alone():
    names = Names([("Anna Vale", "MA 1")], pseudonyms={"Anna"})

    assert found("Anna rang", names) == []


def test_short_words_and_titles_are_left_alone():
    names = Names([("Dr Jo Li Marsh", "MA 1")])

    assert found("Dr Smith saw Jo and Li. Marsh left.", names) == [("Marsh", "MA 1")]


def test_a_text_with_its_names_replaced():
    text = "Mary rang Tomás; Mary Vale left."

    assert with_pseudonyms(text, MARY.find(text)) == "MA 1 rang MA 2; MA 1 left."


def test_without_names_nothing_is_looked_for():
    assert (bool(Names()), Names().find("Mary")) == (False, [])


@pytest.mark.django_db
def test_the_register_of_a_review_says_whose_name_it_is():
    person = PersonFactory(pseudonym="FC 1", role=Person.Role.CHILD)
    IdentityFactory(person=person, names=["Zara Quillfeather"])

    (one,) = names_in(person.review, "Zara was at school.")

    assert (one.start, one.end, one.pseudonym) == (0, 4, "FC 1")


@pytest.mark.django_db
def test_a_name_of_another_review_is_not_found():
    IdentityFactory(names=["Zara Quillfeather"])

    assert names_in(ReviewFactory(), "Zara was at school.") == []


@pytest.mark.django_db
def test_agencies_are_told_only_of_whom_they_were_asked_about():
    review = ReviewFactory()
    for role, name in ((Person.Role.VICTIM, "Mary Vale"), (Person.Role.CHILD, "Zara Quill")):
        person = PersonFactory(review=review, role=role)
        IdentityFactory(person=person, names=[name])

    names = names_of(review, known_to_agencies=True)

    assert found("Mary and Zara", names) == [("Mary", review.people.first().pseudonym)]


@pytest.mark.django_db
def test_a_review_that_is_not_saved_has_no_names():
    assert not names_of(ReviewFactory.build(partnership=None))


def test_everybody_whom_a_word_fits_is_named():
    names = Names([("Zara Quill", "FA 1"), ("Ivo Quill", "MA 1"), ("Zara Quill", "FA 2")])

    found = names.find("Quill rang Ivo Quill and Zara Quill.")

    assert [(one.pseudonym, one.whose) for one in found] == [
        ("FA 1", "FA 1 or MA 1 or FA 2"),
        ("MA 1", "MA 1"),
        ("FA 1", "FA 1 or FA 2"),
    ]
