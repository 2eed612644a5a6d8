"""A document read once for every question: its paragraphs as plain words, sentences, dates and people."""

import math
import re
from collections import Counter
from dataclasses import dataclass
from functools import cached_property

from foundations.dates import find_dates
from reports.checking.numbers import HAS_NUMBER, numbers_in
from reports.checking.persons import KIN, People, pronoun_kin, sex_of_pronoun
from reports.checking.plain import plain, sentence_spans
from reports.checking.twins import pairs_of
from reports.checking.values import Place
from reports.checking.words import stems_in

_TOLD = re.compile(
    r"\b(?:said|says|told|stated|states|reported|reports|alleged|alleges|claimed|claims|denied|denies|according to"
    r"|believed|believes|described|recalled|thought|felt|suggested|disclosed|informed|noted that|asserted|maintained"
    r"|accused|account|version|impression|opinion|perceived|understood|if|whether|would have|should have|could have)\b"
    r"|\"",
    re.I,
)
LEAST_SENTENCES = 300  # in a short document every word is rare
NOT = re.compile(
    r"\b(?:not|never|no|nor|neither|without|nobody|none|nothing|unknown|cannot|n't|failed to|declined to|refused to"
    r"|unable to|did ?n't|was ?n't|had ?n't|were ?n't)\b",
    re.I,
)
PERHAPS = re.compile(
    r"\b(?:if|should|would|could|might|(?-i:may)|whether|unless|likely to)\b", re.I
)
_BEGINS_WITH_PRONOUN = re.compile(r"\W*(?:[A-Z][a-z]+,? )?(he|she|his|her)\b", re.I)
_LAST_NUMBER = re.compile(r"^(\d+(?:\.\d+)*)")


@dataclass
class Sentence:
    """`text` is plain; `start` is its place in the paragraph."""

    passage: "Passage"
    start: int
    end: int
    order: int  # among the sentences of the document

    @cached_property
    def text(self):
        return self.passage.text[self.start : self.end]

    @cached_property
    def words(self):
        """[(start, end, stem)], places in the sentence; names of people and dates are no words."""
        hidden = [(m.start, m.end) for m in self.mentions] + [(d.start, d.end) for d in self.dates]
        return [one for one in stems_in(self.text) if not any(a <= one[0] < b for a, b in hidden)]

    @cached_property
    def stems(self):
        return frozenset(word for _, _, word in self.words)

    @cached_property
    def dates(self):
        """The FoundDates of the sentence, places in the sentence."""
        return [
            found._replace(start=found.start - self.start, end=found.end - self.start)
            for found in self.passage.dates
            if self.start <= found.start < self.end
        ]

    @cached_property
    def when(self):
        """The first date it gives, or None."""
        bounded = [d.reading.value for d in self.dates if d.reading.value.is_bounded]
        return bounded[0] if bounded else None

    @cached_property
    def nearest_date(self):
        """Its own date, else the last one said before it in its paragraph, or None."""
        sentence = self
        while sentence and not sentence.when:
            sentence = sentence.before
        return sentence and sentence.when

    @cached_property
    def numbers(self):
        """The numbers that are no part of a date or a name."""
        hidden = [(one.start, one.end) for one in (*self.dates, *self.mentions)]
        return [n for n in numbers_in(self.text) if not any(a <= n.start < b for a, b in hidden)]

    @cached_property
    def has_number(self):
        return bool(HAS_NUMBER.search(self.text))

    @cached_property
    def mentions(self):
        return self.passage.reading.people.mentions(self.text)

    @property
    def people(self):
        return frozenset(one.person for one in self.mentions)

    @cached_property
    def subject(self):
        """The person who is mostly spoken of: the first named, or who "he" is, or None."""
        begun = _BEGINS_WITH_PRONOUN.match(self.text)
        if begun and (before := self.before) and before.subject:
            kin = next((k for k in pronoun_kin(self.text) if k[0] <= begun.start(1)), None)
            sex = self.passage.reading.people.sex_of(before.subject)
            if not sex or sex == sex_of_pronoun(begun[1]):
                return f"{before.subject}'s {kin[2]}" if kin and kin[2] in KIN else before.subject
        return self.mentions[0].person if self.mentions else None

    @cached_property
    def before(self):
        """The sentence before it in the same paragraph, or None."""
        at = self.order - self.passage.sentences[0].order
        return self.passage.sentences[at - 1] if at else None

    def subject_before(self, start, end):
        """Who a verb at this place is about: "death of X" names them after it, else whoever stands before."""
        after = next((m for m in self.mentions if end <= m.start <= end + 5), None)
        if after and self.text[start:end].rstrip().endswith(" of"):
            return after.person
        before = [m for m in self.mentions if m.end <= start]
        if before and not self._has_pronoun_between(before[-1].end, start):
            return before[-1].person
        return self.subject if not before or len({m.person for m in before}) == 1 else None

    def _has_pronoun_between(self, start, end):
        return re.search(r"\b(?:he|she|they|who)\b", self.text[start:end], re.I)

    @property
    def is_hypothetical(self):
        return bool(PERHAPS.search(self.text))

    @property
    def is_told(self):
        """Somebody's account, or what might have been: it may differ from another without being wrong."""
        return bool(_TOLD.search(self.text))

    @property
    def is_denied(self):
        return bool(NOT.search(self.text))

    def place(self, start=0, end=None):
        """A Place from offsets in the sentence; all of it where none are given."""
        end = len(self.text) if end is None else end
        return self.passage.place(self.start + start, self.start + end)

    def __eq__(self, other):
        return self is other

    def __hash__(self):
        return self.order


