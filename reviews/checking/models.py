"""What a check goes through, which is data; who was asked to check; and what was found."""

from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone

from reviews.access import access_of
from reviews.versions import Version


class Checked(models.TextChoices):
    """What is checked; the values are those of the kinds of request."""

    IMR = "imr", "Individual management review (IMR)"
    REPORT = "report", "Information report"
    CHRONOLOGY = "chronology", "Chronology"


class Checklist(Version):
    """What is looked at in one kind of thing, as a partnership keeps it from a day on.

    A version never changes. A check that was begun goes on with the version it was begun with.
    """

    kind = models.CharField(max_length=20, choices=Checked)
    partnership = models.ForeignKey(
        "agencies.Partnership",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="checklists",
        help_text="Blank: the house's, for every partnership that has none of its own.",
    )
    source = models.CharField(
        max_length=1000, help_text="Where the list comes from, and how far that was checked."
    )

    class Meta:
        ordering = ["kind", "partnership", "-version"]
        constraints = [
            models.UniqueConstraint(
                fields=["kind", "partnership", "version"],
                name="one_checklist_a_version",
                nulls_distinct=False,
                violation_error_message="Somebody has made a newer version meanwhile.",
            ),
            models.CheckConstraint(
                condition=Q(version__gte=1), name="checklist_versions_count_from_one"
            ),
        ]


class ChecklistItem(models.Model):
    """One thing to look at. Its code is the same in every version that has it."""

    checklist = models.ForeignKey(Checklist, models.CASCADE, related_name="items")
    code = models.SlugField(max_length=60)
    position = models.PositiveSmallIntegerField()
    question = models.CharField(max_length=200)
    look_for = models.CharField(
        max_length=500, blank=True, help_text="What shows that it is met, or not."
    )

    class Meta:
        ordering = ["position"]
        constraints = [
            models.UniqueConstraint(fields=["checklist", "code"], name="an_item_once_in_a_list"),
            models.UniqueConstraint(
                fields=["checklist", "position"], name="one_item_in_each_place_of_a_checklist"
            ),
        ]

    def __str__(self):
        return self.question


class OfCheckedQuerySet(models.QuerySet):
    request = "request"

    def visible_to(self, user):
        """The leaders', and of what somebody of the panel was asked to check, those. What is found
        in a check is not the agency's: it gets the queries."""
        access = access_of(user)
        return self.filter(
            Q(**{
                f"{self.request}__participation__review__any_of": access.reviews_with(
                    "lead_requests"
                )
            })
            | Q(**{f"{self.request}__any_of": access.asked_to_check}),
            access.clear_of_conflicts(f"{self.request}__participation"),
        )  # fmt: skip


class AskedToCheck(models.Model):
    """The chair asks a member of the panel to check what came. They see it until this ends, or they
    leave, or a conflict of interest is recorded: see reviews.access."""

    request = models.ForeignKey("reviews.Request", models.CASCADE, related_name="asked_to_check")
    member = models.ForeignKey("reviews.PanelMember", models.PROTECT, related_name="asked_to_check")
    key = models.UUIDField(unique=True, help_text="A second click finds the first one's row.")
    asked_at = models.DateTimeField(default=timezone.now)
    asked_by = models.ForeignKey("accounts.User", models.PROTECT, null=True, related_name="+")
    ended_at = models.DateTimeField(null=True, blank=True)
    ended_by = models.ForeignKey(
        "accounts.User", models.PROTECT, null=True, blank=True, related_name="+"
    )

    objects = OfCheckedQuerySet.as_manager()

    class Meta:
        ordering = ["-pk"]
        verbose_name_plural = "asked to check"
        constraints = [
            models.UniqueConstraint(
                fields=["request", "member"],
                condition=Q(ended_at=None),
                name="a_member_asked_once_to_check",
                violation_error_message="They have been asked already.",
            )
        ]

    def __str__(self):
        return f"Member {self.member_id} checks {self.request_id}"


class QualityCheck(models.Model):
    """One going through the checklist, of what came with one receipt.

    What comes next time has a receipt of its own, and so a check of its own.
    """

    request = models.ForeignKey("reviews.Request", models.CASCADE, related_name="checks")
    receipt = models.OneToOneField(
        "reviews.RequestMove", models.PROTECT, related_name="quality_check"
    )
    checklist = models.ForeignKey(Checklist, models.PROTECT, related_name="+")
    begun_at = models.DateTimeField(default=timezone.now)
    begun_by = models.ForeignKey("accounts.User", models.PROTECT, null=True, related_name="+")
    finished_at = models.DateTimeField(null=True, blank=True)
    finished_by = models.ForeignKey(
        "accounts.User", models.PROTECT, null=True, blank=True, related_name="+"
    )

    objects = OfCheckedQuerySet.as_manager()

    class Meta:
        ordering = ["-pk"]

    def __str__(self):
        return f"Check of {self.receipt_id}"

    def get_absolute_url(self):
        return reverse(
            "reviews:check-detail", args=[self.review.reference, self.request_id, self.pk]
        )

    @property
    def review(self):
        return self.request.review

    @property
    def is_over(self):
        return self.finished_at is not None


class CheckMarkQuerySet(OfCheckedQuerySet):
    request = "quality_check__request"


class CheckMark(models.Model):
    """What somebody found of one item. The newest counts; the database changes none."""

    class Outcome(models.TextChoices):
        MET = "met", "Met"
        PARTLY = "partly", "Partly met"
        NOT_MET = "not_met", "Not met"
        NOT_APPLICABLE = "not_applicable", "Does not apply"

    quality_check = models.ForeignKey(QualityCheck, models.CASCADE, related_name="marks")
    item = models.ForeignKey(ChecklistItem, models.PROTECT, related_name="+")
    outcome = models.CharField(max_length=20, choices=Outcome, blank=True)
    note = models.TextField(max_length=4000, blank=True)
    at = models.DateTimeField(default=timezone.now)
    by = models.ForeignKey("accounts.User", models.PROTECT, null=True, related_name="+")

    objects = CheckMarkQuerySet.as_manager()

    class Meta:
        ordering = ["pk"]

    def __str__(self):
        return f"{self.item_id}: {self.outcome}"
