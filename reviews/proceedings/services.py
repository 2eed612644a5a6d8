"""Recording what goes on beside a review, and holding and releasing what it stops."""

import uuid

from django.core.exceptions import ValidationError
from django.db import transaction

from audit.models import EventType
from audit.services import record
from reviews.models import Review
from reviews.proceedings.models import (
    Hold,
    HoldRelease,
    Proceeding,
    ProceedingEvent,
    ProceedingPost,
    ProceedingStatus,
    Stops,
)


class KeyOfAnother(Exception):
    """The key came with the form of another review or proceeding: what it made is not shown."""


class DoneMeanwhile(Exception):
    """Somebody moved this date, ended this contact or released this hold first."""


@transaction.atomic
def add_proceeding(review, *, kind, body, by, key, number="", participation=None):
    Review.objects.select_for_update(no_key=True).get(pk=review.pk)  # a second click waits
    if found := _made_before(Proceeding, key, review=review):
        return found
    if participation and participation.review_id != review.pk:
        raise ValidationError({"participation": "That agency has no part in this review"})
    proceeding = _saved(
        Proceeding(
            review=review,
            key=key,
            kind=kind,
            body=" ".join(body.split()),
            number=number.strip(),
            participation=participation,
            added_by=by,
        )
    )
    _tell(EventType.PROCEEDING_ADDED, proceeding, by=by, kind=str(kind))
    return proceeding


@transaction.atomic
def record_event(proceeding, *, what, on, by, key, note=""):
    """What happened, or is listed to: a day, or as much of it as is known."""
    proceeding = _locked(proceeding)
    if found := _made_before(ProceedingEvent, key, proceeding=proceeding):
        return found
    event = _saved(
        ProceedingEvent(
            proceeding=proceeding, key=key, what=what, on=on, note=note.strip(), recorded_by=by
        )
    )
    _tell(EventType.PROCEEDING_DATED, proceeding, by=by, what=str(what))
    return event


@transaction.atomic
def move_event(event, *, on, because, by, key):
    """Another date, or none: the one before is kept with the reason."""
    proceeding = _locked(event.proceeding)
    if found := _made_before(ProceedingEvent, key, proceeding=proceeding):
        return found
    if ProceedingEvent.objects.filter(moves=event).exists():
        raise DoneMeanwhile
    if on == event.on:
        raise ValidationError({"on": "This is the date that stands already"})
    moved = _saved(
        ProceedingEvent(
            proceeding=proceeding,
            key=key,
            what=event.what,
            note=event.note,
            on=on,
            moves=event,
            because=because.strip(),
            recorded_by=by,
        )
    )
    _tell(EventType.PROCEEDING_MOVED, proceeding, by=by, what=event.what, called_off=not on)
    return moved


@transaction.atomic
def set_status(proceeding, *, status, on, outcome, by, key, today):
    """Concluded or withdrawn, or open again. The rows before it are kept."""
    proceeding = _locked(proceeding)
    if found := _made_before(ProceedingStatus, key, proceeding=proceeding):
        return found
    before = proceeding.status.status if proceeding.status else ProceedingStatus.Status.OPEN
    if status == before:
        raise ValidationError({"status": "This is how it stands already"})
    if not on.is_bounded:
        raise ValidationError({"on": "Enter when, as well as it is known"})
    if on.earliest and on.earliest > today:
        raise ValidationError({"on": "This cannot be in the future"})
    row = _saved(
        ProceedingStatus(
            proceeding=proceeding,
            key=key,
            status=status,
            on=on,
            outcome=outcome.strip(),
            recorded_by=by,
        )
    )
    _tell(EventType.PROCEEDING_STATUS, proceeding, by=by, status=str(status))
    return row


# --- Whom the review deals with -----------------------------------------------------------------


@transaction.atomic
def add_post(proceeding, *, post, by, key, number="", details=""):
    proceeding = _locked(proceeding)
    if found := _made_before(ProceedingPost, key, proceeding=proceeding):
        return found
    row = _saved(
        ProceedingPost(
            review=proceeding.review,
            proceeding=proceeding,
            key=key,
            post=" ".join(post.split()),
            number=number.strip(),
            details=details.strip() or None,
            added_by=by,
        )
    )
    _tell(EventType.PROCEEDING_POST_ADDED, proceeding, by=by)
    return row


