"""Somebody's home page: their reviews, and what waits for them there."""

from dataclasses import dataclass

from django.urls import reverse

from desk.queries import Desk, listed
from desk.tasks import Task
from reviews import rules
from reviews.intake.models import Notification
from reviews.models import Review, RoleGroup


@dataclass(frozen=True)
class Work:
    """One review on somebody's home page."""

    review: Review
    roles: str
    tasks: list[dict]


def told_of(user):
    """The notifications that nobody has settled, for those who settle them."""
    n = Notification.objects.visible_to(user).open().count()
    if not n:
        return []
    return listed(
        [
            Task(
                "Notifications",
                reverse("reviews:notification-list"),
                hint="Deaths that the partnership was told of",
                status=f"{n} to look at",
                colour="orange",
            )
        ]
    )


def work_of(user, reviews, *, on):
    """Each review with my roles in it and what waits for me there."""
    reviews = list(reviews)
    roles = {}
    held = RoleGroup.objects.filter(group__user=user, review__in=reviews)
    for review_id, role in held.order_by("role").values_list("review", "role").distinct():
        roles.setdefault(review_id, []).append(rules.Role(role).label)
    desk = Desk(user, reviews, on=on)
    return [
        Work(
            review=review,
            roles=", ".join(roles.get(review.pk, [])),
            tasks=listed(
                desk.waiting(review),
                desk.requests.waiting(review),
                desk.requests.owed_queries(review),
                desk.commented.owed(review),
                desk.requests.owed(review),
                desk.requests.to_check(review),
                desk.requests.answered(review),
                desk.analysis.waiting(review),
                desk.questions(review),
                desk.agency(review),
                desk.own_promises(review),
                desk.agencies(review),
                desk.terms(review),
                desk.shared.given(review),
                desk.evidence(review),
                desk.plan(review),
            ),
        )
        for review in reviews
    ]
