"""What was found in a document before it is submitted, what people said of it, and a partnership's own
words on blame."""

import uuid

from django.db import models
from django.db.models import Q

from findings.models import Kept, KeptQuerySet
from foundations.vault.fields import EncryptedJSONField
from reports.models.documents import Document, reviews_led
from reviews.access import access_of
from reviews.rules import Role


class _OfDocumentQuerySet(models.QuerySet):
    def visible_to(self, user):
        """Its authors': how a draft falls short was never shared."""
        return self.filter(document__review__any_of=reviews_led(user))


class FoundBefore(models.Model):
    """What reading a document found when somebody last kept that, so that its page says how it stood. It
    counts while `digest` is that of all it was read from. Sealed: what it tells may come from the
    register."""

    document = models.OneToOneField(
        Document, models.PROTECT, primary_key=True, related_name="found_before"
    )
    digest = models.CharField(max_length=64)
    items = EncryptedJSONField(default=list)
    at = models.DateTimeField(auto_now=True)

    objects = _OfDocumentQuerySet.as_manager()

    def __str__(self):
        return f"What was found in document {self.document_id}"

    @property
    def vault_scope(self):
        return self.document.review.vault_scope


class CheckAnswer(models.Model):
    """What somebody said of one thing that was found, or to a question that only a person can answer.
    Never changed, never removed: the last one counts. The database sees to it."""

    class Says(models.TextChoices):
        MENDED = "mended", "It has been mended"
        NO_FAULT = "no-fault", "It is not a fault"
        TO_MEND = "to-mend", "It is a fault, and is still to be mended"
        YES = "yes", "Yes"
        NO = "no", "No, or not yet"

    document = models.ForeignKey(Document, models.PROTECT, related_name="check_answers")
    key = models.UUIDField(unique=True, default=uuid.uuid4, help_text="A second click finds it.")
    code = models.CharField(
        max_length=64,
        help_text="Of the question; or a digest of what was found with the paragraphs it rests on, so "
        "that it counts while they say the same.",
    )
    item = models.SlugField(max_length=60, help_text="The line of the list that it is under.")
    about = models.TextField(help_text="What was asked or found, as it was then.")
    says = models.CharField(max_length=10, choices=Says)
    reason = models.TextField(max_length=2000, blank=True)
    read = models.CharField(max_length=64, help_text="The digest of the text at that time.")
    at = models.DateTimeField(auto_now_add=True)
    by = models.ForeignKey("accounts.User", models.PROTECT, null=True, related_name="+")

    objects = _OfDocumentQuerySet.as_manager()

    class Meta:
        ordering = ["pk"]
        indexes = [models.Index(fields=["document", "code"], name="answers_of_a_document")]

    def __str__(self):
        return f"Answer {self.pk} on document {self.document_id}"

    @property
    def settles(self):
        return self.says in {self.Says.MENDED, self.Says.NO_FAULT, self.Says.YES}


class BlamingPhraseQuerySet(KeptQuerySet):
    def visible_to(self, user):
        """Those of the partnerships that the user coordinates. No case."""
        return self.filter(partnership__in=access_of(user).appointments[Role.COORDINATOR])


class BlamingPhrase(Kept):
    """A partnership's own line of the list of phrases that blame a victim, or a phrase of the house's
    list that it leaves out."""

    partnership = models.ForeignKey(
        "agencies.Partnership", models.PROTECT, related_name="blaming_phrases"
    )
    key = models.UUIDField(unique=True, default=uuid.uuid4, help_text="A second click finds it.")
    is_left_out = models.BooleanField(default=False, help_text="Of the house’s list.")
    words = models.CharField(max_length=200)
    why = models.CharField(max_length=500)
    instead = models.CharField(max_length=500, blank=True)

    objects = BlamingPhraseQuerySet.as_manager()

    class Meta:
        ordering = ["partnership", "words"]
        constraints = [
            models.UniqueConstraint(
                fields=["partnership", "words"],
                condition=Q(removed_at=None),
                name="a_phrase_once_in_a_list",
                violation_error_message="This phrase is in the list already.",
            ),
            models.CheckConstraint(condition=~Q(words=""), name="a_phrase_has_words"),
        ]

    def __str__(self):
        return f"Phrase {self.pk}"
