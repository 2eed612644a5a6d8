"""Compares a document with a file that was made from it and edited in Word."""

import hashlib
from collections import Counter

from foundations.office.differences import ADDED as NEW
from foundations.office.differences import REMOVED as GONE
from foundations.office.differences import Piece, pieces_of
from foundations.office.sequences import longest_run
from reports.word.back.changes import (
    ADDED,
    CHANGED,
    LEVEL,
    MOVED,
    NUMBERED,
    REMOVED,
    UNNUMBERED,
    Change,
    Comment,
    Compared,
)
from reports.word.back.items import FileItems
from reports.word.back.matching import matched, words_of
from reports.word.base import Then, base_in
from reports.word.items import items_of

LONGEST_MARKED = 60_000  # letters beyond which single words are not marked
LEAST_KNOWN = 0.2  # of the paragraphs, below which a file without our marks is of another document
OTHER = (
    "This file does not come from this document: nothing in it carries a mark of its paragraphs, and"
    " its words are others. Nothing is compared."
)
TRACKED = "The file has tracked changes. They were read as if all of them were accepted."
TITLE = (
    "The title page says “{title}”. A title is not taken from Word: change it here if it is meant."
)
SPLIT = "Its words stood in {number} before: that paragraph was divided in Word."
JOINED = "{number} was joined to it in Word."
SINCE = "It was changed here, too, since the file was made: this is not what Word began with."
LEAST_SPLIT = 12  # letters by which a divided paragraph is told


def compare(document, marked, base=None):
    """What was changed in Word, as `Compared`. `document` is a WrittenDocument, `marked` of
    foundations.office.marked; `base` is {uid: Then} of what the file began with, where that is on
    record, else what the file says of it itself."""
    file = FileItems(marked)
    before = items_of(document)
    empty = {item.uid for item in before if not item.text.strip()}
    raw = [item for item in file.items() if item.text or item.uid in empty]
    base = base_in(marked) if base is None else base
    raw, gone = _gone_here(raw, base, {item.uid for item in before})
    after, notes = matched(before, raw, base or {})
    file.left_out += [("removed here", item.text) for item in gone]
    doubts = _doubts(document, marked, file)
    is_ours = any(item.uid in (base or {}) for item in before)
    if not is_ours and _is_other(before, after, raw):
        said = tuple(_comments(marked, raw, {}))
        return Compared((), tuple(after), said, tuple(file.left_out), (OTHER, *doubts), True)
    changes = Comparing(before, after, notes, base).changes()
    doubts += _links_left_out(after, changes, {item.uid: item for item in before})
    return Compared(
        changes=tuple(changes),
        read=tuple(after),
        comments=tuple(_comments(marked, after, {item.uid: item for item in before})),
        left_out=tuple(file.left_out),
        doubts=tuple(doubts),
    )


def _gone_here(raw, base, known):
    """(items to compare, items that were removed here and that nobody touched in Word)"""
    left, gone = [], []
    for item in raw:
        then = (base or {}).get(item.uid)
        is_gone = then and item.uid not in known and then.said == item.fingerprint
        (gone if is_gone else left).append(item)
    return left, gone


def _is_other(before, after, raw):
    """No bookmark of the file is one of the document's, and hardly any of its words are."""
    known = {item.uid for item in before}
    if not after:
        return True
    if any(item.uid in known for item in raw):
        return False
    same = sum(item.uid in known for item in after)
    return bool(before) and same < max(1, LEAST_KNOWN * len(before))


def _doubts(document, marked, file):
    """What is to be said of the file as a whole, each sentence once."""
    if file.title and _one_line(file.title) != _one_line(document.title):
        file.doubts.append(TITLE.format(title=file.title[:200]))
    said = [one for one in marked.doubts if not one.startswith("The document has tracked changes")]
    return list(dict.fromkeys([*([TRACKED] if marked.changed else []), *said, *file.doubts]))


def _links_left_out(items, changes, known):
    """Of what nothing else was changed in: where something was, it stands beside that."""
    beside = {uid for one in changes if one.what in (ADDED, CHANGED) for uid in one.uids}
    for item in items:
        if item.uid not in beside:
            named = _named(known.get(item.uid) or item)
            yield from (f"{named}: {sentence}" for sentence in item.links)


def _comments(marked, items, known):
    places = {key: (item, words) for item in items for key, words in item.comments}
    for one in marked.comments:
        item, words = places.get(one.id, (None, ""))
        number = (known.get(item.uid) or item).number if item else ""
        yield Comment(one.by, one.text, number, item.key if item else "", words)


