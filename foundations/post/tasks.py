from datetime import timedelta

from celery import shared_task
from django.utils import timezone

from foundations.post.bell import ring
from foundations.post.jobs import run_job
from foundations.post.models import Heartbeat, Job
from foundations.post.outbox import deliver, due_messages

PATIENCE = timedelta(seconds=30)  # how long a job may wait before the sweeper rings again
MOST_AT_ONCE = 500  # so that a long wait does not fill the broker with the same bells


@shared_task(name="post.run_job")
def run(job_id: int):
    run_job(job_id)


@shared_task(name="post.deliver")
def send(message_id: int):
    deliver(message_id)


@shared_task(name="post.sweep")
def sweep():
    """Ring again for whatever was stored while the broker was away or its worker died."""
    now = timezone.now()
    long_ago = now - PATIENCE
    for task, waiting in (
        ("post.run_job", Job.objects.due(at=now)),
        ("post.deliver", due_messages(at=now)),
    ):
        waiting = waiting.filter(queued_at__lt=long_ago).order_by("queued_at", "pk")
        for pk in waiting.values_list("pk", flat=True)[:MOST_AT_ONCE]:
            ring(task, pk)


@shared_task(name="post.heartbeat")
def heartbeat():
    Heartbeat.objects.update_or_create(pk=1, defaults={"at": timezone.now()})
