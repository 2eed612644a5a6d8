import uuid

from django.db import models
from django.db.models import Exists, F, OuterRef, Q
from django.urls import reverse

from foundations.dates.fields import PartialDateField
from foundations.vault.fields import EncryptedTextField
from reviews.access import access_of


class OfProceedingQuerySet(models.QuerySet):
    """Rows of a proceeding, for the panel too; never for whoever has a conflict with its agency."""

    right, way = "read_proceedings", "proceeding__"

    def visible_to(self, user):
        access = access_of(user)
        return self.filter(
            access.clear_of_conflicts(f"{self.way}participation"),
            **{f"{self.way}review__any_of": access.reviews_with(self.right)},
        )


class LedQuerySet(OfProceedingQuerySet):
    """Contacts and holds are for those who lead the review alone."""

    right = "lead_proceedings"


class ProceedingQuerySet(OfProceedingQuerySet):
    way = ""

    def for_display(self):
        return self.select_related("review", "participation__agency").prefetch_related(
            "statuses", models.Prefetch("events", ProceedingEvent.objects.standing().in_time())
        )


class Proceeding(models.Model):
    """Something official about the same death that goes on beside the review."""

    class Kind(models.TextChoices):
        TRIAL = "trial", "Criminal trial"
        INQUEST = "inquest", "Inquest"
        ADULTS = "adults", "Safeguarding Adult Review"
        CHILDREN = "children", "Child safeguarding practice review"
        IOPC = "iopc", "IOPC investigation"
        EMPLOYER = "employer", "Employer’s investigation"
        OTHER = "other", "Another investigation or review"

    review = models.ForeignKey("reviews.Review", models.CASCADE, related_name="proceedings")
    key = models.UUIDField(unique=True, help_text="A second click finds the first one's row.")
    kind = models.CharField(max_length=20, choices=Kind)
    body = models.CharField(max_length=200, help_text="The court, coroner, board or force.")
    number = models.CharField("their number", max_length=100, blank=True)
    participation = models.ForeignKey(
        "reviews.Participation",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="proceedings",
        help_text="The agency of the review that it is about, where it is about one.",
    )
    added_at = models.DateTimeField(auto_now_add=True)
    added_by = models.ForeignKey("accounts.User", models.PROTECT, null=True, related_name="+")

    objects = ProceedingQuerySet.as_manager()

    class Meta:
        ordering = ["pk"]

    def __str__(self):
        return f"{self.get_kind_display()}, {self.body}"

    def get_absolute_url(self):
        return reverse("reviews:proceeding", args=[self.review.reference, self.pk])

    @property
    def status(self):
        """The newest row; None until somebody says how it went."""
        return max(self.statuses.all(), key=lambda row: row.pk, default=None)

    @property
    def is_open(self):
        return self.status is None or self.status.status == ProceedingStatus.Status.OPEN

    @property
    def state(self):
        """(in words, colour of its tag)"""
        if self.is_open:
            return "Open", "blue"
        colour = "green" if self.status.status == ProceedingStatus.Status.CONCLUDED else "grey"
        return self.status.get_status_display(), colour


class ProceedingEventQuerySet(OfProceedingQuerySet):
    def standing(self):
        """Without those that a later row moves."""
        return self.filter(~Exists(ProceedingEvent.objects.order_by().filter(moves=OuterRef("pk"))))

    def in_time(self):
        return self.order_by(F("on_earliest").asc(nulls_last=True), "pk")


