from django.db import models
from django.db.models import F, Q

from reviews.access import access_of
from reviews.panel.models.members import PanelMember
from reviews.panel.models.pairs import together


class ConflictQuerySet(models.QuerySet):
    def visible_to(self, user):
        """One's own; and for those who lead the panel all, but of an agency that they have a
        conflict with themselves."""
        access = access_of(user)
        own = Q(member__user_id=user.pk, member__review__any_of=access.reviews_with("read_panel"))
        led = Q(member__review__any_of=access.reviews_with("lead_panel"))
        return self.filter(own | led & access.clear_of_conflicts("participation"))

    def live(self):
        return self.filter(ended_on=None)

    def for_display(self):
        return self.select_related(
            "member__review", "participation__agency", "recorded_by", "ended_by"
        )


class Conflict(models.Model):
    """What a member must not see: one agency's part in the review, or all of it.

    It holds from when it is recorded until somebody else ends it: see reviews.access.
    """

    member = models.ForeignKey(PanelMember, models.CASCADE, related_name="conflicts")
    key = models.UUIDField(unique=True)
    participation = models.ForeignKey(
        "reviews.Participation",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="conflicts",
        help_text="Blank: the whole review.",
    )
    nature = models.TextField()
    declared_on = models.DateField()
    recorded_at = models.DateTimeField(auto_now_add=True)
    recorded_by = models.ForeignKey(
        "accounts.User", models.PROTECT, null=True, blank=True, related_name="+"
    )
    ended_on = models.DateField(null=True, blank=True)
    ended_because = models.CharField(max_length=500, blank=True)
    ended_by = models.ForeignKey(
        "accounts.User", models.PROTECT, null=True, blank=True, related_name="+"
    )

    objects = ConflictQuerySet.as_manager()

    class Meta:
        ordering = ["ended_on", "-declared_on", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=together("ended_on", words="ended_because"),
                name="conflict_ended_with_a_reason",
                violation_error_message="Say why it has ended.",
            ),
            models.CheckConstraint(
                condition=Q(ended_on=None) | Q(ended_on__gte=F("declared_on")),
                name="conflict_ended_after_it_was_declared",
                violation_error_message="It cannot end before it was declared.",
            ),
        ]

    def __str__(self):
        return f"Conflict {self.pk}"

    @property
    def is_live(self):
        return self.ended_on is None

    @property
    def concerns(self):
        return self.participation.agency if self.participation else "The whole review"
