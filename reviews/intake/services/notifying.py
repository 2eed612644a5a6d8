"""Being told of a death: by a coordinator, or by somebody without an account through a link."""

import hashlib
import secrets
from datetime import timedelta

from django.db import transaction
from django.utils import timezone

from audit.models import EventType
from audit.services import record
from foundations.vault.keys import keyed_digest
from reviews.clock.kinds import Milestone
from reviews.clock.telling import tell
from reviews.intake import emails
from reviews.intake.marks import marks_of
from reviews.intake.models import (
    Circumstances,
    Notification,
    NotificationLink,
    NotifiedIdentity,
    PossibleDuplicate,
)
from reviews.intake.services import made_with
from reviews.intake.services.deciding import first_told_on
from reviews.services import create_review

LIFETIME = timedelta(days=7)
# Whoever opened the form in time may finish it: what they typed must not be lost.
TIME_TO_FINISH = timedelta(hours=2)


class LinkSpent(Exception):
    """The link was used or ended, or is older than seven days. `used` says which."""

    def __init__(self, *, used=False):
        super().__init__()
        self.used = used


class AlreadySettled(Exception):
    """Somebody else has closed this notification or opened a review from it."""


class DuplicatesUndecided(Exception):
    """It may be the same death as another notification, and nobody has said yet."""


class AlreadyDecided(Exception):
    """Somebody else has said whether the two are the same death."""


def stream_of_partnership(partnership):
    """The trail of what belongs to no review yet."""
    return f"partnership:{partnership.pk}"


def _tell(type_, notification, *, by, **data):
    record(
        type_,
        by=by,
        stream=stream_of_partnership(notification.partnership),
        target=notification,
        **data,
    )


# --- The link -----------------------------------------------------------------------------------


def _digest(secret):
    return hashlib.sha256(secret.encode()).hexdigest()


@transaction.atomic
def send_link(partnership, *, for_whom, sent_to, by):
    """Returns (link, secret); the secret is in the message and nowhere else."""
    secret = secrets.token_urlsafe(32)
    link = NotificationLink(
        partnership=partnership,
        for_whom=for_whom,
        sent_to=sent_to,
        digest=_digest(secret),
        created_by=by,
        expires_at=timezone.now() + LIFETIME,
    )
    link.full_clean()
    link.save()
    record(
        EventType.NOTIFICATION_LINK_SENT,
        by=by,
        stream=stream_of_partnership(partnership),
        target=link,
    )
    emails.send_notification_link(link, secret=secret)
    return link, secret


@transaction.atomic
def end_link(link, *, by):
    link = NotificationLink.objects.select_for_update().get(pk=link.pk)
    if link.used_at or link.ended_at:
        raise LinkSpent(used=bool(link.used_at))
    link.ended_at = timezone.now()
    link.save(update_fields=["ended_at"])
    record(
        EventType.NOTIFICATION_LINK_ENDED,
        by=by,
        stream=stream_of_partnership(link.partnership),
        target=link,
    )


def find_link(secret, *, late=timedelta(0)):
    """The live link behind a secret. Raises LinkSpent."""
    link = (
        NotificationLink.objects.select_related("partnership")
        .filter(digest=_digest(secret))
        .first()
    )
    if link is None:
        raise LinkSpent
    if link.used_at or link.ended_at or link.expires_at + late <= timezone.now():
        raise LinkSpent(used=bool(link.used_at))
    return link


# --- The notification ---------------------------------------------------------------------------


@transaction.atomic
def notify_by_link(secret, *, key, source, from_whom, manner, charge, death, **identity):
    """What somebody without an account tells; the link is spent."""
    link = find_link(secret, late=TIME_TO_FINISH)
    link = NotificationLink.objects.select_for_update().get(pk=link.pk)
    if link.used_at or link.ended_at:
        raise LinkSpent(used=bool(link.used_at))
    made_with(key, Notification.objects, link_id=link.pk)  # no other link's form had this key
    link.used_at = timezone.now()
    link.save(update_fields=["used_at"])
    return _notify(
        Notification(
            partnership=link.partnership,
            key=key,
            link=link,
            source=source,
            from_whom=from_whom,
            told_on=timezone.localdate(),
            manner=manner,
            charge=charge,
            death=death,
        ),
        identity,
        by=None,
    )


