"""Who sits on the panels of the demonstration. Everybody is invented."""

import uuid
from datetime import date
from decimal import Decimal

from accounts.models import User
from agencies.models import Agency, Partnership
from foundations.dates import PartialDate, parse
from reviews.panel.models import Capacity, PanelMember
from reviews.panel.services import contracts, declaring, joint
from reviews.panel.services.members import add_member, leave

_SPACE = uuid.UUID("c1a5f0de-31f0-4a3c-9c0e-7f3b2d4e5a66")
_OUTSIDE = "None of the agencies in the review"

# reference, chair's contract, members: name, agency, body, position, specialism, joined, account
_PANELS = [
    (
        "DARDR-2026-01",
        (date(2026, 3, 2), date(2026, 12, 18), Decimal(22)),
        [
            ("Parveen Panel", "", "Safer Millbrook Partnership", "Head of community safety", "", "March 2026", "panel@demo.example"),
            ("Gethin Orrery", "Police", "", "Detective superintendent", "", "March 2026", ""),
            ("Solveig Tarn", "IDVA", "", "Chief executive", "Domestic abuse", "March 2026", ""),
            ("Abiola Wickett", "Northgate", "", "Named nurse for safeguarding adults", "Suicide prevention", "spring 2026", ""),
            ("Rosalba Finch-Keane", "Children", "", "Head of service", "Children who live with abuse", "2026", ""),
        ],
    ),
    (
        "DHR-2024-02",
        (date(2024, 5, 13), date(2025, 3, 31), Decimal(25)),
        [
            ("Parveen Panel", "", "Safer Millbrook Partnership", "Head of community safety", "", "May 2024", "panel@demo.example"),
            ("Gethin Orrery", "Police", "", "Detective superintendent", "", "May 2024", ""),
            ("Ludmila Askew", "Adult care", "", "Principal social worker", "Coercive control", "June 2024", ""),
        ],
    ),
    (
        "DHR-2022-01",
        (date(2022, 11, 7), date(2024, 5, 31), Decimal(24)),
        [
            ("Gethin Orrery", "Police", "", "Detective superintendent", "", "November 2022", ""),
            ("Solveig Tarn", "IDVA", "", "Chief executive", "Domestic abuse", "November 2022", ""),
            ("Tamsin Oakhanger", "Tide", "", "Head of treatment", "Alcohol", "December 2022", ""),
            ("Ludmila Askew", "Adult care", "", "Principal social worker", "Coercive control", "November 2022", ""),
        ],
    ),
]  # fmt: skip


def seat_panels(reviews, *, by):
    """`reviews` by reference. Safe to repeat: a panel that somebody has begun is theirs."""
    for reference, contract, members in _PANELS:
        review = reviews[reference]
        if PanelMember.objects.filter(review=review).exists():
            continue
        chair = _chair(review, contract, by=by)
        seats = {member[0]: _seat(review, *member, by=by) for member in members}
        _declare(chair, seats.values(), on=contract[0], by=by)
    if not reviews["DHR-2024-02"].joint_commissions.exists():
        _tell_of_changes(reviews, by=by)


def _key(*words):
    return uuid.uuid5(_SPACE, ":".join(map(str, words)))


def _chair(review, contract, *, by):
    begins_on, ends_on, days = contract
    chair = add_member(
        review,
        key=_key(review.reference, "chair"),
        by=by,
        user=User.objects.get(email="chair@demo.example"),
        name="Ioana Chair",
        organisation=_OUTSIDE,
        position="Independent consultant",
        specialism="Chaired nine reviews",
        capacity=Capacity.CHAIR_AND_AUTHOR,
        joined=parse(f"{begins_on:%-d %B %Y}").value,
    )
    contracts.agree(chair, seen=0, begins_on=begins_on, ends_on=ends_on, agreed_days=days, by=by)
    for day, used, what in (
        (begins_on, Decimal(1), "Reading in"),
        (begins_on.replace(day=20), Decimal("0.5"), "First meeting of the panel"),
    ):
        contracts.use_day(
            chair,
            key=_key(review.reference, "day", day),
            worked_on=day,
            days=used,
            what=what,
            by=by,
        )
    return chair


def _seat(review, name, agency, body, position, specialism, joined, email, *, by):
    return add_member(
        review,
        key=_key(review.reference, name),
        by=by,
        user=User.objects.filter(email=email).first() if email else None,
        name=name,
        agency=Agency.objects.named(agency)[0] if agency else None,
        organisation=body,
        position=position,
        specialism=specialism,
        joined=parse(joined).value,
    )


def _declare(chair, members, *, on, by):
    statement = "I have never worked for or been paid by any of the agencies in this review."
    declaring.declare(
        chair,
        key=_key(chair.pk, "independence"),
        kind="independence",
        made_on=on,
        statement=statement,
        by=by,
    )
    for member in [chair, *members][:-1]:  # the last one still owes it
        declaring.declare(
            member,
            key=_key(member.pk, "confidentiality"),
            kind="confidentiality",
            made_on=on,
            by=by,
        )


def _tell_of_changes(reviews, *, by):
    """A conflict of interest, somebody who left, and a second partnership."""
    early, later = reviews["DARDR-2026-01"], reviews["DHR-2024-02"]
    nurse = early.panel.get(name="Abiola Wickett")
    declaring.record_conflict(
        nurse,
        key=_key("conflict"),
        nature="Managed the ward on which FA 1 was treated until 2022.",
        declared_on=date(2026, 3, 20),
        participation=early.participations.get(agency=nurse.agency),
        by=by,
    )
    before = add_member(
        later,
        key=_key("left"),
        by=by,
        name="Emrys Colewort",
        organisation="Safer Millbrook Partnership",
        position="Public health consultant",
        joined=PartialDate.none(),
    )
    leave(before, on=date(2024, 9, 30), because="Moved to another post.", by=by)
    joint.begin_joint_commission(
        later,
        partnership=Partnership.objects.get(name="Safer Eastwold Partnership"),
        agreed_on=date(2024, 6, 3),
        because="FA 2 had lived in both areas, and agencies of both knew her.",
        by=by,
    )
