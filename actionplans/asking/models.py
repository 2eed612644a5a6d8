"""Who was asked for an update of which rows, when, and who was told that nobody answered."""

from django.db import models
from django.db.models import F, Q
from django.urls import reverse

from actionplans.progress.models import Kept
from actionplans.rows.models import PlanRow
from reviews.access import access_of
from reviews.rules import Role
from reviews.versions import Version

EVERY = [
    (1, "Every month"),
    (2, "Every two months"),
    (3, "Every three months"),
    (6, "Every six months"),
    (12, "Once a year"),
]
LAST_DAY = 28  # every month has one
# The days of a schedule, in the order in which they come.
DAYS = ("leads_after", "coordinator_after", "board_after")


class AskingSchedule(Version):
    """When a partnership asks for updates, and who is told after how many days of silence.

    A version never changes.
    """

    partnership = models.ForeignKey(
        "agencies.Partnership",
        models.PROTECT,
        related_name="asking_schedules",
    )
    source = models.CharField(max_length=1000, help_text="Who agreed this.")
    is_on = models.BooleanField(default=True)
    every_months = models.PositiveSmallIntegerField(choices=EVERY, default=1)
    day = models.PositiveSmallIntegerField(help_text="Of the month on which people are asked.")
    leads_after = models.PositiveSmallIntegerField()
    coordinator_after = models.PositiveSmallIntegerField()
    board_after = models.PositiveSmallIntegerField()

    class Meta:
        ordering = ["partnership", "-version"]
        constraints = [
            models.UniqueConstraint(
                fields=["partnership", "version"],
                name="one_asking_schedule_a_version",
                violation_error_message="Somebody has made a newer version meanwhile.",
            ),
            models.CheckConstraint(
                condition=Q(day__gte=1, day__lte=LAST_DAY),
                name="asked_on_a_day_of_every_month",
                violation_error_message="Choose a day from 1 to 28: every month has one.",
            ),
            models.CheckConstraint(
                condition=Q(every_months__in=[months for months, _ in EVERY]),
                name="asked_every_so_many_months",
            ),
            models.CheckConstraint(
                condition=Q(leads_after__gte=1)
                & Q(coordinator_after__gt=F("leads_after"))
                & Q(board_after__gt=F("coordinator_after"))
                & Q(board_after__lte=F("every_months") * LAST_DAY),
                name="silence_is_told_step_by_step",
                violation_error_message="Each step must come later than the one before it, and the "
                "last before people are asked again.",
            ),
        ]

    def asks_in(self, month):
        """Those of a year are counted from January."""
        return (month - 1) % self.every_months == 0


class RoundQuerySet(models.QuerySet):
    def visible_to(self, user):
        """That a partnership asked, for its coordinators. It holds no case."""
        return self.filter(partnership__in=access_of(user).appointments[Role.COORDINATOR])


class Round(models.Model):
    """A partnership's schedule was carried out for a period: never twice, also where it found nobody
    to ask."""

    partnership = models.ForeignKey(
        "agencies.Partnership", models.PROTECT, related_name="asking_rounds"
    )
    period = models.DateField(help_text="The first day of the month in which it was due.")
    due = models.DateField(help_text="The day that the schedule named.")
    made_on = models.DateField(help_text="The day on which it was carried out.")
    made_at = models.DateTimeField(auto_now_add=True)

    objects = RoundQuerySet.as_manager()

    class Meta:
        ordering = ["-period", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["partnership", "period"], name="one_round_a_partnership_and_period"
            ),
            models.CheckConstraint(
                condition=Q(period__day=1), name="a_period_begins_with_its_month"
            ),
        ]

    def __str__(self):
        return f"Round {self.pk}"


class UpdateRequestQuerySet(models.QuerySet):
    def visible_to(self, user):
        """One's own alone; what it asks for is asked of the rows."""
        return self.filter(user_id=user.pk) if access_of(user).live else self.none()


