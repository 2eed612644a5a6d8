from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils import timezone

from reviews.access import access_of
from reviews.querying.states import SETTLED, State
from reviews.requests.states import State as RequestState


class QueryQuerySet(models.QuerySet):
    def visible_to(self, user):
        """The leaders' all; an agency's own once they went to it; and of what somebody of the panel
        was asked to check, those."""
        access = access_of(user)
        return self.filter(
            Q(participation__review__any_of=access.reviews_with("lead_requests"))
            | Q(
                participation__any_of=access.parts_with("answer_requests"),
                sent_at__isnull=False,
            )
            | Q(request__any_of=access.asked_to_check),
            access.clear_of_conflicts("participation"),
        )

    def of(self, review):
        return self.filter(participation__review=review)

    def sent(self):
        return self.filter(sent_at__isnull=False)

    def open(self):
        """The agency owes an answer."""
        return self.filter(state=State.OPEN)

    def answered(self):
        """The leaders owe a decision."""
        return self.filter(state=State.ANSWERED)

    def unsettled(self):
        return self.exclude(state__in=SETTLED)

    def with_day(self):
        """With `day`: of one that came back with its request, the request's, which can be put off."""
        with_request = Q(comes_with_request=True, request__state=RequestState.RETURNED)
        return self.annotate(
            day=models.Case(models.When(with_request, then=F("request__due")), default=F("due"))
        )

    def for_display(self):
        return self.select_related(
            "participation__agency",
            "participation__review__partnership",
            "request__participation__review",
            "term",
            "raised_by",
        ).with_day()


class Query(models.Model):
    """One thing that the review asks of an agency about what it sent, in neutral words.

    What happens to it stands in its moves; the words here are those asked last, and the earlier
    ones stand in the moves too.
    """

    class About(models.TextChoices):
        WHOLE = "whole", "All of it"
        HEADING = "heading", "A heading of what was handed in"
        TERM = "term", "A term of reference"
        ENTRY = "entry", "An entry of the chronology"

    participation = models.ForeignKey(
        "reviews.Participation", models.CASCADE, related_name="queries"
    )
    request = models.ForeignKey(
        "reviews.Request",
        models.CASCADE,
        null=True,
        blank=True,
        related_name="queries",
        help_text="What it came of. Blank: it was asked on its own.",
    )
    key = models.UUIDField(unique=True, help_text="A second click finds the first one's query.")
    number = models.PositiveIntegerField(
        help_text="Counts the queries to this agency; twice the same only where two were merged."
    )
    about = models.CharField(max_length=10, choices=About, default=About.WHOLE)
    term = models.ForeignKey(
        "reviews.Term", models.PROTECT, null=True, blank=True, related_name="queries"
    )
    passage = models.ForeignKey(
        "reviews.Passage",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="queries",
        help_text="The heading with what stands under it, in the version that it was asked about.",
    )
    text = models.TextField(max_length=4000)
    state = models.CharField(max_length=20, choices=State, default=State.NOT_SENT)
    due = models.DateField(null=True, blank=True)
    sent_at = models.DateTimeField(null=True, blank=True)
    comes_with_request = models.BooleanField(
        default=False, help_text="It went with the return of its request, and is due with it."
    )
    raised_at = models.DateTimeField(default=timezone.now)
    raised_by = models.ForeignKey(
        "accounts.User", models.PROTECT, null=True, blank=True, related_name="+"
    )

    objects = QueryQuerySet.as_manager()

    class Meta:
        ordering = ["participation", "number"]
        verbose_name_plural = "queries"
        indexes = [models.Index(fields=["participation", "state"], name="query_by_part")]
        constraints = [
            models.CheckConstraint(
                condition=Q(about="term", term__isnull=False, passage=None)
                | Q(about="heading", passage__isnull=False, term=None)
                | Q(about__in=["whole", "entry"], term=None, passage=None),
                name="a_query_is_about_exactly_one_thing",
            ),
            models.CheckConstraint(
                condition=Q(state__in=["not_sent", "withdrawn"])
                | Q(sent_at__isnull=False, due__isnull=False),
                name="a_query_that_went_has_a_day",
            ),
            models.CheckConstraint(
                condition=Q(comes_with_request=False) | Q(request__isnull=False),
                name="a_query_comes_with_a_request_that_there_is",
            ),
        ]

    def __str__(self):
        return f"Query {self.number}"

    def get_absolute_url(self):
        return reverse("reviews:query-detail", args=[self.review.reference, self.pk])

    @property
    def review(self):
        return self.participation.review

    @property
    def vault_scope(self):
        return self.review.vault_scope

    @property
    def is_open(self):
        return self.state == State.OPEN

    @property
    def was_sent(self):
        return self.sent_at is not None

    @property
    def due_now(self):
        """The day that counts, also for a row that came without `with_day`."""
        if self.comes_with_request and self.request.state == RequestState.RETURNED:
            return self.request.due
        return self.due

    def days_late(self, on):
        day = self.due_now
        return max((on - day).days, 0) if self.is_open and day else 0
