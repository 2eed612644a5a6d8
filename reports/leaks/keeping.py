"""Scans on record: asked for, done by a worker or beside the making of a version, and never changed."""

from django.db import transaction
from django.utils import timezone

from audit.models import EventType
from audit.services import record
from findings.services.locking import lock_review, made_with
from foundations.post.jobs import queue_job
from foundations.post.models import Job
from foundations.vault.services import display_name, store
from reports.models import Hit, Scan, Source

KIND_OF_JOB = "reports.scan"


@transaction.atomic
def ask_for_scan(review, *, source, name, by, key, content=None, stored=None, rendering=None):
    """Have a worker look through a file: `content`, which is kept sealed, or one that is kept already. The
    same key again gives the first one. Its `name` is sealed too: it may be somebody's."""
    review = lock_review(review)
    if found := made_with(Scan, key, review):
        return found
    if stored is None:
        stored = store(content, name="looked-through", scope=review.vault_scope)
    scan = Scan(
        review=review,
        key=key,
        source=source,
        rendering=rendering,
        stored=stored,
        job_key=f"{KIND_OF_JOB}:{key}",
        by=by,
        told={"name": display_name(name)},
    )
    scan.full_clean(exclude=["review", "rendering", "stored", "by", "at", "told"])
    scan.save()
    _record(EventType.SCAN_ASKED, scan, sha256=stored.sha256)
    queue_job(KIND_OF_JOB, key=scan.job_key, by=by, scan_id=str(scan.pk))
    return scan


@transaction.atomic
def finish_scan(scan, looked):
    """What the worker found. Returns the result of the job."""
    scan.review = lock_review(scan.review)
    _fill_in(scan, looked, name=scan.told["name"])
    return looked.counts()


@transaction.atomic
def keep_scan_of_version(rendering, looked, *, name, keys=None):
    """What was found where a version was made, or refused: `rendering` says which. `keys` is {where: (kind,
    key)} of what stands in the document itself. Returns the Scan."""
    review = lock_review(rendering.document.review)
    scan = Scan(
        review=review,
        source=Source.VERSION,
        rendering=rendering,
        stored_id=rendering.stored_id,
        by=rendering.by,
    )
    found = dict.fromkeys(one.hit.location for one in looked.sightings)
    keys = {where: list(keys[where]) for where in found if where in (keys or {})}
    _fill_in(scan, looked, name=name, keys=keys)
    return scan


def _fill_in(scan, looked, *, name, keys=None):
    counts = looked.counts()
    scan.at = timezone.now()
    scan.sha256 = scan.stored.sha256 if scan.stored_id else ""
    scan.high, scan.medium, scan.low = counts["high"], counts["medium"], counts["low"]
    scan.unread = len(looked.could_not_read)
    scan.told = {
        "name": name,
        "looked_at": list(looked.looked_at),
        "could_not_read": list(looked.could_not_read),
        "hits": [
            [one.hit.part, one.hit.location, one.before, one.hit.text, one.after, one.hit.why]
            for one in looked.sightings
        ],
        "keys": keys or {},
        "rests_on": looked.rests_on,
    }
    scan.save()
    Hit.objects.bulk_create(
        [
            Hit(
                scan=scan,
                number=number,
                kind=one.hit.kind,
                severity=one.hit.severity,
                person=one.hit.person[:250],
                sign=one.sign,
            )
            for number, one in enumerate(looked.sightings)
        ],
        batch_size=1000,
    )
    _record(EventType.SCAN_MADE, scan, sha256=scan.sha256, unread=scan.unread, **counts)


def jobs_of(scans):
    """{key: Job}. Who may see a scan may see how far it is, whoever asked for it."""
    rows = Job.objects.filter(key__in=[one.job_key for one in scans if one.job_key])
    return {one.key: one for one in rows}


def _record(type_, scan, **data):
    record(type_, by=scan.by, review=scan.review, target=scan, source=str(scan.source), **data)
