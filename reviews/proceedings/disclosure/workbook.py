"""A frozen schedule as an Excel file: the lines that its asker may see."""

import io

from foundations.office import Sheet, write_workbook
from foundations.office.pdf import MARKING
from reviews.proceedings.disclosure.queries import handed_of, lines_of
from reviews.proceedings.disclosure.sources import source_of

_LINES = (
    "Line",
    "Kind",
    "Description",
    "File name",
    "Agencies",
    "Day",
    "SHA-256 of the stored bytes",
    "Sensitive",
    "Reason",
)
_HANDED = ("Line", "Handed over on", "To", "Under", "SHA-256 of the bytes handed over")


def workbook_of(user, schedule):
    sheets = [
        Sheet("Schedule", _LINES, _lines(user, schedule), (6, 18, 44, 34, 34, 12, 66, 14, 44)),
        Sheet("Handed over", _HANDED, _handed(user, schedule), (6, 16, 34, 34, 66)),
    ]
    stream = io.BytesIO()
    write_workbook(sheets, stream, marking=MARKING)
    return stream.getvalue()


def _lines(user, schedule):
    for line in lines_of(user, schedule):
        yield (
            line.position,
            source_of(line.source).label,
            line.description,
            line.name,
            line.agencies,
            line.on.isoformat(),
            line.sha256,
            line.in_words,
            line.reason,
        )


def _handed(user, schedule):
    for handing, rows in handed_of(user, schedule):
        for row in rows:
            yield (
                row.line.position,
                handing.on.isoformat(),
                handing.post,
                handing.request,
                row.sha256,
            )
