"""The panel list: who sits on it, as what, and who sat on it before."""

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone

from audit.models import EventType
from audit.services import record
from reviews.clock.kinds import Milestone
from reviews.clock.telling import tell
from reviews.models import Review, RoleHolder
from reviews.panel.models import CHAIRS, EarlierParticulars, PanelMember
from reviews.rules import Role
from reviews.services import end_role

PARTICULARS = ("name", "agency", "organisation", "position", "specialism", "capacity", "user")
ROLES_OF_PANEL = (Role.CHAIR, Role.PANEL_MEMBER)


class AlreadyLeft(Exception):
    """Somebody else recorded first that they left."""


class ConflictStands(Exception):
    """An account with a live conflict of interest stays with the member whom it is about."""


@transaction.atomic
def add_member(review, *, key, by, **particulars):
    """Safe to repeat with the same key."""
    Review.objects.select_for_update(no_key=True).get(pk=review.pk)  # a second click waits
    if same := PanelMember.objects.filter(review=review, key=key).first():
        return same
    member = PanelMember(review=review, key=key, added_by=by, **particulars)
    member.full_clean()
    member.save()
    record(
        EventType.PANEL_MEMBER_ADDED,
        by=by,
        review=review,
        target=member,
        capacity=member.capacity,
        agency=member.agency.name if member.agency else "",
        account=member.user_id is not None,
    )
    _tell_clock(member, by=by)
    return member


def _tell_clock(member, *, by, before=None):
    """A first chair who took the seat on a known day is the chair appointed; one who follows another
    begins nothing anew."""
    if member.is_chair and member.joined.is_bounded and member.follows_id is None:
        why = "The panel list has another day on which the chair joined"
        tell(member.review, Milestone.CHAIR_APPOINTED, member.joined, by, before=before, why=why)


def locked(member):
    return PanelMember.objects.select_for_update(of=("self",)).get(pk=member.pk)


@transaction.atomic
def change_member(member, *, because, by, joined, **particulars):
    """What stood on the list before is kept, with the reason for the change."""
    member = locked(member)
    changed = sorted(
        name for name, value in particulars.items() if getattr(member, name) != value
    ) + ["joined"] * (member.joined != joined)
    if not changed:
        return member
    _keep_wall(member, particulars.get("user", member.user))
    before = {name: getattr(member, name) for name in PARTICULARS}
    joined_before = member.joined
    for name, value in (particulars | {"joined": joined}).items():
        setattr(member, name, value)
    member.full_clean()
    member.save()
    kept = EarlierParticulars(member=member, because=because, changed_by=by, **before)
    kept.full_clean()
    kept.save()
    record(
        EventType.PANEL_MEMBER_CHANGED,
        by=by,
        review=member.review,
        target=member,
        fields=changed,
        capacity=member.capacity,
    )
    if before["capacity"] in CHAIRS:  # who becomes the chair later joined on another day
        _tell_clock(member, by=by, before=joined_before if joined_before.is_bounded else None)
    return member


def _keep_wall(member, user):
    """To take an account off a member would let it see again what the conflict keeps from it."""
    if member.user and member.user != user and member.conflicts.live().exists():
        raise ConflictStands(member.pk)


@transaction.atomic
def leave(member, *, on, because, by):
    """Somebody is no longer on the panel; their roles there end with it, at once."""
    member = locked(member)
    if member.has_left:
        raise AlreadyLeft(member.pk)
    refuse_the_future({"left_on": on})
    if member.joined_earliest and on < member.joined_earliest:
        raise ValidationError({"left_on": "They cannot leave before they joined."})
    member.left_on, member.left_because = on, because
    member.full_clean()
    member.save(update_fields=["left_on", "left_because"])
    record(
        EventType.PANEL_MEMBER_LEFT,
        by=by,
        review=member.review,
        target=member,
        capacity=member.capacity,
        on=on,
    )
    if member.user:
        for holder in roles_of(member):
            end_role(holder, by=by)
    return member


def roles_of(member):
    return RoleHolder.objects.filter(
        user=member.user,
        role_group__review=member.review,
        role_group__role__in=ROLES_OF_PANEL,
        appointment=None,
    )


def refuse_the_future(days):
    for field, day in days.items():
        if day > timezone.localdate():
            raise ValidationError({field: "The day cannot be in the future."})
