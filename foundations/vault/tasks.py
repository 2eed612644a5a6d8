from celery import shared_task

from foundations.vault import scanning


@shared_task(name="vault.scan_held")
def scan_held():
    """Which files wait is in their rows, so a scanner or a worker that dies loses nothing."""
    scanning.scan_held()
