"""The shape of a text: headings, paragraphs and lists, from the plain lines that somebody typed.

# A heading
- a point
1. a numbered point
Anything else is a paragraph; an empty line ends it.
"""

import re
from dataclasses import dataclass

_MARK = re.compile(r"(?:(?P<heading>#)|(?P<point>[-•*])|(?P<number>\d{1,3}[.)]))\s+(?P<text>\S.*)")


@dataclass(frozen=True)
class Block:
    kind: str  # heading, paragraph, points or numbers
    lines: tuple[str, ...]

    @property
    def text(self):
        return "\n".join(self.lines)


def blocks_of(text):
    """Neighbouring points are one list, and neighbouring lines one paragraph."""
    blocks = []
    for kind, line in _lines(text):
        last = blocks[-1] if blocks else None
        if kind == "heading" or last is None or last[0] != kind:
            blocks.append((kind, [line] if line else []))
        elif line:
            last[1].append(line)
    return [Block(kind, tuple(lines)) for kind, lines in blocks if lines]


def _lines(text):
    for raw in text.splitlines():
        line = raw.strip()
        mark = _MARK.fullmatch(line)
        if not line:
            yield "gap", ""
        elif mark is None:
            yield "paragraph", line
        elif mark["heading"]:
            yield "heading", mark["text"]
        else:
            yield "points" if mark["point"] else "numbers", mark["text"]


def items_of(text):
    """The separate things a text says: its points where it has lists, else its paragraphs."""
    blocks = blocks_of(text)
    listed = [
        line for block in blocks if block.kind in ("points", "numbers") for line in block.lines
    ]
    return listed or [" ".join(block.lines) for block in blocks if block.kind == "paragraph"]
