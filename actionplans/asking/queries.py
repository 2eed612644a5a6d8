"""Requests as their readers look at them: who was asked, who answered, which agencies are silent."""

from collections import Counter, defaultdict
from dataclasses import dataclass, field
from datetime import date

from django.db.models import Max, Q

from actionplans.asking.models import Escalation, RequestedRow, Step
from actionplans.asking.planning import lines_of, rows_of, why_not
from actionplans.asking.silence import last_period
from actionplans.rows.models import PlanRow
from agencies.models import Agency
from reviews.rules import ENDED


def open_requests(user):
    """[(request, actions without an answer)] of one person, the newest period of each partnership."""
    rows = RequestedRow.objects.visible_to(user).unanswered().filter(request__user=user)
    rows = rows.filter(row__in=PlanRow.objects.still_open()).exclude(row__review__state__in=ENDED)
    newest, counts = {}, defaultdict(int)
    for one in rows.select_related("request__partnership").order_by("request__period", "pk"):
        newest[one.request.partnership_id] = one.request
        counts[one.request_id] += 1
    return [(request, counts[request.pk]) for request in newest.values()]


def rows_for(user, partnership):
    """Every row of the partnership that a coordinator may see."""
    return rows_of(partnership).filter(pk__in=PlanRow.objects.visible_to(user).values("pk"))


def agencies_of(user, partnership):
    """Those that answer for something in it, by name."""
    rows = rows_for(user, partnership).filter(lead__isnull=False).order_by()
    return Agency.objects.filter(pk__in=rows.values("lead__agency")).select_related("successor")


def tomorrow(user, day):
    """([(who, {reference: actions})] to be asked, [(step, who, the same)] to be told of silence), of
    what a coordinator may see."""
    there = {row.pk for rows in (*day.asked.values(), *day.silent.values()) for row in rows}
    seen = set(PlanRow.objects.visible_to(user).filter(pk__in=there).values_list("pk", flat=True))

    def counted(rows):
        return sorted(Counter(row.review.reference for row in rows if row.pk in seen).items())

    asked = [(who, counts) for who, rows in day.asked.items() if (counts := counted(rows))]
    silent = [
        (step.label, who, counts)
        for (step, who), rows in day.silent.items()
        if (counts := counted(rows))
    ]
    return asked, silent


@dataclass
class OfPerson:
    """What one person was asked for in a period, as far as its reader may know."""

    user: object
    rows: int = 0
    answered: int = 0
    asked_on: date | None = None
    asked_again: date | None = None  # by whoever reads this
    reviews: set = field(default_factory=set)

    @property
    def references(self):
        return sorted(self.reviews)

    @property
    def state(self):
        """(in words, colour of its tag)"""
        if self.answered == self.rows:
            return "Answered", "green"
        if self.answered:
            return f"{self.rows - self.answered} of {self.rows} without an answer", "orange"
        return "No answer", "red"


def people_asked(user, partnership, period):
    """Who has not answered first."""
    rows = RequestedRow.objects.visible_to(user).filter(
        request__partnership=partnership, request__period=period
    )
    again = Max("request__messages__on", filter=Q(request__messages__by=user))
    rows = rows.annotate(asked_again=again)
    found = {}
    for one in rows.select_related("request__user", "row__review"):
        person = found.setdefault(
            one.request.user_id,
            OfPerson(one.request.user, asked_on=one.asked_on, asked_again=one.asked_again),
        )
        person.rows += 1
        person.answered += one.answered_at is not None
        person.asked_on = min(person.asked_on, one.asked_on)
        person.reviews.add(one.row.review.reference)
    return sorted(
        found.values(), key=lambda one: (one.answered == one.rows, one.asked_on, one.user.email)
    )


def steps_told(user, partnership, period):
    """[(step in words, day, who, how many actions)], the last first."""
    told = defaultdict(int)
    rows = Escalation.objects.visible_to(user).filter(partnership=partnership, period=period)
    for one in rows.select_related("user"):
        told[Step(one.step).label, one.on, one.user] += 1
    return [(*what, n) for what, n in sorted(told.items(), key=lambda one: one[0][1], reverse=True)]


@dataclass
class Silent:
    """An agency of which something was asked and not answered."""

    agency: Agency
    waiting: int = 0
    asked_on: date | None = None
    heard: object = None  # when it last reported on any of its actions that are open


def silent_agencies(user, partnership):
    """The longest silent first; one that never reported anything before all."""
    period = last_period(partnership)
    if period is None:
        return []
    asked_on = dict(
        RequestedRow.objects.visible_to(user)
        .unanswered()
        .filter(request__partnership=partnership, request__period=period)
        .order_by("-asked_on")
        .values_list("row", "asked_on")
    )
    found = {}
    for row in rows_for(user, partnership).exclude(lead=None):
        one = found.setdefault(row.lead.agency_id, Silent(row.lead.agency))
        if row.told_at and (one.heard is None or row.told_at > one.heard):
            one.heard = row.told_at
        if row.pk in asked_on and not why_not(row, period):
            one.waiting += 1
            one.asked_on = min(filter(None, (one.asked_on, asked_on[row.pk])))
    return sorted((one for one in found.values() if one.waiting), key=_silence)


@dataclass(frozen=True)
class Unreachable:
    """So many actions of an agency in a review, or of nobody, that no account answers for."""

    agency: Agency | None
    review: object
    rows: int


def unreachable(user, partnership, *, period, on):
    """Where somebody would have to be asked and nobody can be."""
    lines = lines_of(rows_for(user, partnership), period=period, on=on)
    counted = Counter(
        (line.agency, line.row.review)
        for line in lines
        if not line.is_asked and not why_not(line.row, period)
    )
    found = [Unreachable(agency, review, n) for (agency, review), n in counted.items()]
    return sorted(found, key=lambda one: (one.review.reference, str(one.agency or "")))


def _silence(one):
    return (one.heard is not None, one.heard or one.asked_on, one.asked_on, one.agency.name)


def to_ask_of(user, partnership, agency, *, period, on):
    """[Line] of what an agency would be asked about now, and of what nobody can be asked."""
    rows = rows_for(user, partnership).filter(lead__agency=agency)
    lines = lines_of(rows, period=period, on=on)
    return [line for line in lines if not why_not(line.row, period)]
