"""Keeping the log of interviews with staff. Nothing is changed; rows are added."""

from django.core.exceptions import ValidationError
from django.db import transaction

from audit.models import EventType
from reviews.interviews.models import Interview
from reviews.proceedings.models import Stops
from reviews.proceedings.queries import refuse_held
from reviews.requests.services import moving
from reviews.requests.services.moving import KeyOfAnother
from reviews.requests.states import NotNow
from reviews.requests.states import State as RequestState

Agreement, State = Interview.Agreement, Interview.State
_ANSWERED = {Agreement.AGREED, Agreement.REFUSED}


class AlreadyFollowed(Exception):
    """Somebody has said already what stands instead of this: the later row is to be corrected."""


@transaction.atomic
def record_interview(request, *, by, key, today, follows=None, on_behalf=False, **said):
    """One interview, as it was or is planned. `follows` is the row that this one stands instead of.

    Raises ValidationError for what cannot be, and where a hold stops interviews with staff.
    """
    request = moving.locked(request)
    if found := Interview.objects.filter(key=key).first():
        if found.request_id != request.pk:
            raise KeyOfAnother
        return found
    if request.state == RequestState.WITHDRAWN:
        raise NotNow("This is no longer asked for")
    if follows and (
        follows.request_id != request.pk or Interview.objects.filter(follows=follows).exists()
    ):
        raise AlreadyFollowed
    row = Interview(
        request=request,
        key=key,
        follows=follows,
        on_behalf=on_behalf,
        recorded_by=by,
        **{
            name: value.strip() if isinstance(value, str) else value for name, value in said.items()
        },
    )
    _refuse_impossible(row, today=today)
    _refuse_held(row)
    row.full_clean()
    row.save()
    moving.tell(
        EventType.INTERVIEW_RECORDED,
        request,
        by=by,
        interview=row.pk,
        state=str(row.state),
        follows=follows.pk if follows else None,
        on_behalf=on_behalf,
    )
    moving.begin(request, by=by, on_behalf=on_behalf)
    return row


def _refuse_impossible(row, *, today):
    """Held is past, planned is to come, and whoever agrees beforehand does so before."""
    if not row.on.is_bounded:
        raise ValidationError({"on": "Enter when; a month or a year is enough"})
    if row.state == State.HELD and row.on.earliest and row.on.earliest > today:
        raise ValidationError({"on": "An interview that is still to come is planned, not held"})
    if row.state == State.PLANNED and row.on.latest and row.on.latest < today:
        raise ValidationError({"on": "This day has passed. Say whether the interview was held"})
    if row.follows and not row.because and row.follows.state != State.PLANNED:
        raise ValidationError({"because": "Say what was wrong"})
    if row.agreement not in _ANSWERED:
        return
    if not row.answered_on.is_bounded:
        raise ValidationError({"answered_on": "Enter when; a month or a year is enough"})
    if row.answered_on.earliest and row.answered_on.earliest > today:
        raise ValidationError({"answered_on": "This cannot be in the future"})
    if row.state == State.HELD and _is_after(row.answered_on, row.on):
        raise ValidationError(
            {"answered_on": "This is after the interview. Beforehand means on that day or earlier"}
        )


def _is_after(one, other):
    return bool(one.earliest and other.latest and one.earliest > other.latest)


def _refuse_held(row):
    """What was on record before the hold may still be put right, as long as its day stays."""
    if row.state == State.NOT_HELD:
        return
    before = row.follows
    if before and before.state == row.state == State.HELD and before.on == row.on:
        return
    refuse_held(row.request.review, Stops.STAFF, by=row.recorded_by, on=row.on, field="on")
