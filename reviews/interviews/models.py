from django.db import models
from django.db.models import Exists, F, OuterRef, Q

from foundations.dates.fields import PartialDateField
from reviews.requests.models.moves import OfRequestQuerySet


class InterviewQuerySet(OfRequestQuerySet):
    def standing(self):
        """Without those that a later row stands instead of."""
        return self.filter(~Exists(Interview.objects.order_by().filter(follows=OuterRef("pk"))))

    def for_display(self):
        return self.select_related("recorded_by", "follows", "followed_by").order_by(
            F("on_earliest").asc(nulls_last=True), "pk"
        )


class Interview(models.Model):
    """An agency's interview with a member of its staff for a report: planned, held, or not held.

    The database refuses to change or delete it. What became of a plan, and a correction, are rows
    of their own. Whom and by whom are posts, never names.
    """

    class State(models.TextChoices):
        PLANNED = "planned", "Planned"
        HELD = "held", "Held"
        NOT_HELD = "not_held", "Did not take place"

    class Agreement(models.TextChoices):
        """What the senior investigating officer said before it."""

        AGREED = "agreed", "Agreed beforehand"
        WAITING = "waiting", "Asked, no answer yet"
        REFUSED = "refused", "Refused"
        NOT_NEEDED = "not_needed", "No agreement was needed"
        NOT_ASKED = "not_asked", "Nobody was asked"

    request = models.ForeignKey("reviews.Request", models.CASCADE, related_name="interviews")
    key = models.UUIDField(unique=True, help_text="A second click finds the first one's row.")
    state = models.CharField(max_length=10, choices=State)
    post = models.CharField(max_length=200, help_text="Whom: a post, never a name.")
    on = PartialDateField()
    by_whom = models.CharField(max_length=200, help_text="A post, never a name.")
    about = models.TextField(max_length=2000)
    agreement = models.CharField(max_length=20, choices=Agreement)
    answered_by = models.CharField(
        max_length=200, blank=True, help_text="Which post agreed or refused."
    )
    answered_on = PartialDateField()
    agreed_to = models.TextField(max_length=2000, blank=True)
    conditions = models.TextField(max_length=2000, blank=True)
    why_not = models.TextField(max_length=2000, blank=True)
    follows = models.OneToOneField(
        "self",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="followed_by",
        help_text="This row stands instead of that one.",
    )
    because = models.CharField(max_length=500, blank=True)
    on_behalf = models.BooleanField(default=False)
    recorded_at = models.DateTimeField(auto_now_add=True)
    recorded_by = models.ForeignKey("accounts.User", models.PROTECT, null=True, related_name="+")

    objects = InterviewQuerySet.as_manager()

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(agreement="agreed") & ~Q(answered_by="") & ~Q(agreed_to="")
                | ~Q(agreement="agreed") & Q(agreed_to="", conditions=""),
                name="an_agreement_to_an_interview_says_to_what",
                violation_error_message="Say who agreed, and to what.",
            ),
            models.CheckConstraint(
                condition=Q(agreement__in=["refused", "not_needed", "not_asked"]) & ~Q(why_not="")
                | Q(agreement__in=["agreed", "waiting"], why_not=""),
                name="an_interview_without_agreement_says_why",
                violation_error_message="Say why.",
            ),
            models.CheckConstraint(
                condition=~Q(state="held", agreement="waiting"),
                name="an_interview_that_was_held_waits_for_no_answer",
                violation_error_message="It was held: say what was agreed before.",
            ),
            models.CheckConstraint(
                condition=Q(follows__isnull=False) | Q(because=""),
                name="a_first_record_of_an_interview_corrects_nothing",
            ),
        ]

    def __str__(self):
        return f"Interview {self.pk} for request {self.request_id}"

    @property
    def is_overtaken(self):
        return hasattr(self, "followed_by")

    @property
    def is_correction(self):
        """A plan that came to something is followed, not corrected."""
        return self.follows is not None and self.because != ""

    @property
    def tag(self):
        """(in words, colour)"""
        if self.is_overtaken:
            return "Replaced", "grey"
        colours = {"planned": "blue", "held": "green", "not_held": "grey"}
        return self.get_state_display(), colours[self.state]
