"""The panel of a world's review: each thing once as it stands, and once as it was ended."""

from datetime import date

from reviews.panel.models import Capacity
from tests.factories.reviews_panel import (
    ConflictFactory,
    ContractTermsFactory,
    DayUsedFactory,
    DeclarationFactory,
    EarlierParticularsFactory,
    JointCommissionFactory,
    PanelMemberFactory,
)


def seat_panel(rows):
    """A chair who took over from another, and a member without an account who must not see a part."""
    before = PanelMemberFactory(
        review=rows.one, capacity=Capacity.CHAIR, left_on=date(2026, 3, 1), left_because="Unwell"
    )
    rows.seat = PanelMemberFactory(
        review=rows.one, user=rows.chair, capacity=Capacity.CHAIR, follows=before
    )
    EarlierParticularsFactory(member=rows.seat)
    withdrawn = {"withdrawn_on": date(2026, 3, 10), "withdrawn_because": "Entered twice"}
    rows.declaration = DeclarationFactory(member=rows.seat, statement="Never worked here")
    DeclarationFactory(member=rows.seat, statement="Never worked there", **withdrawn)
    for number in (1, 2):
        ContractTermsFactory(member=rows.seat, number=number, because="A longer review")
    rows.day_used = DayUsedFactory(member=rows.seat)
    DayUsedFactory(member=rows.seat, **withdrawn)
    member = PanelMemberFactory(review=rows.one)
    rows.conflict = ConflictFactory(member=member, participation=rows.third.part)
    ConflictFactory(member=member, ended_on=date(2026, 4, 1), ended_because="Left that post")
    rows.joint = JointCommissionFactory(review=rows.one)
    JointCommissionFactory(
        review=rows.one, ended_on=date(2026, 4, 1), ended_because="Only one area after all"
    )
