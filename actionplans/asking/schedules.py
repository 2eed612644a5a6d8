"""When a partnership asks for updates: versions of that, the one in force, and the day that is due."""

from dataclasses import dataclass
from datetime import date

from actionplans.asking.models import AskingSchedule
from audit.models import EventType
from reviews.versions import NewerVersion, next_version

# Once a month, after those who report by themselves had some days to do so.
HOUSE = {
    "version": 1,
    "effective_from": date(2026, 1, 1),
    "title": "Every month",
    "source": "Proposed by this service: no guidance sets such days.",
    "is_on": True,
    "every_months": 1,
    "day": 5,
    "leads_after": 7,
    "coordinator_after": 14,
    "board_after": 21,
}
LOOK_BACK = 13  # months: a schedule of once a year has one due day among them


@dataclass(frozen=True)
class Due:
    """A day on which people were to be asked, for the period that it lies in."""

    on: date
    schedule: AskingSchedule

    @property
    def period(self):
        return self.on.replace(day=1)


class Schedules:
    """The versions of one partnership."""

    def __init__(self, partnership):
        own = AskingSchedule.objects.filter(partnership=partnership)
        self.versions = list(own.order_by("effective_from", "version"))

    @property
    def newest(self):
        """What the next version is made from, even one not yet in force."""
        return max(self.versions, key=lambda one: one.version, default=None)

    def in_force(self, on):
        begun = [one for one in self.versions if one.effective_from <= on]
        return begun[-1] if begun else AskingSchedule(**HOUSE)

    def due(self, on):
        """The last day, this one included, on which people were to be asked; None where nobody is
        asked now, or the first such day has yet to come."""
        if not self.in_force(on).is_on:
            return None
        months = (_months_before(on, back) for back in range(LOOK_BACK))
        return next((due for month in months for due in self._in_month(month, upto=on)), None)

    def next(self, after):
        """The first such day after a day, as far as the versions made so far say."""
        months = (_months_before(after, -ahead) for ahead in range(LOOK_BACK))
        days = (due for month in months for due in reversed(list(self._in_month(month))))
        return next((due for due in days if due.on > after), None)

    def _in_month(self, first, upto=date.max):
        """The last first. A day counts where the version in force on it names it."""
        every = [AskingSchedule(**HOUSE), *self.versions]
        days = {first.replace(day=one.day) for one in every}
        for day in sorted(days, reverse=True):
            schedule = self.in_force(day)
            named = schedule.day == day.day and schedule.asks_in(day.month)
            if day <= upto and named and schedule.is_on and day >= schedule.effective_from:
                yield Due(day, schedule)


def _months_before(day, back):
    months = day.year * 12 + day.month - 1 - back
    return date(months // 12, months % 12 + 1, 1)


def make_version(*, partnership, seen, **told):
    """A partnership's next version; `seen` is the number of the one it was made from, 0 for none."""
    made_from = AskingSchedule.objects.filter(partnership=partnership, version=seen).first()
    if seen and made_from is None:
        raise NewerVersion
    return next_version(
        AskingSchedule,
        lambda kind, partnership: Schedules(partnership).newest,
        EventType.ASKING_SCHEDULE_MADE,
        kind=None,
        partnership=partnership,
        seen=made_from,
        **told,
    )
