"""The house's own rule sets, used until a partnership has made its own, and what is known of them.

Told apart on purpose: what a source confirms, what is held to be so and was not confirmed, and what
no source sets a number for. A partnership checks them against the guidance in force.
"""

from dataclasses import dataclass
from datetime import date

from reviews.clock.kinds import Milestone, Standing, Unit
from reviews.models import Review


@dataclass(frozen=True)
class Limit:
    milestone: Milestone
    counts_from: Milestone
    text: str
    standing: Standing
    amount: int | None = None
    unit: Unit = Unit.MONTHS
    pauses_count: bool = True


@dataclass(frozen=True)
class House:
    """One edition of the limits, for the kinds of review that it is about."""

    version: int
    effective_from: date
    title: str
    source: str
    limits: tuple[Limit, ...]
    kinds: tuple = (Review.Kind.STATUTORY, Review.Kind.JOINT)


_NO_NUMBER_HOME_OFFICE = Limit(
    Milestone.HOME_OFFICE_TOLD,
    Milestone.DECIDED,
    "In writing and with the recorded reasons, also when there is to be no review. No number of "
    "days was found.",
    Standing.UNCONFIRMED,
)

HOUSE = (
    House(
        version=1,
        effective_from=date(2011, 4, 13),
        title="Statutory guidance before December 2016",
        source="Multi-agency statutory guidance for domestic homicide reviews, edition of August "
        "2013, as published overview reports quote it. That the edition of 2011 said the same is "
        "not confirmed.",
        limits=(
            Limit(
                Milestone.DECIDED,
                Milestone.NOTIFIED,
                "Within one month of the death coming to the partnership’s attention. Confirmed "
                "for the edition of 2013.",
                Standing.CONFIRMED,
                amount=1,
            ),
            _NO_NUMBER_HOME_OFFICE,
            Limit(
                Milestone.REPORT_COMPLETED,
                Milestone.DECIDED,
                "Within a further six months of the decision. Confirmed for the edition of 2013. "
                "How a later day is agreed, and whether a pause moves it, is not confirmed.",
                Standing.CONFIRMED,
                amount=6,
            ),
        ),
    ),
    House(
        version=2,
        effective_from=date(2016, 12, 1),
        title="Statutory guidance of December 2016",
        source="Multi-agency statutory guidance for the conduct of domestic homicide reviews, "
        "December 2016 (the day of the month is not known: taken from the first). Its limits are "
        "held to be those of 2013, which is not confirmed. A draft of new guidance was consulted "
        "on in 2024; its limits were not seen, and no final text was found.",
        limits=(
            Limit(
                Milestone.DECIDED,
                Milestone.NOTIFIED,
                "Within one month of the death coming to the partnership’s attention. Held to be "
                "as in 2013: check it against the guidance.",
                Standing.UNCONFIRMED,
                amount=1,
            ),
            _NO_NUMBER_HOME_OFFICE,
            Limit(
                Milestone.REPORT_COMPLETED,
                Milestone.DECIDED,
                "Within a further six months of the decision. Held to be as in 2013: check it "
                "against the guidance. How a later day is agreed, and whether a pause moves it, "
                "is not confirmed.",
                Standing.UNCONFIRMED,
                amount=6,
            ),
            Limit(
                Milestone.SENT,
                Milestone.REPORT_COMPLETED,
                "To the Domestic Abuse Commissioner as soon as reasonably practicable after "
                "completion: section 9(3B) and (3C) of the Domestic Violence, Crime and Victims "
                "Act 2004, inserted by section 17 of the Domestic Abuse Act 2021. No number of "
                "days is set.",
                Standing.CONFIRMED,
            ),
            Limit(
                Milestone.PUBLISHED,
                Milestone.SENT,
                "After the Home Office has cleared the report. No limit was found for either.",
                Standing.UNCONFIRMED,
            ),
        ),
    ),
)
