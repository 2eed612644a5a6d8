"""The demonstration goes on only once what it asked of a worker is done."""

import uuid
from datetime import timedelta

import pytest
from django.utils import timezone

from desk.demo import waiting
from desk.demo.waiting import finish
from foundations.post import jobs
from foundations.post.jobs import JobRefused, queue_job
from foundations.post.models import Job

pytestmark = pytest.mark.django_db


@pytest.fixture
def job_that(monkeypatch):
    def queued(work):
        monkeypatch.setitem(jobs._KINDS, "test.asked", work)
        return queue_job("test.asked", key=str(uuid.uuid4()), by=None)

    return queued


def drawn(job):
    return lambda: {"pages": 7}


def refused(job):
    raise JobRefused("Choose another file.")


def with_a_worker(job, *, seconds):
    """Whose claim runs out that soon unless it says something."""
    until = timezone.now() + timedelta(seconds=seconds)
    Job.objects.filter(pk=job.pk).update(state=Job.State.RUNNING, lease_until=until, tries=1)
    return until


def test_a_job_that_waits_is_done_here(job_that):
    job = job_that(drawn)

    finish(job.key)

    job.refresh_from_db()
    assert (job.state, job.result, job.tries) == (Job.State.DONE, {"pages": 7}, 1)


def test_one_that_is_done_is_not_done_again(job_that):
    job = job_that(drawn)
    finish(job.key)

    finish(job.key)

    job.refresh_from_db()
    assert job.tries == 1


def test_one_that_a_worker_took_is_left_to_it_until_it_is_known_to_have_died(job_that):
    job = job_that(drawn)
    until = with_a_worker(job, seconds=0.5)

    finish(job.key)

    job.refresh_from_db()
    assert (job.state, job.tries) == (Job.State.DONE, 2)
    assert job.finished_at > until


def test_one_that_failed_ends_the_demonstration_with_why(job_that):
    job = job_that(refused)

    with pytest.raises(RuntimeError, match="The demonstration’s job failed: Choose another file"):
        finish(job.key)


def test_it_does_not_wait_for_ever_for_a_worker(job_that, monkeypatch):
    monkeypatch.setattr(waiting, "SECONDS", 0.5)
    job = job_that(drawn)
    with_a_worker(job, seconds=60)

    with pytest.raises(RuntimeError, match="was not done in time"):
        finish(job.key)

    job.refresh_from_db()
    assert (job.state, job.tries) == (Job.State.RUNNING, 1)