class Comparing:
    """`base` is what the document was when the file was made; without one, as it is now."""

    def __init__(self, before, after, notes, base):
        now = {item.uid: Then.of(item) for item in before}
        self.base = now if base is None else base
        self.since = {
            uid for uid, then in now.items() if uid in self.base and then != self.base[uid]
        }
        self.before = {item.uid: item for item in before}
        self.after = {item.uid: item for item in after}
        self.order_before, self.order = list(self.before), list(self.after)
        self.notes = notes
        self.seen = Counter()
        self.joined = {gone: uid for uid, item in self.after.items() for gone in item.joined}

    def changes(self):
        """In the order of the file; what was removed stands after what it followed."""
        found = {uid: [] for uid in self.order}
        for group in self._moved():
            found[group[0]].append(self._change(MOVED, group))
        for uid in self.order:
            found[uid] += self._changes_of(uid)
        first = []
        last = first
        for uid in self.order_before:
            if uid in self.after:
                last = found[uid]
            elif uid in self.base:
                last.append(self._change(REMOVED, [uid]))
        return [*first, *(change for uid in self.order for change in found[uid])]

    def _moved(self):
        """Groups of uids: one item, or a heading with the paragraphs that moved with it."""
        then = [uid for uid in self.base if uid in self.before]
        places = {uid: at for at, uid in enumerate(then)}
        kept = [uid for uid in self.order if uid in places]
        still = longest_run([places[uid] for uid in kept])
        groups, after = [], {}
        for uid in kept:
            if places[uid] in still:
                continue
            group = after.get(places[uid])
            is_next = group and self.order.index(uid) == self.order.index(group[-1]) + 1
            if is_next and self.before[group[0]].is_heading:
                group.append(uid)
            else:
                group = [uid]
                groups.append(group)
            after[places[uid] + 1] = group
        return groups

    def _changes_of(self, uid):
        new, old = self.after[uid], self.before.get(uid)
        if old is None:
            yield self._change(ADDED, [uid])
            return
        then = self.base.get(uid) or Then.of(old)
        is_same = new.fingerprint == old.fingerprint
        if not is_same and new.fingerprint != then.said:
            yield self._change(CHANGED, [uid])
        if new.level not in (old.level, then.level):
            yield self._change(LEVEL, [uid])
        is_numbered = bool(new.number)
        if not new.is_heading and is_numbered not in (bool(old.number), then.is_numbered):
            yield self._change(NUMBERED if is_numbered else UNNUMBERED, [uid])

    def _change(self, what, uids):
        uid = uids[0]
        old, new = self.before.get(uid), self.after.get(uid)
        item = old or new
        before, after = (one.text if one else "" for one in (old, new))
        if what in (LEVEL, MOVED):
            after = before = item.text
        follows = self._follows(uid) if what in (ADDED, MOVED) else ""
        if what == LEVEL:
            after = str(new.level)
        return Change(
            id=self._id(what, uids, before, after, follows),
            what=what,
            uids=tuple(uids),
            is_heading=item.is_heading,
            number=item.number.replace("?", ""),
            before=before,
            after=after,
            pieces=marked_pieces(before, after) if what in (CHANGED, ADDED, REMOVED) else (),
            follows=follows,
            notes=tuple(self._notes(what, uid)),
            is_meanwhile=uid in self.since and what not in (ADDED, MOVED),
        )

    def _id(self, what, uids, before, after, follows):
        said = "\0".join([what, *uids, before, after, follows])
        self.seen[said] += 1
        return hashlib.sha256(f"{said}\0{self.seen[said]}".encode()).hexdigest()[:16]

    def _follows(self, uid):
        at = self.order.index(uid)
        if not at:
            return ""
        item = self.after[self.order[at - 1]]
        item = self.before.get(item.uid, item)
        return item.number.replace("?", "") or words_of(item)[:80]

    def _notes(self, what, uid):
        yield from self.notes.get(uid, ())
        if uid in self.since and what in (CHANGED, REMOVED):
            yield SINCE
        item = self.after.get(uid)
        if what in (ADDED, CHANGED):
            yield from item.links
        if what == ADDED and (divided := self._divided(item)):
            yield SPLIT.format(number=_named(divided))
        if what == CHANGED:
            for gone in item.joined:
                if gone in self.before and gone not in self.after:
                    yield JOINED.format(number=_named(self.before[gone]))
        if what == REMOVED and uid in self.joined:
            yield f"Its words were joined to {_named(self.after[self.joined[uid]])} in Word."

    def _divided(self, item):
        """The paragraph before, where these words stood in it until now."""
        words = words_of(item)
        if item.is_heading or len(words) < LEAST_SPLIT:
            return None
        at = self.order.index(item.uid)
        near = (self.before.get(uid) for uid in self.order[max(0, at - 3) : at + 2])
        return next(
            (
                old
                for old in near
                if old and words in words_of(old) and words not in words_of(self.after[old.uid])
            ),
            None,
        )


def _named(item):
    number = item.number.replace("?", "")
    return number or f"“{words_of(item)[:40]}”"


def _one_line(text):
    return " ".join(text.split())


def marked_pieces(before, after):
    """Word by word, as far as that can be marked in no time."""
    if before and after and len(before) + len(after) <= LONGEST_MARKED:
        return pieces_of(before, after)
    return tuple(Piece(what, text) for what, text in ((GONE, before), (NEW, after)) if text)
