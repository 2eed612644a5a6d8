from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.urls import reverse

from chronologies.models import Entry
from reviews.access import access_of
from reviews.family.models import ContactEntry
from reviews.meetings.models import Minutes
from reviews.rules import Material
from reviews.submissions.models import Passage


def _reviews_of(user):
    """Where the user leads the analysis, or has it shared with them."""
    access = access_of(user)
    return access.reviews_with("lead_analysis") | access.reviews_sharing(Material.ANALYSIS)


class Kept(models.Model):
    """Set by somebody, and taken away by somebody; never deleted."""

    made_at = models.DateTimeField(auto_now_add=True)
    made_by = models.ForeignKey("accounts.User", models.PROTECT, null=True, related_name="+")
    removed_at = models.DateTimeField(null=True, blank=True)
    removed_by = models.ForeignKey(
        "accounts.User", models.PROTECT, null=True, blank=True, related_name="+"
    )

    class Meta:
        abstract = True

    @property
    def is_live(self):
        return self.removed_at is None


class KeptQuerySet(models.QuerySet):
    def live(self):
        return self.filter(removed_at=None)


# --- Findings -----------------------------------------------------------------------------------


class FindingQuerySet(KeptQuerySet):
    def visible_to(self, user):
        """Never one that rests on an agency with which they have a conflict of interest."""
        rows = self.filter(review__any_of=_reviews_of(user))
        conflicts = access_of(user).conflicts
        if conflicts:
            in_conflict = Evidence.objects.live().filter(
                Q(entry__participation__any_of=conflicts)
                | Q(passage__file__submission__request__participation__any_of=conflicts),
                finding=OuterRef("pk"),
            )
            rows = rows.filter(~Exists(in_conflict))
        return rows

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


class OfFindingQuerySet(KeptQuerySet):
    def visible_to(self, user):
        return self.filter(finding__in=Finding.objects.visible_to(user))


class FindingVersion(models.Model):
    """What a finding said before a change. Never changed, never removed."""

    finding = models.ForeignKey(Finding, models.PROTECT, related_name="versions")
    number = models.PositiveIntegerField()
    snapshot = models.JSONField()
    reason = models.TextField(max_length=2000, blank=True)
    at = models.DateTimeField(auto_now_add=True)
    by = models.ForeignKey("accounts.User", models.PROTECT, null=True, related_name="+")

    objects = OfFindingQuerySet.as_manager()

    class Meta:
        ordering = ["-number"]
        constraints = [
            models.UniqueConstraint(fields=["finding", "number"], name="finding_version_once")
        ]

    def __str__(self):
        return f"Version {self.number} of finding {self.finding_id}"


class EvidenceQuerySet(KeptQuerySet):
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


# --- The grid of terms by agencies --------------------------------------------------------------


class TermAnswerQuerySet(models.QuerySet):
    def visible_to(self, user):
        return self.filter(
            access_of(user).clear_of_conflicts("participation"),
            term__review__any_of=_reviews_of(user),
        )

    def latest(self):
        """One a term and agency: what was said last."""
        return self.order_by("term", "participation", "-pk").distinct("term", "participation")


class TermAnswer(models.Model):
    """How far an agency answered a term, as the chair sees it. The last one counts; none is changed."""

    class Verdict(models.TextChoices):
        ANSWERED = "answered", "Answered"
        PARTLY = "partly", "Partly answered"
        SILENT = "silent", "Silent"
        NIL = "nil", "Nil: nothing to say"

    term = models.ForeignKey("reviews.Term", models.PROTECT, related_name="answers")
    participation = models.ForeignKey(
        "reviews.Participation", models.PROTECT, related_name="term_answers"
    )
    key = models.UUIDField(unique=True, help_text="A second click finds the first one's.")
    verdict = models.CharField(max_length=10, choices=Verdict)
    note = models.TextField(max_length=2000, blank=True)
    at = models.DateTimeField(auto_now_add=True)
    by = models.ForeignKey("accounts.User", models.PROTECT, null=True, related_name="+")

    objects = TermAnswerQuerySet.as_manager()

    class Meta:
        ordering = ["term", "participation", "pk"]

    def __str__(self):
        return f"{self.get_verdict_display()} {self.pk}"


class TermPassageQuerySet(KeptQuerySet):
    def visible_to(self, user):
        return self.filter(
            term__review__any_of=_reviews_of(user),
            passage__in=Passage.objects.visible_to(user),
        )


class TermPassage(Kept):
    """A heading of an IMR that bears on a term. Entries are tied to terms by their marks."""

    term = models.ForeignKey("reviews.Term", models.PROTECT, related_name="passage_links")
    passage = models.ForeignKey("reviews.Passage", models.PROTECT, related_name="term_links")

    objects = TermPassageQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["term", "passage"],
                condition=Q(removed_at=None),
                name="a_passage_once_under_a_term",
            )
        ]

    def __str__(self):
        return f"Passage {self.passage_id} under term {self.term_id}"


# --- Counts -------------------------------------------------------------------------------------


class CountQuerySet(KeptQuerySet):
    def visible_to(self, user):
        """A count tells of every agency's entries: nobody with a conflict in the review reads it."""
        return self.filter(review__any_of=_reviews_of(user) - access_of(user).reviews_in_conflict)


