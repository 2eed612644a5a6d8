import uuid
from datetime import date

import factory
from django.utils import timezone

from foundations.dates import parse
from reviews.proceedings import services
from reviews.proceedings.models import Proceeding
from tests.factories.accounts import UserFactory
from tests.factories.reviews import ReviewFactory


class ProceedingFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Proceeding

    review = factory.SubFactory(ReviewFactory)
    key = factory.LazyFunction(uuid.uuid4)
    kind = Proceeding.Kind.TRIAL
    body = factory.Sequence(lambda n: f"Crown Court {n}")
    added_by = factory.SubFactory(UserFactory)


def dated(proceeding, on="12 April 2027", what="verdict", *, by=None, **more):
    return services.record_event(
        proceeding,
        what=what,
        on=parse(on).value,
        by=by or UserFactory(),
        key=uuid.uuid4(),
        **more,
    )


def hold(proceeding, *stops, by=None, starts_on=date(2026, 6, 1), people=(), **more):
    """One hold, or as many as there are things to stop."""
    made = services.begin_holds(
        proceeding,
        stops=stops,
        people=people,
        starts_on=starts_on,
        by=by or UserFactory(),
        today=more.pop("today", timezone.localdate()),
        **{
            "asked_by": "Senior investigating officer",
            "reason": "Witnesses have still to give evidence",
            "agreed_by": "The chair",
            "key": uuid.uuid4(),
        }
        | more,
    )
    return made[0] if len(made) == 1 else made


def release(one, on=date(2026, 7, 1), *, by=None, today=None, key=None):
    return services.release_hold(
        one,
        on=on,
        because="The evidence was heard",
        agreed_by="The chair",
        by=by or UserFactory(),
        key=key or uuid.uuid4(),
        today=today or timezone.localdate(),
    )
