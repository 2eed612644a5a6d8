from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q

from foundations.dates.fields import PartialDateField
from reviews.access import access_of
from reviews.clock.kinds import Milestone, Reason, Standing, Unit
from reviews.models import Review
from reviews.versions import Version

# --- The limits, which are data -----------------------------------------------------------------


class BankHolidayQuerySet(models.QuerySet):
    def visible_to(self, user):
        """Whoever is signed in: they are no secret."""
        return self if access_of(user).live else self.none()


class BankHoliday(models.Model):
    """A day that is not a working day in England and Wales, besides week-ends. No case."""

    day = models.DateField(unique=True)
    name = models.CharField(max_length=100)
    source = models.CharField(max_length=200)

    objects = BankHolidayQuerySet.as_manager()

    class Meta:
        ordering = ["day"]

    def __str__(self):
        return f"{self.name}, {self.day}"


class RuleSet(Version):
    """The time limits for one kind of review, as a partnership keeps them from a day on.

    A version never changes. What began under one version keeps the due days it was given.
    """

    kind = models.CharField(max_length=20, choices=Review.Kind)
    partnership = models.ForeignKey(
        "agencies.Partnership",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="rule_sets",
        help_text="Blank: the house's, for every partnership that has none of its own.",
    )
    source = models.CharField(
        max_length=1000, help_text="Where the limits come from, and how far that was checked."
    )

    class Meta:
        ordering = ["kind", "partnership", "-version"]
        constraints = [
            models.UniqueConstraint(
                fields=["kind", "partnership", "version"],
                name="one_rule_set_a_version",
                nulls_distinct=False,
                violation_error_message="Somebody has made a newer version meanwhile.",
            ),
            models.CheckConstraint(
                condition=Q(version__gte=1), name="rule_set_versions_count_from_one"
            ),
        ]


class TimeLimit(models.Model):
    """How long after one milestone another is due. Without an amount it says so in words alone."""

    rule_set = models.ForeignKey(RuleSet, models.CASCADE, related_name="limits")
    milestone = models.CharField(max_length=20, choices=Milestone)
    counts_from = models.CharField(max_length=20, choices=Milestone)
    amount = models.PositiveSmallIntegerField(null=True, blank=True)
    unit = models.CharField(max_length=20, choices=Unit, default=Unit.MONTHS)
    text = models.CharField(max_length=1000, help_text="What the source says.")
    standing = models.CharField(max_length=20, choices=Standing, default=Standing.UNCONFIRMED)
    pauses_count = models.BooleanField(default=True, help_text="Whether a pause moves the day.")

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["rule_set", "milestone"], name="one_limit_for_a_milestone"
            ),
            models.CheckConstraint(
                condition=~Q(milestone=models.F("counts_from")), name="a_limit_goes_somewhere"
            ),
            models.CheckConstraint(
                condition=Q(amount=None) | Q(amount__gte=1, amount__lte=999),
                name="a_limit_is_at_least_one",
            ),
        ]

    def __str__(self):
        return f"{self.get_milestone_display()}: {self.in_words}"

    @property
    def in_words(self):
        if self.amount is None:
            return "no number of days"
        unit = self.get_unit_display()
        return f"{self.amount} {unit.removesuffix('s') if self.amount == 1 else unit}"


# --- What happened in one review ----------------------------------------------------------------


class ClockQuerySet(models.QuerySet):
    def visible_to(self, user):
        return self.filter(review__any_of=access_of(user).reviews_with("read_clock"))

    def live(self):
        return self.filter(taken_back_at=None)


class Reached(models.Model):
    """That a review reached a milestone. The newest row of a milestone counts; none is changed."""

    review = models.ForeignKey("reviews.Review", models.CASCADE, related_name="milestones")
    milestone = models.CharField(max_length=20, choices=Milestone)
    on = PartialDateField(help_text="Empty: it was not reached after all.")
    why = models.CharField(max_length=500, blank=True, help_text="Why an earlier row was wrong.")
    key = models.UUIDField(unique=True, null=True, blank=True)
    recorded_at = models.DateTimeField(auto_now_add=True)
    recorded_by = models.ForeignKey(
        "accounts.User", models.PROTECT, null=True, blank=True, related_name="+"
    )

    objects = ClockQuerySet.as_manager()

    class Meta:
        ordering = ["pk"]
        verbose_name = "milestone reached"
        verbose_name_plural = "milestones reached"
        constraints = [
            models.CheckConstraint(
                condition=Q(on_precision="none")
                | Q(on_earliest__isnull=False, on_latest__isnull=False),
                name="a_milestone_has_a_first_and_a_last_day",
            )
        ]

    def __str__(self):
        return f"{self.milestone} of {self.review_id}"


