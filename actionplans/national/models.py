"""What became of a national recommendation: each letter out and each word back, dated and kept."""

from django.db import models
from django.db.models import Q

from actionplans.models import Recommendation
from actionplans.progress.models import Kept
from foundations.dates.fields import PartialDateField
from reviews.access import access_of


class Step(models.TextChoices):
    SENT = "sent", "Sent to the owner department"
    ACKNOWLEDGED = "acknowledged", "Acknowledged"
    CHASED = "chased", "Chased"
    RESPONDED = "responded", "Response received"
    OUTCOME = "outcome", "Outcome known"
    AUTHOR_TOLD = "author_told", "The author of the review was told"
    FAMILY_TOLD = "family_told", "The family was told"


class Outcome(models.TextChoices):
    """In the words of the Domestic Abuse Commissioner (Learning from Loss, 2025)."""

    IMPLEMENTED = "implemented", "Fully implemented"
    ALREADY = "already", "Already happening"
    PARTLY = "partly", "Partly met"
    NOT_MET = "not_met", "Not met"
    NOT_KNOWN = "not_known", "Not known"


class NationalStepQuerySet(models.QuerySet):
    def visible_to(self, user):
        """With the recommendation as a whole; that a family was told is for those who lead the review."""
        leading = access_of(user).reviews_with("change_action_plan")
        of_family = Q(step=Step.FAMILY_TOLD)
        whole = Recommendation.objects.read_as_a_whole(user)
        return self.filter(
            ~of_family | Q(recommendation__review__any_of=leading), recommendation__in=whole
        )


class NationalStep(Kept):
    """One step. A mistake is put right by another one; of each kind the last one counts."""

    recommendation = models.ForeignKey(
        "actionplans.Recommendation", models.PROTECT, related_name="national_steps"
    )
    key = models.UUIDField(unique=True, help_text="A second click finds the first one's step.")
    step = models.CharField(max_length=20, choices=Step)
    on = PartialDateField()
    department = models.CharField(max_length=200, blank=True, help_text="The one that owns it.")
    outcome = models.CharField(max_length=20, choices=Outcome, blank=True)
    words = models.TextField(blank=True, help_text="What the department said, or what was done.")
    at = models.DateTimeField(auto_now_add=True)
    by = models.ForeignKey("accounts.User", models.PROTECT, null=True, related_name="+")

    objects = NationalStepQuerySet.as_manager()

    class Meta:
        ordering = ["pk"]
        verbose_name = "national step"
        indexes = [models.Index(fields=["recommendation", "id"], name="national_step_in_order")]
        constraints = [
            models.CheckConstraint(
                condition=Q(step="outcome") & ~Q(outcome="") | ~Q(step="outcome") & Q(outcome=""),
                name="national_outcome_of_its_step",
            ),
            models.CheckConstraint(
                condition=~Q(step="sent") | ~Q(department=""), name="national_sent_to_somebody"
            ),
            models.CheckConstraint(
                condition=~Q(step="responded") | ~Q(words=""), name="national_response_says_what"
            ),
        ]

    def __str__(self):
        return f"National step {self.pk} of recommendation {self.recommendation_id}"
