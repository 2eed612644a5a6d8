from celery import shared_task
from django.utils import timezone

from actionplans.asking.daily import ask_for_updates


@shared_task(name="actionplans.ask_for_updates")
def ask():
    """Safe to run again and again: nobody is asked twice for a period, nor told twice of silence."""
    ask_for_updates(on=timezone.localdate())
