"""Who answers for an agency, and how the requests of a review stand."""

from accounts.models import User
from reviews.models import RoleHolder
from reviews.rules import GRANTS

_ANSWER = [role for role, grant in GRANTS.items() if "answer_requests" in grant.participation]


def holders_of(participations):
    """The roles through which somebody can answer now, of these parts."""
    return RoleHolder.objects.filter(
        role_group__participation__in=participations,
        role_group__role__in=_ANSWER,
        user__is_active=True,
    )


def people_of(participation):
    """Who gets its messages: whoever can answer and has joined; others find it when they join."""
    held = holders_of([participation]).filter(user__joined_at__isnull=False)
    return User.objects.filter(pk__in=held.values("user")).order_by("email")
