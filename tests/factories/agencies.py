import factory

from agencies.models import Agency, Partnership, name_key


class PartnershipFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Partnership

    name = factory.Sequence(lambda n: f"Partnership {n}")
    slug = factory.Sequence(lambda n: f"partnership-{n}")


class AgencyFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Agency

    name = factory.Sequence(lambda n: f"Agency {n}")
    key = factory.LazyAttribute(lambda agency: name_key(agency.name))
    short_key = factory.LazyAttribute(lambda agency: name_key(agency.short_name))
    short_name = ""
