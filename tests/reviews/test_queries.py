import pytest

from audit.models import Event, EventType
from audit.services import record
from reviews.access import access_of
from reviews.lifecycle.services import set_stage
from reviews.queries import in_sentences, role_holders, trail_of
from reviews.rules import Material, Role
from reviews.services import give_role, share
from tests.conftest import with_role
from tests.factories.accounts import UserFactory
from tests.factories.reviews import ParticipationFactory, ReviewFactory

pytestmark = pytest.mark.django_db


def sentences(review):
    return [f"{line.who} {line.what}" for line in in_sentences(trail_of(review))]


def test_the_trail_is_told_newest_first_in_plain_sentences():
    review, chair = ReviewFactory(), UserFactory(name="Robin Vale")
    set_stage(review, stage="gathering", by=chair)
    share(review, material=Material.CHRONOLOGY, with_role=Role.PANEL_MEMBER, by=chair)

    assert sentences(review) == [
        "Robin Vale shared “Chronology” with “Panel member”",
        "Robin Vale moved the review from “Scoping” to “Gathering chronologies and IMRs”",
    ]


def test_a_refused_page_is_named_in_words():
    review, user = ReviewFactory(), UserFactory(name="Sam Hill")
    record(EventType.ACCESS_REFUSED, by=user, review=review, page="chronologies:combined-undated")

    assert sentences(review) == [
        "Sam Hill was refused a page that their role does not reach (combined undated)"
    ]


def test_a_sentence_names_agencies_and_people():
    part = ParticipationFactory(agency__name="Northfield Police")
    user = UserFactory(name="Sam Hill")

    give_role(user=user, role=Role.IMR_AUTHOR, review=part.review, participation=part, by=None)

    assert sentences(part.review) == [
        "The system gave Sam Hill the role “Agency IMR author” for Northfield Police"
    ]


def test_somebody_whose_account_is_gone_is_somebody():
    review, user = ReviewFactory(), UserFactory()
    record(EventType.PLAN_READ, by=user, review=review)
    user.delete()

    assert sentences(review) == ["Somebody read the action plan"]


@pytest.mark.parametrize("type_", EventType)
def test_every_kind_of_event_has_a_sentence(type_):
    review = ReviewFactory()
    record(type_, by=None, review=review)

    (sentence,) = sentences(review)

    assert sentence.startswith("The system ")
    assert "{" not in sentence


def test_the_trail_of_a_review_is_its_own():
    review = ReviewFactory()
    record(EventType.PLAN_READ, by=None, review=ReviewFactory())
    record(EventType.PLAN_READ, by=None, review=review)

    assert list(trail_of(review)) == [Event.objects.latest("pk")]


@pytest.mark.parametrize("count", [1, 3])
def test_a_page_of_the_trail_takes_one_query_for_names(count, django_assert_num_queries):
    review = ReviewFactory()
    for _ in range(count):
        record(EventType.PLAN_READ, by=UserFactory(), review=review)

    with django_assert_num_queries(2):
        assert len(in_sentences(trail_of(review))) == count


def test_holders_are_those_of_the_review_with_what_gave_it_to_them():
    review = ReviewFactory()
    coordinator, chair = with_role(Role.COORDINATOR, review), with_role(Role.CHAIR, review)
    with_role(Role.CHAIR, ReviewFactory())

    holders = role_holders(review, access_of(coordinator))
    assert [(holder.user, bool(holder.appointment)) for holder in holders] == [
        (chair, False),
        (coordinator, True),
    ]
