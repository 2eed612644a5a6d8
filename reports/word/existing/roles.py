"""Which numbered lines are headings, which are paragraphs, and which only count a list.

Numbers tell more than looks: what has 5.3.1 after it is a heading 5.3, and what stands beside a heading
in the same row of numbers is one too if it could be. A style counts for most, but a whole sentence in
a heading style is a paragraph.
"""

import re
from bisect import bisect_right
from collections import defaultdict

from reports.word.existing.entries import LONGEST_HEADING
from reports.word.existing.headings import is_known

HEADING, PARAGRAPH, TEXT = "heading", "paragraph", "text"
APPENDIX = re.compile(r"(appendix|appendices|annex|annexe)\b(.*)", re.I | re.S)
NAME = re.compile(
    r"\s*(?:[A-Z]|\d{1,2}|one|two|three|four|five|six)?\s*(?:$|[:.–-].*)", re.I | re.S
)
FEW = 3  # dotted numbers below which a report may count its paragraphs 1, 2, 3 throughout
LEAST_FLAT = 8
LEAST_CAPITALS = 8
TITLES = ("Title", "Subtitle")


class Roles:
    """`of[at]` is the role of each entry."""

    def __init__(self, entries):
        self.entries = entries
        self.of = [TEXT] * len(entries)
        self.doubtful = []  # places of headings that are recognised by how they look
        self.jumps = []  # places of numbers that follow nothing
        self.numbered = [at for at, one in enumerate(entries) if len(one.dots) > 1]
        self.first_appendix = next(
            (at for at, one in enumerate(entries) if is_appendix(one)), len(entries)
        )
        self.has_styles = any(one.level and one.dots for one in entries)
        self.is_styled = any(
            one.level and one.block.style not in TITLES and not is_appendix(one) for one in entries
        )
        self.is_flat = self._is_flat()
        self.by_number = self._headings_by_number()
        self._go()
        self._leave_the_title_page()

    # -- what numbers tell -------------------------------------------------------------------------

    def _headings_by_number(self):
        """Places of entries that have others below them, or that stand beside such."""
        found = {
            at
            for at, one in enumerate(self.entries)
            if one.dots and self._could_be(one) and self._has_below(at)
        }
        beside = defaultdict(set)
        for at in found:
            beside[self.entries[at].dots[:-1]].add(at)
        for at in self.numbered:
            one = self.entries[at]
            if one.dots[:-1] in beside and self._could_be(one):
                found.add(at)
        return found | self._rows_of_names()

    def _rows_of_names(self):
        """Rows of numbers, 3.1 to 3.6, that hold nothing but names with unnumbered text below each."""
        rows = defaultdict(list)
        for at in self.numbered:
            rows[self.entries[at].dots[:-1]].append(at)
        return {
            at
            for row in rows.values()
            if len(row) > 1 and all(self._is_name_above_text(one) for one in row)
            for at in row
        }

    def _is_name_above_text(self, at):
        following = self.entries[at + 1] if at + 1 < len(self.entries) else None
        return self.entries[at].is_short and following is not None and not following.dots

    def _has_below(self, at):
        """The next dotted number goes on with this one: 5.3, and then 5.3.1."""
        dots = self.entries[at].dots
        following = bisect_right(self.numbered, at)
        if following == len(self.numbered):
            return False
        below = self.entries[self.numbered[following]].dots
        return below[: len(dots)] == dots and len(below) > len(dots) and below[len(dots)] <= 1

    @staticmethod
    def _could_be(one):
        return one.is_short or (one.level and len(one.text) <= LONGEST_HEADING)

    def _is_flat(self):
        """Paragraphs counted 1, 2, 3 from the first page to the last, across headings."""
        if len(self.numbered) >= FEW:
            return False
        last, crossed, since = 0, 0, False
        for one in self.entries:
            if one.level and not one.dots:
                since = True
            elif one.dots == (last + 1,):
                last += 1
                crossed += since and last > 1
                since = False
        return last >= LEAST_FLAT and crossed > 0

    # -- the roles, one after another --------------------------------------------------------------

    def _go(self):
        self.last = ()  # the last number of a heading or paragraph
        self.top = self.listed = 0
        for at, one in enumerate(self.entries):
            if one.is_table:
                continue
            role = self._role(at, one)
            self.of[at] = role
            if role != TEXT and one.dots and at < self.first_appendix:
                self.last = one.dots
                if len(one.dots) > 1 or role == HEADING:
                    self.top = one.dots[0]
                self.listed = 0
            elif len(one.dots) == 1:
                self.listed = one.dots[0]

    def _leave_the_title_page(self):
        """What stands out before the first heading that is sure to be one."""
        sure = (
            at
            for at, one in enumerate(self.entries)
            if self.of[at] != TEXT and (one.dots or one.level or is_known(one.text))
        )
        first = next(sure, 0)
        before = [at for at in self.doubtful if at < first]
        # A paragraph 2.1.1 has two headings above it, whatever they are called.
        above = len(self.entries[first].dots) - 1 if before and self.of[first] == PARAGRAPH else 0
        for at in before[: max(0, len(before) - above)]:
            self.of[at] = TEXT
        self.doubtful = [at for at in self.doubtful if self.of[at] != TEXT]

    def _role(self, at, one):
        if is_appendix(one):
            return HEADING
        if at > self.first_appendix:
            if one.level and one.is_short:
                return HEADING
            return PARAGRAPH if one.lettered else TEXT
        if one.level:
            return self._role_by_style(at, one)
        if len(one.dots) > 1:
            return self._role_of_dotted(at, one)
        if one.dots:
            return self._role_of_single(at, one)
        return self._role_of_unnumbered(at, one)

    def _role_by_style(self, at, one):
        """Some reports set every numbered paragraph in a heading style."""
        is_sentence = one.dots and not one.is_short and not self._has_below(at)
        return PARAGRAPH if is_sentence and len(one.dots) > 1 else HEADING

    def _role_of_dotted(self, at, one):
        if not self._follows(one):
            self.jumps.append(at)
            return TEXT
        if at in self.by_number or (one.is_strong and one.is_short and not self.has_styles):
            self.doubtful.append(at)
            return HEADING
        return PARAGRAPH

    def _follows(self, one):
        """1.5 at the beginning of a line may be litres: a number goes on, or begins a later part."""
        if not self.last:
            return True
        if self.last == one.dots:
            return one.dots[0] <= self.top + 1
        begins_a_part = one.is_short and one.dots[-1] == 1
        return one.dots > self.last and (one.dots[0] - self.last[0] <= 1 or begins_a_part)

    def _role_of_single(self, at, one):
        if self.is_flat:
            return PARAGRAPH
        is_next = one.dots[0] == self.top + 1
        is_in_list = self.listed and one.dots[0] == self.listed + 1
        if is_next and (at in self.by_number or one.is_named):
            self.doubtful.append(at)
            return HEADING
        if is_next and one.is_strong and one.is_short and not is_in_list and not self.has_styles:
            self.doubtful.append(at)
            return HEADING
        return TEXT

    def _role_of_unnumbered(self, at, one):
        """A short line that stands out. Where a report has styles, that is only emphasis."""
        is_plain = not one.block.is_listed and not one.is_bullet and not one.block.box
        if is_plain and one.is_short and not self.is_styled and self._stands_out(one):
            self.doubtful.append(at)
            return HEADING
        return TEXT

    def _stands_out(self, one):
        """Capitals alone may be a code or a name, and a name of a section may be a line of a table:
        they count where no heading has a number."""
        if one.block.bold or one.block.underlined:
            return True
        is_long = sum(map(str.isalpha, one.text)) >= LEAST_CAPITALS
        return not self.by_number and (is_known(one.text) or (one.is_strong and is_long))


def is_appendix(entry):
    """ "Appendix A", "APPENDIX B: ACTION PLAN"; not a sentence about one."""
    if entry.is_table or entry.block.is_listed or len(entry.text) > LONGEST_HEADING:
        return False
    found = APPENDIX.fullmatch(entry.text)
    if not found:
        return False
    return (
        bool(entry.level) or bool(NAME.fullmatch(found[2])) or (entry.is_strong and entry.is_short)
    )
