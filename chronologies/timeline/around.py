"""What several agencies recorded around a date, next to one another.

What happened on a known day stands in rows by day. A date that is not one day may belong to any of
several rows, so it stands apart, under the words in which it was given.
"""

from dataclasses import dataclass
from itertools import groupby
from urllib.parse import urlencode

from django.db.models import Case, Count, F, Q, Value, When
from django.urls import reverse

from chronologies.queries import place_of
from chronologies.timeline.forms import of_places
from chronologies.timeline.periods import days_of
from foundations.dates.bounds import add_days
from foundations.dates.words import DAY_NAMES

COLUMNS = 4  # as many agencies stand next to each other if nobody chose which


def address_around(review, date, places):
    """Where the accounts of the places stand next to each other around a date; "" where the date has
    not both ends, so that there is no stretch of time around it."""
    if not (date.earliest and date.latest):
        return ""
    asked = {"agency": [place.key for place in places], "date": days_of(date)}
    where = reverse("chronologies:around", args=[review.reference])
    return f"{where}?{urlencode(asked, doseq=True)}"


@dataclass(frozen=True)
class Window:
    """The days that are asked about, and those around them."""

    earliest: object
    latest: object
    start: object
    end: object

    @classmethod
    def around(cls, date, days):
        start = add_days(date.earliest, -days) or date.earliest
        return cls(date.earliest, date.latest, start, add_days(date.latest, days) or date.latest)

    def distance(self, day):
        """How far a day is from those that are asked about: "3 days before"."""
        if day < self.earliest:
            return _days((self.earliest - day).days, "before")
        if day > self.latest:
            return _days((day - self.latest).days, "after")
        return (
            "On the day asked about"
            if self.earliest == self.latest
            else "Within the date asked about"
        )

    def holds(self, day):
        return self.earliest <= day <= self.latest


def _days(n, which):
    return f"{n} {'day' if n == 1 else 'days'} {which}"


@dataclass(frozen=True)
class Moment:
    """One row: a day, or a date as it was given, and what each agency has of it."""

    name: str
    weekday: str
    distance: str
    is_asked: bool
    columns: tuple  # of (place, entries)


def of_agencies(entries, keys):
    parts, has_team = of_places(keys)
    which = Q(participation__in=parts)
    return entries.filter(which | Q(participation=None) if has_team else which)


def most_around(entries, window, chosen):
    """({key: how many entries there}, the keys to show): of those that were chosen, if at least two
    were, else also the agencies with most entries there."""
    rows = entries.between(window.start, window.end).order_by().values("participation")
    counted = {
        "team" if part is None else str(part): n
        for part, n in rows.annotate(n=Count("pk")).values_list("participation", "n")
    }
    if len(chosen) > 1:
        return counted, chosen
    others = sorted((key for key in counted if key not in chosen), key=lambda k: (-counted[k], k))
    return counted, [*chosen, *others[: max(0, COLUMNS - len(chosen))]]


def exact_first(entries):
    """In time order, what is not of one day after all that is; so they can be paged together."""
    is_wide = Case(When(date_earliest=F("date_latest"), then=Value(0)), default=Value(1))
    rows = entries.dated().merged_in_time()
    return rows.order_by(is_wide, *rows.query.order_by)


def moments_of(entries, places, window=None):
    """(rows by day, rows by date in words) of entries in that order."""
    exact = [entry for entry in entries if entry.date.is_exact]
    wide = [entry for entry in entries if not entry.date.is_exact]
    days = [
        Moment(
            name=f"{day.day} {day:%B} {day.year}",
            weekday=DAY_NAMES[day.weekday()],
            distance=window.distance(day) if window else "",
            is_asked=bool(window) and window.holds(day),
            columns=_columns(together, places),
        )
        for day, together in groupby(exact, key=lambda entry: entry.date.earliest)
    ]
    dates = [
        Moment(words, "", "", False, _columns(together, places))
        for words, together in groupby(wide, key=lambda entry: str(entry.date))
    ]
    return days, dates


def _columns(entries, places):
    entries = list(entries)
    return tuple(
        (place, [entry for entry in entries if place_of(entry.participation).key == place.key])
        for place in places
    )
