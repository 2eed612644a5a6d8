"""More time: asked for with a day and a reason, given or refused. The first day stays on record."""

from django.core.exceptions import ValidationError
from django.db import transaction

from reviews.requests import emails
from reviews.requests.services.moving import locked, made_with, move, put_off, refuse_past
from reviews.requests.states import NotNow, What, after


def _refuse_earlier(request, until):
    refuse_past(until, field="until")
    if until <= request.due:
        raise ValidationError({"until": f"The day must be after {request.due:%-d %B %Y}"})


@transaction.atomic
def ask_extension(request, *, by, key, until, reason, on_behalf=False, at=None):
    request = locked(request)
    if found := made_with(key, request, What.EXTENSION_ASKED):
        return found
    after(What.EXTENSION_ASKED, request.state)
    if request.waiting_extension:
        raise NotNow("More time has been asked for already, and nobody has answered yet")
    _refuse_earlier(request, until)
    return move(
        request,
        What.EXTENSION_ASKED,
        by=by,
        key=key,
        due=until,
        reason=reason,
        on_behalf=on_behalf,
        at=at,
    )


@transaction.atomic
def give_extension(request, *, by, key, until, reason="", at=None):
    """To the day that was asked for or another; unasked only with a reason."""
    request = locked(request)
    if found := made_with(key, request, What.EXTENSION_GIVEN):
        return found
    after(What.EXTENSION_GIVEN, request.state)
    _refuse_earlier(request, until)
    if not request.waiting_extension and not reason.strip():
        raise ValidationError({"reason": "Say why, because the agency did not ask for more time"})
    made = move(request, What.EXTENSION_GIVEN, by=by, key=key, due=until, reason=reason, at=at)
    put_off(request, until)
    emails.say_that_time_is_answered(request, because=made)
    return made


@transaction.atomic
def refuse_extension(request, *, by, key, reason, at=None):
    request = locked(request)
    if found := made_with(key, request, What.EXTENSION_REFUSED):
        return found
    after(What.EXTENSION_REFUSED, request.state)
    if not request.waiting_extension:
        raise NotNow("Nobody waits for an answer about more time")
    made = move(request, What.EXTENSION_REFUSED, by=by, key=key, reason=reason, at=at)
    emails.say_that_time_is_answered(request, because=made)
    return made
