import factory

from foundations.dates import parse
from reviews.people.models import Identity, Relationship
from tests.factories.reviews import PersonFactory


def date(text):
    return parse(text).value


class IdentityFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Identity

    person = factory.SubFactory(PersonFactory)
    review = factory.SelfAttribute("person.review")
    names = factory.LazyFunction(lambda: ["Zara Quillfeather"])


class RelationshipFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Relationship

    person = factory.SubFactory(PersonFactory)
    other = factory.SubFactory(PersonFactory, review=factory.SelfAttribute("..person.review"))
    review = factory.SelfAttribute("person.review")
    kind = Relationship.Kind.PARTNER
