"""Marking a task of a review."""

from django.core.exceptions import ValidationError
from django.db import transaction

from audit.models import EventType
from audit.services import record
from reviews.lifecycle.ended import refuse_if_ended
from reviews.lifecycle.models import TaskMark
from reviews.models import Review


class MarkedMeanwhile(Exception):
    """Somebody marked the task after it was read."""


@transaction.atomic
def mark(review, *, code, state, by, key, why="", seen=None):
    """`seen` is the newest mark that whoever marks has read; 0 for none."""
    review = Review.objects.select_for_update(no_key=True).get(pk=review.pk)
    refuse_if_ended(review)
    if found := review.task_marks.filter(key=key).first():
        return found
    newest = review.task_marks.filter(code=code).last()
    if seen is not None and seen != (newest.pk if newest else 0):
        raise MarkedMeanwhile
    if state == TaskMark.State.NOT_NEEDED and not why.strip():
        raise ValidationError({"why": "Say why it is not needed"})
    made = TaskMark(review=review, key=key, code=code, state=state, why=why.strip(), recorded_by=by)
    made.full_clean()
    made.save()
    record(EventType.TASK_MARKED, by=by, review=review, target=made, task=code, state=state)
    return made
