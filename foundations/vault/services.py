import hashlib
import re
import unicodedata
from itertools import chain

from django.db import connection, transaction

from foundations.vault.models import StoredFile

PIECE = 64 * 1024
_UNSAFE = re.compile(r"[\x00-\x1f\x7f<>:\"/\\|?*\u200b-\u200f\u202a-\u202e\u2066-\u2069\ufeff]")


def display_name(name):
    """A file name fit to be shown and to be saved: one line, no path, no hidden direction marks."""
    name = unicodedata.normalize("NFC", name.replace("\\", "/").rsplit("/", 1)[-1])
    name = " ".join(_UNSAFE.sub("", name).split()).strip(". ")
    stem, dot, ending = name.rpartition(".")
    if dot and len(ending) <= 5:
        return f"{stem[:140] or 'file'}.{ending}"
    return name[:150] or "file"


def store(content, *, name):
    """Keep the bytes of a file. Long ones are sent in pieces: as one value they take six times their size."""
    kept = StoredFile.objects.create(
        name=display_name(name),
        content=content if len(content) <= PIECE else b"",
        size=len(content),
        sha256=hashlib.sha256(content).hexdigest(),
    )
    if len(content) > PIECE:
        _send_in_pieces(kept, content)
    return kept


@transaction.atomic
def _send_in_pieces(kept, content):
    with connection.cursor() as cursor:
        cursor.execute("create temporary table if not exists pieces (content bytea) on commit drop")
        cursor.copy_expert("copy pieces from stdin", _Hexadecimal(content))
        cursor.execute(
            "update vault_storedfile set content = (select content from pieces) where id = %s",
            [kept.pk],
        )
        cursor.execute("truncate pieces")
    del kept.content  # fetched when somebody wants it


class _Hexadecimal:
    """One row of COPY that holds the bytes, made as it is read."""

    def __init__(self, content):
        self.pieces = chain(
            [rb"\\x"],
            (content[at : at + PIECE].hex().encode() for at in range(0, len(content), PIECE)),
            [b"\n"],
        )

    def read(self, size=-1):
        return next(self.pieces, b"")
