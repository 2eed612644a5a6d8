"""What was sent in the demonstration: today's reminders, and a message that came back."""

from django.utils import timezone

from foundations.post.models import Message
from foundations.post.outbox import deliver
from reviews.reminders.models import Mailing, Posting
from reviews.reminders.services import came_back, send_reminders


def remind_people(review, *, by):
    """Safe to repeat."""
    if Mailing.objects.exists():
        return
    send_reminders(on=timezone.localdate())
    waiting = Posting.objects.filter(review=review, message__state=Message.State.QUEUED)
    asked = waiting.filter(message__key__startswith="scoping:").order_by("-pk").first()
    if asked and deliver(asked.message_id):
        came_back(asked.message, by=by)
