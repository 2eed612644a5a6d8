"""What is different between two texts, word by word, so that somebody can read it."""

import re
from collections import Counter
from dataclasses import dataclass
from difflib import SequenceMatcher

_WORDS = re.compile(r"(\w+|[^\w\s])?(\s*)")
SAME, ADDED, REMOVED = "same", "added", "removed"
# Matching takes time with the square of these; up to here it is a fraction of a second.
MOST_WORDS = 4_000  # of both texts, from the first difference to the last
MOST_PAIRS = 50_000  # of a word and the same word in the other: many where few words come often
LEAST_LEFT = 0.4  # of the words


@dataclass(frozen=True)
class Piece:
    """Some words, and whether they are in both versions or in one."""

    what: str
    text: str
    is_too_long: bool = False  # to be compared: some of its words may be in both


def pieces_of(before, after):
    """Line by line first, then word by word within a line that changed. Where that would take long, all
    from the first difference to the last is given whole, old and new, and says so."""
    old, new = before.splitlines(keepends=True), after.splitlines(keepends=True)
    head, tail = _same_ends(old, new)
    changed = old[head : len(old) - tail], new[head : len(new) - tail]
    compared = _by_words if _is_too_much(*changed) else _by_lines
    same = Piece(SAME, "".join(old[:head])), Piece(SAME, "".join(old[len(old) - tail :]))
    return tuple(_joined([same[0], *compared(*changed), same[1]]))


def _same_ends(old, new):
    """(how many are the same from the start, how many of the rest from the end)"""
    most = min(len(old), len(new))
    head = next((n for n in range(most) if old[n] != new[n]), most)
    most -= head
    return head, next((n for n in range(most) if old[-1 - n] != new[-1 - n]), most)


def _is_too_much(old, new):
    if not (old and new):
        return False
    there = Counter(new)
    pairs = sum(count * there[word] for word, count in Counter(old).items())
    return len(old) + len(new) > MOST_WORDS or pairs > MOST_PAIRS


def _by_lines(old, new):
    for what, a, b, c, d in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if what == "equal":
            yield Piece(SAME, "".join(old[a:b]))
        else:
            yield from _by_words(old[a:b], new[c:d])


def _by_words(old_lines, new_lines):
    old, new = _split("".join(old_lines)), _split("".join(new_lines))
    words = [[word for word, _ in split] for split in (old, new)]
    head, tail = _same_ends(*words)
    ends = len(old) - tail, len(new) - tail
    changed = words[0][head : ends[0]], words[1][head : ends[1]]
    if is_too_long := _is_too_much(*changed):
        steps = [("replace", 0, len(changed[0]), 0, len(changed[1]))]
    else:
        matcher = SequenceMatcher(None, *changed, autojunk=False)
        left = head + tail + sum(block.size for block in matcher.get_matching_blocks())
        # Where little is left of a sentence, marking single words is harder to read than both whole.
        if 2 * left < LEAST_LEFT * (len(old) + len(new)):
            return [Piece(REMOVED, _text(old)), Piece(ADDED, _text(new))]
        steps = matcher.get_opcodes()
    pieces = list(_unchanged(old[:head], new[:head]))
    for what, a, b, c, d in steps:
        pair = old[head + a : head + b], new[head + c : head + d]
        pieces += _unchanged(*pair) if what == "equal" else _changed(*pair, is_too_long)
    return [*pieces, *_unchanged(old[ends[0] :], new[ends[1] :])]


def _split(text):
    """[(word or mark, the blank after it)]: a blank is no word of its own, or half of the work were blanks."""
    return [found for found in _WORDS.findall(text) if any(found)]


def _text(words):
    return "".join(word + blank for word, blank in words)


def _unchanged(old, new):
    """The same words. The blanks between them may be others."""
    for (word, before), (_, after) in zip(old, new, strict=True):
        yield Piece(SAME, word)
        yield from _blanks(before, after)


def _blanks(before, after):
    if before == after:
        return [Piece(SAME, before)]
    return [Piece(REMOVED, before), Piece(ADDED, after)]


def _changed(old, new, is_too_long):
    """A blank that follows both is in both."""
    same = old[-1][1] if old and new and old[-1][1] == new[-1][1] else ""
    return [
        Piece(REMOVED, _text(old).removesuffix(same), is_too_long),
        Piece(ADDED, _text(new).removesuffix(same), is_too_long),
        Piece(SAME, same),
    ]


def _joined(pieces):
    """Neighbours of one kind as one."""
    joined = []
    for piece in pieces:
        last = joined[-1] if joined else None
        if not piece.text:
            continue
        if last and (last.what, last.is_too_long) == (piece.what, piece.is_too_long):
            joined[-1] = Piece(last.what, last.text + piece.text, last.is_too_long)
        else:
            joined.append(piece)
    return joined
