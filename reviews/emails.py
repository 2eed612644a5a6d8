"""What the messages say: where to look, never what about, whom, or for which agency."""

import hashlib

from django.conf import settings
from django.urls import reverse

from reviews.reminders.posting import post

_INVITED = """You have been invited to use the reviews system.

Choose a password here. The link works once, for seven days:

{link}

If you did not expect this message, do nothing; the link then ends by itself.
"""

_SOMETHING_NEW = """There is something new for you in the reviews system.

Sign in to see it:

{link}
"""


def invitation_link(secret):
    return settings.SERVICE_URL + reverse("accounts:invitation-accept", args=[secret])


def send_invitation(user, *, secret, because):
    """`because` is the new role's own row, so that repeating an invitation repeats no message."""
    if secret:
        digest = hashlib.sha256(secret.encode()).hexdigest()[:32]
        post(
            about=_place_of(because),
            key=f"invitation:{digest}",
            to=user.email,
            subject="You have been invited to the reviews system",
            body=_INVITED.format(link=invitation_link(secret)),
            holds_secret=True,
        )
    else:
        key = f"new-role:{because._meta.model_name}:{because.pk}"
        say_something_is_new(user, key=key, about=_place_of(because))


def _place_of(role):
    """What a role is held in: an agency's part, a review or a partnership."""
    if role is None:
        return None
    if role._meta.model_name == "appointment":
        return role.partnership
    if role._meta.model_name == "delegation":
        return role.participation
    return role.role_group.participation or role.role_group.review


def say_something_is_new(user, *, key, about):
    """Not to somebody who has yet to accept an invitation: they find it when they join."""
    if user.joined_at:
        post(
            about=about,
            key=key,
            to=user.email,
            subject="There is something new for you in the reviews system",
            body=_SOMETHING_NEW.format(link=settings.SERVICE_URL + reverse("desk:home")),
        )
