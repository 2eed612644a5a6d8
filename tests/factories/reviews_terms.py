import uuid

import factory
from django.utils import timezone

from foundations.dates import parse
from reviews.terms import services
from reviews.terms.models import Term, TermsVersion
from tests.factories.accounts import UserFactory
from tests.factories.reviews import ReviewFactory


class TermsVersionFactory(factory.django.DjangoModelFactory):
    """A draft; `issued_terms` below makes an issued one the way the pages do."""

    class Meta:
        model = TermsVersion

    review = factory.SubFactory(ReviewFactory)
    number = 1
    purposes = "1. To learn"
    scope_from = factory.LazyFunction(lambda: parse("2015").value)
    scope_to = factory.LazyFunction(lambda: parse("March 2024").value)
    scope_reason = "First recorded abuse"
    made_by = factory.SubFactory(UserFactory)


def draft_terms(review, *texts, by=None, kind=Term.Kind.TERM, why="Agreed by the panel"):
    """The draft of the next version, with these terms added at its end."""
    by = by or UserFactory()
    version = services.begin_version(review, by=by, on=timezone.localdate())
    version = services.change_frame(
        version,
        scope_from=parse("2015").value,
        scope_reason="First recorded abuse",
        why=why,
        seen=version.changes,
        by=by,
    )
    for text in texts or ["Was risk assessed?"]:
        services.add_term(version, kind=kind, text=text, by=by, key=uuid.uuid4())
    return version


def issued_terms(review, *texts, to=(), panel=False, by=None):
    by = by or UserFactory()
    version = draft_terms(review, *texts, by=by)
    return services.issue(version, participations=to, panel=panel or not to, by=by)
