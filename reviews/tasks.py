from celery import shared_task
from django.utils import timezone

from reviews.delegation.ending import close_past


@shared_task(name="reviews.tidy")
def tidy():
    """Once a night; a night that was missed is made up for by the next."""
    close_past(on=timezone.localdate())
