from django.db import models
from django.urls import reverse

from findings.models.kept import Kept, KeptQuerySet, reviews_of
from reviews.access import access_of


class CountQuerySet(KeptQuerySet):
    def visible_to(self, user):
        """A count tells of every agency's entries: nobody with a conflict in the review reads it."""
        return self.filter(review__any_of=reviews_of(user) - access_of(user).reviews_in_conflict)


class Count(Kept):
    """A figure of the report as a saved question over the marked entries."""

    review = models.ForeignKey("reviews.Review", models.PROTECT, related_name="counts")
    key = models.UUIDField(unique=True, help_text="A second click finds the first one's count.")
    title = models.CharField(max_length=200)
    question = models.JSONField(
        help_text="The filters, as the combined chronology's address has them."
    )

    objects = CountQuerySet.as_manager()

    class Meta:
        ordering = ["review", "pk"]

    def __str__(self):
        return f"Count {self.pk}"

    def get_absolute_url(self):
        return reverse("findings:count-detail", args=[self.review.reference, self.pk])


class CountReadingQuerySet(models.QuerySet):
    def visible_to(self, user):
        return self.filter(count__in=Count.objects.visible_to(user))


class CountReading(models.Model):
    """What a count came to, each time that it came to something else."""

    count = models.ForeignKey(Count, models.PROTECT, related_name="readings")
    value = models.PositiveIntegerField()
    rows = models.CharField(max_length=64, help_text="A digest of which entries it counted.")
    at = models.DateTimeField(auto_now_add=True)

    objects = CountReadingQuerySet.as_manager()

    class Meta:
        ordering = ["count", "pk"]

    def __str__(self):
        return f"Reading {self.pk} of count {self.count_id}"
