"""Small fictional chronologies in CSV, for tests of what becomes of a file once it is read."""

import csv
from io import StringIO

HEADINGS = ("Date", "Person", "What happened", "Action taken")
ROWS = (
    ("12.03.2011", "MA 1", "A neighbour rang about shouting.", "Officers attended."),
    ("14.03.2011", "MA 1", "MA 1 came to the front desk and asked for advice.", "Leaflet given."),
    ("April 2011", "MA 2", "MA 2 was referred to the alcohol service by the GP.", "Referral sent."),
)


def csv_of(*rows, headings=HEADINGS):
    text = StringIO()
    csv.writer(text).writerows([headings, *(rows or ROWS)])
    return text.getvalue().encode()


def with_row(number, **changes):
    """ROWS with one row changed by column."""
    rows = [list(row) for row in ROWS]
    for heading, value in changes.items():
        rows[number][HEADINGS.index(heading.replace("_", " "))] = value
    return [tuple(row) for row in rows]
