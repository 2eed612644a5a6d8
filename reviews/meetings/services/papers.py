"""Papers for a meeting: brought, shown to the panel or the leaders, and withdrawn with a reason."""

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone

from audit.models import EventType
from foundations.vault.services import store
from reviews.lifecycle.ended import refuse_if_ended
from reviews.meetings.models import Paper
from reviews.meetings.services.planning import NotOpen, in_work, tell


class AlreadyWithdrawn(Exception):
    """Somebody else withdrew it first."""


@transaction.atomic
def add_paper(meeting, *, key, title, audience, concerns, by, content=None, name="", terms=None):
    """A file as it came, or an issued version of the terms. The same key gives the first one's."""
    meeting = in_work(meeting)
    if meeting.is_cancelled:
        raise NotOpen(meeting.pk)
    if found := meeting.papers.filter(key=key).first():
        return found
    if any(part.review_id != meeting.review_id for part in concerns):
        raise ValidationError({"concerns": "That agency’s part belongs to another review."})
    if terms and (terms.review_id != meeting.review_id or terms.is_draft):
        raise ValidationError({"terms": "Choose a version of the terms that was issued."})
    scope = meeting.review.vault_scope
    paper = Paper(
        meeting=meeting,
        key=key,
        title=title.strip(),
        audience=audience,
        terms=terms,
        stored=None if content is None else store(content, name=name, scope=scope),
        added_by=by,
    )
    paper.name = paper.stored.name if paper.stored else ""
    paper.full_clean()
    paper.save()
    paper.concerns.set(concerns)
    tell(
        EventType.PAPER_ADDED,
        meeting,
        by=by,
        audience=str(audience),
        sha256=paper.stored.sha256 if paper.stored else "",
    )
    return paper


@transaction.atomic
def withdraw_paper(paper, *, because, by):
    """The panel no longer sees it; the leaders see that it was there, and why it went."""
    paper = (
        Paper.objects.select_for_update(of=("self",))
        .select_related("meeting__review")
        .get(pk=paper.pk)
    )
    refuse_if_ended(paper.meeting.review)
    if paper.is_withdrawn:
        raise AlreadyWithdrawn(paper.pk)
    paper.withdrawn_at, paper.withdrawn_by = timezone.now(), by
    paper.withdrawn_because = because
    paper.full_clean()
    paper.save(update_fields=["withdrawn_at", "withdrawn_by", "withdrawn_because"])
    tell(EventType.PAPER_WITHDRAWN, paper.meeting, by=by)
    return paper
