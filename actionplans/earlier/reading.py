"""Reads findings, lessons and recommendations out of an earlier report.

    reading = read_report(lines, agencies=[...])

Nothing is taken out of the middle of a narrative: only what stands under a heading that says so, is
itself called so, or stands in a table whose first row says so. Every line of the report is accounted
for; where a guess was needed there is a doubt, and a person decides before anything is saved.
"""

import re
from dataclasses import dataclass, field

from actionplans.bodies import Names, bodies_in_sentence, body_of_heading
from actionplans.earlier.marks import (
    FINDING,
    LESSON,
    RECOMMENDATION,
    announces,
    announces_alone,
    is_mixed,
    mark_of,
    singular_of,
)
from actionplans.earlier.points import Fate, Part, Point, Reading
from actionplans.earlier.tables import TableReader
from actionplans.leads import learn_bodies, read_lead
from actionplans.vocabulary import EVERYBODY
from actionplans.wording import ends_open, starts_open

MOST_POINTS = 500
_LEADS_IN = re.compile(r"\b(the following|below|set out|listed|as follows|not repeated)\b", re.I)
_LONGEST_LEADING_IN = 40  # words
# What comes after the report itself, or is brought in by another way.
_ENDS = re.compile(
    r"(?:\d+[.)]?\s*)?(?:appendi(?:x|ces)|annex|glossary|bibliography)\b|\baction plan\b", re.I
)
_LONGEST_ENDING = 10  # words
_OBLIGES = re.compile(r"\b(should|must|ensures?|needs?|reviews?|to \w+)\b", re.I)
_PANEL = re.compile(r"\bpanel$", re.I)
_SEVERAL = "Its heading names more than one of these: check which it is."
_CONCLUDES = "It stands under “Conclusions”: check that it is a finding."
_LED_TO = "It stands above “{word}” and was taken as the finding behind it: check that it is one."
_UNNUMBERED = "It has no number: check where it begins and ends."
_BESIDE = "It has no number, although others under its heading have one."
_JOINED = "A paragraph below it was taken with it: check where it ends."


class NothingFound(Exception):
    """A readable report in which nothing announces itself. `message` says what to do."""

    def __init__(self, message):
        super().__init__(message)
        self.message = message


def read_report(lines, *, agencies=(), doubts=()):
    """The Reading of a report. Raises NothingFound."""
    reading = Reading(doubts=list(doubts))
    names = Names.of(agencies)
    _Reader(reading, names).read(lines)
    if not reading.points:
        raise NothingFound(
            "No findings, lessons or recommendations were found. They are looked for under headings such"
            " as “Key findings”, “Lessons identified”, “Conclusions” or “Recommendations”, and in tables"
            " with such a column. Check that this is the right file, and that its headings are there."
        )
    if len(reading.points) > MOST_POINTS:
        raise NothingFound(
            f"More than {MOST_POINTS} points were found, which cannot all be findings, lessons and"
            " recommendations. Copy those into a document of their own, and upload that."
        )
    return reading


@dataclass
class _Section:
    """A part of the report whose heading announces one of the three."""

    kind: str
    heading: str
    level: int
    lines: list = field(default_factory=list)  # without its own heading
    is_mixed: bool = False


