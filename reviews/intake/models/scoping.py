from django.db import models
from django.db.models import OuterRef, Q, Subquery

from foundations.dates.fields import PartialDateField
from reviews.access import access_of


class ScopingRequestQuerySet(models.QuerySet):
    def visible_to(self, user):
        """The leaders see every agency's; an agency sees its own, and never that others exist."""
        access = access_of(user)
        return self.filter(
            Q(participation__review__any_of=access.reviews_with("lead_intake"))
            | Q(participation__any_of=access.parts_with("answer_scoping")),
            access.clear_of_conflicts("participation"),
        )

    def for_display(self):
        return self.select_related("participation__agency", "participation__review", "asked_by")

    def of(self, review):
        return self.filter(participation__review=review)

    def with_latest_answer(self):
        latest = ScopingAnswer.objects.filter(request=OuterRef("pk")).order_by("-number")
        return self.annotate(
            known=Subquery(latest.values("known")[:1]),
            secured=Subquery(latest.values("records_secured")[:1]),
            destroyed=Subquery(latest.values("records_destroyed")[:1]),
            answered_at=Subquery(latest.values("answered_at")[:1]),
        )


class ScopingRequest(models.Model):
    """An agency is asked whether it knew the people of a review, and to secure its records."""

    participation = models.ForeignKey(
        "reviews.Participation", models.CASCADE, related_name="scoping_requests"
    )
    asked_at = models.DateTimeField(auto_now_add=True)
    asked_by = models.ForeignKey(
        "accounts.User", models.PROTECT, null=True, blank=True, related_name="+"
    )
    due = models.DateField()
    names_sent = models.CharField(
        max_length=200,
        blank=True,
        help_text="How the agency was given the real names, for example secure e-mail.",
    )
    note = models.TextField(blank=True)

    objects = ScopingRequestQuerySet.as_manager()

    class Meta:
        ordering = ["participation__agency__name", "pk"]

    def __str__(self):
        return f"Scoping request {self.pk}"

    @property
    def review(self):
        return self.participation.review


class ScopingAnswer(models.Model):
    """What an agency answered. A correction is a further row; the newest counts."""

    class Known(models.TextChoices):
        KNOWN = "known", "Known to us"
        NOT_KNOWN = "not_known", "Not known to us"

    class Destroyed(models.TextChoices):
        NO = "no", "No"
        SOME = "some", "Some of them"
        ALL = "all", "All of them"
        UNKNOWN = "unknown", "We do not know"

    request = models.ForeignKey(ScopingRequest, models.CASCADE, related_name="answers")
    number = models.PositiveSmallIntegerField()
    key = models.UUIDField(unique=True)
    known = models.CharField(max_length=10, choices=Known, help_text="Anybody of them.")
    records_secured = models.BooleanField(default=False)
    secured_note = models.TextField(blank=True)
    records_destroyed = models.CharField(max_length=10, choices=Destroyed)
    destroyed = PartialDateField()
    destroyed_under = models.TextField(blank=True, help_text="Which policy.")
    note = models.TextField(blank=True)
    answered_at = models.DateTimeField(auto_now_add=True)
    answered_by = models.ForeignKey(
        "accounts.User", models.PROTECT, null=True, blank=True, related_name="+"
    )
    on_behalf = models.BooleanField(default=False)

    class Meta:
        ordering = ["-number"]
        constraints = [
            models.UniqueConstraint(fields=["request", "number"], name="answers_are_numbered"),
            models.CheckConstraint(
                condition=Q(records_destroyed__in=["some", "all"]) & ~Q(destroyed_under="")
                | Q(records_destroyed__in=["no", "unknown"], destroyed_under=""),
                name="destroyed_records_name_the_policy",
                violation_error_message="Say under which policy the records were destroyed.",
            ),
        ]

    def __str__(self):
        return f"Answer {self.number} to {self.request_id}"


class KnownPerson(models.Model):
    """Whether an agency knew one person of the review, and from when to when."""

    answer = models.ForeignKey(ScopingAnswer, models.CASCADE, related_name="people")
    person = models.ForeignKey("reviews.Person", models.PROTECT, related_name="+")
    known = models.CharField(max_length=10, choices=ScopingAnswer.Known)
    known_from = PartialDateField()
    known_to = PartialDateField()

    class Meta:
        ordering = ["person"]
        verbose_name_plural = "known people"
        constraints = [
            models.UniqueConstraint(fields=["answer", "person"], name="one_answer_for_each_person")
        ]

    def __str__(self):
        return f"{self.person_id} in {self.answer_id}"
