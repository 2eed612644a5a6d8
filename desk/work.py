"""Somebody's home page: their reviews, and what waits for them there."""

from dataclasses import dataclass

from django.db.models import Count, Q
from django.urls import reverse
from django.utils import timezone

from actionplans.progress.mine import my_rows
from desk.queries import Desk
from desk.released import to_take_down
from desk.tasks import Task, listed
from reviews import rules
from reviews.access import access_of
from reviews.intake.models import Notification
from reviews.models import Review, RoleGroup


@dataclass(frozen=True)
class Work:
    """One review on somebody's home page."""

    review: Review
    roles: str
    tasks: list[dict]


def told_of(user):
    """What no single review says: notifications to settle, what is to be taken down from the site, and
    the actions of one's agencies."""
    on = timezone.localdate()
    return listed(_notifications(user), to_take_down(user, on=on), _actions(user, on=on))


def _notifications(user):
    """Those that nobody has settled, for those who settle them."""
    if n := Notification.objects.visible_to(user).open().count():
        yield Task(
            "Notifications",
            reverse("reviews:notification-list"),
            hint="Deaths that the partnership was told of",
            status=f"{n} to look at",
            colour="orange",
        )


def _actions(user, *, on):
    if not access_of(user).parts_with("update_own_actions"):
        return
    rows = my_rows(user, on=on, now=timezone.now())
    counted = rows.order_by().aggregate(
        all=Count("pk"),
        late=Count("pk", filter=Q(urgency=0)),
        silent=Count("pk", filter=Q(urgency=1)),
    )
    if not counted["all"]:
        return
    late, silent = counted["late"], counted["silent"]
    yield Task(
        "Your actions",
        reverse("actionplans:my-rows"),
        hint=f"{counted['all']} to do for your agency, in all reviews",
        status=f"{late} overdue" if late else f"{silent} without news" if silent else "",
        colour="red" if late else "orange" if silent else "",
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
                desk.extracts.owed(review),
                desk.commented.owed(review),
                desk.requests.owed(review),
                desk.requests.to_check(review),
                desk.requests.answered(review),
                desk.analysis.waiting(review),
                desk.begun.questions(review),
                desk.agency(review),
                desk.met.own_promises(review),
                desk.running.agencies(review),
                desk.terms(review),
                desk.shared.given(review),
                desk.released.waiting(review),
                desk.written.reports(review),
                desk.evidence(review),
                desk.plan(review),
            ),
        )
        for review in reviews
    ]