class _Reader:
    def __init__(self, reading, names):
        self.reading, self.names = reading, names
        self.tables = TableReader(self)

    def read(self, lines):
        fates, section = {}, None
        self.fates = fates
        for line in lines:
            opened = self._opened(line, section)
            if opened:
                self._close(section)
                section = opened
                self.pass_over(
                    line, f"It is a heading: what stands under it is read as {_many(opened)}."
                )
            elif section and self._ends(line, section):
                self._close(section)
                section = None
                self._outside(line)
            elif section:
                section.lines.append(line)
            else:
                self._outside(line)
        self._close(section)
        self.reading.fates = [fates[line.position] for line in lines]
        self.reading.points.sort(key=lambda point: point.places[0])

    # --- Where a part begins and ends -----------------------------------------------------------

    def _opened(self, line, section):
        if line.is_row or line.is_note or line.label or _is_after(line):
            return None
        if line.heading:
            kind = announces(line.text, is_certain=line.is_certain)
        else:
            kind = announces_alone(line.text)
        if kind is None or singular_of(line.text) or mark_of(line).kind == "named":
            return None
        if section and section.kind == kind and (not line.heading or line.heading > section.level):
            return None  # "Recommendations to the police" below "Recommendations": a group of it
        level = line.heading or 3
        return _Section(kind, line.text, level, is_mixed=is_mixed(line.text))

    def _ends(self, line, section):
        """A heading of the same level or a higher one, unless it only divides the list."""
        if _is_after(line):
            return True
        if not line.heading or line.heading > section.level:
            return False
        if singular_of(line.text) or mark_of(line).kind == "named":
            return False
        is_body = section.kind == RECOMMENDATION and body_of_heading(line.text, self.names)
        return not (is_body and not line.is_certain and not line.number)

    def _outside(self, line):
        mark = mark_of(line)
        if line.is_row:
            self.tables.outside(line)
        elif mark.kind == "named" and not line.is_note and mark.names == RECOMMENDATION:
            section = _Section(RECOMMENDATION, "", 9, [line])
            self._close(section)
        elif line.heading:
            self.pass_over(line, "It is a heading.")
        else:
            self.pass_over(line, "It stands under no heading that announces any of the three.")

    # --- One part ---------------------------------------------------------------------------------

    def _close(self, section):
        if section is None:
            return
        runs, run = [], _Run(self, section, None)
        for line in section.lines:
            if self._divides(line, section):
                runs.append(run)
                run = _Run(self, section, line)
            else:
                run.lines.append(line)
        has_numbers = any(one.has_numbers for one in [*runs, run])
        has_marks = any(one.has_marks for one in [*runs, run])
        for one in [*runs, run]:
            one.read(section_has_numbers=has_numbers, section_has_marks=has_marks)

    def _divides(self, line, section):
        """A heading within the part that is no point of its own."""
        if section.kind == RECOMMENDATION and _is_for_everybody(line):
            return True
        if not line.heading or singular_of(line.text):
            return False
        mark = mark_of(line)
        return mark.kind != "named" and not (mark.kind == "simple" and not line.is_certain)

    # --- What both kinds of reader do ----------------------------------------------------------

    def pass_over(self, line, why):
        self.fates[line.position] = Fate(line.position, line.shown, why=why)

    def take(self, line, point):
        if line.position not in point.places:
            point.places.append(line.position)
        self.fates[line.position] = Fate(line.position, line.shown, point=point)

    def add(self, point):
        self.reading.points.append(point)
        return point

    def leads_of(self, text):
        """(names of bodies, as written) of a heading or a cell that says to whom it is made."""
        body = text if EVERYBODY.match(text) else body_of_heading(text, self.names)
        if not body:
            return (), ""
        learn_bodies(body, self.names)
        lead, _ = read_lead(body, self.names, kind="agency")
        return tuple(lead.agencies), lead.as_written or body

    def leads_of_cell(self, text):
        """The same of a cell whose column says that it holds the lead."""
        lead, _ = read_lead(text, self.names)
        return tuple(lead.agencies), lead.as_written


def _leads_in(text):
    """A sentence that only says that a list comes."""
    is_short = len(text.split()) <= _LONGEST_LEADING_IN
    return text.endswith(":") or (is_short and bool(_LEADS_IN.search(text)))


def _is_after(line):
    if line.is_row or line.is_note or line.label or line.text.endswith("."):
        return False
    words = line.shown
    return len(words.split()) <= _LONGEST_ENDING and bool(
        _ENDS.match(words) or (line.heading and _ENDS.search(words))
    )


def _is_for_everybody(line):
    """ "All agencies including …" above a list, where no style says that it is a heading."""
    if line.is_row or line.is_note or line.label or line.text.endswith((".", ";", ":")):
        return False
    return bool(EVERYBODY.match(line.text)) and not _OBLIGES.search(line.text)


def _many(section):
    words = {FINDING: "findings", LESSON: "lessons", RECOMMENDATION: "recommendations"}
    return words[section.kind]


