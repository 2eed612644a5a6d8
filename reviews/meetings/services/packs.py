"""Having a worker write the pack of a meeting for one person."""

from django.db import transaction
from django.utils import timezone

from audit.models import EventType
from foundations.post.jobs import queue_job
from foundations.post.models import Job
from foundations.vault.models import StoredFile
from foundations.vault.services import store
from reviews.meetings.models import Pack
from reviews.meetings.models.papers import KEPT
from reviews.meetings.services.planning import locked, tell

KIND = "meetings.pack"


class KeyOfAnother(Exception):
    """The key came with somebody else's form."""


@transaction.atomic
def ask_for_pack(meeting, *, key, by):
    """The same key again gives the first one's pack."""
    meeting = locked(meeting)  # a second click waits
    if found := Pack.objects.filter(key=key).first():
        if (found.meeting_id, found.by_id) != (meeting.pk, by.pk):
            raise KeyOfAnother
        return found
    _forget_expired()
    pack = Pack.objects.create(meeting=meeting, key=key, by=by, job_key=f"{KIND}:{key}")
    queue_job(KIND, key=pack.job_key, by=by, pack_id=pack.pk)
    return pack


def _forget_expired():
    """Copies of papers do not pile up: after a day their bytes are gone."""
    expired = Pack.objects.filter(asked_at__lt=timezone.now() - KEPT)
    stored = list(expired.exclude(stored=None).values_list("stored", flat=True))
    expired.delete()
    StoredFile.objects.filter(pk__in=stored).delete()


@transaction.atomic
def keep_pack(pack_id, made):
    """The file is the asker's alone. In the transaction that marks the job done."""
    pack = (
        Pack.objects.select_for_update(of=("self",))
        .select_related("meeting__review", "by")
        .get(pk=pack_id)
    )
    scope = pack.review.vault_scope
    pack.stored = store(made.content, name=made.name, scope=scope, is_ours=True)
    pack.papers = made.papers
    pack.save(update_fields=["stored", "papers"])
    tell(EventType.PACK_MADE, pack.meeting, by=pack.by, papers=made.papers)
    return {"papers": len(made.papers)}


def job_of(pack, user):
    return Job.objects.belonging_to(user).filter(key=pack.job_key).first()
