"""Pictures of meetings that are not rows: who is told, what is open, what came before."""

from django.db.models import Exists, OuterRef, Q

from accounts.models import User
from reviews.access import access_of
from reviews.meetings.models import Invitation, Meeting, MeetingAction, Minutes
from reviews.panel.models import PanelMember
from reviews.rules import Role


def recipients_of(meeting):
    """The members whom a message about it reaches: with an account, and with the right to read it.

    A cancellation goes to everybody whose calendar may hold the meeting, also who has left since.
    """
    members = PanelMember.objects.filter(review=meeting.review_id).select_related("user", "review")
    members = members.filter(user__isnull=False, user__is_active=True).in_order()
    if meeting.is_cancelled:
        invited = Invitation.objects.filter(meeting=meeting, member=OuterRef("pk"))
        return list(members.filter(Exists(invited)))
    return [member for member in members.sitting() if _may_read(member.user, meeting)]


def not_reached(meeting):
    """The sitting members whom no message reaches: somebody has to tell them."""
    reached = {member.pk for member in recipients_of(meeting)}
    sitting = PanelMember.objects.filter(review=meeting.review_id).sitting().for_display()
    return [member for member in sitting.in_order() if member.pk not in reached]


def _may_read(user, meeting):
    access = access_of(user)
    return any(
        meeting.review_id in access.reviews_with(right)
        for right in ("read_meetings", "keep_meetings")
    )


def owners_of(action):
    """The accounts that an action was given to and that may still read it; none where it belongs to
    a post. Somebody who left, or has a conflict of interest, gets no word of the review."""
    rows = MeetingAction.objects.filter(pk=action.pk)
    return [user for user in _given_to(action) if rows.visible_to(user).exists()]


def _given_to(action):
    if action.member_id:
        user = action.member.user
        return [user] if user and user.is_active else []
    if not action.participation_id:
        return []
    return User.objects.filter(
        Q(roles__role_group__role__in=(Role.ACTION_LEAD, Role.SIGN_OFF_OFFICER)),
        roles__role_group__participation=action.participation_id,
        is_active=True,
    ).distinct()


def last_minutes(meeting, user):
    """Of the meeting before, the version that this person may read: the agreed or newest one."""
    before = Meeting.objects.visible_to(user).filter(
        review=meeting.review_id, starts_at__lt=meeting.starts_at, state=Meeting.State.HELD
    )
    for earlier in before.order_by("-starts_at"):
        found = Minutes.objects.visible_to(user).filter(meeting=earlier, sent_at__isnull=False)
        if newest := found.for_display().first():
            return newest
    return None
