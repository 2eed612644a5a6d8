"""The outbox: the stored row is the truth, Celery only rings, the mail server only carries.

Each attempt is claimed for a time and leaves a row of its own. What a mail server puts off, or cannot
be asked, is tried again after a growing time; what it refuses for good is not.
"""

import logging
from dataclasses import dataclass
from datetime import timedelta
from smtplib import (
    SMTPDataError,
    SMTPException,
    SMTPNotSupportedError,
    SMTPRecipientsRefused,
    SMTPResponseException,
    SMTPSenderRefused,
)
from urllib.parse import urlsplit

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.db import transaction
from django.db.models import F, Q
from django.utils import timezone

from foundations.post.bell import ring
from foundations.post.models import LEASE, NOT_ARRIVED, Delivery, Message

logger = logging.getLogger(__name__)

# How long after each try the next one comes: a mail server may be away for a weekend.
WAITS = tuple(
    timedelta(**how_long)
    for how_long in (
        {"seconds": 30},
        {"minutes": 2},
        {"minutes": 10},
        {"hours": 1},
        {"hours": 3},
        {"hours": 8},
        {"hours": 12},
        {"days": 1},
        {"days": 1},
    )
)
MOST_TRIES = len(WAITS) + 1
Outcome = Delivery.Outcome


@dataclass(frozen=True)
class Calendar:
    """A file for somebody's calendar, and what it asks of the calendar."""

    content: str
    method: str


@transaction.atomic
def queue_message(*, key, to, subject, body, holds_secret=False, calendar=None):
    """Store a message and ring for its delivery once the transaction commits. Safe to repeat."""
    message, created = Message.objects.get_or_create(
        key=key,
        defaults={
            "to": to,
            "subject": subject,
            "body": body,
            "holds_secret": holds_secret,
            "calendar": calendar.content if calendar else "",
            "calendar_method": calendar.method if calendar else "",
        },
    )
    if created:
        transaction.on_commit(lambda: ring("post.deliver", message.pk))
    return message


def due_messages(*, at):
    return Message.objects.filter(state=Message.State.QUEUED).filter(
        Q(lease_until=None) | Q(lease_until__lt=at)
    )


# --- Sending ------------------------------------------------------------------------------------


def deliver(message_id):
    """Send a message that nobody else is sending. Returns whether it was sent now."""
    claim = _claim(message_id)
    if claim is None:
        return False
    message, attempt = claim
    try:
        _as_email(message).send()
    except (SMTPException, OSError, ValueError) as error:
        logger.exception("message not sent", extra={"outbox": message.pk, "tries": message.tries})
        _put_back(message, attempt, error)
        return False
    _keep_as_sent(message, attempt)
    return True


@transaction.atomic
def _claim(message_id):
    """The message and the row of this attempt, or None where somebody else has it or it is over."""
    now = timezone.now()
    claimed = (
        due_messages(at=now)
        .filter(pk=message_id)
        .update(lease_until=now + LEASE, tries=F("tries") + 1)
    )
    if not claimed:
        return None
    message = Message.objects.get(pk=message_id)
    message.deliveries.filter(outcome=Outcome.STARTED).update(outcome=Outcome.UNKNOWN, ended_at=now)
    if message.tries > MOST_TRIES:  # its workers died each time before they could say so
        Message.objects.filter(pk=message.pk).update(state=Message.State.FAILED)
        return None
    return message, Delivery.objects.create(message=message, started_at=now)


@transaction.atomic
def _keep_as_sent(message, attempt):
    """Whoever else has it meanwhile: the mail server has it now."""
    now = timezone.now()
    Message.objects.filter(pk=message.pk).update(
        state=Message.State.SENT,
        sent_at=now,
        lease_until=None,
        body="" if message.holds_secret else message.body,
    )
    _end(attempt, Outcome.ACCEPTED, None, now)


@transaction.atomic
def _put_back(message, attempt, error):
    now, (outcome, code) = timezone.now(), _what_was_said(error)
    _end(attempt, outcome, code, now)
    # Another worker may have taken it over: then what becomes of it is that one's to say.
    still_ours = Message.objects.filter(
        pk=message.pk, state=Message.State.QUEUED, lease_until=message.lease_until
    )
    if outcome == Outcome.REFUSED or message.tries >= MOST_TRIES:
        still_ours.update(state=Message.State.FAILED, lease_until=None)
    else:
        still_ours.update(lease_until=now + WAITS[message.tries - 1])


def _end(attempt, outcome, code, at):
    attempt.outcome, attempt.code, attempt.ended_at = outcome, code, at
    attempt.save(update_fields=["outcome", "code", "ended_at"])


def _what_was_said(error):
    """(outcome, code). A server that lets nobody in says nothing of the message."""
    if isinstance(error, SMTPRecipientsRefused):
        code = max((code for code, _ in error.recipients.values()), default=0)
        return (Outcome.REFUSED if code >= 500 else Outcome.PUT_OFF), code
    if isinstance(error, (SMTPDataError, SMTPSenderRefused)):
        code = error.smtp_code
        return (Outcome.REFUSED if code >= 500 else Outcome.PUT_OFF), code
    if isinstance(error, SMTPResponseException):
        return Outcome.PUT_OFF, error.smtp_code if 100 <= error.smtp_code < 600 else None
    if isinstance(error, (SMTPNotSupportedError, ValueError)):  # an address nobody can write to
        return Outcome.REFUSED, None
    return Outcome.AWAY, None


def _as_email(message):
    email = EmailMultiAlternatives(
        subject=message.subject,
        body=message.body,
        to=[message.to],
        headers={"Message-ID": message_id_of(message), "Auto-Submitted": "auto-generated"},
    )
    if message.calendar:
        # Calendars act on the alternative that names its method; people open the attachment.
        kind = f"text/calendar; method={message.calendar_method}"
        email.attach_alternative(message.calendar, kind)
        email.attach("meeting.ics", message.calendar.encode(), "application/ics")
    return email


def message_id_of(message):
    """The same at every try. The time tells apart the rows of a database that was set up anew."""
    domain = urlsplit(settings.SERVICE_URL).hostname
    return f"<message-{message.pk}.{message.queued_at:%Y%m%d%H%M%S%f}@{domain}>"


# --- What came of it ----------------------------------------------------------------------------


class CannotSendAgain(Exception):
    """The message is under way or has arrived, or its words are gone."""


class NotSent(Exception):
    """What never left cannot come back; or it came back before."""


@transaction.atomic
def send_again(message):
    """A message that did not arrive goes out once more, however often that is clicked."""
    message = Message.objects.select_for_update().get(pk=message.pk)
    if message.state not in NOT_ARRIVED or message.is_forgotten:
        raise CannotSendAgain(message.pk)
    message.state, message.tries, message.lease_until = Message.State.QUEUED, 0, None
    message.save(update_fields=["state", "tries", "lease_until"])
    transaction.on_commit(lambda: ring("post.deliver", message.pk))
    return message


@transaction.atomic
def came_back(message, *, by):
    """Somebody found it in the mailbox that such answers go to."""
    message = Message.objects.select_for_update().get(pk=message.pk)
    if message.state != Message.State.SENT:
        raise NotSent(message.pk)
    message.state = Message.State.BOUNCED
    message.save(update_fields=["state"])
    now = timezone.now()
    Delivery.objects.create(
        message=message,
        outcome=Outcome.BOUNCED,
        started_at=now,
        ended_at=now,
        recorded_by=by.pk if by else None,
    )
    return message