class DueDate(models.Model):
    """A due day as it was first reckoned, from one milestone under one limit. Never changed.

    When the milestone is corrected, the day is reckoned again as another row.
    """

    review = models.ForeignKey("reviews.Review", models.CASCADE, related_name="due_dates")
    milestone = models.CharField(max_length=20, choices=Milestone)
    limit = models.ForeignKey(TimeLimit, models.PROTECT, related_name="due_dates")
    counted_from = models.ForeignKey(Reached, models.CASCADE, related_name="due_dates")
    original = PartialDateField()
    reckoned_at = models.DateTimeField(auto_now_add=True)

    objects = ClockQuerySet.as_manager()

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["counted_from", "milestone"], name="reckoned_once_from_a_milestone"
            ),
            models.CheckConstraint(
                condition=Q(original_earliest__isnull=False, original_latest__isnull=False),
                name="a_due_date_has_a_first_and_a_last_day",
            ),
        ]

    def __str__(self):
        return f"{self.milestone} of {self.review_id} due"


class _Agreed(models.Model):
    """Something that moves a due day: why, who agreed to it, and whether it was taken back."""

    reason = models.CharField(max_length=20, choices=Reason)
    because = models.TextField(max_length=2000, blank=True)
    agreed_by = models.CharField(max_length=300, help_text="Posts and bodies, not persons.")
    agreed_on = PartialDateField()
    key = models.UUIDField(unique=True, null=True, blank=True)
    recorded_at = models.DateTimeField(auto_now_add=True)
    recorded_by = models.ForeignKey(
        "accounts.User", models.PROTECT, null=True, blank=True, related_name="+"
    )
    taken_back_at = models.DateTimeField(null=True, blank=True)
    taken_back_by = models.ForeignKey(
        "accounts.User", models.PROTECT, null=True, blank=True, related_name="+"
    )
    taken_back_why = models.CharField(max_length=500, blank=True)

    objects = ClockQuerySet.as_manager()

    class Meta:
        abstract = True
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(
                condition=~Q(reason="other") | ~Q(because=""),
                name="%(class)s_for_another_reason_says_which",
                violation_error_message="Say what the reason is.",
            ),
            models.CheckConstraint(
                condition=Q(taken_back_at=None, taken_back_why="")
                | Q(taken_back_at__isnull=False) & ~Q(taken_back_why=""),
                name="%(class)s_is_taken_back_with_a_reason",
            ),
        ]

    @property
    def is_live(self):
        return self.taken_back_at is None


class Extension(_Agreed):
    """A new due day that was agreed."""

    review = models.ForeignKey("reviews.Review", models.CASCADE, related_name="extensions")
    milestone = models.CharField(max_length=20, choices=Milestone)
    before = PartialDateField(help_text="The day it replaced; empty where none was set.")
    until = models.DateField()

    def __str__(self):
        return f"{self.milestone} of {self.review_id} extended"


class Pause(_Agreed):
    """Days on which the clock stands still, the first and the last among them."""

    review = models.ForeignKey("reviews.Review", models.CASCADE, related_name="pauses")
    starts_on = models.DateField()
    proceeding = models.ForeignKey(
        "reviews.Proceeding",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="pauses",
        help_text="What the review waits for.",
    )

    def __str__(self):
        return f"Pause of {self.review_id}"

    @property
    def ends_on(self):
        """The last day as it was said last; None while the pause is open."""
        ends = list(self.ends.all())
        return ends[-1].on if ends else None


class PauseEnd(models.Model):
    """The last day of a pause. The newest row counts; without a day the pause is open again."""

    pause = models.ForeignKey(Pause, models.CASCADE, related_name="ends")
    on = models.DateField(null=True, blank=True)
    key = models.UUIDField(unique=True, null=True, blank=True)
    recorded_at = models.DateTimeField(auto_now_add=True)
    recorded_by = models.ForeignKey(
        "accounts.User", models.PROTECT, null=True, blank=True, related_name="+"
    )

    class Meta:
        ordering = ["pk"]

    def __str__(self):
        return f"End of pause {self.pause_id}"


class Told(models.Model):
    """That somebody was told of an extension or a pause."""

    extension = models.ForeignKey(
        Extension, models.CASCADE, null=True, blank=True, related_name="told"
    )
    pause = models.ForeignKey(Pause, models.CASCADE, null=True, blank=True, related_name="told")
    whom = models.CharField(max_length=300, help_text="Posts and bodies, not persons.")
    on = PartialDateField()
    key = models.UUIDField(unique=True, null=True, blank=True)
    recorded_at = models.DateTimeField(auto_now_add=True)
    recorded_by = models.ForeignKey(
        "accounts.User", models.PROTECT, null=True, blank=True, related_name="+"
    )

    class Meta:
        ordering = ["pk"]
        verbose_name_plural = "told"
        constraints = [
            models.CheckConstraint(
                condition=Q(extension=None, pause__isnull=False)
                | Q(extension__isnull=False, pause=None),
                name="told_of_an_extension_or_a_pause",
            )
        ]

    def __str__(self):
        return f"Told {self.pk}"

    def clean(self):
        if not self.on.is_bounded:
            raise ValidationError({"on": "Enter when they were told."})
