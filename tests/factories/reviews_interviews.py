import uuid

import factory
from django.utils import timezone

from foundations.dates import PartialDate, parse
from reviews.interviews.models import Interview
from reviews.interviews.services import record_interview
from tests.factories.accounts import UserFactory
from tests.factories.reviews_requests import RequestFactory

AGREED = {
    "agreement": "agreed",
    "answered_by": "Senior investigating officer",
    "answered_on": "1 March 2026",
    "agreed_to": "Training and supervision alone",
}


class InterviewFactory(factory.django.DjangoModelFactory):
    """The row alone; `interview` below makes one the way the pages do."""

    class Meta:
        model = Interview

    request = factory.SubFactory(RequestFactory, kind="imr")
    key = factory.LazyFunction(uuid.uuid4)
    state = Interview.State.HELD
    post = "Housing officer"
    on = factory.LazyFunction(lambda: parse("14 March 2026").value)
    by_whom = "IMR author"
    about = "Training"
    agreement = Interview.Agreement.NOT_NEEDED
    answered_on = factory.LazyFunction(PartialDate.none)
    why_not = "Nobody is charged"


def said(**more):
    """What a form hands over, with the dates read: held, and agreed beforehand."""
    words = {
        "state": "held",
        "post": "Housing officer",
        "on": "14 March 2026",
        "by_whom": "IMR author",
        "about": "Training",
        **(AGREED if more.get("agreement", "agreed") == "agreed" else {}),
    } | more
    for name in ("on", "answered_on"):
        text = words.get(name) or ""
        words[name] = parse(text).value if text else PartialDate.none()
    return words


def interview(request, *, by=None, key=None, today=None, follows=None, on_behalf=False, **more):
    return record_interview(
        request,
        by=by or UserFactory(),
        key=key or uuid.uuid4(),
        today=today or timezone.localdate(),
        follows=follows,
        on_behalf=on_behalf,
        **said(**more),
    )
