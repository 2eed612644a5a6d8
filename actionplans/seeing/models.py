"""What somebody keeps of their way of looking at plans, and what was said of repeats."""

from django.db import models
from django.db.models import Q

from actionplans.models import Recommendation
from actionplans.progress.models import Kept


class SavedFilterQuerySet(models.QuerySet):
    def visible_to(self, user):
        """One's own and nobody else's."""
        return self.filter(user=user.pk if user.is_active else None)


class SavedFilter(models.Model):
    """Filters of the actions of all reviews, under a name that their user gave them.

    They hold no rows: what they list is asked anew each time, with the rights of that day.
    """

    user = models.ForeignKey("accounts.User", models.CASCADE, related_name="saved_filters")
    key = models.UUIDField(unique=True, help_text="A second click finds the first one's filter.")
    name = models.CharField(max_length=80)
    chosen = models.JSONField(default=dict, blank=True, help_text="{name of a filter: its value}")
    is_default = models.BooleanField(default=False, help_text="Used when nothing else was asked.")
    made_at = models.DateTimeField(auto_now_add=True)

    objects = SavedFilterQuerySet.as_manager()

    class Meta:
        ordering = ["name", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["user", "name"], name="one_saved_filter_a_name"),
            models.UniqueConstraint(
                fields=["user"], condition=Q(is_default=True), name="one_default_filter_a_person"
            ),
        ]

    def __str__(self):
        return f"Saved filter {self.pk}"


class RepeatJudgementQuerySet(models.QuerySet):
    def visible_to(self, user):
        """With both recommendations, read as a whole."""
        read = Recommendation.objects.read_as_a_whole(user)
        return self.filter(later__in=read, earlier__in=read)


class RepeatJudgement(Kept):
    """Whether a recommendation says again what the same agency reported done in an earlier review.

    It holds while both are worded as they were. Whoever thinks again gives another; the last counts.
    """

    later = models.ForeignKey(Recommendation, models.PROTECT, related_name="judged_repeats")
    earlier = models.ForeignKey(Recommendation, models.PROTECT, related_name="judged_repeated")
    key = models.UUIDField(unique=True, help_text="A second click finds the first one's answer.")
    is_repeat = models.BooleanField()
    reason = models.TextField(max_length=2000)
    words = models.CharField(max_length=64, help_text="A digest of both as they were worded.")
    at = models.DateTimeField(auto_now_add=True)
    by = models.ForeignKey("accounts.User", models.PROTECT, null=True, related_name="+")

    objects = RepeatJudgementQuerySet.as_manager()

    class Meta:
        ordering = ["-pk"]
        verbose_name = "judgement on a repeat"
        indexes = [models.Index(fields=["later", "earlier", "-id"], name="judged_repeat_last")]
        constraints = [
            models.CheckConstraint(condition=~Q(reason=""), name="judged_repeat_says_why"),
            models.CheckConstraint(
                condition=~Q(later=models.F("earlier")), name="judged_repeat_of_another"
            ),
        ]

    def __str__(self):
        return f"Judgement {self.pk} on recommendation {self.later_id}"
