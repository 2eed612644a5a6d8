"""Versions of a document as files: asked for, then made or refused by a worker. None is ever changed."""

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone

from audit.models import EventType
from audit.services import record
from findings.services.locking import KeyOfAnother, next_number
from foundations.post.jobs import queue_job
from foundations.post.models import Job
from foundations.vault.services import store
from reports.blocks.conclusions import drafts_shown
from reports.models import OF_PROSE, Rendering
from reports.rendering.gathering import plan_of
from reports.services.locking import lock_document

KIND_OF_JOB = "reports.render"
NO_PLAN = (
    "No recommendation is in the action plan yet, as far as you see it: drafts are none of it. Put one into the "
    "plan, or make the version without it"
)
_FILLED_IN_ONCE = ("at", "values", "stored", "pages")


@transaction.atomic
def ask_for_rendering(document, *, variant, format_, has_plan, by, key, is_final=False):
    """Have a worker make one. The same key again gives the first one. Raises ValidationError for a final one
    that would hold what nobody has agreed, and where the plan that is to stand behind it holds nothing."""
    document = lock_document(document)
    if found := Rendering.objects.filter(key=key).first():
        if found.document_id != document.pk:
            raise KeyOfAnother
        return found
    if format_ not in OF_PROSE and not document.is_from_data:
        raise ValidationError({"format": "Choose another kind of file"})
    if is_final and (said := why_not_final(document)):
        raise ValidationError({"is_final": said})
    if has_plan and plan_of(document.review, by, timezone.now()) is None:
        raise ValidationError({"has_plan": NO_PLAN})
    made = Rendering(
        document=document,
        number=next_number(document.renderings),
        key=key,
        variant=variant,
        format=format_,
        has_plan=has_plan,
        is_final=is_final,
        job_key=f"{KIND_OF_JOB}:{key}",
        by=by,
    )
    made.full_clean(exclude=["document", "by", *_FILLED_IN_ONCE])
    made.save()
    _tell(EventType.RENDERING_ASKED, made, by=by)
    queue_job(KIND_OF_JOB, key=made.job_key, by=by, rendering_id=made.pk)
    return made


def why_not_final(document):
    """A sentence that names the recommendations which nobody has agreed yet, or "": what is signed off
    and published holds none of them."""
    drafts = drafts_shown(document)
    if not drafts:
        return ""
    many = len(drafts) > 1
    return (
        f"{', '.join(drafts)}: not agreed yet. Put {'them' if many else 'it'} into the plan, or take "
        f"{'them' if many else 'it'} away, before you make a final version"
    )


@transaction.atomic
def keep_rendering(rendering, gathered, drawn):
    """What the worker drew, with the values that it drew it from. Returns the result of the job."""
    rendering = _lock_asked(rendering)
    document = rendering.document
    stored = store(
        drawn.content,
        name=file_name(rendering),
        scope=document.review.vault_scope,
        is_ours=True,
    )
    rendering.at = timezone.now()
    rendering.values, rendering.stored = gathered.to_json(), stored
    rendering.sha256, rendering.pages = stored.sha256, drawn.pages
    rendering.save(update_fields=["at", "values", "stored", "sha256", "pages"])
    _tell(EventType.RENDERING_MADE, rendering, by=rendering.by, sha256=stored.sha256)
    return {"pages": drawn.pages}


@transaction.atomic
def refuse_rendering(rendering, places):
    """Nothing was made: these places tell who somebody is. Returns the result of the job."""
    rendering = _lock_asked(rendering)
    rendering.at = timezone.now()
    rendering.places = [one.to_json() for one in places]
    rendering.save(update_fields=["at", "places"])
    _tell(EventType.RENDERING_REFUSED, rendering, by=rendering.by, places=len(places))
    return {"places": len(places)}


def _lock_asked(rendering):
    rendering.document = lock_document(rendering.document)
    return rendering


def jobs_of(renderings):
    """{key: Job}. Who may see a rendering may see how far it is, whoever asked for it."""
    rows = Job.objects.filter(key__in=[one.job_key for one in renderings])
    return {one.key: one for one in rows}


def file_name(rendering):
    """References and kinds alone: nobody is named in the name of a file."""
    document = rendering.document
    return (
        f"{document.review.reference} {document.get_kind_display().lower()} {rendering.variant}"
        f" version {rendering.number}.{rendering.format}"
    )


def _tell(type_, rendering, *, by, **data):
    document = rendering.document
    record(
        type_,
        by=by,
        review=document.review,
        target=rendering,
        number=document.number,
        version=rendering.number,
        variant=str(rendering.variant),
        format=str(rendering.format),
        **data,
    )
