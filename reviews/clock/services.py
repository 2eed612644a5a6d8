"""What moves a clock: milestones, extensions, pauses, and who was told. Nothing is overwritten."""

from datetime import date

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone

from audit.models import EventType
from audit.services import record
from foundations.dates import PartialDate
from reviews.clock import hearing, prose
from reviews.clock.counting import FIRST_DAY, LAST_DAY, due_after, exactly
from reviews.clock.kinds import BEFORE, TARGETS, WORDS, Milestone, Reason
from reviews.clock.models import DueDate, Extension, Pause, PauseEnd, Reached, Told
from reviews.clock.queries import clock_of, newest_of
from reviews.clock.rule_sets import holidays, rule_set_for
from reviews.models import Review


class RecordedMeanwhile(Exception):
    """Somebody else recorded the same thing that this was made without knowing of."""


class AlreadyTakenBack(Exception):
    """The extension or pause no longer counts."""


# --- Milestones ---------------------------------------------------------------------------------


@transaction.atomic
def reached(review, milestone, on, by, *, why="", key=None, seen=None, today=None):
    """Record that a review reached a milestone on a day, or some time known roughly.

    The same day again changes nothing. Another day is a correction, whose `why` is kept with it;
    what is due after it is reckoned again beside the old. `seen` is the newest row that whoever
    corrects has read; 0 for none. Raises ValidationError for what cannot be.
    """
    milestone = Milestone(milestone)
    review = _locked(review)
    if key and (found := review.milestones.filter(key=key).first()):
        return found
    newest = _newest_row(review, milestone)
    on = _a_time(on, "on", today or timezone.localdate())
    if newest and _same_time(newest.on, on):
        return newest
    _ask_seen(newest, seen)
    _refuse_impossible(review, milestone, on)
    row = Reached(review=review, milestone=milestone, on=on, why=why, key=key, recorded_by=by)
    row.full_clean()
    row.save()
    _reckon(row)
    record(
        EventType.MILESTONE_REACHED,
        by=by,
        review=review,
        target=row,
        milestone=milestone,
        corrects=bool(newest and newest.on),
    )
    hearing.tell(review, milestone)
    return row


@transaction.atomic
def not_reached(review, milestone, by, *, why, key=None, seen=None):
    """A milestone was recorded by mistake. What was reckoned from it is kept and counts no more."""
    milestone = Milestone(milestone)
    review = _locked(review)
    newest = _newest_row(review, milestone)
    if newest is None or not newest.on:
        return newest
    _ask_seen(newest, seen)
    row = Reached(review=review, milestone=milestone, why=why, key=key, recorded_by=by)
    row.full_clean()
    row.save()
    record(EventType.MILESTONE_UNREACHED, by=by, review=review, target=row, milestone=milestone)
    hearing.tell(review, milestone)
    return row


def _newest_row(review, milestone):
    return review.milestones.filter(milestone=milestone).order_by("-pk").first()


def _same_time(one, other):
    """However it was written: “4.3.2026” is 4 March 2026."""
    return bool(one) and (one.earliest, one.latest) == (other.earliest, other.latest)


def _ask_seen(newest, seen):
    if seen is not None and seen != (newest.pk if newest else 0):
        raise RecordedMeanwhile


def _refuse_impossible(review, milestone, on):
    """What comes before must not come after. A time known roughly may be any of its days."""
    others = newest_of(review.milestones.order_by("pk"))
    for other, row in others.items():
        if other in BEFORE[milestone] and row.on.earliest > on.latest:
            raise ValidationError({"on": f"This cannot be before {_told(other, row)}"})
        if milestone in BEFORE[other] and on.earliest > row.on.latest:
            raise ValidationError({"on": f"This cannot be after {_told(other, row)}"})


def _told(milestone, row):
    return f"{WORDS[milestone].moment}, which is recorded {prose.when(row.on)}"


def _reckon(row):
    """Store what is due after a milestone, under the limits in force on its day."""
    review = row.review
    rule_set = rule_set_for(review.kind, review.partnership, row.on.latest)
    limits = rule_set.limits.all() if rule_set else ()
    for limit in limits:
        if limit.counts_from == row.milestone and limit.amount:
            DueDate.objects.create(
                review=review,
                milestone=limit.milestone,
                limit=limit,
                counted_from=row,
                original=due_after(row.on, limit.amount, limit.unit, holidays()),
            )


