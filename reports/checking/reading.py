"""A document read once for every question, with the facts beside it."""

import math
import re
from collections import Counter
from functools import cached_property
from itertools import pairwise

from reports.checking.persons import People
from reports.checking.sentences import Passage
from reports.checking.twins import pairs_of

LEAST_SENTENCES = 300  # in a short document every word is rare


class Reading:
    """Everything that the questions ask of a WrittenDocument and the Facts beside it."""

    def __init__(self, document, facts):
        self.document, self.facts = document, facts
        self._orders = 0
        self.passages = [
            Passage(self, at, section, one) for at, (section, one) in enumerate(document.paragraphs)
        ]
        self._appended = _appended(document)
        self._say_what_they_stand_below()
        self.people = People("\n".join(p.text for p in self.passages), facts.people)
        self.sentences = [one for passage in self.passages for one in passage.sentences]
        for passage in self.passages:
            passage.read_in_order()

    def _say_what_they_stand_below(self):
        for before, passage in pairwise(self.passages):
            if not passage.paragraph.number and before.section is passage.section:
                passage.below = before.paragraph.number or before.below

    def next_order(self):
        self._orders += 1
        return self._orders

    @cached_property
    def narrative(self):
        """The sentences of the report itself, without its appendices, plan and glossary."""
        return [s for s in self.sentences if id(s.passage.section) not in self._appended]

    @cached_property
    def counting(self):
        """The sentences of the narrative that have a number of any kind."""
        return [s for s in self.narrative if s.has_number]

    @cached_property
    def numbers_shown(self):
        """The numbers of all sections and paragraphs, as shown, without a full stop at the end."""
        shown = {s.number.rstrip(".") for s in self.document.sections}
        shown |= {p.paragraph.number.rstrip(".") for p in self.passages}
        return shown - {""}

    @cached_property
    def many(self):
        """{stem: how many sentences have it}"""
        return Counter(word for sentence in self.sentences for word in sentence.stems)

    @cached_property
    def rarity(self):
        """{stem: how much it says}: a word of every sentence says nothing, a word of two says much."""
        all_of_them = max(len(self.sentences), LEAST_SENTENCES) + 1
        return {word: math.log(all_of_them / many) for word, many in self.many.items()}

    def weight(self, stems):
        return sum(self.rarity.get(one, 0) for one in stems)

    @cached_property
    def pairs(self):
        """The pairs of sentences that seem to tell of one thing."""
        return pairs_of(self)


_APPENDED = re.compile(
    r"^\W*(?:appendi(?:x|ces)|annex|glossary|bibliography|references|(?:combined |multi-agency )?action plan)\b"
    r"|\b(?:glossary|bibliography|abbreviations)\W*$",
    re.I,
)


def _appended(document):
    """The ids of the sections under a heading such as "Appendix A", with those below them."""
    ids, level = set(), None
    for section in document.sections:
        if level is not None and section.level <= level:
            level = None
        if level is None and _APPENDED.search(section.heading):
            level = section.level
        if level is not None:
            ids.add(id(section))
    return ids
