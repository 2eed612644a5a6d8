"""Numbers a document anew after something was added, moved or removed."""

import re
from dataclasses import replace

UNKNOWN = "?"  # has a number, which is still to be counted
FIRST = re.compile(r"(.*\D)1")


def renumbered(document, *, like):
    """`document` counted as `like` is. Where `like` follows no rule known here, the numbers that
    stand in it stay, and what is new keeps the one that Word counted."""
    for shares in (False, True):
        if Counting(like, shares=shares).of(like) == like:
            return Counting(like, shares=shares).of(document)
    return _each(document, lambda one: replace(one, number=one.number.replace(UNKNOWN, "")))


class Counting:
    """Sections 1, 1.1; paragraphs 1.1.1. What shows no number gets none. A section without a number may
    count by itself, as A.1 in an appendix, or go on with what is above it.

    With `shares`, a heading goes on counting where the paragraphs above it ended: 7.1 and 7.2 are
    paragraphs and 7.3 is a section.
    """

    def __init__(self, like, *, shares):
        self.shares = shares
        self.own = {}  # key of a section without a number: what stands before the count
        for section in like.sections:
            first = next((one.number for one in section.paragraphs if one.number), "")
            if found := (not section.number and FIRST.fullmatch(first)):
                self.own[section.key] = found[1]

    def of(self, document):
        self.heads = {}  # level: number of the open section
        self.used = {}  # what stands before a count: the last number given
        sections = tuple(map(self._section, document.sections))
        return replace(document, sections=sections)

    def _section(self, section):
        number = section.number and self._next(section.level)
        if number:
            before = f"{number}."
        else:
            before = self.own.get(section.key) or "".join(
                f"{self.heads[level]}." for level in sorted(self.heads)
            )
        paragraphs = tuple(self._paragraph(one, before) for one in section.paragraphs)
        return replace(section, number=number, paragraphs=paragraphs)

    def _paragraph(self, one, before):
        if not one.number or not before:
            return replace(one, number=one.number.replace(UNKNOWN, ""))
        self.used[before] = self.used.get(before, 0) + 1
        return replace(one, number=f"{before}{self.used[before]}")

    def _next(self, level):
        above = "".join(f"{self.heads.get(one, 1)}." for one in range(1, level))
        shared = self.used.get(above, 0) if self.shares else 0
        self.heads[level] = max(self.heads.get(level, 0), shared) + 1
        for deeper in [one for one in self.heads if one > level]:
            del self.heads[deeper]
        return f"{above}{self.heads[level]}"


def _each(document, change):
    return replace(
        document,
        sections=tuple(
            change(replace(section, paragraphs=tuple(map(change, section.paragraphs))))
            for section in document.sections
        ),
    )
