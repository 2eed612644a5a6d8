from django.db import models


class StoredFile(models.Model):
    """The bytes of one uploaded file, kept as they came.

    They live in the database, so that a file and the row that owns it are saved, restored and
    deleted together, and web and worker need share no disk (docs/adr/0005). A stored file has no
    address of its own: its owner has the page, and asks who may.
    """

    name = models.CharField(max_length=150)
    content = models.BinaryField()
    size = models.PositiveIntegerField()
    sha256 = models.CharField(max_length=64)
    stored_at = models.DateTimeField(auto_now_add=True)

    def __str__(self):
        return f"Stored file {self.pk}"
