"""The kinds of job there are, and how one is run once.

A room says in its own jobs.py:

    @job_kind("chronologies.save")
    def save_import(job):
        rows = read_slowly(job.payload["import_id"], tell=job.tell)
        return lambda: save(rows)        # run in the transaction that marks the job done

"""

import logging
import threading
from contextlib import contextmanager

from django.db import DatabaseError, connection, transaction
from django.db.models import F
from django.utils import timezone

from foundations.post.bell import ring
from foundations.post.models import LEASE, MOST_TRIES, Job

logger = logging.getLogger(__name__)
_KINDS = {}


class JobRefused(Exception):
    """The work cannot be done however often it is tried; the message says why to the person."""


class ClaimLost(Exception):
    """Another worker took the job over, so this one's effect must not be saved."""


def job_kind(name):
    def register(work):
        _KINDS[name] = work
        return work

    return register


@transaction.atomic
def queue_job(kind, *, key, by, **payload):
    """Store the job and ring for a worker once the transaction commits. Safe to repeat."""
    job, created = Job.objects.get_or_create(
        key=key,
        defaults={"kind": kind, "actor_id": by.pk if by else None, "payload": payload},
    )
    if created:
        transaction.on_commit(lambda: ring("post.run_job", job.pk))
    return job


def run_job(job_id):
    """Claim, work, save. Returns the job, or None when somebody else has it or it is over."""
    job = _claim(job_id)
    if job is None:
        return None
    try:
        with _claim_kept(job):
            save = _KINDS[job.kind](job)
        with transaction.atomic():
            _finish(job, result=save() or {})
    except ClaimLost:
        logger.warning("job was taken over", extra={"job": job.pk})
    except JobRefused as refusal:
        _close(job, Job.State.FAILED, problem=str(refusal))
    except Exception:
        logger.exception("job failed", extra={"job": job.pk, "tries": job.tries})
        _give_back(job)
    return job


def _claim(job_id):
    now = timezone.now()
    claimed = (
        Job.objects.due(at=now)
        .filter(pk=job_id)
        .update(
            state=Job.State.RUNNING,
            lease_until=now + LEASE,
            fence=F("fence") + 1,
            tries=F("tries") + 1,
        )
    )
    if not claimed:
        return None
    job = Job.objects.get(pk=job_id)
    if job.tries > MOST_TRIES:  # its workers died each time before they could say so
        _close(job, Job.State.FAILED, problem=_GAVE_UP)
        return None
    return job


@contextmanager
def _claim_kept(job):
    """Renews the claim for as long as this process lives and works: a drawing or a child that reads a file
    says nothing for minutes. Work that hangs is ended by the worker's own limit of time, and the claim with it."""
    is_over = threading.Event()
    thread = threading.Thread(target=_renew, args=(job, is_over), daemon=True)
    thread.start()
    try:
        yield
    finally:
        is_over.set()
        thread.join()


def _renew(job, is_over):
    while not is_over.wait(LEASE.total_seconds() / 3):
        try:
            Job.objects.filter(pk=job.pk, fence=job.fence, state=Job.State.RUNNING).update(
                lease_until=timezone.now() + LEASE
            )
        except DatabaseError:
            logger.warning("claim not renewed", extra={"job": job.pk})
        finally:
            connection.close()


_GAVE_UP = (
    "This could not be finished after several tries. Nothing was saved. Try again, or ask for help."
)


def _finish(job, *, result):
    if not _close(job, Job.State.DONE, result=result):
        raise ClaimLost(job.pk)


def _close(job, state, **values):
    return Job.objects.filter(pk=job.pk, fence=job.fence, state=Job.State.RUNNING).update(
        state=state, finished_at=timezone.now(), lease_until=None, **values
    )


def _give_back(job):
    if job.tries >= MOST_TRIES:
        _close(job, Job.State.FAILED, problem=_GAVE_UP)
    else:
        Job.objects.filter(pk=job.pk, fence=job.fence).update(
            state=Job.State.QUEUED, lease_until=None
        )
