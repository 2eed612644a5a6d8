"""Two recommendations that are one: one stays with what both had, the other says so."""

import uuid

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse

from actionplans.models import Reach
from actionplans.resting import queries, services
from actionplans.resting.joining import MustStay, call_one
from actionplans.services import ChangedMeanwhile
from audit.models import Event
from reviews.models import Review
from reviews.rules import Role, Stage
from tests.conftest import with_role
from tests.factories.accounts import UserFactory
from tests.factories.actionplans import (
    PlanImportFactory,
    ProgressNoteFactory,
    RecommendationFactory,
)
from tests.factories.findings import LessonFactory
from tests.factories.reviews import ParticipationFactory, ReviewFactory
from tests.factories.reviews_submissions import OwnPointFactory, sent

pytestmark = pytest.mark.django_db


@pytest.fixture
def review():
    return ReviewFactory(stage=Stage.ANALYSIS)


def made(review, text="Look at every second call", **more):
    said = {"text": text, "reach": "single", "by": UserFactory(), "key": uuid.uuid4()} | more
    return services.make_recommendation(review, **said)


def act(one, text):
    return services.add_action(one, text=text, by=UserFactory(), key=uuid.uuid4())


def joined(keep, other, **more):
    keep = call_one(keep, other, by=UserFactory(), **more)
    other.refresh_from_db()
    return keep, other


def test_the_one_that_stays_has_the_lessons_leads_and_actions_of_both(review):
    parts = [ParticipationFactory(review=review) for _ in range(2)]
    lessons = [LessonFactory(review=review) for _ in range(2)]
    keep, other = (
        made(review, leads=[part], lessons=[lesson])
        for part, lesson in zip(parts, lessons, strict=True)
    )
    act(keep, "Book it")
    act(other, "Book it.")
    act(other, "Pay for it")

    keep, other = joined(keep, other, reason="The same call")

    assert {tie.lesson for tie in keep.lesson_links.live()} == set(lessons)
    assert set(keep.leads.all()) == set(parts)
    assert keep.reach == Reach.MULTI
    assert [action.text for action in keep.actions.live()] == ["Book it", "Pay for it"]
    assert (other.is_withdrawn, other.same_as) == (True, keep)
    assert not other.lesson_links.live().exists()
    assert other.versions.get().reason == f"The same as recommendation {keep.number}: The same call"
    event = Event.objects.get(type="recommendation.made_one")
    assert event.data == {"number": other.number, "agency": "", "into": keep.number}


def test_the_one_that_stays_says_why_others_lead_it_now(review):
    part = ParticipationFactory(review=review)
    keep, other = made(review), made(review, leads=[part])

    keep, other = joined(keep, other)

    (version,) = keep.versions.all()
    assert version.snapshot["leads"] == []
    assert version.reason == f"{other} is the same: whoever led that leads this one too."


def test_what_is_answered_for_stays(review):
    part_of = RecommendationFactory(review=review)
    RecommendationFactory(review=review, parent=part_of)
    reported = made(review)
    ProgressNoteFactory(recommendation=reported)
    plan = PlanImportFactory(review=review)
    of_file = RecommendationFactory(review=review, plan_import=plan)
    in_plan, draft = RecommendationFactory(review=review), made(review)

    for other, why in (
        (part_of, "has parts of its own"),
        (reported, "Progress was reported"),
        (of_file, "stands in a file"),
        (in_plan, "the other one is a draft"),
    ):
        with pytest.raises(MustStay, match=why):
            joined(draft, other)
    joined(in_plan, draft)


def test_what_was_published_stays_as_it_is(review):
    part = ParticipationFactory(review=review)
    first, second = (RecommendationFactory(review=review) for _ in range(2))
    draft = made(review, leads=[part], lessons=[LessonFactory(review=review)])
    Review.objects.filter(pk=review.pk).update(stage=Stage.MONITORING)
    with pytest.raises(MustStay, match="published"):
        joined(first, second)

    keep, _ = joined(first, draft)

    assert keep.lesson_links.live().count() == 1
    assert not keep.leads.exists()


def test_only_two_live_ones_of_one_review_are_one(review):
    one, two = made(review), made(review)
    with pytest.raises(ValidationError):
        joined(one, one)
    with pytest.raises(ValidationError):
        joined(one, made(ReviewFactory()))
    joined(one, two)
    with pytest.raises(ChangedMeanwhile):
        joined(one, two)


def test_an_agencys_own_is_not_offered_again(review):
    part = ParticipationFactory(review=review)
    point = OwnPointFactory(file=sent(part).main, kind="recommendation", position=900)
    (own,) = services.take_over(review, [point], by=UserFactory())
    keep = made(review)

    joined(keep, own)

    chair = with_role(Role.CHAIR, review)
    (shown,) = [own for own in queries.own_of(review, chair) if own.point == point]
    assert shown.became == keep
    assert services.take_over(review, [point], by=UserFactory()) == []


def page(first, second):
    return reverse("desk:called-one", args=[first.review.reference, first.pk, second.pk])


def test_the_chair_chooses_which_stays(client, review, sign_in):
    sign_in(Role.CHAIR, review)
    first, second = made(review), made(review)
    broken = reverse("desk:broken-links", args=[review.reference])
    assert page(first, second) in client.get(broken).content.decode()
    assert client.post(page(first, second), {}).status_code == 422

    response = client.post(page(first, second), {"keep": second.pk, "reason": "Twice"}, follow=True)

    assert "Called the same, and taken away" in response.content.decode()
    gone = client.get(first.get_absolute_url()).content.decode()
    assert f'it is the same as <a class="govuk-link" href="{second.get_absolute_url()}">' in gone
    assert client.get(page(first, second)).status_code == 404


def test_what_must_stay_is_said_and_is_all_that_can(client, review, sign_in):
    sign_in(Role.CHAIR, review)
    first, second = made(review), made(review)
    ProgressNoteFactory(recommendation=first)

    response = client.get(page(first, second))

    assert "It must stay. Progress was reported on it." in response.content.decode()
    assert [key for key, _ in response.context["form"].fields["keep"].choices] == [first.pk]
    ProgressNoteFactory(recommendation=second)
    assert "so both stay" in client.get(page(first, second)).content.decode()
    assert client.post(page(first, second), {"keep": first.pk}).status_code == 422
