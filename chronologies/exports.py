"""The combined chronology as a workbook or a PDF: exactly the entries that its asker may see."""

import hashlib
import io
from dataclasses import dataclass
from itertools import groupby, islice

from django.template.loader import render_to_string
from django.utils import timezone

from chronologies.filtering import choose_entries, visible_entries
from chronologies.marking.queries import beside
from chronologies.models import Entry
from chronologies.queries import TEAM
from foundations.office import Sheet, write_workbook
from foundations.office.pdf import MARKING, Part, render_parts
from foundations.vault.downloads import PDF, XLSX
from reviews import rules
from reviews.access import access_of

PART_ROWS = 500  # of a PDF: longer parts cost more than they save
DIRECTLY = {"xlsx": 2_000, "pdf": 100}  # so few rows are written while the asker waits
TELL_EVERY = 500
HEADINGS = (
    "Date",
    "Date as written",
    "Earliest",
    "Latest",
    "Time",
    "Agency",
    "People",
    "What happened",
    "Action or outcome",
    "Comment",
    "Source of information",
    "Other columns",
    "To be checked",
    "File",
    "Place in the file",
)
WIDTHS = (18, 18, 12, 12, 10, 24, 14, 60, 40, 40, 24, 24, 24, 24, 24)
# For those who read the analysis. Comments stay where they were written: a file goes further.
MARK_HEADINGS = ("Marks", "Themes", "Terms of reference", "Event")
MARK_WIDTHS = (40, 24, 24, 10)
MARKED = "marks"  # among a file's places: it holds what only readers of the analysis may have
ABOUT = "about "  # and which agencies a mark names besides those whose entries it holds


@dataclass(frozen=True)
class Made:
    content: bytes
    name: str
    format: str
    rows: int
    places: list
    document: str = "the chronology"

    @property
    def sha256(self):
        return hashlib.sha256(self.content).hexdigest()


def make(review, user, *, format_, chosen, tell=None):
    """Written with the rights that this person has now."""
    asked = choose_entries(review, user, chosen)
    rows = _Rows(asked.entries, review, user, tell)
    content = _WRITERS[format_](review, rows)
    if asked.by_analysis:
        rows.places.add(MARKED)
    return Made(
        content=content,
        name=f"{review.reference} chronology.{format_}",
        format=format_,
        rows=rows.count,
        places=sorted(rows.places, key=str),
    )


def may_still_have(export, user):
    """Whether this person may see today all that the file holds."""
    if not export.stored_id:
        return True
    access = access_of(user)
    visible = visible_entries(export.review, user).order_by()
    now = set(visible.values_list("participation", flat=True).distinct())
    if rules.can_read_analysis(access, export.review):
        named = {one for one in export.places if str(one).startswith(ABOUT)}
        now |= {MARKED, *named} - {f"{ABOUT}{part}" for part in access.conflicts}
    return now.issuperset(export.places)


def make_whole(review, *, format_):
    """Of everybody's entries, without marks: for whoever runs this service, not for a page."""
    rows = _Rows(Entry.objects.filter(review=review).live(), review, None, None)
    content = _WRITERS[format_](review, rows)
    return Made(content, f"{review.reference} chronology.{format_}", format_, rows.count, [])


class _Rows:
    """The entries in time order, the undated last, never all in memory; counted as they pass.

    Where the asker reads the analysis, each comes with what stands `beside` it.
    """

    def __init__(self, entries, review, user, tell):
        self.entries, self.tell = entries.merged_in_time().for_display(), tell
        self.review, self.user = review, user
        self.are_marked = bool(user) and rules.can_read_analysis(access_of(user), review)
        self.total = entries.count()
        self.count, self.places, self.events = 0, set(), {}

    @property
    def title(self):
        """What one agency gave is not called combined: its author would look for others' in it."""
        agencies = self.entries.order_by().values_list("participation__agency__name", flat=True)
        match list(agencies.distinct()[:2]):
            case [str(name)]:
                return f"Chronology of {name}"
        return "Combined chronology"

    def __iter__(self):
        entries = self.entries.iterator(chunk_size=TELL_EVERY)
        while some := list(islice(entries, TELL_EVERY)):
            if self.are_marked:
                self._put_beside(some)
            for entry in some:
                self.count += 1
                self.places.add(entry.participation_id)
                if self.tell and self.count % TELL_EVERY == 0:
                    self.tell(self.count, self.total)
                yield entry

    def _put_beside(self, entries):
        said = beside(entries, self.review, self.user, comments=False)
        for entry in entries:
            entry.beside = said[entry.pk]
            if entry.beside:
                self.places.add(MARKED)
            self.places |= {
                f"{ABOUT}{mark.counterpart_id}"
                for mark in entry.beside.marks
                if mark.counterpart_id
            }
            account = entry.beside.account
            group = account.group_id if account else None
            entry.event = self.events.setdefault(group, len(self.events) + 1) if group else ""


