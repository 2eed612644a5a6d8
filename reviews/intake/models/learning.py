from django.db import models
from django.db.models import F, Q

from reviews.access import access_of


class EarlyActionQuerySet(models.QuerySet):
    def visible_to(self, user):
        """The leaders see all; an agency what it has to do itself."""
        access = access_of(user)
        return self.filter(
            Q(review__any_of=access.reviews_with("lead_intake"))
            | Q(owner__any_of=access.parts_with("read_own_actions")),
            access.clear_of_conflicts("owner"),
        )

    def open(self):
        return self.filter(done_at=None)

    def open_first(self):
        return self.order_by(F("done_at").desc(nulls_first=True), "due", "pk")

    def for_display(self):
        return self.select_related("review", "owner__agency", "done_by", "made_by")


class EarlyAction(models.Model):
    """Immediate learning: what an agency does before there is a report to recommend it."""

    review = models.ForeignKey("reviews.Review", models.CASCADE, related_name="early_actions")
    key = models.UUIDField(unique=True)
    learning = models.TextField()
    action = models.TextField()
    owner = models.ForeignKey("reviews.Participation", models.PROTECT, related_name="early_actions")
    first_due = models.DateField(help_text="As first agreed; it is never changed.")
    due = models.DateField()
    made_at = models.DateTimeField(auto_now_add=True)
    made_by = models.ForeignKey("accounts.User", models.PROTECT, related_name="+")
    done_at = models.DateTimeField(null=True, blank=True)
    done_by = models.ForeignKey(
        "accounts.User", models.PROTECT, null=True, blank=True, related_name="+"
    )
    done = models.TextField(blank=True, help_text="What was done.")

    objects = EarlyActionQuerySet.as_manager()

    class Meta:
        ordering = ["due", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(done_at=None, done_by=None, done="")
                | Q(done_at__isnull=False, done_by__isnull=False) & ~Q(done=""),
                name="early_action_is_done_with_what_was_done",
                violation_error_message="Say what was done.",
            )
        ]

    def __str__(self):
        return f"Early action {self.pk}"

    @property
    def is_done(self):
        return self.done_at is not None


class EarlyActionMove(models.Model):
    """A day that was put off, with the reason. The first day stays with the action."""

    action = models.ForeignKey(EarlyAction, models.CASCADE, related_name="moves")
    before = models.DateField()
    after = models.DateField()
    reason = models.TextField()
    moved_at = models.DateTimeField(auto_now_add=True)
    moved_by = models.ForeignKey("accounts.User", models.PROTECT, related_name="+")

    class Meta:
        ordering = ["pk"]

    def __str__(self):
        return f"Move of {self.action_id}"
