from django.db import models
from django.db.models import Q

from foundations.dates.fields import PartialDateField
from reviews.access import access_of
from reviews.requests.models.moves import OfRequestQuerySet


class RequestAnswer(models.Model):
    """What an agency said in words: a nil answer, or the answer to a question. Never changed."""

    class Nil(models.TextChoices):
        NOTHING_KNOWN = "nothing_known", "Nothing is known to us"
        OUT_OF_SCOPE = "out_of_scope", "Known to us, but outside the timeframe or the questions"
        DESTROYED = "destroyed", "Our records were destroyed under our retention policy"

    request = models.ForeignKey("reviews.Request", models.CASCADE, related_name="answers")
    move = models.OneToOneField("reviews.RequestMove", models.PROTECT, related_name="answer")
    nil = models.CharField(max_length=20, choices=Nil, blank=True)
    destroyed = PartialDateField()
    destroyed_under = models.CharField(max_length=500, blank=True, help_text="Which policy.")
    text = models.TextField(max_length=20_000, blank=True)

    objects = OfRequestQuerySet.as_manager()

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(nil="destroyed") & ~Q(destroyed_under="")
                | ~Q(nil="destroyed") & Q(destroyed_under=""),
                name="records_destroyed_name_the_policy",
                violation_error_message="Say under which policy the records were destroyed.",
            ),
            models.CheckConstraint(
                condition=~Q(nil="") | ~Q(text=""), name="an_answer_says_something"
            ),
        ]

    def __str__(self):
        return f"Answer to {self.request_id}"


class RequestDraftQuerySet(models.QuerySet):
    def visible_to(self, user):
        """Until it is sent, what an agency writes is its own, and so is what is written for it."""
        access = access_of(user)
        return self.filter(
            Q(request__participation__any_of=access.parts_with("answer_requests"), on_behalf=False)
            | Q(
                request__participation__review__any_of=access.reviews_with("act_for_agencies"),
                on_behalf=True,
            ),
            access.clear_of_conflicts("request__participation"),
        )


class RequestDraft(models.Model):
    """What was typed and not sent: the agency's, whoever of it typed, so that nothing goes with
    somebody who leaves. Whoever acts on its behalf has one apart.

    No reviews.drafts.Draft, which is one person's alone: colleagues go on with this one by turns.
    """

    request = models.ForeignKey("reviews.Request", models.CASCADE, related_name="drafts")
    on_behalf = models.BooleanField(default=False)
    text = models.TextField(max_length=20_000)
    changes = models.PositiveIntegerField(
        default=0, help_text="Counts on, so that two people do not write over each other."
    )
    saved_at = models.DateTimeField(auto_now=True)
    saved_by = models.ForeignKey("accounts.User", models.PROTECT, null=True, related_name="+")

    objects = RequestDraftQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["request", "on_behalf"], name="one_draft_of_an_answer")
        ]

    def __str__(self):
        return f"Draft for {self.request_id}"
