"""The list of phrases that blame: the house's, without what a partnership leaves out, and its own."""

import uuid

import pytest
from django.urls import reverse

from reports.checking.blaming import HOUSE_LIST
from reports.checks.phrases import phrases_for
from reports.models import BlamingPhrase
from reviews.rules import Role
from tests.factories.agencies import PartnershipFactory
from tests.factories.reports import begun, paragraph_in
from tests.factories.reviews import ReviewFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def partnership():
    return PartnershipFactory()


@pytest.fixture
def coordinator(sign_in, partnership):
    return sign_in(Role.COORDINATOR, partnership=partnership)


def url_of(partnership):
    return reverse("reports:blaming-phrases", args=[partnership.slug])


def add(client, partnership, words="asked for it", **said):
    said = {
        "own-words": words,
        "own-why": "It was not asked for",
        "own-instead": "what was done.",
        "own-key": uuid.uuid4(),
        "add": "yes",
    } | said
    return client.post(url_of(partnership), said)


def leave_out(client, partnership, words="snapped", why="Too many hits"):
    said = {"house-words": words, "house-why": why, "house-key": uuid.uuid4(), "leave_out": "yes"}
    return client.post(url_of(partnership), said)


def words_of(partnership):
    return [one.words for one in phrases_for(partnership)]


def test_the_house_list_counts_until_somebody_adds_to_it(partnership):
    assert phrases_for(partnership) == HOUSE_LIST


def test_an_own_phrase_is_looked_for_in_the_documents_of_the_partnership(
    client, partnership, coordinator, sign_in
):
    added = add(client, partnership)
    review = ReviewFactory(partnership=partnership)
    document = begun(review)
    paragraph_in(document.sections.get(code="background"), "He wrote that she asked for it.")
    sign_in(Role.CHAIR, review)
    page = client.get(reverse("reports:checks", args=[review.reference, document.number]))

    lists = {one.item.key: one for one in page.context["lists"]}
    assert added.status_code == 302
    assert [one.message for one in lists["no-blame"].open] == [
        "It was not asked for. Instead: what was done."
    ]


def test_an_own_phrase_is_no_other_partnerships(client, partnership, coordinator):
    add(client, partnership)

    assert "asked for it" in words_of(partnership)
    assert phrases_for(PartnershipFactory()) == HOUSE_LIST


def test_a_phrase_of_the_house_is_left_out_with_a_reason_and_comes_back(
    client, partnership, coordinator
):
    leave_out(client, partnership)
    (row,) = BlamingPhrase.objects.all()
    without = words_of(partnership)
    client.post(url_of(partnership), {"off": row.pk})
    row.refresh_from_db()

    assert "snapped" not in without
    assert (row.why, row.made_by, row.removed_by) == ("Too many hits", coordinator, coordinator)
    assert phrases_for(partnership) == HOUSE_LIST


def test_leaving_out_needs_a_reason(client, partnership, coordinator):
    refused = leave_out(client, partnership, why="")

    assert refused.status_code == 422
    assert refused.context["form"].errors == {"why": ["Say why it is left out"]}


@pytest.mark.parametrize(
    ("words", "why"),
    [
        ("could have /", "Put a word on each side of /, and letters before or after *"),
        ("*", "Put a word on each side of /, and letters before or after *"),
        ("prov*ked*", "Put * at the end of a word only"),
        ("a b", "Enter a phrase of three letters or more"),
        ("Snapped", "This phrase is in the house’s list already"),
    ],
)
def test_a_phrase_that_would_find_everything_or_nothing_new_is_refused(
    client, partnership, coordinator, words, why
):
    refused = add(client, partnership, words)

    assert refused.status_code == 422
    assert refused.context["form"].errors == {"words": [why]}
    assert BlamingPhrase.objects.count() == 0


def test_a_second_click_finds_the_first_ones_phrase(client, partnership, coordinator):
    key = uuid.uuid4()

    statuses = [add(client, partnership, **{"own-key": key}).status_code for _ in range(2)]

    assert (statuses, BlamingPhrase.objects.count()) == ([302, 302], 1)


def test_the_same_phrase_twice_is_refused(client, partnership, coordinator):
    add(client, partnership)
    refused = add(client, partnership)

    assert refused.status_code == 422
    assert "This phrase is in the list already." in str(refused.context["form"].errors)
