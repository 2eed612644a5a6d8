"""What the messages say: that there is something, and where; never what about or of whom."""

from django.urls import reverse

from reviews.reminders.posting import post
from reviews.requests.emails import mail
from reviews.requests.queries import people_of

ONE = "There is a query for your agency in the reviews system."
WITHDRAWN = "A query to your agency has been withdrawn in the reviews system."


def path_of(query):
    """A short way that names neither the review nor the agency; it leads through sign-in."""
    return reverse("reviews:query-link", args=[query.key])


def say_that_there_are(queries, *, key):
    """One message to each person, however many queries went at once."""
    what, path = ONE, path_of(queries[0])
    if len(queries) > 1:
        what = f"There are {len(queries)} queries for your agency in the reviews system."
        path = reverse("desk:home")
    _to_agency(queries[0].participation, mail_of(what, path), key=f"queries:{key}")


def say_that_it_is_withdrawn(query, *, key):
    _to_agency(query.participation, mail_of(WITHDRAWN, path_of(query)), key=f"query-gone:{key}")


def mail_of(what, path):
    return lambda user: mail(user, what, path)


def _to_agency(part, write, *, key):
    for user in people_of(part):
        message = write(user)
        post(
            about=part,
            key=f"{key}:{user.pk}",
            to=message.to,
            subject=message.subject,
            body=message.body,
        )
