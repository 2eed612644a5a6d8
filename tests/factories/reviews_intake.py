import uuid
from datetime import timedelta

import factory
from django.utils import timezone

from foundations.dates import parse
from reviews.intake.models import (
    Circumstances,
    ConcernOwner,
    DecisionCriterion,
    EarlyAction,
    EarlyActionMove,
    KnownPerson,
    Notification,
    NotificationLink,
    PossibleDuplicate,
    ReviewDecision,
    ScopingAnswer,
    ScopingRequest,
    UrgentConcern,
)
from tests.factories.accounts import UserFactory
from tests.factories.agencies import PartnershipFactory
from tests.factories.reviews import ParticipationFactory, PersonFactory, ReviewFactory


class NotificationLinkFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = NotificationLink

    partnership = factory.SubFactory(PartnershipFactory)
    sent_to = factory.Sequence(lambda n: f"desk{n}@police.example")
    for_whom = factory.Sequence(lambda n: f"Major Crime Team {n}")
    digest = factory.Sequence(lambda n: f"{n:064}")
    created_by = factory.SubFactory(UserFactory)
    expires_at = factory.LazyFunction(lambda: timezone.now() + timedelta(days=7))


class NotificationFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Notification

    class Params:
        died = "March 2026"

    partnership = factory.SubFactory(PartnershipFactory)
    key = factory.LazyFunction(uuid.uuid4)
    source = Notification.Source.POLICE
    from_whom = factory.Sequence(lambda n: f"Major Crime Team {n}")
    told_on = factory.LazyFunction(timezone.localdate)
    manner = "homicide"
    charge = "charged"
    death = factory.LazyAttribute(lambda one: parse(one.died).value)


class PossibleDuplicateFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = PossibleDuplicate

    notification = factory.SubFactory(NotificationFactory)
    other = factory.SubFactory(
        NotificationFactory, partnership=factory.SelfAttribute("..notification.partnership")
    )


class CircumstancesFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Circumstances

    review = factory.SubFactory(ReviewFactory)
    manner = "homicide"
    charge = "charged"


class ReviewDecisionFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = ReviewDecision

    review = factory.SubFactory(ReviewFactory)
    number = factory.Sequence(lambda n: n + 1)
    outcome = "review"
    decided_on = factory.LazyFunction(timezone.localdate)
    decided_by = "Chair of the partnership"
    reasons = factory.Sequence(lambda n: f"The criteria are met, {n}")
    recorded_by = factory.SubFactory(UserFactory)


class DecisionCriterionFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = DecisionCriterion

    decision = factory.SubFactory(ReviewDecisionFactory)
    position = factory.Sequence(lambda n: n + 1)
    text = factory.Sequence(lambda n: f"Somebody has died, {n}")
    met = "yes"


class ScopingRequestFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = ScopingRequest

    participation = factory.SubFactory(ParticipationFactory)
    due = factory.LazyFunction(lambda: timezone.localdate() + timedelta(days=14))
    asked_by = factory.SubFactory(UserFactory)


class ScopingAnswerFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = ScopingAnswer

    request = factory.SubFactory(ScopingRequestFactory)
    number = factory.Sequence(lambda n: n + 1)
    key = factory.LazyFunction(uuid.uuid4)
    known = "known"
    records_destroyed = "no"
    answered_by = factory.SubFactory(UserFactory)


class KnownPersonFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = KnownPerson

    answer = factory.SubFactory(ScopingAnswerFactory)
    person = factory.SubFactory(
        PersonFactory, review=factory.SelfAttribute("..answer.request.participation.review")
    )
    known = "known"
    known_from = factory.LazyFunction(lambda: parse("2019").value)
    known_to = factory.LazyFunction(lambda: parse("March 2024").value)


class UrgentConcernFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = UrgentConcern

    review = factory.SubFactory(ReviewFactory)
    key = factory.LazyFunction(uuid.uuid4)
    text = factory.Sequence(lambda n: f"A child may be at risk, {n}")
    raised_by = factory.SubFactory(UserFactory)


class ConcernOwnerFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = ConcernOwner

    concern = factory.SubFactory(UrgentConcernFactory)
    given_by = factory.SubFactory(UserFactory)


class EarlyActionFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = EarlyAction

    owner = factory.SubFactory(ParticipationFactory)
    review = factory.SelfAttribute("owner.review")
    key = factory.LazyFunction(uuid.uuid4)
    learning = factory.Sequence(lambda n: f"Calls were not linked, {n}")
    action = factory.Sequence(lambda n: f"Link calls to one address, {n}")
    first_due = factory.LazyFunction(lambda: timezone.localdate() + timedelta(days=30))
    due = factory.SelfAttribute("first_due")
    made_by = factory.SubFactory(UserFactory)


class EarlyActionMoveFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = EarlyActionMove

    action = factory.SubFactory(EarlyActionFactory)
    before = factory.SelfAttribute("action.due")
    after = factory.LazyAttribute(lambda move: move.before + timedelta(days=7))
    reason = "The trainer is ill"
    moved_by = factory.SubFactory(UserFactory)