class ProceedingEvent(models.Model):
    """Something that happened in a proceeding, or is listed to. A moved date is a further row."""

    class What(models.TextChoices):
        OPENED = "opened", "Opened"
        CHARGE = "charge", "Charge"
        PLEA = "plea", "Plea hearing"
        TRIAL = "trial", "Trial begins"
        VERDICT = "verdict", "Verdict"
        SENTENCE = "sentence", "Sentence"
        PRE_INQUEST = "pre_inquest", "Pre-inquest review"
        HEARING = "hearing", "Hearing"
        CONCLUSION = "conclusion", "Conclusion"
        REPORT = "report", "Report"
        OTHER = "other", "Another event"

    proceeding = models.ForeignKey(Proceeding, models.CASCADE, related_name="events")
    key = models.UUIDField(unique=True)
    what = models.CharField(max_length=20, choices=What)
    on = PartialDateField(help_text="Empty: it will not take place, or not on a day that is known.")
    note = models.CharField(max_length=300, blank=True)
    moves = models.OneToOneField(
        "self", models.PROTECT, null=True, blank=True, related_name="moved_by"
    )
    because = models.CharField(max_length=500, blank=True)
    recorded_at = models.DateTimeField(auto_now_add=True)
    recorded_by = models.ForeignKey("accounts.User", models.PROTECT, null=True, related_name="+")

    objects = ProceedingEventQuerySet.as_manager()

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(moves=None, because="") | Q(moves__isnull=False) & ~Q(because=""),
                name="a_moved_date_says_why",
                violation_error_message="Say why the date moved.",
            ),
            models.CheckConstraint(
                condition=Q(moves__isnull=False) | ~Q(on_precision="none"),
                name="an_event_has_a_date",
                violation_error_message="Enter the date, as well as it is known.",
            ),
            models.CheckConstraint(
                condition=~Q(what="other") | ~Q(note=""),
                name="another_event_says_which",
                violation_error_message="Say which event it is.",
            ),
        ]

    def __str__(self):
        return f"{self.get_what_display()} of proceeding {self.proceeding_id}"

    @property
    def is_moved(self):
        return hasattr(self, "moved_by")


class ProceedingStatus(models.Model):
    """How a proceeding stands. The newest row counts."""

    class Status(models.TextChoices):
        OPEN = "open", "Open"
        CONCLUDED = "concluded", "Concluded"
        WITHDRAWN = "withdrawn", "Withdrawn"

    proceeding = models.ForeignKey(Proceeding, models.CASCADE, related_name="statuses")
    key = models.UUIDField(unique=True)
    status = models.CharField(max_length=20, choices=Status)
    on = PartialDateField()
    outcome = models.TextField(max_length=1000)
    recorded_at = models.DateTimeField(auto_now_add=True)
    recorded_by = models.ForeignKey("accounts.User", models.PROTECT, null=True, related_name="+")

    objects = OfProceedingQuerySet.as_manager()

    class Meta:
        ordering = ["-pk"]
        verbose_name_plural = "proceeding statuses"

    def __str__(self):
        return f"Proceeding {self.proceeding_id} {self.status}"


class ProceedingPost(models.Model):
    """Whom the review deals with there, by post; how to reach them is sealed."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    review = models.ForeignKey("reviews.Review", models.CASCADE, related_name="+")
    proceeding = models.ForeignKey(Proceeding, models.CASCADE, related_name="posts")
    key = models.UUIDField(unique=True)
    post = models.CharField(max_length=200, help_text="A post, not a person.")
    number = models.CharField("their number", max_length=100, blank=True)
    details = EncryptedTextField(max_length=2000, null=True, blank=True)
    added_at = models.DateTimeField(auto_now_add=True)
    added_by = models.ForeignKey("accounts.User", models.PROTECT, null=True, related_name="+")
    ended_on = models.DateField(null=True, blank=True)
    ended_because = models.CharField(max_length=500, blank=True)

    objects = LedQuerySet.as_manager()

    class Meta:
        ordering = ["added_at", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(ended_on=None, ended_because="")
                | Q(ended_on__isnull=False) & ~Q(ended_because=""),
                name="a_post_ends_with_a_reason",
            )
        ]

    def __str__(self):
        return f"Post of proceeding {self.proceeding_id}"

    @property
    def vault_scope(self):
        return f"review:{self.review_id}"
