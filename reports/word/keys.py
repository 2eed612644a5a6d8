"""Names of bookmarks that carry the identity of a paragraph or section through Word.

Word takes at most forty letters, so a UUID travels without its hyphens.
"""

import re
import uuid

PLAIN = re.compile(r"[A-Za-z0-9_-]{1,34}")
MARK = re.compile(r"dhr-([ps])-([A-Za-z0-9_-]{1,34})", re.I)


def mark_of(kind, key):
    """The bookmark of a paragraph ("p") or section ("s"). Raises ValueError where a key cannot be one."""
    if not PLAIN.fullmatch(_short(key)):
        raise ValueError("A key is a UUID, or at most 34 letters, digits, hyphens and underscores.")
    return f"dhr-{kind}-{_short(key)}"


def key_of(mark):
    """("p", key) of a bookmark of ours, or None for any other."""
    found = MARK.fullmatch(mark)
    return (found[1].lower(), _long(found[2])) if found else None


def _short(key):
    try:
        return uuid.UUID(key).hex if len(key) == 36 else key
    except ValueError:
        return key


def _long(key):
    try:
        return str(uuid.UUID(key)) if len(key) == 32 else key
    except ValueError:
        return key
