import uuid
from datetime import date

import pytest
from django.urls import reverse

from reviews.rules import Role
from reviews.wording.kinds import Kind
from reviews.wording.models import Wording
from reviews.wording.services import install_house_wordings, wording_for
from tests.factories.agencies import PartnershipFactory
from tests.factories.reviews import ReviewFactory
from tests.factories.reviews_wording import WordingFactory

pytestmark = [pytest.mark.django_db, pytest.mark.time_machine("2026-11-21 10:00")]
TODAY = date(2026, 11, 21)


@pytest.fixture
def place(sign_in):
    install_house_wordings()
    partnership = PartnershipFactory(name="Northvale", slug="northvale")
    sign_in(Role.COORDINATOR, partnership=partnership)
    return partnership


def page(name, place, *more, kind=Kind.AGENDA):
    return reverse(f"reviews:wording-{name}", args=[place.slug, kind, *more])


def form(place, **changes):
    return {
        "title": "Agenda",
        "text": "1. Welcome\n2. {{ meeting.date }}",
        "source": "Protocol of 2026",
        "effective_from_day": "1",
        "effective_from_month": "12",
        "effective_from_year": "2026",
        "seen": wording_for(Kind.AGENDA, place, TODAY).pk,
        "key": uuid.uuid4(),
    } | changes


def test_every_text_of_ones_partnerships_is_listed(client, place):
    PartnershipFactory(name="Elsewhere")

    response = client.get(reverse("reviews:wording-list"))

    rows = response.context["rows"]
    assert [(row.partnership, row.kind) for row in rows] == [(place, kind) for kind in Kind]


def test_the_list_says_whose_is_used_and_what_is_coming(client, place):
    own = {"kind": Kind.AGENDA, "partnership": place}
    WordingFactory(**own, version=1, effective_from=date(2026, 6, 1))
    WordingFactory(**own, version=2, effective_from=date(2027, 1, 1))

    text = client.get(reverse("reviews:wording-list")).content.decode()

    assert text.count("Your own") == 1
    assert "Version 2 from 1 January 2027" in text


def test_the_list_takes_as_many_queries_for_any_number(client, place, django_assert_num_queries):
    for number in range(9):
        WordingFactory(kind=Kind.AGENDA, partnership=place, version=number + 1)
    client.get(reverse("reviews:wording-list"))

    with django_assert_num_queries(6):
        client.get(reverse("reviews:wording-list"))


def test_the_page_shows_the_text_in_force_with_made_up_facts(client, place):
    WordingFactory(
        kind=Kind.AGENDA, partnership=place, text="# About {{ review.reference }}\n- <b>one</b>"
    )

    text = client.get(page("detail", place)).content.decode()

    assert '<h3 class="govuk-heading-s">About DARDR-2026-03</h3>' in text
    assert "<li>&lt;b&gt;one&lt;/b&gt;</li>" in text
    assert "Used today" in text


def test_an_older_version_can_be_read(client, place):
    older = wording_for(Kind.AGENDA, place, TODAY)
    WordingFactory(kind=Kind.AGENDA, partnership=place)

    text = client.get(page("version", place, older.pk)).content.decode()

    assert "Not used today" in text


@pytest.mark.parametrize("name", ["detail", "create"])
def test_a_kind_that_is_not_known_does_not_exist(name, client, place):
    assert client.get(page(name, place, kind="letter-to-santa")).status_code == 404


def test_a_version_of_somebody_else_does_not_exist(client, place):
    theirs = WordingFactory(kind=Kind.AGENDA)

    assert client.get(page("version", place, theirs.pk)).status_code == 404


def test_a_coordinator_makes_a_version(client, place):
    response = client.post(page("create", place), form(place))

    made = Wording.objects.get(partnership=place)
    assert response["Location"] == page("detail", place)
    assert (made.version, made.effective_from) == (1, date(2026, 12, 1))
    assert wording_for(Kind.AGENDA, place, date(2026, 12, 1)) == made


def test_the_form_starts_from_the_newest_words(client, place):
    newest = WordingFactory(
        kind=Kind.AGENDA, partnership=place, text="1. Ours", effective_from=date(2027, 1, 1)
    )

    found = client.get(page("create", place)).context["form"].initial

    assert (found["text"], found["seen"]) == ("1. Ours", newest.pk)


def test_an_unknown_field_is_named_beside_its_box_with_the_known_ones(client, place):
    response = client.post(page("create", place), form(place, text="About {{ review.nickname }}"))

    (error,) = response.context["form"].errors["text"]
    assert response.status_code == 422
    assert error.startswith(
        "“{{\xa0review.nickname\xa0}}” is not a field of this text. Its fields are"
    )
    assert "{{\xa0meeting.place\xa0}}" in error
    assert not Wording.objects.filter(partnership=place).exists()


def test_a_preview_saves_nothing(client, place):
    response = client.post(page("create", place), form(place, preview="yes"))

    assert response.status_code == 200
    assert "<li>12 May 2026</li>" in response.content.decode()
    assert not Wording.objects.filter(partnership=place).exists()


def test_a_second_click_makes_no_second_version(client, place):
    data = form(place)

    codes = [client.post(page("create", place), data).status_code for _ in range(2)]

    assert (codes, Wording.objects.filter(partnership=place).count()) == ([302, 302], 1)


def test_two_coordinators_at_once_do_not_pass_over_each_other(client, place):
    first, second = form(place), form(place, text="1. Mine")

    client.post(page("create", place), first)
    response = client.post(page("create", place), second)

    assert response.status_code == 422
    assert response.context["form"].non_field_errors() == [
        "Somebody has made a newer version meanwhile. Copy your words, open it and start from it"
    ]
    assert "1. Mine" in response.content.decode()


@pytest.mark.parametrize(
    ("changes", "name"),
    [
        ({"effective_from_year": "2025"}, "effective_from"),
        ({"effective_from_day": "31", "effective_from_month": "2"}, "effective_from"),
        ({"title": ""}, "title"),
        ({"text": "   "}, "text"),
        ({"source": ""}, "source"),
    ],
)
def test_what_cannot_be_is_refused(changes, name, client, place):
    response = client.post(page("create", place), form(place, **changes))

    assert (response.status_code, list(response.context["form"].errors)) == (422, [name])


def test_a_chair_is_refused(client, sign_in):
    install_house_wordings()
    sign_in(Role.CHAIR, ReviewFactory())

    assert client.get(reverse("reviews:wording-list")).status_code == 403
