from django.db import models

from foundations.vault.fields import EncryptedBytesField
from foundations.vault.opening import open_file


class StoredFileManager(models.Manager):
    def get_queryset(self):
        """The bytes are fetched in pieces, when somebody reads the file."""
        return super().get_queryset().defer("body")


class StoredFile(models.Model):
    """The bytes of one file, kept as they came.

    They live in the database, so that a file and the row that owns it are saved, restored and
    deleted together, and web and worker need share no disk (docs/adr/0005). What belongs to a
    scope is sealed with a key of its own (docs/adr/0008). A stored file has no address of its own:
    its owner has the page, and asks who may.
    """

    class Scan(models.TextChoices):
        OURS = "ours", "Made by this service"
        NOT_CONFIGURED = "not_configured", "Not scanned: there is no scanner"
        WAITING = "waiting", "Waiting to be scanned"
        CLEAN = "clean", "Scanned: nothing found"
        INFECTED = "infected", "Harmful software was found in it"

    name = models.CharField(max_length=150)
    body = models.BinaryField(help_text="As it came, or sealed.")
    is_sealed = models.BooleanField(default=False)
    size = models.PositiveIntegerField(help_text="Of what came.")
    sha256 = models.CharField(max_length=64, help_text="Of what came.")
    scan = models.CharField(max_length=15, choices=Scan, default=Scan.NOT_CONFIGURED)
    scanned_at = models.DateTimeField(null=True, blank=True)
    stored_at = models.DateTimeField(auto_now_add=True)

    objects = StoredFileManager()

    class Meta:
        base_manager_name = "objects"
        indexes = [
            models.Index(fields=["id"], name="files_to_scan", condition=models.Q(scan="waiting"))
        ]

    def __str__(self):
        return f"Stored file {self.pk}"

    @property
    def is_released(self):
        """Whether it may be read: a file that waits for the scanner may not."""
        return self.scan not in (self.Scan.WAITING, self.Scan.INFECTED)

    @property
    def content(self):
        """All of it at once, for what must have it whole. Raises NotReleased."""
        return b"".join(open_file(self))


class FileKey(models.Model):
    """The key that seals one file, itself sealed with the key of the scope.

    Apart from the file, so that changing keys touches no contents. Deleting it makes this one file
    unreadable for ever; deleting the scope's key, all of the scope.
    """

    file = models.OneToOneField(
        StoredFile, models.CASCADE, primary_key=True, related_name="file_key"
    )
    scope = models.CharField(max_length=80)
    key = EncryptedBytesField()

    def __str__(self):
        return f"Key of stored file {self.pk}"

    @property
    def vault_scope(self):
        return self.scope
