"""A picture: what its file says beside what it shows. What it shows is not read."""

import re
import zlib

from foundations.office.everything import exif
from foundations.office.everything.tagged import words_in

PART = "remarks inside pictures"
_XMP = [
    re.compile(
        b"|".join(
            re.escape(f"<{tag}".encode(coding))
            + b".*?"
            + re.escape(f"</{tag}".encode(coding))
            + b"[^>]{0,8}>"
            for tag in ("x:xmpmeta", "x:xapmeta", "rdf:RDF")
        ),
        re.S,
    )
    for coding in ("utf-8", "utf-16-le", "utf-16-be")
]
_FURTHEST = 4_000_000
_LARGEST_TEXT = 1_000_000


def read(gathered, content, name):
    remarks(gathered, content, name)
    gathered.unread(f"what the picture “{name}” shows")


def remarks(gathered, content, name):
    gathered.looked_at(PART)
    for pattern in _XMP:
        for found in pattern.findall(content[:_FURTHEST]):
            gathered.add(PART, name, "\n".join(words_in(found)))
    if content.startswith(b"\x89PNG"):
        _in_pieces(gathered, name, _png(content))
    elif content.startswith(b"\xff\xd8"):
        _in_pieces(gathered, name, _jpeg(content))
    elif name.lower().endswith((".emf", ".wmf")):  # drawings, whose words are words
        gathered.loose(PART, name, content)
    else:
        _in_pieces(gathered, name, _other(content))
        gathered.loose(PART, f"{name}, loose words", content, aside=True)


def _in_pieces(gathered, name, pieces):
    """Pieces are (what it is, text), or (what it is, bytes) of which only loose words can be told."""
    for what, piece in pieces:
        where = f"{name}, {what}" if what else name
        if isinstance(piece, str):
            gathered.add(PART, where, piece)
        else:
            gathered.loose(PART, where, piece)


def _png(content):
    at = 8
    while at + 8 <= len(content):
        size = int.from_bytes(content[at : at + 4], "big")
        kind, body = content[at + 4 : at + 8], content[at + 8 : at + 8 + size]
        if kind == b"eXIf":
            yield "", body
        elif kind in (b"tEXt", b"iTXt", b"zTXt"):
            keyword, _, rest = body.partition(b"\x00")
            yield keyword.decode("latin-1"), _text_of(kind, rest)
        if kind == b"IEND":
            return
        at += 12 + size


def _text_of(kind, rest):
    """Of a piece of text behind its keyword, plain or pressed together; the bytes where it is damaged."""
    is_pressed = kind == b"zTXt" or (kind == b"iTXt" and rest[:1] == b"\x01")
    if kind == b"zTXt":
        rest = rest[1:]
    elif kind == b"iTXt":
        rest = rest[2:].split(b"\x00", 2)[-1]  # behind its language and the keyword in that
    if is_pressed:
        try:
            rest = zlib.decompressobj().decompress(rest, _LARGEST_TEXT)
        except zlib.error:
            return rest
    return rest.decode("utf-8", errors="replace")


def _jpeg(content):
    """The segments of remarks: EXIF, comments, captions. XMP was read already."""
    at = 2
    while at + 4 <= len(content) and content[at] == 0xFF and content[at + 1] != 0xDA:
        size = int.from_bytes(content[at + 2 : at + 4], "big")
        body = content[at + 4 : at + 2 + size]
        if content[at + 1] in (0xE1, 0xED, 0xFE) and not body.startswith(b"http://ns.adobe"):
            yield "", body
        at += 2 + max(2, size)


def _other(content):
    """TIFF, GIF, WebP."""
    if content.startswith(exif.BEGINS):
        yield from exif.texts(content)
    elif content.startswith(b"GIF8"):
        for match in re.finditer(rb"\x21\xfe([\x01-\xff])", content):
            yield "comment", content[match.end() : match.end() + match[1][0]]
    elif content[8:12] == b"WEBP":
        at = content.find(b"EXIF", 12)
        if at > 0:
            yield from exif.texts(content[at + 8 :].removeprefix(b"Exif\x00\x00"))
