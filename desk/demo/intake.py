"""How the three reviews of the demonstration began."""

from datetime import date

from django.utils import timezone

from reviews.intake.models import ReviewDecision
from reviews.intake.services import deciding
from reviews.wording.kinds import Kind
from reviews.wording.services import wording_for

_CHAIR_OF_PARTNERSHIP = "Chair of the partnership, with the consideration panel"

# reference, (manner, charge), decisions: outcome, day, day to look again, reasons, dissent, not met
_BEGINNINGS = [
    (
        "DARDR-2026-01",
        ("suicide", "nobody_named"),
        [
            (
                "deferred",
                date(2026, 1, 12),
                date(2026, 2, 9),
                "The coroner had not yet said how FA 1 died, and two agencies had not answered.",
                "The specialist service would have decided at once: the history of coercive control was plain.",
                {2: "unknown"},
            ),
            (
                "review",
                date(2026, 2, 9),
                None,
                "Every criterion is met. Five agencies knew FA 1, and each saw only a part of what she lived with.",
                "",
                {},
            ),
        ],
    ),
    (
        "DHR-2024-02",
        ("homicide", "charged"),
        [
            (
                "review",
                date(2024, 4, 18),
                None,
                "FA 2 was killed by her former partner, who has been charged. Agencies had known of abuse since 2015.",
                "",
                {},
            )
        ],
    ),
    (
        "DHR-2022-01",
        ("homicide", "charged"),
        [
            (
                "review",
                date(2022, 9, 5),
                None,
                "FA 3 was killed by her husband. Several services had been in contact with both.",
                "Probation held that its own review would have been enough.",
                {},
            )
        ],
    ),
]


def begin_reviews(reviews, *, by):
    """`reviews` by reference; safe to repeat."""
    for reference, (manner, charge), decisions in _BEGINNINGS:
        review = reviews[reference]
        if ReviewDecision.objects.filter(review=review).exists():
            continue
        deciding.describe(review, by=by, manner=manner, charge=charge)
        for number, decision in enumerate(decisions):
            _decide(review, number, *decision, by=by)


def _decide(review, number, outcome, day, again, reasons, dissent, not_met, *, by):
    criteria = wording_for(Kind.DECISION_CRITERIA, review.partnership, timezone.localdate())
    deciding.decide(
        review,
        seen=number,
        criteria=[
            (text, not_met.get(position, "yes"))
            for position, text in enumerate(criteria.items, start=1)
        ],
        criteria_source=str(criteria),
        by=by,
        outcome=outcome,
        decided_on=day,
        look_again_on=again,
        decided_by=_CHAIR_OF_PARTNERSHIP,
        reasons=reasons,
        dissent=dissent,
    )
