from django.db import models
from django.db.models import OuterRef, Q, Subquery
from django.urls import reverse
from django.utils import timezone

from reviews.access import access_of
from reviews.requests.states import EXTENSION, OPEN, RECEIPTS, State, What


class RequestQuerySet(models.QuerySet):
    def visible_to(self, user):
        """The leaders see every agency's; an agency sees its own, and never that others exist."""
        access = access_of(user)
        return self.filter(
            Q(participation__review__any_of=access.reviews_with("lead_requests"))
            | Q(participation__any_of=access.parts_with("answer_requests")),
            access.clear_of_conflicts("participation"),
        )

    def to_check_by(self, user):
        """Where what came is theirs to check: the leaders', and what a member of the panel was asked
        to look at. The other pages of a request are not opened by it."""
        access = access_of(user)
        return self.filter(
            Q(participation__review__any_of=access.reviews_with("lead_requests"))
            | Q(pk__any_of=access.asked_to_check),
            access.clear_of_conflicts("participation"),
        )

    def of(self, review):
        return self.filter(participation__review=review)

    def open(self):
        """The agency owes an answer."""
        return self.filter(state__in=OPEN)

    def late(self, *, on):
        return self.open().filter(due__lt=on)

    def for_display(self):
        return self.select_related(
            "participation__agency", "participation__review__partnership", "asked_by"
        )

    def with_extension(self):
        """With what was said last about more time: `extension`, and the day of it."""
        moves = Request.moves.rel.related_model.objects
        last = moves.filter(request=OuterRef("pk"), what__in=EXTENSION).order_by("-pk")
        return self.annotate(
            extension=Subquery(last.values("what")[:1]),
            extension_until=Subquery(last.values("due")[:1]),
        )

    def with_preparation(self):
        """With how far the agency is inside: `prepared` (the state of the version it prepares),
        `inside` (what happened to that last), `said` (what was said last of the whole request)."""
        versions = Request.submissions.rel.related_model.objects
        moves = Request.moves.rel.related_model.objects
        version = versions.filter(request=OuterRef("pk"), on_behalf=False).exclude(state="sent")
        inside = versions.model.moves.rel.related_model.objects.filter(
            submission__request=OuterRef("pk"), submission__on_behalf=False
        ).exclude(submission__state="sent")
        said = moves.filter(request=OuterRef("pk"), what__in=[*RECEIPTS, What.RETURNED])
        return self.annotate(
            prepared=Subquery(version.values("state")[:1]),
            inside=Subquery(inside.order_by("-pk").values("what")[:1]),
            said=Subquery(said.order_by("-pk").values("what")[:1]),
        )


class Request(models.Model):
    """The coordinator asks one agency for one thing. What happens to it stands in its moves."""

    class Kind(models.TextChoices):
        CHRONOLOGY = "chronology", "Chronology"
        IMR = "imr", "Individual management review (IMR)"
        REPORT = "report", "Information report"
        QUESTION = "question", "Answer to a question"

    participation = models.ForeignKey(
        "reviews.Participation", models.CASCADE, related_name="requests"
    )
    key = models.UUIDField(unique=True, help_text="A second click finds the first one's request.")
    kind = models.CharField(max_length=20, choices=Kind)
    what = models.TextField(
        max_length=4000, blank=True, help_text="What is asked, beyond its kind; the question."
    )
    why = models.TextField(max_length=4000)
    due = models.DateField()
    first_due = models.DateField(help_text="As it was first asked for; it never moves.")
    state = models.CharField(max_length=20, choices=State, default=State.ASKED)
    asked_at = models.DateTimeField(default=timezone.now)
    asked_by = models.ForeignKey(
        "accounts.User", models.PROTECT, null=True, blank=True, related_name="+"
    )

    objects = RequestQuerySet.as_manager()

    class Meta:
        ordering = ["due", "pk"]
        indexes = [models.Index(fields=["participation", "state"], name="request_by_part")]
        constraints = [
            models.CheckConstraint(
                condition=~Q(kind="question") | ~Q(what=""), name="a_question_is_asked_in_words"
            ),
        ]

    def __str__(self):
        return f"{self.get_kind_display()} {self.pk}"

    def get_absolute_url(self):
        return reverse("reviews:request-detail", args=[self.review.reference, self.pk])

    @property
    def review(self):
        return self.participation.review

    @property
    def is_open(self):
        return self.state in OPEN

    @property
    def is_for_a_file(self):
        """It is answered with a report, in versions; the others with entries or in words."""
        return self.kind in {Request.Kind.IMR, Request.Kind.REPORT}

    @property
    def was_moved(self):
        return self.due != self.first_due

    def is_late(self, on):
        return self.is_open and self.due < on

    def days_late(self, on):
        return (on - self.due).days if self.is_late(on) else 0

    @property
    def waits_for_time(self):
        """Of one that came through with_extension."""
        return self.is_open and self.extension == What.EXTENSION_ASKED

    @property
    def last_extension(self):
        """What was said last about more time, or None."""
        return self.moves.filter(what__in=EXTENSION).order_by("-pk").first()

    @property
    def waiting_extension(self):
        """The wish for more time that nobody has answered, or None."""
        last = self.last_extension
        return last if self.is_open and last and last.what == What.EXTENSION_ASKED else None
