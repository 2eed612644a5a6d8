"""The clock of a review on a day: what is due when, what moved it, and how many days have passed.

Whoever asks has asked `rules.can_read_clock` of each review first.
"""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import Q

from foundations.dates import PartialDate
from reviews.clock import prose
from reviews.clock.counting import (
    Span,
    between,
    days_in,
    exactly,
    is_working_day,
    last_working_day,
    merged,
    put_off,
    within,
    working_days,
)
from reviews.clock.kinds import OWED_AFTER_THE_END, TARGETS, WORDS, Milestone, State
from reviews.clock.models import DueDate, Extension, Pause, Reached, RuleSet, TimeLimit
from reviews.clock.rule_sets import holidays, install_if_missing
from reviews.models import Review
from reviews.versions import in_force

_OPEN = frozenset({State.RUNNING, State.PAUSED, State.OVERDUE})


@dataclass(frozen=True)
class Deadline:
    """One milestone that is owed, or was."""

    milestone: Milestone
    limit: TimeLimit | None
    first: PartialDate | None  # as first reckoned
    agreed: PartialDate | None  # after the extensions
    due: PartialDate | None  # after the pauses, too
    extensions: tuple[Extension, ...]
    reached: Reached | None
    state: State
    days: int | None  # left, over, or late
    working_day_before: date | None  # where the due day is no working day

    @property
    def words(self):
        return WORDS[self.milestone]

    @property
    def is_open(self):
        return self.state in _OPEN

    @property
    def was_moved(self):
        return self.first is not None and self.due != self.first

    @property
    def label(self):
        return Milestone(self.milestone).label

    @property
    def when(self):
        return prose.deadline(self)


@dataclass(frozen=True)
class Days:
    """From the notification to the report, or to today."""

    elapsed: int
    paused: int
    working: int  # of those that were not paused
    at_least: bool  # the first or the last day is known roughly

    @property
    def running(self):
        return self.elapsed - self.paused


@dataclass(frozen=True)
class Clock:
    review: Review
    on: date
    rule_set: RuleSet | None
    reached: dict[Milestone, Reached]
    deadlines: tuple[Deadline, ...]
    extensions: tuple[Extension, ...]
    pauses: tuple[Pause, ...]
    days: Days | None

    @property
    def start(self):
        """The row that the days count from."""
        return self.reached.get(Milestone.NOTIFIED) or self.reached.get(Milestone.DECIDED)

    @property
    def stop(self):
        return _stop(self.reached)

    @property
    def is_running(self):
        return self.start is not None and self.stop is None

    @property
    def pauses_now(self):
        if not self.is_running:
            return ()
        return tuple(pause for pause in self.pauses if _holds_on(pause, self.on))

    @property
    def is_paused(self):
        return bool(self.pauses_now)

    @property
    def pause_has_an_end(self):
        """Whether every pause that holds today is to end on a day that is known."""
        return all(pause.ends_on for pause in self.pauses_now)

    @property
    def paused_since(self):
        """The first day of the pauses that follow each other without a gap up to today."""
        spans = merged(Span(one.starts_on, one.ends_on or self.on) for one in self.pauses)
        return next((s.first for s in spans if s.first <= self.on <= s.last), None)

    @property
    def next_deadline(self):
        """What is owed first."""
        owed = [deadline for deadline in self.deadlines if deadline.is_open]
        return min(owed, key=lambda one: one.due.latest, default=None)

    @property
    def is_overdue(self):
        return any(deadline.state is State.OVERDUE for deadline in self.deadlines)

    def deadline(self, milestone):
        return next(one for one in self.deadlines if one.milestone == milestone)

    def due(self, milestone):
        """The day that a milestone is due on, for a letter; None where there is none."""
        return self.deadline(milestone).due

    @property
    def sentence(self):
        return prose.sentence(self)

    @property
    def letter_sentence(self):
        return prose.letter_sentence(self)

    @property
    def delay_paragraph(self):
        return prose.delay_paragraph(self)


def clock_of(review, on):
    return clocks_of([review], on)[review.pk]


def clocks_of(reviews, on):
    """{pk of each review: its clock}, in as many queries for many as for one."""
    reviews = list(reviews)
    install_if_missing()
    days_off = holidays()
    places = {review.partnership_id for review in reviews}
    rule_sets = list(
        RuleSet.objects.filter(Q(partnership=None) | Q(partnership__in=places)).prefetch_related(
            "limits"
        )
    )
    milestones = _by_review(Reached.objects.all(), reviews)
    due_dates = _by_review(DueDate.objects.select_related("limit"), reviews)
    extensions = _by_review(Extension.objects.live().prefetch_related("told"), reviews)
    pauses = _by_review(Pause.objects.live().prefetch_related("told", "ends"), reviews)
    return {
        review.pk: _clock(
            review,
            on,
            rule_sets=rule_sets,
            milestones=milestones[review.pk],
            due_dates=due_dates[review.pk],
            extensions=tuple(extensions[review.pk]),
            pauses=tuple(sorted(pauses[review.pk], key=lambda one: (one.starts_on, one.pk))),
            days_off=days_off,
        )
        for review in reviews
    }


