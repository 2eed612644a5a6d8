"""What the body that must answer decided on a recommendation, and when to look at that again."""

from django.db import models
from django.db.models import OuterRef, Q, Subquery

from actionplans.flags import UNABLE
from actionplans.models import Recommendation
from actionplans.progress.models import Kept
from foundations.dates.fields import PartialDateField
from reviews.access import access_of


class DecisionQuerySet(models.QuerySet):
    def visible_to(self, user):
        """With the recommendation as a whole; none on one that an agency led at any time with which they
        have a conflict of interest, for it may have been the body that answered."""
        rows = self.filter(recommendation__in=Recommendation.objects.read_as_a_whole(user))
        if conflicts := access_of(user).conflicts:
            rows = rows.exclude(recommendation__in=Recommendation.objects.once_led_by(conflicts))
        return rows

    def last(self):
        """Of each recommendation the one that counts."""
        newer = self.model.objects.filter(recommendation=OuterRef("recommendation"))
        return self.filter(pk=Subquery(newer.order_by("-pk").values("pk")[:1]))

    def to_look_at_again(self, *, on):
        live = self.last().filter(recommendation__withdrawn_at=None)
        return live.filter(look_again__lte=on).order_by("look_again", "pk")


class Decision(Kept):
    """One answer. A body that thinks again gives another; the last one counts."""

    class Answer(models.TextChoices):
        # The words that files are read into, so that both are counted alike.
        ACCEPTED = "accepted", "Accepted"
        IN_PART = "partly accepted", "Accepted in part"
        REJECTED = "rejected", "Rejected"
        DEFERRED = "deferred", "Deferred"
        NOTED = "noted", "Noted"

    recommendation = models.ForeignKey(
        "actionplans.Recommendation", models.PROTECT, related_name="decisions"
    )
    key = models.UUIDField(unique=True, help_text="A second click finds the first one's answer.")
    answer = models.CharField(max_length=20, choices=Answer)
    rationale = models.TextField()
    condition = models.TextField(blank=True)
    body = models.CharField(max_length=200, help_text="The body that answers.")
    post = models.CharField(max_length=200, help_text="The post that spoke for it.")
    on = PartialDateField()
    look_again = models.DateField(null=True, blank=True)
    at = models.DateTimeField(auto_now_add=True)
    by = models.ForeignKey("accounts.User", models.PROTECT, null=True, related_name="+")

    objects = DecisionQuerySet.as_manager()

    class Meta:
        ordering = ["-pk"]
        constraints = [
            models.CheckConstraint(condition=~Q(rationale=""), name="decision_says_why"),
            models.CheckConstraint(
                condition=~Q(answer="deferred") | Q(look_again__isnull=False),
                name="deferred_until_somebody_looks_again",
            ),
        ]

    def __str__(self):
        return f"Decision {self.pk} on recommendation {self.recommendation_id}"

    @property
    def disagreement(self):
        """Words of the reason that say the opposite of the answer; "" where they agree."""
        if self.answer not in {self.Answer.ACCEPTED, self.Answer.IN_PART}:
            return ""
        found = UNABLE.search(f"{self.rationale}\n{self.condition}")
        return found[0] if found else ""
