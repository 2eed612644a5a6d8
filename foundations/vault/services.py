import hashlib
import re
import unicodedata
from itertools import chain

from django.db import connection, transaction

from foundations.vault import scanning, streams
from foundations.vault.models import FileKey, StoredFile
from foundations.vault.opening import pieces_of
from foundations.vault.sealing import new_key
from foundations.vault.streams import PIECE

_UNSAFE = re.compile(r"[\x00-\x1f\x7f<>:\"/\\|?*\u200b-\u200f\u202a-\u202e\u2066-\u2069\ufeff]")


def display_name(name):
    """A file name fit to be shown and to be saved: one line, no path, no hidden direction marks."""
    name = unicodedata.normalize("NFC", name.replace("\\", "/").rsplit("/", 1)[-1])
    name = " ".join(_UNSAFE.sub("", name).split()).strip(". ")
    stem, dot, ending = name.rpartition(".")
    if dot and len(ending) <= 5:
        return f"{stem[:140] or 'file'}.{ending}"
    return name[:150] or "file"


@transaction.atomic
def store(content, *, name, scope="", is_ours=False):
    """Keep a file: `content` is bytes, or a binary file that is read once, in pieces.

    With a `scope` ("review:12") it is sealed with a key of its own, which the scope's key seals.
    What came from outside is shown to the scanner, and waits where that does not answer; what this
    service made itself is not.
    """
    scan = StoredFile.Scan.OURS if is_ours else scanning.state_of(content)
    return _keep(StoredFile(name=display_name(name), scan=scan), _pieces(content), scope)


@transaction.atomic
def seal(stored, *, scope):
    """Seal a file that was kept as it came. Nothing else about it changes."""
    stored = StoredFile.objects.select_for_update(of=("self",)).get(pk=stored.pk)
    if stored.is_sealed:
        return stored
    content = b"".join(pieces_of(stored))  # the connection cannot read while it takes the pieces
    return _keep(stored, _pieces(content), scope)


def _keep(stored, pieces, scope):
    """Long ones are sent in pieces: as one value they take six times their size."""
    counted = _Counted(pieces)
    key = new_key() if scope else None
    body = streams.sealed(counted, key=key) if scope else iter(counted)
    first = list(_up_to(2 * PIECE, body))
    rest = next(body, None)
    stored.is_sealed = bool(scope)
    stored.body = b"" if rest is not None else b"".join(first)
    stored.size, stored.sha256 = counted.size, counted.digest.hexdigest()
    stored.save()
    if rest is not None:
        _send_in_pieces(stored, chain(first, [rest], body))
        stored.size, stored.sha256 = counted.size, counted.digest.hexdigest()
        del stored.body  # fetched when somebody wants it
        stored.save(update_fields=["size", "sha256"])
    if scope:
        FileKey.objects.create(file=stored, scope=scope, key=key)
    return stored


def _pieces(content):
    if not isinstance(content, (bytes, bytearray, memoryview)):
        content.seek(0)
        return iter(lambda: content.read(PIECE), b"")
    content = memoryview(content)
    return (bytes(content[at : at + PIECE]) for at in range(0, len(content), PIECE))


def _up_to(most, pieces):
    total = 0
    for piece in pieces:
        total += len(piece)
        yield piece
        if total > most:
            return


class _Counted:
    """Pieces on their way, of which size and digest are known once they have passed."""

    def __init__(self, pieces):
        self.pieces = pieces
        self.size, self.digest = 0, hashlib.sha256()

    def __iter__(self):
        for piece in self.pieces:
            self.size += len(piece)
            self.digest.update(piece)
            yield piece


def _send_in_pieces(kept, pieces):
    with connection.cursor() as cursor:
        cursor.execute("create temporary table if not exists pieces (content bytea) on commit drop")
        cursor.copy_expert("copy pieces from stdin", _Hexadecimal(pieces))
        cursor.execute(
            "update vault_storedfile set body = (select content from pieces) where id = %s",
            [kept.pk],
        )
        cursor.execute("truncate pieces")


class _Hexadecimal:
    """One row of COPY that holds the bytes, made as it is read."""

    def __init__(self, pieces):
        self.pieces = chain([rb"\\x"], (piece.hex().encode() for piece in pieces), [b"\n"])

    def read(self, size=-1):
        return next(self.pieces, b"")
