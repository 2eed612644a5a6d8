import pytest
from django.contrib.auth.hashers import make_password
from django.core import mail
from django.core.cache import cache
from django.db import connection
from django.urls import reverse
from pytest_django.asserts import assertContains, assertNotContains, assertRedirects

from audit.models import Event
from reviews.models import Person
from reviews.people.models import Identity, Relationship
from reviews.rules import Role
from tests.factories.reviews import PersonFactory
from tests.factories.reviews_people import IdentityFactory, RelationshipFactory

pytestmark = pytest.mark.django_db
PASSWORD = "three random words"
NAME = "Zara Quillfeather"


@pytest.fixture
def person():
    return PersonFactory(pseudonym="MA 1")


@pytest.fixture
def chair(sign_in, person, client):
    user = sign_in(Role.CHAIR, person.review)
    user.password = make_password(PASSWORD)
    user.save()
    client.force_login(user)
    cache.clear()
    return user


def page(name, person):
    return reverse(f"reviews:{name}", args=[person.review.reference, person.pk])


def whole(name, person):
    return reverse(f"reviews:{name}", args=[person.review.reference])


def reveals():
    return Event.objects.filter(type="identity.revealed").count()


# --- Real names ---------------------------------------------------------------------------------


@pytest.mark.usefixtures("chair")
def test_no_page_shows_a_name_without_the_password(client, person):
    IdentityFactory(person=person, contact="0113 496 0999")

    for url in (
        whole("register", person),
        whole("genogram", person),
        page("person-detail", person),
        page("person-change", person),
        page("person-reveal", person),
        page("person-identity", person),
        person.review.get_absolute_url(),
    ):
        shown = client.get(url)
        assert shown.status_code == 200
        assertNotContains(shown, "Quillfeather")
        assertNotContains(shown, "496 0999")
    assert reveals() == 0


@pytest.mark.usefixtures("chair")
def test_the_right_password_shows_who_it_is_and_the_trail_says_so(client, person):
    IdentityFactory(person=person)

    shown = client.post(page("person-reveal", person), {"password": PASSWORD})

    assertContains(shown, NAME)
    assert "no-store" in shown["Cache-Control"]
    assert (reveals(), len(mail.outbox)) == (1, 0)


@pytest.mark.usefixtures("chair")
def test_a_wrong_password_shows_nothing(client, person):
    IdentityFactory(person=person)

    shown = client.post(page("person-reveal", person), {"password": "three other words"})

    assertContains(shown, "The password is not right", status_code=422)
    assertNotContains(shown, "Quillfeather", status_code=422)
    assert reveals() == 0


@pytest.mark.usefixtures("chair")
def test_passwords_cannot_be_tried_out(client, person):
    IdentityFactory(person=person)

    tries = [
        client.post(page("person-reveal", person), {"password": "no"}).status_code
        for _ in range(11)
    ]

    assert tries == [422] * 10 + [429]
    assert client.post(page("person-reveal", person), {"password": PASSWORD}).status_code == 429
    assert client.post(page("person-identity", person), {"password": PASSWORD}).status_code == 429


@pytest.mark.usefixtures("chair")
def test_a_record_that_does_not_open_says_so_and_shows_nothing(client, person):
    IdentityFactory(person=person)
    with connection.cursor() as cursor:
        cursor.execute("update reviews_identity set names = contact")

    shown = client.post(page("person-reveal", person), {"password": PASSWORD})

    assertContains(shown, "the record cannot be read")


@pytest.mark.usefixtures("chair")
def test_a_shown_identity_says_what_of_it_may_be_published(client, person):
    IdentityFactory(
        person=person,
        born={"text": "1989", "earliest": "1989-03-03", "latest": "1989-03-03", "precision": "day"},
        died={"text": "2024", "earliest": "2024-05-12", "latest": "2024-05-12", "precision": "day"},
    )

    shown = client.post(page("person-reveal", person), {"password": PASSWORD})

    assertContains(shown, "35 to 44")
    assertContains(shown, "May 2024")


# --- Entering and changing who somebody is --------------------------------------------------------


def filled(shown, **changes):
    form = shown.context["form"]
    data = {
        "names": NAME,
        "addresses": "",
        "contact": "",
        "numbers": "",
        "note": "",
        "permit": form.initial["permit"],
    }
    return data | changes


@pytest.mark.usefixtures("chair")
def test_who_somebody_is_is_entered_without_the_password_while_nothing_is_known(client, person):
    shown = client.get(page("person-identity", person))

    answer = client.post(
        page("person-identity", person),
        filled(shown, names=f"{NAME}\n\nZaz\nZaz", born_day="3", born_month="3", born_year="1989"),
    )

    assertRedirects(answer, page("person-detail", person))
    assert Identity.objects.get().names == [NAME, "Zaz"]


