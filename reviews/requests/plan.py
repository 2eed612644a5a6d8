"""By when to ask for what, in step with the clock of the review. Only ever a suggestion."""

from dataclasses import dataclass
from datetime import date, timedelta

from reviews.clock.counting import last_working_day
from reviews.clock.kinds import Milestone
from reviews.clock.queries import clock_of
from reviews.clock.rule_sets import holidays
from reviews.requests.models import Request

Kind = Request.Kind
# What part of the time to the report each may take, and how many days it gets at most and at least.
_SHARE = {
    Kind.CHRONOLOGY: (1 / 3, 42, 7),
    Kind.IMR: (1 / 2, 84, 14),
    Kind.REPORT: (1 / 4, 28, 7),
    Kind.QUESTION: (1 / 6, 14, 3),
}


@dataclass(frozen=True)
class Plan:
    report_due: date | None
    days: dict  # {kind: day}
    is_paused: bool = False
    has_no_end: bool = False  # the pause: the report's day moves on with each day of it

    @property
    def lines(self):
        return [(Kind(kind), day) for kind, day in self.days.items()]


def plan_of(review, on):
    """The report's day, and a working day for each kind of thing in step with it."""
    clock = clock_of(review, on)
    due = clock.due(Milestone.REPORT_COMPLETED)
    report_due = due.latest if due and due.latest and due.latest > on else None
    days_off = holidays()
    return Plan(
        report_due,
        {kind: _day(kind, on, report_due, days_off) for kind in _SHARE},
        is_paused=clock.is_paused,
        has_no_end=not clock.pause_has_an_end,
    )


def _day(kind, on, report_due, days_off):
    share, most, least = _SHARE[kind]
    days = most if report_due is None else int((report_due - on).days * share)
    day = last_working_day(on + timedelta(days=max(least, min(most, days))), days_off)
    return max(day, on)
