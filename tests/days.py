"""Days as the tests name them."""

from datetime import timedelta

from django.utils import timezone


def today(days=0):
    """Asked when a test runs: a run that began yesterday is still going after midnight."""
    return timezone.localdate() + timedelta(days=days)
