import hashlib
import secrets
from datetime import timedelta

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils import timezone

from accounts.models import Invitation, User
from audit.models import EventType
from audit.services import record

LIFETIME = timedelta(days=7)
DOUBLE_CLICK = timedelta(minutes=1)


class InvitationSpent(Exception):
    """The link was used, replaced by a newer one, or is older than seven days."""


def _digest(secret):
    return hashlib.sha256(secret.encode()).hexdigest()


@transaction.atomic
def invite(*, email, by, name=""):
    """The account for an address, and the secret of a new invitation to it.

    Returns (user, secret); secret is None for somebody who has already joined, and when they were
    invited a moment ago: a second click must not end the link that the first one sent.
    """
    user = _account_for(email, name=name)
    if user.joined_at:
        return user, None
    now = timezone.now()
    open_invitations = user.invitations.filter(accepted_at=None)
    if by and open_invitations.filter(created_at__gt=now - DOUBLE_CLICK).exists():
        return user, None
    open_invitations.delete()
    secret = secrets.token_urlsafe(32)
    Invitation.objects.create(
        user=user, digest=_digest(secret), created_by=by, expires_at=now + LIFETIME
    )
    record(EventType.USER_INVITED, by=by, target=user)
    return user, secret


def _account_for(email, *, name):
    """Locked. Two who invite one new address at the same moment get the same account.

    Addresses are compared as they are stored, never with `iexact`: PostgreSQL takes a dotless i for
    an I, so that another address would find an account it does not belong to.
    """
    same = User.objects.select_for_update(no_key=True).filter(email=email.strip().lower())
    if user := same.first():
        return user
    try:
        with transaction.atomic():
            return User.objects.create_user(email, name=name)
    except (IntegrityError, ValidationError):
        if user := same.first():
            return user
        raise


@transaction.atomic
def withdraw_invitation(user, *, by):
    """The link that somebody was sent leads nowhere any more."""
    ended, _ = user.invitations.filter(accepted_at=None).delete()
    if ended:
        record(EventType.INVITATION_WITHDRAWN, by=by, target=user)


def find_invitation(secret):
    """The live invitation behind a link. Raises InvitationSpent."""
    invitation = (
        Invitation.objects.select_related("user")
        .filter(digest=_digest(secret), accepted_at=None, expires_at__gt=timezone.now())
        .first()
    )
    if invitation is None or not invitation.user.is_active:
        raise InvitationSpent
    return invitation


@transaction.atomic
def accept_invitation(secret, *, name, password):
    """Join with a name and a password; the link is spent."""
    found = find_invitation(secret)
    invitation = (
        Invitation.objects.select_for_update().filter(pk=found.pk, accepted_at=None).first()
    )
    if invitation is None:  # used, or replaced by a newer one, a moment ago
        raise InvitationSpent
    user = User.objects.select_for_update().get(pk=invitation.user_id)
    user.name = name
    user.set_password(password)
    user.joined_at = invitation.accepted_at = timezone.now()
    user.full_clean()
    user.save(update_fields=["name", "password", "joined_at"])
    invitation.save(update_fields=["accepted_at"])
    record(EventType.INVITATION_ACCEPTED, by=user, target=user)
    return user


@transaction.atomic
def close_account(user, *, by):
    """End every session at once: an inactive user's session is refused by the sign-in backend."""
    _set_active(user, False, EventType.USER_CLOSED, by)


@transaction.atomic
def reopen_account(user, *, by):
    _set_active(user, True, EventType.USER_REOPENED, by)


def _set_active(user, is_active, type_, by):
    user.is_active = is_active
    user.save(update_fields=["is_active"])
    record(type_, by=by, target=user)
