"""Who was invited to a review and has not come yet."""

from dataclasses import dataclass

from accounts.models import Invitation, User
from foundations.post.models import Message
from reviews.queries import role_holders


@dataclass(frozen=True)
class Waited:
    """Somebody who has not joined, their roles here, and what became of the last message."""

    user: User
    holders: list
    invitation: Invitation | None
    state: str

    @property
    def roles(self):
        return [
            (holder.role_group.get_role_display(), holder.role_group.participation)
            for holder in self.holders
        ]

    @property
    def comes_from_elsewhere(self):
        """A role of the whole partnership is ended there."""
        return all(holder.appointment_id for holder in self.holders)


def not_joined(review, access):
    """Roles in this review of people who have never chosen a password."""
    return role_holders(review, access).filter(user__joined_at=None)


def waited_for(review, access, *, at):
    people = {}
    for holder in not_joined(review, access):
        people.setdefault(holder.user, []).append(holder)
    latest = {}
    for one in Invitation.objects.filter(user__in=people, accepted_at=None).order_by("created_at"):
        latest[one.user_id] = one
    keys = {f"invitation:{one.digest[:32]}": one.user_id for one in latest.values()}
    states = {
        keys[key]: state
        for key, state in Message.objects.filter(key__in=keys).values_list("key", "state")
    }
    return [
        Waited(user, holders, latest.get(user.pk), _state(latest.get(user.pk), states, at))
        for user, holders in people.items()
    ]


def _state(invitation, states, at):
    if invitation is None:
        return "none"
    if states.get(invitation.user_id) == Message.State.FAILED:
        return "failed"
    return "ended" if invitation.expires_at <= at else "sent"
