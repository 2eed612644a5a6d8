"""AES-256-GCM over the pieces of a long content, so that neither side holds all of it.

    magic 2 | version 1 | algorithm 1 | prefix 7 | then pieces, each of 64 KiB and a tag of 16

The nonce of a piece is the prefix, its number and whether it is the last (the STREAM construction):
a piece that was changed, left out, doubled or moved does not open, and neither does one after which
the rest was cut off. The key is the file's own, so a piece of another file opens nowhere here.
"""

import os
import struct
from itertools import count

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from foundations.vault.sealing import Damaged

PIECE = 64 * 1024
TAG = 16
SEALED_PIECE = PIECE + TAG

_MAGIC = b"DF"
_VERSION = 1
_AES_256_GCM = 1
_HEADER = struct.Struct("!2sBB7s")
_NONCE = struct.Struct("!7sI?")
HEADER_SIZE = _HEADER.size


def sealed(pieces, *, key):
    """The sealed form of `pieces`, which may be of any size. An empty content has one piece, too."""
    header = _HEADER.pack(_MAGIC, _VERSION, _AES_256_GCM, os.urandom(7))
    cipher, prefix, number = AESGCM(key), header[-7:], count()
    yield header
    held = None
    for piece in even(pieces):
        if held is not None:
            yield cipher.encrypt(_NONCE.pack(prefix, next(number), False), held, header)
        held = piece
    yield cipher.encrypt(_NONCE.pack(prefix, next(number), True), held or b"", header)


def opened(pieces, *, key):
    """What was sealed, piece by piece, each only once it has proved whole and in its place."""
    pieces = even(pieces, first=HEADER_SIZE, size=SEALED_PIECE)
    header = next(pieces, b"")
    if (
        len(header) < HEADER_SIZE
        or header[:4] != _HEADER.pack(_MAGIC, _VERSION, _AES_256_GCM, b"")[:4]
    ):
        raise Damaged("What stands here was not sealed in a way that is known.")
    cipher, prefix, number = AESGCM(key), header[-7:], count()
    held = next(pieces, None)
    if held is None:
        raise Damaged("What was sealed here is cut short.")
    for piece in pieces:
        yield _open(cipher, _NONCE.pack(prefix, next(number), False), held, header)
        held = piece
    yield _open(cipher, _NONCE.pack(prefix, next(number), True), held, header)


def _open(cipher, nonce, piece, header):
    try:
        return cipher.decrypt(nonce, piece, header)
    except (InvalidTag, ValueError):  # a ValueError: shorter than its tag
        raise Damaged("A piece of this file was changed, or is not in its place.") from None


def even(pieces, *, first=0, size=PIECE):
    """Bytes that come in pieces of any size, in pieces of one size; `first` for the first one."""
    held = bytearray()
    wanted = first or size
    for piece in pieces:
        held += piece
        while len(held) >= wanted:
            yield bytes(held[:wanted])
            del held[:wanted]
            wanted = size
    if held:
        yield bytes(held)
