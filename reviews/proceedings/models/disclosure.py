from django.db import models
from django.db.models import Exists, OuterRef
from django.urls import reverse

from reviews.access import access_of
from reviews.proceedings.models.proceeding import LedQuerySet


class ScheduleQuerySet(LedQuerySet):
    """A schedule is for those who lead the review; its lines say what they may see of it."""

    def visible_to(self, user):
        return self.filter(review__any_of=access_of(user).reviews_with(self.right))

    def for_display(self):
        return self.select_related("review", "frozen_by")


class ConcerningQuerySet(models.QuerySet):
    """Lines and marks: none that concerns an agency with which one has a conflict of interest."""

    way = ""

    def visible_to(self, user):
        access = access_of(user)
        found = self.filter(
            **{f"{self.way}review__any_of": access.reviews_with("lead_proceedings")}
        )
        if not access.conflicts:
            return found
        through = self.model.concerns.through
        row = self.model._meta.model_name
        return found.exclude(
            Exists(
                through.objects.filter(
                    **{row: OuterRef("pk")}, participation__any_of=access.conflicts
                )
            )
        )


class ScheduleLineQuerySet(ConcerningQuerySet):
    way = "schedule__"


class SensitivityMark(models.Model):
    """Whether something that exists in the review is sensitive, and why. The newest row counts."""

    review = models.ForeignKey("reviews.Review", models.CASCADE, related_name="+")
    key = models.UUIDField(unique=True)
    source = models.CharField(max_length=20)
    row = models.PositiveBigIntegerField()
    concerns = models.ManyToManyField("reviews.Participation", related_name="+", blank=True)
    is_sensitive = models.BooleanField()
    reason = models.CharField(max_length=500)
    marked_at = models.DateTimeField(auto_now_add=True)
    marked_by = models.ForeignKey("accounts.User", models.PROTECT, null=True, related_name="+")

    objects = ConcerningQuerySet.as_manager()

    class Meta:
        ordering = ["pk"]
        indexes = [models.Index(fields=["review", "source", "row"], name="marks_of_a_thing")]

    def __str__(self):
        return f"Mark {self.pk}"

    @property
    def in_words(self):
        return "Sensitive" if self.is_sensitive else "Not sensitive"


class DisclosureSchedule(models.Model):
    """What existed in a review on one day, for a disclosure officer. It never changes."""

    review = models.ForeignKey("reviews.Review", models.CASCADE, related_name="+")
    key = models.UUIDField(unique=True)
    number = models.PositiveSmallIntegerField()
    frozen_on = models.DateField()
    frozen_at = models.DateTimeField(auto_now_add=True)
    frozen_by = models.ForeignKey("accounts.User", models.PROTECT, null=True, related_name="+")

    objects = ScheduleQuerySet.as_manager()

    class Meta:
        ordering = ["-number"]
        constraints = [
            models.UniqueConstraint(fields=["review", "number"], name="schedules_are_numbered")
        ]

    def __str__(self):
        return f"Disclosure schedule {self.number}"

    def get_absolute_url(self):
        return reverse("reviews:disclosure-schedule", args=[self.review.reference, self.pk])


class ScheduleLine(models.Model):
    """One thing that existed, as it was described and marked on that day."""

    schedule = models.ForeignKey(DisclosureSchedule, models.CASCADE, related_name="lines")
    position = models.PositiveIntegerField()
    source = models.CharField(max_length=20)
    row = models.PositiveBigIntegerField()
    concerns = models.ManyToManyField("reviews.Participation", related_name="+", blank=True)
    description = models.CharField(max_length=300)
    name = models.CharField(max_length=150, blank=True, help_text="Of the file, as it came.")
    agencies = models.CharField(max_length=1000, blank=True)
    on = models.DateField()
    sha256 = models.CharField(max_length=64, blank=True)
    is_sensitive = models.BooleanField(null=True)
    reason = models.CharField(max_length=500, blank=True)

    objects = ScheduleLineQuerySet.as_manager()

    class Meta:
        ordering = ["position"]
        constraints = [
            models.UniqueConstraint(
                fields=["schedule", "position"], name="a_line_of_a_schedule_has_its_place"
            )
        ]

    def __str__(self):
        return f"Line {self.position} of schedule {self.schedule_id}"

    @property
    def in_words(self):
        if self.is_sensitive is None:
            return "Not marked"
        return "Sensitive" if self.is_sensitive else "Not sensitive"


class HandingOver(models.Model):
    """That lines of a schedule were handed over: when, to which post, under which request."""

    schedule = models.ForeignKey(DisclosureSchedule, models.CASCADE, related_name="handings")
    key = models.UUIDField(unique=True)
    on = models.DateField()
    post = models.CharField(max_length=200, help_text="A post, not a person.")
    request = models.CharField(max_length=300)
    recorded_at = models.DateTimeField(auto_now_add=True)
    recorded_by = models.ForeignKey("accounts.User", models.PROTECT, null=True, related_name="+")

    class Meta:
        ordering = ["on", "pk"]
        verbose_name_plural = "handings over"

    def __str__(self):
        return f"Handing over {self.pk}"


class HandedLineQuerySet(models.QuerySet):
    def visible_to(self, user):
        return self.filter(line__in=ScheduleLine.objects.visible_to(user))

    def for_display(self):
        return self.select_related(
            "line", "handing__recorded_by", "handing__schedule__review", "made"
        ).defer("made__body")


class HandedLine(models.Model):
    """One line that was handed over, with the digest of its bytes as they were then.

    A file is kept where it was imported; what was made for the handing over is kept here.
    """

    handing = models.ForeignKey(HandingOver, models.CASCADE, related_name="lines")
    line = models.ForeignKey(ScheduleLine, models.PROTECT, related_name="handed")
    sha256 = models.CharField(max_length=64)
    made = models.OneToOneField(
        "vault.StoredFile", models.PROTECT, null=True, blank=True, related_name="+"
    )

    objects = HandedLineQuerySet.as_manager()

    class Meta:
        ordering = ["handing", "line__position"]
        constraints = [
            models.UniqueConstraint(fields=["handing", "line"], name="a_line_once_in_a_handing")
        ]

    def __str__(self):
        return f"Handed line {self.pk}"

    @property
    def vault_scope(self):
        return self.handing.schedule.review.vault_scope

    @property
    def file_name(self):
        """Of what was made for the handing over: where it stands, and nothing that it says."""
        schedule = self.handing.schedule
        return (
            f"{schedule.review.reference} schedule {schedule.number} line {self.line.position}.docx"
        )
