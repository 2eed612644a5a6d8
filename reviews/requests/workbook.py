"""An empty chronology to fill in. The importer knows its columns, and its first row for an example.

Every cell is text, so that a spreadsheet makes no other date of "04/05/2011" or "spring 2012".
"""

import io

import xlsxwriter

from foundations.office.pdf import MARKING
from foundations.office.writing import A4, BODY, HEADING, cell_text

COLUMNS = (
    ("Date", 18, "As your record has it: 14/09/2011, September 2011, spring 2012 or 2012."),
    ("Time", 9, "If your record has it."),
    ("Person(s)", 18, "By pseudonym. Several are divided by commas."),
    ("What happened", 60, "The contact or event. Name nobody: write the post."),
    ("Action or outcome", 40, "What was decided and done, and why."),
    ("Comment", 36, "Yours, as author."),
    ("Source of information", 26, "The record that says so."),
)
# In square brackets: so the importer tells it from an entry.
EXAMPLE = (
    "[for example: 14 September 2011]",
    "[22:15]",
    "[{person}]",
    "[{person} telephoned the out-of-hours team and said that she was afraid to go home.]",
    "[A place of safety was offered and not taken up. Referred to the specialist service.]",
    "[The referral was not followed up within the time that the policy sets.]",
    "[Call log]",
)
SOURCES = (
    "Case record", "Call log", "E-mail or letter", "Minutes", "Risk assessment", "Referral",
    "Interview with staff", "Other",
)  # fmt: skip
ROWS = 2000
SHEET = "Chronology"


def chronology_template(review, frame=None):
    """`frame` has the timeframe that its reader was told of; without one, that of the review."""
    stream = io.BytesIO()
    book = xlsxwriter.Workbook(stream, {"in_memory": True, "strings_to_formulas": False})
    book.set_properties({"title": f"Chronology, {review.reference}", "author": "", "comments": ""})
    people = [cell_text(person.pseudonym) for person in review.people.all()]
    _chronology(book, people)
    _how_to(book, frame or review)
    book.close()
    return stream.getvalue()


def _chronology(book, people):
    page = book.add_worksheet(SHEET)
    text = book.add_format(BODY | {"num_format": "@"})
    heading = book.add_format(HEADING)
    example = book.add_format(BODY | {"num_format": "@", "italic": True, "font_color": "#505A5F"})
    person = people[0] if people else "FA 1"
    for column, ((title, width, _), shown) in enumerate(zip(COLUMNS, EXAMPLE, strict=True)):
        page.set_column(column, column, width, text)
        page.write_string(0, column, title, heading)
        page.write_string(1, column, cell_text(shown.format(person=person)), example)
    page.freeze_panes(1, 0)
    page.repeat_rows(0)
    page.set_landscape()
    page.set_paper(A4)
    page.fit_to_pages(1, 0)
    page.set_header(f"&C{MARKING}")
    page.set_footer(f"&L{MARKING}&RPage &P of &N")
    page.autofilter(0, 0, ROWS, len(COLUMNS) - 1)
    _offer(page, 2, people, "Several people are divided by commas.")
    _offer(page, 6, SOURCES, "Another source may be typed.")


def _offer(page, column, values, message):
    """A list to choose from that refuses nothing. Excel takes no more than 255 letters of it."""
    if not values or len(",".join(values)) > 255 or any("," in value for value in values):
        return
    page.data_validation(
        2,
        column,
        ROWS,
        column,
        {
            "validate": "list",
            "source": list(values),
            "ignore_blank": True,
            "show_error": False,
            "input_title": COLUMNS[column][0],
            "input_message": message,
        },
    )


def _how_to(book, told):
    """In one column, so that nobody takes it for another chronology."""
    page = book.add_worksheet("How to fill it in")
    page.set_column(0, 0, 100, book.add_format(BODY))
    frame = " to ".join(filter(None, [str(told.scope_from), str(told.scope_to)]))
    lines = [
        "One row for each contact or event, in any order. The grey row is an example; it may stay.",
        f"Timeframe: {frame}, and earlier contact that matters." if frame else "",
        "A day that you do not know stays as you know it. Do not guess one.",
        *(f"{title}: {how}" for title, _, how in COLUMNS),
        "You may also send the file that you already have: no particular form is needed.",
    ]
    for row, line in enumerate(filter(None, lines)):
        page.write_string(row, 0, cell_text(line))
