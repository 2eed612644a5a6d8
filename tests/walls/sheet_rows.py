"""A sheet that came back in a world: what it would change is for whoever runs the plan."""

import uuid

from actionplans.sheet import services
from actionplans.sheet.models import PlanSheet
from actionplans.sheet.reading import read_workbook

NAME = "plan to edit.csv"


def bring_a_sheet(rows, mark):
    """In review one as in the other, so that another review's is there to be asked for."""
    rows.plan_sheet = _brought(rows.one, rows.ours.row, by=rows.chair, mark=mark)


def _brought(review, row, *, by, mark):
    word = mark("The Department", review.reference, "team", "plan file")
    content = f"Row,Number,Addressed to\n{row.pk},{row.number},{word}\n".encode()
    return services.bring(
        review,
        read_workbook(content, NAME),
        source=PlanSheet.Source.FILE,
        name=NAME,
        content=content,
        reason="Agreed by the group",
        by=by,
        key=uuid.uuid4(),
    )
