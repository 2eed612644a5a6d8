"""How the reviews of the demonstration went: one stood still for a year, one began elsewhere and
was discontinued, and one has tasks that somebody marked."""

import uuid
from datetime import date

from foundations.dates import parse
from reviews.clock.kinds import Milestone, Reason
from reviews.lifecycle import services
from reviews.lifecycle.entering import enter_under_way
from reviews.lifecycle.models import TaskMark
from reviews.lifecycle.tasks.services import mark
from reviews.models import Review
from reviews.rules import Stage

_SPACE = uuid.UUID("0d3f6f0e-62c5-4d5b-9d6d-0d1f6f9f2b77")
_DISCONTINUED = "DHR-2023-04"
_MARKS = [
    ("proceedings", TaskMark.State.STARTED, "The coroner has not named a day yet"),
    ("asked", TaskMark.State.DONE, ""),
    ("contract", TaskMark.State.NOT_NEEDED, "The partnership’s own panel of chairs"),
    ("chronologies", TaskMark.State.DONE, "All but two were promised for this week"),
]


def _key(*words):
    return uuid.uuid5(_SPACE, ":".join(words))


def go_through(reviews, *, by):
    """`reviews` by reference; safe to repeat."""
    for code, state, why in _MARKS:
        review = reviews["DARDR-2026-01"]
        mark(review, code=code, state=state, why=why, by=by, key=_key("mark", code))
    stood_still = reviews["DHR-2024-02"]
    services.suspend(
        stood_still,
        reason=Reason.TRIAL,
        why="The prosecution asked that no witness be spoken to before the verdict",
        on=date(2024, 7, 1),
        expected_until=date(2025, 3, 31),
        agreed_by="the board of the partnership",
        stop_clock=False,  # its pause is on the clock already
        by=by,
        key=_key("suspend"),
    )
    services.resume(
        stood_still,
        on=date(2025, 6, 20),
        why="Sentence was passed",
        by=by,
        key=_key("resume"),
    )
    _enter_and_discontinue(stood_still.partnership, by=by)


def _enter_and_discontinue(partnership, *, by):
    if Review.objects.filter(reference=_DISCONTINUED).exists():
        return
    when = {
        Stage.SCOPING: "spring 2023",
        Stage.DECISION: "12 June 2023",
        Stage.COMMISSIONED: "July 2023",
    }
    review = enter_under_way(
        partnership=partnership,
        reference=_DISCONTINUED,
        label=Review.Label.DHR,
        stage=Stage.COMMISSIONED,
        stages={stage: parse(words).value for stage, words in when.items()},
        milestones={
            Milestone.NOTIFIED: parse("15 May 2023").value,
            Milestone.DECIDED: parse("12 June 2023").value,
        },
        by=by,
    )
    services.discontinue(
        review,
        on=parse("November 2023").value,
        why="The inquest found that nobody else had a part in the death. What agencies had learnt "
        "was taken up by the local safeguarding board.",
        agreed_by="the board of the partnership",
        told="the Home Office and the family’s advocate",
        by=by,
        key=_key("discontinue"),
    )
