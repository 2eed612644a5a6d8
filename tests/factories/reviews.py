import factory

from reviews.models import Participation, Person, Review
from tests.factories.agencies import AgencyFactory, PartnershipFactory


class ReviewFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Review

    partnership = factory.SubFactory(PartnershipFactory)
    reference = factory.Sequence(lambda n: f"FACTORY-{n}")


class PersonFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Person

    review = factory.SubFactory(ReviewFactory)
    pseudonym = factory.Sequence(lambda n: f"MA {n}")
    role = Person.Role.VICTIM


class ParticipationFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Participation

    review = factory.SubFactory(ReviewFactory)
    agency = factory.SubFactory(AgencyFactory)
