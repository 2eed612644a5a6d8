"""A worker like any other, whose clocks run faster: for tests that cannot wait for minutes."""

from datetime import timedelta

import django

from dhr.celery import app

django.setup()

from foundations.post import outbox, tasks  # noqa: E402

__all__ = ["app"]

outbox.LEASE = timedelta(seconds=2)
outbox.WAITS = (timedelta(seconds=0.3),) * 40
outbox.MOST_TRIES = len(outbox.WAITS) + 1
tasks.PATIENCE = timedelta(0)
app.conf.beat_schedule = {"sweep": {"task": "post.sweep", "schedule": 1}}
app.conf.worker_max_tasks_per_child = None
