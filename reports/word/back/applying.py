"""Puts the accepted changes into a document, as values."""

from dataclasses import replace

from foundations.office.sequences import longest_run
from reports.word.back.changes import (
    ADDED,
    CHANGED,
    LEVEL,
    MOVED,
    NUMBERED,
    REMOVED,
    UNNUMBERED,
)
from reports.word.back.renumbering import renumbered
from reports.word.items import items_of
from reports.written import WrittenDocument, WrittenParagraph, WrittenSection


def apply(document, compared, accepted):
    """The document with the accepted changes, numbered anew.

    `accepted` are ids of changes of `compared`. Raises KeyError for an id that is none of them, so that
    nothing is taken for accepted that a later comparison no longer says.
    """
    changes = {change.id: change for change in compared.changes}
    chosen = [changes[key] for key in dict.fromkeys(accepted)]
    applying = Applying(items_of(document), compared.read)
    for change in chosen:
        applying.take(change)
    applying.place()
    return renumbered(applying.document(document.title), like=document)


class Applying:
    def __init__(self, items, read):
        self.items = {item.uid: item for item in items}
        self.read = {item.uid: item for item in read}
        self.order = list(self.items)
        self.waiting = set()  # for their place

    def take(self, change):
        for uid in change.uids:
            self._take(change.what, uid)

    def _take(self, what, uid):
        item, new = self.items.get(uid), self.read.get(uid)
        if what == REMOVED:
            self.order.remove(uid)
        elif what == ADDED:
            self.items[uid] = new
            self.waiting.add(uid)
        elif what == MOVED:
            self.order.remove(uid)
            self.waiting.add(uid)
        elif what == CHANGED:
            self.items[uid] = replace(item, text=new.text, blocks=new.blocks)
        elif what == LEVEL:
            self.items[uid] = replace(item, level=new.level)
        elif what in (NUMBERED, UNNUMBERED):
            self.items[uid] = replace(item, number="?" if what == NUMBERED else "")

    def place(self):
        """Each after the nearest before it in the file that stands where the file has it."""
        settled = self._settled()
        before = []
        for uid in self.read:
            if uid in self.waiting:
                last = next((one for one in reversed(before) if one in self.order), None)
                self.order.insert(self._after(last, uid), uid)
                settled.add(uid)
            if uid in settled:
                before.append(uid)

    def _settled(self):
        """What the file has in the same order as the document; a move not accepted is not followed."""
        places = {uid: at for at, uid in enumerate(self.order)}
        kept = [places[uid] for uid in self.read if uid in places]
        return {self.order[at] for at in longest_run(kept)}

    def _after(self, last, uid):
        if last is not None:
            return self.order.index(last) + 1
        first = self.order[0] if self.order else None
        needs_heading = not self.items[uid].is_heading and first and self.items[first].is_heading
        return 1 if needs_heading else 0

    def document(self, title):
        sections = []
        for uid in self.order:
            item = self.items[uid]
            if item.is_heading:
                sections.append([item, []])
                continue
            if not sections:
                sections.append([replace(item, text="", key="", number="", level=1), []])
            sections[-1][1].append(WrittenParagraph(item.number, item.text, item.key))
        return WrittenDocument(
            title,
            tuple(
                WrittenSection(item.number, item.text, item.level, tuple(paragraphs), item.key)
                for item, paragraphs in sections
            ),
        )
