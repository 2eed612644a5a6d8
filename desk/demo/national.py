"""What a department made of a national recommendation of the demonstration."""

import uuid

from actionplans.models import Level, Recommendation
from actionplans.national.models import NationalStep, Step
from actionplans.national.services import note_step
from foundations.dates import parse

_STEPS = (
    (Step.SENT, "12 May 2025", {"department": "Home Office"}),
    (Step.ACKNOWLEDGED, "2 June 2025", {}),
    (Step.CHASED, "September 2025", {}),
    (
        Step.RESPONDED,
        "20 October 2025",
        {"words": "A national standard is part of the guidance that is consulted on."},
    ),
    (Step.AUTHOR_TOLD, "November 2025", {}),
)


def answer_nationally(review, *, by):
    """Safe to repeat: what was recorded stays."""
    one = Recommendation.objects.filter(review=review, level=Level.NATIONAL).live().first()
    if one is None or NationalStep.objects.filter(recommendation=one).exists():
        return
    for step, when, more in _STEPS:
        note_step(one, step=step, happened_on=parse(when).value, by=by, key=uuid.uuid4(), **more)