class _Run:
    """The lines between two headings of a part."""

    def __init__(self, reader, section, heading):
        self.reader, self.section, self.heading = reader, section, heading
        self.lines = []
        self.current = None
        self.awaits_text = False
        self.path = {}  # depth: number of the part open there
        self.leads, self.lead_as_written = (), ""

    # --- How its list is marked -----------------------------------------------------------------

    @property
    def paragraphs(self):
        return [line for line in self.lines if not line.is_row and not line.is_note]

    @property
    def has_numbers(self):
        return any(mark_of(line).kind in ("simple", "named") for line in self.paragraphs)

    @property
    def has_marks(self):
        return any(mark_of(line).kind for line in self.paragraphs)

    def read(self, *, section_has_numbers, section_has_marks):
        if self.heading is not None:
            self._open_group()
        self.begins = self._beginnings(section_has_numbers, section_has_marks)
        last = max(
            (at for at, line in enumerate(self.lines) if id(line) in self.begins), default=-1
        )
        for at, line in enumerate(self.lines):
            if line.is_row:
                self.reader.tables.inside(line, self)
            elif line.is_note:
                self.reader.pass_over(line, "It is a footnote.")
            else:
                self._read(line, mark_of(line), is_last=at >= last)
        if self.awaits_text and self.current and not self.current.texts:
            self._drop(self.current)

    def _open_group(self):
        why = "It is a heading."
        if self.section.kind == RECOMMENDATION:
            self.leads, self.lead_as_written = self.reader.leads_of(self.heading.text)
            if not self.leads and re.search(r"\brecommend", self.heading.text, re.I):
                self._take_lead_of_sentence(self.heading)
            if self.leads:
                why = "It is a heading: the body that the recommendations under it are made to."
        self.reader.pass_over(self.heading, why)

    def _beginnings(self, section_has_numbers, section_has_marks):
        """{id of a line that begins a point: a doubt about that, or ""}, by the surest sign there is."""
        marks = [(line, mark_of(line)) for line in self.paragraphs]
        numbered = [(line, mark) for line, mark in marks if mark.kind in ("simple", "named")]
        self.base = min((m.depth for _, m in numbered if m.depth is not None), default=0)
        if numbered:
            return {id(line): "" for line, mark in numbered if (mark.depth or 0) <= self.base}
        bullets = [(line, mark) for line, mark in marks if mark.kind == "bullet"]
        self.base = min((m.depth for _, m in bullets if m.depth is not None), default=0)
        listed = {
            id(line): _BESIDE if section_has_numbers else ""
            for line, mark in bullets
            if (mark.depth or 0) <= self.base
        }
        if section_has_numbers:
            return listed
        dotted = {id(line): "" for line, m in marks if m.kind == "dotted" and not _leads_in(m.text)}
        letters = {id(line): "" for line, mark in marks if mark.kind in ("letter", "roman")}
        if dotted or listed or letters:
            return dotted or listed or letters
        if section_has_marks:
            return {}
        return {
            id(line): _UNNUMBERED
            for line, _ in marks
            if not _leads_in(line.text)
            and not starts_open(line.text)
            and not singular_of(line.text)
            and not line.heading
        }

    # --- One line ---------------------------------------------------------------------------------

    def _read(self, line, mark, *, is_last):
        if (word := singular_of(line.text)) and not line.label:
            self._open_marked(line, word)
        elif id(line) in self.begins:
            self._begin(line, mark, self.begins[id(line)])
        elif self.awaits_text:
            self._go_on(line, mark.text or line.text)
        elif self.current and self._is_part(mark):
            self._add_part(line, mark)
        elif mark.kind and mark.kind != "dotted":
            self.reader.pass_over(line, "It is an item of a list with nothing above it.")
        elif self.current and self._belongs(line, mark, is_last):
            if not self._goes_on(line):
                self.current.doubt(_JOINED)
            self._join(line)
        else:
            self._pass_over(line, mark)

    def _begin(self, line, mark, doubt):
        kind = mark.names or self.section.kind
        point = Point(
            kind=kind,
            number=mark.number,
            heading=self.section.heading,
            group=self.heading.text if self.heading is not None else "",
        )
        if kind == RECOMMENDATION:
            point.leads, point.lead_as_written = self.leads, self.lead_as_written
        if doubt:
            point.doubt(doubt)
        if self.section.is_mixed and not mark.names:
            point.doubt(_SEVERAL)
        if kind == FINDING and re.search(r"\bconclu", self.section.heading, re.I):
            point.doubt(_CONCLUDES)
        self.current, self.path = self.reader.add(point), {}
        text = mark.text if mark.kind else line.text
        self.awaits_text = not text
        if text:
            point.texts.append(text)
        self.reader.take(line, point)

    def _open_marked(self, line, word):
        """ "Lesson" stands alone above its words; what stood above it is what led to it."""
        led_to, number = None, ""
        if self.current is not None and self.current.texts:
            if self.current.is_marked:
                led_to, number = self.current.rests_on, self.current.number
            elif word != FINDING:
                led_to, number = self.current, self.current.number
                led_to.kind, led_to.leads, led_to.lead_as_written = FINDING, (), ""
                led_to.doubts = [one for one in led_to.doubts if one != _UNNUMBERED]
                led_to.doubt(_LED_TO.format(word=line.text.strip(" :.")))
        point = Point(kind=word, number=number, heading=self.section.heading, is_marked=True)
        point.group, point.rests_on = (self.heading.text if self.heading else ""), led_to
        if word == RECOMMENDATION:
            point.leads, point.lead_as_written = self.leads, self.lead_as_written
        self.current, self.path, self.awaits_text = self.reader.add(point), {}, True
        self.reader.take(line, point)

    def _go_on(self, line, text):
        self.current.texts.append(text)
        self.awaits_text = False
        self.reader.take(line, self.current)

    def _drop(self, point):
        """Nothing stood under its word: that word is no point."""
        self.reader.reading.points.remove(point)
        for position in point.places:
            fate = self.reader.fates[position]
            self.reader.fates[position] = Fate(position, fate.shown, why="Nothing stands under it.")

    # --- Parts of a point -----------------------------------------------------------------------

    def _is_part(self, mark):
        if mark.depth is not None and mark.depth > self.base:
            return True
        below = mark.kind == "dotted" and mark.number.startswith(f"{self.current.number}.")
        return mark.kind in ("letter", "roman", "bullet") or (bool(self.current.number) and below)

    def _add_part(self, line, mark):
        depth = self._depth_of(mark)
        self.path = {at: number for at, number in self.path.items() if at < depth}
        self.path[depth] = mark.number
        number = ".".join(self.path[at] for at in sorted(self.path) if self.path[at])
        self.current.parts.append(Part(number, depth, mark.text))
        self.reader.take(line, self.current)

    def _depth_of(self, mark):
        if mark.depth is not None:
            return max(1, mark.depth - self.base)
        if mark.kind == "roman" and 1 in self.path and not self._follows(mark.number):
            return 2
        return 1

    def _follows(self, letter):
        """Whether "i" is the ninth letter of a list, and not a roman one below it."""
        before = self.path.get(1) or ""
        return len(before) == len(letter) == 1 and ord(letter) == ord(before) + 1

    # --- Running text -----------------------------------------------------------------------------

    def _goes_on(self, line):
        before = self.current.parts[-1].text if self.current.parts else self.current.text
        return starts_open(line.text) or (ends_open(before) and not before.endswith(":"))

    def _belongs(self, line, mark, is_last):
        if mark.kind == "dotted":
            return False
        return self._goes_on(line) or (not is_last and not line.text.endswith(":"))

    def _join(self, line):
        if self.current.parts and self._goes_on(line):
            self.current.parts[-1].text += f" {line.text}"
        else:
            self.current.texts.append(line.text)
        self.reader.take(line, self.current)

    def _pass_over(self, line, mark):
        if self.section.kind == RECOMMENDATION and line.text.endswith(":"):
            self._take_lead_of_sentence(line)
        if mark.kind == "dotted":
            why = "It is a numbered paragraph beside the list."
        elif self.current:
            why = "It stands after the last of the list."
        else:
            why = "It stands before the first of the list."
        self.reader.pass_over(line, why)

    def _take_lead_of_sentence(self, line):
        """The panel recommends that the Safer Westshire Partnership:"""
        named = [one for one in bodies_in_sentence(line.text) if not _PANEL.search(one)]
        if len(named) == 1:
            self.leads, self.lead_as_written = self.reader.leads_of(named[0])
