"""The slow parts, done by a worker. Each returns what is to be saved together with "done"."""

from functools import partial

from foundations.office.pdf import RenderFailed
from foundations.post.jobs import JobRefused, job_kind
from reviews.meetings import pack as packs
from reviews.meetings.models import Pack
from reviews.meetings.services.packs import KIND, keep_pack


@job_kind(KIND)
def make_pack(job):
    """Written with the rights that its asker has now, not with those they had when they asked."""
    pack = Pack.objects.select_related("meeting__review", "by").get(pk=job.payload["pack_id"])
    try:
        made = packs.make(pack.meeting, pack.by, tell=job.tell)
    except RenderFailed as failure:
        raise JobRefused(str(failure)) from failure
    return partial(keep_pack, pack.pk, made)
