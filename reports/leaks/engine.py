"""The scan: every finder over every text of a file, with the places brought back.

Built once for a register. All the texts of a file are read as one, so that the work grows with the
number of characters and not with the number of cells or paragraphs.
"""

import re
from bisect import bisect_right

from reports.leaks.finders.addresses import Addresses
from reports.leaks.finders.ages import Ages
from reports.leaks.finders.ages_then import AgesThen
from reports.leaks.finders.bodies import Bodies, Combinations
from reports.leaks.finders.dates import Dates
from reports.leaks.finders.names import Names
from reports.leaks.finders.numbers import Numbers
from reports.leaks.finders.phrases import Places, bodies_in
from reports.leaks.finders.strangers import Strangers
from reports.leaks.finders.work_and_school import WorkAndSchool
from reports.leaks.hits import Hit, without_shadows
from reports.leaks.places import Lines
from reports.leaks.text import BREAK, Text
from reports.leaks.vocabulary import lines

JOIN = f"\n{BREAK}\n"
_KEY = re.compile(
    r"(?<![0-9a-z])[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}(?![0-9a-z])", re.I
)


class Scanner:
    def __init__(self, register):
        self.names = Names(register)
        self.places = Places(register.places)
        self.public = Places(lines("public_names"))
        listed = self.names.professionals.words | self.names.pseudonyms
        known = listed | set(self.names.known)
        self.others = (
            Dates(register),
            Ages(register),
            AgesThen(register),
            Addresses(register),
            Numbers(register),
            Bodies(self.places),
            Combinations(),
            WorkAndSchool(self.places, self.public, known),
        )
        self.strangers = Strangers(known)

    def found_in(self, written):
        """(start, end, Found) in a text, places being those of the text as written."""
        text = Text(written)
        text.take_possessives(self.names.possessives)
        people = self.names.professionals.in_text(text)
        places = self.places.in_text(text)
        found = list(self.names.find(text, people | places))
        for finder in self.others:
            found.extend(finder.find(text))
        named = people | places | self.public.in_text(text) | bodies_in(text)
        found.extend(self.strangers.find(text, named))
        found = _without_keys(text, found)
        return [(*text.folded.span(one.start, one.end), one) for one in without_shadows(found)]

    def hits(self, stretches):
        """A Hit for everything found in stretches of `foundations.office.everything`."""
        return [hit for hit, _ in self.placed_hits(with_words(stretches))]

    def placed_hits(self, stretches):
        """[(Hit, number of its stretch)] of stretches `with_words`."""
        told = _Told()
        for is_aside in (False, True):
            numbers = [at for at, one in enumerate(stretches) if one.aside == is_aside]
            self._tell(told, stretches, numbers, is_aside=is_aside)
        return told.hits

    def _tell(self, told, stretches, numbers, *, is_aside):
        begins, at = [], 0
        for number in numbers:
            begins.append(at)
            at += len(stretches[number].text) + len(JOIN)
        for start, end, found in self.found_in(JOIN.join(stretches[one].text for one in numbers)):
            if is_aside and not found.person:
                continue
            place = bisect_right(begins, start) - 1
            number, begin = numbers[place], begins[place]
            stretch = stretches[number]
            end = min(end - begin, len(stretch.text))
            told.tell(number, stretch, start - begin, end, found)


def _without_keys(text, found):
    """Without what lies within a key that was drawn by lot, such as an anchor of our own files: "-cad1375d"
    is no number of an incident. A key that is in the register as a whole stays."""
    keys = [match.span() for match in _KEY.finditer(text.text)]
    starts = [start for start, _ in keys]

    def is_within(one):
        at = bisect_right(starts, one.start) - 1
        return at >= 0 and one.end <= keys[at][1] and (one.start, one.end) != keys[at]

    return [one for one in found if not is_within(one)]


def with_words(stretches):
    return [one for one in stretches if one.text.strip()]


class _Told:
    """Hits, and which of them were told already of the same place in another view of it."""

    def __init__(self):
        self.hits, self.seen, self.lines = [], set(), {}

    def tell(self, number, stretch, start, end, found):
        marked = [what for first, last, what in stretch.marks if start < last and first < end]
        key = stretch.part, stretch.location, stretch.text[start:end].casefold(), found.kind
        is_told = key in self.seen
        self.seen.add(key)
        is_news = any("deleted" in what for what in marked) or not is_told
        if stretch.told_again and not is_news:
            return
        hit = Hit(
            part=", ".join([stretch.part, *dict.fromkeys(marked)]),
            location=self._location(stretch, start),
            start=start,
            end=end,
            text=stretch.text[start:end],
            kind=found.kind,
            person=found.person,
            why=found.why,
            severity=found.severity,
        )
        self.hits.append((hit, number))

    def _location(self, stretch, start):
        if not stretch.lines:
            return stretch.location
        if id(stretch) not in self.lines:
            self.lines[id(stretch)] = Lines(stretch.text)
        return self.lines[id(stretch)].at(start)
