"""The list of mismatches as a workbook: what its asker may read of each, and nothing else."""

import io

from django.utils import timezone

from chronologies.mismatches.history import judgements_of
from chronologies.mismatches.models import Verdict
from chronologies.mismatches.queries import lines_of
from chronologies.models import Entry
from chronologies.queries import TEAM
from foundations.office import Sheet, write_workbook
from foundations.office.pdf import MARKING

HEADINGS = (
    "Kind",
    "Also",
    "Confidence",
    "State",
    "Date",
    "Date as written",
    "Earliest",
    "Latest",
    "Agencies",
    "No matching entry supplied by",
    "What does not fit",
    "Entries",
)
JUDGED = ("Judged", "Why", "By", "On")
WIDTHS = (28, 20, 12, 18, 18, 18, 12, 12, 30, 24, 60, 80, 20, 40, 24, 14)
SOME = 500  # rows that are looked up at a time


def workbook(mismatches, user, *, leads):
    """(content, how many rows). `mismatches` come with their state, in order."""
    rows = list(_rows(mismatches, user, leads))
    headings = HEADINGS + (JUDGED if leads else ())
    stream = io.BytesIO()
    write_workbook([Sheet("Mismatches", headings, rows, WIDTHS)], stream, marking=MARKING)
    return stream.getvalue(), len(rows)


def _rows(mismatches, user, leads):
    ids = list(mismatches.values_list("pk", flat=True))
    for start in range(0, len(ids), SOME):
        some = mismatches.filter(pk__in=ids[start : start + SOME]).for_display()
        lines = lines_of(some, user, leads=leads)
        entries = _entries(lines, user)
        judged = _judged(lines, user) if leads else {}
        for line in lines:
            cells = _line(line, entries)
            yield (*cells, *_judgement(judged.get(line.mismatch.pk))) if leads else cells


def _line(line, entries):
    one = line.mismatch
    missing = one.missing_from
    return (
        line.kind,
        "; ".join(line.also),
        one.get_confidence_display(),
        line.tag[0],
        str(line.date),
        line.date_as_written,
        one.date.earliest.isoformat() if one.date.earliest else "",
        one.date.latest.isoformat() if one.date.latest else "",
        "; ".join(line.agencies),
        missing.agency.name if missing else "",
        line.sentence,
        "\n".join(
            entries.get(link.entry_id, "An entry that is not shared with you")
            for link in one.entry_links.all()
        ),
    )


def _entries(lines, user):
    ids = {link.entry_id for line in lines for link in line.mismatch.entry_links.all()}
    rows = Entry.objects.visible_to(user).filter(pk__in=ids).for_display()
    return {entry.pk: _entry(entry) for entry in rows}


def _entry(entry):
    whose = entry.participation.agency.name if entry.participation else TEAM
    place = f" [{entry.source_file.name}, {entry.where}]" if entry.is_from_file else ""
    said = "; ".join(filter(None, (entry.text, entry.action)))
    return f"{whose}, {entry.date or 'no date given'}: {said}{place}"


def _judged(lines, user):
    """The last judgement of each that was judged."""
    rows = judgements_of([line.mismatch.pk for line in lines], user)
    return {row.mismatch_id: row for row in reversed(rows)}


def _judgement(row):
    if row is None or row.verdict == Verdict.REOPENED:
        return ("", "", "", "")
    on = timezone.localdate(row.at)
    return row.get_verdict_display(), row.reason, str(row.by or "The system"), on
