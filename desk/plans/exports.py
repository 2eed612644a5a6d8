"""The lists of the dashboards as workbooks."""

from django.utils import timezone

from foundations.office import Sheet, write_workbook
from foundations.office.pdf import MARKING

HEADINGS = (
    "Review", "Number", "Recommendation", "Action", "Lead agencies", "Target date", "Last day",
    "Status", "Days overdue", "Date moved", "Last update", "Accepted as done",
)  # fmt: skip
WIDTHS = (16, 10, 50, 50, 30, 20, 12, 26, 12, 22, 14, 14)
CHANGES = (
    "When",
    "Review",
    "What",
    "Number",
    "Recommendation or action",
    "Agency",
    "Told",
    "Words",
)
CHANGE_WIDTHS = (18, 16, 24, 10, 50, 30, 34, 60)
PUBLISHED = (
    "Review",
    "Number",
    "Recommendation",
    "Action",
    "Lead agencies",
    "Target date",
    "Status",
)
PUBLISHED_WIDTHS = (16, 10, 50, 50, 30, 20, 26)


class Counted:
    """Counts the rows that a workbook is written of, which come one by one."""

    def __init__(self, rows):
        self._from, self.rows = rows, 0

    def __iter__(self):
        for row in self._from:
            self.rows += 1
            yield row


def fetched(rows):
    """In pieces, each with what hangs on its rows."""
    return rows.for_display().iterator(chunk_size=1_000)


def write_rows(shown, stream):
    return _write("Actions", HEADINGS, (_line(one) for one in shown), WIDTHS, stream)


def write_published(shown, stream):
    lines = (_published(one) for one in shown)
    return _write("Published actions", PUBLISHED, lines, PUBLISHED_WIDTHS, stream)


def write_changes(changes, stream):
    lines = (_change(one) for one in changes)
    return _write("What changed", CHANGES, lines, CHANGE_WIDTHS, stream)


def _write(name, headings, lines, widths, stream):
    counted = Counted(lines)
    write_workbook([Sheet(name, headings, counted, widths)], stream, marking=MARKING)
    return counted


def _line(one):
    row = one.row
    today = timezone.localdate()
    return (
        row.review.reference,
        row.number,
        row.recommendation.text,
        row.action.text if row.action else "",
        one.leads,
        one.target,
        row.due,
        one.words,
        (today - row.due).days if row.is_overdue(on=today) else None,
        one.slipped,
        _day(row.told_at),
        _day(row.done_at),
    )


def _published(one):
    return (*_line(one)[:6], one.words)


def _change(one):
    return (
        f"{timezone.localtime(one.at):%Y-%m-%d %H:%M}",
        one.review.reference,
        one.label,
        one.number,
        one.text,
        one.agency,
        one.what,
        one.words,
    )


def _day(at):
    return timezone.localtime(at).date() if at else None
