"""What was reported on a row: dated updates, the files that show it, and dates that moved.

None of it is ever changed or removed: the database refuses. A correction is another update.
"""

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q
from django.urls import reverse

from actionplans.models import COLOURS, Status
from actionplans.rows.models import PlanRow
from foundations.dates.fields import PartialDateField
from reviews.access import access_of


class Answer(models.TextChoices):
    """What somebody says of a row. Whether it is done is settled by whoever runs the plan."""

    ON_TRACK = "on_track", "On track"
    AT_RISK = "at_risk", "At risk"
    SLIPPED = "slipped", "Slipped: it will be late"
    REPORTED = "reported", "Done"
    SUPERSEDED = "superseded", "No longer right"
    NO_CHANGE = "no_change", "No change"


class Source(models.TextChoices):
    PAGE = "page", "On a page"
    SHEET = "sheet", "In a spreadsheet"


class Kept(models.Model):
    """A row that is written once."""

    class Meta:
        abstract = True

    def save(self, *args, **kwargs):
        if self.pk:
            raise ValidationError(f"{self._meta.verbose_name.capitalize()}: never changed.")
        super().save(*args, **kwargs)

    def delete(self, *args, **kwargs):
        raise ValidationError(f"{self._meta.verbose_name.capitalize()}: never removed.")


class ProgressNoteQuerySet(models.QuerySet):
    def visible_to(self, user):
        """With the row it is about; also what an agency reported while it led, which it does no more.
        With a conflict of interest neither that, nor what was said for several at once."""
        access = access_of(user)
        notes = self.filter(row__in=PlanRow.objects.visible_to(user)).filter(
            access.clear_of_conflicts("participation")
        )
        if access.conflicts:
            once = PlanRow.objects.once_led_by(access.conflicts)
            notes = notes.exclude(participation=None, row__in=once)
        return notes

    def for_display(self):
        files = EvidenceFile.objects.select_related("stored").defer("stored__body")
        return self.select_related(
            "by", "participation__agency", "move", "verdict__by"
        ).prefetch_related(models.Prefetch("files", files))


class ProgressNote(Kept):
    """What somebody reported here, and the status it gave."""

    recommendation = models.ForeignKey(
        "actionplans.Recommendation", models.PROTECT, related_name="progress_notes"
    )
    row = models.ForeignKey("actionplans.PlanRow", models.PROTECT, related_name="progress_notes")
    participation = models.ForeignKey(
        "reviews.Participation",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="progress_notes",
        help_text="The agency whose progress it is. Blank: of the review team itself.",
    )
    key = models.UUIDField(unique=True, help_text="A second click finds the first one's note.")
    answer = models.CharField(
        max_length=20, choices=Answer, blank=True, help_text="Blank: from before it was asked."
    )
    note = models.TextField(blank=True)
    evidence = models.TextField(blank=True, help_text="Where it can be seen.")
    why_none = models.TextField(blank=True, help_text="Why there is nothing to show.")
    status = models.CharField(max_length=20, choices=Status)
    status_before = models.CharField(max_length=20, choices=Status)
    on_behalf = models.BooleanField(default=False)
    source = models.CharField(max_length=10, choices=Source, default=Source.PAGE)
    at = models.DateTimeField(auto_now_add=True)
    by = models.ForeignKey("accounts.User", models.PROTECT, null=True, related_name="+")

    objects = ProgressNoteQuerySet.as_manager()

    class Meta:
        ordering = ["-at", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=~Q(status=Status.UNCONFIRMED)
                | Q(answer__in=[Answer.NO_CHANGE, Answer.SUPERSEDED]),
                name="progress_confirms_a_status",
            ),
            models.CheckConstraint(
                condition=~Q(note="") | Q(answer=Answer.NO_CHANGE), name="progress_says_something"
            ),
        ]
        indexes = [models.Index(fields=["row", "-at"], name="progress_of_row")]

    def __str__(self):
        return f"Progress {self.pk}"

    @property
    def colour(self):
        return COLOURS[self.status]

    @property
    def said(self):
        """What the answer was, in words; of an early one, the status that it gave. Done is reported
        here, and settled by somebody else."""
        if self.answer == Answer.REPORTED:
            return "Reported done"
        return self.get_answer_display() or self.get_status_display()

    @property
    def is_accepted_as_done(self):
        verdict = getattr(self, "verdict", None)
        return self.answer == Answer.REPORTED and verdict is not None and verdict.is_accepted

    @property
    def became(self):
        """(words, colour) of what it said; once that was accepted, of that."""
        if self.is_accepted_as_done:
            return "Accepted as done", COLOURS[Status.DONE]
        return self.said, self.colour

    @property
    def is_waiting(self):
        """It asks whoever runs the plan for an answer."""
        return self.answer in {Answer.REPORTED, Answer.SUPERSEDED}


class OfNoteQuerySet(models.QuerySet):
    def visible_to(self, user):
        return self.filter(note__in=ProgressNote.objects.visible_to(user))


class EvidenceFile(Kept):
    """A file that shows what was done. It has no address of its own but the row's page."""

    note = models.ForeignKey(ProgressNote, models.PROTECT, related_name="files")
    name = models.CharField(max_length=150)
    stored = models.OneToOneField("vault.StoredFile", models.PROTECT, related_name="+")

    objects = OfNoteQuerySet.as_manager()

    class Meta:
        ordering = ["pk"]
        verbose_name = "evidence"

    def __str__(self):
        return f"Evidence {self.pk} of progress {self.note_id}"

    def get_absolute_url(self):
        row = self.note.row
        return reverse(
            "actionplans:row-evidence-file", args=[row.review.reference, row.pk, self.pk]
        )

    @property
    def vault_scope(self):
        return self.note.recommendation.review.vault_scope


class DateMoveQuerySet(models.QuerySet):
    def visible_to(self, user):
        """With the row; as with what an action said before, not why the plan moved the date of one that
        an agency led at any time with which they have a conflict of interest."""
        access = access_of(user)
        rows = self.filter(row__in=PlanRow.objects.visible_to(user)).filter(
            access.clear_of_conflicts("note__participation")
        )
        if access.conflicts:
            rows = rows.exclude(note=None, row__in=PlanRow.objects.once_led_by(access.conflicts))
        return rows


class DateMove(Kept):
    """A target that was moved, or set where there was none: what it was stays here as it was written."""

    row = models.ForeignKey(PlanRow, models.PROTECT, related_name="date_moves")
    note = models.OneToOneField(
        ProgressNote,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="move",
        help_text="The update it came with. Blank: the plan itself was changed.",
    )
    old = PartialDateField()
    old_as_written = models.TextField(blank=True)
    new = PartialDateField()
    reason = models.TextField(blank=True)
    at = models.DateTimeField(auto_now_add=True)
    by = models.ForeignKey("accounts.User", models.PROTECT, null=True, related_name="+")

    objects = DateMoveQuerySet.as_manager()

    class Meta:
        ordering = ["-pk"]
        verbose_name = "moved date"
        constraints = [
            models.CheckConstraint(
                condition=~Q(reason="") | Q(old_latest=None), name="a_moved_date_has_a_reason"
            )
        ]

    def __str__(self):
        return f"Date move {self.pk} of row {self.row_id}"

    @property
    def is_first(self):
        """There was no date before, so that none was moved."""
        return self.old_latest is None

    @property
    def old_words(self):
        return self.old_as_written or str(self.old) or "no date"
