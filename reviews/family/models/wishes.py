from django.db import models
from django.db.models import Q

from foundations.dates.fields import PartialDateField
from reviews.family.models.log import OfTheLogQuerySet


class WishQuerySet(OfTheLogQuerySet):
    way = "review"

    def for_display(self):
        return self.select_related(
            "correspondent__person", "correspondent__review", "review", "recorded_by"
        ).prefetch_related("answers__recorded_by")


class Wish(models.Model):
    """What somebody wants of the review, or asks; the report must answer it."""

    class Kind(models.TextChoices):
        QUESTION = "question", "A question"
        WISH = "wish", "A wish"
        TERMS = "terms", "A comment on the terms of reference"
        DRAFT = "draft", "A comment on the draft report"

    review = models.ForeignKey("reviews.Review", models.CASCADE, related_name="wishes")
    correspondent = models.ForeignKey(
        "reviews.Correspondent", models.CASCADE, related_name="wishes"
    )
    key = models.UUIDField(unique=True)
    kind = models.CharField(max_length=10, choices=Kind)
    text = models.TextField(max_length=4000)
    raised = PartialDateField()
    recorded_at = models.DateTimeField(auto_now_add=True)
    recorded_by = models.ForeignKey("accounts.User", models.PROTECT, null=True, related_name="+")

    objects = WishQuerySet.as_manager()

    class Meta:
        ordering = ["pk"]
        verbose_name_plural = "wishes"

    def __str__(self):
        return f"{self.get_kind_display()} {self.pk}"

    @property
    def answer(self):
        """The one that counts; None while it is open."""
        newest = max(self.answers.all(), key=lambda answer: answer.pk, default=None)
        return newest if newest and newest.outcome != WishAnswer.Outcome.REOPENED else None

    @property
    def state(self):
        """(in words, colour of its tag)"""
        answer = self.answer
        if answer is None:
            return "Not answered yet", "red"
        return ("Answered", "green") if answer.told_on else ("Answered, not told yet", "yellow")


class WishAnswerQuerySet(OfTheLogQuerySet):
    way = "wish__review"


class WishAnswer(models.Model):
    """How a wish or question was answered. A further answer is a further row."""

    class Outcome(models.TextChoices):
        REPORT = "report", "Answered in the report"
        DIRECTLY = "directly", "Answered to them, not in the report"
        CANNOT = "cannot", "The review cannot answer it"
        REOPENED = "reopened", "Not answered after all"

    wish = models.ForeignKey(Wish, models.CASCADE, related_name="answers")
    key = models.UUIDField(unique=True)
    outcome = models.CharField(max_length=10, choices=Outcome)
    where = models.CharField(
        max_length=100, blank=True, help_text="The paragraph of the report: 5.3.2"
    )
    text = models.TextField(max_length=4000)
    told_on = models.DateField(null=True, blank=True)
    recorded_at = models.DateTimeField(auto_now_add=True)
    recorded_by = models.ForeignKey("accounts.User", models.PROTECT, null=True, related_name="+")

    objects = WishAnswerQuerySet.as_manager()

    class Meta:
        ordering = ["-pk"]
        constraints = [
            models.CheckConstraint(
                condition=~Q(outcome="report") | ~Q(where=""),
                name="an_answer_in_the_report_says_where",
                violation_error_message="Say where in the report the answer stands.",
            ),
            models.CheckConstraint(
                condition=~Q(outcome="reopened") | Q(told_on=None),
                name="nobody_is_told_of_no_answer",
                violation_error_message="What is open has not been told.",
            ),
        ]

    def __str__(self):
        return f"Answer {self.pk} to wish {self.wish_id}"
