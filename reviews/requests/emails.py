"""What the messages say: where to look, never what about, whom, or for which agency."""

from dataclasses import dataclass

from django.conf import settings
from django.urls import reverse

from reviews.reminders.posting import note, post
from reviews.requests.queries import officers_of, people_of

ASKED = "There is a request for your agency in the reviews system."
CAME_BACK = "Something that your agency sent has come back to you in the reviews system."
# Inside an agency all say the same: its coordinator sees that they went.
WAITS = "Something of your agency waits for you in the reviews system."
TIME_ANSWERED = "Your agency’s wish for more time has been answered in the reviews system."

_ONE = """{what}

Sign in to see it. You do not need a mobile phone:

{link}

If this is not for you, tell whoever coordinates the review. Please do not answer this message.
"""


@dataclass(frozen=True)
class Mail:
    """Exactly what goes out, so that it can be looked at first."""

    to: str
    subject: str
    body: str


def mail(user, what, path):
    return Mail(
        to=user.email,
        subject=what.rstrip("."),
        body=_ONE.format(what=what, link=settings.SERVICE_URL + path),
    )


def path_of(key):
    """A short way that names neither the review nor the agency; it leads through sign-in."""
    return reverse("reviews:request-link", args=[key])


def asking(user, key):
    """The message to somebody whose agency is asked; `key` is of the request, made or to be."""
    return mail(user, ASKED, path_of(key))


def say_that_it_is_asked(request):
    for user in people_of(request.participation):
        message = asking(user, request.key)
        _queue(message, about=request.participation, key=f"request:{request.pk}:{user.pk}")


def say_that_it_came_back(request, *, because):
    _to_agency(request, CAME_BACK, key=f"request-back:{because.pk}")


def say_that_time_is_answered(request, *, because):
    _to_agency(request, TIME_ANSWERED, key=f"request-time:{because.pk}")


def _to_agency(request, what, *, key):
    for user in people_of(request.participation):
        message = mail(user, what, path_of(request.key))
        _queue(message, about=request.participation, key=f"{key}:{user.pk}")


def ask_for_sign_off(request, *, because):
    for user in officers_of(request.participation):
        message = mail(user, WAITS, path_of(request.key))
        _queue(message, about=request.participation, key=f"complete:{because.pk}:{user.pk}")


def chase(requests, *, key):
    """About the agencies alone: of each, whoever has a conflict with it learns nothing."""
    for user, owed in _owed_by_each(requests).items():
        first, *others = {one.participation_id: one.participation for one in owed}.values()
        sent = _queue(_reminder(user, owed), about=first, key=f"chase:{key}:{user.pk}")
        for part in others:
            note(sent, part)


def chasing(requests):
    """[(person, message)]: one each, that counts what they owe and leads to it."""
    return [(user, _reminder(user, owed)) for user, owed in _owed_by_each(requests).items()]


def _owed_by_each(requests):
    theirs = {}
    for request in requests:
        for user in people_of(request.participation):
            theirs.setdefault(user, []).append(request)
    return theirs


def _reminder(user, requests):
    if len(requests) == 1:
        what = "Your agency still owes an answer in the reviews system."
        return mail(user, what, path_of(requests[0].key))
    what = f"Your agency still owes {len(requests)} answers in the reviews system."
    return mail(user, what, reverse("desk:home"))


def _queue(message, *, about, key):
    return post(about=about, key=key, to=message.to, subject=message.subject, body=message.body)
