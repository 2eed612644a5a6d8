"""The slow parts, done by a worker. Each returns what is to be saved together with "done"."""

from actionplans.sheet.models import PlanSheet
from actionplans.sheet.services import KIND_OF_JOB, save_all
from foundations.post.jobs import job_kind


@job_kind(KIND_OF_JOB)
def save_sheet(job):
    rows = PlanSheet.objects.select_related("review__partnership", "by")
    sheet = rows.get(pk=job.payload["sheet_id"])

    def effect():
        # Written in the same transaction, so that no other worker claims it before this one is done.
        job.tell(0, sheet.changes)
        return save_all(sheet, by=sheet.by)

    return effect
