"""The spreadsheet of a request: one line for each row, to be filled in and brought back.

Two hidden columns say which row a line is, and what had been reported when it was written: people
sort, renumber and shorten what they see.
"""

import io

from actionplans.progress.forms import seen_of
from actionplans.progress.models import Answer
from foundations.office import Sheet, write_workbook
from foundations.office.pdf import MARKING

ID, SEEN = "Line", "As of"
REVIEW, NUMBER, WHAT, TARGET, LAST = "Review", "Number", "What", "Target", "Last said"
ANSWER, WORDS, EVIDENCE = "Answer", "What happened", "Where it can be seen"
WHY_NONE = "Why there is nothing to show"
NEW_DATE, WHY_MOVED = "New date", "Why moved"
HEADINGS = (
    *(ID, SEEN, REVIEW, NUMBER, WHAT, TARGET, LAST),
    *(ANSWER, WORDS, EVIDENCE, WHY_NONE, NEW_DATE, WHY_MOVED),
)
WIDTHS = (4, 4, 16, 9, 60, 18, 50, 18, 50, 40, 40, 18, 40)
HIDDEN = (0, 1)
_HOW = (
    ("Answer", "One of: " + ", ".join(label for _, label in Answer.choices) + "."),
    ("What happened", "A sentence or two. It may stay blank for “No change”."),
    ("Where it can be seen", "Needed for “Done”. Files are added on the page of the request."),
    (WHY_NONE, "Only for “Done” of which nothing can be seen anywhere."),
    ("New date", "Only if the date moves: for example 31 March 2027, March 2027 or autumn 2027."),
    ("Why moved", "Needed where there was a date before."),
    (
        "Lines",
        "Leave a line blank to say nothing of it now. Do not name anybody whom a review is "
        "about. Bring the file back on the page of the request: you see what was understood before "
        "anything is saved.",
    ),
)


def id_of(request, row):
    return f"R{request.pk}-{row.pk}"


def make(request, asked):
    stream = io.BytesIO()
    lines = [_line(request, one) for one in asked]
    sheets = [
        Sheet("Updates", HEADINGS, lines, WIDTHS, hidden=HIDDEN),
        Sheet("How to fill this in", ("Column", "What to write"), _HOW, (22, 90)),
    ]
    write_workbook(sheets, stream, marking=MARKING)
    return stream.getvalue()


def _line(request, one):
    row, last = one.row, one.last
    said = ""
    if last:
        said = ": ".join(
            filter(None, (", ".join(filter(None, (last.when, last.said))), last.words))
        )
    return (
        id_of(request, row),
        seen_of(row),
        row.review.reference,
        row.number,
        row.text,
        row.target_as_written or str(row.target) or "No date",
        said,
        *("", "", "", "", "", ""),
    )
