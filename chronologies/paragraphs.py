"""Reads a chronology that is written as paragraphs: a date and what happened, with no table.

12.03.2011 – She attended the surgery.          a date, then the event
12 March 2011                                   a date alone: what follows is the event
On 12 March 2011 she attended the surgery.      a sentence that begins with its date
"""

import re
from dataclasses import dataclass

from chronologies.headings import DATE, TEXT
from chronologies.outcomes import LONGEST_TEXT, Doubt, NotEntry, Place, ReadEntry, Rejected
from chronologies.wording import (
    clean,
    lead_date,
    lead_day,
    lead_phrase,
    reads_as_date,
    what_clean_took,
)
from foundations.dates import PartialDate, parse

ENOUGH = 2  # dated paragraphs that make a chronology
ENOUGH_BESIDE_TABLES = 3

_NUMBER = re.compile(r"(?:\d+(?:\.\d+)+|\(?\d{1,3}[.)]|\(?[a-z][.)]|[•·▪*-])\s+")
_YEAR = re.compile(r"\b(?:19|20)\d\d\b")
_TIME = re.compile(r"\d{1,2}[:.]\d{2}(?: ?(?:hrs?|hours|[ap]m))?")
_NOTE = re.compile(
    r"(?i)(?:signed|signature|notes?:|n\.?b\.?|end of|(?:compiled|completed|prepared) by|key:|glossary|sources?:)"
)


@dataclass
class _Paragraph:
    place: Place
    raw: str
    text: str
    is_heading: bool
    written: str = ""  # the date at its beginning
    told: str = ""  # what follows the date


class ParagraphsReader:
    """Gives one outcome for every paragraph."""

    def __init__(self, part, context, *, beside_tables=False):
        self.context, self.register = context, context.register
        self.year = ""  # of the last heading that names one
        self.paragraphs = [self._paragraph(part, row) for row in part.rows]
        self.enough = ENOUGH_BESIDE_TABLES if beside_tables else ENOUGH
        self.above = self.band = None
        self.layouts, self.warnings = [], []

    def _paragraph(self, part, row):
        cell = row.cells[0]
        text = clean(cell.text)
        heading = cell.style.lower().startswith(("heading", "title", "subtitle"))
        paragraph = _Paragraph(Place(part.kind, part.name, row.number), cell.text, text, heading)
        unnumbered = _NUMBER.sub("", text, count=1)
        if lead := _tabbed(cell.text) or lead_date(text) or lead_date(unnumbered):
            paragraph.written, paragraph.told = lead
        elif phrase := lead_phrase(unnumbered):
            paragraph.written, paragraph.told = phrase, unnumbered
        elif self.year and (lead := lead_day(unnumbered)):
            paragraph.written, paragraph.told = f"{lead[0]} {self.year}", lead[1]
        if not paragraph.told and (year := _YEAR.search(text)) and len(text) <= 30:
            self.year = year[0]
        return paragraph

    def outcomes(self):
        dated = [paragraph for paragraph in self.paragraphs if paragraph.written]
        if len(dated) < self.enough or not any(self._events()):
            for paragraph in self.paragraphs:
                yield NotEntry(paragraph.place, "A paragraph outside the table or list of dates")
            return
        first = next(i for i, paragraph in enumerate(self.paragraphs) if paragraph.written)
        titles = self.paragraphs[:first]
        subject = self.register.subject_of(*(title.text for title in titles))
        for title in titles:
            yield NotEntry(title.place, "A title above the entries")
        for group in self._groups(self.paragraphs[first:]):
            yield from self._outcomes_of(group, subject)

    def _events(self):
        for this, following in zip(self.paragraphs, [*self.paragraphs[1:], None], strict=True):
            if this.written and (this.told or (following and not following.written)):
                yield this

    def _groups(self, paragraphs):
        """Each date with the paragraphs that belong to it."""
        group = []
        for paragraph in paragraphs:
            starts = paragraph.written or paragraph.is_heading or _NOTE.match(paragraph.text)
            if starts and group:
                yield group
                group = []
            group.append(paragraph)
        if group:
            yield group

    def _outcomes_of(self, group, subject):
        head, *rest = group
        if not head.written:
            yield NotEntry(head.place, "A heading or a note between the entries")
            yield from self._undated(rest, subject)
        elif head.told:
            yield from self._entry(head, [head.told, *(p.text for p in rest)], group, subject)
            yield from self._continuations(head, rest)
        elif self._is_band(head, rest):
            self.band = parse(head.written).value
            yield NotEntry(head.place, f"A heading between the entries: “{head.text}”")
            yield from self._undated(rest, subject)
        elif not rest:
            doubt = Doubt(head.place, DATE, "Nothing is written beneath this date.")
            yield NotEntry(head.place, "A date with nothing written beneath it", doubts=[doubt])
        else:
            yield NotEntry(head.place, "The date of the entry beneath it")
            texts = [paragraph.text for paragraph in rest]
            yield from self._entry(rest[0], texts, group, subject, written=head.written)
            yield from self._continuations(rest[0], rest[1:])

    @staticmethod
    def _is_band(head, rest):
        precision = parse(head.written).value.precision
        return (head.is_heading or not rest) and precision not in ("day", "minute")

    def _undated(self, paragraphs, subject):
        """Under a heading such as "2009" every paragraph is an event of that year."""
        for paragraph in paragraphs:
            if self.band is None or _NOTE.match(paragraph.text):
                yield NotEntry(paragraph.place, "A paragraph without a date")
            else:
                yield from self._entry(
                    paragraph, [paragraph.text], [paragraph], subject, written=""
                )

    def _continuations(self, head, rest):
        for paragraph in rest:
            yield NotEntry(paragraph.place, f"Goes on with the entry at {head.place}")

    def _entry(self, at, texts, group, subject, *, written=None):
        written = at.written if written is None else written
        reading = parse(written, above=self.band if not written and self.band else self.above)
        text = "\n".join(texts)
        if len(text) > LONGEST_TEXT:
            message = (
                f"{str(at.place).capitalize()} begins an entry of {len(text):,} characters; at most "
                f"{LONGEST_TEXT:,} fit. Divide it into several."
            )
            yield Rejected(at.place, TEXT, message)
            return
        self.above = reading.value
        found = self.register.find(text)
        doubts = [Doubt(at.place, DATE, message) for message in self._doubts(reading)]
        self.register.strangers_met.update(found.strangers)
        for paragraph in group:
            if taken := what_clean_took(paragraph.raw):
                doubts.append(Doubt(at.place, TEXT, f"It held {taken}, which were taken out."))
        persons = found.all or ((subject,) if subject else ())
        yield ReadEntry(
            at=at.place,
            date=reading.value,
            inherited=reading.inherited,
            time=reading.time or "",
            persons=persons,
            persons_as_written="",
            text=text,
            action="",
            comment="",
            source="",
            other={},
            doubts=doubts,
        )

    def _doubts(self, reading):
        yield from reading.doubts
        value: PartialDate = reading.value
        if value.earliest and value.earliest > self.context.as_at:
            yield f"{value} is in the future. Check the year."


def _tabbed(raw):
    """Columns made with tabs: date, perhaps a time, event."""
    first, *rest = (clean(piece) for piece in raw.split("\t"))
    if not rest or len(first) > 60 or not reads_as_date(first):
        return None
    if len(rest) > 1 and _TIME.fullmatch(rest[0]):
        first = f"{first} {rest.pop(0)}"
    return first, " ".join(filter(None, rest))
