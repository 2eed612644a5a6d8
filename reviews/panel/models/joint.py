from django.db import models
from django.db.models import Q

from reviews.access import access_of
from reviews.panel.models.pairs import together


class JointCommissionQuerySet(models.QuerySet):
    def visible_to(self, user):
        return self.filter(review__any_of=access_of(user).reviews_with("view_review"))

    def live(self):
        return self.filter(ended_on=None)

    def for_display(self):
        return self.select_related("review", "partnership", "recorded_by", "ended_by")


class JointCommission(models.Model):
    """Another partnership commissions the review too: its people reach it as the first one's do."""

    review = models.ForeignKey("reviews.Review", models.CASCADE, related_name="joint_commissions")
    partnership = models.ForeignKey(
        "agencies.Partnership", models.PROTECT, related_name="joint_commissions"
    )
    agreed_on = models.DateField()
    because = models.CharField(max_length=500)
    recorded_at = models.DateTimeField(auto_now_add=True)
    recorded_by = models.ForeignKey(
        "accounts.User", models.PROTECT, null=True, blank=True, related_name="+"
    )
    ended_on = models.DateField(null=True, blank=True)
    ended_because = models.CharField(max_length=500, blank=True)
    ended_by = models.ForeignKey(
        "accounts.User", models.PROTECT, null=True, blank=True, related_name="+"
    )

    objects = JointCommissionQuerySet.as_manager()

    class Meta:
        ordering = ["ended_on", "partnership__name", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["review", "partnership"],
                condition=Q(ended_on=None),
                name="one_joint_commission_each",
                violation_error_message="This partnership already commissions the review.",
            ),
            models.CheckConstraint(
                condition=together("ended_on", words="ended_because"),
                name="joint_commission_ended_with_a_reason",
                violation_error_message="Say why it has ended.",
            ),
        ]

    def __str__(self):
        return f"{self.partnership} in {self.review}"

    @property
    def is_live(self):
        return self.ended_on is None
