"""The slow parts, done by a worker. Each returns what is to be saved together with "done"."""

from functools import partial

from django.utils import timezone

from foundations.office.pdf import RenderFailed
from foundations.post.jobs import JobRefused, job_kind
from foundations.vault.opening import NotReleased
from reports.homeoffice import packs
from reports.leaks import keeping
from reports.leaks.of_file import look_at
from reports.models import PackAsked, Rendering, Scan
from reports.rendering.making import make
from reports.rendering.telling import keys_of
from reports.services.renderings import (
    KIND_OF_JOB,
    file_name,
    keep_rendering,
    refuse_rendering,
    why_not_final,
)
from reviews.lifecycle.ended import sentence

GONE = "The document was taken away meanwhile, or is no longer yours to write. Nothing was made."
NO_PACK = "The review is no longer yours to write in. No pack was made."
NOT_YOURS = "The review is no longer yours to write in. Nothing was looked through."


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
    return partial(_keep, rendering, made)


def _keep(rendering, made):
    """The version, or its refusal, with what was found in it."""
    if made.places:
        result = refuse_rendering(rendering, made.places)
    else:
        result = keep_rendering(rendering, made.gathered, made.file)
    if made.looked is not None:
        keeping.keep_scan_of_version(
            rendering, made.looked, name=file_name(rendering), keys=keys_of(made.gathered)
        )
    return result


def _asked(job):
    rows = Rendering.objects.select_related("by", "document__review__partnership")
    rendering = rows.get(pk=job.payload["rendering_id"])
    is_theirs = Rendering.objects.visible_to(rendering.by).filter(pk=rendering.pk).exists()
    if not is_theirs or rendering.document.removed_at:
        raise JobRefused(GONE)
    if rendering.document.review.has_ended:
        raise JobRefused(sentence(rendering.document.review))
    if rendering.is_final and (said := why_not_final(rendering.document)):
        raise JobRefused(f"{said}.")
    return rendering


@job_kind(packs.KIND_OF_JOB)
def make_pack(job):
    """Made with the rights that its asker has now, of what the review says now."""
    rows = PackAsked.objects.select_related("by", "review__partnership")
    asked = rows.get(pk=job.payload["asked_id"])
    if not PackAsked.objects.visible_to(asked.by).filter(pk=asked.pk).exists():
        raise JobRefused(NO_PACK)
    if asked.review.has_ended:
        raise JobRefused(sentence(asked.review))
    try:
        made = packs.make(asked, tell=job.tell)
    except packs.TakenMeanwhile as gone:
        raise JobRefused(packs.GONE) from gone
    except RenderFailed as refusal:
        raise JobRefused(str(refusal)) from refusal
    return partial(packs.keep_pack, asked, made)


@job_kind(keeping.KIND_OF_JOB)
def scan_file(job):
    """Looked through with the register as it is now."""
    rows = Scan.objects.for_display().select_related("stored").defer("stored__body")
    scan = rows.get(pk=job.payload["scan_id"])
    if not Scan.objects.visible_to(scan.by).filter(pk=scan.pk).exists():
        raise JobRefused(NOT_YOURS)
    if scan.review.has_ended:
        raise JobRefused(sentence(scan.review))
    try:
        looked = look_at(scan, tell=job.tell)
    except NotReleased as refusal:
        raise JobRefused(refusal.message) from refusal
    return partial(keeping.finish_scan, scan, looked)
