"""What the review concludes of each agency of a world, and what each conclusion rests on. A finding
never rests on two agencies here, so that a conflict with one leaves those of the others."""

import uuid
from functools import partial

from findings.models import Lesson
from findings.services import counts, evidence, lessons, terms, writing
from reviews.submissions.models import OwnPoint
from tests.factories.reviews_terms import issued_terms


def conclude(rows, mark):
    """After everything that findings rest on. What was said before a change the database keeps, so
    that those words are marked from the first."""
    term = rows.terms.texts.get().term
    elsewhere = issued_terms(rows.two).texts.get().term
    for each in (rows.ours, rows.theirs, rows.third):
        _conclude(each, term, rows.chair, mark)
    _conclude(rows.foreign, elsewhere, None, mark)
    ours = rows.ours
    rows.finding, rows.evidence, rows.lesson = ours.finding, ours.evidence, ours.lesson
    rows.lesson_finding, rows.term_passage = ours.lesson_finding, ours.term_passage
    rows.passage = ours.submission.main.passages.get()
    rows.count = _counted(rows.one, rows.chair)
    rows.foreign.count = _counted(rows.two, None)
    rows.minutes_sent = rows.meeting.minutes.get(sent_at__isnull=False)
    evidence.put_under(rows.finding, [rows.minutes_sent, rows.contact], note="Both", by=rows.chair)
    rows.finding_of_team = writing.make_finding(
        rows.one, term=term, kind="good", text="They came", by=rows.chair, key=uuid.uuid4()
    )
    rows.lesson_of_team = lessons.make_lesson(
        rows.one, text="Go on", findings=[rows.finding_of_team], by=rows.chair, key=uuid.uuid4()
    )


def _conclude(each, term, by, mark):
    before = partial(
        mark, review=each.part.review.reference, place=each.part.agency_id, kind="analysis led"
    )
    review, passage = each.part.review, each.submission.main.passages.get()
    made = writing.make_finding(
        review, term=term, kind="missed", text=before("As it was"), by=by, key=uuid.uuid4()
    )
    each.finding = writing.change_finding(
        made,
        term=term,
        kind="missed",
        text="Nobody asked",
        reason=before("Clearer"),
        seen=0,
        by=by,
    )
    each.evidence, _ = evidence.put_under(
        each.finding, [each.entry, passage], note="The end of it", by=by
    )
    terms.judge(term, each.part, verdict="partly", note="Not all", by=by, key=uuid.uuid4())
    (each.term_passage,) = terms.tie(term, [passage], by=by)
    point = OwnPoint.objects.get(file=each.submission.main, kind="lesson")
    (each.lesson,) = lessons.take_over(review, [point], by=by)
    Lesson.objects.filter(pk=each.lesson.pk).update(number_as_written="L 1")
    (each.lesson_finding,) = lessons.rest_on(each.lesson, [each.finding], by=by)
    Lesson.objects.filter(pk=each.lesson.pk).update(text=before("Ask"))
    lessons.say_why_none(each.lesson, why=before("Done already"), seen=0, by=by)
    lessons.change_lesson(each.lesson, text="Ask again", reason=before("Shorter"), seen=1, by=by)
    each.lesson.refresh_from_db()


def _counted(review, by):
    return counts.make_count(
        review, title="Calls", question={"words": "officers"}, by=by, key=uuid.uuid4()
    )
