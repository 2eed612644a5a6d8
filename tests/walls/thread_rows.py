"""The upper end of the thread in a world: what a recommendation rests on, what it said before, and an
earlier report that is on its way in."""

import hashlib
import uuid
from functools import partial

from actionplans.earlier import services as earlier
from actionplans.earlier.lines import lines_of
from actionplans.earlier.reading import read_report
from actionplans.models import Recommendation
from actionplans.resting import services as resting
from tests.factories.findings import LessonFactory

NAME = "overview.txt"


def tie_the_thread(rows, mark):
    """In review one as in the other, so that another review's are there to be asked for. What was said
    before a change the database keeps, so that those words are marked from the first."""
    for review, each, other, by in (
        (rows.one, rows.ours, rows.third, rows.chair),
        (rows.two, rows.foreign, rows.foreign_body, None),
    ):
        lesson = LessonFactory(review=review, made_by=by, number=90)
        one = each.recommendation
        before = partial(mark, review=review.reference, place=each.part.agency_id, kind="plan led")
        Recommendation.objects.filter(pk=one.pk).update(text=before("Train some"))
        resting.change_recommendation(
            one,
            text="Train all",
            number=one.number,
            reach="multi",
            scope="Local",
            leads=[each.part],
            reason=before("Clearer"),
            seen=0,
            by=by,
        )
        (each.tie,) = resting.rest_on(one, [lesson], by=by)
        resting.tell_apart(one, other.recommendation, reason="Other staff", by=by)
        each.draft = resting.make_recommendation(
            review, text="Ask all", reach="single", leads=[each.part], by=by, key=uuid.uuid4()
        )
        each.report = report_in(review, by=by, mark=mark)
        one.refresh_from_db()
    rows.tie = rows.ours.tie
    rows.draft = rows.ours.draft
    rows.earlier = rows.ours.report
    rows.earlier.refresh_from_db()
    rows.earlier = earlier.choose(
        rows.earlier, {}, seen=0, term_for_all=rows.terms.texts.first().term_id
    )
    rows.brought = brought_in(rows)


def brought_in(rows):
    """One whose lesson and recommendation stand in the review, and can go again."""
    report = report_in(rows.one, by=rows.chair, mark=lambda words, **where: f"{words} again")
    report = earlier.choose(report, {}, seen=0, leave_out_findings=True)
    return earlier.bring_in(report, seen=1, by=rows.chair)


def report_in(review, *, by, mark):
    say = partial(mark, review=review.reference, place="team", kind="plan file")
    content = (
        f"KEY FINDINGS\n1. {say('Nobody asked')}\nLESSONS LEARNED\n1. {say('Always ask')}\n"
        f"RECOMMENDATIONS\n1. {say('Train every officer')}\na) {say('on the phone')}\n"
    ).encode()
    lines, doubts = lines_of(content, NAME)
    return earlier.upload(
        review,
        read_report(lines, doubts=doubts),
        content=content,
        name=NAME,
        sha256=hashlib.sha256(content).hexdigest(),
        by=by,
        key=uuid.uuid4(),
    )