class UpdateRequest(models.Model):
    """What one person is asked for in a period, about all that is theirs in a partnership's reviews."""

    partnership = models.ForeignKey(
        "agencies.Partnership", models.PROTECT, related_name="update_requests"
    )
    period = models.DateField()
    user = models.ForeignKey("accounts.User", models.PROTECT, related_name="update_requests")
    at = models.DateTimeField(auto_now_add=True)

    objects = UpdateRequestQuerySet.as_manager()

    class Meta:
        ordering = ["-period", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["partnership", "period", "user"], name="one_request_a_person_and_period"
            ),
            models.CheckConstraint(
                condition=Q(period__day=1), name="a_request_is_of_a_whole_period"
            ),
        ]

    def __str__(self):
        return f"Request for updates {self.pk}"

    def get_absolute_url(self):
        return reverse("actionplans:request-detail", args=[self.pk])


class RequestedRowQuerySet(models.QuerySet):
    def visible_to(self, user):
        """One's own, and what the partnership asked that one coordinates; of rows that one may see."""
        mine = access_of(user).appointments[Role.COORDINATOR]
        return self.filter(
            Q(request__user=user.pk) | Q(request__partnership__in=mine),
            row__in=PlanRow.objects.visible_to(user),
        )

    def unanswered(self):
        return self.filter(answered_at=None)


class RequestedRow(models.Model):
    """One row that somebody was asked about."""

    request = models.ForeignKey(UpdateRequest, models.PROTECT, related_name="asked_rows")
    row = models.ForeignKey("actionplans.PlanRow", models.PROTECT, related_name="requests")
    asked_on = models.DateField()
    answered_at = models.DateTimeField(
        null=True, blank=True, help_text="When anybody reported on it after that."
    )
    note = models.ForeignKey(
        "actionplans.ProgressNote", models.PROTECT, null=True, blank=True, related_name="+"
    )

    objects = RequestedRowQuerySet.as_manager()

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["request", "row"], name="asked_once_in_a_request"),
            models.CheckConstraint(
                condition=Q(answered_at=None, note=None)
                | Q(answered_at__isnull=False, note__isnull=False),
                name="answered_by_an_update",
            ),
        ]
        indexes = [
            models.Index(
                fields=["row"], name="asked_and_not_answered", condition=Q(answered_at=None)
            )
        ]

    def __str__(self):
        return f"Row {self.row_id} of request {self.request_id}"


class RequestMessage(Kept):
    """A message about a request: the one of the schedule, or one that a coordinator sent."""

    request = models.ForeignKey(UpdateRequest, models.PROTECT, related_name="messages")
    key = models.UUIDField(
        null=True, blank=True, help_text="Of the form of a coordinator; blank: the schedule's."
    )
    rows = models.PositiveIntegerField(help_text="How many it was about.")
    on = models.DateField()
    at = models.DateTimeField(auto_now_add=True)
    by = models.ForeignKey("accounts.User", models.PROTECT, null=True, related_name="+")
    message = models.OneToOneField("post.Message", models.PROTECT, related_name="+")

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["request", "key"],
                name="a_request_is_sent_once_a_key",
                nulls_distinct=False,
            )
        ]

    def __str__(self):
        return f"Message about request {self.request_id}"


class Step(models.TextChoices):
    """Whom silence is told to, one after another."""

    LEADS = "leads", "Told to those who lead actions for the agency"
    COORDINATOR = "coordinator", "Told to the coordinator"
    BOARD = "board", "Told to the board"


class EscalationQuerySet(models.QuerySet):
    def visible_to(self, user):
        """For the coordinators of the partnership, of rows that they may see."""
        mine = access_of(user).appointments[Role.COORDINATOR]
        return self.filter(
            partnership__in=mine,
            row__in=PlanRow.objects.visible_to(user),
        )


class Escalation(Kept):
    """Somebody was told once, at one step, that a row which was asked about has no answer."""

    partnership = models.ForeignKey("agencies.Partnership", models.PROTECT, related_name="+")
    period = models.DateField()
    row = models.ForeignKey("actionplans.PlanRow", models.PROTECT, related_name="escalations")
    step = models.CharField(max_length=15, choices=Step)
    user = models.ForeignKey("accounts.User", models.PROTECT, related_name="+")
    on = models.DateField()
    at = models.DateTimeField(auto_now_add=True)
    message = models.ForeignKey("post.Message", models.PROTECT, related_name="+")

    objects = EscalationQuerySet.as_manager()

    class Meta:
        ordering = ["-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["partnership", "period", "row", "step", "user"],
                name="nobody_is_told_of_silence_twice",
            )
        ]

    def __str__(self):
        return f"Escalation {self.pk} of row {self.row_id}"
