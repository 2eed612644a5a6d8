"""Recommendations made twice in one plan."""

from rapidfuzz import fuzz, process

from actionplans.wording import key

NEARLY = 92
SHORTEST = 30  # characters: below this, likeness says little


def find_duplicates(recommendations):
    """(exact, near): pairs of ids, the earlier first, each repeat beside its first occurrence."""
    texts = [key(one.text) for one in recommendations]
    firsts, exact = {}, []
    for one, text in zip(recommendations, texts, strict=True):
        if not text:
            continue
        if text in firsts:
            exact.append((firsts[text], one.id))
        else:
            firsts[text] = one.id
    return exact, _near(recommendations, texts, set(firsts.values()))


def _near(recommendations, texts, firsts):
    """Of what differs, what differs by little. Repeats of one text are compared once."""
    rows = [
        (one.id, text)
        for one, text in zip(recommendations, texts, strict=True)
        if one.id in firsts and len(text) >= SHORTEST
    ]
    pairs = []
    for position, (identifier, text) in enumerate(rows):
        above = [other for _, other in rows[:position]]
        close = process.extract(text, above, scorer=fuzz.ratio, score_cutoff=NEARLY, limit=None)
        pairs += [
            (rows[index][0], identifier) for _, _, index in sorted(close, key=lambda one: one[2])
        ]
    return pairs
