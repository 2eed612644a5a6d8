from celery import shared_task
from django.utils import timezone

from reviews.delegation.ending import close_past
from reviews.drafts.services import drop_old
from reviews.reminders.services import send_reminders


@shared_task(name="reviews.tidy")
def tidy():
    """Once a night; a night that was missed is made up for by the next."""
    close_past(on=timezone.localdate())
    drop_old(at=timezone.now())


@shared_task(name="reviews.send_reminders")
def remind():
    """Safe to run again and again: whoever has had today's message gets no other."""
    send_reminders(on=timezone.localdate())
