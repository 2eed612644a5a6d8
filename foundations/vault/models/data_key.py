import uuid

from django.db import models


class DataKey(models.Model):
    """The key that seals the fields of one scope (one review, say), itself wrapped by a
    key-encryption key, which is never in the database.

    Deleting it makes everything that it sealed unreadable for ever, in backups too.
    """

    class Use(models.TextChoices):
        SEAL = "seal", "Seals fields"
        DIGEST = "digest", "Makes digests that can be compared"

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    scope = models.CharField(max_length=80)
    use = models.CharField(max_length=10, choices=Use)
    wrapped = models.BinaryField()
    made_at = models.DateTimeField(auto_now_add=True)
    retired_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["scope", "use"],
                condition=models.Q(retired_at=None),
                name="one_present_key_for_a_scope",
            )
        ]

    def __str__(self):
        return f"Data key {self.pk}"

    @property
    def place(self):
        """What the wrapped key is bound to: it opens under no other scope or use."""
        return f"{self._meta.label_lower} {self.pk} {self.use} {self.scope}"
