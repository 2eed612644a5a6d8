from django.db import models
from django.db.models import Q
from django.utils import timezone

from reviews.access import access_of
from reviews.querying.models.query import Query
from reviews.querying.states import BEFORE_IT_WENT, State, What


class QueryMoveQuerySet(models.QuerySet):
    def visible_to(self, user):
        """As the query; how it came to its words is not the agency's."""
        access = access_of(user)
        made_it = Q(query__participation__review__any_of=access.reviews_with("lead_requests")) | Q(
            query__request__any_of=access.asked_to_check
        )
        return self.filter(
            made_it | ~Q(what__in=sorted(BEFORE_IT_WENT)),
            query__in=Query.objects.visible_to(user),
        )

    def for_display(self):
        return self.select_related("by", "answer__stored").defer("answer__stored__body")


class QueryMove(models.Model):
    """One thing that happened to a query. The database refuses to change or delete it.

    `words` are those of the question where it was raised, put in other words or asked again, and the
    reason where it was decided on or withdrawn.
    """

    query = models.ForeignKey("reviews.Query", models.CASCADE, related_name="moves")
    key = models.UUIDField(unique=True, null=True, blank=True)
    what = models.CharField(max_length=20, choices=What)
    before = models.CharField(max_length=20, choices=State, blank=True)
    after = models.CharField(max_length=20, choices=State)
    due = models.DateField(null=True, blank=True)
    words = models.TextField(max_length=4000, blank=True)
    on_behalf = models.BooleanField(default=False)
    at = models.DateTimeField(default=timezone.now)
    by = models.ForeignKey("accounts.User", models.PROTECT, null=True, related_name="+")

    objects = QueryMoveQuerySet.as_manager()

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(
                condition=~Q(
                    what__in=["raised", "reworded", "disputed", "asked_again", "withdrawn"]
                )
                | ~Q(words=""),
                name="a_move_of_a_query_has_its_words",
                violation_error_message="Say why.",
            ),
            models.CheckConstraint(
                condition=~Q(what__in=["sent", "asked_again"]) | Q(due__isnull=False),
                name="a_query_goes_with_a_day",
            ),
        ]

    def __str__(self):
        return f"{self.what} {self.query_id}"
