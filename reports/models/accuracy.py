"""Rounds in which an agency says whether what the report tells of it is right.

An agency gets an extract: some paragraphs, with their numbers, as they stood when they were sent.
"""

from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils import timezone

from reports.models.documents import Document, reviews_led
from reports.models.paragraphs import MOST, Paragraph, ParagraphVersion
from reviews.access import access_of
from reviews.proceedings.models import Hold, Stops


def reviews_held(on):
    """Where nothing that agencies gave is shared with others on that day."""
    return Hold.objects.filter(stops=Stops.SHARING).can_stop(on, on).values("review")


class AccuracyRoundQuerySet(models.QuerySet):
    def visible_to(self, user):
        """Its authors' all; and an agency's people their own, while no hold stops sharing."""
        access = access_of(user)
        own = Q(
            participation__any_of=access.parts_with("answer_requests"),
            withdrawn_at=None,
            document__removed_at=None,
        ) & ~Q(participation__review__in=reviews_held(timezone.localdate()))
        return self.filter(
            Q(document__review__any_of=reviews_led(user)) | own,
            access.clear_of_conflicts("participation"),
        )

    def open(self):
        """The agency owes an answer."""
        return self.filter(handed_in_at=None, withdrawn_at=None, document__removed_at=None)

    def for_display(self):
        return self.select_related(
            "document__review__partnership",
            "participation__agency",
            "participation__review",
            "sent_by",
            "handed_in_by",
            "withdrawn_by",
        )


class AccuracyRound(models.Model):
    """Sent once to one agency. What it holds never changes; a new round makes a new extract."""

    document = models.ForeignKey(Document, models.PROTECT, related_name="accuracy_rounds")
    participation = models.ForeignKey(
        "reviews.Participation", models.PROTECT, related_name="accuracy_rounds"
    )
    number = models.PositiveIntegerField(
        help_text="Counts the rounds with this agency; twice the same only where two were merged."
    )
    key = models.UUIDField(unique=True, help_text="A second click finds the first one's round.")
    due = models.DateField()
    sent_at = models.DateTimeField(default=timezone.now)
    sent_by = models.ForeignKey("accounts.User", models.PROTECT, null=True, related_name="+")
    handed_in_at = models.DateTimeField(null=True, blank=True)
    handed_in_by = models.ForeignKey(
        "accounts.User", models.PROTECT, null=True, blank=True, related_name="+"
    )
    on_behalf = models.BooleanField(default=False)
    withdrawn_at = models.DateTimeField(null=True, blank=True)
    withdrawn_by = models.ForeignKey(
        "accounts.User", models.PROTECT, null=True, blank=True, related_name="+"
    )
    withdrawn_because = models.TextField(max_length=4000, blank=True)

    objects = AccuracyRoundQuerySet.as_manager()

    class Meta:
        ordering = ["document", "participation", "number"]
        constraints = [
            models.CheckConstraint(
                condition=Q(withdrawn_at=None, withdrawn_because="")
                | Q(withdrawn_at__isnull=False) & ~Q(withdrawn_because=""),
                name="a_round_is_withdrawn_for_a_reason",
                violation_error_message="Say why.",
            ),
            models.CheckConstraint(
                condition=Q(withdrawn_at=None) | Q(handed_in_at=None),
                name="a_round_is_handed_in_or_withdrawn",
            ),
        ]

    def __str__(self):
        return f"Extract {self.number}"

    def get_absolute_url(self):
        return reverse("reports:round-detail", args=[self.document.review.reference, self.pk])

    @property
    def review(self):
        return self.participation.review

    @property
    def is_open(self):
        return self.handed_in_at is None and self.withdrawn_at is None

    def days_late(self, on):
        return max((on - self.due).days, 0) if self.is_open else 0


class RoundDayQuerySet(models.QuerySet):
    def visible_to(self, user):
        return self.filter(round__in=AccuracyRound.objects.visible_to(user))


