"""Finds the people of a review in what somebody wrote, under the codes the review's register gives them.

A register spells a code one way ("MA 1"); authors spell it several ("MA1", "MA-1"). A code of the same
family that the register lacks ("MA 3") is found too, so that somebody can be asked about it.
"""

import re
from collections import Counter
from typing import NamedTuple

# What reviews commonly call people. Looked for when a review has no register yet; and where its
# codes are of the first, lettered kind, a code of that kind that it lacks is a stranger.
LETTERED = ("MA", "FA", "MC", "FC")
WORDED = ("Adult", "Child", "Subject", "Person", "Victim", "Perpetrator")

REMEMBERED = 8192  # cells and findings

_NUMBERED = re.compile(r"(?P<prefix>[^\W\d_][\w .]*?)(?P<gap>[ \-]?)(?P<number>\d{1,3})")
_INITIALLED = re.compile(r"(?P<prefix>[^\W\d_]{3,}) (?P<number>[A-Z])")
_REVIEW_NAME = re.compile(r"(?i)\b(?:dhr|dardr|sar|scr|reviews?)[ \-/]?$")


class Found(NamedTuple):
    known: tuple[str, ...]
    strangers: tuple[str, ...]

    @property
    def all(self):
        return tuple(sorted(set(self.known + self.strangers)))


NOBODY = Found((), ())


class _Family:
    """The codes that share a beginning: MA 1, MA 2."""

    def __init__(self, prefix, gap, *, lettered=False):
        self.prefix, self.gap, self.lettered = prefix, gap, lettered
        self.codes = {}
        ending = r"((?-i:[A-Z]))(?![A-Za-z])" if lettered else r"0*(\d{1,3})(?!\d)"
        self.folded = len(prefix) > 3 and not prefix.isupper()
        self.sought = prefix.casefold() if self.folded else prefix
        # The literal stands first so that the expression is searched for fast; what may not stand
        # before it is asked after it.
        self.pattern = re.compile(
            rf"{re.escape(prefix)}(?<![^\W_]{re.escape(prefix)})[ \-]?{ending}",
            re.IGNORECASE if self.folded else 0,
        )
        self.loose = re.compile(
            rf"(?i)\b{re.escape(prefix)}[ \-]?" + (r"([a-z])\b" if lettered else r"0*(\d{1,3})\b")
        )
        self.lists = re.compile(
            rf"(?i){re.escape(prefix)}[ \-]?\d{{1,3}}((?:\s*(?:,|/|&|\+|and)\s*\d{{1,2}}(?![\d./]))+)"
        )

    def spell(self, number):
        return self.codes.get(number) or f"{self.prefix}{self.gap}{number}"


