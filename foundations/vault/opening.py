"""Reading a stored file piece by piece, whichever way it is kept."""

from django.core.exceptions import ObjectDoesNotExist
from django.db import connections

from foundations.vault import streams
from foundations.vault.sealing import UnknownKey

_FETCHED = 1024 * 1024  # bytes of the table at a time

HELD = (
    "This file has not been checked for harmful software yet, because the scanner does not answer."
    " It is kept, and can be opened as soon as it has been checked: try again in a few minutes."
)
INFECTED = (
    "Harmful software was found in this file, so nobody can open it. Whoever sent it should have"
    " their computer looked at, and send the file again from one that is clean."
)


class NotReleased(Exception):
    """A file that nobody may open now. `message` says why, to whoever asked for it."""

    def __init__(self, stored):
        super().__init__(stored.pk)
        self.message = INFECTED if stored.scan == stored.Scan.INFECTED else HELD


def open_file(stored):
    """Its bytes in pieces, never all at once. Raises NotReleased, and Unreadable where it was
    changed; the first piece proves that the key is there."""
    if not stored.is_released:
        raise NotReleased(stored)
    return pieces_of(stored)


def pieces_of(stored):
    """As `open_file`, of a file that may not be released yet: for the scanner."""
    if not stored.is_sealed:
        body, is_sealed = _whole(stored)
        if not is_sealed:
            yield from (body[at : at + streams.PIECE] for at in range(0, len(body), streams.PIECE))
            return
    try:
        key = stored.file_key.key
    except ObjectDoesNotExist:
        raise UnknownKey("The key that sealed this file is gone.") from None
    yield from streams.opened(_fetched(stored), key=key)


def _whole(stored):
    """(bytes, whether they are sealed) of a file that was not sealed when its row was read. In one
    statement: between two, it may be sealed."""
    if "body" in stored.__dict__:
        return bytes(stored.body), False
    with connections[stored._state.db].cursor() as cursor:
        cursor.execute("select body, is_sealed from vault_storedfile where id = %s", [stored.pk])
        body, is_sealed = cursor.fetchone() or (b"", False)
    return bytes(body), is_sealed


def _fetched(stored):
    """What stands in the table. PostgreSQL reads only the part that is asked for."""
    if "body" in stored.__dict__ and stored.is_sealed:
        yield bytes(stored.body)
        return
    at = 1
    while True:
        with connections[stored._state.db].cursor() as cursor:
            cursor.execute(
                "select substring(body from %s for %s) from vault_storedfile where id = %s",
                [at, _FETCHED, stored.pk],
            )
            (piece,) = cursor.fetchone() or (b"",)
        if piece:
            yield bytes(piece)
        if len(piece) < _FETCHED:
            return
        at += _FETCHED
