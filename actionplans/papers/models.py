"""Final papers: what a committee was given, and never changed again."""

from functools import cached_property

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.urls import reverse

from actionplans.papers.kinds import Kind, Layout
from actionplans.papers.sheets import Document
from actionplans.progress.models import Kept
from reviews import rules
from reviews.access import access_of


class PlanPaperQuerySet(models.QuerySet):
    def visible_to(self, user):
        """Whoever runs the plans of all its reviews; those that were given, the readers of plans and
        the board too. A paper speaks of every agency: nobody with a conflict there reads it."""
        access = access_of(user)
        clear = access.reviews_in_conflict
        runs = sorted(access.reviews_with("change_action_plan") - clear)
        reads = sorted(rules.reviews_with_papers(access) - clear)
        return self.filter(
            Q(review_ids__contained_by=runs) | Q(is_given=True, review_ids__contained_by=reads)
        )

    def of(self, scope):
        return self.filter(partnership=scope.partnership, review=scope.review)

    def for_list(self):
        """Without the words of the paper, which a list does not show."""
        return self.select_related("by", "review", "partnership").defer("data")


class PlanPaper(Kept):
    """One final paper, with its words and its files as they went."""

    partnership = models.ForeignKey(
        "agencies.Partnership", models.PROTECT, related_name="plan_papers"
    )
    review = models.ForeignKey(
        "reviews.Review",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="plan_papers",
        help_text="Blank: it is about several reviews of the partnership.",
    )
    review_ids = ArrayField(
        models.BigIntegerField(), help_text="Of the reviews it is about: whoever may read all."
    )
    kind = models.CharField(max_length=20, choices=Kind)
    layout = models.CharField(max_length=10, choices=Layout, blank=True)
    as_of = models.DateField(help_text="It says what was known at the end of this day.")
    data = models.JSONField(help_text="All that it says, from which its files were made.")
    sha256 = models.CharField(max_length=64, help_text="Of what it says.")
    is_given = models.BooleanField(
        default=False, help_text="Whether those who only read the plan find it too."
    )
    word = models.OneToOneField("vault.StoredFile", models.PROTECT, related_name="+")
    pdf = models.OneToOneField("vault.StoredFile", models.PROTECT, related_name="+")
    page = models.OneToOneField("vault.StoredFile", models.PROTECT, related_name="+")
    key = models.UUIDField(unique=True, help_text="A second click finds the first one's paper.")
    at = models.DateTimeField(auto_now_add=True)
    by = models.ForeignKey("accounts.User", models.PROTECT, null=True, related_name="+")

    objects = PlanPaperQuerySet.as_manager()

    class Meta:
        ordering = ["-as_of", "-pk"]
        verbose_name = "paper"
        constraints = [
            models.CheckConstraint(
                condition=Q(review_ids__len__gt=0), name="a_paper_is_about_a_review"
            ),
            models.CheckConstraint(
                condition=Q(kind="plan") ^ Q(layout=""), name="only_the_plan_has_layouts"
            ),
        ]

    def __str__(self):
        return f"Paper {self.pk}"

    def get_absolute_url(self):
        return reverse("actionplans:paper-detail", args=[self.pk])

    @cached_property
    def document(self):
        return Document.from_json(self.data)

    @property
    def title(self):
        label = self.get_kind_display()
        return f"{label}, {self.get_layout_display().lower()}" if self.layout else label

    @property
    def files(self):
        """{format: stored file}"""
        return {"pdf": self.pdf, "docx": self.word, "html": self.page}

    @property
    def vault_scope(self):
        return self.review.vault_scope if self.review else f"partnership:{self.partnership_id}"
