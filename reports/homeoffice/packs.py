"""A pack is asked for, made by a worker of what there is then, and kept with what is missing from it."""

from dataclasses import dataclass
from datetime import datetime

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone

from actionplans.papers.models import PlanPaper
from audit.models import EventType
from findings.services.locking import lock_review, made_with, next_number
from foundations.post.jobs import queue_job
from foundations.post.models import Job
from foundations.vault.services import store
from reports.homeoffice import packing
from reports.homeoffice.form import as_rows
from reports.homeoffice.services import tell_of_pack
from reports.models import Pack, PackAsked, PackPart, Recipient, Rendering
from reports.release.fitness import look_at
from reports.services.rights import refuse_without
from reviews import rules

KIND_OF_JOB = "reports.pack"
STEPS = 3
NOT_MEANT = "Say of each confidential version that it is meant to go, or choose another version"
GONE = "What was chosen for this pack was taken away meanwhile. Nothing was made: choose again."


class NothingChosen(ValidationError):
    """A pack without any document of the review."""


class TakenMeanwhile(Exception):
    """A version or a plan that was chosen is not there any more."""


@transaction.atomic
def ask_for_pack(review, *, to, renderings, papers, by, key, meant=()):
    """Have a worker put the files together that are chosen, with the data form where it goes to the Home
    Office. The same key again gives the first one. `meant` are the ids of those confidential versions of
    which somebody said once more that they are to go. Raises NothingChosen."""
    review = lock_review(review)
    if found := made_with(PackAsked, key, review):
        return found
    refuse_without(rules.can_write_documents, review, by)
    if not renderings:
        raise NothingChosen({"renderings": "Choose at least one version of a document"})
    confidential = sorted(one.pk for one in renderings if packing.is_confidential(one))
    if not set(confidential) <= set(meant):
        raise ValidationError({"meant": NOT_MEANT})
    asked = PackAsked(
        review=review,
        number=max(next_number(review.packs), next_number(review.packs_asked)),
        to=to,
        renderings=sorted(one.pk for one in renderings),
        papers=sorted(one.pk for one in papers),
        by=by,
        key=key,
    )
    asked.full_clean(exclude=["review", "by"])
    asked.save()
    tell_of_pack(EventType.OFFICE_PACK_ASKED, asked, by=by, confidential=confidential)
    queue_job(KIND_OF_JOB, key=asked.job_key, by=by, asked_id=asked.pk)
    return asked


@dataclass(frozen=True)
class Made:
    """What the worker made: `pieces` as packing.Piece, `missing` in sentences, read at `at`."""

    holds: packing.Holds
    pieces: list
    missing: list
    at: datetime


def make(asked, *, tell=lambda done, steps: None):
    """Made. All that it says is read at one moment, while the review is locked; the files are drawn after
    that. Anonymised versions are looked through before, with the register as it is now, and again under the
    lock only where that changed meanwhile. Raises TakenMeanwhile, and RenderFailed where no PDF comes out."""
    tell(0, STEPS)
    seen = look_at(_anonymised(_chosen(asked)["renderings"]), asked.review)
    tell(1, STEPS)
    with transaction.atomic():
        review, at = lock_review(asked.review), timezone.now()
        holds = packing.holding(review, to=asked.to, **_chosen(asked))
        anonymised = _anonymised(holds.renderings)
        if not seen.tells_now_of(anonymised, review):
            seen = look_at(anonymised, review)
        missing = packing.missing_from(review, holds, seen)
    tell(2, STEPS)
    pieces = packing.pieces_of(review, holds, version=asked.number, at=at)
    return Made(holds, pieces, missing, at)


def _anonymised(renderings):
    return [one for one in renderings if not packing.is_confidential(one)]


def _chosen(asked):
    renderings = Rendering.objects.visible_to(asked.by).filter(
        pk__in=asked.renderings, document__removed_at=None, stored__isnull=False
    )
    papers = PlanPaper.objects.visible_to(asked.by).filter(pk__in=asked.papers)
    found = {
        "renderings": list(
            renderings.select_related("document", "stored").defer("stored__body").order_by("-at")
        ),
        "papers": list(papers.for_list().order_by("-as_of", "-pk")),
    }
    if any(len(rows) < len(getattr(asked, name)) for name, rows in found.items()):
        raise TakenMeanwhile
    return found


@transaction.atomic
def keep_pack(asked, made):
    """The pack, with every file of it. Returns the result of the job."""
    review = lock_review(asked.review)
    refuse_without(rules.can_write_documents, review, asked.by)
    pack = Pack(review=review, number=asked.number, to=asked.to, by=asked.by, key=asked.key)
    pack.form = as_rows(made.holds.form) if asked.to == Recipient.HOME_OFFICE else []
    pack.missing = made.missing
    scope = review.vault_scope
    parts = [_part(pack, place, one, scope) for place, one in enumerate(made.pieces, start=1)]
    files = [(one.name, one.stored.content) for one in parts]
    content = packing.zipped(packing.contents_of(pack, parts), files)
    pack.stored = store(content, name=pack.file_name, scope=scope, is_ours=True)
    pack.sha256 = pack.stored.sha256
    pack.save()
    PackPart.objects.bulk_create(parts)
    confidential = [one.pk for one in made.holds.renderings if packing.is_confidential(one)]
    tell_of_pack(
        EventType.OFFICE_PACK_MADE,
        pack,
        by=asked.by,
        files=len(parts),
        sha256=pack.sha256,
        confidential=sorted(confidential),
    )
    return {"files": len(parts)}


def _part(pack, place, piece, scope):
    name = piece.name(place)
    stored = piece.stored or store(piece.content, name=name, scope=scope, is_ours=True)
    return PackPart(
        pack=pack,
        place=place,
        title=piece.title,
        name=name,
        stored=stored,
        sha256=stored.sha256,
        rendering=piece.rendering,
    )


def waiting(review, user):
    """[(PackAsked, its Job)] of those that are being made, and the last one where it could not be."""
    rows = list(PackAsked.objects.visible_to(user).filter(review=review).waiting())
    jobs = {one.key: one for one in Job.objects.filter(key__in=[one.job_key for one in rows])}
    last = next_number(review.packs_asked) - 1
    found = [(one, jobs[one.job_key]) for one in rows]
    return [(one, job) for one, job in found if not job.is_over or one.number == last]
