"""What the messages say: that there is something to check, and how much; never what about or of whom."""

from django.urls import reverse

from reviews.reminders.posting import post
from reviews.requests.emails import mail
from reviews.requests.queries import people_of

CAME = "There {are} for your agency to check in the reviews system."
MOVED = (
    "There is another day for something that your agency was asked to check in the reviews system."
)
WITHDRAWN = (
    "Something that your agency was asked to check has been withdrawn in the reviews system."
)


def say_that_it_came(round_, *, n):
    are = "is 1 paragraph" if n == 1 else f"are {n} paragraphs"
    _to_agency(round_, CAME.format(are=are), key=f"extract:{round_.key}")


def say_that_its_day_moved(round_, row):
    _to_agency(round_, MOVED, key=f"extract-day:{row.key}")


def say_that_it_is_withdrawn(round_):
    _to_agency(round_, WITHDRAWN, key=f"extract-gone:{round_.key}")


def _to_agency(round_, what, *, key):
    for user in people_of(round_.participation):
        message = mail(user, what, reverse("desk:home"))
        post(
            about=round_.participation,
            key=f"{key}:{user.pk}",
            to=message.to,
            subject=message.subject,
            body=message.body,
        )
