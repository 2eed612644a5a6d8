"""A file with the plans of many reviews, and what became of each."""

from django.db import models
from django.urls import reverse

from actionplans.models import PlanImport


class PlanBatchQuerySet(models.QuerySet):
    def visible_to(self, user):
        """Whoever brought it: another coordinator may not see all of its reviews."""
        return self.filter(by=user)


class PlanBatch(models.Model):
    """One file, told apart by review. The file itself is not kept: each review keeps its own rows."""

    key = models.UUIDField(unique=True, help_text="A second click finds the first one's.")
    sha256 = models.CharField(max_length=64)
    left = models.JSONField(
        default=list,
        help_text="Rows that went to no review: where, and why. Of their words the reference alone.",
    )
    by = models.ForeignKey("accounts.User", models.PROTECT, related_name="+")
    at = models.DateTimeField(auto_now_add=True)

    objects = PlanBatchQuerySet.as_manager()

    class Meta:
        ordering = ["-pk"]

    def __str__(self):
        return f"File of many plans {self.pk}"

    def get_absolute_url(self):
        return reverse("actionplans:batch-detail", args=[self.pk])


class BatchPartQuerySet(models.QuerySet):
    def visible_to(self, user):
        """None of a review that they may bring plans into no more."""
        return self.filter(
            batch__in=PlanBatch.objects.visible_to(user),
            plan_import__in=PlanImport.objects.visible_to(user),
        )


class BatchPart(models.Model):
    """What the file brought into one review."""

    batch = models.ForeignKey(PlanBatch, models.PROTECT, related_name="parts")
    plan_import = models.OneToOneField(
        "actionplans.PlanImport", models.PROTECT, related_name="batch_part"
    )
    rows = models.PositiveIntegerField()

    objects = BatchPartQuerySet.as_manager()

    class Meta:
        ordering = ["plan_import__review__reference"]

    def __str__(self):
        return f"Part {self.pk} of {self.batch}"
