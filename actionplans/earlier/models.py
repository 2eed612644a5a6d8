"""An earlier report on its way into a review: the file, every line of it, and its points."""

from django.db import models
from django.db.models import Q
from django.urls import reverse

from reviews.access import access_of


class EarlierReportQuerySet(models.QuerySet):
    def visible_to(self, user):
        """A report speaks of every agency: for those who lead the analysis, but for a conflict."""
        access = access_of(user)
        return self.filter(
            review__any_of=access.reviews_with("lead_analysis") - access.reviews_in_conflict
        )

    def saved(self):
        return self.filter(state=EarlierReport.State.SAVED)

    def for_display(self):
        return self.select_related("review", "by", "stored").defer("lines", "stored__body")


class EarlierReport(models.Model):
    """A report that is brought in, from upload to saved."""

    class State(models.TextChoices):
        PREVIEWED = "previewed", "Ready to check"
        SAVED = "saved", "Brought in"
        UNDONE = "undone", "Taken out again"
        DISCARDED = "discarded", "Discarded"

    review = models.ForeignKey("reviews.Review", models.PROTECT, related_name="earlier_reports")
    stored = models.OneToOneField("vault.StoredFile", models.PROTECT, related_name="+")
    name = models.CharField(max_length=150)
    sha256 = models.CharField(max_length=64)
    key = models.UUIDField(unique=True, help_text="A second click finds the first one's report.")
    state = models.CharField(max_length=10, choices=State, default=State.PREVIEWED)
    lines = models.JSONField(
        default=list, help_text="[position, as it stands there, number of its point or null, why]"
    )
    bodies = models.JSONField(
        default=list, help_text="Each body that it names: [name, whom it was taken for, doubt]"
    )
    doubts = models.JSONField(default=list)
    changes = models.PositiveIntegerField(
        default=0, help_text="Counts on, so that two people do not write over each other."
    )
    by = models.ForeignKey("accounts.User", models.PROTECT, null=True, related_name="+")
    at = models.DateTimeField(auto_now_add=True)
    saved_by = models.ForeignKey(
        "accounts.User", models.PROTECT, null=True, blank=True, related_name="+"
    )
    saved_at = models.DateTimeField(null=True, blank=True)
    undone_by = models.ForeignKey(
        "accounts.User", models.PROTECT, null=True, blank=True, related_name="+"
    )
    undone_at = models.DateTimeField(null=True, blank=True)

    objects = EarlierReportQuerySet.as_manager()

    class Meta:
        ordering = ["-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(state__in=("saved", "undone"), saved_at__isnull=False)
                | ~Q(state__in=("saved", "undone")) & Q(saved_at=None),
                name="an_earlier_report_saved_has_a_time",
            ),
            models.CheckConstraint(
                condition=Q(state="undone", undone_at__isnull=False)
                | ~Q(state="undone") & Q(undone_at=None),
                name="an_earlier_report_undone_has_a_time",
            ),
            models.UniqueConstraint(
                fields=["review", "sha256"],
                condition=Q(state="saved"),
                name="an_earlier_report_is_brought_in_once",
            ),
        ]

    def __str__(self):
        return f"Earlier report {self.pk}"

    def get_absolute_url(self):
        return reverse("actionplans:earlier-detail", args=[self.review.reference, self.pk])

    @property
    def vault_scope(self):
        return self.review.vault_scope

    @property
    def is_open(self):
        return self.state == self.State.PREVIEWED

    @property
    def colour(self):
        return {"previewed": "blue", "saved": "green"}.get(self.state, "grey")


class EarlierPointQuerySet(models.QuerySet):
    def visible_to(self, user):
        return self.filter(report__in=EarlierReport.objects.visible_to(user))

    def taken(self):
        return self.filter(is_left_out=False)


class EarlierPoint(models.Model):
    """A finding, a lesson or a recommendation of an earlier report, and what it became.

    What was left out stays here, marked, so that every line is accounted for.
    """

    class Kind(models.TextChoices):
        FINDING = "finding", "Finding"
        LESSON = "lesson", "Lesson"
        RECOMMENDATION = "recommendation", "Recommendation"

    report = models.ForeignKey(EarlierReport, models.CASCADE, related_name="points")
    position = models.PositiveIntegerField(help_text="Among those of the report, from 1.")
    kind = models.CharField(max_length=20, choices=Kind)
    number = models.CharField(max_length=40, blank=True)
    text = models.TextField()
    parts = models.JSONField(default=list, help_text="[number, depth, text] of each item below it.")
    heading = models.TextField(blank=True)
    group = models.TextField(blank=True)
    leads = models.JSONField(default=list, help_text="Names of bodies, as the report has them.")
    lead_as_written = models.TextField(blank=True)
    places = models.JSONField(default=list, help_text="Positions of its lines in the report.")
    doubts = models.JSONField(default=list)
    rests_on = models.ForeignKey(
        "self", models.CASCADE, null=True, blank=True, related_name="carries"
    )
    is_left_out = models.BooleanField(default=False)
    finding_kind = models.CharField(
        max_length=10, blank=True, help_text="Of a finding, as findings have them."
    )
    term = models.ForeignKey(
        "reviews.Term", models.PROTECT, null=True, blank=True, related_name="+"
    )
    is_there_already = models.BooleanField(
        default=False, help_text="The review said the same before, so nothing was added."
    )
    finding = models.ForeignKey(
        "findings.Finding", models.PROTECT, null=True, blank=True, related_name="earlier_points"
    )
    lesson = models.ForeignKey(
        "findings.Lesson", models.PROTECT, null=True, blank=True, related_name="earlier_points"
    )
    recommendation = models.ForeignKey(
        "actionplans.Recommendation",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="earlier_points",
    )

    objects = EarlierPointQuerySet.as_manager()

    class Meta:
        ordering = ["report", "position"]
        constraints = [
            models.UniqueConstraint(
                fields=["report", "position"], name="one_earlier_point_at_a_place"
            ),
            models.CheckConstraint(condition=~Q(text=""), name="an_earlier_point_says_something"),
            models.CheckConstraint(
                condition=Q(finding=None, lesson=None)
                | Q(finding=None, recommendation=None)
                | Q(lesson=None, recommendation=None),
                name="an_earlier_point_became_one_thing",
            ),
        ]

    def __str__(self):
        return f"{self.get_kind_display()} {self.number or self.position}"

    @property
    def became(self):
        return self.finding or self.lesson or self.recommendation

    @property
    def is_gone(self):
        """What it became was taken away since."""
        if self.recommendation:
            return self.recommendation.is_withdrawn
        return self.became is not None and not self.became.is_live

    @property
    def needs_a_term(self):
        return self.kind == self.Kind.FINDING and not self.is_left_out and self.term_id is None

    @property
    def where(self):
        """ "paragraphs 12 to 15" """
        if not self.places:
            return ""
        first, last = self.places[0], self.places[-1]
        return f"paragraph {first}" if first == last else f"paragraphs {first} to {last}"

    @property
    def whole(self):
        """With its parts, where these get no rows of their own."""
        if self.kind == self.Kind.RECOMMENDATION:
            return self.text
        below = [f"{number}. {text}" if number else text for number, _, text in self.parts]
        return "\n".join([self.text, *below])