# --- Extensions ---------------------------------------------------------------------------------


@transaction.atomic
def extend(
    review, milestone, *, until, reason, agreed_by, agreed_on, by, because="", told="",
    told_on=None, key=None, seen=None, today=None,
):  # fmt: skip
    """A new due day. `seen` is the last extension that whoever records has read; 0 for none."""
    milestone, today = Milestone(milestone), today or timezone.localdate()
    review = _locked(review)
    if key and (found := review.extensions.filter(key=key).first()):
        return found
    if milestone not in TARGETS:
        raise ValidationError("Nothing is due there")
    deadline = clock_of(review, today).deadline(milestone)
    last = deadline.extensions[-1] if deadline.extensions else None
    _ask_seen(last, seen)
    agreed_on = _a_time(agreed_on, "agreed_on", today)
    _refuse_extension(review, deadline, last, _a_day(until, "until"), agreed_on)
    extension = Extension(
        review=review,
        milestone=milestone,
        before=deadline.agreed,
        until=until,
        **_agreement(reason, because, agreed_by, agreed_on, key, by),
    )
    extension.full_clean()
    extension.save()
    _tell_first(extension, told, told_on, by=by, today=today)
    record(
        EventType.CLOCK_EXTENDED,
        by=by,
        review=review,
        target=extension,
        milestone=milestone,
        until=prose.day(until),
        reason=reason,
    )
    return extension


def _refuse_extension(review, deadline, last, until, agreed_on):
    if deadline.agreed and until <= deadline.agreed.latest:
        raise ValidationError(
            {"until": f"The new day must be after the one it replaces, {deadline.agreed}"}
        )
    if last and agreed_on.latest < last.agreed_on.earliest:
        raise ValidationError(
            {"agreed_on": f"The extension before was agreed later, {prose.when(last.agreed_on)}"}
        )
    if deadline.reached and agreed_on.earliest > deadline.reached.on.latest:
        raise ValidationError(
            {"agreed_on": f"{prose.capital(deadline.words.done)} "
             f"{prose.when(deadline.reached.on)}: nothing can be put off after that"}
        )  # fmt: skip
    _not_before_the_start(review, agreed_on.latest, "agreed_on")


# --- Pauses -------------------------------------------------------------------------------------


@transaction.atomic
def pause(
    review, *, starts_on, reason, agreed_by, agreed_on, by, ends_on=None, because="", told="",
    told_on=None, key=None, today=None, proceeding=None,
):  # fmt: skip
    """The clock stands still, from a day on or to a day. Pauses may overlap: a day counts once."""
    today = today or timezone.localdate()
    review = _locked(review)
    if key and (found := review.pauses.filter(key=key).first()):
        return found
    agreed_on = _a_time(agreed_on, "agreed_on", today)
    _refuse_pause(review, _a_day(starts_on, "starts_on"), ends_on, today)
    if proceeding and proceeding.review_id != review.pk:
        raise ValidationError({"proceeding": "That proceeding is beside another review"})
    made = Pause(
        review=review,
        proceeding=proceeding,
        starts_on=starts_on,
        **_agreement(reason, because, agreed_by, agreed_on, key, by),
    )
    made.full_clean()
    made.save()
    if ends_on:
        PauseEnd.objects.create(pause=made, on=ends_on, recorded_by=by)
    _tell_first(made, told, told_on, by=by, today=today)
    record(
        EventType.CLOCK_PAUSED,
        by=by,
        review=review,
        target=made,
        starts_on=prose.day(starts_on),
        reason=reason,
    )
    return made


def _refuse_pause(review, starts_on, ends_on, today):
    if starts_on > today:
        raise ValidationError({"starts_on": "The first day cannot be in the future"})
    _refuse_end(starts_on, ends_on)
    _not_before_the_start(review, starts_on, "starts_on")
    stop = clock_of(review, today).stop
    if stop and starts_on > stop.on.latest:
        raise ValidationError(
            {
                "starts_on": f"The clock stopped {prose.when(stop.on)}: it cannot be paused after that"
            }
        )


