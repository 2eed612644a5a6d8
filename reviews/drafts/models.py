import uuid

from django.db import models

from foundations.vault.fields import EncryptedJSONField
from reviews.access import access_of


class DraftQuerySet(models.QuerySet):
    def visible_to(self, user):
        """One's own and nobody else's, in reviews that one still reaches."""
        reached = access_of(user).reviews_with("view_review")
        return self.filter(user=user.pk, review__any_of=reached)


class Draft(models.Model):
    """What somebody has typed into a form and not sent yet. Only they ever see it.

    Names may be in it, so it is sealed as a whole; it is nobody's account of anything until its
    writer saves the form, so that the trail is silent about it.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4)
    user = models.ForeignKey("accounts.User", models.CASCADE, related_name="drafts")
    review = models.ForeignKey("reviews.Review", models.CASCADE, related_name="drafts")
    page = models.CharField(max_length=300, help_text="The address of the form.")
    fields = EncryptedJSONField(default=dict)
    saved_at = models.DateTimeField()

    objects = DraftQuerySet.as_manager()

    class Meta:
        ordering = ["-saved_at"]
        constraints = [
            models.UniqueConstraint(fields=["user", "page"], name="one_draft_a_form_and_person")
        ]

    def __str__(self):
        return f"Draft {self.pk}"

    @property
    def vault_scope(self):
        return f"review:{self.review_id}"
