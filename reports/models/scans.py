"""What was looked through for what could tell who somebody is, what was found there, and what was decided
of it."""

import uuid

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q
from django.urls import reverse

from foundations.vault.fields import EncryptedJSONField
from reports.leaks.hits import HIGH, LOW, MEDIUM
from reports.models.documents import reviews_led
from reports.models.renderings import Rendering


class Source(models.TextChoices):
    VERSION = "version", "A version made here"
    AWAY = "away", "A Word file taken away"
    BACK = "back", "A Word file brought back"
    BROUGHT = "brought", "A report brought in"
    UPLOADED = "uploaded", "A file uploaded to be looked through"


class Severity(models.TextChoices):
    """The gravest first."""

    HIGH = HIGH, "High"
    MEDIUM = MEDIUM, "Medium"
    LOW = LOW, "Low"


class Verdict(models.TextChoices):
    CHANGE = "change", "Change it"
    KEEP = "keep", "Keep it"


class ScanQuerySet(models.QuerySet):
    def visible_to(self, user):
        """Its authors': what was found says where names stand."""
        return self.filter(review__any_of=reviews_led(user))

    def finished(self):
        return self.filter(at__isnull=False)

    def for_display(self):
        rows = self.select_related("review", "by", "rendering__document__review")
        return rows.defer("rendering__values")


class Scan(models.Model):
    """One look through one file, or through what was to become one: asked for, then finished once, and never
    changed after that. The database sees to it.

    `told` is sealed: {"name", "looked_at": [part], "could_not_read": [what], "hits": [[part, location,
    what stands before, the words, what stands after, why]], "keys", "rests_on": digest of what was looked through
    with what, or ""}, the hits by their number.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    review = models.ForeignKey("reviews.Review", models.PROTECT, related_name="scans")
    key = models.UUIDField(unique=True, default=uuid.uuid4, help_text="A second click finds it.")
    source = models.CharField(max_length=10, choices=Source)
    rendering = models.ForeignKey(Rendering, models.PROTECT, null=True, related_name="scans")
    stored = models.ForeignKey(
        "vault.StoredFile",
        models.PROTECT,
        null=True,
        related_name="+",
        help_text="Blank: a version was refused before it became a file.",
    )
    job_key = models.CharField(max_length=100, blank=True)
    by = models.ForeignKey("accounts.User", models.PROTECT, null=True, related_name="+")
    asked_at = models.DateTimeField(auto_now_add=True)

    at = models.DateTimeField(null=True, help_text="When it was finished.")
    sha256 = models.CharField(max_length=64, blank=True, help_text="Of the file.")
    high = models.PositiveIntegerField(default=0)
    medium = models.PositiveIntegerField(default=0)
    low = models.PositiveIntegerField(default=0)
    unread = models.PositiveIntegerField(default=0, help_text="Things that could not be read.")
    told = EncryptedJSONField(default=dict)

    objects = ScanQuerySet.as_manager()

    class Meta:
        ordering = ["-asked_at", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(source="version", rendering__isnull=False)
                | ~Q(source="version") & Q(rendering=None, stored__isnull=False),
                name="a_scan_is_of_a_version_or_of_a_file",
            ),
            models.CheckConstraint(
                condition=Q(at__isnull=False) | Q(sha256="", high=0, medium=0, low=0, unread=0),
                name="a_scan_tells_nothing_before_it_is_finished",
            ),
        ]

    def __str__(self):
        return f"Scan {self.pk}"

    def get_absolute_url(self):
        return reverse("reports:scan-detail", args=[self.review.reference, self.pk])

    def delete(self, *args, **kwargs):
        raise ValidationError("What was looked through stays on record.")

    @property
    def vault_scope(self):
        return f"review:{self.review_id}"

    @property
    def is_over(self):
        return self.at is not None

    @property
    def found(self):
        return self.high + self.medium + self.low


class HitQuerySet(models.QuerySet):
    def visible_to(self, user):
        return self.filter(scan__review__any_of=reviews_led(user))


class Hit(models.Model):
    """One thing that was found. Its words, and where they stand, are sealed in its scan. Never changed, never
    removed: the database sees to it."""

    scan = models.ForeignKey(Scan, models.PROTECT, related_name="hits")
    number = models.PositiveIntegerField(help_text="Its place in what the scan told, from 0.")
    kind = models.CharField(max_length=60)
    severity = models.CharField(max_length=6, choices=Severity)
    person = models.CharField(max_length=250, blank=True, help_text="A pseudonym.")
    sign = models.CharField(
        max_length=64,
        db_index=True,
        help_text="The same where the same words stand in the same surroundings; tells nothing.",
    )

    objects = HitQuerySet.as_manager()

    class Meta:
        ordering = ["scan", "number"]
        constraints = [
            models.UniqueConstraint(fields=["scan", "number"], name="hits_of_a_scan_are_numbered"),
            models.CheckConstraint(
                condition=Q(severity__in=Severity.values), name="a_hit_has_a_known_severity"
            ),
        ]

    def __str__(self):
        return f"Hit {self.number} of scan {self.scan_id}"


class HitDecisionQuerySet(models.QuerySet):
    def visible_to(self, user):
        return self.filter(hit__scan__review__any_of=reviews_led(user))


class HitDecision(models.Model):
    """What somebody decided of a hit. The newest counts, and none is changed or removed: the database sees
    to it."""

    hit = models.ForeignKey(Hit, models.PROTECT, related_name="decisions")
    verdict = models.CharField(max_length=6, choices=Verdict)
    reason = models.TextField(blank=True, max_length=2000, help_text="Of what is kept.")
    key = models.UUIDField(help_text="Of the form: a second click decides nothing twice.")
    by = models.ForeignKey("accounts.User", models.PROTECT, null=True, related_name="+")
    at = models.DateTimeField(auto_now_add=True)

    objects = HitDecisionQuerySet.as_manager()

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["hit", "key"], name="a_hit_is_decided_once_with_a_key"),
            models.CheckConstraint(
                condition=Q(verdict="change") | Q(verdict="keep") & ~Q(reason=""),
                name="what_is_kept_is_kept_for_a_reason",
            ),
        ]

    def __str__(self):
        return f"Decision {self.pk}"

    @property
    def is_kept(self):
        return self.verdict == Verdict.KEEP
