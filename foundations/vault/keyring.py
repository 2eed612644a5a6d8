"""The key-encryption keys of the installation. They are never in the database.

VAULT_KEYS holds one or more, each 64 hexadecimal digits on a line of its own. The first wraps new
data keys; the others only open what they wrapped, until `rotate_keys` has wrapped it again.
"""

import functools
import hashlib
import re
from dataclasses import dataclass

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured

from foundations.vault.sealing import KEY_ID_BYTES, UnknownKey, key_id_of, seal, unseal

_KEY = re.compile(r"[0-9a-f]{64}", re.IGNORECASE)


@dataclass(frozen=True)
class Keyring:
    keys: dict  # id: key; the first is the one that wraps

    @property
    def current_id(self):
        return next(iter(self.keys))

    def wrap(self, data_key, *, place):
        return seal(data_key, key=self.keys[self.current_id], key_id=self.current_id, place=place)

    def unwrap(self, wrapped, *, place):
        key = self.keys.get(key_id_of(wrapped))
        if key is None:
            raise UnknownKey("The key-encryption key that wrapped this is not in VAULT_KEYS.")
        return unseal(wrapped, key=key, place=place)

    def is_current(self, wrapped):
        return key_id_of(wrapped) == self.current_id


def keyring():
    return _read(settings.VAULT_KEYS)


@functools.lru_cache(maxsize=8)
def _read(text):
    lines = text.split()
    if not lines:
        raise ImproperlyConfigured("VAULT_KEYS holds no key: without one no name can be kept.")
    if any(not _KEY.fullmatch(line) for line in lines):
        raise ImproperlyConfigured("Each line of VAULT_KEYS is a key of 64 hexadecimal digits.")
    keys = [bytes.fromhex(line) for line in lines]
    if len(set(keys)) != len(keys):
        raise ImproperlyConfigured("VAULT_KEYS holds the same key twice.")
    return Keyring({_id_of(key): key for key in keys})


def _id_of(key):
    """Made from the key, so that a name and a key can never be put together wrongly."""
    return hashlib.sha256(b"key-encryption key" + key).digest()[:KEY_ID_BYTES]
