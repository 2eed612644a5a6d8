"""A job is claimed for a time, and the claim outlives that time while its worker is at work."""

import uuid
from datetime import timedelta

import pytest
from django.utils import timezone

from foundations.post import jobs
from foundations.post.jobs import JobRefused, queue_job, run_job
from foundations.post.models import Job
from tests.dhr.processes import eventually

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture(autouse=True)
def short_lease(monkeypatch):
    monkeypatch.setattr(jobs, "LEASE", timedelta(seconds=0.6))
    monkeypatch.setattr(jobs, "ring", lambda *said: None)


def job_that(work, monkeypatch):
    monkeypatch.setitem(jobs._KINDS, "test.slow", work)
    return queue_job("test.slow", key=str(uuid.uuid4()), by=None)


def lease_of(job):
    return Job.objects.get(pk=job.pk).lease_until


def test_work_that_says_nothing_keeps_its_claim(monkeypatch):
    def work(job):
        first = lease_of(job)
        eventually(lambda: timezone.now() > first)
        assert not Job.objects.due(at=timezone.now()).filter(pk=job.pk).exists()
        return lambda: {"rows": 7}

    job = job_that(work, monkeypatch)
    run_job(job.pk)

    job.refresh_from_db()
    assert (job.state, job.result, job.tries) == (Job.State.DONE, {"rows": 7}, 1)


def test_a_claim_that_another_took_is_not_renewed(monkeypatch):
    taken = timezone.now() + timedelta(days=1)

    def work(job):
        Job.objects.filter(pk=job.pk).update(fence=job.fence + 1, lease_until=taken)
        eventually(lambda: timezone.now() > taken - timedelta(days=1) + 2 * jobs.LEASE)
        return lambda: {"rows": 7}

    job = job_that(work, monkeypatch)
    run_job(job.pk)

    job.refresh_from_db()
    assert (job.state, job.lease_until, job.result) == (Job.State.RUNNING, taken, {})


def test_nothing_is_renewed_once_the_work_has_ended(monkeypatch):
    def work(job):
        raise JobRefused("Choose another file.")

    job = job_that(work, monkeypatch)
    run_job(job.pk)

    job.refresh_from_db()
    assert (job.state, job.problem, job.lease_until) == (
        Job.State.FAILED,
        "Choose another file.",
        None,
    )
