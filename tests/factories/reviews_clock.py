import datetime

import factory

from reviews.clock import services
from reviews.clock.counting import exactly
from reviews.clock.kinds import Milestone, Reason
from reviews.clock.models import Extension, Pause, Reached, RuleSet, TimeLimit
from reviews.models import Review
from tests.factories.agencies import PartnershipFactory
from tests.factories.reviews import ReviewFactory


class RuleSetFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = RuleSet

    kind = Review.Kind.STATUTORY
    partnership = factory.SubFactory(PartnershipFactory)
    version = factory.Sequence(lambda n: n + 1)
    effective_from = datetime.date(2026, 1, 1)
    title = "Local protocol"
    source = "Our protocol"


class TimeLimitFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = TimeLimit

    rule_set = factory.SubFactory(RuleSetFactory)
    milestone = Milestone.DECIDED
    counts_from = Milestone.NOTIFIED
    amount = 1
    text = "Within a month"


class ReachedFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Reached

    review = factory.SubFactory(ReviewFactory)
    milestone = Milestone.NOTIFIED
    on = exactly(datetime.date(2026, 3, 4))


class ExtensionFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Extension

    review = factory.SubFactory(ReviewFactory)
    milestone = Milestone.REPORT_COMPLETED
    until = datetime.date(2027, 3, 1)
    reason = Reason.LATE_IMRS
    agreed_by = "Chair of the partnership"
    agreed_on = exactly(datetime.date(2026, 6, 1))


class PauseFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Pause

    review = factory.SubFactory(ReviewFactory)
    starts_on = datetime.date(2026, 5, 1)
    reason = Reason.TRIAL
    agreed_by = "Chair of the partnership"
    agreed_on = exactly(datetime.date(2026, 5, 1))


def start_clock(review, *, by):
    """A review whose clock has an open pause and a day put off, through the services."""
    services.reached(review, Milestone.NOTIFIED, datetime.date(2026, 3, 4), by)
    agreed = {"agreed_by": "the chair of the partnership", "by": by}
    on = datetime.date(2026, 6, 1)
    extension = services.extend(
        review,
        Milestone.DECIDED,
        until=datetime.date(2026, 7, 1),
        reason=Reason.LATE_IMRS,
        agreed_on=on,
        **agreed,
    )
    pause = services.pause(review, starts_on=on, reason=Reason.TRIAL, agreed_on=on, **agreed)
    return extension, pause