def _by_review(rows, reviews):
    found = defaultdict(list)
    for row in rows.filter(review__in=reviews).order_by("pk"):
        found[row.review_id].append(row)
    return found


def newest_of(milestones):
    """{milestone: its newest row}, without those that were not reached after all."""
    newest = {row.milestone: row for row in milestones}
    return {Milestone(code): row for code, row in newest.items() if row.on}


def _clock(review, on, *, rule_sets, milestones, due_dates, extensions, pauses, days_off):
    reached = newest_of(milestones)
    began = reached.get(Milestone.NOTIFIED) or reached.get(Milestone.DECIDED)
    rule_set = in_force(
        rule_sets, review.kind, review.partnership_id, began.on.latest if began else on
    )
    reckoning = _Reckoning(on, reached, rule_set, due_dates, extensions, pauses, days_off)
    return Clock(
        review=review,
        on=on,
        rule_set=rule_set,
        reached=reached,
        deadlines=tuple(reckoning.deadline(milestone) for milestone in TARGETS),
        extensions=extensions,
        pauses=pauses,
        days=reckoning.days(began) if began else None,
    )


def _stop(reached):
    return reached.get(Milestone.REPORT_COMPLETED) or reached.get(Milestone.ENDED)


def _holds_on(pause, on):
    return pause.starts_on <= on and (pause.ends_on is None or on <= pause.ends_on)


class _Reckoning:
    """What one review's rows come to on a day."""

    def __init__(self, on, reached, rule_set, due_dates, extensions, pauses, days_off):
        self.on, self.reached, self.days_off = on, reached, days_off
        self.limits = {one.milestone: one for one in rule_set.limits.all()} if rule_set else {}
        counts = {row.pk for row in reached.values()}
        self.due_dates = {row.milestone: row for row in due_dates if row.counted_from_id in counts}
        self.bases = {row.pk: row for row in reached.values()}
        self.extensions, self.pauses = extensions, pauses
        self.spans = [Span(pause.starts_on, pause.ends_on or on) for pause in pauses]

    # --- days ------------------------------------------------------------------------------

    def days(self, began):
        stop = _stop(self.reached)
        start, end = began.on.latest, self.on
        if stop:
            end = min(end, stop.on.earliest)
        end = max(start, end)
        day = timedelta(days=1)
        return Days(
            elapsed=(end - start).days,
            paused=days_in(within(self.spans, start + day, end)),
            working=working_days(start, end, self.days_off, leaving_out=self.spans),
            at_least=not (began.on.is_exact and (stop is None or stop.on.is_exact)),
        )

    # --- one deadline ----------------------------------------------------------------------

    def deadline(self, milestone):
        row = self.due_dates.get(milestone)
        limit = row.limit if row else self.limits.get(milestone)
        extended = tuple(one for one in self.extensions if one.milestone == milestone)
        first = row.original if row else None
        agreed = exactly(extended[-1].until) if extended else first
        due = agreed and self._after_pauses(milestone, row, limit, extended, agreed)
        reached = self.reached.get(milestone)
        state, days = self._state(milestone, limit, due, reached)
        return Deadline(
            milestone=milestone,
            limit=limit,
            first=first,
            agreed=agreed,
            due=due,
            extensions=extended,
            reached=reached,
            state=state,
            days=days,
            working_day_before=self._working_day_before(due),
        )

    def _after_pauses(self, milestone, row, limit, extended, agreed):
        """Who agreed to a new day knew of the pauses so far: only later days move it further."""
        if limit is not None and not limit.pauses_count:
            return agreed
        spans = self.spans
        if reached := self.reached.get(milestone):
            spans = within(spans, date.min, reached.on.latest)
        if extended:
            after = dict.fromkeys(("earliest", "latest"), extended[-1].agreed_on.latest)
        else:
            base = self.bases[row.counted_from_id].on
            after = {"earliest": base.earliest, "latest": base.latest}
        earliest, latest = (put_off(getattr(agreed, end), spans, after=after[end]) for end in after)
        if (earliest, latest) == (agreed.earliest, agreed.latest):
            return agreed
        return between(min(earliest, latest), latest)

    def _state(self, milestone, limit, due, reached):
        if reached:
            return _how_reached(reached.on, due)
        if Milestone.ENDED in self.reached and milestone not in OWED_AFTER_THE_END:
            return State.DROPPED, None
        if due is None:
            has_number = limit is not None and limit.amount
            return (State.WAITING if has_number else State.NO_LIMIT), None
        if self.on > due.latest:
            return State.OVERDUE, (self.on - due.latest).days
        moves = limit is None or limit.pauses_count
        paused = moves and any(_holds_on(pause, self.on) for pause in self.pauses)
        return (State.PAUSED if paused else State.RUNNING), (due.latest - self.on).days

    def _working_day_before(self, due):
        if due is None or not due.is_exact or is_working_day(due.latest, self.days_off):
            return None
        return last_working_day(due.latest, self.days_off)


def _how_reached(on, due):
    if due is None or (on.latest > due.latest >= on.earliest):
        return State.REACHED, None
    if on.latest <= due.latest:
        return State.IN_TIME, None
    return State.LATE, (on.earliest - due.latest).days
