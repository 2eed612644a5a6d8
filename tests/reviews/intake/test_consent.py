"""A review of what somebody survived: whether they agree, each time they say so."""

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse
from pytest_django.asserts import assertContains

from reviews.intake.models import Circumstances, ConsentWord
from reviews.intake.services.deciding import describe
from reviews.rules import Role
from tests.days import today
from tests.factories.accounts import UserFactory
from tests.factories.reviews import ReviewFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def review():
    return ReviewFactory()


def seen_of(review):
    return getattr(Circumstances.objects.filter(review=review).first(), "changes", 0)


def say(review, consent, on=None, note="", **more):
    return describe(
        review,
        seen=seen_of(review),
        by=UserFactory(),
        manner="survived",
        charge="nobody_named",
        survivor_consent=consent,
        consent_on=on,
        consent_note=note,
        **more,
    )


def words(review):
    return list(ConsentWord.objects.filter(review=review).values_list("consent", "on"))


def test_asked_given_and_withdrawn_are_three_rows_with_their_days(review):
    given, withdrawn = today(-20), today(-2)
    say(review, "not_asked")
    say(review, "given", given, "In person, with her advocate")
    say(review, "withdrawn", withdrawn)

    assert words(review) == [("withdrawn", withdrawn), ("given", given), ("not_asked", None)]
    assert type(review.circumstances).objects.get().survivor_consent == "withdrawn"


def test_saying_the_same_again_is_no_new_word(review):
    for _ in range(2):
        say(review, "given", today())

    assert words(review) == [("given", today())]


def test_consent_is_not_withdrawn_before_it_was_given(review):
    say(review, "given", today())

    with pytest.raises(ValidationError) as refusal:
        say(review, "withdrawn", today(-1))

    assert set(refusal.value.message_dict) == {"consent_on"}
    assert words(review) == [("given", today())]


def test_a_withdrawal_has_its_day(review):
    with pytest.raises(ValidationError):
        say(review, "withdrawn")


def test_where_somebody_died_later_the_words_are_kept(review):
    say(review, "given", today())

    describe(
        review,
        seen=seen_of(review),
        by=None,
        manner="homicide",
        charge="charged",
        survivor_consent="",
        consent_on=None,
        consent_note="",
    )

    assert words(review) == [("given", today())]


def posted(client, review, **changes):
    url = reverse("reviews:circumstances", args=[review.reference])
    return client.post(
        url, {"manner": "survived", "charge": "nobody_named", "seen": seen_of(review)} | changes
    )


def day(on):
    return {"consent_on_day": on.day, "consent_on_month": on.month, "consent_on_year": on.year}


def test_the_chair_sees_each_word_with_its_day(client, sign_in, review):
    sign_in(Role.CHAIR, review)
    posted(client, review, survivor_consent="given", **day(today(-3)))
    posted(client, review, survivor_consent="withdrawn", **day(today()))

    page = client.get(reverse("reviews:decision-list", args=[review.reference]))

    assertContains(page, "agreed before, and no longer does")
    assertContains(page, f"{today(-3):%-d %B %Y}: agrees to the review")


def test_an_impossible_day_is_refused_beside_its_field(client, sign_in, review):
    sign_in(Role.CHAIR, review)
    posted(client, review, survivor_consent="given", **day(today()))

    answer = posted(
        client,
        review,
        survivor_consent="withdrawn",
        consent_note="By letter",
        **day(today(-1)),
    )

    assert answer.status_code == 422
    assert set(answer.context["form"].errors) == {"consent_on"}
    assertContains(answer, "By letter", status_code=422)


@pytest.mark.parametrize("charge", ["nobody_named", "charged", "investigation", "unknown"])
@pytest.mark.parametrize("manner", ["suicide", "homicide", "unexplained"])
def test_a_suicide_no_charge_and_no_named_perpetrator_are_ordinary(manner, charge, review):
    describe(review, seen=0, by=None, manner=manner, charge=charge)

    assert (review.circumstances.manner, review.circumstances.charge) == (manner, charge)
    assert not review.people.filter(role="perpetrator").exists()
