from django.db import models
from django.db.models import Q

from findings.models.kept import Kept, KeptQuerySet, reviews_of
from reviews.access import access_of
from reviews.submissions.models import Passage


class TermAnswerQuerySet(models.QuerySet):
    def visible_to(self, user):
        return self.filter(
            access_of(user).clear_of_conflicts("participation"),
            term__review__any_of=reviews_of(user),
        )

    def latest(self):
        """One a term and agency: what was said last."""
        which = ("term_id", "participation_id")
        return self.order_by(*which, "-pk").distinct(*which)


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
            term__review__any_of=reviews_of(user),
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
