"""How many rows were open, and how many of them overdue, at the end of each month: as it was known
then, from what was reported, settled, decided and moved until that day."""

from bisect import bisect_left, bisect_right
from collections import defaultdict
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from itertools import accumulate

from django.db.models import BooleanField, ExpressionWrapper
from django.utils import timezone

from actionplans.models import CLOSED, REJECTED, Status
from actionplans.progress.decided import Decision
from actionplans.progress.models import DateMove, ProgressNote
from actionplans.progress.settled import Verdict
from actionplans.rows.models import CLAIMS_FINISHED, PlanRow

MONTHS = 12


@dataclass(frozen=True)
class Month:
    end: date
    open: int
    overdue: int

    @property
    def in_time(self):
        return self.open - self.overdue


def month_ends(on, months=MONTHS):
    """The last days of the months before, and the day itself."""
    ends, first = [on], on.replace(day=1)
    for _ in range(months):
        last = first - timedelta(days=1)
        ends.append(last)
        first = last.replace(day=1)
    return ends[::-1]


def over_time(seen):
    """[Month] of what somebody sees, from the first in which anything was followed; drafts and what
    was never in the plan are left out."""
    rows = PlanRow.objects.visible_to(seen.user).filter(recommendation__is_draft=False)
    if seen.review:
        rows = rows.filter(review=seen.review)
    ends = month_ends(seen.on)
    moments = [timezone.make_aware(datetime.combine(end, time.max)) for end in ends]
    past, months = _Past(rows), _Months(ends, moments)
    of_row = ("pk", "recommendation", "started_at", "ended_at", "due")
    wanted = (*of_row, "recommendation__decision", "claims_finished")
    rows = rows.annotate(
        claims_finished=ExpressionWrapper(CLAIMS_FINISHED, output_field=BooleanField())
    )
    first = None
    for row in rows.order_by().values_list(*wanted).iterator(chunk_size=5_000):
        started = row[2]
        first = min(first or started, started)
        for stretch in _stretches(row, past):
            months.add(*stretch)
    counted = zip(moments, ends, *months.counts(), strict=True)
    return [Month(end, *numbers) for moment, end, *numbers in counted if first and first <= moment]


def _stretches(row, past):
    """[(from when, until when or none, its date or none)] of the times in which it was open: between
    two changes nothing is asked twice. A date is there only where it could be missed."""
    pk, recommendation, started, ended, due, decision, claims = row
    changes = past.changes(pk, recommendation)
    begins = [started, *(at for at in changes if started < at and (ended is None or at < ended))]
    for at, until in zip(begins, [*begins[1:], ended], strict=True):
        if past.is_closed(pk, at) or past.is_rejected(recommendation, decision, at):
            continue
        only_claimed = claims and past.is_unconfirmed(pk, at)
        yield at, until, None if only_claimed else past.due(pk, due, at)


class _Months:
    """How many were open and overdue at the ends of months: what began before each and had not ended."""

    def __init__(self, ends, moments):
        self._ends, self._moments = ends, moments
        self._open, self._overdue = [0] * (len(ends) + 1), [0] * (len(ends) + 1)

    def add(self, at, until, due):
        first = bisect_left(self._moments, at)
        after = bisect_left(self._moments, until) if until else len(self._moments)
        _count(self._open, first, after)
        if due:
            _count(self._overdue, max(first, bisect_right(self._ends, due)), after)

    def counts(self):
        """([open], [overdue]), a number for each month."""
        return [list(accumulate(changes[:-1])) for changes in (self._open, self._overdue)]


def _count(changes, first, after):
    if first < after:
        changes[first] += 1
        changes[after] -= 1


class _Past:
    """What was known at a moment, of some rows. Nothing but counts leaves `over_time`."""

    def __init__(self, rows):
        ids = rows.order_by().values("pk")
        self._statuses = _in_time(
            [
                *ProgressNote.objects.filter(row__in=ids).values_list("row", "at", "status"),
                *Verdict.objects.filter(note__row__in=ids).values_list("note__row", "at", "status"),
            ]
        )
        moves = DateMove.objects.filter(row__in=ids)
        self._moves = _in_time(moves.values_list("row", "at", "old_latest"))
        decisions = Decision.objects.filter(recommendation__rows__in=ids).distinct()
        self._decisions = _in_time(decisions.values_list("recommendation", "at", "answer"))

    def changes(self, row, recommendation):
        """The moments at which anything was told of it, in order."""
        of_row = (self._statuses.get(row), self._moves.get(row))
        told = [one for one in (*of_row, self._decisions.get(recommendation)) if one]
        return sorted({at for times, _ in told for at in times}) if told else ()

    def is_closed(self, row, moment):
        return self._status(row, moment) in CLOSED

    def is_unconfirmed(self, row, moment):
        return self._status(row, moment) == Status.UNCONFIRMED

    def _status(self, row, moment):
        return _last(self._statuses.get(row), moment, Status.UNCONFIRMED)

    def is_rejected(self, recommendation, now, moment):
        """Without a decision that was recorded here, the file's own holds from the first."""
        recorded = self._decisions.get(recommendation)
        return _last(recorded, moment, None if recorded else now) == REJECTED

    def due(self, row, now, moment):
        """What the next move moved it from; since the last one, what is worked out for it now."""
        times, before = self._moves.get(row, ((), ()))
        at = bisect_right(times, moment)
        return before[at] if at < len(before) else now


def _in_time(told):
    """{id: ([times], [what was told then])}"""
    found = defaultdict(list)
    for pk, at, what in told:
        found[pk].append((at, what))
    kept = {}
    for pk, events in found.items():
        events.sort(key=lambda event: event[0])
        kept[pk] = [at for at, _ in events], [what for _, what in events]
    return kept


def _last(events, moment, before):
    if not events:
        return before
    times, told = events
    at = bisect_right(times, moment)
    return told[at - 1] if at else before
