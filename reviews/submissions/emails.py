"""What the messages inside an agency say: where to look, never what about.

Whoever coordinates the review sees that they went, and must not learn from them how a version goes to
and fro before it is sent: so they all say the same.
"""

from reviews.reminders.posting import post
from reviews.requests.emails import WAITS, mail, path_of
from reviews.requests.queries import officers_of as officers_for
from reviews.requests.queries import people_of


def officers_of(submission):
    """Who can sign it off: those who hold the role and did not work on it."""
    return officers_for(submission.participation).exclude(pk__in=submission.authors())


def ask_for_sign_off(submission, *, because):
    _send(submission, officers_of(submission), WAITS, key=f"sign-off:{because.pk}")


def say_that_it_came_back_inside(submission, *, because):
    """To whoever worked on it and still acts for the agency; to all who do, where they have left."""
    people = people_of(submission.participation)
    authors = people.filter(pk__in=submission.authors())
    _send(submission, authors or people, WAITS, key=f"back-inside:{because.pk}")


def _send(submission, users, what, *, key):
    for user in users:
        message = mail(user, what, path_of(submission.request.key))
        post(
            about=submission.participation,
            key=f"{key}:{user.pk}",
            to=message.to,
            subject=message.subject,
            body=message.body,
        )
