import uuid
from datetime import date

import factory
from django.utils import timezone

from foundations.post.models import Delivery, Message
from reviews.reminders.models import Mailing, Posting, Reminder, ReminderSteps, Step
from tests.factories.accounts import UserFactory
from tests.factories.agencies import PartnershipFactory
from tests.factories.reviews import ReviewFactory


class MessageFactory(factory.django.DjangoModelFactory):
    """Already out of the outbox: nobody sends it."""

    class Meta:
        model = Message

    key = factory.LazyFunction(lambda: f"test:{uuid.uuid4()}")
    to = factory.Sequence(lambda n: f"person{n}@agency.example")
    subject = "1 thing is waiting for you in the reviews system"
    body = "Sign in to see it."
    state = Message.State.SENT
    sent_at = factory.LazyFunction(timezone.now)


class DeliveryFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Delivery

    message = factory.SubFactory(MessageFactory)
    outcome = Delivery.Outcome.ACCEPTED
    ended_at = factory.LazyFunction(timezone.now)


class PostingFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Posting

    message = factory.SubFactory(MessageFactory)
    review = factory.SubFactory(ReviewFactory)
    partnership = factory.LazyAttribute(lambda one: one.review.partnership)


class MailingFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Mailing

    user = factory.SubFactory(UserFactory)
    day = date(2026, 11, 20)
    message = factory.SubFactory(MessageFactory)


class ReminderFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Reminder

    mailing = factory.SubFactory(MailingFactory)
    user = factory.SelfAttribute("mailing.user")
    review = factory.SubFactory(ReviewFactory)
    rule = "scoping"
    item = factory.Sequence(str)
    due = date(2026, 11, 20)
    step = Step.DUE


class ReminderStepsFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = ReminderSteps

    partnership = factory.SubFactory(PartnershipFactory)
    version = 1
    effective_from = date(2026, 1, 1)
    title = factory.Sequence(lambda n: f"As agreed, {n}")
    source = factory.Sequence(lambda n: f"The board, {n}")
    days_before = 5
    days_after = 2
    lead_after = 4
    coordinator_after = 6
    days_to_read = 10
    days_inside = 3
