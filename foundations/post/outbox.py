import logging
from dataclasses import dataclass
from smtplib import SMTPException

from django.core.mail import EmailMultiAlternatives
from django.db import transaction
from django.db.models import F, Q
from django.utils import timezone

from foundations.post.bell import ring
from foundations.post.models import LEASE, MOST_TRIES, Message

logger = logging.getLogger(__name__)


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


def deliver(message_id):
    """Send a message that nobody else is sending. Returns whether it was sent now."""
    now = timezone.now()
    claimed = (
        due_messages(at=now)
        .filter(pk=message_id)
        .update(lease_until=now + LEASE, tries=F("tries") + 1)
    )
    if not claimed:
        return False
    message = Message.objects.get(pk=message_id)
    try:
        _as_email(message).send()
    except (SMTPException, OSError):
        logger.exception("message not sent", extra={"outbox": message.pk, "tries": message.tries})
        if message.tries >= MOST_TRIES:
            Message.objects.filter(pk=message.pk).update(state=Message.State.FAILED)
        return False
    Message.objects.filter(pk=message.pk).update(
        state=Message.State.SENT,
        sent_at=timezone.now(),
        body="" if message.holds_secret else message.body,
    )
    return True


def _as_email(message):
    email = EmailMultiAlternatives(
        subject=message.subject,
        body=message.body,
        to=[message.to],
        headers={"Message-ID": f"<message-{message.pk}@reviews.invalid>"},
    )
    if message.calendar:
        # Calendars act on the alternative that names its method; people open the attachment.
        kind = f"text/calendar; method={message.calendar_method}"
        email.attach_alternative(message.calendar, kind)
        email.attach("meeting.ics", message.calendar.encode(), "application/ics")
    return email


def due_messages(*, at):
    return Message.objects.filter(state=Message.State.QUEUED).filter(
        Q(lease_until=None) | Q(lease_until__lt=at)
    )
