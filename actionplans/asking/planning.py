"""Who is to be asked for an update of which row on a day, and why; nothing is saved here.

Every row of a partnership has one line, which says in a sentence why it is or is not asked about.
"""

from collections import defaultdict
from dataclasses import dataclass
from datetime import datetime, time

from django.utils import timezone

from accounts.models import User
from actionplans.models import REJECTED, Status
from actionplans.progress.decided import Decision
from actionplans.rows.models import PlanRow
from reviews.acting import acting
from reviews.models import RoleHolder
from reviews.panel.models import Conflict
from reviews.rules import GRANTS, Role

_RUNNING = [role for role, grant in GRANTS.items() if "change_action_plan" in grant.review]
_ROLES = [Role.ACTION_LEAD, Role.BOARD_READER, *_RUNNING]


@dataclass(frozen=True)
class Line:
    """One row: whom it is asked of, if anybody, and why."""

    row: PlanRow
    people: tuple  # users
    why: str

    @property
    def is_asked(self):
        return bool(self.people)

    @property
    def agency(self):
        return self.row.lead.agency if self.row.lead else None


def rows_of(partnership):
    """What is followed in the reviews that a partnership leads."""
    return (
        PlanRow.objects.followed()
        .filter(review__partnership=partnership)
        .select_related("review", "recommendation", "action", "lead__agency__successor", "owner")
        .prefetch_related("lead_links", "recommendation__lead_links")
        .order_by("review__reference", *PlanRow._meta.ordering)
    )


def lines_of(rows, *, period, on):
    """A constant number of queries."""
    rows = list(rows)
    people = People({row.review_id for row in rows}, on)
    return [_line(row, people, period) for row in rows]


def _line(row, people, period):
    if why := why_not(row, period):
        return Line(row, (), why)
    found, why = people.to_ask(row)
    return Line(row, tuple(found), why)


def why_not(row, period):
    """Why nobody has to say anything of it now; "" where somebody does."""
    review, recommendation = row.review, row.recommendation
    if review.has_ended:
        return "Not asked: the review has ended."
    if review.is_suspended:
        return "Not asked: the review is suspended."
    if recommendation.decision == REJECTED:
        return "Not asked: the recommendation was rejected."
    if recommendation.decision == Decision.Answer.DEFERRED:
        return "Not asked: the decision on the recommendation was deferred."
    if row.status == Status.DONE:
        return f"Not asked: accepted as done{_on(row.done_at)}."
    if row.status == Status.SUPERSEDED:
        return "Not asked: it is no longer right, and was settled as such."
    if row.status == Status.REPORTED:
        return "Not asked: reported done, and waits for whoever runs the plan to accept it."
    if row.told_at and row.told_at >= beginning_of(period):
        return f"Not asked: already reported{_on(row.told_at)}."
    return ""


def beginning_of(day):
    return timezone.make_aware(datetime.combine(day, time.min))


def _on(at):
    return f" on {timezone.localtime(at):%-d %B %Y}" if at else ""


class People:
    """Who stands where in some reviews, as things are on a day, and who has a conflict with what."""

    def __init__(self, review_ids, on):
        self.places = defaultdict(dict)
        held = acting(RoleHolder.objects.filter(role_group__review__in=review_ids), on=on)
        held = list(
            held.filter(role_group__role__in=_ROLES, user__joined_at__isnull=False).values_list(
                "role_group__review", "role_group__participation", "role_group__role", "user"
            )
        )
        users = User.objects.in_bulk({user_id for *_, user_id in held})
        for review_id, part_id, role, user_id in held:
            self.places[review_id, part_id, role][user_id] = users[user_id]
        live = Conflict.objects.live().filter(member__review__in=review_ids)
        self.conflicts = set(
            live.exclude(participation=None).values_list("participation", "member__user")
        )

    def to_ask(self, row):
        """(people, why): its owner, else those who lead actions for the agency that answers for it."""
        before = self._of_owner(row)
        if row.owner and not before:
            return [row.owner], _asked("its owner", row)
        if row.lead is None:
            return [], f"Not asked: {before or 'no owner is named'}, and nobody leads it."
        agency = row.lead.agency
        if found := self.of_agency(row):
            whom = f"those who lead actions for {agency}"
            return found, _asked(f"{whom}: {before}" if before else whom, row)
        nobody = f"nobody leads actions for {agency} with an account here"
        if agency.successor:
            nobody += f". {agency.successor} has taken over from {agency}: hand its actions over"
        return [], f"Not asked: {f'{before}, and ' if before else ''}{nobody}."

    def can_answer(self, user_id, row):
        """Whether somebody can report on it: for an agency that leads it, or as one who runs the plan."""
        leads = [
            (row.review_id, link.participation_id, Role.ACTION_LEAD)
            for link in row.lead_links.all()
        ]
        running = [(row.review_id, None, role) for role in _RUNNING]
        there = any(user_id in self.places[place] for place in [*leads, *running])
        return there and self._is_clear(user_id, row)

    def of_agency(self, row):
        return self.at(row, Role.ACTION_LEAD, part_id=row.lead_id) if row.lead_id else []

    def at(self, row, role, *, part_id=None):
        """By address; without whoever has a conflict with an agency that leads the row, or another part
        of its recommendation: the row is hidden from them."""
        found = self.places[row.review_id, part_id, role].values()
        found = (one for one in found if self._is_clear(one.pk, row))
        return sorted(found, key=lambda one: one.email)

    def _is_clear(self, user_id, row):
        links = (*row.lead_links.all(), *row.recommendation.lead_links.all())
        return not any((link.participation_id, user_id) in self.conflicts for link in links)

    def _of_owner(self, row):
        """What keeps its owner from being asked; "" where nothing does."""
        if row.owner_id is None:
            return "its owner has no account here" if row.owner_as_written else ""
        if self.can_answer(row.owner_id, row):
            return ""
        return "its owner can no longer report on it"


def _asked(whom, row):
    return f"Asked of {whom}." + ("" if row.due else " It has no date, so it is never overdue.")