# --- Excel --------------------------------------------------------------------------------------


def _workbook(review, rows):
    stream = io.BytesIO()
    headings, widths = HEADINGS, WIDTHS
    if rows.are_marked:
        headings, widths = headings + MARK_HEADINGS, widths + MARK_WIDTHS
    lines = (_line(entry) + (_marks(entry) if rows.are_marked else ()) for entry in rows)
    write_workbook([Sheet("Chronology", headings, lines, widths)], stream, marking=MARKING)
    return stream.getvalue()


def _marks(entry):
    return (
        "\n".join(_marked(entry)),
        "\n".join(tie.theme.name for tie in entry.beside.themes),
        "\n".join(entry.beside.named_terms),
        str(entry.event),
    )


def _marked(entry):
    for mark in entry.beside.marks:
        yield f"{mark.words}: {mark.note}" if mark.note else mark.words


def _line(entry):
    date = entry.date
    return (
        str(date),
        date.text,
        date.earliest.isoformat() if date.earliest else "",
        date.latest.isoformat() if date.latest else "",
        entry.time,
        _agency(entry),
        ", ".join(entry.persons),
        entry.text,
        entry.action,
        entry.comment,
        entry.source,
        "\n".join(f"{heading}: {text}" for heading, text in entry.other.items()),
        "\n".join(doubt["message"] for doubt in entry.open_doubts),
        entry.source_file.name if entry.is_from_file else "",
        entry.where,
    )


def _agency(entry):
    return entry.participation.agency.name if entry.participation else TEAM


# --- PDF ----------------------------------------------------------------------------------------


def _pdf(review, rows):
    made_at = timezone.localtime()
    facts = [("Entries", f"{rows.total:,}"), ("As it stood on", f"{made_at:%-d %B %Y, %H:%M}")]
    title = rows.title
    parts = _parts(review, rows, title=title, facts=facts)
    return render_parts(parts, title=f"{title}, {review.reference}")


def _parts(review, rows, *, title, facts):
    number, first = 0, True
    for some in in_parts(rows):
        blocks = list(blocks_of(some, number))
        number += len(some)
        html = render_to_string(
            "chronologies/pdf_part.html",
            {
                "title": title,
                "kind": f"Review {review.reference}",
                "reference": review.reference,
                "facts": facts,
                "continues": not first,
                "blocks": blocks,
            },
        )
        first = False
        yield Part(html, f"{blocks[0]['heading']} to {blocks[-1]['heading']}" if blocks else title)


def in_parts(rows):
    """A chronology without entries is still a document."""
    some = []
    for entry in rows:
        some.append(entry)
        if len(some) == PART_ROWS:
            yield some
            some = []
    if some or not rows.count:
        yield some


def blocks_of(entries, before):
    """Under a heading for each year, and one for what has no date."""
    numbered = enumerate(entries, start=before + 1)
    for heading, together in groupby(numbered, key=lambda pair: _year(pair[1].date)):
        together = list(together)
        yield {
            "heading": heading,
            "entries": [_block(number, entry) for number, entry in together],
            "of": [entry.pk for _, entry in together],
        }


def _year(date):
    if not date.is_bounded:
        return "Not dated"
    return str(date.earliest.year) if date.earliest else "Before or by a date"


def _block(number, entry):
    notes = [
        f"{label}: {text}"
        for label, text in (
            ("Action or outcome", entry.action),
            ("Comment", entry.comment),
            ("Recorded in", entry.source),
        )
        if text
    ]
    notes += [f"To check: {doubt['message']}" for doubt in entry.open_doubts]
    if hasattr(entry, "beside"):
        notes += [f"Marked: {words}" for words in _marked(entry)]
        tied = [tie.theme.name for tie in entry.beside.themes] + entry.beside.named_terms
        notes += [f"Tied to: {', '.join(tied)}"] if tied else []
        notes += [f"One of the accounts of event {entry.event}"] if entry.event else []
    return {
        "number": number,
        "date": str(entry.date) or "No date given",
        "time": entry.time_apart,
        "agency": _agency(entry),
        "people": ", ".join(entry.persons),
        "text": entry.text,
        "note": " ".join(map(_closed, notes)),
    }


def _closed(note):
    """Notes stand one behind the other."""
    return note if note.endswith((".", "!", "?", "…")) else f"{note}."


_WRITERS = {"xlsx": _workbook, "pdf": _pdf}
MEDIA_TYPES = {"xlsx": XLSX, "pdf": PDF}
