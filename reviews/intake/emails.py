"""What the messages say: where to look, never what about or whom."""

from django.conf import settings
from django.urls import reverse

from accounts.models import User
from reviews.acting import acting
from reviews.models import RoleHolder
from reviews.reminders.posting import post
from reviews.rules import Role

_LINK = """{partnership} asks you to notify it of a death.

The form is short. The link works once, for seven days:

{link}

If you did not expect this message, do nothing; the link then ends by itself.
"""

_NEWS = """{what}

Sign in to see it:

{link}
"""


def notification_url(secret):
    return settings.SERVICE_URL + reverse("reviews:notify", args=[secret])


def send_notification_link(link, *, secret):
    post(
        about=link.partnership,
        key=f"notification-link:{link.pk}",
        to=link.sent_to,
        subject=f"Notify {link.partnership}",
        body=_LINK.format(partnership=link.partnership, link=notification_url(secret)),
        holds_secret=True,
    )


def tell_coordinators(notification):
    """Whoever typed it in need not be told of it."""
    coordinators = User.objects.filter(
        appointments__role=Role.COORDINATOR,
        appointments__partnership=notification.partnership,
        is_active=True,
    ).exclude(pk=notification.received_by_id)
    for user in coordinators:
        _tell(
            user,
            about=notification.review or notification.partnership,
            key=f"notification:{notification.pk}:{user.pk}",
            what="A notification has arrived in the reviews system.",
            path=reverse("reviews:notification-list"),
        )


def _tell(user, *, about, key, what, path):
    post(
        about=about,
        key=key,
        to=user.email,
        subject=what.rstrip("."),
        body=_NEWS.format(what=what, link=settings.SERVICE_URL + path),
    )


def ask_for_scoping(request):
    """The people of the agency who may answer; nobody learns from it which review, or of whom."""
    for user in _people_of(request.participation, Role.IMR_AUTHOR, Role.SIGN_OFF_OFFICER):
        _tell(
            user,
            about=request.participation,
            key=f"scoping:{request.pk}:{user.pk}",
            what="There is a question for your agency in the reviews system.",
            path=reverse("desk:home"),
        )


def tell_leaders_of_concern(concern):
    leaders = _holders(concern.review, Role.COORDINATOR, Role.CHAIR)
    for user in leaders.exclude(pk=concern.raised_by_id):
        _tell(
            user,
            about=concern.review,
            key=f"concern:{concern.pk}:{user.pk}",
            what="There is something urgent for you in the reviews system.",
            path=reverse("desk:home"),
        )


def tell_owner_of_concern(given):
    """`given` is the row that gave the concern to an agency, or back to the review team."""
    review, owner = given.concern.review, given.owner
    people = (
        _people_of(owner, Role.IMR_AUTHOR, Role.SIGN_OFF_OFFICER, Role.ACTION_LEAD)
        if owner
        else _holders(review, Role.COORDINATOR, Role.CHAIR)
    )
    for user in people.exclude(pk=given.given_by_id):
        _tell(
            user,
            about=owner or review,
            key=f"concern-owner:{given.pk}:{user.pk}",
            what="There is something urgent for you in the reviews system.",
            path=reverse("desk:home"),
        )


def tell_owner_of_action(action):
    for user in _people_of(action.owner, Role.ACTION_LEAD, Role.SIGN_OFF_OFFICER):
        _tell(
            user,
            about=action.owner,
            key=f"early-action:{action.pk}:{user.pk}",
            what="There is an action for your agency in the reviews system.",
            path=reverse("desk:home"),
        )


def _holders(review, *roles):
    return _acting(roles, role_group__review=review)


def _people_of(part, *roles):
    return _acting(roles, role_group__participation=part)


def _acting(roles, **place):
    held = acting(RoleHolder.objects.filter(role_group__role__in=roles, **place))
    return User.objects.filter(pk__in=held.values("user"))
