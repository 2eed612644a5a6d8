"""A recommendation rests on lessons: the step of the thread that this room adds."""

from django.db import models
from django.db.models import Q

from actionplans.models import Recommendation
from findings.models import Kept, KeptQuerySet, Lesson


class RecommendationLessonQuerySet(KeptQuerySet):
    def visible_to(self, user):
        return self.filter(
            recommendation__in=Recommendation.objects.visible_to(user),
            lesson__in=Lesson.objects.visible_to(user),
        )


class RecommendationLesson(Kept):
    """A recommendation rests on a lesson."""

    recommendation = models.ForeignKey(
        "actionplans.Recommendation", models.PROTECT, related_name="lesson_links"
    )
    lesson = models.ForeignKey(
        "findings.Lesson", models.PROTECT, related_name="recommendation_links"
    )

    objects = RecommendationLessonQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["recommendation", "lesson"],
                condition=Q(removed_at=None),
                name="a_lesson_once_under_a_recommendation",
            )
        ]

    def __str__(self):
        return f"Lesson {self.lesson_id} under recommendation {self.recommendation_id}"
