from django.db import models
from django.db.models import Q

from reviews.querying.models.query import Query


class AnswerQuerySet(models.QuerySet):
    def visible_to(self, user):
        """Whoever sees the query sees what the agency said to it."""
        return self.filter(query__in=Query.objects.visible_to(user))

    def for_display(self):
        return self.select_related("stored", "move__by").defer("stored__body")


class Answer(models.Model):
    """What an agency said to a query. Never changed: who finds more answers once more."""

    class Kind(models.TextChoices):
        NO_RECORD = "no_record", "We have no record of this"
        FOUND = "found", "Found, and it stands in our chronology"
        OUT_OF_SCOPE = "out_of_scope", "Outside our scope"
        DISAGREE = "disagree", "We disagree, because"
        PUT_RIGHT = "put_right", "Put right in the new version"
        EXPLAINED = "explained", "Explained below"

    query = models.ForeignKey("reviews.Query", models.CASCADE, related_name="answers")
    move = models.OneToOneField("reviews.QueryMove", models.PROTECT, related_name="answer")
    kind = models.CharField(max_length=20, choices=Kind)
    text = models.TextField(max_length=20_000, blank=True)
    stored = models.OneToOneField(
        "vault.StoredFile", models.PROTECT, null=True, blank=True, related_name="+"
    )
    name = models.CharField(max_length=150, blank=True, help_text="Of the file.")

    objects = AnswerQuerySet.as_manager()

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(
                condition=~Q(kind__in=["disagree", "explained"]) | ~Q(text=""),
                name="who_disagrees_or_explains_says_why",
                violation_error_message="Say why, or explain it.",
            )
        ]

    def __str__(self):
        return f"Answer to {self.query_id}"

    @property
    def vault_scope(self):
        return self.query.vault_scope
