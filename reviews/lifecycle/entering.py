"""Entering a review that is under way elsewhere, with the history that it brings."""

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone

from audit.models import EventType
from audit.services import record
from reviews.clock import services as clock
from reviews.clock.kinds import Milestone
from reviews.clock.prose import when
from reviews.lifecycle.models import StageMove
from reviews.rules import Stage
from reviews.services import create_review

# What a clock may have reached before the review came here.
MILESTONES = tuple(milestone for milestone in Milestone if milestone is not Milestone.ENDED)
STAGES = tuple(stage for stage in Stage if stage is not Stage.CLOSED)


def since(stage):
    """The name of a field."""
    return f"since_{stage}"


def reached(milestone):
    return f"reached_{milestone}"


@transaction.atomic
def enter_under_way(
    *, partnership, reference, stage, stages, milestones, by, today=None, **particulars
):
    """`stages` and `milestones` hold when each was reached, as it was said, where that is known.

    Raises ValidationError by the names that `since` and `reached` give; then nothing is entered.
    """
    today, stage = today or timezone.localdate(), Stage(stage)
    _refuse_impossible(stage, stages, today)
    review = create_review(partnership=partnership, reference=reference, by=by, **particulars)
    before = ""
    for one in STAGES[: STAGES.index(stage) + 1]:
        on = stages.get(one)
        if on or one is stage:
            move = StageMove(
                review=review, before=before, stage=one, is_from_elsewhere=True, recorded_by=by
            )
            if on:
                move.on = on
            move.full_clean()
            move.save()
            before = one
    record(
        EventType.STAGE_CHANGED,
        by=by,
        review=review,
        target=review,
        before=review.stage,
        after=stage,
    )
    review.stage = stage
    review.save(update_fields=["stage"])
    for milestone in MILESTONES:
        if on := milestones.get(milestone):
            _reach(review, milestone, on, by=by, today=today)
    return review


def _refuse_impossible(stage, stages, today):
    last = None
    for one in STAGES:
        on = stages.get(one)
        if not on:
            continue
        if STAGES.index(one) > STAGES.index(stage):
            raise ValidationError({since(one): "The review has not come to this stage yet"})
        if on.earliest is None or on.latest is None:
            raise ValidationError({since(one): "Enter a day, or a month, a season or a year"})
        if on.earliest > today:
            raise ValidationError({since(one): "This cannot be in the future"})
        if last and last[1].earliest > on.latest:
            raise ValidationError(
                {
                    since(
                        one
                    ): f"This cannot be before “{last[0].label}”, which began {when(last[1])}"
                }
            )
        last = one, on


def _reach(review, milestone, on, *, by, today):
    try:
        clock.reached(review, milestone, on, by, today=today)
    except ValidationError as refusal:
        raise ValidationError({reached(milestone): refusal.messages}) from refusal
