import uuid

from django.db import models
from django.db.models import Q
from django.urls import reverse

from findings.models import Kept, KeptQuerySet
from reports.models.templates import FROM_DATA, Kind
from reviews.access import access_of
from reviews.rules import Material


def reviews_led(user):
    """Where the user writes. A document tells of every agency: nobody with a conflict in the review
    writes or reads one."""
    access = access_of(user)
    return access.reviews_with("write_documents") - access.reviews_in_conflict


class State(models.TextChoices):
    """How far a document has come; what comes after the panel is added where it is made."""

    DRAFTING = "drafting", "Being drafted"
    WITH_PANEL = "with-panel", "Shared with the panel"


READ_BY_THE_PANEL = frozenset({State.WITH_PANEL})
# What is made of one of these says that it is no more than that.
DRAFTS = frozenset({State.DRAFTING, State.WITH_PANEL})


class DocumentQuerySet(KeptQuerySet):
    def visible_to(self, user):
        """Its authors'; and the panel's while this one, and drafts at all, are shared with them."""
        access = access_of(user)
        shared = access.reviews_sharing(Material.DOCUMENTS) - access.reviews_in_conflict
        return self.filter(
            Q(review__any_of=reviews_led(user))
            | Q(review__any_of=shared, state__in=READ_BY_THE_PANEL, removed_at=None)
        )

    def for_display(self):
        return self.select_related("review", "template", "made_by")


class Document(Kept):
    """One of the documents of a review, in sections and numbered paragraphs."""

    review = models.ForeignKey("reviews.Review", models.PROTECT, related_name="documents")
    number = models.PositiveIntegerField(help_text="Stays, also when another one is taken away.")
    key = models.UUIDField(unique=True, help_text="A second click finds the first one's document.")
    kind = models.CharField(max_length=30, choices=Kind)
    title = models.CharField(max_length=200)
    template = models.ForeignKey(
        "reports.DocumentTemplate",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="documents",
        help_text="The version it was begun with, or which fits a file that it came from.",
    )
    state = models.CharField(max_length=20, choices=State, default=State.DRAFTING)
    shared_at = models.DateTimeField(
        null=True, blank=True, help_text="Since when the panel reads it, or when it last did."
    )
    shows_remarks = models.BooleanField(
        default=False, help_text="Each member of the panel reads what the others say of it."
    )
    changes = models.PositiveIntegerField(
        default=0, help_text="Counts on, so that two people do not write over each other."
    )

    objects = DocumentQuerySet.as_manager()

    class Meta:
        ordering = ["review", "number"]
        constraints = [
            models.UniqueConstraint(fields=["review", "number"], name="documents_are_numbered"),
            models.CheckConstraint(condition=~Q(title=""), name="a_document_has_a_title"),
            models.CheckConstraint(
                condition=Q(state__in=State.values), name="a_document_is_in_a_known_state"
            ),
        ]

    def __str__(self):
        return f"Document {self.number}"

    def get_absolute_url(self):
        return reverse("reports:document-detail", args=[self.review.reference, self.number])

    @property
    def is_from_data(self):
        """Nobody writes it: it has no sections, only versions."""
        return self.kind in FROM_DATA

    @property
    def is_shared(self):
        return self.state in READ_BY_THE_PANEL


class SectionQuerySet(KeptQuerySet):
    def visible_to(self, user):
        """With its document; what was taken out is its authors' alone."""
        return self.filter(
            Q(document__review__any_of=reviews_led(user)) | Q(removed_at=None),
            document__in=Document.objects.visible_to(user),
        )


class Section(Kept):
    """A heading with its paragraphs. Its number is counted, never kept: see reports.numbering."""

    document = models.ForeignKey(Document, models.PROTECT, related_name="sections")
    key = models.UUIDField(unique=True, default=uuid.uuid4, help_text="What refers to it names it.")
    parent = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="sections"
    )
    position = models.PositiveIntegerField(help_text="Its place among those of its parent.")
    heading = models.CharField(max_length=200)
    is_numbered = models.BooleanField(default=True, help_text="A preface or an appendix is not.")
    code = models.SlugField(
        max_length=60, blank=True, help_text="Of the section of the layout that it came from."
    )
    changes = models.PositiveIntegerField(
        default=0, help_text="Counts on, so that two people do not write over each other."
    )

    objects = SectionQuerySet.as_manager()

    class Meta:
        ordering = ["document", "position", "pk"]
        indexes = [models.Index(fields=["document", "position"], name="sections_in_order")]
        constraints = [
            models.CheckConstraint(condition=~Q(heading=""), name="a_section_has_a_heading"),
            models.CheckConstraint(
                condition=Q(parent=None) | ~Q(parent=models.F("id")),
                name="a_section_is_not_within_itself",
            ),
        ]

    def __str__(self):
        return f"Section {self.pk}"

    def get_absolute_url(self):
        document = self.document
        return reverse(
            "reports:section-detail", args=[document.review.reference, document.number, self.pk]
        )
