"""Immediate learning becomes an action of an agency before there is a report."""

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone

from audit.models import EventType
from audit.services import record
from reviews.intake import emails
from reviews.intake.models import EarlyAction, EarlyActionMove
from reviews.intake.services import made_with
from reviews.lifecycle.ended import refuse_if_ended
from reviews.models import Review


class AlreadyDone(Exception):
    """Somebody else has said that this action is done."""


@transaction.atomic
def begin_action(review, *, key, learning, action, owner, due, by):
    """The same key again gives the first one's action."""
    refuse_if_ended(Review.objects.get(pk=review.pk))
    if found := made_with(key, EarlyAction.objects, review_id=review.pk):
        return found
    if due < timezone.localdate():
        raise ValidationError({"due": "Enter today's date or a later one."})
    early = EarlyAction(
        review=review,
        key=key,
        learning=learning,
        action=action,
        owner=owner,
        first_due=due,
        due=due,
        made_by=by,
    )
    early.full_clean()
    early.save()
    record(
        EventType.EARLY_ACTION_BEGUN,
        by=by,
        review=review,
        target=early,
        agency=owner.agency.name,
        due=due,
    )
    emails.tell_owner_of_action(early)
    return early


def _still_open(early):
    early = EarlyAction.objects.select_for_update(of=("self",)).get(pk=early.pk)
    if early.is_done:
        raise AlreadyDone(early.pk)
    return early


@transaction.atomic
def move_action(early, *, due, reason, by):
    """Put the day off, or forward; the first day and every move are kept."""
    early = _still_open(early)
    refuse_if_ended(early.review)
    if due < timezone.localdate():
        raise ValidationError({"due": "Enter today's date or a later one."})
    if due == early.due:
        raise ValidationError({"due": "This is the day that it is due already."})
    EarlyActionMove.objects.create(
        action=early, before=early.due, after=due, reason=reason, moved_by=by
    )
    early.due = due
    early.save(update_fields=["due"])
    record(EventType.EARLY_ACTION_MOVED, by=by, review=early.review, target=early, due=due)
    return early


@transaction.atomic
def finish_action(early, *, done, by):
    early = _still_open(early)
    early.done, early.done_at, early.done_by = done, timezone.now(), by
    early.full_clean()
    early.save()
    record(
        EventType.EARLY_ACTION_DONE,
        by=by,
        review=early.review,
        target=early,
        agency=early.owner.agency.name,
    )
    return early
