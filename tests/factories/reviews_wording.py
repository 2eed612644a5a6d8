import datetime

import factory

from reviews.wording.kinds import Kind
from reviews.wording.models import Wording
from tests.factories.agencies import PartnershipFactory


class WordingFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Wording

    kind = Kind.DECISION_CRITERIA
    partnership = factory.SubFactory(PartnershipFactory)
    version = factory.Sequence(lambda n: n + 1)
    effective_from = datetime.date(2026, 1, 1)
    title = "Criteria"
    text = "- One criterion"
    source = "Our protocol"
