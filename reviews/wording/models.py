from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q

from reviews.versions import Version, VersionQuerySet
from reviews.wording.blocks import blocks_of, items_of
from reviews.wording.filling import problems
from reviews.wording.kinds import Kind, kind_choices


class WordingQuerySet(VersionQuerySet):
    def in_force_first(self, *, on):
        """A partnership's own before the house's; of each, the one that began last."""
        return self.filter(effective_from__lte=on).order_by(
            models.F("partnership").asc(nulls_last=True), "-effective_from", "-version"
        )


class Wording(Version):
    """One version of the words that a partnership uses for a letter, an agenda, the purposes of
    the terms of reference or the criteria of a decision.

    A version never changes: what is worded anew is the next version, with the day it begins.
    """

    kind = models.CharField(max_length=40, choices=kind_choices)
    partnership = models.ForeignKey(
        "agencies.Partnership",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="wordings",
        help_text="Blank: the house's, for every partnership that has none of its own.",
    )
    text = models.TextField(max_length=20_000)
    source = models.CharField(
        max_length=500, help_text="Where these words come from, and what they were checked against."
    )
    objects = WordingQuerySet.as_manager()

    class Meta:
        ordering = ["kind", "partnership", "-version"]
        constraints = [
            models.UniqueConstraint(
                fields=["kind", "partnership", "version"],
                name="one_wording_a_version",
                nulls_distinct=False,
                violation_error_message="Somebody has made a newer version meanwhile.",
            ),
            models.CheckConstraint(
                condition=Q(version__gte=1), name="wording_versions_count_from_one"
            ),
        ]

    def __str__(self):
        return f"{self.get_kind_display()}, version {self.version}"

    def clean(self):
        wrong = {
            name: found
            for name in ("title", "text")
            if self.kind in Kind.values and (found := problems(getattr(self, name), self.kind))
        }
        if wrong:
            raise ValidationError(wrong)

    @property
    def blocks(self):
        """Headings, paragraphs and lists, for a page or a document."""
        return blocks_of(self.text)

    @property
    def items(self):
        """The separate points of a list such as purposes or criteria."""
        return items_of(self.text)
