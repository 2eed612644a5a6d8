"""Everything that was ever recorded about a clock, as lines: nothing that was corrected is lost."""

from dataclasses import dataclass
from datetime import datetime

from reviews.clock import prose
from reviews.clock.kinds import WORDS, Milestone
from reviews.clock.models import DueDate, Extension, Pause, Reached


@dataclass(frozen=True)
class Line:
    at: datetime
    by: object
    what: str
    why: str = ""


def history_of(review, user):
    """The lines of one review, newest first."""
    lines = [
        *_milestones(review, user),
        *_due_dates(review, user),
        *_extensions(review, user),
        *_pauses(review, user),
    ]
    return sorted(lines, key=lambda line: line.at, reverse=True)


def _rows(model, review, user):
    return model.objects.visible_to(user).filter(review=review).order_by("pk")


def _milestones(review, user):
    known = set()
    for row in _rows(Reached, review, user).select_related("recorded_by"):
        words = WORDS[Milestone(row.milestone)]
        if row.on:
            again = "Corrected" if row.milestone in known else "Recorded"
            what = f"{again}: {words.done} {prose.when(row.on)}."
        else:
            what = f"Taken back: {words.done}."
        known.add(row.milestone)
        yield Line(row.recorded_at, row.recorded_by, what, row.why)


def _due_dates(review, user):
    for row in _rows(DueDate, review, user).select_related("limit__rule_set"):
        thing = prose.capital(WORDS[Milestone(row.milestone)].thing)
        limit = row.limit
        from_ = WORDS[Milestone(limit.counts_from)].moment
        yield Line(
            row.reckoned_at,
            None,
            f"{thing} became due {prose.by_when(row.original)}: {limit.in_words} after {from_}, "
            f"under “{limit.rule_set.title}”.",
        )


def _extensions(review, user):
    rows = _rows(Extension, review, user)
    for row in rows.select_related("recorded_by", "taken_back_by").prefetch_related(
        "told__recorded_by"
    ):
        thing = WORDS[Milestone(row.milestone)].thing
        before = f" instead of {row.before}" if row.before else ""
        what = f"Put off: {thing} to {prose.day(row.until)}{before}."
        yield from _agreed(row, what, f"the new day {prose.day(row.until)} for {thing}")


def _pauses(review, user):
    rows = _rows(Pause, review, user)
    for row in rows.select_related("recorded_by", "taken_back_by").prefetch_related(
        "told__recorded_by", "ends__recorded_by"
    ):
        since = prose.day(row.starts_on)
        yield from _agreed(row, f"Paused from {since}.", f"the pause from {since}")
        for end in row.ends.all():
            last = f"ends on {prose.day(end.on)}" if end.on else "goes on until further notice"
            yield Line(end.recorded_at, end.recorded_by, f"The pause from {since} {last}.")


def _agreed(row, what, name):
    why = f"{row.get_reason_display()}. {row.because}".strip()
    who = f"Agreed by {row.agreed_by} {prose.when(row.agreed_on)}."
    yield Line(row.recorded_at, row.recorded_by, f"{what} {who}", why)
    for told in row.told.all():
        said = f"Told of {name}: {told.whom}, {prose.when(told.on)}."
        yield Line(told.recorded_at, told.recorded_by, said)
    if not row.is_live:
        yield Line(row.taken_back_at, row.taken_back_by, f"Taken back: {name}.", row.taken_back_why)
