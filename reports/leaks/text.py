"""One text made ready to be looked through: folded, cut into words, with what stands around each."""

import re
from bisect import bisect_left
from collections import Counter
from functools import cached_property

from reports.leaks.folding import Folded, key_of
from reports.leaks.vocabulary import context

BREAK = "\ue000"  # between stretches that are read as one text; no word and no space
_WORD = re.compile(r"[^\W\d_]+(?:'[^\W\d_]+)*")
_BEGINS = re.compile(r"[.!?:\n\t|•·\"\[\ue000]")
_LINE_ENDS = re.compile(r"[\n\ue000]")
_SENTENCE_ENDS = re.compile(r"(?<=[^A-Z.][.!?])\s|[\n\ue000]")
_EDGES = f"\n\t|;{BREAK}"
_CLOSE = re.compile(r"[ \n\t]{1,3}")
LONGEST_HEADING = 120
ORDINARY = 2  # times that a word stands in small letters before it counts as one
_REACH = 250  # characters of a sentence on either side


class Text:
    """`keys[i]` is the key of word i, which stands at `starts[i]` to `ends[i]` of `text`."""

    def __init__(self, written):
        self.folded = Folded(written)
        self.text = self.folded.text
        self.words, self.starts, self.ends = [], [], []
        for match in _WORD.finditer(self.text):
            self.words.append(match[0])
            self.starts.append(match.start())
            self.ends.append(match.end())
        self.keys = [key_of(word) for word in self.words]
        self._lines = {}

    def __len__(self):
        return len(self.words)

    def take_possessives(self, meant):
        """Reads "Griffith's" as "griffiths" where `meant`, {key: key}, says so."""
        for at, word in enumerate(self.words):
            if word.endswith(("'s", "'S")) and self.keys[at] in meant:
                self.keys[at] = meant[self.keys[at]]

    @cached_property
    def _counts(self):
        """(in small letters, with a capital): how often each key stands so."""
        small, capital = Counter(), Counter()
        for key, word in zip(self.keys, self.words, strict=True):
            (small if word[0].islower() else capital)[key] += 1
        return small, capital

    def is_ordinary(self, key):
        """Written in small letters, by this very text, more often than not."""
        small, capital = self._counts
        return small[key] >= ORDINARY and small[key] > capital[key]

    def is_ever_small(self, key):
        return self._counts[0][key] > 0

    def gap(self, at):
        """What stands between word `at` and the one before."""
        return self.text[self.ends[at - 1] if at else 0 : self.starts[at]]

    def within(self, start, end):
        """The numbers of the words that begin between two places."""
        return range(bisect_left(self.starts, start), bisect_left(self.starts, end))

    def is_close(self, at):
        """Only white space, and no empty line, stands before the word."""
        return at > 0 and bool(_CLOSE.fullmatch(self.gap(at)))

    def is_capital(self, at):
        return 0 <= at < len(self.words) and self.words[at][0].isupper()

    def may_be_name(self, at):
        """With a capital, or in a script that has none."""
        return 0 <= at < len(self.words) and not self.words[at][0].islower()

    def is_upper(self, at):
        return len(self.words[at]) > 1 and self.words[at].isupper()

    def begins_sentence(self, at):
        gap = self.gap(at)
        return at == 0 or (bool(_BEGINS.search(gap)) and not self._after_abbreviation(at, gap))

    def _after_abbreviation(self, at, gap):
        """ "Mr. Smith", "J. Smith": the point ends no sentence."""
        return gap.strip(" ") == "." and (
            len(self.words[at - 1]) == 1 or self.keys[at - 1] in _SHORT
        )

    def stands_alone(self, at):
        """The only word of its line, cell or field."""
        before, after = self.starts[at] - 1, self.ends[at]
        return (before < 0 or self.text[before] in _EDGES) and (
            after >= len(self.text) or self.text[after] in _EDGES
        )

    def is_heading(self, at):
        """In a line of which most words have a capital."""
        start = self.text.rfind("\n", 0, self.starts[at]) + 1
        start = max(start, self.text.rfind(BREAK, 0, self.starts[at]) + 1)
        if start not in self._lines:
            end = _LINE_ENDS.search(self.text, self.ends[at])
            line = self.text[start : end.start() if end else len(self.text)]
            words = [word for word in _WORD.findall(line[:LONGEST_HEADING]) if len(word) > 3]
            capitals = sum(word[0].isupper() for word in words)
            is_short = len(line) < LONGEST_HEADING and len(words) > 1
            self._lines[start] = is_short and capitals * 3 >= len(words) * 2
        return self._lines[start]

    def sentence(self, start, end):
        """The sentence around a place, or what is near it of a long one."""
        before = self.text[max(0, start - _REACH) : start]
        after = self.text[end : end + _REACH]
        cuts = [match.end() for match in _SENTENCE_ENDS.finditer(before)]
        stop = _SENTENCE_ENDS.search(after)
        return (
            before[cuts[-1] if cuts else 0 :]
            + self.text[start:end]
            + (after[: stop.start()] if stop else after)
        )


_SHORT = context("text.short")
