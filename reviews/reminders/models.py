from django.db import models
from django.db.models import F, Q
from django.urls import reverse

from foundations.post.models import NOT_ARRIVED
from reviews.access import access_of
from reviews.rules import Role
from reviews.versions import Version

# The days of a version, in the order in which they come.
DAYS = (
    "days_before",
    "days_after",
    "lead_after",
    "coordinator_after",
    "days_to_read",
    "days_inside",
)


class Step(models.TextChoices):
    BEFORE = "before", "Due soon"
    DUE = "due", "Due that day"
    OVERDUE = "overdue", "Overdue"
    LEAD = "lead", "Overdue: told to the agency’s sign-off officers"
    COORDINATOR = "coordinator", "Overdue: told to the coordinator"


class ReminderSteps(Version):
    """On which days people are reminded, as a partnership keeps it from a day on.

    A version never changes.
    """

    partnership = models.ForeignKey(
        "agencies.Partnership",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="reminder_steps",
        help_text="Blank: the house's, for every partnership that has none of its own.",
    )
    source = models.CharField(max_length=1000, help_text="Who agreed these days.")
    days_before = models.PositiveSmallIntegerField()
    days_after = models.PositiveSmallIntegerField()
    lead_after = models.PositiveSmallIntegerField()
    coordinator_after = models.PositiveSmallIntegerField()
    days_to_read = models.PositiveSmallIntegerField(
        help_text="How long somebody has to read the terms of reference that were issued."
    )
    days_inside = models.PositiveSmallIntegerField(
        default=5,
        help_text="How long an agency has to sign off what it prepared, or to put right what its "
        "sign-off officer returned.",
    )

    class Meta:
        ordering = ["partnership", "-version"]
        verbose_name_plural = "reminder steps"
        constraints = [
            models.UniqueConstraint(
                fields=["partnership", "version"],
                name="one_set_of_reminder_steps_a_version",
                nulls_distinct=False,
                violation_error_message="Somebody has made a newer version meanwhile.",
            ),
            models.CheckConstraint(
                condition=Q(
                    days_before__gte=1, days_after__gte=1, days_to_read__gte=1, days_inside__gte=1
                )
                & Q(lead_after__gt=F("days_after"))
                & Q(coordinator_after__gt=F("lead_after")),
                name="reminder_steps_come_one_after_another",
                violation_error_message="Each step must come later than the one before it.",
            ),
        ]


class MailingQuerySet(models.QuerySet):
    def visible_to(self, user):
        """One's own alone."""
        return self.filter(user_id=user.pk) if access_of(user).live else self.none()


class Mailing(models.Model):
    """The one message that somebody gets on a day, about all that they owe."""

    user = models.ForeignKey("accounts.User", models.CASCADE, related_name="mailings")
    day = models.DateField()
    message = models.OneToOneField(
        "post.Message", models.PROTECT, null=True, blank=True, related_name="+"
    )
    made_at = models.DateTimeField(auto_now_add=True)

    objects = MailingQuerySet.as_manager()

    class Meta:
        ordering = ["-day", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["user", "day"], name="one_message_a_person_and_day")
        ]

    def __str__(self):
        return f"Mailing {self.pk}"

    def get_absolute_url(self):
        return reverse("reviews:reminder-why", args=[self.pk])


class ReminderQuerySet(models.QuerySet):
    def visible_to(self, user):
        """One's own, while one still acts for the agency that it is about, or leads the review; of no
        agency, in reviews that one still has a role in. Never of an agency one has a conflict with."""
        access = access_of(user)
        return self.filter(
            Q(participation=None, review__any_of=access.reviews_with("view_review"))
            | Q(participation__any_of=access.parts_with("view_participation"))
            | Q(review__any_of=access.reviews_with("run_review"))
            | Q(review__any_of=access.reviews_with("lead_requests")),
            access.clear_of_conflicts("participation"),
            mailing__user_id=user.pk,
        )


class Reminder(models.Model):
    """Somebody was told once, at one step, of one thing that is owed by a day.

    A day that was put off begins anew. The row holds ids alone: what it is about is asked anew
    whenever somebody looks.
    """

    mailing = models.ForeignKey(Mailing, models.CASCADE, related_name="reminders")
    user = models.ForeignKey("accounts.User", models.CASCADE, related_name="+")
    review = models.ForeignKey("reviews.Review", models.CASCADE, related_name="reminders")
    participation = models.ForeignKey(
        "reviews.Participation", models.CASCADE, null=True, blank=True, related_name="+"
    )
    rule = models.CharField(max_length=30)
    item = models.CharField(max_length=50)
    due = models.DateField()
    step = models.CharField(max_length=15, choices=Step)

    objects = ReminderQuerySet.as_manager()

    class Meta:
        ordering = ["due", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["rule", "item", "due", "step", "user"], name="nobody_is_reminded_twice"
            )
        ]

    def __str__(self):
        return f"Reminder {self.pk}"


class PostingQuerySet(models.QuerySet):
    def visible_to(self, user):
        """To whom messages of a review went is for who runs it; of a partnership, for its
        coordinators. None about an agency that one has a conflict with."""
        access = access_of(user)
        mine = access.appointments[Role.COORDINATOR]
        return self.filter(
            Q(review__any_of=access.reviews_with("run_review"))
            | Q(review=None, partnership__in=mine),
            access.clear_of_conflicts("participation"),
        )

    def not_arrived(self):
        """What somebody has to look at."""
        return self.filter(message__state__in=NOT_ARRIVED, settled_at=None)


class Posting(models.Model):
    """What a message is about: a review, an agency's part in one, or only a partnership."""

    message = models.ForeignKey("post.Message", models.CASCADE, related_name="+")
    partnership = models.ForeignKey("agencies.Partnership", models.PROTECT, related_name="+")
    review = models.ForeignKey(
        "reviews.Review", models.CASCADE, null=True, blank=True, related_name="postings"
    )
    participation = models.ForeignKey(
        "reviews.Participation", models.CASCADE, null=True, blank=True, related_name="+"
    )
    settled_at = models.DateTimeField(
        null=True, blank=True, help_text="It did not arrive, and was dealt with in another way."
    )
    settled_by = models.ForeignKey(
        "accounts.User", models.PROTECT, null=True, blank=True, related_name="+"
    )

    objects = PostingQuerySet.as_manager()

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["message", "partnership", "review", "participation"],
                name="a_message_is_about_a_thing_once",
                nulls_distinct=False,
            )
        ]

    def __str__(self):
        return f"Posting {self.pk} of {self.message_id}"
