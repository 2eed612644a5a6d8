"""Actions of a meeting: given, put off with a reason, chased and done."""

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone

from audit.models import EventType
from reviews.emails import say_something_is_new
from reviews.lifecycle.ended import refuse_if_ended
from reviews.meetings import emails
from reviews.meetings.models import ActionChase, MeetingAction, MeetingActionMove
from reviews.meetings.queries import owners_of
from reviews.meetings.services.minutes import held
from reviews.meetings.services.planning import tell


class AlreadyDone(Exception):
    """Somebody else has said that this action is done."""


@transaction.atomic
def give_action(meeting, *, key, text, due, by, member=None, participation=None, post=""):
    """To one member, one agency or one post. The same key again gives the first one's action."""
    meeting = held(meeting)
    if found := meeting.actions.filter(key=key).first():
        return found
    if any(owner and owner.review_id != meeting.review_id for owner in (member, participation)):
        raise ValidationError("That owner belongs to another review.")
    if due < timezone.localdate(meeting.starts_at):
        raise ValidationError({"due": "It cannot be due before the meeting."})
    action = MeetingAction(
        meeting=meeting,
        key=key,
        text=text.strip(),
        member=member,
        participation=participation,
        post=post,
        first_due=due,
        due=due,
        made_by=by,
    )
    action.full_clean()
    action.save()
    agency = participation.agency.name if participation else ""
    tell(EventType.MEETING_ACTION_GIVEN, meeting, by=by, action=action.pk, due=due, agency=agency)
    for user in owners_of(action):
        key = f"meeting-action-new:{action.pk}:{user.pk}"
        say_something_is_new(user, key=key, about=participation or meeting.review)
    return action


def _still_open(action):
    action = (
        MeetingAction.objects.select_for_update(of=("self",))
        .select_related("meeting__review", "member__user", "participation__agency")
        .get(pk=action.pk)
    )
    if action.is_done:
        raise AlreadyDone(action.pk)
    return action


@transaction.atomic
def move_action(action, *, due, reason, by):
    """Put the day off, or forward; the first day and every move are kept."""
    action = _still_open(action)
    refuse_if_ended(action.meeting.review)
    if due < timezone.localdate():
        raise ValidationError({"due": "Enter today's date or a later one."})
    if due == action.due:
        raise ValidationError({"due": "This is the day that it is due already."})
    move = MeetingActionMove(
        action=action, before=action.due, after=due, reason=reason, moved_by=by
    )
    move.full_clean()
    move.save()
    action.due = due
    action.save(update_fields=["due"])
    tell(EventType.MEETING_ACTION_MOVED, action.meeting, by=by, action=action.pk, due=due)
    return action


@transaction.atomic
def finish_action(action, *, done, by):
    action = _still_open(action)
    action.done, action.done_at, action.done_by = done.strip(), timezone.now(), by
    action.full_clean()
    action.save(update_fields=["done", "done_at", "done_by"])
    tell(EventType.MEETING_ACTION_DONE, action.meeting, by=by, action=action.pk)
    return action


@transaction.atomic
def chase_action(action, *, key, note, by):
    """Mail whoever has to do it; where nobody has an account, the note says how they were asked."""
    action = _still_open(action)
    refuse_if_ended(action.meeting.review)
    if found := action.chases.filter(key=key).first():
        return found
    people = list(owners_of(action))
    if not people and not note:
        raise ValidationError({"note": "Nobody gets a mail. Say how you asked them."})
    chase = ActionChase(action=action, key=key, mails=len(people), note=note, chased_by=by)
    chase.full_clean()
    chase.save()
    for user in people:
        emails.chase(action, user, because=chase)
    tell(
        EventType.MEETING_ACTION_CHASED,
        action.meeting,
        by=by,
        action=action.pk,
        mails=len(people),
    )
    return chase
