import hashlib
import re
import unicodedata

from foundations.vault.models import StoredFile

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
    return StoredFile.objects.create(
        name=display_name(name),
        content=content,
        size=len(content),
        sha256=hashlib.sha256(content).hexdigest(),
    )
