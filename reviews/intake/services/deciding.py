"""Whether there is to be a review: recorded once, and recorded again rather than changed."""

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone

from audit.models import EventType
from audit.services import record
from reviews.clock.kinds import Milestone
from reviews.clock.telling import tell
from reviews.intake.models import Circumstances, ConsentWord, DecisionCriterion, ReviewDecision
from reviews.lifecycle.ended import refuse_if_ended
from reviews.lifecycle.services import set_stage
from reviews.models import Review
from reviews.rules import Stage

BEFORE_A_DECISION = frozenset({Stage.SCOPING, Stage.DECISION})


class ChangedMeanwhile(Exception):
    """Somebody else has changed the circumstances since they were opened."""


class DecidedMeanwhile(Exception):
    """Somebody else recorded a decision that this one was made without knowing of."""


def first_told_on(review):
    """The day on which the death came to the partnership's attention, where that is known."""
    return min((told.told_on for told in review.notifications.all()), default=None)


@transaction.atomic
def decide(review, *, seen, criteria, criteria_source, by, **decision):
    """`seen` is the number of the newest decision that whoever decides has read; 0 for none.

    `criteria` is a list of (text, met) in their order.
    """
    review = Review.objects.select_for_update().get(pk=review.pk)
    refuse_if_ended(review)
    newest = ReviewDecision.objects.filter(review=review).order_by("-number").first()
    number = newest.number if newest else 0
    if newest and number == seen + 1 and _is_the_same(newest, by=by, **decision):
        return newest  # a second click
    if number != seen:
        raise DecidedMeanwhile(newest.pk if newest else None)
    _refuse_impossible(review, decision["decided_on"])
    made = ReviewDecision(
        review=review,
        number=number + 1,
        criteria_source=criteria_source,
        recorded_by=by,
        **decision,
    )
    made.full_clean()
    made.save()
    DecisionCriterion.objects.bulk_create(
        DecisionCriterion(decision=made, position=position, text=text, met=met)
        for position, (text, met) in enumerate(criteria, start=1)
    )
    record(
        EventType.REVIEW_DECIDED,
        by=by,
        review=review,
        target=made,
        outcome=made.outcome,
        number=made.number,
        dissent=bool(made.dissent),
    )
    _tell_clock(made, newest)
    if made.outcome == ReviewDecision.Outcome.REVIEW and review.stage in BEFORE_A_DECISION:
        set_stage(review, stage=Stage.COMMISSIONED, by=by)
    return made


def _tell_clock(made, before):
    """The time for the report counts from the decision; one that was put off is none yet."""
    if made.outcome != ReviewDecision.Outcome.DEFERRED:
        tell(
            made.review,
            Milestone.DECIDED,
            made.decided_on,
            made.recorded_by,
            before=before.decided_on if before else None,
            why="A further decision was recorded",
        )


def _is_the_same(newest, *, by, **decision):
    return newest.recorded_by_id == (by.pk if by else None) and all(
        getattr(newest, name) == value for name, value in decision.items()
    )


def _refuse_impossible(review, decided_on):
    if decided_on > timezone.localdate():
        raise ValidationError({"decided_on": "The decision cannot be in the future."})
    told_on = first_told_on(review)
    if told_on and decided_on < told_on:
        raise ValidationError({"decided_on": "The decision cannot be before the notification."})


@transaction.atomic
def describe(review, *, seen, by, **circumstances):
    """What kind of case it is: how somebody died or survived, and whether anybody is charged.

    `seen` is how often the circumstances had been changed when whoever changes them read them.
    """
    refuse_if_ended(Review.objects.get(pk=review.pk))
    found, _ = Circumstances.objects.select_for_update().get_or_create(review=review)
    if found.changes != seen:
        raise ChangedMeanwhile(found.pk)
    found.changes += 1
    before = _consent_of(found)
    for name, value in circumstances.items():
        setattr(found, name, value)
    found.full_clean()
    if found.survivor_consent and _consent_of(found) != before:
        _keep_consent(found, by=by)
    found.save()
    record(
        EventType.CIRCUMSTANCES_CHANGED,
        by=by,
        review=review,
        target=found,
        manner=found.manner,
        charge=found.charge,
        consent=found.survivor_consent,
    )
    return found


def _consent_of(circumstances):
    return {
        "consent": circumstances.survivor_consent,
        "on": circumstances.consent_on,
        "note": circumstances.consent_note,
    }


def _keep_consent(circumstances, *, by):
    """What they said before stays; what is withdrawn was given first."""
    said = _consent_of(circumstances)
    if said["consent"] == Circumstances.Consent.WITHDRAWN:
        agreed = [Circumstances.Consent.GIVEN, Circumstances.Consent.LIMITED]
        words = circumstances.review.consent_words.filter(consent__in=agreed)
        given = words.exclude(on=None).first()
        if given and said["on"] < given.on:
            raise ValidationError({"consent_on": f"They agreed only on {given.on:%-d %B %Y}"})
    ConsentWord.objects.create(review=circumstances.review, recorded_by=by, **said)
