"""The text of a Word or PDF report by heading, with nothing left out.

    found = passages_of(content, name)
    for passage in found.passages: passage.heading, passage.text

Read in a child process that may be killed; nothing of the file is opened here.
"""

import json
from dataclasses import dataclass
from functools import cached_property

from foundations.office.naming import ending
from foundations.office.reading import Child

READ = ("docx", "pdf")
_SEPARATOR = " | "


@dataclass(frozen=True)
class Block:
    """A paragraph, a row of a table, or a footnote, in the order of reading.

    `label` is the number or bullet that Word puts there by itself, or the mark of a note. Of a row,
    `cells` are its texts and `table` and `row` its place, both from 1.
    """

    kind: str  # "paragraph", "row" or "note"
    position: int  # in the whole document, from 1; headings count too
    text: str
    label: str = ""
    depth: int | None = None  # in an automatic list, from 0
    cells: tuple = ()
    labels: tuple = ()  # of its cells, where Word counts or marks them
    table: int | None = None
    row: int | None = None

    @property
    def shown(self):
        return " ".join(filter(None, (self.label, self.text)))


@dataclass(frozen=True)
class Passage:
    """A heading and what stands under it, up to the next heading of any level."""

    level: int  # 0: what stands before the first heading
    number: str  # as it is written or as Word counts it; "" where there is none
    heading: str
    position: int
    is_certain: bool  # by its style, rather than by how it looks
    blocks: tuple

    @property
    def text(self):
        return "\n".join(block.shown for block in self.blocks)

    @property
    def title(self):
        return " ".join(filter(None, (self.number, self.heading)))


@dataclass(frozen=True)
class Passages:
    """A report. `letters` is how many letters the file has, counted apart from the reading of it,
    and `placed` how many of them stand in passages."""

    kind: str  # "docx" or "pdf"
    passages: tuple
    margins: tuple  # what stands in the headers and footers of pages
    letters: int
    placed: int
    doubts: tuple

    @property
    def is_whole(self):
        return self.letters == self.placed

    @cached_property
    def blocks(self):
        return [block for passage in self.passages for block in passage.blocks]

    def under(self, passage):
        """A passage and those below it in the outline."""
        at = self.passages.index(passage)
        found = [passage]
        for following in self.passages[at + 1 :]:
            if following.level <= passage.level:
                break
            found.append(following)
        return found


def passages_of(content, name):
    """The passages of an uploaded Word document or PDF. Raises Refused with a sentence."""
    return from_json(json.loads(Child(content, name, work="passages").answer()))


def can_be_read(name):
    return ending(name) in READ


def to_json(found):
    """For a row that keeps what was read, so that a file is read once."""
    return {
        "kind": found.kind,
        "passages": [
            {
                "level": one.level,
                "number": one.number,
                "heading": one.heading,
                "position": one.position,
                "is_certain": one.is_certain,
                "blocks": [
                    {
                        key: value
                        for key, value in vars(block).items()
                        if value not in ("", None, ())
                    }
                    for block in one.blocks
                ],
            }
            for one in found.passages
        ],
        "margins": list(found.margins),
        "letters": found.letters,
        "placed": found.placed,
        "doubts": list(found.doubts),
    }


def from_json(said):
    passages = tuple(map(passage_from, said["passages"]))
    rest = {key: said[key] for key in ("kind", "letters", "placed")}
    return Passages(
        passages=passages, margins=tuple(said["margins"]), doubts=tuple(said["doubts"]), **rest
    )


def passage_from(said):
    """One of the passages of `to_json`, for a row that keeps it alone."""
    return Passage(**{**said, "blocks": tuple(map(_block, said["blocks"]))})


def _block(said):
    cells, labels = tuple(said.get("cells", ())), tuple(said.get("labels", ()))
    text = said.get("text") or _SEPARATOR.join(filter(None, cells))
    return Block(**{**said, "text": text, "cells": cells, "labels": labels})
