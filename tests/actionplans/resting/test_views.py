"""The pages on which recommendations are written, taken over and tied to lessons."""

import re
import uuid

import pytest
from django.urls import reverse

from actionplans.models import Action, Recommendation
from actionplans.resting import services as resting
from reviews.rules import Role
from tests.factories.actionplans import PlanImportFactory, RecommendationFactory
from tests.factories.findings import LessonFactory
from tests.factories.reviews import ParticipationFactory, ReviewFactory
from tests.factories.reviews_submissions import OwnPointFactory, sent

pytestmark = pytest.mark.django_db


@pytest.fixture
def review():
    return ReviewFactory()


@pytest.fixture
def chair(sign_in, review):
    return sign_in(Role.CHAIR, review)


def url(name, review, *args):
    return reverse(f"actionplans:{name}", args=[review.reference, *args])


def words(response):
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", response.content.decode()))


def test_writing_one_from_a_lesson(client, chair, review):
    lesson, part = LessonFactory(review=review), ParticipationFactory(review=review)
    new = url("recommendation-create", review)
    page = client.get(f"{new}?lesson={lesson.number}")
    assert page.context["form"]["lessons"].value() == [str(lesson.number)]

    response = client.post(
        new,
        {
            "text": "Train every officer",
            "reach": "single",
            "leads": [part.pk],
            "lessons": [lesson.number],
            "key": uuid.uuid4(),
        },
    )

    one = Recommendation.objects.get()
    assert response["Location"] == one.get_absolute_url()
    detail = words(client.get(one.get_absolute_url()))
    assert f"Lesson {lesson.number}" in detail
    assert part.agency.name in detail
    assert "Written here" in detail


@pytest.mark.parametrize(
    ("sent", "said"),
    [
        ({"text": ""}, "Write the recommendation"),
        ({"reach": ""}, "Choose for how many agencies it is"),
        ({"lessons": ["999"]}, "999"),
    ],
)
def test_what_is_wrong_is_said_and_what_was_typed_stays(client, chair, review, sent, said):
    LessonFactory(review=review)
    form = {"text": "Train every officer", "reach": "multi", "key": uuid.uuid4()} | sent

    response = client.post(url("recommendation-create", review), form)

    assert response.status_code == 422
    assert said in words(response)
    assert form["text"] in response.content.decode()


def test_one_agency_alone_is_not_led_by_two(client, chair, review):
    parts = [ParticipationFactory(review=review).pk for _ in range(2)]
    form = {"text": "Train", "reach": "single", "leads": parts, "key": uuid.uuid4()}

    response = client.post(url("recommendation-create", review), form)

    assert response.status_code == 422
    assert "choose multi-agency" in words(response)


def test_changing_keeps_what_it_said(client, chair, review):
    one = resting.make_recommendation(
        review, text="Train", reach="multi", by=chair, key=uuid.uuid4()
    )
    form = {"text": "Train all", "reach": "multi", "reason": "Clearer", "seen": 0, "number": "1"}

    client.post(url("recommendation-change", review, one.pk), form)
    again = client.post(
        url("recommendation-change", review, one.pk), form | {"text": "Train some"}, follow=True
    )

    assert "Somebody else changed this first" in words(again)
    assert "As it stands now What is recommended? Train all" in words(again)
    assert again.context["form"]["text"].value() == "Train some"
    assert "Reason: Clearer" in words(client.get(one.get_absolute_url()))


def test_a_files_words_are_not_changed(client, chair, review):
    one = RecommendationFactory(
        review=review, plan_import=PlanImportFactory(review=review, saved=True)
    )
    form = {"text": "New", "reach": "multi", "reason": "Clearer", "seen": 0}

    client.post(url("recommendation-change", review, one.pk), form)

    one.refresh_from_db()
    assert one.text != "New"
    assert "Change its words" not in words(client.get(one.get_absolute_url()))


def test_tying_and_untying(client, chair, review):
    lesson, one = LessonFactory(review=review), RecommendationFactory(review=review)
    client.post(url("recommendation-rest", review, one.pk), {"lessons": [lesson.number]})
    tie = one.lesson_links.get()

    client.post(url("recommendation-unrest", review, one.pk, tie.pk))

    tie.refresh_from_db()
    assert not tie.is_live
    assert client.get(url("recommendation-unrest", review, one.pk, tie.pk)).status_code == 404


def test_a_lesson_of_another_review_is_no_choice(client, chair, review):
    lesson, one = LessonFactory(number=77), RecommendationFactory(review=review)

    response = client.post(url("recommendation-rest", review, one.pk), {"lessons": [77]})

    assert response.status_code == 422
    assert lesson.recommendation_links.count() == 0


def test_an_action_by_hand(client, chair, review):
    part, one = ParticipationFactory(review=review), RecommendationFactory(review=review)
    form = {"text": "Book a room", "lead": part.pk, "key": uuid.uuid4()}

    response = client.post(
        url("action-add", review, one.pk), form | {"target_month": "5", "target_year": "2027"}
    )

    assert response.status_code == 302
    action = Action.objects.get()
    assert (action.lead, str(action.target)) == (part, "May 2027")
    assert "May 2027" in words(client.get(one.get_absolute_url()))


def test_taking_over_agencies_own(client, chair, review):
    part = ParticipationFactory(review=review)
    version = sent(part)
    OwnPointFactory(file=version.main, kind="recommendation", text="Audit our files", position=900)
    own = url("own-points", review)
    assert "Audit our files" in words(client.get(own))

    assert client.post(own, {}).status_code == 422
    client.post(own, {"all": "yes"})

    taken = Recommendation.objects.get(text="Audit our files")
    assert list(taken.leads.all()) == [part]
    assert f"Recommendation {taken.number}" in words(client.get(own))
    assert "Take over all" not in words(client.get(own))


def test_without_reports_the_page_says_so(client, chair, review):
    assert "No recommendations in reports yet" in words(client.get(url("own-points", review)))


def test_the_plan_leads_its_writers_on_and_nobody_else(client, sign_in, review):
    type(review).objects.filter(pk=review.pk).update(stage="monitoring")
    sign_in(Role.HOME_OFFICE_READER, review)
    text = words(client.get(url("plan", review)))

    assert "Write a recommendation" not in text
    assert "Broken links" not in text
