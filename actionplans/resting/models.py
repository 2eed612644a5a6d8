"""A recommendation rests on lessons: the step of the thread that this room adds."""

from django.db import models
from django.db.models import Q

from actionplans.models import ChildQuerySet, Recommendation
from findings.models import Kept, KeptQuerySet, Lesson
from reviews.access import access_of


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


class RecommendationVersionQuerySet(ChildQuerySet):
    def visible_to(self, user):
        """None of a recommendation that an agency led at any time with which they have a conflict of
        interest: its words, and why they changed, may tell of that."""
        rows = super().visible_to(user)
        for part in sorted(access_of(user).conflicts):
            led = self.model.objects.filter(snapshot__leads__contains=[part])
            rows = rows.exclude(recommendation__in=led.values("recommendation"))
        return rows


class RecommendationVersion(models.Model):
    """What a recommendation said before a change. Never changed, never removed."""

    recommendation = models.ForeignKey(
        "actionplans.Recommendation", models.PROTECT, related_name="versions"
    )
    number = models.PositiveIntegerField()
    snapshot = models.JSONField()
    reason = models.TextField(max_length=2000, blank=True)
    at = models.DateTimeField(auto_now_add=True)
    by = models.ForeignKey("accounts.User", models.PROTECT, null=True, related_name="+")

    objects = RecommendationVersionQuerySet.as_manager()

    class Meta:
        ordering = ["-number"]
        constraints = [
            models.UniqueConstraint(
                fields=["recommendation", "number"], name="recommendation_version_once"
            )
        ]

    def __str__(self):
        return f"Version {self.number} of recommendation {self.recommendation_id}"


class ToldApartQuerySet(models.QuerySet):
    def visible_to(self, user):
        visible = Recommendation.objects.visible_to(user)
        return self.filter(first__in=visible, second__in=visible)


class ToldApart(models.Model):
    """Two recommendations that read alike and are not the same, as somebody said. Never changed."""

    first = models.ForeignKey("actionplans.Recommendation", models.PROTECT, related_name="+")
    second = models.ForeignKey("actionplans.Recommendation", models.PROTECT, related_name="+")
    reason = models.TextField(max_length=2000, blank=True)
    at = models.DateTimeField(auto_now_add=True)
    by = models.ForeignKey("accounts.User", models.PROTECT, null=True, related_name="+")

    objects = ToldApartQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["first", "second"], name="told_apart_once"),
            models.CheckConstraint(
                condition=Q(first__lt=models.F("second")), name="told_apart_in_one_order"
            ),
        ]

    def __str__(self):
        return f"{self.first_id} is not {self.second_id}"