class RoundDay(models.Model):
    """That an extract is to be answered by another day, and why. The days before stay: the database
    sees to it, and moves the day of no round without such a row."""

    round = models.ForeignKey(AccuracyRound, models.PROTECT, related_name="days")
    key = models.UUIDField(unique=True, help_text="A second click finds the first one's row.")
    before = models.DateField()
    after = models.DateField()
    why = models.TextField(max_length=4000)
    at = models.DateTimeField(auto_now_add=True)
    by = models.ForeignKey("accounts.User", models.PROTECT, null=True, related_name="+")

    objects = RoundDayQuerySet.as_manager()

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(
                condition=~Q(why="") & ~Q(before=F("after")),
                name="the_day_of_a_round_is_moved_for_a_reason",
            )
        ]

    def __str__(self):
        return f"Day {self.pk} of extract {self.round_id}"


class ExtractLineQuerySet(models.QuerySet):
    def visible_to(self, user):
        return self.filter(round__in=AccuracyRound.objects.visible_to(user))


class ExtractLine(models.Model):
    """One paragraph of an extract, as it was sent. Never changed: the database sees to it."""

    round = models.ForeignKey(AccuracyRound, models.PROTECT, related_name="lines")
    position = models.PositiveIntegerField()
    paragraph = models.ForeignKey(Paragraph, models.PROTECT, related_name="extracted")
    version = models.ForeignKey(ParagraphVersion, models.PROTECT, related_name="extracted")
    number = models.CharField(max_length=30, blank=True, help_text="As it was then: 5.3.4.")
    references = models.JSONField(
        default=dict, help_text="{key of what it refers to: the number of that then}"
    )

    objects = ExtractLineQuerySet.as_manager()

    class Meta:
        ordering = ["round", "position"]
        constraints = [
            models.UniqueConstraint(
                fields=["round", "paragraph"], name="a_paragraph_is_in_an_extract_once"
            )
        ]

    def __str__(self):
        return f"Line {self.position} of extract {self.round_id}"

    @property
    def called(self):
        return (
            f"Paragraph {self.number}"
            if self.number
            else f"Paragraph without a number, {self.position}"
        )


class ExtractAnswerQuerySet(models.QuerySet):
    def visible_to(self, user):
        """The agency's own; its authors' once they were handed in; one's own; and what was said on the
        agency's behalf, for whoever else may speak for it."""
        parts = access_of(user).parts_with("answer_requests")
        acting = access_of(user).reviews_with("act_for_agencies")
        return self.filter(
            Q(line__round__handed_in_at__isnull=False)
            | Q(line__round__participation__any_of=parts)
            | Q(on_behalf=True, line__round__participation__review__any_of=acting)
            | Q(by=user),
            line__round__in=AccuracyRound.objects.visible_to(user),
        )


class ExtractAnswer(models.Model):
    """What an agency says of one paragraph. Never changed: until it is handed in, the last one counts."""

    class Verdict(models.TextChoices):
        ACCURATE = "accurate", "It is accurate"
        NOT_ACCURATE = "not_accurate", "It is not accurate"
        NO_COMMENT = "no_comment", "No comment"

    line = models.ForeignKey(ExtractLine, models.PROTECT, related_name="answers")
    key = models.UUIDField(unique=True, help_text="A second click finds the first one's answer.")
    verdict = models.CharField(max_length=20, choices=Verdict)
    proposed = models.TextField(max_length=MOST, blank=True, help_text="Markdown.")
    because = models.TextField(max_length=20_000, blank=True, help_text="What shows it.")
    stored = models.OneToOneField(
        "vault.StoredFile", models.PROTECT, null=True, blank=True, related_name="+"
    )
    name = models.CharField(max_length=150, blank=True, help_text="Of the file.")
    on_behalf = models.BooleanField(default=False)
    at = models.DateTimeField(auto_now_add=True)
    by = models.ForeignKey("accounts.User", models.PROTECT, null=True, related_name="+")

    objects = ExtractAnswerQuerySet.as_manager()

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(verdict="not_accurate") & ~Q(because="")
                | ~Q(verdict="not_accurate") & Q(proposed="", because="", name=""),
                name="who_says_not_accurate_says_what_shows_it",
                violation_error_message="Say what is not accurate, and what shows it.",
            )
        ]

    def __str__(self):
        return f"Answer {self.pk} to line {self.line_id}"

    @property
    def vault_scope(self):
        return self.line.round.document.review.vault_scope

    @property
    def is_doubt(self):
        return self.verdict == self.Verdict.NOT_ACCURATE
