import uuid

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q

from findings.models import Kept, KeptQuerySet
from reports.models.documents import Section, reviews_led
from reports.models.templates import Block

MOST = 50_000  # characters of one paragraph, its tables and footnotes with it


class ParagraphQuerySet(KeptQuerySet):
    def visible_to(self, user):
        """With its section; what was taken out is its authors' alone."""
        return self.filter(
            Q(section__document__review__any_of=reviews_led(user)) | Q(removed_at=None),
            section__in=Section.objects.visible_to(user),
        )

    def in_order(self):
        return self.order_by("position", "pk")


class Paragraph(Kept):
    """One paragraph. Its number is counted, never kept: see reports.numbering."""

    class Kind(models.TextChoices):
        NUMBERED = "numbered", "Numbered"
        CONTINUATION = "continuation", "Goes on with the one before, without a number"
        QUOTATION = "quotation", "A quotation, without a number"
        BLOCK = "block", "Inserted from the data"

    section = models.ForeignKey(Section, models.PROTECT, related_name="paragraphs")
    position = models.PositiveIntegerField()
    key = models.UUIDField(
        unique=True, default=uuid.uuid4, help_text="What it is known by, wherever it stands."
    )
    kind = models.CharField(max_length=12, choices=Kind, default=Kind.NUMBERED)
    block = models.CharField(max_length=20, choices=Block, blank=True)
    text = models.TextField(max_length=MOST, blank=True, help_text="Markdown.")
    changes = models.PositiveIntegerField(
        default=0, help_text="Counts on, so that two people do not write over each other."
    )

    objects = ParagraphQuerySet.as_manager()

    class Meta:
        ordering = ["section", "position", "pk"]
        indexes = [models.Index(fields=["section", "position"], name="paragraphs_in_order")]
        constraints = [
            models.CheckConstraint(
                condition=Q(kind="block", text="") & ~Q(block="")
                | ~Q(kind="block") & Q(block="") & ~Q(text=""),
                name="a_paragraph_is_written_or_inserted",
                violation_error_message="Write the paragraph, or choose what is inserted.",
            ),
        ]

    def __str__(self):
        return f"Paragraph {self.pk}"

    def clean(self):
        if not self.is_block and not self.text.strip():
            raise ValidationError({"text": "Write the paragraph"})
        if len(self.text) > MOST:
            raise ValidationError({"text": f"A paragraph has at most {MOST:,} characters"})

    @property
    def is_block(self):
        return self.kind == self.Kind.BLOCK


class ParagraphVersionQuerySet(models.QuerySet):
    def visible_to(self, user):
        """How it came to say what it says was never shared."""
        led = reviews_led(user)
        return self.filter(paragraph__section__document__review__any_of=led)


class ParagraphVersion(models.Model):
    """What a paragraph said from then on. Never changed, never removed: the database sees to it."""

    class What(models.TextChoices):
        WRITTEN = "written", "Written"
        CHANGED = "changed", "Changed"
        REMOVED = "removed", "Taken out"
        BROUGHT_BACK = "brought-back", "Brought back"

    class Origin(models.TextChoices):
        HERE = "", "Written here"
        WORD = "word", "From Word"
        SUGGESTED = "suggested", "As somebody suggested"
        TAKEN = "taken", "Taken from another document"

    paragraph = models.ForeignKey(Paragraph, models.PROTECT, related_name="versions")
    number = models.PositiveIntegerField()
    what = models.CharField(max_length=12, choices=What)
    kind = models.CharField(max_length=12, choices=Paragraph.Kind)
    text = models.TextField(blank=True)
    origin = models.CharField(
        max_length=10, choices=Origin, default=Origin.HERE, blank=True, help_text="Where from."
    )
    at = models.DateTimeField(auto_now_add=True)
    by = models.ForeignKey("accounts.User", models.PROTECT, null=True, related_name="+")

    objects = ParagraphVersionQuerySet.as_manager()

    class Meta:
        ordering = ["-number"]
        constraints = [
            models.UniqueConstraint(
                fields=["paragraph", "number"], name="one_version_of_a_paragraph_a_number"
            )
        ]

    def __str__(self):
        return f"Version {self.number} of paragraph {self.paragraph_id}"
