"""Which recommendation of a corrected file is which of the plan's. Touches no database."""

from collections import Counter, defaultdict
from dataclasses import dataclass, field

from rapidfuzz import fuzz, process

from actionplans.wording import key

SAME_NUMBER_ALIKE = 50  # of 100: under the same number and group, so much in common is enough
ALIKE = 80
HALF = 0.5


@dataclass
class Pairs:
    """(kept, brought) of what is on both sides, and what is on one side only."""

    matched: list = field(default_factory=list)
    added: list = field(default_factory=list)
    removed: list = field(default_factory=list)


def pair(kept, withdrawn, brought):
    """Match by the surest sign first. What was withdrawn comes back only word for word.

    Everything has a number, a group and a text; each row is matched once.
    """
    pairs = Pairs()
    for sign in (_number_group_text, _number_text, _text):
        kept, brought = _by_sign(kept, brought, sign, pairs)
    _, brought = _by_sign(withdrawn, brought, _number_group_text, pairs)
    kept, brought = _by_number(kept, brought, pairs)
    kept, brought = _by_likeness(kept, brought, pairs)
    pairs.added, pairs.removed = brought, kept
    return pairs


def _number_group_text(row):
    return row.number, key(row.group), key(row.text)


def _number_text(row):
    return row.number, key(row.text)


def _text(row):
    return key(row.text)


def _by_sign(kept, brought, sign, pairs):
    waiting = defaultdict(list)
    for row in kept:
        waiting[sign(row)].append(row)
    left = []
    for row in brought:
        same = waiting[sign(row)]
        if same:
            pairs.matched.append((same.pop(0), row))
        else:
            left.append(row)
    still = {id(row) for rows in waiting.values() for row in rows}
    return [row for row in kept if id(row) in still], left


def _by_number(kept, brought, pairs):
    """Under one number of one group there is one recommendation, if its words are not all new."""
    old, new = _once(kept), _once(brought)
    for place in old.keys() & new.keys():
        before, after = old[place], new[place]
        if fuzz.token_set_ratio(key(before.text), key(after.text)) >= SAME_NUMBER_ALIKE:
            pairs.matched.append((before, after))
    return _without_matched(kept, brought, pairs)


def _once(rows):
    places = defaultdict(list)
    for row in rows:
        if row.number:
            places[row.number, key(row.group)].append(row)
    return {place: found[0] for place, found in places.items() if len(found) == 1}


def _by_likeness(kept, brought, pairs):
    texts = {number: key(row.text) for number, row in enumerate(kept)}
    close = []
    for row in brought:
        found = process.extract(
            key(row.text), texts, scorer=fuzz.ratio, score_cutoff=ALIKE, limit=3
        )
        close += [(-score, number, row) for _, score, number in found]
    taken, placed = set(), set()
    for _, number, row in sorted(close, key=lambda one: one[:2]):
        if number not in taken and id(row) not in placed:
            taken.add(number)
            placed.add(id(row))
            pairs.matched.append((kept[number], row))
    return _without_matched(kept, brought, pairs)


def _without_matched(kept, brought, pairs):
    matched = {id(row) for both in pairs.matched for row in both}
    return (
        [row for row in kept if id(row) not in matched],
        [row for row in brought if id(row) not in matched],
    )


def looks_like_same_plan(kept, brought):
    """Whether one file is a corrected version of what the other left: half of it says the same."""
    old, new = (Counter(key(row.text) for row in rows) for rows in (kept, brought))
    smaller = min(old.total(), new.total())
    return bool(smaller) and (old & new).total() >= HALF * smaller
