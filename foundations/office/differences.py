"""What is different between two texts, word by word, so that somebody can read it."""

import re
from dataclasses import dataclass
from difflib import SequenceMatcher

_WORDS = re.compile(r"\s+|\w+|[^\w\s]")
SAME, ADDED, REMOVED = "same", "added", "removed"


@dataclass(frozen=True)
class Piece:
    """Some words, and whether they are in both versions or in one."""

    what: str
    text: str


def pieces_of(before, after):
    """Line by line first, then word by word within a line that changed: long texts stay quick."""
    lines = [before.splitlines(keepends=True), after.splitlines(keepends=True)]
    pieces = []
    for what, a, b, c, d in SequenceMatcher(None, *lines, autojunk=False).get_opcodes():
        old, new = "".join(lines[0][a:b]), "".join(lines[1][c:d])
        pieces += [(SAME, old)] if what == "equal" else _by_words(old, new)
    return tuple(Piece(what, text) for what, text in _joined(pieces) if text)


def _by_words(old, new):
    words = [_WORDS.findall(old), _WORDS.findall(new)]
    matcher = SequenceMatcher(None, *words, autojunk=False)
    # Where little is left of a sentence, marking single words is harder to read than both whole.
    if matcher.quick_ratio() < 0.4 or matcher.ratio() < 0.4:
        yield from ((REMOVED, old), (ADDED, new))
        return
    for what, a, b, c, d in matcher.get_opcodes():
        if what == "equal":
            yield SAME, "".join(words[0][a:b])
        else:
            yield REMOVED, "".join(words[0][a:b])
            yield ADDED, "".join(words[1][c:d])


def _joined(pieces):
    """Neighbours of one kind as one; a blank between two changes belongs to them."""
    joined = []
    for what, text in pieces:
        if not text:
            continue
        if joined and joined[-1][0] == what:
            joined[-1] = (what, joined[-1][1] + text)
        else:
            joined.append((what, text))
    return joined
