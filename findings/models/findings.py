from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.urls import reverse

from chronologies.models import Entry
from findings.models.kept import Kept, KeptQuerySet, reviews_of
from reviews.access import access_of
from reviews.family.models import ContactEntry
from reviews.meetings.models import Minutes
from reviews.submissions.models import Passage


class FindingQuerySet(KeptQuerySet):
    def visible_to(self, user):
        """Never one that rests, or rested, on an agency with which they have a conflict of interest."""
        rows = self.filter(review__any_of=reviews_of(user))
        conflicts = access_of(user).conflicts
        if conflicts:
            rows = rows.filter(
                ~Exists(Evidence.objects.of(conflicts).filter(finding=OuterRef("pk")))
            )
        return rows

    def told_by(self, participations):
        """Those that rest, or rested, on what one of these agencies supplied."""
        return self.filter(pk__in=Evidence.objects.of(participations).values("finding"))

    def without_evidence(self):
        evidence = Evidence.objects.live().filter(finding=OuterRef("pk"))
        return self.live().filter(~Exists(evidence))

    def for_display(self):
        return self.select_related("review", "term", "made_by")


class Finding(Kept):
    """What the panel says it found, under a term of reference."""

    class Kind(models.TextChoices):
        MISSED = "missed", "Missed opportunity"
        GOOD = "good", "Good practice"
        SYSTEMS = "systems", "Systems"
        PRACTICE = "practice", "Practice"

    review = models.ForeignKey("reviews.Review", models.PROTECT, related_name="findings")
    number = models.PositiveIntegerField(help_text="Stays, also when another one is taken away.")
    key = models.UUIDField(unique=True, help_text="A second click finds the first one's finding.")
    term = models.ForeignKey("reviews.Term", models.PROTECT, related_name="findings")
    kind = models.CharField(max_length=10, choices=Kind)
    text = models.TextField(max_length=10_000)
    changes = models.PositiveIntegerField(
        default=0, help_text="Counts on, so that two people do not write over each other."
    )

    objects = FindingQuerySet.as_manager()

    class Meta:
        ordering = ["review", "number"]
        constraints = [
            models.UniqueConstraint(fields=["review", "number"], name="findings_are_numbered"),
            models.CheckConstraint(condition=~Q(text=""), name="a_finding_says_something"),
        ]

    def __str__(self):
        return f"Finding {self.number}"

    def get_absolute_url(self):
        return reverse("findings:finding-detail", args=[self.review.reference, self.number])

    @property
    def snapshot(self):
        """What a version keeps of it."""
        return {"term": self.term_id, "kind": str(self.kind), "text": self.text}


class FindingVersionQuerySet(models.QuerySet):
    def visible_to(self, user):
        """What a finding used to say was never shared."""
        led = access_of(user).reviews_with("lead_analysis")
        seen = Finding.objects.visible_to(user)
        return self.filter(finding__in=seen, finding__review__any_of=led)


class FindingVersion(models.Model):
    """What a finding said before a change. Never changed, never removed."""

    finding = models.ForeignKey(Finding, models.PROTECT, related_name="versions")
    number = models.PositiveIntegerField()
    snapshot = models.JSONField()
    reason = models.TextField(max_length=2000, blank=True)
    at = models.DateTimeField(auto_now_add=True)
    by = models.ForeignKey("accounts.User", models.PROTECT, null=True, related_name="+")

    objects = FindingVersionQuerySet.as_manager()

    class Meta:
        ordering = ["-number"]
        constraints = [
            models.UniqueConstraint(fields=["finding", "number"], name="finding_version_once")
        ]

    def __str__(self):
        return f"Version {self.number} of finding {self.finding_id}"


class EvidenceQuerySet(KeptQuerySet):
    def of(self, participations):
        """What these agencies supplied; also what was taken away since, as the words of the finding
        that it led to may have stayed."""
        return self.filter(
            Q(entry__participation__any_of=participations)
            | Q(passage__file__submission__request__participation__any_of=participations)
        )

    def visible_to(self, user):
        """What they may read of what it points at; the rest of a finding's evidence is not told."""
        return self.filter(
            Q(entry=None) | Q(entry__in=Entry.objects.visible_to(user)),
            Q(passage=None) | Q(passage__in=Passage.objects.visible_to(user)),
            Q(minutes=None) | Q(minutes__in=Minutes.objects.visible_to(user)),
            Q(contact=None) | Q(contact__in=ContactEntry.objects.visible_to(user)),
            finding__in=Finding.objects.visible_to(user),
        )

    def for_display(self):
        return self.select_related(
            "entry__participation__agency",
            "entry__review",
            "passage__file__submission__request__participation__agency",
            "minutes__meeting",
            "contact",
        )


SOURCES = ("entry", "passage", "minutes", "contact")


class Evidence(Kept):
    """What a finding rests on: exactly one entry, passage of an IMR, minutes, or family contact."""

    finding = models.ForeignKey(Finding, models.PROTECT, related_name="evidence")
    entry = models.ForeignKey(
        "chronologies.Entry", models.PROTECT, null=True, blank=True, related_name="evidence"
    )
    passage = models.ForeignKey(
        "reviews.Passage", models.PROTECT, null=True, blank=True, related_name="evidence"
    )
    minutes = models.ForeignKey(
        "reviews.Minutes", models.PROTECT, null=True, blank=True, related_name="evidence"
    )
    contact = models.ForeignKey(
        "reviews.ContactEntry", models.PROTECT, null=True, blank=True, related_name="evidence"
    )
    note = models.TextField(max_length=2000, blank=True, help_text="What of it bears on this.")

    objects = EvidenceQuerySet.as_manager()

    class Meta:
        ordering = ["finding", "pk"]
        verbose_name_plural = "evidence"
        constraints = [
            models.CheckConstraint(
                condition=Q(entry__isnull=False, passage=None, minutes=None, contact=None)
                | Q(entry=None, passage__isnull=False, minutes=None, contact=None)
                | Q(entry=None, passage=None, minutes__isnull=False, contact=None)
                | Q(entry=None, passage=None, minutes=None, contact__isnull=False),
                name="evidence_is_exactly_one_thing",
            ),
            models.UniqueConstraint(
                fields=["finding", "entry", "passage", "minutes", "contact"],
                condition=Q(removed_at=None),
                nulls_distinct=False,
                name="evidence_once_under_a_finding",
            ),
        ]

    def __str__(self):
        return f"Evidence {self.pk} of finding {self.finding_id}"

    @property
    def source(self):
        """Which of the four it is: the name of the field that is filled in."""
        return next(name for name in SOURCES if getattr(self, f"{name}_id"))
