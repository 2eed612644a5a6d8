"""Moving a review from stage to stage, and suspending, ending and opening it again."""

from datetime import date, timedelta

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone

from audit.models import EventType
from audit.services import record
from foundations.dates import PartialDate
from reviews.access import access_of
from reviews.clock import services as clock
from reviews.clock.counting import exactly
from reviews.clock.kinds import Milestone, Reason
from reviews.clock.prose import when
from reviews.clock.queries import clock_of
from reviews.lifecycle.ended import refuse_if_ended
from reviews.lifecycle.models import LeftOpen, StageMove, StateChange
from reviews.lifecycle.open_things import still_open
from reviews.models import Review
from reviews.proceedings.models import Stops
from reviews.proceedings.queries import refuse_held
from reviews.rules import ENDED, Stage, State

What = StateChange.What
_ORDER = list(Stage)
# A review comes there by publishing, or to publish.
_PUBLISHED = frozenset({Stage.PUBLICATION, Stage.MONITORING})
# From which states each change starts, what it leads to, and what is said where it cannot be.
_FROM = {
    What.SUSPENDED: ({State.RUNNING}, State.SUSPENDED, "Only a review under way can be suspended"),
    What.RESUMED: ({State.SUSPENDED}, State.RUNNING, "The review is not suspended"),
    What.REOPENED: (ENDED, State.RUNNING, "The review has not ended"),
    **{
        what: ({State.RUNNING, State.SUSPENDED}, state, "The review has ended already")
        for what, state in (
            (What.DISCONTINUED, State.DISCONTINUED),
            (What.MERGED, State.MERGED),
            (What.CLOSED, State.CLOSED),
        )
    },
}


NOT_WHOLE = (
    "You have a conflict of interest with an agency of this review, so not all that is open is "
    "shown to you. Ask another coordinator to close it"
)


class MovedMeanwhile(Exception):
    """Somebody moved the review to another stage first."""


class StillOpen(Exception):
    """Something is open that no reason was given for."""


# --- Stages -------------------------------------------------------------------------------------


@transaction.atomic
def set_stage(review, *, stage, by, on=None, why="", seen=None, today=None):
    """`seen` is the stage that whoever moves it has read. The same stage again changes nothing."""
    review, stage = _locked(review), Stage(stage)
    refuse_if_ended(review)
    if review.stage == stage:
        return review
    if seen and seen != review.stage:
        raise MovedMeanwhile
    if stage is Stage.CLOSED:
        raise ValidationError({"stage": "Close the review on the page for that"})
    if goes_back(review.stage, stage) and not why.strip():
        raise ValidationError({"why": "Say why the review goes back"})
    today = today or timezone.localdate()
    on = _a_time(on, "on", today) if on else exactly(today)
    last = review.stage_moves.last()
    if last and last.on.earliest and last.on.earliest > on.latest:
        came = f"It came to “{last.get_stage_display()}” {when(last.on)}"
        raise ValidationError({"on": f"{came}: this cannot be earlier"})
    if stage in _PUBLISHED and not goes_back(review.stage, stage):
        refuse_held(review, Stops.PUBLICATION, by=by, on=on, field="stage")
    return _move(review, stage, on=on, why=why, by=by)


def goes_back(before, after):
    return _ORDER.index(Stage(after)) < _ORDER.index(Stage(before))


def _move(review, stage, *, on, why, by):
    before, review.stage = review.stage, stage
    review.full_clean()
    review.save(update_fields=["stage"])
    move = StageMove(
        review=review, before=before, stage=stage, on=on, why=why.strip(), recorded_by=by
    )
    move.full_clean()
    move.save()
    record(EventType.STAGE_CHANGED, by=by, review=review, target=review, before=before, after=stage)
    return review


# --- State --------------------------------------------------------------------------------------


@transaction.atomic
def suspend(
    review, *, reason, on, by, key, why="", agreed_by="", expected_until=None, stop_clock=True,
    today=None,
):  # fmt: skip
    """The review stands still. Its clock does so too, if it is to and is running."""
    today = today or timezone.localdate()
    review, on, found = _begin(review, What.SUSPENDED, on, key, today)
    if found:
        return found
    if reason == Reason.OTHER and not why.strip():
        raise ValidationError({"why": "Say what the reason is"})
    if expected_until and expected_until <= on.latest:
        raise ValidationError({"expected_until": "Enter a day after the suspension begins"})
    pause = None
    if stop_clock and clock_of(review, today).is_running:
        pause = clock.pause(
            review,
            starts_on=min(on.latest, today),
            reason=reason,
            because=why,
            agreed_by=agreed_by,
            agreed_on=on,
            by=by,
            today=today,
        )
    return _change(
        review, What.SUSPENDED, on=on, key=key, by=by, reason=reason, why=why,
        agreed_by=agreed_by, expected_until=expected_until, pause=pause,
    )  # fmt: skip


@transaction.atomic
def resume(review, *, on, by, key, why="", today=None):
    """Work goes on; the pause that came with the suspension ends the day before."""
    today = today or timezone.localdate()
    review, on, found = _begin(review, What.RESUMED, on, key, today)
    if found:
        return found
    _end_pause(review, on, by=by)
    return _change(review, What.RESUMED, on=on, key=key, by=by, why=why)