class Passage:
    """A paragraph with its place in the document."""

    def __init__(self, reading, at, section, paragraph):
        self.reading, self.at, self.section, self.paragraph = reading, at, section, paragraph
        self.written = paragraph.text
        self.text = plain(paragraph.text)
        self.below = ""

    @cached_property
    def dates(self):
        return find_dates(self.text, limits=False)

    @cached_property
    def sentences(self):
        return [
            Sentence(self, a, b, self.reading.next_order()) for a, b in sentence_spans(self.text)
        ]

    def read_in_order(self):
        """Who each sentence is about hangs on the one before it: from the first on, nothing goes deep."""
        for sentence in self.sentences:
            _ = sentence.subject

    def place(self, start, end):
        section = self.section.number or self.section.heading
        written = self.written[start:end]
        return Place(
            self.at,
            start,
            end,
            written,
            self.paragraph.number,
            section,
            self.paragraph.key,
            self.below,
        )


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
        self.people = People.of("\n".join(p.text for p in self.passages), facts.people)
        self.sentences = [one for passage in self.passages for one in passage.sentences]
        for passage in self.passages:
            passage.read_in_order()

    def _say_what_they_stand_below(self):
        for before, passage in zip(self.passages, self.passages[1:], strict=False):
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

    def list_after(self, sentence):
        """The items of the list that a sentence leads to, as (passage, start, end); [] where there is none.

        Either the lines of its own paragraph below it, or the unnumbered paragraphs that follow and begin
        with a mark; a table gives its rows without the first.
        """
        own = _items_in(sentence.passage, sentence.end)
        if own:
            return own
        if sentence.passage.text[sentence.end :].strip():
            return []
        items = []
        for passage in self.passages[sentence.passage.at + 1 :]:
            if passage.section is not sentence.passage.section:
                break
            here = _items_in(passage, 0)
            if not here or (passage.paragraph.number and not _is_child(passage, sentence.passage)):
                break
            items.extend(here)
        return items


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


_ITEM = re.compile(
    r"(?:^|\n)([ \t]*)(?:[-*+•·▪◦‣]|\(?(?:\d{1,2}|[a-zA-Z]|[ivx]{1,5})[.)])[ \t]+(\S[^\n]*)"
)
_ROW = re.compile(r"^[ \t]*\|(.+)\|[ \t]*$", re.MULTILINE)


def _items_in(passage, start):
    text = passage.written
    rest = text[start:].lstrip()
    begins = len(text) - len(rest)
    if rest.startswith("|"):
        rows = [m for m in _ROW.finditer(text, begins) if not re.fullmatch(r"[\s|:-]+", m[1])]
        return [(passage, m.start(1), m.end(1)) for m in rows[1:]]
    first = _ITEM.match(text, max(0, begins - 1) if begins and text[begins - 1] == "\n" else begins)
    if not first:
        return []
    return [
        (passage, m.start(2), m.end(2))
        for m in _ITEM.finditer(text, first.start())
        if len(m[1]) <= len(first[1])  # not the lists within its items
    ]


def _is_child(passage, parent):
    return passage.paragraph.number.startswith(f"{parent.paragraph.number.rstrip('.')}.")
