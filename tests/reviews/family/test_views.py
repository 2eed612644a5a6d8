import uuid
from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from audit.models import Event
from reviews.family import services
from reviews.family.models import ContactEntry, Correspondent, Wish
from reviews.rules import Role
from tests.conftest import with_role
from tests.factories.reviews import PersonFactory, ReviewFactory
from tests.factories.reviews_family import CorrespondentFactory, contact, wish

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
    return CorrespondentFactory(review=review, relation="Mother of FA 1")


def page(name, review, *more):
    return reverse(f"reviews:{name}", args=[review.reference, *more])


def contact_form(**changes):
    return {
        "on_text": "early March 2026",
        "direction": "ours",
        "how": "letter",
        "by_whom": "The chair",
        "key": uuid.uuid4(),
    } | changes


def hold(mother, by, not_before=date(2027, 3, 1)):
    services.hold_contact(
        mother,
        not_before=not_before,
        set_on=date(2026, 2, 1),
        why="The trial",
        by=by,
        key=uuid.uuid4(),
        today=TODAY,
    )


def test_somebody_is_added_and_a_contact_recorded(client, review, chair):
    person = PersonFactory(review=review, pseudonym="FA 9", role="family")

    added = client.post(
        page("correspondent-add", review),
        {"person": person.pk, "standing": "family", "through": "directly", "key": uuid.uuid4()},
    )
    one = Correspondent.objects.get()
    client.post(page("contact-add", review, one.pk), contact_form(leaflet="family"))

    text = client.get(one.get_absolute_url()).content.decode()
    assert added.url == one.get_absolute_url()
    assert "early March 2026" in text
    assert "Leaflet offered: for family members" in text


def test_a_second_click_adds_one(client, review, chair, mother):
    form = contact_form()

    for _ in range(2):
        client.post(page("contact-add", review, mother.pk), form)

    assert ContactEntry.objects.count() == 1


def test_a_person_of_another_review_cannot_be_chosen(client, review, chair):
    elsewhere = PersonFactory()

    response = client.post(
        page("correspondent-add", review),
        {"person": elsewhere.pk, "standing": "family", "through": "directly", "key": uuid.uuid4()},
    )

    assert response.status_code == 422
    assert Correspondent.objects.count() == 0


def test_the_key_of_another_persons_form_shows_nothing(client, review, chair, mother):
    other = CorrespondentFactory(review=review)
    key = contact(other).key

    response = client.post(page("contact-add", review, mother.pk), contact_form(key=key))

    assert response.status_code == 404


def test_the_form_refuses_a_contact_before_the_day(client, review, chair, mother):
    hold(mother, chair)

    response = client.post(page("contact-add", review, mother.pk), contact_form())

    assert response.status_code == 422
    assert (
        response.context["form"]
        .errors["on"][0]
        .startswith("Nobody may contact them before 1 March 2027")
    )
    assert ContactEntry.objects.count() == 0


def test_the_form_refuses_to_plan_one_before_the_day(client, review, chair, mother):
    hold(mother, chair)
    planned = {"next_on_day": "1", "next_on_month": "2", "next_on_year": "2027"}

    response = client.post(
        page("contact-add", review, mother.pk), contact_form(direction="theirs", **planned)
    )

    assert response.status_code == 422
    assert response.context["form"].errors["next_on"] == [
        "Nobody may contact them before 1 March 2027"
    ]


def test_lifting_a_hold_needs_no_day(client, review, chair, mother):
    hold(mother, chair)

    client.post(
        page("contact-hold", review, mother.pk),
        {
            "lift": "yes",
            "set_on_day": "20",
            "set_on_month": "11",
            "set_on_year": "2026",
            "why": "The trial is over",
            "key": uuid.uuid4(),
        },
    )

    assert Correspondent.objects.get().hold is None
    assert mother.holds.count() == 2


def test_a_correction_starts_from_the_entry_and_keeps_it(client, review, chair, mother):
    entry = contact(mother, "March 2026", note="Wrong words")
    url = page("contact-correct", review, entry.pk)

    initial = client.get(url).context["form"].initial
    client.post(url, contact_form(corrected_because="The month", note="Right words"))
    text = client.get(mother.get_absolute_url()).content.decode()

    assert initial["note"] == "Wrong words"
    assert "Wrong words" in text
    assert "Right words" in text
    assert client.get(url).status_code == 404  # the one that stands now is to be corrected


def test_no_further_contact_needs_a_day_to_look_again(client, review, chair, mother):
    form = {
        "outcome": "stop",
        "decided_on_day": "1",
        "decided_on_month": "11",
        "decided_on_year": "2026",
        "decided_by": "The panel",
        "reasons": "No reply",
        "key": uuid.uuid4(),
    }
    url = page("engagement-decide", review, mother.pk)

    refused = client.post(url, form)
    again = {"revisit_on_day": "1", "revisit_on_month": "2", "revisit_on_year": "2027"}
    client.post(url, form | again)

    assert refused.status_code == 422
    assert Correspondent.objects.get().decision.revisit_on == date(2027, 2, 1)


