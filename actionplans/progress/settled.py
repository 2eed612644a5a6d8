"""What became of what was reported: accepted or sent back, and later, whether practice changed."""

from django.db import models
from django.db.models import Q

from actionplans.models import CLOSED, Status
from actionplans.progress.models import Answer, Kept, OfNoteQuerySet, ProgressNote
from actionplans.rows.models import PlanRow
from reviews.access import access_of


class Verdict(Kept):
    """What whoever runs the plan says of a row that was reported done, or no longer right."""

    note = models.OneToOneField(ProgressNote, models.PROTECT, related_name="verdict")
    is_accepted = models.BooleanField()
    reason = models.TextField(blank=True, help_text="Why it was sent back.")
    status = models.CharField(max_length=20, choices=Status, help_text="Of the row since.")
    at = models.DateTimeField(auto_now_add=True)
    by = models.ForeignKey("accounts.User", models.PROTECT, null=True, related_name="+")

    objects = OfNoteQuerySet.as_manager()

    class Meta:
        ordering = ["-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(is_accepted=True) | ~Q(reason=""), name="sent_back_with_a_reason"
            )
        ]

    def __str__(self):
        return f"Verdict on progress {self.note_id}"


class OfRowQuerySet(models.QuerySet):
    def visible_to(self, user):
        """With the row; nothing of one that an agency led at any time with which they have a conflict
        of interest."""
        access = access_of(user)
        rows = self.filter(row__in=PlanRow.objects.visible_to(user))
        if access.conflicts:
            rows = rows.exclude(row__in=PlanRow.objects.once_led_by(access.conflicts))
        return rows

    def due(self, *, on):
        """Of what still counts as done."""
        return self.filter(due__lte=on, row__status=Status.DONE, row__ended_at=None)


class ImpactCheck(models.Model):
    """The day on which somebody looks whether practice changed. Blank: it was answered for good."""

    row = models.OneToOneField(PlanRow, models.PROTECT, related_name="impact_check")
    due = models.DateField(null=True, blank=True)

    objects = OfRowQuerySet.as_manager()

    class Meta:
        ordering = ["due", "pk"]

    def __str__(self):
        return f"Impact check of row {self.row_id}"


class Impact(Kept):
    """One answer to an impact check."""

    class Changed(models.TextChoices):
        YES = "yes", "Yes"
        PARTLY = "partly", "Partly"
        NO = "no", "No"
        NOT_KNOWN = "not_known", "Not known"

    row = models.ForeignKey(PlanRow, models.PROTECT, related_name="impacts")
    key = models.UUIDField(unique=True, help_text="A second click finds the first one's answer.")
    changed = models.CharField(max_length=10, choices=Changed)
    how = models.TextField(help_text="How it is known.")
    by_whom = models.CharField(max_length=200, help_text="The post or body that looked.")
    look_again = models.DateField(null=True, blank=True)
    at = models.DateTimeField(auto_now_add=True)
    by = models.ForeignKey("accounts.User", models.PROTECT, null=True, related_name="+")

    objects = OfRowQuerySet.as_manager()

    class Meta:
        ordering = ["-pk"]
        constraints = [models.CheckConstraint(condition=~Q(how=""), name="impact_says_how")]

    def __str__(self):
        return f"Impact {self.pk} of row {self.row_id}"


def waiting(notes):
    """Those of some notes that ask for an answer: nothing but "no change" was said since."""
    later = ProgressNote.objects.filter(
        row=models.OuterRef("row"), pk__gt=models.OuterRef("pk")
    ).exclude(answer=Answer.NO_CHANGE)
    asking = [Answer.REPORTED, Answer.SUPERSEDED]
    return (
        notes.filter(answer__in=asking, verdict=None, row__ended_at=None)
        .exclude(row__status__in=CLOSED)
        .filter(~models.Exists(later))
    )
