from django.core.serializers.json import DjangoJSONEncoder
from django.db import models
from django.db.models import Q

from foundations.office.inspection import Inspection
from reviews.submissions.reach import reaching


class SubmissionFileQuerySet(models.QuerySet):
    def visible_to(self, user):
        """What was taken out before it was sent is the agency's alone, and is not listed here."""
        return self.filter(reaching(user, "submission__"), removed_at=None)

    def for_display(self):
        rows = self.select_related("stored", "uploaded_by", "submission__request")
        return rows.defer("stored__body")


class SubmissionFile(models.Model):
    """The report of a version or one of its appendices, with what was found in the file itself.

    An appendix goes on into the next version by `carried_from`, with the same stored bytes.
    """

    class Part(models.TextChoices):
        MAIN = "main", "The report itself"
        APPENDIX = "appendix", "Appendix"

    submission = models.ForeignKey("reviews.Submission", models.CASCADE, related_name="files")
    key = models.UUIDField(unique=True, help_text="A second click finds the first one's file.")
    part = models.CharField(max_length=10, choices=Part)
    stored = models.ForeignKey("vault.StoredFile", models.PROTECT, related_name="+")
    carried_from = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="carried_on"
    )
    uploaded_at = models.DateTimeField(auto_now_add=True)
    uploaded_by = models.ForeignKey(
        "accounts.User", models.PROTECT, null=True, blank=True, related_name="+"
    )
    removed_at = models.DateTimeField(null=True, blank=True)
    removed_by = models.ForeignKey(
        "accounts.User", models.PROTECT, null=True, blank=True, related_name="+"
    )
    read_at = models.DateTimeField(null=True, blank=True)
    unread_because = models.CharField(max_length=500, blank=True)
    found = models.JSONField(null=True, blank=True, help_text="What the file itself gives away.")
    letters = models.PositiveIntegerField(null=True, blank=True)
    placed = models.PositiveIntegerField(
        null=True, blank=True, help_text="How many of its letters stand in passages."
    )
    margins = models.JSONField(default=list, blank=True)
    doubts = models.JSONField(default=list, blank=True)
    passed_over = models.JSONField(default=list, blank=True, encoder=DjangoJSONEncoder)

    objects = SubmissionFileQuerySet.as_manager()

    class Meta:
        ordering = ["-part", "pk"]  # the report, then its appendices
        constraints = [
            models.UniqueConstraint(
                fields=["submission"],
                condition=Q(part="main", removed_at=None),
                name="one_report_in_a_version",
            ),
        ]

    def __str__(self):
        return f"File {self.pk} of submission {self.submission_id}"

    @property
    def vault_scope(self):
        return self.submission.review.vault_scope

    @property
    def inspection(self):
        """What the gate found out about it, or None while it was not looked at."""
        return Inspection(**_tuples(self.found)) if self.found else None

    @property
    def is_read(self):
        return self.read_at is not None

    @property
    def is_infected(self):
        return self.stored.scan == self.stored.Scan.INFECTED

    @property
    def is_held(self):
        return self.stored.scan == self.stored.Scan.WAITING


def _tuples(found):
    said = {key: tuple(value) if isinstance(value, list) else value for key, value in found.items()}
    return said | {"metadata": tuple(tuple(pair) for pair in found.get("metadata", ()))}
