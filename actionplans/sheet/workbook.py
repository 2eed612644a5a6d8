"""The plan as a workbook to edit and bring back."""

import hashlib
import io

from django.utils import timezone

from actionplans.exports import Made
from actionplans.models import Level
from actionplans.progress.models import Answer
from actionplans.sheet import columns
from chronologies.marking.models import Theme
from foundations.office import Sheet, write_workbook
from foundations.office.pdf import MARKING

ABOUT = "About this sheet"
ABOUT_HEADINGS = ("What", "Value")
REVIEW, DIGEST, TAKEN, ROW = "Review", "Digest", "Downloaded", "Row"


def make(plan):
    """A workbook of the rows of a standing.Plan, which says what it was made of."""
    stream = io.BytesIO()
    sheets = [_rows(plan), Sheet(ABOUT, ABOUT_HEADINGS, _about(plan), (20, 40), is_hidden=True)]
    write_workbook(sheets, stream, marking=MARKING)
    name = f"{plan.review.reference} action plan to edit.xlsx"
    return Made(stream.getvalue(), name, "xlsx", len(plan.rows))


def digest_of(rows):
    """Of how these rows of a plan stand."""
    said = hashlib.sha256()
    for one in rows:
        said.update(f"{one.row.pk} {one.mark}\n".encode())
    return said.hexdigest()


def _rows(plan):
    return Sheet(
        "Action plan",
        tuple(column.heading for column in columns.ALL),
        (_line(one) for one in plan.rows),
        tuple(column.width for column in columns.ALL),
        hidden=(columns.ALL.index(columns.ID), columns.ALL.index(columns.MARK)),
        choices={
            columns.ALL.index(columns.STATUS): [answer.label for answer in Answer],
            columns.ALL.index(columns.LEVEL): Level.labels,
            columns.ALL.index(columns.THEME): _themes(plan.review),
        },
    )


def _line(one):
    return [
        str(one.row.pk),
        one.mark,
        *(one.texts.get(column.name, "") for column in columns.SHOWN),
    ]


def _themes(review):
    themes = Theme.objects.for_reviews_of(review.partnership)
    return list(themes.values_list("name", flat=True))


def _about(plan):
    yield REVIEW, plan.review.reference
    yield TAKEN, timezone.localtime().isoformat(timespec="minutes")
    yield DIGEST, digest_of(plan.rows)
    for one in plan.rows:
        yield ROW, str(one.row.pk)
