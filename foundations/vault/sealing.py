"""AES-256-GCM in an envelope that says how it was made, so that another way can follow one day.

    magic 2 | version 1 | algorithm 1 | id of the key 16 | nonce 12 | text and tag

The header and the place that the text belongs to are authenticated with it: an envelope that was
changed, cut, or moved to another row does not open. Nothing is ever given back in part.
"""

import os
import struct

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

KEY_BYTES = 32
KEY_ID_BYTES = 16
KEY_ID_FROM = 5  # where it stands in an envelope, as SQL counts

_MAGIC = b"DV"
_VERSION = 1
_AES_256_GCM = 1
_HEADER = struct.Struct(f"!2sBB{KEY_ID_BYTES}s12s")


class Unreadable(Exception):
    """What was sealed cannot be opened. The message tells nothing of what it was."""


class UnknownKey(Unreadable):
    """No key of this installation opens it."""


class Damaged(Unreadable):
    """It was changed, cut, or belongs to another place."""


def new_key():
    return os.urandom(KEY_BYTES)


def seal(plain, *, key, key_id, place):
    header = _HEADER.pack(_MAGIC, _VERSION, _AES_256_GCM, key_id, os.urandom(12))
    return header + AESGCM(key).encrypt(header[-12:], plain, header + place.encode())


def unseal(sealed, *, key, place):
    header = sealed[: _HEADER.size]
    key_id_of(sealed)
    try:
        return AESGCM(key).decrypt(header[-12:], sealed[_HEADER.size :], header + place.encode())
    except InvalidTag:
        raise Damaged("What was sealed here was changed, or belongs elsewhere.") from None


def key_id_of(sealed):
    """Which key it was sealed with; refuses what this version cannot read."""
    if len(sealed) < _HEADER.size:
        raise Damaged("What was sealed here is cut short.")
    magic, version, algorithm, key_id, _ = _HEADER.unpack(sealed[: _HEADER.size])
    if (magic, version, algorithm) != (_MAGIC, _VERSION, _AES_256_GCM):
        raise Damaged("What stands here was not sealed in a way that is known.")
    return key_id
