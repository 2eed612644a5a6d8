"""A picture: what its file says beside what it shows. What it shows is not read."""

import re

_XMP = re.compile(rb"<x:xmpmeta.*?</x:xmpmeta>", re.S)
_TAG = re.compile(rb"<[^>]*>")


def read(gathered, content, name):
    gathered.looked_at("remarks inside pictures")
    part = "remarks inside pictures"
    for found in _XMP.findall(content[:4_000_000]):
        gathered.add(part, name, _TAG.sub(b" ", found).decode("utf-8", errors="replace"))
    if content.startswith(b"\x89PNG"):
        for keyword, text in _png(content):
            gathered.add(part, f"{name}, {keyword}", text)
    elif content.startswith(b"\xff\xd8"):
        for segment in _jpeg(content):
            gathered.loose(part, name, segment)
    elif name.lower().endswith((".emf", ".wmf")):  # drawings, whose words are words
        gathered.loose(part, name, content)
    gathered.unread(f"what the picture “{name}” shows")


def _png(content):
    """(keyword, text) of the chunks that hold text."""
    at = 8
    while at + 8 <= len(content):
        size = int.from_bytes(content[at : at + 4], "big")
        kind, body = content[at + 4 : at + 8], content[at + 8 : at + 8 + size]
        if kind in (b"tEXt", b"iTXt"):
            keyword, _, rest = body.partition(b"\x00")
            text = rest.rpartition(b"\x00")[2] if kind == b"iTXt" else rest
            yield keyword.decode("latin-1"), text.decode("utf-8", errors="replace")
        if kind == b"IEND":
            return
        at += 12 + size


def _jpeg(content):
    """The segments of remarks: EXIF, comments, captions. XMP was read already."""
    at = 2
    while at + 4 <= len(content) and content[at] == 0xFF and content[at + 1] != 0xDA:
        size = int.from_bytes(content[at + 2 : at + 4], "big")
        body = content[at + 4 : at + 2 + size]
        if content[at + 1] in (0xE1, 0xED, 0xFE) and not body.startswith(b"http://ns.adobe"):
            yield body
        at += 2 + max(2, size)
