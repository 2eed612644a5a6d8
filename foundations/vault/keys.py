"""The data keys: one for each scope, for example one review, wrapped by the key-encryption key."""

import hashlib
import hmac
import time
import uuid

from django.apps import apps

from foundations.vault.keyring import keyring
from foundations.vault.sealing import UnknownKey, key_id_of, new_key, seal, unseal

# A process remembers a key for so long, and learns by then that it was destroyed.
_REMEMBERED = 60  # seconds
_known = {}
SEAL, DIGEST = "seal", "digest"  # DataKey.Use


def seal_for(scope, plain, *, place):
    """Sealed with the scope's present key, which is always asked of the database: a key that was
    made in a transaction that came to nothing must not seal anything."""
    data_key = _current(scope, SEAL)
    return seal(plain, key=_opened(data_key), key_id=data_key.pk.bytes, place=f"{scope} {place}")


def open_from(scope, sealed, *, place):
    key = _key(uuid.UUID(bytes=key_id_of(sealed)))
    return unseal(sealed, key=key, place=f"{scope} {place}")


def keyed_digest(value, *, purpose):
    """64 hexadecimal digits that are the same for the same value and purpose, and tell nothing
    without the key. Two purposes (two partnerships, say) cannot be compared with one another."""
    return digester(purpose)(value)


def digester(purpose):
    """`keyed_digest` of many values, with the key fetched once."""
    key = _opened(_current(purpose, DIGEST))
    return lambda value: hmac.new(key, value.encode(), hashlib.sha256).hexdigest()


def _data_keys():
    """Asked of the registry: the models of this room have sealed fields themselves."""
    return apps.get_model("vault", "DataKey").objects


def _current(scope, use):
    found = _data_keys().filter(scope=scope, use=use, retired_at=None).first()
    return found or _made(scope, use)


def _made(scope, use):
    data_key = _data_keys().model(scope=scope, use=use)
    wrapped = keyring().wrap(new_key(), place=data_key.place)
    data_key, _ = _data_keys().get_or_create(
        scope=scope, use=use, retired_at=None, defaults={"id": data_key.pk, "wrapped": wrapped}
    )
    return data_key


def _key(pk):
    until, key = _known.get(pk, (0, None))
    if until < time.monotonic():
        data_key = _data_keys().filter(pk=pk).first()
        if data_key is None:
            raise UnknownKey("The key that sealed this is gone.")
        key = _opened(data_key)
        if len(_known) >= 1000:
            _known.clear()
        _known[pk] = (time.monotonic() + _REMEMBERED, key)
    return key


def _opened(data_key):
    return keyring().unwrap(bytes(data_key.wrapped), place=data_key.place)
