"""Word files of documents: an existing report that is brought in, what was taken away, what came back."""

from django.db import models
from django.db.models import Q
from django.urls import reverse

from reports.models.documents import Document, Section, reviews_led
from reports.models.paragraphs import Paragraph
from reports.models.templates import FROM_DATA, Kind

WRITTEN_KINDS = [choice for choice in Kind.choices if choice[0] not in FROM_DATA]


class Stage(models.TextChoices):
    """How far a file has come on its way in."""

    PREVIEWED = "previewed", "Ready to check"
    SAVED = "saved", "Saved"
    DISCARDED = "discarded", "Discarded"


COLOURS = {Stage.SAVED: "green", Stage.DISCARDED: "grey"}


def _saved_has_a_time(name):
    return models.CheckConstraint(
        condition=Q(state="saved", saved_at__isnull=False) | ~Q(state="saved") & Q(saved_at=None),
        name=name,
    )


class FileOnItsWay(models.Model):
    """A file that somebody uploaded, until it is saved or discarded; it stays on record either way."""

    stored = models.OneToOneField("vault.StoredFile", models.PROTECT, related_name="+")
    name = models.CharField(max_length=150)
    sha256 = models.CharField(max_length=64)
    key = models.UUIDField(unique=True, help_text="A second click finds the first one's file.")
    state = models.CharField(max_length=10, choices=Stage, default=Stage.PREVIEWED)
    by = models.ForeignKey("accounts.User", models.PROTECT, null=True, related_name="+")
    at = models.DateTimeField(auto_now_add=True)
    saved_by = models.ForeignKey(
        "accounts.User", models.PROTECT, null=True, blank=True, related_name="+"
    )
    saved_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        abstract = True

    @property
    def is_open(self):
        return self.state == Stage.PREVIEWED

    @property
    def is_saved(self):
        return self.state == Stage.SAVED

    @property
    def colour(self):
        return COLOURS.get(self.state, "blue")


class BroughtReportQuerySet(models.QuerySet):
    def visible_to(self, user):
        """An existing report tells of every agency, and nothing of it was shared yet."""
        return self.filter(review__any_of=reviews_led(user))

    def for_display(self):
        rows = self.select_related("review", "stored", "by", "saved_by", "document__review")
        return rows.defer("stored__body")


class BroughtReport(FileOnItsWay):
    """A report that was written elsewhere, from its upload to a document made of it."""

    review = models.ForeignKey("reviews.Review", models.PROTECT, related_name="brought_reports")
    kind = models.CharField(
        max_length=30,
        choices=WRITTEN_KINDS,
        default=Kind.OVERVIEW,
        help_text="What the document is to be that is made of it.",
    )
    document = models.OneToOneField(
        Document, models.PROTECT, null=True, blank=True, related_name="brought_from"
    )

    objects = BroughtReportQuerySet.as_manager()

    class Meta:
        ordering = ["-pk"]
        constraints = [
            _saved_has_a_time("a_brought_report_saved_has_a_time"),
            models.CheckConstraint(
                condition=Q(state="saved", document__isnull=False)
                | ~Q(state="saved") & Q(document=None),
                name="a_brought_report_saved_has_its_document",
            ),
            models.UniqueConstraint(
                fields=["review", "sha256"],
                condition=Q(state="saved"),
                name="a_report_is_brought_in_once",
            ),
        ]

    def __str__(self):
        return f"Brought report {self.pk}"

    def get_absolute_url(self):
        return reverse("reports:brought-detail", args=[self.review.reference, self.pk])

    @property
    def vault_scope(self):
        return self.review.vault_scope


class WordCopyQuerySet(models.QuerySet):
    def visible_to(self, user):
        return self.filter(document__review__any_of=reviews_led(user))

    def for_display(self):
        return self.select_related("document__review", "stored", "by").defer("stored__body")


class WordCopy(models.Model):
    """A document as it was when somebody took it away to work on it in Word."""

    document = models.ForeignKey(Document, models.PROTECT, related_name="word_copies")
    stored = models.OneToOneField("vault.StoredFile", models.PROTECT, related_name="+")
    key = models.UUIDField(unique=True, help_text="Travels in the file, and knows it again.")
    held = models.JSONField(
        default=list,
        help_text="[what, fingerprint, level, has a number, version] of each heading and paragraph.",
    )
    by = models.ForeignKey("accounts.User", models.PROTECT, null=True, related_name="+")
    at = models.DateTimeField(auto_now_add=True)

    objects = WordCopyQuerySet.as_manager()

    class Meta:
        ordering = ["-pk"]

    def __str__(self):
        return f"Word copy {self.pk}"

    @property
    def vault_scope(self):
        return self.document.review.vault_scope


class WordReturnQuerySet(models.QuerySet):
    def visible_to(self, user):
        return self.filter(document__review__any_of=reviews_led(user))

    def for_display(self):
        return self.select_related(
            "document__review", "stored", "by", "saved_by", "copy__by", "copy__document"
        ).defer("stored__body")


class WordReturn(FileOnItsWay):
    """A file that came back from Word, and what was decided of each of its changes."""

    document = models.ForeignKey(Document, models.PROTECT, related_name="word_returns")
    copy = models.ForeignKey(
        WordCopy,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="returns",
        help_text="What it began with. Blank: the file does not say.",
    )
    decided = models.JSONField(
        default=list, help_text="[what, of which headings and paragraphs, accepted or left]"
    )

    objects = WordReturnQuerySet.as_manager()

    class Meta:
        ordering = ["-pk"]
        constraints = [_saved_has_a_time("a_word_return_saved_has_a_time")]

    def __str__(self):
        return f"Word return {self.pk}"

    def get_absolute_url(self):
        document = self.document
        return reverse(
            "reports:word-return", args=[document.review.reference, document.number, self.pk]
        )

    @property
    def vault_scope(self):
        return self.document.review.vault_scope

    @property
    def accepted(self):
        """How many of its changes were."""
        return sum(verdict == "accepted" for *_, verdict in self.decided)

    @property
    def left(self):
        return len(self.decided) - self.accepted


class DoubtQuerySet(models.QuerySet):
    def visible_to(self, user):
        return self.filter(document__review__any_of=reviews_led(user))

    def open(self):
        return self.filter(settled_at=None)


class Doubt(models.Model):
    """Something about a report that was brought in, or about words taken from another document, which only a person
    can settle."""

    class Kind(models.TextChoices):
        NUMBER = "number", "Its number was another one"
        PLACE = "place", "How it was taken over"
        WHOLE = "whole", "How the file was read"

    document = models.ForeignKey(Document, models.PROTECT, related_name="doubts")
    section = models.ForeignKey(
        Section, models.PROTECT, null=True, blank=True, related_name="doubts"
    )
    paragraph = models.ForeignKey(
        Paragraph, models.PROTECT, null=True, blank=True, related_name="doubts"
    )
    kind = models.CharField(max_length=10, choices=Kind)
    printed = models.CharField(max_length=60, blank=True, help_text="Its number in the file.")
    text = models.TextField()
    settled_at = models.DateTimeField(null=True, blank=True)
    settled_by = models.ForeignKey(
        "accounts.User", models.PROTECT, null=True, blank=True, related_name="+"
    )

    objects = DoubtQuerySet.as_manager()

    class Meta:
        ordering = ["document", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(section=None) | Q(paragraph=None),
                name="a_doubt_of_a_document_is_about_one_thing",
            )
        ]

    def __str__(self):
        return f"Doubt {self.pk}"
