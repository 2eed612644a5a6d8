"""A chair is replaced half-way: one leaves, another begins, and nothing falls between them."""

from django.core.exceptions import ValidationError
from django.db import transaction

from audit.models import EventType
from audit.services import record
from foundations.dates import parse
from reviews.models import Review, RoleHolder
from reviews.panel.models import PanelMember
from reviews.panel.services.members import (
    AlreadyLeft,
    add_member,
    leave,
    locked,
    refuse_the_future,
    roles_of,
)
from reviews.rules import Role
from reviews.services import end_role, invite

COPIED = ("name", "agency", "organisation", "position", "specialism")


class NotChair(Exception):
    """Only a chair hands the chair over."""


class AccountUnknown(Exception):
    """Somebody holds the chair's role, and nobody said that they are this member of the panel."""


@transaction.atomic
def hand_over(outgoing, *, key, on, because, email, capacity, by, successor=None, **particulars):
    """The role ends for the one and is given to the other; both stay on the list, with their days.

    `successor` is a member of the panel who becomes its chair; else `particulars` say who comes.
    Safe to repeat with the same key. Returns the new chair's place on the panel.
    """
    review = Review.objects.select_for_update(no_key=True).get(pk=outgoing.review_id)
    if same := PanelMember.objects.filter(review=review, key=key).first():
        return same
    outgoing = locked(outgoing)
    _refuse(outgoing, on=on, email=email, successor=successor)
    leave(outgoing, on=on, because=because, by=by)
    if successor:
        particulars = {name: getattr(successor, name) for name in COPIED}
        leave(successor, on=on, because="Became the chair", by=by)
    user, _ = invite(email=email, name=particulars["name"], role=Role.CHAIR, review=review, by=by)
    if successor and successor.user is None:
        _link(successor, user, by=by)
    incoming = add_member(
        review,
        key=key,
        by=by,
        user=user,
        capacity=capacity,
        follows=outgoing,
        joined=parse(f"{on:%-d %B %Y}").value,
        **particulars,
    )
    record(EventType.CHAIR_HANDED_OVER, by=by, review=review, target=user, on=on)
    return incoming


def _refuse(outgoing, *, on, email, successor):
    if outgoing.has_left:
        raise AlreadyLeft(outgoing.pk)
    if not outgoing.is_chair:
        raise NotChair(outgoing.pk)
    refuse_the_future({"on": on})
    chairs = RoleHolder.objects.filter(
        role_group__review=outgoing.review, role_group__role=Role.CHAIR
    )
    if outgoing.user is None and chairs.exists():
        raise AccountUnknown(outgoing.pk)
    if outgoing.user and outgoing.user.email == email.strip().lower():
        raise ValidationError({"email": "This is the address of the chair who hands over."})
    if successor and successor.conflicts.live().filter(participation=None).exists():
        raise ValidationError(
            {"successor": "They have a conflict of interest with the whole review."}
        )


def _link(member, user, *, by):
    """Their conflicts of interest must reach the account that they now have."""
    member = locked(member)
    member.user = user
    member.save(update_fields=["user"])
    for holder in roles_of(member).filter(role_group__role=Role.PANEL_MEMBER):
        end_role(holder, by=by)
