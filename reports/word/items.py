"""A document as a row of headings and paragraphs that can be compared with another."""

import hashlib
from dataclasses import dataclass, field
from functools import cached_property

from reports.word.lines import carried
from reports.word.markdown import blocks_of, markdown_of


@dataclass(frozen=True)
class Item:
    """A heading or a paragraph, in the order of reading. `uid` is what it is known by in a comparison.

    `text` is Markdown; of a heading, its words. `level` is that of a heading, or 0.
    """

    uid: str
    text: str
    key: str = ""
    number: str = ""
    level: int = 0
    blocks: tuple = field(default=(), compare=False, repr=False)
    comments: tuple = field(default=(), compare=False, repr=False)  # (id, the words it is about)
    joined: tuple = field(default=(), compare=False, repr=False)  # uids of what was joined to it
    links: tuple = field(default=(), compare=False, repr=False)  # sentences of links left out

    @property
    def is_heading(self):
        return self.level > 0

    @cached_property
    def fingerprint(self):
        """Tells whether two items say the same, without saying what."""
        said = " ".join(self.text.split()) if self.is_heading else markdown_of(self.blocks)
        return hashlib.sha256(said.encode(errors="replace")).hexdigest()[:24]


def items_of(document):
    """Of a WrittenDocument. What has no key yet is known by its place."""
    found = []
    for section in document.sections:
        uid = f"s:{section.key}" if section.key else f"#{len(found)}"
        found.append(Item(uid, section.heading, section.key, section.number, max(1, section.level)))
        for one in section.paragraphs:
            uid = f"p:{one.key}" if one.key else f"#{len(found)}"
            blocks = carried(blocks_of(one.text))
            found.append(Item(uid, one.text, one.key, one.number, blocks=blocks))
    return found
