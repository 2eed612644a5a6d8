"""Two versions of a report, heading by heading: what was added, removed, changed or moved.

Passages are told by their heading and not by their number, which changes when another is put in. A
heading that was worded anew is known by its words, or by the text under it.
"""

from collections import defaultdict
from dataclasses import dataclass
from difflib import SequenceMatcher

from rapidfuzz import fuzz

from foundations.office.differences import ADDED, REMOVED, SAME, Piece, pieces_of
from foundations.office.sequences import longest_run

CHANGED, MOVED = "changed", "moved"
ALIKE = 75  # of 100: two headings, or two texts, that are taken for one
LOOKED_AHEAD = 30  # paragraphs among which the earlier form of one is looked for
PAIRED = 60  # two paragraphs between which single words are worth marking
LONGEST_COMPARED = 2_000  # letters of a text by which a passage is known again


@dataclass(frozen=True)
class ParagraphChange:
    what: str  # same, added, removed or changed
    label: str  # its number or mark in the later version, or in the earlier if it was removed
    pieces: tuple


@dataclass(frozen=True)
class PassageChange:
    """One passage between two versions. A passage that moved may have changed, too."""

    what: str  # same, added, removed, changed or moved
    title: str
    level: int
    heading_pieces: tuple  # empty where the heading is the same
    paragraphs: tuple
    position: int | None  # in the later version
    number: str = ""  # as the title has it

    @property
    def changes(self):
        return [one for one in self.paragraphs if one.what != SAME]


def difference_of(before, after):
    """Every passage of two `Passages`, in the order of the later; one that was removed stands after
    the one that it followed."""
    earlier = _pairs(before.passages, after.passages)  # of the later: its place in the earlier
    still = longest_run([earlier[at] for at in sorted(earlier)])
    kept = set(earlier.values())
    removed = defaultdict(list)  # after which of the earlier
    last = -1
    for at, passage in enumerate(before.passages):
        if at in kept:
            last = at
        else:
            removed[last].append(_one_sided(REMOVED, passage))
    found = removed.pop(-1, [])
    for at, passage in enumerate(after.passages):
        if at not in earlier:
            found.append(_one_sided(ADDED, passage))
            continue
        old = earlier[at]
        found.append(_change(before.passages[old], passage, is_moved=old not in still))
        found += removed.pop(old, [])
    return found


def _pairs(before, after):
    """{place in the later: place in the earlier}: by heading, then by what is most alike."""
    places = defaultdict(list)
    for at, passage in enumerate(before):
        places[_key(passage)].append(at)
    pairs = {}
    for at, passage in enumerate(after):
        if found := places[_key(passage)]:
            pairs[at] = found.pop(0)
    left = [at for at in range(len(before)) if at not in set(pairs.values())]
    for at, passage in enumerate(after):
        if at in pairs or not left:
            continue
        score, best = max((_likeness(before[old], passage), -old) for old in left)
        if score >= ALIKE:
            pairs[at] = -best
            left.remove(-best)
    return pairs


def _key(passage):
    return " ".join(passage.heading.casefold().split())


def _likeness(old, new):
    texts = [passage.text[:LONGEST_COMPARED] for passage in (old, new)]
    by_text = fuzz.ratio(*texts) if all(texts) else 0
    return max(fuzz.ratio(_key(old), _key(new)), by_text)


def _one_sided(what, passage):
    is_added = what == ADDED
    return PassageChange(
        what=what,
        title=passage.title,
        level=passage.level,
        heading_pieces=(Piece(what, passage.heading),) if passage.heading else (),
        paragraphs=tuple(_whole(what, block) for block in passage.blocks),
        position=passage.position if is_added else None,
        number=passage.number,
    )


def _change(old, new, *, is_moved):
    paragraphs = tuple(_paragraphs(old.blocks, new.blocks))
    is_reworded = _key(old) != _key(new)
    is_changed = is_reworded or any(one.what != SAME for one in paragraphs)
    return PassageChange(
        what=MOVED if is_moved else CHANGED if is_changed else SAME,
        title=new.title,
        level=new.level,
        heading_pieces=pieces_of(old.heading, new.heading) if is_reworded else (),
        paragraphs=paragraphs,
        position=new.position,
        number=new.number,
    )


def _paragraphs(old, new):
    texts = [[" ".join(block.text.split()) for block in blocks] for blocks in (old, new)]
    for what, a, b, c, d in SequenceMatcher(None, *texts, autojunk=False).get_opcodes():
        if what == "equal":
            yield from (_whole(SAME, block) for block in new[c:d])
        else:
            yield from _reworded(old[a:b], new[c:d])


def _reworded(old, new):
    """Each of the later with the first of the earlier that is like it, and the rest as they are."""
    at = 0
    for block in new:
        near = range(at, min(len(old), at + LOOKED_AHEAD))
        alike = (n for n in near if fuzz.ratio(old[n].text, block.text) >= PAIRED)
        found = next(alike, None)
        if found is None:
            yield _whole(ADDED, block)
            continue
        yield from (_whole(REMOVED, one) for one in old[at:found])
        yield ParagraphChange(CHANGED, block.label, pieces_of(old[found].text, block.text))
        at = found + 1
    yield from (_whole(REMOVED, one) for one in old[at:])


def _whole(what, block):
    return ParagraphChange(what, block.label, (Piece(what, block.text),))
