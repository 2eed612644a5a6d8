"""A worker that is killed at a named point: `python -m tests.chronologies.killed JOB POINT`.

A real process runs the real job and ends itself with SIGKILL, so that nothing is rolled back, closed or
logged by Python. The product knows nothing of it: the point is a function that is wrapped here.
"""

import os
import signal
import sys
from unittest.mock import patch

import django

POINTS = {
    "once claimed": ("foundations.post.jobs._claim", 1),
    "in the middle of reading": ("chronologies.importing._take", 2),
    "once compared": ("chronologies.comparing.compare", 1),
    "once the rows are staged": ("chronologies.comparing.stage", 1),
    "once the entries are written": ("chronologies.saving.carry_out", 1),
    "once the preview is written": ("chronologies.services._show", 1),
    "once the export is kept": ("chronologies.services.keep_export", 1),
    "once marked as done": ("foundations.post.jobs._finish", 1),
    "once committed": ("foundations.post.jobs.run_job", 1),
}


def killed_after(target, call):
    """The function does its work for the last time."""
    module, _, name = target.rpartition(".")
    work = getattr(sys.modules[module], name)
    calls = iter(range(1, call + 1))

    def last_work(*args, **kwargs):
        result = work(*args, **kwargs)
        if next(calls) == call:
            os.kill(os.getpid(), signal.SIGKILL)
        return result

    return patch(target, last_work)


def main(job_id, point):
    django.setup()
    from foundations.post import jobs

    with killed_after(*POINTS[point]):
        jobs.run_job(int(job_id))


if __name__ == "__main__":
    main(*sys.argv[1:])