@pytest.mark.usefixtures("chair")
def test_what_is_known_is_shown_for_changing_after_the_password(client, person):
    IdentityFactory(person=person, contact="By telephone")

    shown = client.post(page("person-identity", person), {"password": PASSWORD})
    assertContains(shown, NAME)
    answer = client.post(page("person-identity", person), filled(shown, contact="By letter"))

    assertRedirects(answer, page("person-detail", person))
    assert (Identity.objects.get().contact, reveals()) == ("By letter", 1)


@pytest.mark.usefixtures("chair")
def test_without_having_seen_what_is_known_nothing_is_changed(client, person):
    blank = client.get(page("person-identity", person))
    IdentityFactory(person=person)

    answer = client.post(page("person-identity", person), filled(blank, names="Somebody Else"))

    assertContains(answer, "Somebody has changed this meanwhile", status_code=422)
    assertContains(answer, "Somebody Else", status_code=422)
    assert Identity.objects.get().names == [NAME]


@pytest.mark.usefixtures("chair")
@pytest.mark.parametrize("permit", ["", "made up", "x:y:z"])
def test_a_permit_that_was_made_up_changes_nothing(client, person, permit):
    IdentityFactory(person=person)

    answer = client.post(page("person-identity", person), {"names": "Other", "permit": permit})

    assert (answer.status_code, Identity.objects.get().names) == (422, [NAME])


@pytest.mark.usefixtures("chair")
@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"names": " \n "}, "Enter the name they are known by"),
        ({"born_text": "2030"}, "Date of birth must not be in the future"),
        (
            {"born_text": "1990", "died_text": "1989"},
            "Date of death must be after the date of birth",
        ),
    ],
)
def test_impossible_facts_are_refused_and_kept_in_the_form(client, person, changes, message):
    shown = client.get(page("person-identity", person))

    answer = client.post(
        page("person-identity", person), filled(shown, contact="By telephone", **changes)
    )

    assertContains(answer, message, status_code=422)
    assertContains(answer, "By telephone", status_code=422)


# --- The register -------------------------------------------------------------------------------


@pytest.mark.usefixtures("chair")
def test_rules_of_publication_are_changed_and_kept(client, person):
    shown = client.get(page("person-change", person))

    answer = client.post(
        page("person-change", person),
        shown.context["form"].initial | {"publish_birth": "nothing", "reason": "Asked for"},
    )

    assertRedirects(answer, page("person-detail", person))
    assertContains(client.get(page("person-detail", person)), "Reason: Asked for")


@pytest.mark.usefixtures("chair")
def test_an_area_to_publish_must_be_said(client, person):
    shown = client.get(page("person-change", person))

    answer = client.post(
        page("person-change", person), shown.context["form"].initial | {"publish_address": "area"}
    )

    assertContains(answer, "Enter the area that may be published", status_code=422)


@pytest.mark.usefixtures("chair")
def test_a_relationship_is_added_drawn_listed_and_withdrawn(client, person):
    child = PersonFactory(review=person.review, pseudonym="FC 1", role=Person.Role.CHILD)

    client.post(
        whole("relationship-add", person),
        {"person": person.pk, "kind": "parent", "other": child.pk, "note": ""},
    )
    shown = client.get(whole("genogram", person))
    assertContains(shown, '<svg xmlns="http://www.w3.org/2000/svg"')
    assertContains(shown, "Withdraw<span")
    client.post(
        reverse(
            "reviews:relationship-withdraw",
            args=[person.review.reference, Relationship.objects.get().pk],
        )
    )

    assertContains(client.get(whole("genogram", person)), "No relationships yet")


@pytest.mark.usefixtures("chair")
def test_somebody_of_another_review_cannot_be_related(client, person):
    answer = client.post(
        whole("relationship-add", person),
        {"person": person.pk, "kind": "parent", "other": PersonFactory().pk},
    )

    assert (answer.status_code, Relationship.objects.count()) == (422, 0)


@pytest.mark.usefixtures("chair")
def test_the_picture_alone_is_saved_and_on_the_trail(client, person):
    answer = client.get(whole("genogram-file", person))

    assert answer["Content-Disposition"].startswith("attachment")
    assert answer["Content-Type"] == "image/svg+xml"
    assert Event.objects.filter(type="export.made").count() == 1


@pytest.mark.usefixtures("chair")
@pytest.mark.parametrize("name", ["register", "genogram"])
@pytest.mark.parametrize("number", [1, 3])
def test_lists_take_as_many_queries_for_many_as_for_one(
    client, person, django_assert_max_num_queries, name, number
):
    for _ in range(number):
        IdentityFactory(person=RelationshipFactory(person=person).other)

    with django_assert_max_num_queries(20):
        client.get(whole(name, person))
