"""What came of a meeting: who was there, the minutes in versions, and the decisions."""

import hashlib

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone

from audit.models import EventType
from reviews.emails import say_something_is_new
from reviews.lifecycle.ended import refuse_if_ended
from reviews.meetings.models import Attendance, MeetingDecision, Minutes
from reviews.meetings.queries import recipients_of
from reviews.meetings.services.planning import ChangedMeanwhile, in_work, locked, tell


class NotHeld(Exception):
    """The meeting has not taken place, so nothing can have come of it."""


class Agreed(Exception):
    """The minutes were agreed: they stay as they are."""


class AlreadyWithdrawn(Exception):
    """Somebody else withdrew it first."""


def held(meeting):
    meeting = in_work(meeting)
    if not meeting.is_held:
        raise NotHeld(meeting.pk)
    return meeting


def _not_agreed(meeting):
    if meeting.minutes.filter(agreed_in__isnull=False).exists():
        raise Agreed(meeting.pk)


def picture_of(meeting):
    """Who was there as it stands, as a mark that changes with it; empty while nothing is said."""
    rows = meeting.attendance.order_by("pk").values_list("member", "post", "state", "deputy")
    return hashlib.sha256(repr(list(rows)).encode()).hexdigest() if rows else ""


@transaction.atomic
def record_attendance(meeting, *, members, others, by, seen=None):
    """`members`: {member: (state, deputy)}; `others`: posts of whoever else was there.

    The whole picture at once, until the minutes are agreed. A member without a state is taken out
    of it. `seen` is the picture that it was made from. What each member's state was before is on
    the trail: somebody may have read it in the minutes.
    """
    meeting = held(meeting)
    _not_agreed(meeting)
    if seen is not None and seen != picture_of(meeting):
        raise ChangedMeanwhile(meeting.pk)
    before = dict(meeting.attendance.exclude(member=None).values_list("member", "state"))
    for member, (state, deputy) in members.items():
        if member.review_id != meeting.review_id:
            raise ValidationError("That member sits on another panel.")
        _record_one(meeting, member, state, deputy)
    _record_others(meeting, others)
    counts = dict.fromkeys(Attendance.State.values, 0)
    for state, _ in members.values():
        if state:
            counts[str(state)] += 1
    changed = {
        str(member.pk): [before.get(member.pk, ""), str(state)]
        for member, (state, _) in members.items()
        if before.get(member.pk, "") != state
    }
    tell(
        EventType.ATTENDANCE_RECORDED,
        meeting,
        by=by,
        others=len(others),
        changed=changed,
        **counts,
    )


def _record_one(meeting, member, state, deputy):
    row = meeting.attendance.filter(member=member).first() or Attendance(
        meeting=meeting, member=member
    )
    if state:
        row.state, row.deputy = state, deputy if state == Attendance.State.DEPUTY else ""
        row.full_clean()
        row.save()
    elif row.pk:
        row.delete()


def _record_others(meeting, others):
    before = meeting.attendance.filter(member=None)
    if list(before.values_list("post", flat=True)) != others:
        before.delete()
        for post in others:
            row = Attendance(meeting=meeting, post=post, state=Attendance.State.PRESENT)
            row.full_clean()
            row.save()


@transaction.atomic
def write_minutes(meeting, *, text, why, seen, by):
    """The next version; `seen` is the number of the version that it was written from (0: none)."""
    meeting = held(meeting)
    _not_agreed(meeting)
    newest = meeting.minutes.first()
    if (newest.number if newest else 0) != seen:
        raise ChangedMeanwhile(meeting.pk)
    if newest and newest.text == text.strip():
        return newest
    if newest and not why:
        raise ValidationError({"why": "Say what this version changes."})
    minutes = Minutes(meeting=meeting, number=seen + 1, text=text.strip(), why=why, made_by=by)
    minutes.full_clean()
    minutes.save()
    tell(EventType.MINUTES_WRITTEN, meeting, by=by, version=minutes.number)
    return minutes


def _newest(minutes):
    meeting = held(minutes.meeting)
    _not_agreed(meeting)
    newest = meeting.minutes.select_for_update(of=("self",)).first()
    if newest.pk != minutes.pk:
        raise ChangedMeanwhile(minutes.pk)
    return meeting, newest


@transaction.atomic
def send_minutes(minutes, *, by):
    """The panel reads this version from now on, with the decisions and actions. Safe to repeat."""
    meeting, minutes = _newest(minutes)
    if minutes.sent_at:
        return minutes
    minutes.sent_at, minutes.sent_by = timezone.now(), by
    minutes.save(update_fields=["sent_at", "sent_by"])
    people = recipients_of(meeting)
    for member in people:
        key = f"minutes:{minutes.pk}:{member.user_id}"
        say_something_is_new(member.user, key=key, about=member.review)
    tell(EventType.MINUTES_SENT, meeting, by=by, version=minutes.number, mails=len(people))
    return minutes


@transaction.atomic
def agree_minutes(minutes, *, in_meeting, by):
    """A later meeting agreed the version that it was sent: the last one."""
    meeting, minutes = _newest(minutes)
    if not minutes.sent_at:
        raise ValidationError("Send this version to the panel first.")
    in_meeting = locked(in_meeting)
    if (
        in_meeting.review_id != meeting.review_id
        or not in_meeting.is_held
        or in_meeting.starts_at <= meeting.starts_at
    ):
        raise ValidationError({"in_meeting": "Choose a later meeting that was held."})
    minutes.agreed_in, minutes.agreed_by = in_meeting, by
    minutes.full_clean()
    minutes.save(update_fields=["agreed_in", "agreed_by"])
    tell(EventType.MINUTES_AGREED, meeting, by=by, version=minutes.number)
    return minutes


@transaction.atomic
def decide(meeting, *, key, text, by):
    """The same key again gives the first one's decision."""
    meeting = held(meeting)
    if found := meeting.decisions.filter(key=key).first():
        return found
    decision = MeetingDecision(meeting=meeting, key=key, text=text.strip(), recorded_by=by)
    decision.full_clean()
    decision.save()
    tell(EventType.MEETING_DECIDED, meeting, by=by)
    return decision


@transaction.atomic
def withdraw_decision(decision, *, because, by):
    """It was entered wrongly. It stays to be read by those who keep the meetings."""
    decision = (
        MeetingDecision.objects.select_for_update(of=("self",))
        .select_related("meeting__review")
        .get(pk=decision.pk)
    )
    refuse_if_ended(decision.meeting.review)
    if decision.is_withdrawn:
        raise AlreadyWithdrawn(decision.pk)
    decision.withdrawn_at, decision.withdrawn_because = timezone.now(), because
    decision.full_clean()
    decision.save(update_fields=["withdrawn_at", "withdrawn_because"])
    tell(EventType.MEETING_DECISION_WITHDRAWN, decision.meeting, by=by)
    return decision
