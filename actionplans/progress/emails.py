"""What the messages say: the reference and how many, never what about, whom, or for which agency."""

from django.urls import reverse

from accounts.models import User
from reviews.acting import acting
from reviews.models import RoleHolder
from reviews.reminders.posting import post
from reviews.requests.emails import mail
from reviews.rules import Role

CAME_BACK = "1 action of {reference} has come back to your agency in the reviews system."


def say_that_it_came_back(verdict):
    """To whoever reported it, and to those who lead actions for the agency."""
    note, review = verdict.note, verdict.note.recommendation.review
    about = note.participation or review
    for user in _leads(note):
        message = mail(
            user, CAME_BACK.format(reference=review.reference), reverse("actionplans:my-rows")
        )
        post(
            about=about,
            key=f"action-back:{verdict.pk}:{user.pk}",
            to=message.to,
            subject=message.subject,
            body=message.body,
        )


def _leads(note):
    """Those who lead for the agencies of the row now: whoever left since is not written to."""
    held = acting(
        RoleHolder.objects.filter(
            role_group__participation__in=note.row.leads.all(),
            role_group__role=Role.ACTION_LEAD,
        )
    )
    users = User.objects.filter(pk__in=held.values("user"), joined_at__isnull=False, is_active=True)
    if note.by_id and users.filter(pk=note.by_id).exists():
        return [note.by]
    return list(users.order_by("email"))
