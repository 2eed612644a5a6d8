"""Lending one's role in an agency's part to a colleague for a limited time."""

from django.core.exceptions import ValidationError
from django.db import transaction
from django.http import Http404

from accounts.models import User
from accounts.services import invite as invite_account
from agencies.models import Staff
from audit.models import EventType
from audit.services import record
from reviews import emails
from reviews.delegation.ending import close, close_past, roles_of
from reviews.delegation.models import Delegation
from reviews.lifecycle.ended import refuse_if_ended
from reviews.models import Participation, RoleGroup, RoleHolder
from reviews.panel.models import Conflict
from reviews.rules import LEADS_THE_REVIEW, LONGEST_DELEGATION, needs_another_person
from reviews.services import AlreadyEnded, put_in_group

# One sentence for all: it must not tell who has an account, or where.
NOT_A_COLLEAGUE = (
    "This must be a colleague of your own agency, with an address like yours. "
    "For anybody else, ask the coordinator"
)


class KeyOfAnother(Http404):
    """The key came with another form: what it made is not shown."""


class NotTheirs(Exception):
    """Only a role that is held in its own right can be delegated."""


@transaction.atomic
def delegate(holder, *, email, until, key, on):
    """`holder` is the row of whoever delegates. Safe to repeat with the same key."""
    place = holder.role_group
    part = Participation.objects.select_for_update(no_key=True).get(pk=place.participation_id)
    refuse_if_ended(part.review)
    if same := Delegation.objects.filter(pk=key).first():
        if (same.given_by_id, same.participation_id, same.role) != (
            holder.user_id, part.pk, place.role,
        ):  # fmt: skip
            raise KeyOfAnother
        return same
    holder = RoleHolder.objects.filter(pk=holder.pk).select_related("user").first()
    if holder is None:
        raise AlreadyEnded
    if holder.delegation_id:
        raise NotTheirs
    _refuse_day(until, on)
    user, secret = _colleague(email, part, place.role, by=holder.user, on=on)
    given = Delegation.objects.create(
        pk=key,
        participation=part,
        role=place.role,
        user=user,
        begins_on=on,
        until=until,
        given_by=holder.user,
    )
    put_in_group(
        RoleGroup(role=place.role, review=part.review, participation=part),
        user=user,
        by=holder.user,
        delegation=given,
    )
    Staff.objects.get_or_create(agency=part.agency, user=user)
    record(
        EventType.ROLE_DELEGATED,
        by=holder.user,
        review=part.review,
        target=user,
        role=place.role,
        agency=part.agency.name,
        until=until,
    )
    emails.send_invitation(user, secret=secret, because=given)
    return given


def _refuse_day(until, on):
    if until < on:
        raise ValidationError({"until": "The last day must be today or later"})
    if until > on + LONGEST_DELEGATION:
        last = f"{on + LONGEST_DELEGATION:%-d %B %Y}"
        raise ValidationError({"until": f"The last day must be {last} or earlier"})


def _colleague(email, part, role, *, by, on):
    """(user, secret of an invitation or None). Raises ValidationError."""
    email = email.strip().lower()
    if email == by.email:
        raise ValidationError({"email": "You cannot delegate to yourself"})
    known = User.objects.filter(email=email).first()
    if not _may_be_asked(known, email, part, by=by):
        raise ValidationError({"email": NOT_A_COLLEAGUE})
    if known:
        close_past(on=on)  # of this person, among others: what is over stands in nobody's way
        _refuse_roles(known, part, role)
    return invite_account(email=email, by=by)


def _may_be_asked(known, email, part, *, by):
    same_house = email.rpartition("@")[2] == by.email.rpartition("@")[2]
    if known is None:
        return same_house
    posts = set(known.posts.values_list("agency", flat=True))
    colleague = part.agency_id in posts or (same_house and not posts)
    leads = known.roles.filter(
        role_group__review=part.review, role_group__role__in=LEADS_THE_REVIEW
    ).exists()
    in_conflict = any(
        at in (None, part.pk)
        for at in Conflict.objects.filter(
            member__user=known, member__review=part.review, ended_on=None
        ).values_list("participation", flat=True)
    )
    return colleague and known.is_active and not leads and not in_conflict


def _refuse_roles(user, part, role):
    held = roles_of(user, part)
    if role in held:
        raise ValidationError({"email": "They already have this role in this review"})
    before = Delegation.objects.filter(user=user, participation=part).values_list("role", flat=True)
    if needs_another_person(role, held | set(before)):
        raise ValidationError(
            {
                "email": "They write for your agency in this review, or have done, or sign off for it: "
                "one person cannot do both"
            }
        )


@transaction.atomic
def end(delegation, *, by):
    delegation = Delegation.objects.select_for_update(no_key=True).get(pk=delegation.pk)
    if delegation.ended_at:
        raise AlreadyEnded
    close(delegation, by=by)
