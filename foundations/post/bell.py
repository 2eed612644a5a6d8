import logging

from celery import current_app
from kombu.exceptions import OperationalError

logger = logging.getLogger(__name__)


def ring(task, pk):
    """Tell a worker that a row waits. A broker that is away must not fail the page: the row is
    stored, and the sweeper rings again."""
    try:
        current_app.send_task(task, [pk], retry=False)
    except (OperationalError, OSError):
        logger.warning("broker is away", extra={"task": task, "row": pk})
