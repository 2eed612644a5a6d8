"""What is told to people, and only when somebody says so: invitations, changes, cancellations."""

from contextlib import suppress

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone

from audit.models import EventType
from foundations.post.outbox import NotSent, came_back
from reviews.lifecycle.ended import refuse_if_ended
from reviews.meetings import emails
from reviews.meetings.models import Invitation
from reviews.meetings.queries import recipients_of
from reviews.meetings.services.planning import NotOpen, locked, still_open, tell


class NotReady(Exception):
    """The message says what the meeting still lacks."""


class AlreadyReturned(Exception):
    """Somebody else recorded it first."""


@transaction.atomic
def send(meeting, *, seen, with_agenda, by):
    """Mail what calendars should hold to every member with an account who does not have it yet.

    Returns how many messages went out. Safe to repeat: nobody gets the same change twice.
    """
    meeting = locked(meeting)
    if not meeting.is_cancelled:  # people must hear of a cancellation, the more so at the end
        refuse_if_ended(meeting.review)
    _refuse_unready(meeting, seen, with_agenda)
    now = timezone.now()
    if meeting.is_cancelled:
        method = Invitation.Method.CANCEL
    else:
        method = Invitation.Method.REQUEST
        meeting.state = meeting.State.SENT
        meeting.sent_at, meeting.sent_by = meeting.sent_at or now, meeting.sent_by or by
    gives_agenda = with_agenda and meeting.is_agenda_open
    if gives_agenda:
        meeting.agenda_given_at = now
    meeting.sequence_sent = meeting.sequence
    meeting.changes += 1
    meeting.save()
    sent = _mail(meeting, method, gives_agenda)
    tell(
        EventType.MEETING_SENT,
        meeting,
        by=by,
        method=str(method),
        sequence=meeting.sequence,
        mails=sent,
        agenda=gives_agenda,
    )
    return sent


def _refuse_unready(meeting, seen, with_agenda):
    if meeting.changes != seen:
        raise NotReady("Somebody has changed the meeting meanwhile. Look at it again, then send")
    if meeting.is_held or (meeting.is_cancelled and meeting.sent_at is None):
        raise NotOpen(meeting.pk)
    if meeting.is_cancelled:
        return
    if not meeting.where:
        raise NotReady("Enter a place or a link first")
    if meeting.ends_at <= timezone.now():
        raise NotReady("The meeting is over: nobody can be invited to it any more")
    if with_agenda and not meeting.agenda.exists():
        raise NotReady("Put something on the agenda first, or send without it")


def _mail(meeting, method, gives_agenda):
    sent = 0
    for member in recipients_of(meeting):
        told = meeting.invitations.filter(member=member, sequence=meeting.sequence)
        if not told.exists():
            message = emails.send_calendar(meeting, member.user, method=method)
            Invitation.objects.create(
                meeting=meeting,
                member=member,
                method=method,
                sequence=meeting.sequence,
                message=message,
            )
            sent += 1
        elif gives_agenda:
            emails.say_agenda_is_there(meeting, member.user)
            sent += 1
    return sent


@transaction.atomic
def cancel_meeting(meeting, *, because, by):
    """Not to be held. Whoever was invited is told when somebody sends the cancellation."""
    meeting = locked(meeting)  # in a review that has ended as well
    if not meeting.is_open:
        raise NotOpen(meeting.pk)
    meeting.state = meeting.State.CANCELLED
    meeting.cancelled_at, meeting.cancelled_because = timezone.now(), because
    meeting.changes += 1
    if meeting.sent_at:
        meeting.sequence += 1
    meeting.full_clean()
    meeting.save()
    tell(EventType.MEETING_CANCELLED, meeting, by=by)
    return meeting


@transaction.atomic
def hold_meeting(meeting, *, by):
    """It took place. One that was entered afterwards is mailed to nobody; the panel sees it now."""
    meeting = still_open(meeting)
    now = timezone.now()
    if meeting.starts_at > now:
        raise ValidationError("The meeting has not begun yet.")
    meeting.state = meeting.State.HELD
    meeting.sent_at = meeting.sent_at or now
    meeting.agenda_given_at = meeting.agenda_given_at or now
    meeting.sequence_sent = meeting.sequence
    meeting.changes += 1
    meeting.save()
    tell(EventType.MEETING_HELD, meeting, by=by)
    return meeting


@transaction.atomic
def mark_returned(invitation, *, on, by):
    """The message came back: it did not reach them."""
    invitation = (
        Invitation.objects.select_for_update(of=("self",))
        .select_related("meeting__review")
        .get(pk=invitation.pk)
    )
    refuse_if_ended(invitation.meeting.review)
    if invitation.returned_on:
        raise AlreadyReturned(invitation.pk)
    if on > timezone.localdate():
        raise ValidationError({"on": "The day cannot be in the future."})
    if on < timezone.localdate(invitation.sent_at):
        raise ValidationError({"on": "It cannot come back before it was sent."})
    invitation.returned_on, invitation.returned_by = on, by
    invitation.save(update_fields=["returned_on", "returned_by"])
    with suppress(NotSent):  # it is known from the page of messages, or was never sent from here
        if invitation.message:
            came_back(invitation.message, by=by)
    tell(EventType.INVITATION_RETURNED, invitation.meeting, by=by)
    return invitation
