import re

from django.db import models

from foundations.office import passages
from reviews.submissions.reach import reaching

_SAYS_WHAT = re.compile(r"[A-Za-z]{3}")  # "Recommendation 1", "Rec 2", and not "R1"


class OfFileQuerySet(models.QuerySet):
    def visible_to(self, user):
        return self.filter(reaching(user, "file__submission__"), file__removed_at=None)


class Passage(models.Model):
    """A heading of a report and what stands under it, up to the next: what people read and cite."""

    file = models.ForeignKey("reviews.SubmissionFile", models.CASCADE, related_name="passages")
    position = models.PositiveIntegerField(help_text="In the file, from 1.")
    level = models.PositiveSmallIntegerField(help_text="0: before the first heading.")
    number = models.CharField(max_length=60, blank=True)
    heading = models.TextField(blank=True)
    is_certain = models.BooleanField(help_text="By its style, not by how it looks.")
    blocks = models.JSONField(default=list)
    text = models.TextField(blank=True)

    objects = OfFileQuerySet.as_manager()

    class Meta:
        ordering = ["file", "position"]
        constraints = [
            models.UniqueConstraint(fields=["file", "position"], name="one_passage_at_a_place")
        ]

    def __str__(self):
        return f"Passage {self.pk}"

    @property
    def title(self):
        return " ".join(filter(None, (self.number, self.heading))) or "Before the first heading"

    def as_read(self):
        """The value of foundations.office that it was made from."""
        return passages.passage_from(
            {
                "level": self.level,
                "number": self.number,
                "heading": self.heading,
                "position": self.position,
                "is_certain": self.is_certain,
                "blocks": self.blocks,
            }
        )


class OwnPointQuerySet(OfFileQuerySet):
    def kept(self):
        return self.filter(is_left_out=False)


class OwnPoint(models.Model):
    """A recommendation or lesson of the agency's own, lifted from its report.

    What the agency left out in the preview stays here, marked, so that every row is accounted for.
    """

    class Kind(models.TextChoices):
        RECOMMENDATION = "recommendation", "Recommendation"
        LESSON = "lesson", "Lesson"

    file = models.ForeignKey("reviews.SubmissionFile", models.CASCADE, related_name="points")
    kind = models.CharField(max_length=20, choices=Kind)
    position = models.PositiveIntegerField(help_text="Among those of the file, from 1.")
    number = models.CharField(max_length=60, blank=True)
    text = models.TextField()
    heading = models.TextField(blank=True)
    group = models.TextField(blank=True)
    places = models.JSONField(default=list, help_text="Of the blocks that it was read from.")
    others = models.JSONField(default=list, help_text="[heading, text] of the rest of its row.")
    doubts = models.JSONField(default=list)
    is_left_out = models.BooleanField(default=False)

    objects = OwnPointQuerySet.as_manager()

    class Meta:
        ordering = ["file", "position"]
        constraints = [
            models.UniqueConstraint(fields=["file", "position"], name="one_own_point_at_a_place")
        ]

    def __str__(self):
        return f"{self.get_kind_display()} {self.pk}"

    @property
    def called(self):
        """A report that numbers its own as "Recommendation 1" says what it is already."""
        if _SAYS_WHAT.match(self.number):
            return self.number
        return f"{self.get_kind_display()} {self.number}".strip()
