import uuid

import factory
from django.utils import timezone

from foundations.dates import parse
from reviews.family import services
from reviews.family.models import Correspondent
from tests.factories.accounts import UserFactory
from tests.factories.reviews import ReviewFactory


class CorrespondentFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Correspondent

    review = factory.SubFactory(ReviewFactory)
    key = factory.LazyFunction(uuid.uuid4)
    relation = factory.Sequence(lambda n: f"Mother of FA {n}")
    standing = Correspondent.Standing.FAMILY
    added_by = factory.SubFactory(UserFactory)


def contact(correspondent, on="3 March 2026", *, by=None, today=None, **said):
    """A letter of the chair, unless `said` says otherwise."""
    return services.record_contact(
        correspondent,
        on=parse(on).value,
        by=by or UserFactory(),
        key=said.pop("key", None) or uuid.uuid4(),
        today=today or timezone.localdate(),
        **{"direction": "ours", "how": "letter", "by_whom": "The chair"} | said,
    )


def wish(correspondent, text="Why was nobody told?", *, by=None, raised="March 2026", **said):
    return services.record_wish(
        correspondent,
        text=text,
        raised=parse(raised).value,
        by=by or UserFactory(),
        key=uuid.uuid4(),
        **{"kind": "question"} | said,
    )