class Register:
    """The people whom a review knows, by code. Without any it knows the codes that reviews commonly use."""

    def __init__(self, codes=()):
        self.strangers_met = Counter()
        self.codes = tuple(codes)
        self._families = []
        self._words = []
        for code in self.codes:
            self._add(" ".join(code.split()))
        if self.codes:
            if any(family.prefix in LETTERED for family in self._families):
                self._add_common(LETTERED)
        else:
            self._add_common(LETTERED + WORDED)
        self._lone = frozenset(word for word in self._words if len(word) == 1)
        longer = sorted((word for word in self._words if len(word) > 1), key=len, reverse=True)
        self._word_pattern = (
            re.compile(rf"(?i)\b(?:{'|'.join(map(re.escape, longer))})\b") if longer else None
        )
        self._prefixes = {f.sought for f in self._families if not f.folded}
        self._folded_prefixes = {f.sought for f in self._families if f.folded}
        self._folded_words = [word.casefold() if word.isascii() else "" for word in longer]
        self._spelling = {word.casefold(): word for word in self._words}
        self._cells, self._finds = {}, {}

    def _add(self, code):
        if match := _NUMBERED.fullmatch(code):
            family = self._family(match["prefix"].rstrip(), match["gap"])
            family.codes[str(int(match["number"]))] = code
        elif match := _INITIALLED.fullmatch(code):
            family = self._family(match["prefix"], " ", lettered=True)
            family.codes[match["number"]] = code
        else:
            self._words.append(code)

    def _add_common(self, prefixes):
        for prefix in prefixes:
            self._family(prefix, " ")
            if prefix in WORDED:
                self._family(prefix, " ", lettered=True)

    def _family(self, prefix, gap, *, lettered=False):
        for family in self._families:
            if (family.prefix, family.lettered) == (prefix, lettered):
                return family
        family = _Family(prefix, gap, lettered=lettered)
        self._families.append(family)
        return family

    def find(self, text):
        """Everybody whose code stands in the text."""
        return self._find(text, *self._likely_in(text))

    def find_each(self, texts):
        """As `find`, of many texts: what stands in none of them is not looked for in each."""
        likely = self._likely_in("\n".join(text for text in texts if text.isascii()))
        return [self._find(text, *likely) if text.isascii() else self.find(text) for text in texts]

    def _likely_in(self, text):
        """The families, and the expression for words, that a text may have.

        Most texts name nobody, which is sooner seen by looking for words than for expressions.
        Beyond ASCII the expressions know more about capitals than casefold does.
        """
        if not text.isascii():
            return self._families, self._word_pattern
        folded = text.casefold()
        present = {prefix for prefix in self._prefixes if prefix in text}
        present |= {prefix for prefix in self._folded_prefixes if prefix in folded}
        families = [family for family in self._families if family.sought in present]
        has_words = any(word in folded for word in self._folded_words)
        return families, self._word_pattern if has_words else None

    def _find(self, text, families, word_pattern):
        hits, folded = [], None
        for family in families:
            if family.folded and text.isascii():
                folded = folded or text.casefold()
                stands_in_text = family.sought in folded
            else:
                stands_in_text = family.folded or family.prefix in text
            if stands_in_text and (numbers := family.pattern.findall(text)):
                hits += (family, *numbers)
        words = word_pattern.findall(text) if word_pattern else ()
        if not hits and not words:
            return NOBODY
        key = (*hits, *words)
        found = self._finds.get(key)
        if found is None:
            if len(self._finds) > REMEMBERED:
                self._finds.clear()
            found = self._finds[key] = self._who(hits, words)
        return found

    def _who(self, hits, words):
        known, strangers = {self._spelling[word.casefold()] for word in words}, set()
        family = None
        for hit in hits:
            if isinstance(hit, _Family):
                family = hit
            elif hit in family.codes:
                known.add(family.codes[hit])
            else:
                strangers.add(family.spell(hit))
        return self._found(known, strangers)

    def find_in_person_cell(self, text):
        """The same where only people are named: "ma1", "MA 1 & 2", and codes of one letter count too."""
        if text not in self._cells:
            if len(self._cells) > REMEMBERED:
                self._cells.clear()
            self._cells[text] = self._read_person_cell(text)
        return self._cells[text]

    def _read_person_cell(self, text):
        first = self.find(text)
        known, strangers = set(first.known), set(first.strangers)
        for family in self._families:
            numbers = [n for found in family.lists.findall(text) for n in re.findall(r"\d+", found)]
            if not (known or strangers):
                numbers += family.loose.findall(text)
            for number in numbers:
                spelled = family.spell(number.upper())
                (known if spelled in family.codes.values() else strangers).add(spelled)
        known.update(word for word in self._lone if re.search(rf"\b{re.escape(word)}\b", text))
        return self._found(known, strangers)

    def _found(self, known, strangers):
        if not self.codes:  # nobody can be a stranger where nobody is registered
            known, strangers = known | strangers, set()
        if not known and not strangers:
            return NOBODY
        return Found(tuple(sorted(known)), tuple(sorted(strangers)))

    def named_in(self, *titles):
        """The people whom the titles of a file or sheet name.

        A review is often called by its victim's code ("DHR MA1"): that names the review, not a person.
        """
        found = set()
        for title in titles:
            for family in self._families:
                for match in family.pattern.finditer(title):
                    if not _REVIEW_NAME.search(title[: match.start()]):
                        found.add(family.spell(match[1]))
            if self._word_pattern:
                words = self._word_pattern.findall(title)
                found.update(self._spelling[word.casefold()] for word in words)
        return found

    def subject_of(self, *titles):
        """The one person whom the titles name; nobody when they name several."""
        found = self.named_in(*titles)
        return found.pop() if len(found) == 1 else None
