"""How much two entries have in common, by the rarity of the words that both have."""

RARE = 0.55  # a word with at least this weight counts as rare
MOST_POSTINGS = 24  # what stands in more entries than this joins nothing
KIN = 2.4  # weight in common from which two entries are alike


# Words, as full-text search has them, that tell nothing of what happened however rare they are.
EVERYDAY = frozenset(
    [
        "also",
        "would",
        "could",
        "may",
        "might",
        "howev",
        "still",
        "later",
        "first",
        "second",
        "third",
        "last",
        "next",
        "one",
        "two",
        "three",
        "four",
        "day",
        "week",
        "month",
        "year",
        "time",
        "told",
        "tell",
        "said",
        "say",
        "state",
        "report",
        "note",
        "ask",
        "made",
        "make",
        "take",
        "taken",
        "went",
        "go",
        "come",
        "came",
        "get",
        "got",
        "given",
        "give",
        "use",
        "new",
        "old",
        "follow",
        "previous",
        "ad",
        "add",
        "explain",
        "describ",
        "date",
        "seen",
        "see",
        "saw",
        "due",
        "want",
        "need",
        "ma",
        "fa",
        "client",
        "patient",
        "person",
        "peopl",
        "individu",
        "agenc",
        "servic",
        "contact",
        "inform",
        "refer",
    ]
)


class Rarity:
    """The weight of a word: 1 for the rarest, 0 for one that stands everywhere.

    It goes down by a step each time that twice as many entries have the word, so that one entry
    more or less hardly ever changes a weight.
    """

    def __init__(self, counts, entries):
        self.counts = counts
        self.bits = max(entries, 7).bit_length()
        self._known = {}
        self._weights = [max(0.0, 1 - bits / self.bits) for bits in range(self.bits + 2)]

    def __getitem__(self, word):
        weight = self._known.get(word)
        if weight is None:
            weight = self._known[word] = self._weigh(word)
        return weight

    def _weigh(self, word):
        if word in EVERYDAY or (len(word) < 3 and word.isdigit()):
            return 0.0
        return self._weights[max(self.counts.get(word, 1), 1).bit_length() - 1]

    def in_common(self, one, other):
        """Weight of the telling words that both have; everyday words do not add up."""
        weights = [self[word] for word in one.words & other.words]
        return sum(weight for weight in weights if weight >= 0.4)

    def weight_of(self, account):
        weights = [self[word] for word in account.words]
        return sum(weight for weight in weights if weight >= 0.4)

    def rare_words(self, words):
        return sorted((w for w in words if self[w] >= RARE), key=lambda w: (-self[w], w))


def postings(accounts, rarity):
    """rare word: places of the accounts that have it."""
    found = {}
    for place, account in enumerate(accounts):
        for word in account.words:
            if rarity.counts.get(word, 1) <= MOST_POSTINGS:
                found.setdefault(word, []).append(place)
    return {word: places for word, places in found.items() if len(places) > 1}
