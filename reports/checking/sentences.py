"""Paragraphs and sentences as every question needs them: words, numbers, dates, and who is spoken of."""

import re
from dataclasses import dataclass
from functools import cached_property

from foundations.dates import find_dates
from reports.checking.numbers import HAS_NUMBER, numbers_in
from reports.checking.persons import KIN, pronoun_kin, sex_of_pronoun
from reports.checking.plain import plain, sentence_spans
from reports.checking.values import Place
from reports.checking.words import stems_in

_TOLD = re.compile(
    r"\b(?:said|says|told|stated|states|reported|reports|alleged|alleges|claimed|claims|denied|denies|according to"
    r"|believed|believes|described|recalled|thought|felt|suggested|disclosed|informed|noted that|asserted|maintained"
    r"|accused|account|version|impression|opinion|perceived|understood|if|whether|would have|should have|could have)\b"
    r"|\"",
    re.I,
)
NOT = re.compile(
    r"\b(?:not|never|no|nor|neither|without|nobody|none|nothing|unknown|cannot|n't|failed to|declined to|refused to"
    r"|unable to|did ?n't|was ?n't|had ?n't|were ?n't)\b",
    re.I,
)
PERHAPS = re.compile(
    r"\b(?:if|should|would|could|might|(?-i:may)|whether|unless|likely to)\b", re.I
)
_BEGINS_WITH_PRONOUN = re.compile(r"\W*(?:[A-Z][a-z]+,? )?(he|she|his|her)\b", re.I)


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

    def is_told_besides(self, start, end):
        """As `is_told`, whatever the words from start to end say: "never reported to the police"."""
        return bool(_TOLD.search(self.text, 0, start) or _TOLD.search(self.text, end))

    @property
    def is_denied(self):
        return bool(NOT.search(self.text))

    def denies(self, stems, *, within):
        """Whether what is denied is one of these, so many letters behind the "not", and no word beside it."""
        ends = [match.end() for match in NOT.finditer(self.text)]
        return any(
            stem in stems and 0 <= start - end <= within
            for end in ends
            for start, _, stem in self.words
        )

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
