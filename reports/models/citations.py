from django.db import models
from django.db.models import Count, Exists, OuterRef, Q

from actionplans.models import Recommendation
from chronologies.models import Entry
from findings.models import Finding, Kept, KeptQuerySet, Lesson
from reports.models.paragraphs import Paragraph
from reviews.family.models import ContactEntry
from reviews.meetings.models import Minutes
from reviews.querying.models import Answer
from reviews.submissions.models import Passage

# The field, and the model whose visible_to says who may be told of it.
CITED = {
    "entry": Entry,
    "finding": Finding,
    "lesson": Lesson,
    "recommendation": Recommendation,
    "answer": Answer,
    "passage": Passage,
    "minutes": Minutes,
    "contact": ContactEntry,
}


def _exactly_one():
    rows = Q()
    for name in CITED:
        empty = {f"{other}__isnull": other != name for other in CITED}
        rows |= Q(**empty)
    return rows


class CitationQuerySet(KeptQuerySet):
    def visible_to(self, user):
        """What they may read of what it points at; of the rest they are told that there is more."""
        rows = self.filter(paragraph__in=Paragraph.objects.visible_to(user))
        for name, model in CITED.items():
            rows = rows.filter(
                Q(**{name: None}) | Q(**{f"{name}__in": model.objects.visible_to(user)})
            )
        return rows

    def with_changes(self):
        """With `changes_kept`: how often what is cited has been changed, where that is told by the
        versions kept of it; and `is_corrected`: whether a later contact puts the cited one right."""
        kept = Count("entry__versions", distinct=True)
        kept += Count("recommendation__versions", distinct=True)
        later = ContactEntry.objects.order_by().filter(corrects=OuterRef("contact"))
        return self.annotate(changes_kept=kept, is_corrected=Exists(later))

    def for_display(self):
        return self.select_related(
            "entry__participation__agency",
            "entry__review",
            "finding__review",
            "lesson__review",
            "recommendation__review",
            "answer__query__participation__agency",
            "answer__query__participation__review",
            "passage__file__submission__request__participation__agency",
            "minutes__meeting__review",
            "contact__correspondent",
        )


def _source(to, related):
    return models.ForeignKey(to, models.PROTECT, null=True, blank=True, related_name=related)


class Citation(Kept):
    """What a paragraph rests on: exactly one thing. What is cited can be withdrawn, never deleted."""

    paragraph = models.ForeignKey(Paragraph, models.PROTECT, related_name="citations")
    entry = _source("chronologies.Entry", "citations")
    finding = _source("findings.Finding", "citations")
    lesson = _source("findings.Lesson", "citations")
    recommendation = _source("actionplans.Recommendation", "citations")
    answer = _source("reviews.Answer", "citations")
    passage = _source("reviews.Passage", "citations")
    minutes = _source("reviews.Minutes", "citations")
    contact = _source("reviews.ContactEntry", "citations")
    version = models.PositiveIntegerField(
        default=0,
        help_text="How often it had been changed when it was cited: which version was meant.",
    )

    objects = CitationQuerySet.as_manager()

    class Meta:
        ordering = ["paragraph", "pk"]
        constraints = [
            models.CheckConstraint(condition=_exactly_one(), name="a_citation_is_of_one_thing"),
            models.UniqueConstraint(
                fields=["paragraph", *CITED],
                condition=Q(removed_at=None),
                nulls_distinct=False,
                name="cited_once_in_a_paragraph",
            ),
        ]

    def __str__(self):
        return f"Citation {self.pk} of paragraph {self.paragraph_id}"

    @property
    def source(self):
        """The name of the field that is filled in."""
        return next(name for name in CITED if getattr(self, f"{name}_id"))

    @property
    def cited(self):
        return getattr(self, self.source)
