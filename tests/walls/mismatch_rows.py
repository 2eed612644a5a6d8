"""Mismatches of each agency of a world: each rests on what that one agency supplied, so that it can
be asked of every wall whose it is. One was judged and asked about; one rests on a report."""

import uuid
from functools import partial

from chronologies.mismatches.services import asking, judging
from tests.factories.chronologies_mismatches import mismatch
from tests.factories.reviews_querying import in_days


def disagree(rows, mark):
    for each in (rows.ours, rows.theirs, rows.third, rows.foreign):
        _disagree(each, mark)
    rows.mismatch, rows.mismatch_judged = rows.ours.mismatch, rows.ours.mismatch_judged
    rows.mismatch_of_report = mismatch(
        passages=[rows.ours.submission.main.passages.first()], kind="imr-not-in-chronology"
    )


def _disagree(each, mark):
    """The database keeps what is said of a judgement, so that the words are marked from the first."""
    part, by = each.part, each.author
    say = partial(mark, review=part.review.reference, place=part.agency_id)
    each.mismatch = mismatch(each.entry, missing=part, kind="promised-not-done")
    each.mismatch_judged = mismatch(
        each.entry, kind="differing-content", explanation=say("As it was", kind="mismatch led")
    )
    asking.ask(
        each.mismatch_judged,
        part,
        text=say("Was it so?", kind="query not sent"),
        due=in_days(),
        by=by,
        key=uuid.uuid4(),
    )
    row = each.mismatch_judged
    judging.judge(
        row,
        verdict="not_material",
        reason=say("It changes nothing", kind="mismatch led"),
        by=by,
        key=uuid.uuid4(),
        seen=judging.seen_of(row),
    )
