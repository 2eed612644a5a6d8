from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.urls import reverse

from findings.models.findings import Finding
from findings.models.kept import Kept, KeptQuerySet, reviews_of
from reviews.access import access_of


class LessonQuerySet(KeptQuerySet):
    def visible_to(self, user):
        """Never one whose words may tell of an agency with which they have a conflict of interest."""
        rows = self.filter(review__any_of=reviews_of(user))
        conflicts = access_of(user).conflicts
        return rows.exclude(pk__in=Lesson.objects.told_by(conflicts)) if conflicts else rows

    def told_by(self, participations):
        """Those of these agencies themselves, and those that rest, or rested, on any finding that
        does so on what one of them supplied. Gives their ids."""
        findings = Finding.objects.told_by(participations)
        resting = LessonFinding.objects.filter(finding__in=findings).values("lesson")
        rows = self.filter(Q(participation__any_of=participations) | Q(pk__in=resting))
        return rows.order_by().values("pk")

    def without_finding(self):
        """Those that rest on no finding, or only on what was taken away."""
        return self.live().filter(
            ~Exists(LessonFinding.objects.standing().filter(lesson=OuterRef("pk")))
        )

    def for_display(self):
        return self.select_related("review", "participation__agency", "own_point", "made_by")


class Lesson(Kept):
    """What is to be learnt: the panel's, or (with a participation) an agency's own."""

    review = models.ForeignKey("reviews.Review", models.PROTECT, related_name="lessons")
    number = models.PositiveIntegerField(help_text="Stays, also when another one is taken away.")
    key = models.UUIDField(unique=True, help_text="A second click finds the first one's lesson.")
    participation = models.ForeignKey(
        "reviews.Participation",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="lessons",
        help_text="Whose own it is. Blank: the panel's.",
    )
    own_point = models.ForeignKey(
        "reviews.OwnPoint",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="lessons",
        help_text="The lesson of the agency's report that it came from.",
    )
    number_as_written = models.CharField(max_length=40, blank=True)
    text = models.TextField(max_length=10_000)
    why_no_recommendation = models.TextField(max_length=2000, blank=True)
    changes = models.PositiveIntegerField(
        default=0, help_text="Counts on, so that two people do not write over each other."
    )
    findings = models.ManyToManyField(Finding, through="LessonFinding", related_name="lessons")

    objects = LessonQuerySet.as_manager()

    class Meta:
        ordering = ["review", "number"]
        constraints = [
            models.UniqueConstraint(fields=["review", "number"], name="lessons_are_numbered"),
            models.CheckConstraint(condition=~Q(text=""), name="a_lesson_says_something"),
            models.CheckConstraint(
                condition=Q(own_point=None) | Q(participation__isnull=False),
                name="an_own_lesson_names_its_agency",
            ),
        ]

    def __str__(self):
        return f"Lesson {self.number}"

    def get_absolute_url(self):
        return reverse("findings:lesson-detail", args=[self.review.reference, self.number])

    @property
    def snapshot(self):
        """What a version keeps of it."""
        return {"text": self.text, "why_no_recommendation": self.why_no_recommendation}


class LessonVersionQuerySet(models.QuerySet):
    def visible_to(self, user):
        """What a lesson used to say was never shared."""
        led = access_of(user).reviews_with("lead_analysis")
        seen = Lesson.objects.visible_to(user)
        return self.filter(lesson__in=seen, lesson__review__any_of=led)


class LessonVersion(models.Model):
    """What a lesson said before a change. Never changed, never removed."""

    lesson = models.ForeignKey(Lesson, models.PROTECT, related_name="versions")
    number = models.PositiveIntegerField()
    snapshot = models.JSONField()
    reason = models.TextField(max_length=2000, blank=True)
    at = models.DateTimeField(auto_now_add=True)
    by = models.ForeignKey("accounts.User", models.PROTECT, null=True, related_name="+")

    objects = LessonVersionQuerySet.as_manager()

    class Meta:
        ordering = ["-number"]
        constraints = [
            models.UniqueConstraint(fields=["lesson", "number"], name="lesson_version_once")
        ]

    def __str__(self):
        return f"Version {self.number} of lesson {self.lesson_id}"


class LessonFindingQuerySet(KeptQuerySet):
    def visible_to(self, user):
        return self.filter(
            lesson__in=Lesson.objects.visible_to(user),
            finding__in=Finding.objects.visible_to(user),
        )

    def standing(self):
        """Of which neither the tie nor the finding nor the lesson was taken away."""
        return self.live().filter(finding__removed_at=None, lesson__removed_at=None)


class LessonFinding(Kept):
    """A lesson rests on a finding."""

    lesson = models.ForeignKey(Lesson, models.PROTECT, related_name="finding_links")
    finding = models.ForeignKey(Finding, models.PROTECT, related_name="lesson_links")

    objects = LessonFindingQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["lesson", "finding"],
                condition=Q(removed_at=None),
                name="a_finding_once_under_a_lesson",
            )
        ]

    def __str__(self):
        return f"Finding {self.finding_id} under lesson {self.lesson_id}"
