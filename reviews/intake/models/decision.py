from django.db import models
from django.db.models import F, Q

from reviews.access import access_of


class ReviewDecisionQuerySet(models.QuerySet):
    def visible_to(self, user):
        return self.filter(review__any_of=access_of(user).reviews_with("lead_intake"))

    def for_display(self):
        return self.select_related("recorded_by").prefetch_related("criteria")


class ReviewDecision(models.Model):
    """Whether there is to be a review. A later decision is a further row; none is ever changed."""

    class Outcome(models.TextChoices):
        REVIEW = "review", "Hold a review"
        NO_REVIEW = "no_review", "Hold no review"
        OTHER = "other", "Hold another kind of review"
        DEFERRED = "deferred", "Defer the decision"

    review = models.ForeignKey("reviews.Review", models.CASCADE, related_name="decisions")
    number = models.PositiveSmallIntegerField()
    outcome = models.CharField(max_length=10, choices=Outcome)
    other_kind = models.CharField(max_length=200, blank=True)
    decided_on = models.DateField()
    look_again_on = models.DateField(null=True, blank=True)
    decided_by = models.CharField(max_length=300, help_text="Posts and bodies, not persons.")
    reasons = models.TextField()
    dissent = models.TextField(blank=True)
    criteria_source = models.CharField(
        max_length=300, blank=True, help_text="Which wording of the criteria was used."
    )
    recorded_at = models.DateTimeField(auto_now_add=True)
    recorded_by = models.ForeignKey(
        "accounts.User", models.PROTECT, null=True, blank=True, related_name="+"
    )

    objects = ReviewDecisionQuerySet.as_manager()

    class Meta:
        ordering = ["-number"]
        constraints = [
            models.UniqueConstraint(fields=["review", "number"], name="decisions_are_numbered"),
            models.CheckConstraint(
                condition=Q(outcome="deferred", look_again_on__isnull=False)
                & Q(look_again_on__gt=F("decided_on"))
                | ~Q(outcome="deferred") & Q(look_again_on=None),
                name="only_a_deferred_decision_is_looked_at_again",
                violation_error_message="A deferred decision needs a later day to look again.",
            ),
            models.CheckConstraint(
                condition=Q(outcome="other") & ~Q(other_kind="")
                | ~Q(outcome="other") & Q(other_kind=""),
                name="another_kind_of_review_is_named",
                violation_error_message="Say which other kind of review.",
            ),
        ]

    def __str__(self):
        return f"Decision {self.number} on {self.review_id}"


class DecisionCriterion(models.Model):
    """One criterion as it stood when it was applied, and whether it was met."""

    class Met(models.TextChoices):
        YES = "yes", "Met"
        NO = "no", "Not met"
        UNKNOWN = "unknown", "Not known yet"

    decision = models.ForeignKey(ReviewDecision, models.CASCADE, related_name="criteria")
    position = models.PositiveSmallIntegerField()
    text = models.TextField()
    met = models.CharField(max_length=10, choices=Met)

    class Meta:
        ordering = ["position"]
        verbose_name_plural = "decision criteria"
        constraints = [
            models.UniqueConstraint(
                fields=["decision", "position"], name="one_answer_for_each_criterion"
            )
        ]

    def __str__(self):
        return f"Criterion {self.position} of {self.decision_id}"