@transaction.atomic
def end_post(post, *, on, because, by, today):
    """The review deals with another post from now on; the row stays."""
    row = ProceedingPost.objects.select_for_update(of=("self",)).get(pk=post.pk)
    if row.ended_on:
        raise DoneMeanwhile
    _not_in_future(on, "on", today)
    row.ended_on, row.ended_because = on, because.strip()
    row.save(update_fields=["ended_on", "ended_because"])
    _tell(EventType.PROCEEDING_POST_ENDED, row.proceeding, by=by)
    return row


@transaction.atomic
def reveal_post(post, *, by):
    """How to reach them, or None if nobody has said. That it was asked is on the trail."""
    _tell(EventType.PROCEEDING_POST_REVEALED, post.proceeding, by=by)
    return post.details


# --- Holds --------------------------------------------------------------------------------------


@transaction.atomic
def begin_holds(
    proceeding, *, stops, asked_by, starts_on, reason, agreed_by, by, key, today, people=(),
    last_day=None, until_event=None,
):  # fmt: skip
    """A hold for each thing that it stops, so that each can be released by itself."""
    proceeding = _locked(proceeding)
    _not_in_future(starts_on, "starts_on", today)
    if until_event and until_event.proceeding_id != proceeding.pk:
        raise ValidationError({"until_event": "That event is of another proceeding"})
    if Stops.CONTACT in stops and not people:
        raise ValidationError({"people": "Choose with whom contact is stopped"})
    if any(person.review_id != proceeding.review_id for person in people):
        raise ValidationError({"people": "That person is in another review"})
    return [
        _hold(
            proceeding,
            what,
            people if what == Stops.CONTACT else (),
            by=by,
            key=uuid.uuid5(key, what),
            asked_by=asked_by.strip(),
            starts_on=starts_on,
            last_day=last_day,
            until_event=until_event,
            reason=reason.strip(),
            agreed_by=agreed_by.strip(),
        )
        for what in stops
    ]


def _hold(proceeding, what, people, *, by, key, **said):
    if found := _made_before(Hold, key, proceeding=proceeding):
        return found
    hold = _saved(
        Hold(
            review=proceeding.review,
            proceeding=proceeding,
            key=key,
            stops=what,
            recorded_by=by,
            **said,
        )
    )
    hold.people.set(people)
    _tell(EventType.HOLD_BEGUN, proceeding, by=by, stops=str(what), hold=hold.pk)
    return hold


@transaction.atomic
def release_hold(hold, *, on, because, agreed_by, by, key, today):
    """From a day on the thing may be done again. The hold is kept."""
    hold = Hold.objects.select_for_update(of=("self",)).get(pk=hold.pk)
    if found := HoldRelease.objects.filter(hold=hold).first():
        if found.key == key:
            return found
        raise DoneMeanwhile
    _not_in_future(on, "on", today)
    if on < hold.starts_on:
        raise ValidationError({"on": f"The hold only began on {hold.starts_on:%-d %B %Y}"})
    release = _saved(
        HoldRelease(
            hold=hold,
            key=key,
            on=on,
            because=because.strip(),
            agreed_by=agreed_by.strip(),
            recorded_by=by,
        )
    )
    _tell(EventType.HOLD_RELEASED, hold.proceeding, by=by, stops=hold.stops, hold=hold.pk)
    return release


# --- Beneath ------------------------------------------------------------------------------------


def _locked(proceeding):
    return (
        Proceeding.objects.select_for_update(of=("self",))
        .select_related("review")
        .get(pk=proceeding.pk)
    )


def _not_in_future(day, field, today):
    if day > today:
        raise ValidationError({field: "Enter today's date or an earlier one"})


def _made_before(model, key, **place):
    """What the first click of the same form made."""
    found = model.objects.filter(key=key).first()
    if found and any(getattr(found, name) != thing for name, thing in place.items()):
        raise KeyOfAnother
    return found


def _saved(row):
    row.full_clean()
    row.save()
    return row


def _tell(type_, proceeding, *, by, **data):
    record(type_, by=by, review=proceeding.review, target=proceeding, **data)
