"""The combined chronology as a Paper: one table, with a banner wherever a year begins."""

from bisect import bisect_left
from dataclasses import dataclass

from django.utils import timezone

from actionplans.papers.sheets import Column, Line, Table, cell
from actionplans.papers.sheets import Document as Paper
from chronologies.filtering import visible_entries
from chronologies.models import Entry
from chronologies.queries import TEAM
from foundations.dates import PartialDate, parse

COLUMNS = (
    Column("No.", 5),
    Column("Date", 12),
    Column("Time", 6),
    Column("Agency", 13),
    Column("People", 9),
    Column("What happened", 33),
    Column("Action, comment and source", 22),
)
EMPTY = "The chronology has no entries."
UNDATED = "Not dated"
LEFT_OUT = (
    "Left out: what the agencies’ own tables say beside these columns, doubts that nobody has settled, and the "
    "files that the entries came from."
)
DATE_OF_ENTRY = "date of an entry"


@dataclass(frozen=True)
class Placed:
    """An entry with its date in the words in which it may leave. `is_coarser` than what was written."""

    entry: Entry
    date: PartialDate
    words: str
    is_coarser: bool = False


def chronology_of(review, *, by, at, say=None, counts=None):
    """The Paper of the entries that somebody may see, None for everybody's.

    With `say`, which puts a PartialDate into the words in which it may leave the review, the anonymised one: an
    entry whose date is said coarser has no time of day, stands where what is said of it would put it, and is
    counted in `counts`; what is left out is named. Names are another matter: see `withholding`.
    """
    entries = visible_entries(review, by) if by else Entry.objects.filter(review=review).live()
    placed = _placed(entries.merged_in_time().for_display().iterator(chunk_size=500), say)
    if counts is not None and (coarser := sum(one.is_coarser for one in placed)):
        counts[DATE_OF_ENTRY] += coarser
    lines = tuple(_lines(placed, is_whole=say is None))
    return Paper(
        kind="chronology",
        layout="",
        title="Combined chronology",
        above=review.partnership.name,
        as_of=timezone.localdate(at).isoformat(),
        is_draft=True,
        is_wide=True,
        facts=(
            ("As it stood on", f"{timezone.localtime(at):%-d %B %Y}"),
            ("Review", review.reference),
            ("Entries", f"{len(placed):,}"),
        ),
        notes=() if say is None else (LEFT_OUT,),
        tables=(Table("Combined chronology", COLUMNS, lines, EMPTY),),
        references=(review.reference,),
    )


def _placed(entries, say):
    """[Placed] in the order of time. Between two days that are told, a day that is not would tell itself."""
    rows = [_said(entry, say) for entry in entries]
    keys = [one.date.sort_key for one in rows if not one.is_coarser]
    ordered, n = [], 0
    for at, one in enumerate(rows):
        if one.is_coarser:
            place = bisect_left(keys, one.date.sort_key)
            ordered.append(((place, 0, at), one))
        else:
            ordered.append(((n, 1, at), one))
            n += 1
    return [one for _, one in sorted(ordered, key=lambda pair: pair[0])]


def _said(entry, say):
    written = str(entry.date)
    words = say(entry.date) if say else written
    if words == written:
        return Placed(entry, entry.date, words)
    date = parse(words).value if words else PartialDate.none()
    return Placed(entry, date, words, is_coarser=True)


def _lines(placed, *, is_whole):
    last = None
    for number, one in enumerate(placed, start=1):
        if (year := _year(one.date)) != last:
            yield Line(banner=year)
            last = year
        yield _line(number, one, is_whole=is_whole)


def _year(date):
    if not date.is_bounded:
        return UNDATED
    return str(date.earliest.year) if date.earliest else "Before or by a date"


def _line(number, placed, *, is_whole):
    entry = placed.entry
    agency = entry.participation.agency.name if entry.participation else TEAM
    beside = [
        f"{label}: {text}"
        for label, text in (
            ("Action or outcome", entry.action),
            ("Comment", entry.comment),
            ("Recorded in", entry.source),
        )
        if text
    ]
    if is_whole:
        beside += [f"{heading}: {text}" for heading, text in entry.other.items() if text]
        beside += [f"To check: {doubt['message']}" for doubt in entry.open_doubts]
    return Line(
        (
            cell(str(number)),
            cell(placed.words or "–"),
            cell("" if placed.is_coarser else entry.time_apart),
            cell(agency),
            cell(", ".join(entry.persons)),
            cell(entry.text),
            cell(*beside),
        ),
        number=str(number),
    )
