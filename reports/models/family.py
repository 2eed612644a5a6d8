"""The family's copy: who read a draft, or had it read to them, what they said, and what was changed.

Nothing here is ever changed or deleted: the database sees to it.
"""

from django.db import models
from django.db.models import Q

from foundations.dates.fields import PartialDateField
from reports.models.documents import Document, reviews_led
from reports.models.paragraphs import Paragraph
from reports.models.renderings import Rendering
from reviews.access import access_of


def _logs_kept(user):
    """A draft and the log of contact are two walls; a reading stands behind both."""
    return reviews_led(user) & access_of(user).reviews_with("keep_family_log")


class FamilyReadingQuerySet(models.QuerySet):
    def visible_to(self, user):
        return self.filter(document__review__any_of=_logs_kept(user))

    def for_display(self):
        rows = self.select_related("correspondent__person", "rendering", "by", "document__review")
        return rows.defer("rendering__values").prefetch_related("changes__by", "changes__paragraph")


class FamilyReading(models.Model):
    """Somebody read a version of the draft, or had it read to them."""

    class How(models.TextChoices):
        ALONE = "alone", "They read it by themselves"
        TOGETHER = "together", "They read it together with somebody"
        ALOUD = "aloud", "It was read to them"
        TAKEN = "taken", "They were given a copy to keep for a while"

    document = models.ForeignKey(Document, models.PROTECT, related_name="family_readings")
    rendering = models.ForeignKey(
        Rendering,
        models.PROTECT,
        related_name="family_readings",
        help_text="The version, whose file can be shown again.",
    )
    correspondent = models.ForeignKey(
        "reviews.Correspondent", models.PROTECT, related_name="readings"
    )
    key = models.UUIDField(unique=True, help_text="A second click finds the first one's reading.")
    on = PartialDateField()
    how = models.CharField(max_length=12, choices=How)
    how_long = models.CharField(max_length=200, blank=True, help_text="Two afternoons.")
    with_whom = models.CharField(max_length=200, blank=True, help_text="Posts, not persons.")
    said = models.TextField(max_length=20_000, blank=True)
    at = models.DateTimeField(auto_now_add=True)
    by = models.ForeignKey("accounts.User", models.PROTECT, null=True, related_name="+")

    objects = FamilyReadingQuerySet.as_manager()

    class Meta:
        ordering = ["-pk"]

    def __str__(self):
        return f"Reading {self.pk}"


class FamilyChangeQuerySet(models.QuerySet):
    def visible_to(self, user):
        return self.filter(reading__in=FamilyReading.objects.visible_to(user))


class FamilyChange(models.Model):
    """What was made of something that they said: a paragraph that changed, or why none did."""

    reading = models.ForeignKey(FamilyReading, models.PROTECT, related_name="changes")
    key = models.UUIDField(unique=True)
    paragraph = models.ForeignKey(
        Paragraph, models.PROTECT, null=True, blank=True, related_name="family_changes"
    )
    words = models.TextField(max_length=20_000)
    at = models.DateTimeField(auto_now_add=True)
    by = models.ForeignKey("accounts.User", models.PROTECT, null=True, related_name="+")

    objects = FamilyChangeQuerySet.as_manager()

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(
                condition=~Q(words=""), name="what_was_changed_for_the_family_is_said"
            )
        ]

    def __str__(self):
        return f"Change {self.pk} after reading {self.reading_id}"
