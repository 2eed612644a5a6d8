"""The clocks of the demonstration: one paused, one put off twice, one that has run its course."""

from datetime import date

from django.utils import timezone

from foundations.dates import parse
from reviews.clock import rule_sets, services
from reviews.clock.kinds import Milestone, Reason, Standing
from reviews.clock.models import Reached, RuleSet
from reviews.models import Review

_AGREED_BY = "the chair of the partnership"

_REACHED = {
    "DARDR-2026-01": {
        Milestone.NOTIFIED: "5 December 2025",
        Milestone.DECIDED: "9 February 2026",
        Milestone.HOME_OFFICE_TOLD: "12 February 2026",
        Milestone.CHAIR_APPOINTED: "March 2026",
    },
    "DHR-2024-02": {
        Milestone.NOTIFIED: "25 March 2024",
        Milestone.DECIDED: "18 April 2024",
        Milestone.HOME_OFFICE_TOLD: "22 April 2024",
        Milestone.CHAIR_APPOINTED: "3 June 2024",
    },
    "DHR-2022-01": {
        Milestone.NOTIFIED: "10 August 2022",
        Milestone.DECIDED: "5 September 2022",
        Milestone.HOME_OFFICE_TOLD: "12 September 2022",
        Milestone.CHAIR_APPOINTED: "autumn 2022",
        Milestone.REPORT_COMPLETED: "20 May 2024",
        Milestone.SENT: "3 June 2024",
        Milestone.PUBLISHED: "10 February 2025",
    },
}
# first day, last day, why, in words, agreed, told
_PAUSES = {
    "DARDR-2026-01": [
        (
            date(2026, 4, 6),
            date(2026, 4, 19),
            Reason.FAMILY,
            "The family asked for two weeks around an anniversary",
            date(2026, 3, 30),
            "the Home Office",
        ),
        (
            date(2026, 6, 1),
            None,
            Reason.INQUEST,
            "The coroner asked that no witness be spoken to before the inquest",
            date(2026, 5, 28),
            "",
        ),
    ],
    "DHR-2024-02": [
        (
            date(2024, 7, 1),
            date(2025, 6, 20),
            Reason.TRIAL,
            "The prosecution asked that no witness be spoken to before the verdict",
            date(2024, 6, 24),
            "the Home Office",
        ),
        (
            date(2025, 5, 12),
            date(2025, 8, 29),
            Reason.INQUEST,
            "",
            date(2025, 5, 6),
            "the Home Office and the family’s advocate",
        ),
    ],
}
# new day, why, in words, agreed, told
_EXTENSIONS = {
    "DHR-2024-02": [
        (
            date(2027, 1, 29),
            Reason.LATE_IMRS,
            "Two IMRs went back to their agencies for more analysis",
            date(2025, 11, 10),
            "the Home Office",
        )
    ],
    "DHR-2022-01": [
        (
            date(2023, 9, 29),
            Reason.LATE_IMRS,
            "",
            date(2023, 2, 6),
            "the Home Office",
        ),
        (
            date(2024, 5, 31),
            Reason.OTHER,
            "Two further panel meetings were needed to agree the findings",
            date(2023, 9, 11),
            "the Home Office",
        ),
    ],
}


def start_clocks(reviews, *, by):
    """`reviews` by reference; safe to repeat."""
    rule_sets.install()
    for reference, milestones in _REACHED.items():
        review = reviews[reference]
        if Reached.objects.filter(review=review, milestone=Milestone.HOME_OFFICE_TOLD).exists():
            continue
        for milestone, on in milestones.items():
            services.reached(review, milestone, parse(on).value, by)
        for starts_on, ends_on, *why in _PAUSES.get(reference, []):
            services.pause(
                review,
                starts_on=starts_on,
                ends_on=ends_on,
                proceeding=review.proceedings.filter(kind=why[0]).first(),
                by=by,
                **_agreement(*why),
            )
        for until, *why in _EXTENSIONS.get(reference, []):
            services.extend(
                review, Milestone.REPORT_COMPLETED, until=until, by=by, **_agreement(*why)
            )
    _limit_local_reviews(reviews["DARDR-2026-01"].partnership, by=by)


def _agreement(reason, because, agreed_on, told):
    return {
        "reason": reason,
        "because": because,
        "agreed_by": _AGREED_BY,
        "agreed_on": agreed_on,
        "told": told,
        "told_on": agreed_on if told else None,
    }


def _limit_local_reviews(partnership, *, by):
    """The house sets no limit for a local review; this partnership does."""
    kind = Review.Kind.INCIDENT
    if RuleSet.objects.filter(partnership=partnership, kind=kind).exists():
        return
    rule_sets.make_version(
        kind=kind,
        partnership=partnership,
        title="Local protocol for serious incident reviews",
        source="Agreed by the partnership’s board; not statutory.",
        effective_from=timezone.localdate(),
        limits=[
            {
                "milestone": Milestone.REPORT_COMPLETED,
                "counts_from": Milestone.NOTIFIED,
                "amount": 4,
                "text": "A learning sheet within four months of the referral.",
                "standing": Standing.LOCAL,
            }
        ],
        seen=None,
        by=by,
        on=timezone.localdate(),
    )
