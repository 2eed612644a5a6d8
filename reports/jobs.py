"""The slow parts, done by a worker. Each returns what is to be saved together with "done"."""

from functools import partial

from django.utils import timezone

from foundations.office.pdf import RenderFailed
from foundations.post.jobs import JobRefused, job_kind
from reports.models import Rendering
from reports.rendering.making import make
from reports.services.renderings import KIND_OF_JOB, keep_rendering, refuse_rendering
from reviews.lifecycle.ended import sentence

GONE = "The document was taken away meanwhile, or is no longer yours to write. Nothing was made."


@job_kind(KIND_OF_JOB)
def make_rendering(job):
    """Made with the rights that its asker has now, not with those they had when they asked."""
    rendering = _asked(job)
    try:
        made = make(
            rendering.document,
            rendering.format,
            variant=rendering.variant,
            version=rendering.number,
            at=timezone.now(),
            by=rendering.by,
            with_plan=rendering.has_plan,
            is_final=rendering.is_final,
            tell=job.tell,
        )
    except RenderFailed as refusal:
        raise JobRefused(str(refusal)) from refusal
    if made.places:
        return partial(refuse_rendering, rendering, made.places)
    return partial(keep_rendering, rendering, made.gathered, made.file)


def _asked(job):
    rows = Rendering.objects.select_related("by", "document__review__partnership")
    rendering = rows.get(pk=job.payload["rendering_id"])
    is_theirs = Rendering.objects.visible_to(rendering.by).filter(pk=rendering.pk).exists()
    if not is_theirs or rendering.document.removed_at:
        raise JobRefused(GONE)
    if rendering.document.review.has_ended:
        raise JobRefused(sentence(rendering.document.review))
    return rendering
