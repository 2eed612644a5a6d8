"""Paragraphs of Word that were one before a tracked change, or will be one after it."""

import re

from foundations.office.word_styles import W

_CHANGES = {"del": "deleted", "moveFrom": "deleted", "ins": "inserted", "moveTo": "inserted"}
_END = re.compile(r"(?:\S+\s+){0,3}\S*$")
_BEGINNING = re.compile(r"\s*(?:\S+\s*){0,4}")


class Joined:
    """Handed every paragraph in its turn."""

    def __init__(self):
        self._end, self._change = "", ""

    def next(self, paragraph, pieces):
        """What stands on both sides of a mark that was inserted or deleted, else "". `pieces` are
        (text, state) as the reader of stories has them."""
        found = ""
        if self._change:
            found = self._end + _BEGINNING.match(_without(self._change, pieces))[0]
        self._change = _changed_mark(paragraph)
        if self._change:
            self._end = _END.search(found or _without(self._change, pieces))[0]
        return found


def _without(change, pieces):
    return "".join(text for text, state in pieces if state.changed != change)


def _changed_mark(paragraph):
    mark = paragraph.find(f"{W}pPr/{W}rPr")
    for kind, change in _CHANGES.items() if mark is not None else ():
        if mark.find(W + kind) is not None:
            return change
    return ""
