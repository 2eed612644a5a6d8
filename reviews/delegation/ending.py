"""How a delegation ends: by whoever gave it, with the role that it rests on, or by itself."""

from django.db import transaction
from django.utils import timezone

from audit.models import EventType
from audit.services import record
from reviews.delegation.models import Delegation
from reviews.rules import needs_another_person


def close(delegation, *, by):
    """The caller has it locked. Whoever acted by it acts no more, at once."""
    delegation.ended_at, delegation.ended_by = timezone.now(), by
    delegation.save(update_fields=["ended_at", "ended_by"])
    for holder in delegation.holders.select_related("role_group__group", "user"):
        holder.user.groups.remove(holder.role_group.group)
        holder.delete()
    record(
        EventType.DELEGATION_ENDED,
        by=by,
        review=delegation.participation.review,
        target=delegation.user,
        role=delegation.role,
        agency=delegation.participation.agency.name,
    )


def close_what_rests_on(holder, *, by):
    """Whoever loses a role can lend it to nobody."""
    place = holder.role_group
    lent = Delegation.objects.filter(
        participation=place.participation, role=place.role, given_by=holder.user, ended_at=None
    )
    for delegation in lent.select_for_update(no_key=True):
        close(delegation, by=by)


def close_where_two_are_needed(participation, *, by):
    """After two agencies became one: nobody may end up writing and signing off by delegation."""
    for delegation in Delegation.objects.filter(participation=participation, ended_at=None):
        if needs_another_person(delegation.role, roles_of(delegation.user, participation)):
            close(delegation, by=by)


def roles_of(user, participation):
    """The roles that somebody holds for an agency in a review, however they came by them."""
    return set(
        user.roles.filter(role_group__participation=participation).values_list(
            "role_group__role", flat=True
        )
    )


def close_past(*, on):
    """Those that are over and let nobody in any more: see `over`. Returns how many."""
    closed = 0
    for pk in list(Delegation.objects.over(on=on).values_list("pk", flat=True)):
        with transaction.atomic():
            delegation = (
                Delegation.objects.select_for_update(of=("self",), no_key=True)
                .over(on=on)
                .filter(pk=pk)
                .first()
            )
            if delegation:
                close(delegation, by=None)
                closed += 1
    return closed