def _end_pause(review, on, *, by):
    suspension = review.state_changes.filter(what=What.SUSPENDED).last()
    pause = suspension and suspension.pause
    if pause and pause.is_live and pause.ends_on is None:
        last = max(pause.starts_on, on.earliest - timedelta(days=1))
        clock.end_pause(pause, on=last, by=by)


@transaction.atomic
def discontinue(review, *, on, why, agreed_by, by, key, told="", today=None):
    return _end(review, What.DISCONTINUED, on, key, by, today, why, agreed_by, told=told)


@transaction.atomic
def merge_into(review, *, into, on, why, agreed_by, by, key, told="", today=None):
    """The work goes on in another review, which whoever merges runs as well."""
    both = Review.objects.select_for_update().filter(pk__in=[review.pk, into.pk])
    locked = {one.pk: one for one in both.order_by("pk")}  # in one order: nobody waits in a ring
    if into.pk == review.pk or locked[into.pk].has_ended:
        raise ValidationError({"into": "Choose another review that is under way"})
    return _end(review, What.MERGED, on, key, by, today, why, agreed_by, told=told, into=into)


def _end(review, what, on, key, by, today, why, agreed_by, **more):
    today = today or timezone.localdate()
    review, on, found = _begin(review, what, on, key, today)
    if found:
        return found
    if review.state == State.SUSPENDED:
        _end_pause(review, on, by=by)
    stopped = clock_of(review, today).is_running
    if stopped:
        clock.reached(review, Milestone.ENDED, on, by, today=today)
    return _change(
        review, what, on=on, key=key, by=by, why=why, agreed_by=agreed_by, stopped_clock=stopped,
        **more,
    )  # fmt: skip


@transaction.atomic
def close(review, *, on, why, agreed_by, reasons, by, key, today=None):
    """`reasons` says of each kind of thing that is still open why it may stay so."""
    today = today or timezone.localdate()
    review, on, found = _begin(review, What.CLOSED, on, key, today)
    if found:
        return found
    if review.pk in access_of(by).reviews_in_conflict:
        raise ValidationError(NOT_WHOLE)
    things = still_open(by, review)
    if any(not reasons.get(thing.code, "").strip() for thing in things):
        raise StillOpen
    if review.state == State.SUSPENDED:
        _end_pause(review, on, by=by)
    change = _change(review, What.CLOSED, on=on, key=key, by=by, why=why, agreed_by=agreed_by)
    for thing in things:
        left = LeftOpen(
            change=change,
            kind=thing.code,
            what=thing.words,
            n=thing.n,
            why=" ".join(reasons[thing.code].split()),
        )
        left.full_clean()
        left.save()
    _move(change.review, Stage.CLOSED, on=on, why="", by=by)
    return change


@transaction.atomic
def reopen(review, *, on, why, by, key, agreed_by="", today=None):
    """Whatever ended it, it goes on at the stage at which it stood."""
    today = today or timezone.localdate()
    review, on, found = _begin(review, What.REOPENED, on, key, today)
    if found:
        return found
    ending = review.state_changes.exclude(what__in=[What.SUSPENDED, What.RESUMED]).last()
    if ending and ending.stopped_clock:
        clock.not_reached(review, Milestone.ENDED, by, why="The review was opened again")
    change = _change(review, What.REOPENED, on=on, key=key, by=by, why=why, agreed_by=agreed_by)
    if review.stage == Stage.CLOSED:
        last = review.stage_moves.filter(stage=Stage.CLOSED).last()
        before = Stage(last.before) if last and last.before else Stage.MONITORING
        _move(change.review, before, on=on, why="The review was opened again", by=by)
    return change


# --- What all of them do ------------------------------------------------------------------------


def _locked(review):
    return (
        Review.objects.select_for_update(of=("self",))
        .select_related("partnership")
        .get(pk=review.pk)
    )


def _begin(review, what, on, key, today):
    """(the locked review, the time, what a first click has done already)"""
    review = _locked(review)
    if found := review.state_changes.filter(key=key).first():
        return review, on, found
    starts, _, refusal = _FROM[what]
    if review.state not in starts:
        raise ValidationError(refusal)
    on = _a_time(on, "on", today)
    last = review.state_changes.last()
    if last and last.on.earliest > on.latest:
        said = last.get_what_display().lower()
        raise ValidationError({"on": f"It was {said} {when(last.on)}: this cannot be earlier"})
    return review, on, None


def _change(review, what, *, key, by, on, why="", agreed_by="", told="", **more):
    change = StateChange(
        review=review,
        key=key,
        what=what,
        on=on,
        why=why.strip(),
        agreed_by=" ".join(agreed_by.split()),
        told=" ".join(told.split()),
        recorded_by=by,
        **more,
    )
    change.full_clean()
    change.save()
    review.state = _FROM[what][1]
    review.save(update_fields=["state"])
    record(EventType.STATE_CHANGED, by=by, review=review, target=change, what_kind=what)
    return change


def _a_time(on, field, today):
    if isinstance(on, date):
        on = exactly(on)
    if not isinstance(on, PartialDate) or on.earliest is None or on.latest is None:
        raise ValidationError({field: "Enter a day, or a month, a season or a year"})
    if on.earliest > today:
        raise ValidationError({field: "This cannot be in the future"})
    return on
