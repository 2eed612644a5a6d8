from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone

from reviews.submissions.reach import reaching_inside
from reviews.submissions.states import State, What


class SubmissionMoveQuerySet(models.QuerySet):
    def visible_to(self, user):
        return self.filter(reaching_inside(user, "submission__"))


class SubmissionMove(models.Model):
    """One thing that happened to a version. The database refuses to change or delete it."""

    submission = models.ForeignKey("reviews.Submission", models.CASCADE, related_name="moves")
    key = models.UUIDField(unique=True)
    what = models.CharField(max_length=20, choices=What)
    before = models.CharField(max_length=10, choices=State)
    after = models.CharField(max_length=10, choices=State)
    reason = models.TextField(max_length=4000, blank=True)
    at = models.DateTimeField(default=timezone.now)
    by = models.ForeignKey("accounts.User", models.PROTECT, null=True, blank=True, related_name="+")

    objects = SubmissionMoveQuerySet.as_manager()

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(
                condition=~Q(what="returned_inside") | ~Q(reason=""),
                name="a_return_inside_the_agency_says_why",
                violation_error_message="Say why.",
            ),
        ]

    def __str__(self):
        return f"{self.what} {self.submission_id}"

    def get_absolute_url(self):
        """Of the receipt for handing in; what was sent has one of its own."""
        request = self.submission.request
        return reverse(
            "reviews:submission-receipt", args=[request.review.reference, request.pk, self.pk]
        )

    @property
    def receipt_number(self):
        """It counts nothing, so that nobody learns how many there are."""
        return self.key.hex[:10].upper()
