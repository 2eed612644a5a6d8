import factory
from django.utils import timezone

from accounts.models import User


class UserFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = User

    email = factory.Sequence(lambda n: f"person{n}@agency.example")
    name = factory.Sequence(lambda n: f"Person {n}")
    password = "!"
    joined_at = factory.LazyFunction(timezone.now)
