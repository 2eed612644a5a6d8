"""What was said of the document of review one before it is submitted, and the partnership's own phrase."""

import uuid
from functools import partial

from reports.services import checks


def check_documents(rows, mark):
    """After the documents. What was said the database keeps, so that its words are marked from the first."""
    every = frozenset(rows.one.participations.values_list("agency", flat=True))
    said = mark("Not told so far", rows.one.reference, every, "report led")
    rows.check_answer = checks.answer(
        rows.document,
        code="family",
        says="no",
        reason=said,
        seen=0,
        by=rows.chair,
        key=uuid.uuid4(),
    )
    ours = partial(mark, review="", place=rows.one.partnership_id, kind="tasks")
    rows.phrase = checks.add_phrase(
        rows.one.partnership,
        words=ours("drove him to"),
        why=ours("It lays what he did at her door."),
        instead=ours("what he did"),
        by=rows.coordinator,
        key=uuid.uuid4(),
    )
