"""Somebody may be in danger now: raised, given to somebody, and closed with what was done."""

from django.db import transaction
from django.utils import timezone

from audit.models import EventType
from audit.services import record
from reviews.intake import emails
from reviews.intake.models import ConcernOwner, UrgentConcern
from reviews.intake.services import made_with


class AlreadyClosed(Exception):
    """Somebody else has closed this concern."""


def _agency(part):
    return part.agency.name if part else ""


@transaction.atomic
def raise_concern(review, *, key, text, done_already, by, participation=None):
    """The same key again gives the first one's concern. The leaders are told at once."""
    if found := made_with(key, UrgentConcern.objects, review_id=review.pk, raised_by_id=by.pk):
        return found
    concern = UrgentConcern(
        review=review,
        key=key,
        text=text,
        done_already=done_already,
        raised_by=by,
        raised_for=participation,
    )
    concern.full_clean()
    concern.save()
    ConcernOwner.objects.create(concern=concern, owner=None, given_by=by)
    record(
        EventType.CONCERN_RAISED,
        by=by,
        review=review,
        target=concern,
        agency=_agency(participation),
    )
    emails.tell_leaders_of_concern(concern)
    return concern


def _still_open(concern):
    concern = UrgentConcern.objects.select_for_update(of=("self",)).get(pk=concern.pk)
    if not concern.is_open:
        raise AlreadyClosed(concern.pk)
    return concern


@transaction.atomic
def give_concern(concern, *, owner, by):
    """`owner` is an agency's part, or None for the review team. Safe to repeat."""
    concern = _still_open(concern)
    if concern.owner_id == (owner.pk if owner else None):
        return concern
    concern.owner = owner
    concern.full_clean()
    concern.save(update_fields=["owner"])
    given = ConcernOwner.objects.create(concern=concern, owner=owner, given_by=by)
    record(
        EventType.CONCERN_GIVEN,
        by=by,
        review=concern.review,
        target=concern,
        agency=_agency(owner),
    )
    emails.tell_owner_of_concern(given)
    return concern


@transaction.atomic
def close_concern(concern, *, closing, by):
    concern = _still_open(concern)
    concern.closing, concern.closed_at, concern.closed_by = closing, timezone.now(), by
    concern.full_clean()
    concern.save()
    record(EventType.CONCERN_CLOSED, by=by, review=concern.review, target=concern)
    return concern
