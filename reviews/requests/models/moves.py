from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.urls import reverse
from django.utils import timezone

from reviews.access import access_of
from reviews.requests.states import RECEIPTS, State, What


class OfRequestQuerySet(models.QuerySet):
    def visible_to(self, user):
        access = access_of(user)
        return self.filter(
            Q(request__participation__review__any_of=access.reviews_with("lead_requests"))
            | Q(request__participation__any_of=access.parts_with("answer_requests")),
            access.clear_of_conflicts("request__participation"),
        )

    def for_display(self):
        return self.select_related("by", "answer")


class RequestMoveQuerySet(OfRequestQuerySet):
    def visible_to(self, user):
        """How it goes to and fro inside the agency is the agency's, until something was sent."""
        own = access_of(user).parts_with("answer_requests")
        sent = RequestMove.objects.filter(
            request=OuterRef("request"), what=What.SUBMITTED, pk__gt=OuterRef("pk")
        )
        return (
            super()
            .visible_to(user)
            .filter(~Q(what=What.READY) | Q(request__participation__any_of=own) | Exists(sent))
        )


class RequestMove(models.Model):
    """One thing that happened to a request. The database refuses to change or delete it.

    `due` is the day that this is about: proposed, given, or in force when something came.
    """

    request = models.ForeignKey("reviews.Request", models.CASCADE, related_name="moves")
    key = models.UUIDField(unique=True, null=True, blank=True)
    what = models.CharField(max_length=20, choices=What)
    before = models.CharField(max_length=20, choices=State, blank=True)
    after = models.CharField(max_length=20, choices=State)
    due = models.DateField(null=True, blank=True)
    reason = models.TextField(max_length=4000, blank=True)
    sha256 = models.CharField(
        max_length=64, blank=True, help_text="Of the file or the words that came."
    )
    on_behalf = models.BooleanField(default=False)
    at = models.DateTimeField(default=timezone.now)
    by = models.ForeignKey("accounts.User", models.PROTECT, null=True, related_name="+")

    objects = RequestMoveQuerySet.as_manager()

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(
                condition=~Q(
                    what__in=["returned", "withdrawn", "extension_asked", "extension_refused"]
                )
                | ~Q(reason=""),
                name="a_move_of_a_request_says_why",
                violation_error_message="Say why.",
            ),
            models.CheckConstraint(
                condition=~Q(what__in=["returned", "extension_asked", "extension_given"])
                | Q(due__isnull=False),
                name="a_move_to_another_day_names_it",
            ),
        ]

    def __str__(self):
        return f"{self.what} {self.request_id}"

    def get_absolute_url(self):
        request = self.request
        return reverse(
            "reviews:request-receipt", args=[request.review.reference, request.pk, self.pk]
        )

    @property
    def is_receipt(self):
        """Something for which somebody of the agency gets a receipt."""
        return self.what in RECEIPTS

    @property
    def number(self):
        """Of its receipt. It counts nothing, so that nobody learns how many were asked."""
        return self.key.hex[:10].upper() if self.key else f"{self.pk:010X}"

    @property
    def was_late(self):
        return (
            self.is_receipt and self.what != What.READY and self.due < timezone.localdate(self.at)
        )
