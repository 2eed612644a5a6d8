"""Who is to be reminded of what on a day, from what the database says then.

Nothing is a timer: a day on which nothing ran is made up for on the next. Of the steps that somebody
has missed only the last one is said.
"""

from collections import defaultdict
from dataclasses import dataclass

from accounts.models import User
from reviews.acting import acting
from reviews.models import Review, RoleHolder
from reviews.panel.models import Conflict
from reviews.reminders.kinds import Kind, Owed, all_owed
from reviews.reminders.models import Reminder, Step
from reviews.reminders.steps import steps_for
from reviews.rules import GRANTS, Role, State

_LEADERS = [role for role, grant in GRANTS.items() if "lead_requests" in grant.review]


@dataclass(frozen=True)
class Item:
    """One thing that one person is told of, at one step."""

    kind: Kind
    owed: Owed
    step: Step

    @property
    def key(self):
        return self.kind.code, self.owed.item, self.owed.due, str(self.step)

    @property
    def review(self):
        return self.owed.review


def under_way():
    """Nobody is reminded in a review that is suspended or has ended."""
    return Review.objects.filter(state=State.RUNNING)


def open_things(reviews):
    """{(rule, item): Owed} of what is owed now."""
    return {(kind.code, owed.item): owed for kind, owed in all_owed(reviews)}


def plan(on, reviews=None):
    """{user: their items}, by address; without what they were told before. A constant number of
    queries."""
    found = list(all_owed(under_way() if reviews is None else reviews))
    whom = _Whom({owed.review.pk for _, owed in found}, on)
    steps = steps_for({owed.review.partnership_id for _, owed in found}, on)
    items = defaultdict(list)
    for kind, owed in found:
        reached = _reached(owed, steps[owed.review.partnership_id], on)
        for step in reached:
            for user_id in whom.at(step, owed):
                items[user_id].append(Item(kind, owed, step))
    told = _told(items)
    people = User.objects.filter(pk__in=items, is_active=True, joined_at__isnull=False)
    planned = {}
    for user in people.order_by("email"):
        new = [item for item in items[user.pk] if (user.pk, *item.key) not in told]
        if new:
            planned[user] = sorted(new, key=lambda item: (item.owed.due, item.key))
    return planned


def _reached(owed, steps, on):
    """Of the steps for those who owe it the last one; those of the others as they are reached."""
    since_due = (on - owed.due).days
    own = None
    if since_due >= steps.days_after:
        own = Step.OVERDUE
    elif since_due >= 0:
        own = Step.DUE
    elif not owed.inside and since_due >= -steps.days_before and on > owed.since:
        own = Step.BEFORE  # whoever was asked today knows
    if own:
        yield own
    if since_due >= steps.lead_after and not owed.for_leaders:
        yield Step.LEAD
    if since_due >= steps.coordinator_after and not owed.inside:
        yield Step.COORDINATOR


def _told(items):
    rows = Reminder.objects.filter(user__in=items)
    return set(rows.values_list("user", "rule", "item", "due", "step"))


class _Whom:
    """Who stands where in some reviews, and who has a conflict with what."""

    def __init__(self, review_ids, on):
        self.places, self.in_review = defaultdict(set), defaultdict(set)
        held = acting(RoleHolder.objects.filter(role_group__review__in=review_ids), on=on)
        for review_id, part_id, role, user_id in held.values_list(
            "role_group__review", "role_group__participation", "role_group__role", "user"
        ):
            self.places[review_id, part_id, role].add(user_id)
            self.in_review[review_id].add(user_id)
        live = Conflict.objects.live().filter(member__review__in=review_ids)
        self.conflicts = set(live.values_list("member__review", "participation", "member__user"))

    def at(self, step, owed):
        return {
            user_id
            for user_id in self._meant(step, owed) - owed.not_for
            if not {
                (owed.review.pk, None, user_id),
                (owed.review.pk, owed.part_id, user_id),
            }
            & self.conflicts
        }

    def _meant(self, step, owed):
        review_id, part_id = owed.review.pk, owed.part_id
        if owed.for_leaders:
            return set().union(*(self.places[review_id, None, role] for role in _LEADERS))
        leads = self.places[review_id, part_id, Role.SIGN_OFF_OFFICER] if part_id else set()
        if step == Step.LEAD:
            return leads
        if step == Step.COORDINATOR:
            return self.places[review_id, None, Role.COORDINATOR]
        if not part_id:
            return owed.user_ids & self.in_review[review_id]
        own = set().union(*(self.places[review_id, part_id, role] for role in owed.roles))
        return own or leads
