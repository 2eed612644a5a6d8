"""Around the day of publication: who was given which files, and who is told what, when and by whom."""

from datetime import timedelta

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q

from actionplans.progress.models import Kept
from reports.models.releases import Release


class Audience(models.TextChoices):
    FAMILY = "family", "Family"
    AGENCIES = "agencies", "Agencies of the review"
    CORONER = "coroner", "Coroner"
    HOME_OFFICE = "home-office", "Home Office"
    COMMISSIONER = "commissioner", "Domestic Abuse Commissioner"
    MEDIA = "media", "Media"
    OTHER = "other", "Somebody else"


class Handed(Kept):
    """Somebody was given files of a set: exactly these."""

    class How(models.TextChoices):
        EMAIL = "email", "By e-mail"
        POST = "post", "By post"
        IN_PERSON = "in-person", "In person"
        ONLINE = "online", "Through a secure site"

    release = models.ForeignKey(Release, models.PROTECT, related_name="handed")
    audience = models.CharField(max_length=20, choices=Audience)
    whom = models.CharField(max_length=200, help_text="Posts and bodies, not persons.")
    how = models.CharField(max_length=20, choices=How)
    on = models.DateField()
    files = ArrayField(models.BigIntegerField(), help_text="Ids of the files of the set.")
    note = models.CharField(max_length=500, blank=True)
    key = models.UUIDField(unique=True)
    at = models.DateTimeField(auto_now_add=True)
    by = models.ForeignKey("accounts.User", models.PROTECT, related_name="+")

    class Meta:
        ordering = ["release", "on", "pk"]
        verbose_name = "entry of who was given a set"
        constraints = [
            models.CheckConstraint(condition=Q(files__len__gt=0), name="something_was_handed")
        ]

    def __str__(self):
        return f"Handed {self.pk} of release {self.release_id}"


class PlanStep(Kept):
    """Something to do around publication day. What became of it its marks say."""

    release = models.ForeignKey(Release, models.PROTECT, related_name="plan")
    audience = models.CharField(max_length=20, choices=Audience)
    what = models.CharField(max_length=500)
    whose = models.CharField(
        max_length=200, blank=True, help_text="A post or body that sees to it."
    )
    days = models.SmallIntegerField(
        default=0,
        help_text="After the first day on which the set can be published; before it, if less.",
    )
    key = models.UUIDField(unique=True)
    at = models.DateTimeField(auto_now_add=True)
    by = models.ForeignKey("accounts.User", models.PROTECT, related_name="+")

    class Meta:
        ordering = ["release", "days", "pk"]
        verbose_name = "step of the plan for publication day"
        constraints = [
            models.CheckConstraint(
                condition=Q(days__gte=-365, days__lte=365), name="a_step_is_near_the_publication"
            )
        ]

    def __str__(self):
        return f"Step {self.pk} of release {self.release_id}"

    @property
    def last_mark(self):
        return max(self.marks.all(), key=lambda one: one.pk, default=None)

    @property
    def is_open(self):
        last = self.last_mark
        return last is None or last.what == PlanMark.What.PLANNED

    @property
    def due(self):
        """As it was planned last; else counted from the first day of publication."""
        planned = [one for one in self.marks.all() if one.what == PlanMark.What.PLANNED]
        if planned:
            return max(planned, key=lambda one: one.pk).on
        return self.release.not_before + timedelta(days=self.days)


class PlanMark(Kept):
    """What became of a step; the last one counts."""

    class What(models.TextChoices):
        PLANNED = "planned", "Planned for this day"
        DONE = "done", "Done on this day"
        DROPPED = "dropped", "Not to be done"

    step = models.ForeignKey(PlanStep, models.PROTECT, related_name="marks")
    what = models.CharField(max_length=20, choices=What)
    on = models.DateField()
    whose = models.CharField(max_length=200, blank=True, help_text="A post or body, not a person.")
    note = models.CharField(max_length=500, blank=True)
    key = models.UUIDField(unique=True)
    at = models.DateTimeField(auto_now_add=True)
    by = models.ForeignKey("accounts.User", models.PROTECT, related_name="+")

    class Meta:
        ordering = ["step", "pk"]
        verbose_name = "mark of a step"

    def __str__(self):
        return f"Mark {self.pk} of step {self.step_id}"
