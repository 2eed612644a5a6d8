from django.conf import settings

from desk.demo.content import PEOPLE
from desk.demo.making import PASSWORD, make_demo
from foundations.console import AnsweringCommand, CannotDo
from reviews.rules import Role


class Command(AnsweringCommand):
    help = "Load the demonstration: invented reviews, and a sign-in for each role. Safe to repeat."

    def answer(self, **options):
        if not settings.DEMO:
            raise CannotDo(
                "DHR_DEMO",
                "This is not a demonstration. Set DHR_DEMO=1 only where no real review is kept.",
            )
        created = make_demo()
        people = [
            {"role": role, "label": Role(role).label, "email": email, "password": PASSWORD}
            for role, email, *_ in PEOPLE
        ]
        return {"created": created, "sign_ins": people}
