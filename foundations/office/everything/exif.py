"""The texts among the facts that a picture keeps of itself, as TIFF lays them down and cameras write them."""

BEGINS = (b"II*\x00", b"MM\x00*")
_TEXT = 2
_ONE_BYTE = {1, _TEXT, 7}  # kinds of fact that can be words
_INNER = {0x8769, 0x8825, 0xA005}  # facts of the camera, of the place
_WIDE = range(
    0x9C9B, 0x9CA0
)  # title, comment, author, keywords and subject, as Windows writes them
_REMARK = 0x9286
_NAMES = {
    0x010E: "description", 0x013B: "artist", 0x8298: "copyright", 0x9C9B: "title", 0x9C9C: "comment",
    0x9C9D: "author", 0x9C9E: "keywords", 0x9C9F: "subject", _REMARK: "comment", 0xA430: "owner",
}  # fmt: skip
_MOST = 2_000  # facts


def texts(content):
    """(what it is, text). `content` begins with the byte order, as bytes; broken facts are passed over."""
    if not content.startswith(BEGINS):
        return
    order = "little" if content[:2] == b"II" else "big"

    def number(at, size):
        return int.from_bytes(content[at : at + size], order)

    waiting, seen, left = [number(4, 4)], set(), _MOST
    while waiting and left > 0:
        at = waiting.pop()
        if at in seen or not 8 <= at < len(content) - 2:
            continue
        seen.add(at)
        count = min(number(at, 2), left)
        left -= count
        for entry in range(at + 2, at + 2 + 12 * count, 12):
            tag, kind, length = number(entry, 2), number(entry + 2, 2), number(entry + 4, 4)
            if tag in _INNER:
                waiting.append(number(entry + 8, 4))
            elif kind in _ONE_BYTE:
                place = entry + 8 if length <= 4 else number(entry + 8, 4)
                if text := _text(tag, kind, content[place : place + length]):
                    yield _NAMES.get(tag, f"fact {tag}"), text
        waiting.append(number(at + 2 + 12 * count, 4))


def _text(tag, kind, held):
    if tag in _WIDE:
        return held.decode("utf-16-le", errors="replace").strip("\x00 ")
    if tag == _REMARK:
        coding = "utf-16" if held.startswith(b"UNICODE") else "latin-1"
        return held[8:].decode(coding, errors="replace").strip("\x00 ")
    return held.decode("utf-8", errors="replace").strip("\x00 ") if kind == _TEXT else ""