def _refuse_end(starts_on, ends_on):
    if ends_on and _a_day(ends_on, "ends_on") < starts_on:
        raise ValidationError(
            {"ends_on": f"The last day cannot be before the first, {prose.day(starts_on)}"}
        )


@transaction.atomic
def end_pause(pause, *, on, by, key=None, seen=None):
    """Say the last day of a pause, or say it anew; None opens it again. `seen` as for reached."""
    review = _locked(pause.review)
    pause = Pause.objects.get(pk=pause.pk)
    if not pause.is_live:
        raise AlreadyTakenBack(pause.pk)
    if key and (found := pause.ends.filter(key=key).first()):
        return found
    newest = pause.ends.last()
    _ask_seen(newest, seen)
    _refuse_end(pause.starts_on, on)
    end = PauseEnd(pause=pause, on=on, key=key, recorded_by=by)
    end.full_clean()
    end.save()
    record(
        EventType.CLOCK_PAUSE_ENDED,
        by=by,
        review=review,
        target=pause,
        ends_on=prose.day(on) if on else "open",
    )
    return end


# --- Both ---------------------------------------------------------------------------------------


@transaction.atomic
def tell(change, *, whom, on, by, key=None, today=None):
    """Record that somebody was told of an extension or a pause."""
    review = _locked(change.review)
    if key and (found := change.told.filter(key=key).first()):
        return found
    told = _tell(change, whom, on, by=by, key=key, today=today or timezone.localdate())
    record(EventType.CLOCK_TOLD, by=by, review=review, target=told)
    return told


def _tell(change, whom, on, *, by, today, key=None):
    told = Told(
        whom=" ".join(whom.split()),
        on=_a_time(on, "told_on", today),
        key=key,
        recorded_by=by,
        **{change._meta.model_name: change},
    )
    told.full_clean()
    told.save()
    return told


def _tell_first(change, whom, on, *, by, today):
    if whom and not on:
        raise ValidationError({"told_on": "Enter when they were told"})
    if on and not whom:
        raise ValidationError({"told": "Say who was told"})
    if whom:
        _tell(change, whom, on, by=by, today=today)


@transaction.atomic
def take_back(change, *, why, by):
    """An extension or a pause was recorded by mistake. It is kept, and moves nothing any more."""
    review = _locked(change.review)
    change = type(change).objects.get(pk=change.pk)
    if not change.is_live:
        raise AlreadyTakenBack(change.pk)
    change.taken_back_at, change.taken_back_by = timezone.now(), by
    change.taken_back_why = why
    change.full_clean()
    change.save(update_fields=["taken_back_at", "taken_back_by", "taken_back_why"])
    record(
        EventType.CLOCK_TAKEN_BACK,
        by=by,
        review=review,
        target=change,
        what_kind=change._meta.model_name,
    )
    return change


def _agreement(reason, because, agreed_by, agreed_on, key, by):
    if reason == Reason.OTHER and not because.strip():
        raise ValidationError({"because": "Say what the reason is"})
    return {
        "reason": reason,
        "because": because.strip(),
        "agreed_by": " ".join(agreed_by.split()),
        "agreed_on": agreed_on,
        "key": key,
        "recorded_by": by,
    }


def _locked(review):
    """Whoever moves a clock waits for whoever moves it already."""
    return (
        Review.objects.select_for_update(of=("self",))
        .select_related("partnership")
        .get(pk=review.pk)
    )


def _not_before_the_start(review, day, field):
    told = newest_of(review.milestones.order_by("pk")).get(Milestone.NOTIFIED)
    if told and day < told.on.earliest:
        raise ValidationError({field: f"This cannot be before {_told(Milestone.NOTIFIED, told)}"})


def _a_day(day, field):
    if not FIRST_DAY <= day <= LAST_DAY:
        raise ValidationError({field: f"Enter a year between {FIRST_DAY.year} and {LAST_DAY.year}"})
    return day


def _a_time(on, field, today):
    """A day, or a time known roughly that has a first and a last day, and has begun."""
    if isinstance(on, date):
        on = exactly(on)
    if not isinstance(on, PartialDate) or on.earliest is None or on.latest is None:
        raise ValidationError({field: "Enter a day, or a month, a season or a year"})
    _a_day(on.earliest, field)
    _a_day(on.latest, field)
    if on.earliest > today:
        raise ValidationError({field: "This cannot be in the future"})
    return on
