import uuid
from datetime import date
from decimal import Decimal

import factory

from reviews.panel.models import (
    Capacity,
    Conflict,
    ContractTerms,
    DayUsed,
    Declaration,
    EarlierParticulars,
    JointCommission,
    PanelMember,
)
from tests.factories.agencies import PartnershipFactory
from tests.factories.reviews import ReviewFactory


class PanelMemberFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = PanelMember

    review = factory.SubFactory(ReviewFactory)
    key = factory.LazyFunction(uuid.uuid4)
    name = factory.Sequence(lambda n: f"Professional {n}")
    organisation = factory.Sequence(lambda n: f"Body {n}")
    position = "Head of Safeguarding"


class EarlierParticularsFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = EarlierParticulars

    member = factory.SubFactory(PanelMemberFactory)
    name = "Professional before"
    organisation = "Body before"
    capacity = Capacity.MEMBER
    because = "A new post"


class DeclarationFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Declaration

    member = factory.SubFactory(PanelMemberFactory)
    key = factory.LazyFunction(uuid.uuid4)
    kind = Declaration.Kind.CONFIDENTIALITY
    made_on = date(2026, 3, 9)


class ConflictFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Conflict

    member = factory.SubFactory(PanelMemberFactory)
    key = factory.LazyFunction(uuid.uuid4)
    nature = "Worked there"
    declared_on = date(2026, 3, 9)


class ContractTermsFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = ContractTerms

    member = factory.SubFactory(PanelMemberFactory, capacity=Capacity.CHAIR)
    number = 1
    begins_on = date(2026, 3, 1)
    ends_on = date(2026, 9, 30)
    agreed_days = Decimal("20")


class DayUsedFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = DayUsed

    member = factory.SubFactory(PanelMemberFactory, capacity=Capacity.CHAIR)
    key = factory.LazyFunction(uuid.uuid4)
    worked_on = date(2026, 3, 9)
    days = Decimal("1")
    what = "First panel meeting"


class JointCommissionFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = JointCommission

    review = factory.SubFactory(ReviewFactory)
    partnership = factory.SubFactory(PartnershipFactory)
    agreed_on = date(2026, 3, 9)
    because = "Both areas knew the family"
