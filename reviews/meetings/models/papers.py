from datetime import timedelta

from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.urls import reverse
from django.utils import timezone

from reviews.access import access_of
from reviews.meetings.models.seen import seen_by
from reviews.panel.models.pairs import together

KEPT = timedelta(hours=24)  # how long a made pack waits for its asker


class PaperQuerySet(models.QuerySet):
    def visible_to(self, user):
        """The panel's for the panel; none that concerns an agency with which one has a conflict."""
        found = self.filter(seen_by(user, Q(audience=Paper.Audience.PANEL, withdrawn_at=None)))
        conflicts = access_of(user).conflicts
        if not conflicts:
            return found
        through = Paper.concerns.through
        return found.exclude(
            Exists(through.objects.filter(paper=OuterRef("pk"), participation__any_of=conflicts))
        )

    def standing(self):
        return self.filter(withdrawn_at=None)

    def for_the_panel(self):
        return self.standing().filter(audience=Paper.Audience.PANEL)

    def for_display(self):
        return self.select_related("stored", "terms", "added_by", "withdrawn_by").defer(
            "stored__body"
        )


class Paper(models.Model):
    """Something to read for a meeting: a file as it came, or a version of the terms of reference."""

    class Audience(models.TextChoices):
        PANEL = "panel", "The whole panel"
        LEADERS = "leaders", "The chair and the coordinator only"

    meeting = models.ForeignKey("reviews.Meeting", models.CASCADE, related_name="papers")
    key = models.UUIDField(unique=True)
    title = models.CharField(max_length=200)
    audience = models.CharField(max_length=10, choices=Audience)
    name = models.CharField(max_length=150, blank=True, help_text="Of the file, as it came.")
    stored = models.OneToOneField(
        "vault.StoredFile", models.PROTECT, null=True, blank=True, related_name="+"
    )
    terms = models.ForeignKey(
        "reviews.TermsVersion", models.PROTECT, null=True, blank=True, related_name="+"
    )
    concerns = models.ManyToManyField(
        "reviews.Participation",
        related_name="+",
        blank=True,
        help_text="Agencies; a member with a conflict with one of them does not see the paper.",
    )
    added_at = models.DateTimeField(auto_now_add=True)
    added_by = models.ForeignKey(
        "accounts.User", models.PROTECT, null=True, blank=True, related_name="+"
    )
    withdrawn_at = models.DateTimeField(null=True, blank=True)
    withdrawn_because = models.CharField(max_length=500, blank=True)
    withdrawn_by = models.ForeignKey(
        "accounts.User", models.PROTECT, null=True, blank=True, related_name="+"
    )

    objects = PaperQuerySet.as_manager()

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(stored=None, terms__isnull=False) | Q(stored__isnull=False, terms=None),
                name="paper_is_a_file_or_a_version_of_the_terms",
            ),
            models.CheckConstraint(
                condition=together("withdrawn_at", words="withdrawn_because"),
                name="paper_withdrawn_with_a_reason",
                violation_error_message="Say why it is withdrawn.",
            ),
        ]

    def __str__(self):
        return f"Paper {self.pk}"

    @property
    def vault_scope(self):
        return self.meeting.review.vault_scope

    @property
    def review(self):
        return self.meeting.review

    @property
    def is_withdrawn(self):
        return self.withdrawn_at is not None

    @property
    def kind(self):
        """What its reader gets: "PDF", "DOCX", or a page of this service."""
        return self.name.rpartition(".")[2].upper() if self.stored_id else "Page"

    @property
    def file_name(self):
        """What a download is called: whatever its bringer called it may name somebody."""
        ending = self.name.rpartition(".")[2].lower()
        return f"{self.review.reference} meeting {self.meeting.number} paper {self.pk}.{ending}"

    @property
    def is_pdf(self):
        return self.kind == "PDF"

    @property
    def goes_into_the_pack(self):
        """A PDF, once the scanner has seen it."""
        return self.is_pdf and self.stored.is_released


class PackQuerySet(models.QuerySet):
    def visible_to(self, user):
        """Its maker's alone, for a day, while they still see the meeting."""
        return self.filter(seen_by(user, Q()), by_id=user.pk, asked_at__gte=timezone.now() - KEPT)


class Pack(models.Model):
    """Agenda, last minutes and papers as one PDF, written by a worker for one person."""

    meeting = models.ForeignKey("reviews.Meeting", models.CASCADE, related_name="packs")
    key = models.UUIDField(unique=True)
    stored = models.OneToOneField(
        "vault.StoredFile", models.PROTECT, null=True, blank=True, related_name="+"
    )
    papers = models.JSONField(default=list, blank=True, help_text="Which papers it holds or names.")
    job_key = models.CharField(max_length=100)
    by = models.ForeignKey("accounts.User", models.PROTECT, related_name="+")
    asked_at = models.DateTimeField(auto_now_add=True)

    objects = PackQuerySet.as_manager()

    class Meta:
        ordering = ["-pk"]

    def __str__(self):
        return f"Pack {self.pk}"

    def get_absolute_url(self):
        at = [self.meeting.review.reference, self.meeting.number, self.pk]
        return reverse("reviews:meeting-pack", args=at)

    @property
    def vault_scope(self):
        return self.meeting.review.vault_scope

    @property
    def review(self):
        return self.meeting.review
