"""What a reminder says: references, counts and a link. No name, no agency, nothing of the case."""

from collections import Counter

from django.conf import settings

from reviews.models import Participation
from reviews.reminders.posting import note, post

_REMINDER = """{what} in the reviews system:

{lines}

Sign in to see what it is, by when, and why you were sent this message:

{link}

You get at most one of these messages a day.
"""


def send(mailing, items):
    """One message about all of them; the coordinators of each review can follow it."""
    counts = Counter(item.review.reference for item in items)
    lines = "\n".join(f"Review {reference}: {n}" for reference, n in sorted(counts.items()))
    many = len(items) > 1
    what = f"{len(items)} things are waiting for you" if many else "1 thing is waiting for you"
    first, *others = {item.owed.part_id or item.review: item for item in items}.values()
    message = post(
        about=_about(first),
        key=f"reminder:{mailing.user_id}:{mailing.day}",
        to=mailing.user.email,
        subject=f"{what} in the reviews system",
        body=_REMINDER.format(
            what=what, lines=lines, link=settings.SERVICE_URL + mailing.get_absolute_url()
        ),
    )
    for other in others:
        note(message, _about(other))
    return message


def _about(item):
    if not item.owed.part_id:
        return item.review
    return Participation(pk=item.owed.part_id, review=item.review)
