from django.db import models

from foundations.vault.fields import EncryptedTextField
from reviews.intake.models.notification import Notification


class NotifiedIdentity(models.Model):
    """Whom a notification is about: apart from it, and sealed under a key of its own.

    The notification is the only door: whoever may reveal it (reviews.rules) reads this.
    """

    notification = models.OneToOneField(
        Notification, models.CASCADE, primary_key=True, related_name="identity"
    )
    name = EncryptedTextField(max_length=200)
    born = EncryptedTextField(max_length=200, default="", blank=True)
    address = EncryptedTextField(max_length=500, default="", blank=True)
    circumstances = EncryptedTextField(max_length=4000)
    others = EncryptedTextField(max_length=4000, default="", blank=True)
    contacts = EncryptedTextField(max_length=1000)

    class Meta:
        verbose_name_plural = "notified identities"

    def __str__(self):
        return f"Identity of notification {self.notification_id}"

    @property
    def vault_scope(self):
        return f"notification:{self.notification_id}"
