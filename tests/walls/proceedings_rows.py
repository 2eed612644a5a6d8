"""What goes on beside a world's review: each thing as it stands, and once as it was before."""

import uuid
from datetime import date
from functools import partial

from django.utils import timezone

from foundations.dates import parse
from reviews.proceedings import services
from tests.factories.reviews_disclosure import ScheduleFactory, ScheduleLineFactory, handed, marked
from tests.factories.reviews_proceedings import ProceedingFactory, dated, hold, release


def go_on_beside(rows):
    """A trial with a hold of each kind, and an investigation of one agency of the review."""
    by, today = rows.chair, timezone.localdate()
    one = ProceedingFactory(review=rows.one, number="T 1", added_by=by)
    ProceedingFactory(
        review=rows.one, kind="iopc", participation=rows.theirs.part, number="I 1", added_by=by
    )
    first = dated(one, by=by, note="Listed")
    rows.proceeding_event = services.move_event(
        first, on=parse("June 2027").value, because="Counsel", by=by, key=uuid.uuid4()
    )
    services.set_status(
        one,
        status="concluded",
        on=parse("2 March 2026").value,
        outcome="Found guilty",
        by=by,
        key=uuid.uuid4(),
        today=today,
    )
    said = {"by": by, "number": "T 1", "details": "By telephone"}
    rows.proceeding_post = services.add_post(one, post="Officer", key=uuid.uuid4(), **said)
    services.end_post(
        services.add_post(one, post="Officer before", key=uuid.uuid4(), **said),
        on=date(2026, 4, 1),
        because="Moved on",
        by=by,
        today=today,
    )
    rows.hold = hold(one, "staff", by=by, starts_on=date(2026, 3, 1), today=today)
    ended = hold(
        one, "contact", by=by, people=[rows.person], starts_on=date(2026, 3, 1), today=today
    )
    release(ended, date(2026, 3, 2), by=by, today=today)
    rows.proceeding = one


def keep_schedule(rows, mark):
    """A line of the review team, handed over, and one of each agency. No word of a schedule can be
    replaced afterwards."""
    by = rows.chair
    rows.mark = marked(rows.terms, rows.one, by=by)
    rows.schedule = ScheduleFactory(review=rows.one, frozen_by=by)
    lines = {}
    for source, row, part in (
        ("terms", rows.terms, None),
        ("file", rows.ours.entry.source_file, rows.ours.part),
        ("file", rows.theirs.entry.source_file, rows.theirs.part),
    ):
        say = partial(_said, rows, mark, part)
        lines[part] = ScheduleLineFactory(
            schedule=rows.schedule,
            position=len(lines) + 1,
            source=source,
            row=row.pk,
            description=say("A thing"),
            name=say("thing.docx") if part else "",
            agencies=say("An agency") if part else "",
            is_sensitive=True,
            reason=say("Third parties"),
        )
        lines[part].concerns.set([part] if part else [])
    rows.handed = handed(
        rows.schedule,
        [lines[None]],
        by=by,
        post=_said(rows, mark, None, "Officer"),
        request=_said(rows, mark, None, "Request"),
    ).lines.get()


def _said(rows, mark, part, words):
    return mark(words, rows.one.reference, part.agency_id if part else "team", "proceeding led")
