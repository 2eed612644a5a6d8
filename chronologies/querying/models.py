"""What ties a query or an answer to entries: the rooms below know of no entry."""

from django.db import models

from reviews.querying.models import Answer, Query


class QueryEntryQuerySet(models.QuerySet):
    def visible_to(self, user):
        return self.filter(query__in=Query.objects.visible_to(user))


class QueryEntry(models.Model):
    """The entry that a query is about."""

    query = models.OneToOneField("reviews.Query", models.CASCADE, related_name="+")
    entry = models.ForeignKey("chronologies.Entry", models.PROTECT, related_name="queries")

    objects = QueryEntryQuerySet.as_manager()

    class Meta:
        verbose_name_plural = "query entries"

    def __str__(self):
        return f"Query {self.query_id} about entry {self.entry_id}"


class AnswerEntryQuerySet(models.QuerySet):
    def visible_to(self, user):
        return self.filter(answer__in=Answer.objects.visible_to(user))


class AnswerEntry(models.Model):
    """An entry in which what was asked for stands: "found, added as entry n"."""

    answer = models.ForeignKey("reviews.Answer", models.CASCADE, related_name="+")
    entry = models.ForeignKey("chronologies.Entry", models.PROTECT, related_name="answers")

    objects = AnswerEntryQuerySet.as_manager()

    class Meta:
        ordering = ["pk"]
        verbose_name_plural = "answer entries"
        constraints = [
            models.UniqueConstraint(fields=["answer", "entry"], name="an_entry_once_in_an_answer")
        ]

    def __str__(self):
        return f"Answer {self.answer_id} points at entry {self.entry_id}"
