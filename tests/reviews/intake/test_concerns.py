import uuid

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse

from audit.models import Event
from foundations.post.models import Message
from reviews.intake.models import EarlyAction, UrgentConcern
from reviews.intake.services import concerns, learning
from reviews.rules import Role
from tests.conftest import with_role
from tests.days import today
from tests.factories.accounts import UserFactory
from tests.factories.reviews import ParticipationFactory, ReviewFactory
from tests.factories.reviews_intake import EarlyActionFactory, UrgentConcernFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def part():
    return ParticipationFactory()


@pytest.fixture
def review(part):
    return part.review


def raise_(review, *, participation=None, key=None, by=None):
    return concerns.raise_concern(
        review,
        key=key or uuid.uuid4(),
        text="Child 1 may be at risk from MA 1",
        done_already="Called the police",
        by=by or UserFactory(),
        participation=participation,
    )


# --- Urgent concerns: the services --------------------------------------------------------------


def test_the_leaders_are_told_at_once(review, part):
    leaders = {with_role(role, review).email for role in (Role.COORDINATOR, Role.CHAIR)}
    with_role(Role.PANEL_MEMBER, review)

    raise_(review, participation=part)

    messages = Message.objects.filter(key__startswith="concern:")
    assert {message.to for message in messages} == leaders
    assert all("risk" not in message.subject + message.body for message in messages)


def test_a_concern_has_an_owner_from_the_first_moment(review, part):
    concern = raise_(review, participation=part)

    assert concern.owner is None
    assert [(step.owner, step.given_by) for step in concern.owners.all()] == [
        (None, concern.raised_by)
    ]


def test_a_concern_is_given_to_an_agency_which_is_told(review, part):
    concern, lead = raise_(review), with_role(Role.ACTION_LEAD, review, part)

    concerns.give_concern(concern, owner=part, by=UserFactory())

    assert [step.owner for step in concern.owners.all()] == [None, part]
    assert [one.to for one in Message.objects.filter(key__startswith="concern-owner:")] == [
        lead.email
    ]


def test_giving_it_twice_to_the_same_is_one_step(review, part):
    concern = raise_(review)

    concerns.give_concern(concern, owner=part, by=UserFactory())
    concerns.give_concern(concern, owner=part, by=UserFactory())

    assert concern.owners.count() == 2


def test_a_concern_is_closed_with_what_was_done(review):
    concern, by = raise_(review), UserFactory()

    closed = concerns.close_concern(concern, closing="Placed with family", by=by)

    assert (closed.is_open, closed.closed_by, closed.closing) == (False, by, "Placed with family")
    assert Event.objects.filter(type="concern.closed").count() == 1


def test_a_concern_is_not_closed_without_a_word(review):
    with pytest.raises(ValidationError):
        concerns.close_concern(raise_(review), closing="", by=UserFactory())


@pytest.mark.parametrize(
    "again",
    [
        lambda concern, by: concerns.close_concern(concern, closing="Done again", by=by),
        lambda concern, by: concerns.give_concern(concern, owner=None, by=by),
    ],
    ids=["close", "give"],
)
def test_the_second_to_close_is_told(again, review):
    concern = raise_(review)
    concerns.close_concern(concern, closing="Done", by=UserFactory())

    with pytest.raises(concerns.AlreadyClosed):
        again(concern, UserFactory())


def test_a_second_click_raises_it_once(review):
    key, by = uuid.uuid4(), UserFactory()

    assert raise_(review, key=key, by=by) == raise_(review, key=key, by=by)
    assert UrgentConcern.objects.count() == 1


# --- Urgent concerns: the pages -----------------------------------------------------------------


