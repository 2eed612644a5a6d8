"""Small action plans, as files."""

import csv
import io

from actionplans import drafting

HEADINGS = (
    "No",
    "Recommendation",
    "Lead agency",
    "Action to take",
    "Key milestones",
    "Target date",
    "Status",
    "Date of completion and outcome",
)
TRAIN = (
    "1",
    "Train every officer in risk assessment",
    "Northbank Police",
    "Write the course",
    "Course agreed",
    "March 2024",
    "In progress",
    "",
)
REFER = (
    "2",
    "Refer every family to the outreach service",
    "Northbank Housing",
    "",
    "",
    "31.05.2024",
    "Completed",
    "",
)
AUDIT = (
    "3",
    "Audit a sample of fifty case files every year",
    "Northbank Police",
    "Choose the sample",
    "",
    "",
    "Not started",
    "",
)


def plan(*rows, headings=HEADINGS):
    text = io.StringIO()
    csv.writer(text).writerows([headings, *rows])
    return text.getvalue().encode()


def changed(row, **columns):
    """A row with other words under some of its headings."""
    names = {"number": 0, "text": 1, "lead": 2, "action": 3, "target": 5, "status": 6, "outcome": 7}
    return tuple(
        next((value for name, value in columns.items() if names[name] == index), cell)
        for index, cell in enumerate(row)
    )


def draft_of(review, *rows, name="plan.csv", **options):
    content = plan(*rows)
    return drafting.read_draft(content, name, review, **options), content
