"""How a review went from stage to stage, and when it stood still or ended. No row is ever changed."""

from django.db import models
from django.db.models import Q

from foundations.dates.fields import PartialDateField
from reviews.access import access_of
from reviews.clock.kinds import Reason
from reviews.rules import Stage


class CourseQuerySet(models.QuerySet):
    def visible_to(self, user):
        """The stage is everybody's in the review; why and when is for those who lead it."""
        return self.filter(review__any_of=access_of(user).reviews_with("keep_course"))


class StageMove(models.Model):
    """A review came to a stage. Going back is another row, with its reason."""

    review = models.ForeignKey("reviews.Review", models.CASCADE, related_name="stage_moves")
    before = models.CharField(max_length=20, choices=Stage, blank=True)
    stage = models.CharField(max_length=20, choices=Stage)
    on = PartialDateField(help_text="As it was said; empty where nobody knows any more.")
    why = models.CharField(max_length=500, blank=True)
    is_from_elsewhere = models.BooleanField(
        default=False, help_text="It happened before the review was entered here."
    )
    recorded_at = models.DateTimeField(auto_now_add=True)
    recorded_by = models.ForeignKey(
        "accounts.User", models.PROTECT, null=True, blank=True, related_name="+"
    )

    objects = CourseQuerySet.as_manager()

    class Meta:
        ordering = ["pk"]

    def __str__(self):
        return f"{self.review_id} to {self.stage}"


class StateChange(models.Model):
    """A review was suspended, resumed, discontinued, merged, closed or opened again."""

    class What(models.TextChoices):
        SUSPENDED = "suspended", "Suspended"
        RESUMED = "resumed", "Resumed"
        DISCONTINUED = "discontinued", "Discontinued"
        MERGED = "merged", "Merged into another review"
        CLOSED = "closed", "Closed"
        REOPENED = "reopened", "Opened again"

    review = models.ForeignKey("reviews.Review", models.CASCADE, related_name="state_changes")
    key = models.UUIDField(unique=True, help_text="A second click finds the first one's row.")
    what = models.CharField(max_length=20, choices=What)
    on = PartialDateField()
    reason = models.CharField(
        max_length=20, choices=Reason, blank=True, help_text="Of a suspension."
    )
    why = models.TextField(max_length=2000, blank=True)
    agreed_by = models.CharField(
        max_length=300, blank=True, help_text="Posts and bodies, not persons."
    )
    told = models.CharField(max_length=300, blank=True, help_text="Posts and bodies, not persons.")
    expected_until = models.DateField(
        null=True, blank=True, help_text="When a suspension is expected to end."
    )
    into = models.ForeignKey(
        "reviews.Review", models.PROTECT, null=True, blank=True, related_name="merged_here"
    )
    pause = models.ForeignKey(
        "reviews.Pause",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        help_text="The pause of the clock that began with a suspension.",
    )
    stopped_clock = models.BooleanField(default=False)
    recorded_at = models.DateTimeField(auto_now_add=True)
    recorded_by = models.ForeignKey(
        "accounts.User", models.PROTECT, null=True, blank=True, related_name="+"
    )

    objects = CourseQuerySet.as_manager()

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(what="suspended") & ~Q(reason="") | ~Q(what="suspended") & Q(reason=""),
                name="a_suspension_has_a_reason",
                violation_error_message="Choose the reason.",
            ),
            models.CheckConstraint(
                condition=Q(expected_until=None) | Q(what="suspended"),
                name="only_a_suspension_is_expected_to_end",
            ),
            models.CheckConstraint(
                condition=Q(what="merged", into__isnull=False) | ~Q(what="merged") & Q(into=None),
                name="a_merged_review_says_into_which",
                violation_error_message="Choose the review that it is merged into.",
            ),
            models.CheckConstraint(
                condition=~Q(what="merged") | ~Q(into=models.F("review")),
                name="no_review_is_merged_into_itself",
            ),
            models.CheckConstraint(
                condition=Q(what="resumed") | ~Q(why="") | Q(what="suspended") & ~Q(reason="other"),
                name="a_change_of_state_says_why",
                violation_error_message="Say why.",
            ),
        ]

    def __str__(self):
        return f"{self.review_id} {self.what}"


class LeftOpen(models.Model):
    """What was still open when a review was closed, and why it was closed all the same."""

    change = models.ForeignKey(StateChange, models.CASCADE, related_name="left_open")
    kind = models.SlugField(max_length=40)
    what = models.CharField(
        max_length=200, help_text="As the page said it: 3 letters, for example."
    )
    n = models.PositiveIntegerField()
    why = models.CharField(max_length=500)

    class Meta:
        ordering = ["pk"]
        verbose_name_plural = "left open"
        constraints = [
            models.UniqueConstraint(fields=["change", "kind"], name="left_open_once_of_each_kind")
        ]

    def __str__(self):
        return f"{self.kind} of {self.change_id}"
