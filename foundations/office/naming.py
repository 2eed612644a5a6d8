"""What a file or a sheet is called in a sentence."""

import re
import unicodedata

# Control characters, and the marks that make text run the other way or hide it: "annexe\u202exslx.exe".
HIDDEN = re.compile(
    "[\x00-\x1f\x7f-\x9f\xad\u061c\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff\ufff9-\ufffb]"
)
LONGEST = 150


def quoted(name):
    """A name as a sentence quotes it: one line, no path, nothing hidden."""
    name = unicodedata.normalize("NFC", str(name)).replace("\\", "/").rsplit("/", 1)[-1]
    name = " ".join(HIDDEN.sub("", name).split())
    if len(name) > LONGEST:
        stem, dot, ending = name.rpartition(".")
        keep = f"{dot}{ending}" if dot and len(ending) <= 5 else ""
        name = f"{(stem or name)[: LONGEST - 6]}…{keep}"
    return f"“{name or 'the file'}”"


def ending(name):
    """The end of a name, without its dot, in small letters: "docx"."""
    name = HIDDEN.sub("", str(name)).strip()
    return name.rpartition(".")[2].lower() if "." in name else ""
