"""Marking what exists, freezing it as a schedule, and recording what was handed over."""

import hashlib

from django.core.exceptions import ObjectDoesNotExist, ValidationError
from django.db import transaction
from django.db.models import Max

from audit.models import EventType
from audit.services import record
from foundations.vault.services import store
from reviews.access import access_of
from reviews.models import Review
from reviews.proceedings.disclosure.queries import marks_on
from reviews.proceedings.disclosure.sources import material_of, source_of
from reviews.proceedings.models import (
    DisclosureSchedule,
    HandedLine,
    HandingOver,
    ScheduleLine,
    SensitivityMark,
)
from reviews.proceedings.services import KeyOfAnother


class NotWhole(Exception):
    """Whoever has a conflict of interest cannot say what all of the review holds."""


@transaction.atomic
def mark(material, review, *, is_sensitive, reason, by, key):
    """A further mark: those before it are kept."""
    _lock(review)
    if found := SensitivityMark.objects.filter(key=key).first():
        return _of_same(found, review)
    row = SensitivityMark(
        review=review,
        key=key,
        source=material.source,
        row=material.row,
        is_sensitive=is_sensitive,
        reason=reason.strip(),
        marked_by=by,
    )
    row.full_clean()
    row.save()
    row.concerns.set(material.concerns)
    record(EventType.DISCLOSURE_MARKED, by=by, review=review, target=row, source=material.source)
    return row


@transaction.atomic
def freeze(review, *, by, key, today):
    """All that exists on this day becomes lines that never change."""
    _lock(review)
    if found := DisclosureSchedule.objects.filter(key=key).first():
        return _of_same(found, review)
    if has_conflict(review, by):
        raise NotWhole
    before = DisclosureSchedule.objects.filter(review=review).aggregate(last=Max("number"))
    schedule = DisclosureSchedule.objects.create(
        review=review, key=key, number=(before["last"] or 0) + 1, frozen_on=today, frozen_by=by
    )
    found = material_of(by, review)
    marks = marks_on(by, review)
    lines = [
        _line(schedule, place, one, marks.get((one.source, one.row)))
        for place, one in enumerate(found, start=1)
    ]
    ScheduleLine.objects.bulk_create(lines)
    through = ScheduleLine.concerns.through
    through.objects.bulk_create(
        through(scheduleline=line, participation=part)
        for line, one in zip(lines, found, strict=True)
        for part in one.concerns
    )
    record(
        EventType.DISCLOSURE_FROZEN,
        by=by,
        review=review,
        target=schedule,
        number=schedule.number,
        lines=len(lines),
    )
    return schedule


def has_conflict(review, user):
    return review.pk in access_of(user).reviews_in_conflict


def _line(schedule, place, one, marked):
    return ScheduleLine(
        schedule=schedule,
        position=place,
        source=one.source,
        row=one.row,
        description=one.description,
        name=one.name,
        agencies=one.agencies[:1000],
        on=one.on,
        sha256=one.sha256,
        is_sensitive=marked.is_sensitive if marked else None,
        reason=marked.reason if marked else "",
    )


@transaction.atomic
def hand_over(schedule, lines, *, on, post, request, by, key, today):
    """The bytes are looked at, or made, now: their digest is what this handing over says."""
    _lock(schedule.review)
    if found := HandingOver.objects.filter(key=key).first():
        if found.schedule_id != schedule.pk:
            raise KeyOfAnother
        return found
    if on > today:
        raise ValidationError({"on": "Enter today’s date or an earlier one"})
    if on < schedule.frozen_on:
        raise ValidationError(
            {"on": f"The schedule was only frozen on {schedule.frozen_on:%-d %B %Y}"}
        )
    handing = HandingOver(
        schedule=schedule,
        key=key,
        on=on,
        post=" ".join(post.split()),
        request=" ".join(request.split()),
        recorded_by=by,
    )
    handing.full_clean()
    handing.save()
    for line in lines:
        _hand(handing, line, by=by)
    record(
        EventType.DISCLOSURE_HANDED,
        by=by,
        review=schedule.review,
        target=handing,
        lines=len(lines),
    )
    return handing


def _hand(handing, line, *, by):
    review, source = handing.schedule.review, source_of(line.source)
    try:
        content = source.content(by, review, line.row) if source.content else None
    except ObjectDoesNotExist:
        content = None
    if content is None:
        raise ValidationError(
            {"lines": f"Line {line.position}: this service holds no bytes of it any more"}
        )
    digest = hashlib.sha256(content).hexdigest()
    if line.sha256 and digest != line.sha256:
        raise ValidationError(
            {"lines": f"Line {line.position}: its bytes are not those of the schedule"}
        )
    handed = HandedLine(handing=handing, line=line, sha256=digest)
    if source.is_made:
        handed.made = store(content, name=handed.file_name, scope=review.vault_scope, is_ours=True)
    handed.save()


def _lock(review):
    Review.objects.select_for_update(no_key=True).get(pk=review.pk)  # a second click waits


def _of_same(found, review):
    if found.review_id != review.pk:
        raise KeyOfAnother
    return found
