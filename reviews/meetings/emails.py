"""What the messages of meetings say: the reference of the review, when, where and where to look.

Nothing of the case and nobody's name: these lie in mailboxes and calendars of many bodies.
"""

from django.conf import settings
from django.urls import reverse

from foundations.post.outbox import Calendar
from reviews.emails import say_something_is_new
from reviews.meetings.calendar import calendar_of
from reviews.meetings.models import Invitation
from reviews.meetings.naming import calendar_name, page_of
from reviews.reminders.posting import post

_INVITED = """{what}

When: {when}
{where}
The agenda and the papers are in the reviews system, when they are ready:

{page}

The attached file puts the meeting into your calendar, or changes it there.
"""

_CANCELLED = """{what}

It was to be: {when}

The attached file takes the meeting out of your calendar.
"""

_CHASED = """An action from a meeting of review {reference} that was given to you or to your agency is waiting. It is due on {due}.

Please sign in and say how it stands:

{page}
"""


def words_of(meeting, method, *, is_change):
    """(subject, body)"""
    name = calendar_name(meeting)
    if method == Invitation.Method.CANCEL:
        subject = f"Cancelled: {name}"
        return subject, _CANCELLED.format(what=f"{name} is cancelled.", when=meeting.when)
    subject = f"Changed: {name}" if is_change else f"Invitation: {name}"
    where = [("Where", meeting.place), ("Link", meeting.link)]
    return subject, _INVITED.format(
        what=f"{name} has changed." if is_change else f"You are invited to {name}.",
        when=meeting.when,
        where="".join(f"{label}: {text}\n" for label, text in where if text),
        page=page_of(meeting),
    )


def is_change(meeting):
    return meeting.sequence > 0


def send_calendar(meeting, user, *, method):
    subject, body = words_of(meeting, method, is_change=is_change(meeting))
    return post(
        about=meeting.review,
        key=f"meeting:{meeting.pk}:{meeting.sequence}:{user.pk}",
        to=user.email,
        subject=subject,
        body=body,
        calendar=Calendar(calendar_of(meeting, method, to=user.email).decode(), str(method)),
    )


def say_agenda_is_there(meeting, user):
    key = f"meeting-agenda:{meeting.pk}:{user.pk}"
    say_something_is_new(user, key=key, about=meeting.review)


def chase(action, user, *, because):
    """`because` is the chase, so that the same click repeats no message."""
    review = action.meeting.review
    post(
        about=action.participation or review,
        key=f"meeting-action:{because.pk}:{user.pk}",
        to=user.email,
        subject=f"An action is waiting, review {review.reference}",
        body=_CHASED.format(
            reference=review.reference,
            due=f"{action.due:%-d %B %Y}",
            page=settings.SERVICE_URL + reverse("reviews:meeting-actions", args=[review.reference]),
        ),
    )
