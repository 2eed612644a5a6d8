"""Who really acts in a role now. reviews.access says it of one person, this of many at once.

Somebody's row stays while a delegation waits to be tidied away, and while a conflict of interest
lasts; whoever is behind it reaches nothing, and gets no word of it either.
"""

from django.db.models import Exists, OuterRef, Q
from django.utils import timezone

from reviews.panel.models import Conflict


def acting(holders, *, on=None):
    """Of these RoleHolder rows those through which somebody reaches the place."""
    lent = Q(
        delegation__ended_at=None,
        delegation__until__gte=on or timezone.localdate(),
        delegation__given_by__is_active=True,
    )
    here = Q(participation=None) | Q(participation=OuterRef("role_group__participation"))
    conflicts = Conflict.objects.live().filter(
        here, member__review=OuterRef("role_group__review"), member__user=OuterRef("user")
    )
    return holders.filter(Q(delegation=None) | lent, ~Exists(conflicts), user__is_active=True)