@pytest.mark.parametrize("role", [Role.IMR_AUTHOR, Role.SIGN_OFF_OFFICER, Role.ACTION_LEAD])
def test_every_role_of_an_agency_raises_a_concern(role, client, sign_in, review, part):
    user = sign_in(role, review, part)

    response = client.post(
        reverse("reviews:concern-raise", args=[review.reference]),
        {"key": uuid.uuid4(), "text": "Child 1 may be at risk"},
    )

    concern = UrgentConcern.objects.get()
    assert response.status_code == 302
    assert (concern.raised_for, concern.raised_by) == (part, user)


def test_the_chair_raises_one_for_the_review_team(client, sign_in, review, part):
    sign_in(Role.CHAIR, review)

    client.post(
        reverse("reviews:concern-raise", args=[review.reference]),
        {"key": uuid.uuid4(), "text": "FA 1 had a sister", "participation": part.pk},
    )

    assert UrgentConcern.objects.get().raised_for is None


def test_whoever_deals_with_it_does_not_learn_who_raised_it(client, sign_in, review, part):
    raiser = ParticipationFactory(review=review)
    concern = raise_(review, participation=raiser, by=UserFactory(name="Robin Grey"))
    concerns.give_concern(concern, owner=part, by=UserFactory())
    sign_in(Role.IMR_AUTHOR, review, part)

    page = client.get(
        reverse("reviews:concern-detail", args=[review.reference, concern.pk])
    ).content.decode()

    assert concern.text in page
    assert raiser.agency.name not in page
    assert "Robin Grey" not in page


def test_whoever_raised_it_does_not_learn_which_agency_deals_with_it(client, sign_in, review, part):
    owner = ParticipationFactory(review=review)
    concern = raise_(review, participation=part)
    concerns.give_concern(concern, owner=owner, by=UserFactory())
    sign_in(Role.IMR_AUTHOR, review, part)

    for url in ("concern-detail", "concern-list"):
        at = [review.reference, concern.pk] if url == "concern-detail" else [review.reference]
        page = client.get(reverse(f"reviews:{url}", args=at)).content.decode()
        assert owner.agency.name not in page
        assert "Another agency" in page


def test_a_third_agency_finds_nothing(client, sign_in, review, part):
    concern = raise_(review, participation=ParticipationFactory(review=review))
    sign_in(Role.IMR_AUTHOR, review, part)

    listed = client.get(reverse("reviews:concern-list", args=[review.reference]))
    page = client.get(reverse("reviews:concern-detail", args=[review.reference, concern.pk]))

    assert list(listed.context["page_obj"]) == []
    assert page.status_code == 404


def test_the_agency_that_deals_with_it_closes_it(client, sign_in, review, part):
    concern = raise_(review)
    concerns.give_concern(concern, owner=part, by=UserFactory())
    user = sign_in(Role.ACTION_LEAD, review, part)
    url = reverse("reviews:concern-close", args=[review.reference, concern.pk])

    refused = client.post(url, {})
    client.post(url, {"closing": "Referred to the safeguarding team on the same day"})

    concern.refresh_from_db()
    assert dict(refused.context["form"].errors) == {"closing": ["Say what was done"]}
    assert (concern.is_open, concern.closed_by) == (False, user)


def test_the_agency_that_raised_it_does_not_close_it(client, sign_in, review, part):
    concern = raise_(review, participation=part)
    sign_in(Role.IMR_AUTHOR, review, part)

    response = client.post(reverse("reviews:concern-close", args=[review.reference, concern.pk]))

    assert response.status_code == 403


@pytest.mark.parametrize("count", [1, 3])
def test_the_list_takes_as_many_queries_for_any_number(
    count, client, sign_in, review, django_assert_num_queries
):
    for _ in range(count):
        UrgentConcernFactory(review=review)
    sign_in(Role.CHAIR, review)
    url = reverse("reviews:concern-list", args=[review.reference])
    client.get(url)

    with django_assert_num_queries(8):
        client.get(url)


# --- Immediate learning: the services -----------------------------------------------------------


