"""Whether the letters that a font of a PDF draws have a meaning that can be read.

A font may draw letters by numbers of its own. Where it keeps no table from those numbers to characters,
and no names of letters either, what is read from the page is not what a person sees there.
"""

import re

import pikepdf
from fontTools.agl import toUnicode

_MAPPED = re.compile(rb"\bbeginbf(?:char|range)\b")
_SUBSET = re.compile(r"^/[A-Z]{6}\+")
_USED = re.compile(rb"/([^\s/<>()\[\]{}%]+)\s+[-+.\d]+\s+Tf\b")
_NO_CHARACTER = re.compile(r"[\x00-\x08\x0e-\x1f\x7f-\x9f\ue000-\uf8ff\ufffd]")
_FEWEST = 3  # letters without a meaning; fewer may be bullets
_SYMBOLIC = 4


def is_read(drawings, text):
    """Whether the text read from some drawings can be what they show. `drawings` are (resources, bytes)."""
    return not is_gibberish(text) and not any(
        _is_used_unread(resources, content) for resources, content in drawings
    )


def is_gibberish(text):
    """Mostly characters that stand for nothing."""
    unknown = len(_NO_CHARACTER.findall(text))
    return unknown >= _FEWEST and unknown * 5 > len("".join(text.split()))


def _is_used_unread(resources, content):
    fonts = resources.get("/Font", {})
    if not isinstance(fonts, pikepdf.Dictionary):
        return False
    unread = {
        name.strip("/").encode()
        for name, font in fonts.items()
        if isinstance(font, pikepdf.Dictionary) and not _has_meaning(font)
    }
    return bool(unread) and any(name in unread for name in _USED.findall(content))


def _has_meaning(font):
    table = font.get("/ToUnicode")
    if isinstance(table, pikepdf.Stream) and _MAPPED.search(table.read_bytes()):
        return True
    coding = font.get("/Encoding")
    if str(font.get("/Subtype", "")) == "/Type0":
        return isinstance(coding, pikepdf.Name) and not str(coding).startswith("/Identity")
    if isinstance(coding, pikepdf.Dictionary):
        return _are_named(coding.get("/Differences", ()))
    return coding is not None or not _has_own_order(font)


def _are_named(differences):
    names = [str(one).strip("/") for one in differences if isinstance(one, pikepdf.Name)]
    unknown = [name for name in names if name != ".notdef" and not toUnicode(name)]
    return len(unknown) < _FEWEST or len(unknown) * 4 < len(names)


def _has_own_order(font):
    """Part of a TrueType font whose letters were numbered anew."""
    described = font.get("/FontDescriptor")
    return (
        isinstance(described, pikepdf.Dictionary)
        and "/FontFile2" in described
        and bool(int(described.get("/Flags", 0)) & _SYMBOLIC)
        and bool(_SUBSET.match(str(font.get("/BaseFont", ""))))
    )
