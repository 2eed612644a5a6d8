"""Jobs that the demonstration asks for and needs done before it goes on."""

import time

from foundations.post.jobs import run_job
from foundations.post.models import Job

SECONDS = 120


def finish(job_key):
    """Run here, or waited for where a worker took it first. Raises RuntimeError where it failed."""
    until = time.monotonic() + SECONDS
    while time.monotonic() < until:
        job = Job.objects.get(key=job_key)
        if job.state == Job.State.DONE:
            return
        if job.state == Job.State.FAILED:
            raise RuntimeError(f"The demonstration’s job failed: {job.problem}")
        if run_job(job.pk) is None:
            time.sleep(0.2)
    raise RuntimeError("A job of the demonstration was not done in time.")
