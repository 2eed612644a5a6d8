from datetime import timedelta

from celery import shared_task
from django.utils import timezone

from foundations.post.bell import ring
from foundations.post.jobs import run_job
from foundations.post.models import Heartbeat, Job
from foundations.post.outbox import deliver, due_messages

PATIENCE = timedelta(seconds=30)  # how long a job may wait before the sweeper rings again


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
    for pk in Job.objects.due(at=now).filter(queued_at__lt=long_ago).values_list("pk", flat=True):
        ring("post.run_job", pk)
    for pk in due_messages(at=now).filter(queued_at__lt=long_ago).values_list("pk", flat=True):
        ring("post.deliver", pk)


@shared_task(name="post.heartbeat")
def heartbeat():
    Heartbeat.objects.update_or_create(pk=1, defaults={"at": timezone.now()})
