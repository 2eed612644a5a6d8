from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.urls import reverse

from reviews.meetings.models.seen import seen_by
from reviews.panel.models.pairs import together


class MinutesQuerySet(models.QuerySet):
    def visible_to(self, user):
        """The panel reads the versions that were sent to it."""
        return self.filter(seen_by(user, Q(sent_at__isnull=False)))

    def for_display(self):
        return self.select_related("meeting__review", "made_by", "sent_by", "agreed_in")


class Minutes(models.Model):
    """One version of what was said. The next version is another row; what a later meeting agreed
    is the last."""

    meeting = models.ForeignKey("reviews.Meeting", models.CASCADE, related_name="minutes")
    number = models.PositiveSmallIntegerField()
    text = models.TextField(max_length=50_000)
    why = models.CharField(max_length=500, blank=True, help_text="What this version changes.")
    made_at = models.DateTimeField(auto_now_add=True)
    made_by = models.ForeignKey(
        "accounts.User", models.PROTECT, null=True, blank=True, related_name="+"
    )
    sent_at = models.DateTimeField(null=True, blank=True)
    sent_by = models.ForeignKey(
        "accounts.User", models.PROTECT, null=True, blank=True, related_name="+"
    )
    agreed_in = models.ForeignKey(
        "reviews.Meeting", models.PROTECT, null=True, blank=True, related_name="+"
    )
    agreed_by = models.ForeignKey(
        "accounts.User",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        help_text="Who recorded it.",
    )

    objects = MinutesQuerySet.as_manager()

    class Meta:
        ordering = ["-number"]
        verbose_name_plural = "minutes"
        constraints = [
            models.UniqueConstraint(
                fields=["meeting", "number"],
                name="versions_of_minutes_are_numbered",
                violation_error_message="Somebody has written a newer version meanwhile.",
            ),
            models.UniqueConstraint(
                fields=["meeting"],
                condition=Q(agreed_in__isnull=False),
                name="minutes_are_agreed_once",
                violation_error_message="The minutes have been agreed already.",
            ),
            models.CheckConstraint(
                condition=Q(agreed_in=None) | Q(sent_at__isnull=False),
                name="minutes_agreed_were_sent",
            ),
        ]

    def __str__(self):
        return f"Minutes, version {self.number}"

    def get_absolute_url(self):
        at = [self.meeting.review.reference, self.meeting.number, self.number]
        return reverse("reviews:minutes-version", args=at)

    @property
    def is_agreed(self):
        return self.agreed_in_id is not None

    @property
    def state(self):
        """(words, colour)"""
        if self.is_agreed:
            return "Agreed", "green"
        return ("Sent to the panel", "blue") if self.sent_at else ("Draft", "grey")


def minutes_were_sent(meeting="meeting"):
    """The Q of rows that belong to minutes: the panel sees them with the minutes."""
    return Q(Exists(Minutes.objects.filter(meeting=OuterRef(meeting), sent_at__isnull=False)))


class AttendanceQuerySet(models.QuerySet):
    def visible_to(self, user):
        return self.filter(seen_by(user, minutes_were_sent()))

    def for_display(self):
        return self.select_related("member__agency__merged_into")


class Attendance(models.Model):
    """Whether a member came, or another person by their post."""

    class State(models.TextChoices):
        PRESENT = "present", "Present"
        APOLOGIES = "apologies", "Apologies"
        DEPUTY = "deputy", "A deputy came"
        ABSENT = "absent", "Absent"

    meeting = models.ForeignKey("reviews.Meeting", models.CASCADE, related_name="attendance")
    member = models.ForeignKey(
        "reviews.PanelMember", models.CASCADE, null=True, blank=True, related_name="+"
    )
    post = models.CharField(
        max_length=200, blank=True, help_text="Of somebody else who was there, for example a clerk."
    )
    state = models.CharField(max_length=10, choices=State)
    deputy = models.CharField(max_length=200, blank=True, help_text="The deputy’s post.")

    objects = AttendanceQuerySet.as_manager()

    class Meta:
        ordering = ["member__name", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["meeting", "member"], name="attendance_once_each"),
            models.CheckConstraint(
                condition=Q(member=None) & ~Q(post="") | Q(member__isnull=False, post=""),
                name="attendance_is_of_a_member_or_a_post",
            ),
            models.CheckConstraint(
                condition=Q(state="deputy") & ~Q(deputy="") | ~Q(state="deputy") & Q(deputy=""),
                name="attendance_of_a_deputy_names_the_post",
                violation_error_message="Enter the deputy’s post.",
            ),
        ]

    def __str__(self):
        return f"Attendance {self.pk}"


class MeetingDecisionQuerySet(models.QuerySet):
    def visible_to(self, user):
        return self.filter(seen_by(user, minutes_were_sent() & Q(withdrawn_at=None)))


class MeetingDecision(models.Model):
    """Something that a meeting decided. What was wrong is withdrawn, not deleted."""

    meeting = models.ForeignKey("reviews.Meeting", models.CASCADE, related_name="decisions")
    key = models.UUIDField(unique=True)
    text = models.TextField(max_length=2000)
    recorded_at = models.DateTimeField(auto_now_add=True)
    recorded_by = models.ForeignKey(
        "accounts.User", models.PROTECT, null=True, blank=True, related_name="+"
    )
    withdrawn_at = models.DateTimeField(null=True, blank=True)
    withdrawn_because = models.CharField(max_length=500, blank=True)

    objects = MeetingDecisionQuerySet.as_manager()

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(
                condition=together("withdrawn_at", words="withdrawn_because"),
                name="meeting_decision_withdrawn_with_a_reason",
                violation_error_message="Say why it is withdrawn.",
            )
        ]

    def __str__(self):
        return f"Decision {self.pk}"

    @property
    def is_withdrawn(self):
        return self.withdrawn_at is not None