class Count(Kept):
    """A figure of the report as a saved question over the marked entries."""

    review = models.ForeignKey("reviews.Review", models.PROTECT, related_name="counts")
    key = models.UUIDField(unique=True, help_text="A second click finds the first one's count.")
    title = models.CharField(max_length=200)
    question = models.JSONField(
        help_text="The filters, as the combined chronology's address has them."
    )

    objects = CountQuerySet.as_manager()

    class Meta:
        ordering = ["review", "pk"]

    def __str__(self):
        return f"Count {self.pk}"

    def get_absolute_url(self):
        return reverse("findings:count-detail", args=[self.review.reference, self.pk])


class CountReadingQuerySet(models.QuerySet):
    def visible_to(self, user):
        return self.filter(count__in=Count.objects.visible_to(user))


class CountReading(models.Model):
    """What a count came to, each time that it came to something else."""

    count = models.ForeignKey(Count, models.PROTECT, related_name="readings")
    value = models.PositiveIntegerField()
    rows = models.CharField(max_length=64, help_text="A digest of which entries it counted.")
    at = models.DateTimeField(auto_now_add=True)

    objects = CountReadingQuerySet.as_manager()

    class Meta:
        ordering = ["count", "pk"]

    def __str__(self):
        return f"Reading {self.pk} of count {self.count_id}"


# --- Lessons ------------------------------------------------------------------------------------


class LessonQuerySet(KeptQuerySet):
    def visible_to(self, user):
        return self.filter(
            access_of(user).clear_of_conflicts("participation"),
            review__any_of=_reviews_of(user),
        )

    def for_display(self):
        return self.select_related("review", "participation__agency", "own_point", "made_by")


class Lesson(Kept):
    """What is to be learnt: the panel's, or (with a participation) an agency's own."""

    review = models.ForeignKey("reviews.Review", models.PROTECT, related_name="lessons")
    number = models.PositiveIntegerField(help_text="Stays, also when another one is taken away.")
    key = models.UUIDField(unique=True, help_text="A second click finds the first one's lesson.")
    participation = models.ForeignKey(
        "reviews.Participation",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="lessons",
        help_text="Whose own it is. Blank: the panel's.",
    )
    own_point = models.ForeignKey(
        "reviews.OwnPoint",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="lessons",
        help_text="The lesson of the agency's report that it came from.",
    )
    number_as_written = models.CharField(max_length=40, blank=True)
    text = models.TextField(max_length=10_000)
    why_no_recommendation = models.TextField(max_length=2000, blank=True)
    changes = models.PositiveIntegerField(
        default=0, help_text="Counts on, so that two people do not write over each other."
    )
    findings = models.ManyToManyField(Finding, through="LessonFinding", related_name="lessons")

    objects = LessonQuerySet.as_manager()

    class Meta:
        ordering = ["review", "number"]
        constraints = [
            models.UniqueConstraint(fields=["review", "number"], name="lessons_are_numbered"),
            models.CheckConstraint(condition=~Q(text=""), name="a_lesson_says_something"),
            models.CheckConstraint(
                condition=Q(own_point=None) | Q(participation__isnull=False),
                name="an_own_lesson_names_its_agency",
            ),
        ]

    def __str__(self):
        return f"Lesson {self.number}"

    def get_absolute_url(self):
        return reverse("findings:lesson-detail", args=[self.review.reference, self.number])


class OfLessonQuerySet(KeptQuerySet):
    def visible_to(self, user):
        return self.filter(lesson__in=Lesson.objects.visible_to(user))


class LessonVersion(models.Model):
    """What a lesson said before a change. Never changed, never removed."""

    lesson = models.ForeignKey(Lesson, models.PROTECT, related_name="versions")
    number = models.PositiveIntegerField()
    snapshot = models.JSONField()
    reason = models.TextField(max_length=2000, blank=True)
    at = models.DateTimeField(auto_now_add=True)
    by = models.ForeignKey("accounts.User", models.PROTECT, null=True, related_name="+")

    objects = OfLessonQuerySet.as_manager()

    class Meta:
        ordering = ["-number"]
        constraints = [
            models.UniqueConstraint(fields=["lesson", "number"], name="lesson_version_once")
        ]

    def __str__(self):
        return f"Version {self.number} of lesson {self.lesson_id}"


class LessonFindingQuerySet(KeptQuerySet):
    def visible_to(self, user):
        return self.filter(
            lesson__in=Lesson.objects.visible_to(user),
            finding__in=Finding.objects.visible_to(user),
        )


class LessonFinding(Kept):
    """A lesson rests on a finding."""

    lesson = models.ForeignKey(Lesson, models.PROTECT, related_name="finding_links")
    finding = models.ForeignKey(Finding, models.PROTECT, related_name="lesson_links")

    objects = LessonFindingQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["lesson", "finding"],
                condition=Q(removed_at=None),
                name="a_finding_once_under_a_lesson",
            )
        ]

    def __str__(self):
        return f"Finding {self.finding_id} under lesson {self.lesson_id}"
