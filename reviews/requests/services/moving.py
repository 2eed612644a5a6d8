"""One request from state to state. Each move is a row, told in the trail; none is ever changed.

Whoever calls has asked rules.py. The same key again gives the first one's move.
"""

from django.core.exceptions import ValidationError
from django.db import transaction
from django.http import Http404
from django.utils import timezone

from audit.models import EventType
from audit.services import record
from reviews.lifecycle.ended import refuse_if_ended
from reviews.requests import emails
from reviews.requests.models import Request, RequestMove
from reviews.requests.states import State, What, after

_EVENTS = {
    What.ASKED: EventType.REQUEST_ASKED,
    What.OPENED: EventType.REQUEST_OPENED,
    What.BEGUN: EventType.REQUEST_BEGUN,
    What.READY: EventType.REQUEST_READY,
    What.SUBMITTED: EventType.REQUEST_SUBMITTED,
    What.RETURNED: EventType.REQUEST_RETURNED,
    What.ACCEPTED: EventType.REQUEST_ACCEPTED,
    What.NIL: EventType.REQUEST_NIL,
    What.WITHDRAWN: EventType.REQUEST_WITHDRAWN,
    What.EXTENSION_ASKED: EventType.REQUEST_EXTENSION_ASKED,
    What.EXTENSION_GIVEN: EventType.REQUEST_EXTENSION_GIVEN,
    What.EXTENSION_REFUSED: EventType.REQUEST_EXTENSION_REFUSED,
    What.CHASED: EventType.REQUEST_CHASED,
}


class KeyOfAnother(Http404):
    """The key came with the form of another request: what it made is not shown."""


def locked(request):
    """The request for as long as the transaction; a second person, or click, waits here."""
    request = (
        Request.objects.select_for_update(of=("self",))
        .select_related("participation__agency", "participation__review__partnership")
        .get(pk=request.pk)
    )
    refuse_if_ended(request.review)
    return request


def made_with(key, request, what):
    """What the first click of the same form made."""
    found = RequestMove.objects.filter(key=key).first() if key else None
    if found and (found.request_id, found.what) != (request.pk, what):
        raise KeyOfAnother
    return found


def move(request, what, *, by, key=None, reason="", due=None, sha256="", on_behalf=False, at=None):
    """Write one move of a request that is locked. Raises NotNow."""
    made = RequestMove(
        request=request,
        key=key,
        what=what,
        before="" if what == What.ASKED else request.state,
        after=after(what, "" if what == What.ASKED else request.state),
        due=due or request.due,
        reason=reason.strip(),
        sha256=sha256,
        on_behalf=on_behalf,
        at=at or timezone.now(),
        by=by,
    )
    made.full_clean()
    made.save()
    if request.state != made.after:
        request.state = made.after
        request.save(update_fields=["state"])
    tell(_EVENTS[what], request, by=by, due=made.due, on_behalf=on_behalf)
    return made


def tell(type_, request, *, by, **data):
    record(
        type_,
        by=by,
        review=request.review,
        target=request,
        agency=request.participation.agency.name,
        request=request.kind,
        **data,
    )


# --- What the agency does -----------------------------------------------------------------------


@transaction.atomic
def open_request(request, *, by, at=None):
    """Somebody of the agency reads it for the first time. Afterwards this changes nothing."""
    request = locked(request)
    if request.state == State.ASKED:
        move(request, What.OPENED, by=by, at=at)
    return request


@transaction.atomic
def begin(request, *, by, on_behalf=False, at=None):
    """Something has been done. What was returned stays returned until it comes again."""
    request = locked(request)
    if request.state in {State.ASKED, State.OPENED}:
        move(request, What.BEGUN, by=by, on_behalf=on_behalf, at=at)
    return request


@transaction.atomic
def submit(request, *, by, key, reason="", sha256="", on_behalf=False, at=None):
    """What was asked for has come: late or not, and after a nil answer too. Returns the move,
    which is the agency's receipt."""
    request = locked(request)
    if found := made_with(key, request, What.SUBMITTED):
        return found
    return move(
        request,
        What.SUBMITTED,
        by=by,
        key=key,
        reason=reason,
        sha256=sha256,
        on_behalf=on_behalf,
        at=at,
    )


# --- What the leaders do ------------------------------------------------------------------------


@transaction.atomic
def return_request(request, *, by, key, reason, due, at=None):
    """Back to the agency, with the reason and another day."""
    request = locked(request)
    if found := made_with(key, request, What.RETURNED):
        return found
    refuse_past(due)
    made = move(request, What.RETURNED, by=by, key=key, reason=reason, due=due, at=at)
    put_off(request, due)
    emails.say_that_it_came_back(request, because=made)
    return made


@transaction.atomic
def accept(request, *, by, key, reason="", at=None):
    request = locked(request)
    if found := made_with(key, request, What.ACCEPTED):
        return found
    return move(request, What.ACCEPTED, by=by, key=key, reason=reason, at=at)


@transaction.atomic
def withdraw(request, *, by, key, reason, at=None):
    """It is no longer asked for. What came already is not taken back: that is returned."""
    request = locked(request)
    if found := made_with(key, request, What.WITHDRAWN):
        return found
    return move(request, What.WITHDRAWN, by=by, key=key, reason=reason, at=at)


# --- Beneath ------------------------------------------------------------------------------------


def put_off(request, due):
    request.due = due
    request.save(update_fields=["due"])


def refuse_past(day, *, field="due"):
    if day < timezone.localdate():
        raise ValidationError({field: "The day must be today or later"})
