"""What is written here is the panel's to weigh, until it is put into the plan."""

import uuid

import pytest
from django.urls import reverse

from actionplans.models import Action, Recommendation
from actionplans.resting import services as resting
from audit.models import Event
from foundations.dates import parse
from reviews.access import forget
from reviews.rules import Material, Role
from reviews.services import share
from tests.conftest import with_role
from tests.factories.accounts import UserFactory
from tests.factories.findings import LessonFactory
from tests.factories.reviews import ParticipationFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def part():
    return ParticipationFactory()


@pytest.fixture
def draft(part):
    one = resting.make_recommendation(
        part.review,
        text="Train every officer",
        reach="multi",
        leads=[part],
        by=UserFactory(),
        key=uuid.uuid4(),
    )
    resting.add_action(
        one,
        text="Book it",
        lead=part,
        target=parse("2027").value,
        by=UserFactory(),
        key=uuid.uuid4(),
    )
    return one


def sees(user):
    forget(user)
    rows = Recommendation.objects.visible_to(user).count()
    assert Action.objects.visible_to(user).count() == rows
    return rows == 1


def test_a_draft_is_for_the_leaders_alone(part, draft):
    leaders = [with_role(role, review=part.review) for role in (Role.CHAIR, Role.COORDINATOR)]
    others = [
        with_role(role, review=part.review)
        for role in (Role.BOARD_READER, Role.PANEL_MEMBER, Role.HOME_OFFICE_READER)
    ]
    others += [
        with_role(role, review=part.review, participation=part)
        for role in (Role.IMR_AUTHOR, Role.SIGN_OFF_OFFICER, Role.ACTION_LEAD)
    ]

    assert [sees(user) for user in leaders] == [True, True]
    assert [sees(user) for user in others] == [False] * 6


def test_the_panel_reads_drafts_with_the_analysis(part, draft):
    member = with_role(Role.PANEL_MEMBER, review=part.review)
    share(part.review, material=Material.ANALYSIS, with_role=Role.PANEL_MEMBER, by=UserFactory())

    assert sees(member)


def test_a_shared_plan_holds_no_drafts(part, draft):
    member = with_role(Role.PANEL_MEMBER, review=part.review)
    share(part.review, material=Material.ACTION_PLAN, with_role=Role.PANEL_MEMBER, by=UserFactory())

    assert not sees(member)


def test_in_the_plan_its_lead_reads_it(part, draft):
    lead = with_role(Role.ACTION_LEAD, review=part.review, participation=part)

    n = resting.put_into_plan(part.review, [draft], by=UserFactory())

    assert n == 1
    assert sees(lead)
    event = Event.objects.get(type="recommendation.issued")
    assert event.data["rows"] == 1


def test_putting_it_in_twice_does_it_once(part, draft):
    resting.put_into_plan(part.review, [draft], by=UserFactory())

    assert resting.put_into_plan(part.review, [draft], by=UserFactory()) == 0
    assert Event.objects.filter(type="recommendation.issued").count() == 1


def test_a_draft_of_another_review_is_not_put_in(part, draft):
    other = ParticipationFactory()

    assert resting.put_into_plan(other.review, [draft], by=UserFactory()) == 0
    draft.refresh_from_db()
    assert draft.is_draft


def test_the_chair_puts_drafts_in_on_a_page(part, draft, client):
    client.force_login(with_role(Role.CHAIR, review=part.review))
    url = reverse("actionplans:recommendation-drafts", args=[part.review.reference])

    page = client.get(url)
    answer = client.post(url, {"chosen": [draft.pk]}, follow=True)

    assert (
        page.context["form"]["chosen"].value() == [draft.pk]
        or draft in page.context["form"].initial["chosen"]
    )
    assert "1 recommendation put into the plan." in answer.text
    draft.refresh_from_db()
    assert not draft.is_draft


def test_choosing_none_says_so(part, draft, client):
    client.force_login(with_role(Role.CHAIR, review=part.review))
    url = reverse("actionplans:recommendation-drafts", args=[part.review.reference])

    answer = client.post(url, {})

    assert answer.status_code == 422
    assert "Choose at least one recommendation" in answer.text


def test_a_draft_is_taken_away_with_a_reason_and_stays_on_record(part, draft):
    lesson = LessonFactory(review=part.review)
    resting.rest_on(draft, [lesson], by=UserFactory())

    resting.take_away(draft, reason="It came twice", by=UserFactory())

    draft.refresh_from_db()
    assert draft.is_withdrawn
    assert not Recommendation.objects.drafts().exists()
    assert draft.versions.get().reason == "It came twice"
    assert not draft.lesson_links.live().exists()


def test_what_is_in_the_plan_is_not_taken_away(part, draft):
    resting.put_into_plan(part.review, [draft], by=UserFactory())

    with pytest.raises(resting.InThePlan):
        resting.take_away(draft, reason="It came twice", by=UserFactory())


def test_the_page_that_takes_a_draft_away_is_not_there_for_what_is_in_the_plan(part, draft, client):
    client.force_login(with_role(Role.CHAIR, review=part.review))
    url = reverse("actionplans:recommendation-remove", args=[part.review.reference, draft.pk])
    assert client.post(url, {}).status_code == 422

    resting.put_into_plan(part.review, [draft], by=UserFactory())

    assert client.get(url).status_code == 404
