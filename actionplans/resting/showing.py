"""The recommendations that rest on a lesson, as the lesson's page shows them."""

from django.urls import reverse

from actionplans.drafting import clipped
from actionplans.resting.models import RecommendationLesson
from findings import resting
from reviews import rules
from reviews.access import access_of

SHOWN = 200  # characters


def recommendations_on(lessons, user):
    """{id: Resting} of live lessons, whether or not anything rests on them."""
    ties = (
        RecommendationLesson.objects.visible_to(user)
        .live()
        .filter(lesson__in=lessons, recommendation__withdrawn_at=None)
    )
    found = {}
    for tie in ties.select_related("recommendation__review").order_by("recommendation__position"):
        found.setdefault(tie.lesson_id, []).append(_link(tie.recommendation))
    access = access_of(user)
    return {one.pk: _resting(one, found.get(one.pk, ()), access) for one in lessons}


def _link(one):
    return resting.Link(str(one), one.get_absolute_url(), clipped(one.text, SHOWN))


def _resting(lesson, links, access):
    review = lesson.review
    way = None
    if rules.can_write_recommendations(access, review) and not review.has_ended and lesson.is_live:
        new = reverse("actionplans:recommendation-create", args=[review.reference])
        way = resting.Link(
            "Write a recommendation that rests on it", f"{new}?lesson={lesson.number}"
        )
    return resting.Resting(
        title="Recommendations that rest on it",
        links=tuple(links),
        none="" if lesson.why_no_recommendation else "No recommendation rests on it yet.",
        way=way,
    )


def add_to_lessons():
    resting.register("lesson", recommendations_on)