@transaction.atomic
def notify(partnership, *, key, source, from_whom, told_on, manner, charge, death, by, **identity):
    """What a coordinator was told. The same key again gives the first one's notification."""
    if found := made_with(key, Notification.objects, partnership_id=partnership.pk):
        return found
    return _notify(
        Notification(
            partnership=partnership,
            key=key,
            source=source,
            from_whom=from_whom,
            told_on=told_on,
            received_by=by,
            manner=manner,
            charge=charge,
            death=death,
        ),
        identity,
        by=by,
    )


def _notify(notification, identity, *, by):
    notification.marks = _digests(notification.partnership, identity)
    notification.full_clean()
    notification.save()
    identity["born"] = identity["born"].text
    NotifiedIdentity.objects.create(notification=notification, **identity)
    _tell(
        EventType.NOTIFICATION_RECEIVED,
        notification,
        by=by,
        source=notification.source,
        by_link=notification.link_id is not None,
    )
    _spot_duplicates(notification)
    emails.tell_coordinators(notification)
    return notification


def _digests(partnership, identity):
    """Under a key of their own for each partnership, so that no two can be compared."""
    marks = marks_of(identity["name"], identity["born"])
    return sorted(
        keyed_digest(mark, purpose=f"deaths of partnership:{partnership.pk}") for mark in marks
    )


def _spot_duplicates(notification):
    """Keyed digests are compared, never names, and only within the partnership."""
    alike = Notification.objects.filter(
        partnership=notification.partnership, marks__overlap=notification.marks
    ).exclude(pk=notification.pk)
    for other in alike:
        if _may_be_one_death(notification.death, other.death):
            PossibleDuplicate.objects.create(notification=notification, other=other)


def _may_be_one_death(one, other):
    return not (one.is_bounded and other.is_bounded) or one.overlaps(other)


# --- What becomes of it -------------------------------------------------------------------------


def _still_open(notification):
    notification = Notification.objects.select_for_update().get(pk=notification.pk)
    if not notification.is_open:
        raise AlreadySettled(notification.pk)
    return notification


@transaction.atomic
def decide_duplicate(doubt, *, verdict, by):
    """The same death: the newer notification joins the older one's review, or is closed with it."""
    doubt = PossibleDuplicate.objects.select_for_update().get(pk=doubt.pk)
    if doubt.verdict:
        raise AlreadyDecided(doubt.pk)
    doubt.verdict, doubt.decided_at, doubt.decided_by = verdict, timezone.now(), by
    doubt.full_clean()
    doubt.save()
    _tell(
        EventType.NOTIFICATION_COMPARED,
        doubt.notification,
        by=by,
        other=doubt.other_id,
        verdict=verdict,
    )
    if verdict == PossibleDuplicate.Verdict.SAME and doubt.notification.is_open:
        if doubt.other.review:
            _settle(doubt.notification, by=by, review=doubt.other.review)
        else:
            _settle(doubt.notification, by=by, because=Notification.ClosedBecause.DUPLICATE)
    return doubt


@transaction.atomic
def close_notification(notification, *, because, note, by):
    notification = _still_open(notification)
    return _settle(notification, by=by, because=because, note=note)


@transaction.atomic
def open_review(notification, *, by, **particulars):
    """The notification becomes a review of its partnership, with what it tells of the death."""
    notification = _still_open(notification)
    if notification.possible_duplicates.undecided().exists():
        raise DuplicatesUndecided(notification.pk)
    review = create_review(partnership=notification.partnership, by=by, **particulars)
    Circumstances.objects.create(
        review=review, manner=notification.manner, charge=notification.charge
    )
    _settle(notification, by=by, review=review)
    return review


def _settle(notification, *, by, review=None, because="", note=""):
    state = Notification.State.REVIEW if review else Notification.State.CLOSED
    before = first_told_on(review) if review else None
    notification.state, notification.review = state, review
    notification.closed_because, notification.closing_note = because, note
    notification.settled_at, notification.settled_by = timezone.now(), by
    notification.full_clean()
    notification.save()
    _tell(EventType.NOTIFICATION_SETTLED, notification, by=by, state=state, because=because)
    if review:
        record(
            EventType.NOTIFICATION_SETTLED, by=by, review=review, target=notification, state=state
        )
        _tell_clock(review, before=before, by=by)
    return notification


def _tell_clock(review, *, before, by):
    """The time for a decision counts from the first day on which anybody told of the death."""
    why = "Another notification tells of the same death"
    tell(review, Milestone.NOTIFIED, first_told_on(review), by, before=before, why=why)


def tell_of_reading(notification, *, by, identity=False):
    _tell(EventType.NOTIFICATION_READ, notification, by=by, identity=identity)
