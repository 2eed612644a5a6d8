"""The chair asks somebody of the panel to check what an agency sent. It can end at any moment."""

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone

from audit.models import EventType
from audit.services import record
from reviews.checking import emails
from reviews.checking.models import AskedToCheck
from reviews.checking.queries import checkable, who_can_be_asked
from reviews.requests.services.moving import KeyOfAnother, locked
from reviews.requests.states import NotNow


class AlreadyEnded(Exception):
    """Somebody else ended it first."""


@transaction.atomic
def ask_to_check(request, *, member, by, key, at=None):
    """From now on they see what came. The same key again gives the first one's row."""
    request = locked(request)
    if found := AskedToCheck.objects.filter(key=key).first():
        if found.request_id != request.pk:
            raise KeyOfAnother
        return found
    if not checkable(request):
        raise NotNow("Nothing has come yet that could be checked")
    if not who_can_be_asked(request).filter(pk=member.pk).exists():
        raise ValidationError({"member": "Choose somebody of the panel who may see this"})
    if same := request.asked_to_check.filter(member=member, ended_at=None).first():
        return same
    asked = AskedToCheck(
        request=request, member=member, key=key, asked_by=by, asked_at=at or timezone.now()
    )
    asked.full_clean()
    asked.save()
    _tell(EventType.CHECK_ASKED, asked, by=by)
    emails.say_that_there_is_something_to_check(asked)
    return asked


@transaction.atomic
def end_asking(asked, *, by):
    """They see it no longer, at once. What they marked and raised stays."""
    asked = (
        AskedToCheck.objects.select_for_update(of=("self",))
        .select_related("request__participation__agency", "request__participation__review")
        .get(pk=asked.pk)
    )
    if asked.ended_at:
        raise AlreadyEnded(asked.pk)
    asked.ended_at, asked.ended_by = timezone.now(), by
    asked.save(update_fields=["ended_at", "ended_by"])
    _tell(EventType.CHECK_ASKING_ENDED, asked, by=by)
    return asked


def _tell(type_, asked, *, by):
    request = asked.request
    record(
        type_,
        by=by,
        review=request.review,
        target=asked,
        agency=request.participation.agency.name,
        request=request.kind,
    )
