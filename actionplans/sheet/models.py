"""A plan that came back edited, on its way to being saved."""

from django.db import models
from django.db.models import Q
from django.urls import reverse

from reviews.access import access_of


class Kind(models.TextChoices):
    """What saving does about one row."""

    ADDED = "added", "Added"
    CHANGED = "changed", "Changed"
    REMOVED = "removed", "Taken out of the plan"
    LEFT_OUT = "left_out", "Not in the sheet: stays as it is"
    PROBLEM = "problem", "To be put right"
    UNCHANGED = "unchanged", "Unchanged"


class Keep(models.TextChoices):
    """Whose words stay where somebody else changed a cell after the sheet was taken away."""

    ASK = "", "Not said yet"
    PLAN = "plan", "What they changed stays"
    SHEET = "sheet", "The sheet takes its place"


class PlanSheetQuerySet(models.QuerySet):
    def visible_to(self, user):
        """It holds every agency's rows: for whoever may bring a file of the plan."""
        access = access_of(user)
        allowed = access.reviews_with("change_action_plan") - access.reviews_in_conflict
        return self.filter(review__in=allowed)

    def for_display(self):
        return self.select_related("by", "review__partnership", "stored").defer("stored__body")


class PlanSheet(models.Model):
    """Many changes of one plan, made elsewhere: nothing of them holds until they are saved."""

    class Source(models.TextChoices):
        FILE = "file", "Excel sheet"
        PASTE = "paste", "Pasted from Excel"
        FORM = "form", "Several rows at once"

    class State(models.TextChoices):
        PREVIEWED = "previewed", "Ready to check"
        SAVING = "saving", "Being saved"
        SAVED = "saved", "Saved"
        DISCARDED = "discarded", "Discarded"

    review = models.ForeignKey("reviews.Review", models.PROTECT, related_name="plan_sheets")
    stored = models.OneToOneField(
        "vault.StoredFile", models.PROTECT, null=True, blank=True, related_name="+"
    )
    name = models.CharField(max_length=150)
    source = models.CharField(max_length=10, choices=Source)
    key = models.UUIDField(unique=True, help_text="A second click finds the first one's.")
    state = models.CharField(max_length=10, choices=State, default=State.PREVIEWED)
    reason = models.TextField(help_text="Why the plan changes, where a row does not say so itself.")
    by_number = models.BooleanField(
        default=False, help_text="Its rows have no ids, and are told by their numbers."
    )
    taken = models.JSONField(default=list, help_text="Ids of the rows it had when it was taken.")
    is_outdated = models.BooleanField(
        default=False, help_text="The plan had changed since it was taken."
    )
    keep = models.CharField(max_length=10, choices=Keep, default=Keep.ASK, blank=True)
    removes = models.BooleanField(
        default=False, help_text="Actions that were deleted from it are taken out of the plan."
    )
    counts = models.JSONField(default=dict)
    warnings = models.JSONField(default=list)
    problem = models.TextField(blank=True)
    times_queued = models.PositiveIntegerField(default=0)
    job_key = models.CharField(max_length=100, blank=True)
    sign = models.CharField(max_length=64, blank=True)
    by = models.ForeignKey("accounts.User", models.PROTECT, null=True, related_name="+")
    at = models.DateTimeField(auto_now_add=True)
    saved_at = models.DateTimeField(null=True, blank=True)

    objects = PlanSheetQuerySet.as_manager()

    class Meta:
        ordering = ["-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(state="saved", saved_at__isnull=False)
                | (~Q(state="saved") & Q(saved_at=None)),
                name="plan_sheet_saved_has_a_time",
            )
        ]

    def __str__(self):
        return f"Plan sheet {self.pk}"

    def get_absolute_url(self):
        return reverse("actionplans:sheet-detail", args=[self.review.reference, self.pk])

    @property
    def vault_scope(self):
        return self.review.vault_scope

    @property
    def colour(self):
        return {self.State.SAVED: "green", self.State.DISCARDED: "grey"}.get(self.state, "blue")

    @property
    def is_open(self):
        return self.state == self.State.PREVIEWED

    @property
    def changes(self):
        """How many rows saving would change."""
        return sum(self.counts.get(kind, 0) for kind in (Kind.ADDED, Kind.CHANGED, Kind.REMOVED))

    @property
    def can_be_saved(self):
        """All or nothing: a row that cannot be taken keeps the whole of it out."""
        return self.is_open and bool(self.changes) and not self.counts.get(Kind.PROBLEM)


class SheetLineQuerySet(models.QuerySet):
    def visible_to(self, user):
        return self.filter(sheet__in=PlanSheet.objects.visible_to(user))

    def shown(self):
        return self.exclude(kind=Kind.UNCHANGED)


class SheetLine(models.Model):
    """One row that is not as the plan has it; those that are, are only counted. Unchanged ones are here
    where they gave way to what somebody else changed, so that this can still be chosen otherwise."""

    sheet = models.ForeignKey(PlanSheet, models.CASCADE, related_name="lines")
    position = models.PositiveIntegerField(help_text="In the order in which they are shown.")
    at = models.PositiveIntegerField(help_text="Its row in the sheet. 0: it is missing there.")
    row = models.ForeignKey(
        "actionplans.PlanRow", models.PROTECT, null=True, blank=True, related_name="+"
    )
    number = models.TextField(blank=True)
    kind = models.CharField(max_length=10, choices=Kind)
    asked = models.JSONField(default=dict, help_text="The cells as they came.")
    changes = models.JSONField(default=list, help_text="Heading, before, after.")
    problems = models.JSONField(default=list, help_text="Heading, what is wrong.")
    notes = models.JSONField(default=list)

    objects = SheetLineQuerySet.as_manager()

    class Meta:
        ordering = ["sheet_id", "position"]
        constraints = [
            models.UniqueConstraint(fields=["sheet", "position"], name="one_sheet_line_a_place")
        ]

    def __str__(self):
        return f"Line {self.position} of {self.sheet}"

    @property
    def colour(self):
        return {
            Kind.ADDED: "green",
            Kind.CHANGED: "blue",
            Kind.REMOVED: "orange",
            Kind.PROBLEM: "red",
        }.get(self.kind, "grey")
