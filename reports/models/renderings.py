import uuid

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q
from django.urls import reverse

from foundations.vault.fields import EncryptedBytesField
from reports.models.documents import Document, reviews_led


class Variant(models.TextChoices):
    CONFIDENTIAL = "confidential", "Confidential"
    ANONYMISED = "anonymised", "Anonymised"


class Format(models.TextChoices):
    PDF = "pdf", "PDF"
    HTML = "html", "Web page"
    WORD = "docx", "Word"
    EXCEL = "xlsx", "Excel"


# Of what is written; what comes from the data is drawn as any of them.
OF_PROSE = (Format.PDF, Format.HTML, Format.WORD)


class RenderingQuerySet(models.QuerySet):
    def visible_to(self, user):
        """Its authors': how a document stood at some time was never shared."""
        return self.filter(document__review__any_of=reviews_led(user))

    def for_list(self):
        """Without the words, which a list does not show."""
        return self.select_related("by", "document__review").defer("values")


class Rendering(models.Model):
    """A version of a document as a file: asked for, then made or refused once, and never changed after
    that. The database sees to it."""

    document = models.ForeignKey(Document, models.PROTECT, related_name="renderings")
    number = models.PositiveIntegerField(help_text="Counts on with each one that is asked for.")
    key = models.UUIDField(unique=True, default=uuid.uuid4, help_text="A second click finds it.")
    variant = models.CharField(max_length=12, choices=Variant)
    format = models.CharField(max_length=4, choices=Format)
    has_plan = models.BooleanField(
        default=False, help_text="Whether the action plan was asked for as an appendix."
    )
    is_final = models.BooleanField(
        default=False, help_text="Without the mark of a draft: as it is to be signed off."
    )
    job_key = models.CharField(max_length=100)
    by = models.ForeignKey("accounts.User", models.PROTECT, related_name="+")
    asked_at = models.DateTimeField(auto_now_add=True)

    at = models.DateTimeField(null=True, help_text="When it was made or refused.")
    values = models.JSONField(
        null=True, help_text="All that it says, from which the file was made."
    )
    stored = models.OneToOneField("vault.StoredFile", models.PROTECT, null=True, related_name="+")
    sha256 = models.CharField(max_length=64, blank=True, help_text="Of the file.")
    pages = models.PositiveIntegerField(null=True)
    places = models.JSONField(
        default=list, blank=True, help_text="What told who somebody is, where it was refused."
    )

    objects = RenderingQuerySet.as_manager()

    class Meta:
        ordering = ["document", "-number"]
        constraints = [
            models.UniqueConstraint(
                fields=["document", "number"], name="versions_of_a_document_are_numbered"
            ),
            models.CheckConstraint(
                condition=Q(at=None, values=None, stored=None, sha256="", places=[])
                | Q(at__isnull=False, values=None, stored=None, sha256="") & ~Q(places=[])
                | Q(at__isnull=False, values__isnull=False, stored__isnull=False, places=[])
                & ~Q(sha256=""),
                name="a_rendering_is_asked_for_made_or_refused",
            ),
        ]

    def __str__(self):
        return f"Version {self.number} of document {self.document_id}"

    def get_absolute_url(self):
        document = self.document
        return reverse(
            "reports:rendering-detail", args=[document.review.reference, document.number, self.pk]
        )

    def delete(self, *args, **kwargs):
        raise ValidationError("A version of a document is never removed.")

    @property
    def vault_scope(self):
        return self.document.review.vault_scope

    @property
    def is_made(self):
        return self.stored_id is not None

    @property
    def is_refused(self):
        return bool(self.places)

    @property
    def is_over(self):
        return self.at is not None


class KeptPartQuerySet(models.QuerySet):
    def visible_to(self, user):
        """Of its authors, as versions are. No page shows one."""
        return self.filter(document__review__any_of=reviews_led(user))


class KeptPart(models.Model):
    """A part of the PDF of a document as it was drawn the last time, so that what did not change need not be
    drawn again. Those that the last drawing of its variant had no use for are not kept any longer.

    `digest` is of all that it was drawn from, made with the key of the review; `drawn` is sealed.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    document = models.ForeignKey(Document, models.PROTECT, related_name="kept_parts")
    variant = models.CharField(max_length=12, choices=Variant)
    digest = models.CharField(max_length=64)
    drawn = EncryptedBytesField()

    objects = KeptPartQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["document", "variant", "digest"], name="a_part_is_kept_once"
            ),
            models.CheckConstraint(
                condition=Q(variant__in=Variant.values), name="a_kept_part_is_of_a_known_variant"
            ),
        ]

    def __str__(self):
        return f"Part {self.pk}"

    @property
    def vault_scope(self):
        return self.document.review.vault_scope
