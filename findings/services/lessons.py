"""Lessons: the panel's, and each agency's own as its report has them; what each rests on."""

import uuid

from django.core.exceptions import ValidationError
from django.db import transaction

from audit.models import EventType
from audit.services import record
from findings.models import Lesson, LessonFinding
from findings.services.locking import (
    ChangedMeanwhile,
    TakenAway,
    keep_version,
    lock_review,
    locked,
    made_with,
    need,
    next_number,
    remove,
)


@transaction.atomic
def make_lesson(
    review, *, text, by, key, participation=None, findings=(), number_as_written="", own_point=None
):
    """The panel's, or an agency's own. The same key again gives the first one's lesson."""
    review = lock_review(review)
    if found := made_with(Lesson, key, review):
        return found
    if participation and participation.review_id != review.pk:
        raise ValidationError("That agency's part belongs to another review.")
    lesson = Lesson(
        review=review,
        number=next_number(review.lessons),
        key=key,
        participation=participation,
        own_point=own_point,
        number_as_written=number_as_written,
        text=text.strip(),
        made_by=by,
    )
    lesson.full_clean(exclude=["made_by"])
    lesson.save()
    _tell(EventType.LESSON_MADE, lesson, by=by, own=bool(own_point))
    _rest(lesson, findings, by=by)
    return lesson


@transaction.atomic
def change_lesson(lesson, *, text, reason, seen, by):
    """Other words; what it said is kept with the reason."""
    lesson = _unchanged_since(seen, lesson)
    need(reason)
    if lesson.text == text.strip():
        return lesson
    keep_version(lesson, reason=reason, by=by)
    lesson.text = text.strip()
    return _changed(lesson, by=by)


@transaction.atomic
def say_why_none(lesson, *, why, seen, by):
    """Why no recommendation follows from it; blank where one is to follow after all."""
    lesson = _unchanged_since(seen, lesson)
    if lesson.why_no_recommendation == why.strip():
        return lesson
    keep_version(lesson, reason="", by=by)
    lesson.why_no_recommendation = why.strip()
    return _changed(lesson, by=by)


def _unchanged_since(seen, lesson):
    lesson = locked(lesson, lesson.review)
    if lesson.changes != seen:
        raise ChangedMeanwhile
    return lesson


def _changed(lesson, *, by):
    lesson.changes += 1
    lesson.full_clean(exclude=["made_by"])
    lesson.save(update_fields=["text", "why_no_recommendation", "changes"])
    _tell(EventType.LESSON_CHANGED, lesson, by=by)
    return lesson


@transaction.atomic
def take_away_lesson(lesson, *, reason, by):
    """It stays on record, and what it rested on with it."""
    lesson = locked(lesson, lesson.review)
    need(reason)
    keep_version(lesson, reason=reason, by=by)
    remove(lesson, by=by)
    _tell(EventType.LESSON_REMOVED, lesson, by=by)
    return lesson


@transaction.atomic
def rest_on(lesson, findings, *, by):
    """What it rests on already stays. Returns the new ties."""
    lesson = locked(lesson, lesson.review)
    if not findings:
        raise ValidationError("Choose at least one finding")
    return _rest(lesson, findings, by=by)


def _rest(lesson, findings, *, by):
    made = []
    for finding in findings:
        if finding.review_id != lesson.review_id:
            raise ValidationError("That finding is of another review.")
        if not finding.is_live:
            raise ValidationError(f"Finding {finding.number} was taken away.")
        tie, created = LessonFinding.objects.get_or_create(
            lesson=lesson, finding=finding, removed_at=None, defaults={"made_by": by}
        )
        if created:
            made.append(tie)
            _tell(EventType.LESSON_RESTED, lesson, by=by, finding=finding.number)
    return made


@transaction.atomic
def rest_no_longer(tie, *, by):
    lesson = locked(tie.lesson, tie.lesson.review)
    tie = LessonFinding.objects.select_for_update(of=("self",)).get(pk=tie.pk)
    if not tie.is_live:
        raise TakenAway
    remove(tie, by=by)
    _tell(EventType.LESSON_UNRESTED, lesson, by=by, finding=tie.finding.number)
    return tie


@transaction.atomic
def take_over(review, points, *, by):
    """Lessons of the agencies' own reports, as they stand there, each with the tie to its place.
    One that was taken over before is not taken over twice. Returns the new lessons."""
    review = lock_review(review)
    taken = set(review.lessons.live().values_list("own_point", flat=True))
    return [_taken(review, point, by=by) for point in points if point.pk not in taken]


def _taken(review, point, *, by):
    version = point.file.submission
    part = version.request.participation
    if part.review_id != review.pk or not version.is_sent or point.is_left_out:
        raise ValidationError("That lesson stands in nothing that was sent to this review.")
    if point.kind != point.Kind.LESSON:
        raise ValidationError("That is a recommendation of the agency’s own, not a lesson.")
    lesson = Lesson(
        review=review,
        number=next_number(review.lessons),
        key=uuid.uuid4(),
        participation=part,
        own_point=point,
        number_as_written=point.number[:40],
        text=point.text,
        made_by=by,
    )
    lesson.full_clean(exclude=["made_by"])
    lesson.save()
    _tell(EventType.LESSON_MADE, lesson, by=by, own=True)
    return lesson


def _tell(type_, lesson, *, by, **data):
    part = lesson.participation
    record(
        type_,
        by=by,
        review=lesson.review,
        target=lesson,
        number=lesson.number,
        agency=part.agency.name if part else "",
        **data,
    )
