"""What an action said before it was changed or taken away. The database refuses to change it."""

from django.db import models

from actionplans.models import Action
from actionplans.progress.models import Kept
from reviews.access import access_of


class ActionVersionQuerySet(models.QuerySet):
    def visible_to(self, user):
        """With the action; none of one that an agency led at any time with which they have a conflict
        of interest, for its words and why they changed may tell of that."""
        rows = self.filter(action__in=Action.objects.visible_to(user))
        for part in sorted(access_of(user).conflicts):
            led = ActionVersion.objects.filter(snapshot__leads__contains=[part])
            rows = rows.exclude(action__in=led.values("action"))
        return rows


class ActionVersion(Kept):
    """What an action said, who led it and by when, until somebody changed that."""

    action = models.ForeignKey("actionplans.Action", models.PROTECT, related_name="versions")
    number = models.PositiveIntegerField()
    snapshot = models.JSONField()
    reason = models.TextField(max_length=2000)
    at = models.DateTimeField(auto_now_add=True)
    by = models.ForeignKey("accounts.User", models.PROTECT, null=True, related_name="+")

    objects = ActionVersionQuerySet.as_manager()

    class Meta:
        ordering = ["-number"]
        verbose_name = "earlier version of an action"
        constraints = [
            models.UniqueConstraint(fields=["action", "number"], name="action_version_once"),
            models.CheckConstraint(
                condition=~models.Q(reason=""), name="a_changed_action_has_a_reason"
            ),
        ]

    def __str__(self):
        return f"Version {self.number} of action {self.action_id}"