def begin(part, **more):
    return learning.begin_action(
        part.review,
        owner=part,
        by=UserFactory(),
        **{
            "key": uuid.uuid4(),
            "learning": "Calls were not linked",
            "action": "Link calls to one address",
            "due": today(30),
        }
        | more,
    )


def test_an_early_action_is_owed_by_an_agency_which_is_told(part):
    lead = with_role(Role.ACTION_LEAD, part.review, part)

    early = begin(part)

    assert (early.owner, early.due, early.first_due) == (part, today(30), today(30))
    assert [one.to for one in Message.objects.filter(key__startswith="early-action:")] == [
        lead.email
    ]


def test_a_moved_day_keeps_the_first(part):
    early, later = begin(part), today(44)

    learning.move_action(early, due=later, reason="The trainer is ill", by=UserFactory())

    early.refresh_from_db()
    assert (early.due, early.first_due) == (later, today(30))
    assert [(move.before, move.after, move.reason) for move in early.moves.all()] == [
        (today(30), later, "The trainer is ill")
    ]


@pytest.mark.parametrize("days", [-1, 30])
def test_a_day_that_has_passed_or_is_no_change_is_refused(days, part):
    with pytest.raises(ValidationError):
        learning.move_action(begin(part), due=today(days), reason="Late", by=UserFactory())


def test_the_second_to_finish_is_told(part):
    early = begin(part)
    learning.finish_action(early, done="Linked", by=UserFactory())

    with pytest.raises(learning.AlreadyDone):
        learning.finish_action(early, done="Linked again", by=UserFactory())


# --- Immediate learning: the pages --------------------------------------------------------------


def test_the_coordinator_asks_an_agency_to_act(client, sign_in, review, part):
    sign_in(Role.COORDINATOR, review)

    response = client.post(
        reverse("reviews:early-action-create", args=[review.reference]),
        {
            "key": uuid.uuid4(),
            "learning": "Calls were not linked",
            "action": "Link calls",
            "owner": part.pk,
            "due_day": today(30).day,
            "due_month": today(30).month,
            "due_year": today(30).year,
        },
    )

    assert response.status_code == 302
    assert EarlyAction.objects.get().owner == part


def test_an_agency_of_another_review_is_refused(client, sign_in, review):
    sign_in(Role.COORDINATOR, review)

    response = client.post(
        reverse("reviews:early-action-create", args=[review.reference]),
        {"key": uuid.uuid4(), "owner": ParticipationFactory().pk},
    )

    assert "owner" in response.context["form"].errors


def test_an_agency_sees_its_own_and_says_what_was_done(client, sign_in, review, part):
    own, other = EarlyActionFactory(owner=part), EarlyActionFactory(owner__review=review)
    user = sign_in(Role.ACTION_LEAD, review, part)
    at = [review.reference]

    page = client.get(reverse("reviews:early-actions", args=at)).content.decode()
    hidden = client.get(reverse("reviews:early-action-done", args=[*at, other.pk]))
    client.post(reverse("reviews:early-action-done", args=[*at, own.pk]), {"done": "Linked"})

    own.refresh_from_db()
    assert own.action in page
    assert other.action not in page
    assert other.owner.agency.name not in page
    assert hidden.status_code == 404
    assert (own.is_done, own.done_by) == (True, user)


def test_the_panel_has_no_part_in_it(client, sign_in):
    review = ReviewFactory()
    sign_in(Role.PANEL_MEMBER, review)

    for name in ("early-actions", "concern-list", "concern-raise"):
        assert client.get(reverse(f"reviews:{name}", args=[review.reference])).status_code == 403


@pytest.mark.parametrize("count", [1, 3])
def test_the_actions_take_as_many_queries_for_any_number(
    count, client, sign_in, review, django_assert_num_queries
):
    for _ in range(count):
        EarlyActionFactory(owner__review=review)
    sign_in(Role.CHAIR, review)
    url = reverse("reviews:early-actions", args=[review.reference])
    client.get(url)

    with django_assert_num_queries(9):
        client.get(url)
