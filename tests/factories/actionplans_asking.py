from datetime import date

import factory

from actionplans.asking.models import (
    AskingSchedule,
    Escalation,
    RequestedRow,
    RequestMessage,
    Round,
    Step,
    UpdateRequest,
)
from tests.factories.accounts import UserFactory
from tests.factories.agencies import PartnershipFactory
from tests.factories.reviews_reminders import MessageFactory

PERIOD = date(2026, 11, 1)
DUE = date(2026, 11, 5)


class AskingScheduleFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = AskingSchedule

    partnership = factory.SubFactory(PartnershipFactory)
    version = 1
    effective_from = PERIOD
    title = "Our schedule"
    source = "The board"
    day = 5
    leads_after = 7
    coordinator_after = 14
    board_after = 21


class RoundFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Round

    partnership = factory.SubFactory(PartnershipFactory)
    period = PERIOD
    due = DUE
    made_on = DUE


class UpdateRequestFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = UpdateRequest

    partnership = factory.SubFactory(PartnershipFactory)
    period = PERIOD
    user = factory.SubFactory(UserFactory)


class RequestedRowFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = RequestedRow

    request = factory.SubFactory(UpdateRequestFactory)
    asked_on = DUE


class RequestMessageFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = RequestMessage

    request = factory.SubFactory(UpdateRequestFactory)
    rows = 1
    on = DUE
    message = factory.SubFactory(MessageFactory)


class EscalationFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Escalation

    partnership = factory.SubFactory(PartnershipFactory)
    period = PERIOD
    step = Step.COORDINATOR
    user = factory.SubFactory(UserFactory)
    on = date(2026, 11, 19)
    message = factory.SubFactory(MessageFactory)