def test_a_question_is_answered_and_they_are_told(client, review, chair, mother):
    one = wish(mother, "Why was nobody told?")
    url = page("wish-answer", review, one.pk)
    form = {"outcome": "report", "where": "5.3.2", "text": "It was late"}

    client.post(url, form | {"key": uuid.uuid4()})
    before = client.get(page("wish-list", review)).content.decode()
    told = {"told_on_day": "20", "told_on_month": "11", "told_on_year": "2026"}
    client.post(url, form | told | {"key": uuid.uuid4()})

    assert "Answered, not told yet" in before
    assert Wish.objects.get().state == ("Answered", "green")


def test_what_is_open_stands_first(client, review, chair, mother):
    first, second = wish(mother, "One?"), wish(mother, "Two?")
    services.answer_wish(
        first, outcome="cannot", text="No", by=chair, key=uuid.uuid4(), today=TODAY
    )

    shown = client.get(page("wish-list", review)).context["page_obj"]

    assert list(shown) == [second, first]


# --- How to reach them --------------------------------------------------------------------------


def test_contact_details_are_shown_to_the_password_alone(client, review, chair, mother):
    chair.set_password("three random words")
    chair.save()
    client.force_login(chair)
    client.post(page("contact-details-enter", review, mother.pk), {"text": "1 Invented Lane"})
    url = page("contact-details", review, mother.pk)

    asked = client.get(url).content.decode()
    wrong = client.post(url, {"password": "wrong"})
    right = client.post(url, {"password": "three random words"})

    assert "Invented" not in asked
    assert wrong.status_code == 422
    assert "Invented" not in wrong.content.decode()
    assert "1 Invented Lane" in right.content.decode()
    assert "no-store" in right["Cache-Control"]
    assert Event.objects.filter(type="family.revealed").count() == 1


def test_contact_details_stand_on_no_other_page(client, review, chair, mother):
    services.set_details(mother, text="1 Invented Lane", by=chair)
    contact(mother)

    pages = [
        page("family", review),
        page("wish-list", review),
        page("correspondent", review, mother.pk),
        page("contact-details-enter", review, mother.pk),
        page("trail", review),
        reverse("desk:review-home", args=[review.reference]),
    ]

    assert [url for url in pages if "Invented" in client.get(url).content.decode()] == []


# --- Who sees it --------------------------------------------------------------------------------


@pytest.mark.parametrize("role", [Role.PANEL_MEMBER, Role.BOARD_READER, Role.HOME_OFFICE_READER])
def test_others_in_the_review_see_nothing_of_it(role, client, review, mother):
    review.stage = "quality_assurance"
    review.save()
    client.force_login(with_role(role, review))

    home = client.get(reverse("desk:review-home", args=[review.reference])).content.decode()

    assert client.get(mother.get_absolute_url()).status_code == 403
    assert "Family and others" not in home
    assert mother.relation not in home


def test_a_row_of_another_review_is_not_reached_through_ones_own(client, review, chair):
    theirs = CorrespondentFactory()
    rows = [
        ("correspondent", theirs.pk),
        ("contact-correct", contact(theirs).pk),
        ("wish-answer", wish(theirs).pk),
        ("contact-details", theirs.pk),
    ]

    assert {client.get(page(name, review, pk)).status_code for name, pk in rows} == {404}


@pytest.mark.parametrize("name", ["correspondent", "wish-list"])
def test_the_other_lists_take_as_many_queries_for_any_number(name, client, review, chair, mother):
    at = page(name, review, *([mother.pk] if name == "correspondent" else []))

    def queries():
        contact(mother)
        wish(mother)
        wish(CorrespondentFactory(review=review))
        client.get(at)
        with CaptureQueriesContext(connection) as asked:
            client.get(at)
        return len(asked)

    queries()
    assert queries() == queries()


def test_contacts_come_fifty_to_a_page(client, review, chair, mother):
    for _ in range(51):
        contact(mother)

    second = client.get(mother.get_absolute_url(), {"page": 2})

    assert len(second.context["entries"]) == 1


@pytest.mark.parametrize("count", [1, 3])
def test_the_list_takes_as_many_queries_for_any_number(
    count, client, review, chair, django_assert_num_queries
):
    for _ in range(count):
        one = CorrespondentFactory(review=review)
        contact(one)
        services.answer_wish(
            wish(one), outcome="cannot", text="No", by=chair, key=uuid.uuid4(), today=TODAY
        )
    client.get(page("family", review))

    with django_assert_num_queries(18):
        client.get(page("family", review))
