"""Which item of a file is which of the document: by its bookmark, and where that was lost, by its words."""

import hashlib
from collections import Counter, defaultdict
from dataclasses import replace

from rapidfuzz import fuzz

from reports.word.text import bare

ALIKE = 88  # of 100: words that are taken for the same paragraph, edited
STRANGE = 45  # below this, a bookmark may have stayed behind with other words
LONGEST = 1_500  # letters at either end by which long texts are compared
LOST = (
    "Its mark was lost in Word. It was recognised by its words: check that it is the same {thing}."
)
ASTRAY = "Its mark stood at other words. It was recognised by its own words."
DOUBLED = "It carries the mark of another {thing}, as a copy does: it is taken as new."
FOREIGN = "It carries the mark of a {thing} that this document does not have: it is taken as new."
GONE = "It was removed here since the file was made, and changed in Word: it is taken as new."


def matched(document_items, file_items, base):
    """The items of the file, each with the uid of the one that it is, or a new one, and
    {uid: sentences about how it was recognised}. `base` has what there was when the file was made."""
    return Matching(document_items, file_items, base).run()


class Matching:
    def __init__(self, document_items, file_items, base):
        self.known = {item.uid: item for item in document_items}
        self.items = list(file_items)
        self.base = base
        self.words = {uid: words_of(item) for uid, item in self.known.items()}
        self.read = [words_of(item) for item in self.items]
        self.taken = {}  # place in the file: uid
        self.notes = defaultdict(list)  # place in the file: sentences

    def run(self):
        self._by_bookmark()
        self._astray()
        self._by_words()
        return self._named()

    def _by_bookmark(self):
        places = defaultdict(list)
        for at, item in enumerate(self.items):
            if item.uid:
                places[item.uid].append(at)
        for uid, found in places.items():
            if uid not in self.known:
                for at in found:
                    self._say(at, GONE if uid in self.base else FOREIGN)
                continue
            best = max(found, key=lambda at: (likeness(self.words[uid], self.read[at]), -at))
            self.taken[best] = uid
            for at in found:
                if at != best:
                    self._say(at, DOUBLED)

    def _astray(self):
        """Somebody typed a new paragraph before one whose bookmark then began in the new one."""
        free = self._free()
        for at, uid in list(self.taken.items()):
            if likeness(self.words[uid], self.read[at]) >= STRANGE:
                continue
            near = [other for other in free if abs(other - at) <= 3 and self._are_kin(other, uid)]
            best = max(
                near, key=lambda one: likeness(self.words[uid], self.read[one]), default=None
            )
            if best is not None and likeness(self.words[uid], self.read[best]) >= ALIKE:
                del self.taken[at]
                self.taken[best] = uid
                free = self._free()
                self._say(best, ASTRAY)

    def _by_words(self):
        left = [uid for uid in self.known if uid not in set(self.taken.values())]
        exact = defaultdict(list)
        for uid in left:
            exact[self.words[uid]].append(uid)
        for at in self._free():
            same = [uid for uid in exact[self.read[at]] if self._are_kin(at, uid)]
            if same and self.read[at]:
                self._take(at, same[0], exact)
        left = [uid for uid in left if uid not in set(self.taken.values())]
        for at in self._free():
            alike = [
                (likeness(self.words[uid], self.read[at], least=ALIKE), -n, uid)
                for n, uid in enumerate(left)
                if self._are_kin(at, uid)
            ]
            score, _, uid = max(alike, default=(0, 0, ""))
            if score >= ALIKE:
                left.remove(uid)
                self._take(at, uid, exact)

    def _take(self, at, uid, exact):
        self.taken[at] = uid
        if uid in exact[self.words[uid]]:
            exact[self.words[uid]].remove(uid)
        if self.known[uid].key:
            self._say(at, LOST)

    def _are_kin(self, at, uid):
        return self.items[at].is_heading == self.known[uid].is_heading

    def _free(self):
        return [at for at in range(len(self.items)) if at not in self.taken]

    def _say(self, at, sentence):
        thing = "heading" if self.items[at].is_heading else "paragraph"
        self.notes[at].append(sentence.format(thing=thing))

    def _named(self):
        found, notes, seen = [], {}, Counter()
        for at, item in enumerate(self.items):
            uid = self.taken.get(at, "")
            if uid:
                item = replace(item, uid=uid, key=self.known[uid].key)
            else:
                words = hashlib.sha256(self.read[at].encode()).hexdigest()[:12]
                seen[words] += 1
                item = replace(item, uid=f"+{words}.{seen[words]}", key="")
            found.append(item)
            if self.notes[at]:
                notes[item.uid] = tuple(self.notes[at])
        return found, notes


def words_of(item):
    return item.text if item.is_heading else bare(item.blocks)


def likeness(before, after, *, least=0):
    """0 to 100; 0 also for what is less than `least`. Long texts are compared by their ends, and by how
    long they are."""
    if before == after:
        return 100
    short, long = sorted(map(len, (before, after)))
    if 200 * short < least * (short + long):  # all of the shorter would not be enough
        return 0
    if long <= 2 * LONGEST:
        return fuzz.ratio(before, after, score_cutoff=least)
    ends = [f"{text[:LONGEST]}{text[-LONGEST:]}" for text in (before, after)]
    return fuzz.ratio(*ends) * short / long
