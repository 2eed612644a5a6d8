import uuid

import factory
from django.utils import timezone

from reviews.proceedings.disclosure import services
from reviews.proceedings.disclosure.sources import Material, material_of
from reviews.proceedings.models import DisclosureSchedule, ScheduleLine
from tests.factories.reviews import ReviewFactory


class ScheduleFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = DisclosureSchedule

    review = factory.SubFactory(ReviewFactory)
    key = factory.LazyFunction(uuid.uuid4)
    number = factory.Sequence(lambda number: number + 1)
    frozen_on = factory.LazyFunction(timezone.localdate)


class ScheduleLineFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = ScheduleLine

    schedule = factory.SubFactory(ScheduleFactory)
    position = factory.Sequence(lambda number: number + 1)
    source = "paper"
    row = factory.Sequence(lambda number: number + 1)
    description = "Paper of meeting 1"
    on = factory.LazyFunction(timezone.localdate)


def things(user, review):
    """{(source, row): what exists} as this person may know of it."""
    return {(one.source, one.row): one for one in material_of(user, review)}


def marked(terms, review, *, by, is_sensitive=True, reason="Written for the panel alone"):
    one = Material("terms", terms.pk, "Terms of reference", timezone.localdate())
    return services.mark(
        one, review, is_sensitive=is_sensitive, reason=reason, by=by, key=uuid.uuid4()
    )


def frozen(review, *, by, today=None, key=None):
    today = today or timezone.localdate()
    return services.freeze(review, by=by, key=key or uuid.uuid4(), today=today)


def handed(
    schedule,
    lines,
    *,
    by,
    on=None,
    today=None,
    key=None,
    post="Disclosure officer",
    request="Request 1",
):
    today = today or timezone.localdate()
    return services.hand_over(
        schedule,
        lines,
        on=on or today,
        post=post,
        request=request,
        by=by,
        key=key or uuid.uuid4(),
        today=today,
    )
